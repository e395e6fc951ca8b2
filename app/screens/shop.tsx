import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { useStore } from 'zustand'
import { useWords } from '../components/words-context.tsx'
import type { Sound } from '../components/sounds.ts'
import type { Permission } from '../contract/views.ts'
import type { Currency } from '../domain/money.ts'
import type { Words } from '../words/en.ts'
import { nextOfRule, troubleSentence, type NotAsked, type Trouble } from '../words/sentences.ts'
import { asked, askedWithRights, isUnanswered } from './ask.ts'
import type { KeyAction } from './keys.ts'
import { capOf, keysWith } from './keys.ts'
import type { Pos } from './link.ts'
import type { Preferences, PreferencesStore } from './preferences.ts'
import type { TillState, TillStore } from './till-store.ts'
import { tell, type UiState, type UiStore } from './ui-store.ts'

/** Everything a screen may reach: the till, what is known of it, and this window's own state. */
export interface Shop {
  readonly pos: Pos
  readonly till: TillStore
  readonly ui: UiStore
  readonly preferences: PreferencesStore
  readonly play: (sound: Sound) => void
}

const ShopContext = createContext<Shop | null>(null)

export function ShopProvider({ shop, children }: { readonly shop: Shop; readonly children: ReactNode }) {
  return <ShopContext value={shop}>{children}</ShopContext>
}

export function useShop(): Shop {
  const shop = use(ShopContext)
  if (shop === null) throw new Error('a screen stands outside the shop')
  return shop
}

export function useTill<T>(select: (state: TillState) => T): T {
  return useStore(useShop().till, select)
}

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useShop().ui, select)
}

export function usePreferences<T>(select: (state: Preferences) => T): T {
  return useStore(useShop().preferences, select)
}

export function useCurrency(): Currency {
  return useTill(({ till }) => till?.currency ?? 'SEK')
}

/** The cap of the key that does an action, for its button. */
export function useCap(action: KeyAction): string | undefined {
  const changes = usePreferences(({ keys }) => keys)
  return useMemo(() => capOf(action, keysWith(changes)), [action, changes])
}

/** Says why something cannot be done now, and what to do about it, for buttons that are pressed all the same. */
export function useRefused(): (reason: string) => void {
  const words = useWords()
  const { ui, play } = useShop()
  return (reason) => {
    play('attention')
    tell(ui, 'attention', reason, nextOfRule(words, reason))
  }
}

interface Answer {
  readonly ok: boolean
}
type Ok<A> = Extract<A, { readonly ok: true }>

export interface Running {
  /** The name of what is under way, null when nothing is. */
  readonly busy: string | null
  /** What the last one failed with; null after a success. */
  readonly trouble: Trouble | null
  readonly clear: () => void
  /** Does one thing at a time: a second press of a button that is still busy does nothing. Null unless it was done. */
  readonly run: <A extends Answer>(
    name: string,
    request: () => Promise<A>,
    options?: { readonly quiet?: boolean },
  ) => Promise<Ok<A> | null>
}

/** Asks the till for something a person pressed for. Unless `quiet`, trouble is told in the message line as well. */
export function useRun(): Running {
  const shop = useShop()
  const words = useWords()
  const [state, setState] = useState<Pick<Running, 'busy' | 'trouble'>>({ busy: null, trouble: null })
  const under = useRef(false)

  async function run<A extends Answer>(
    name: string,
    request: () => Promise<A>,
    options: { readonly quiet?: boolean } = {},
  ) {
    if (under.current) return null
    under.current = true
    setState({ busy: name, trouble: null })
    const answer = await askedWithRights<A>(request, (permission) => askForPin(shop, permission))
    under.current = false
    if (answer.ok) {
      setState({ busy: null, trouble: null })
      return answer as Ok<A>
    }
    const trouble = answer as unknown as Trouble | NotAsked
    setState({ busy: null, trouble })
    if (options.quiet !== true) tellTrouble(shop, troubleSentence(words, trouble))
    return null
  }
  return { ...state, clear: () => setState({ busy: null, trouble: null }), run }
}

/** As {@link useRun}, for what may be pressed again and again without waiting: tiles, plus and minus. */
export function useQuickAsk(): (request: () => Promise<Answer>) => Promise<boolean> {
  const shop = useShop()
  const words = useWords()
  return (request) => askAndTell(shop, words, request)
}

/** Asks, tells of trouble in the message line, and resolves with whether it was done. */
export async function askAndTell(shop: Shop, words: Words, request: () => Promise<Answer>): Promise<boolean> {
  const answer = await askedWithRights(request, (permission) => askForPin(shop, permission))
  if (!answer.ok) tellTrouble(shop, troubleSentence(words, answer as Trouble))
  return answer.ok
}

/**
 * Asks whenever `question` changes, and not at all while it is null. The last answer stays until the next one is
 * there; an answer that comes late is dropped, and a question that got none is asked again after a reconnection.
 */
export function useAnswer<A>(
  question: string | null,
  request: () => Promise<A>,
): { readonly question: string; readonly answer: A } | null {
  const connection = useTill((state) => state.connection)
  const [got, setGot] = useState<{ question: string; answer: A } | null>(null)
  const ask = useEffectEvent(() => asked(request))
  useEffect(() => {
    if (question === null || connection !== 'up') return
    const life = { ended: false }
    const wait = async () => {
      const answer = await ask()
      if (!life.ended && !isUnanswered(answer)) setGot({ question, answer })
    }
    void wait()
    return () => {
      life.ended = true
    }
  }, [question, connection])
  return got
}

/** Opens the PIN prompt; resolves with whether the rights are there now. */
export function askForPin(shop: Shop, permission: Permission | 'administrator'): Promise<boolean> {
  shop.play('attention')
  return new Promise((resolve) => {
    shop.ui.getState().pin?.answer(false)
    shop.ui.setState({
      pin: {
        permission,
        answer: (granted) => {
          shop.ui.setState({ pin: null })
          resolve(granted)
        },
      },
    })
  })
}

export function tellTrouble(
  shop: Shop,
  { says, next }: { readonly says: string; readonly next: string },
): void {
  shop.play('attention')
  tell(shop.ui, 'bad', says, next)
}

/** The time now, again and again, for what counts down. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
