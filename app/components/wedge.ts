// A keyboard-wedge scanner types what it reads. Every key that may begin a bar code is held back for a moment;
// what proves to be a scan never reaches a field, what proves to be a person is typed after all.
import { filled, focusOf, retype, setFieldValue, type Filled } from './retype.ts'
import { createWedge } from './scan-or-typing.ts'
import { wedgeDefaults, type Verdict, type WedgeKey, type WedgeSettings } from './wedge-keys.ts'

/** What the wedge needs of a window: its keys, and a clock for how long it waits for more of them. */
export type WedgeWindow = Pick<Window, 'addEventListener' | 'removeEventListener' | 'clearTimeout'> & {
  setTimeout(run: () => void, delayMs: number): number
  readonly performance: Pick<Performance, 'now' | 'timeOrigin'>
}

/** `place`: the field that its sign goes to, or has gone to. */
type DomKey = { readonly event: KeyboardEvent; place: Filled | null }

/**
 * Listens to the keys of the whole window, before any field, button or dialog sees them. What comes back takes it
 * off. `atMs` of a scan is epoch milliseconds. Attach it once, first thing, for all screens.
 */
export function attachWedge(
  window: WedgeWindow,
  onScan: (data: string, atMs: number) => void,
  settings: Partial<WedgeSettings> = {},
): () => void {
  const clock = window.performance
  const wedge = createWedge<DomKey>({
    settings: { ...wedgeDefaults, ...settings },
    now: () => clock.now(),
    schedule: (run, delayMs) => {
      const timer = window.setTimeout(run, delayMs)
      return () => window.clearTimeout(timer)
    },
    // Once the key has been dealt with, so that nothing a scan sets off can let the Enter through.
    onScan: (data, atMs) => queueMicrotask(() => onScan(data, Math.round(clock.timeOrigin + atMs))),
    release: (keys) => {
      for (const { source, isUp } of keys) source.place = retype(source.event, isUp)
    },
    retract: (keys) => {
      // The earliest value of each field wins.
      for (const { place } of keys.map(({ source }) => source).toReversed()) {
        if (place !== null) setFieldValue(place.field, place.before)
      }
    },
  })
  const obey = (event: Event, verdict: Verdict) => {
    if (verdict === 'pass') return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  // Only real keys: what is given back comes by as an untrusted event and must go on to its field.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isTrusted) obey(event, wedge.handleKey(wedgeKeyOf(event)))
  }
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.isTrusted) obey(event, wedge.handleKeyUp(event.code))
  }
  // A press asks about what was typed before it.
  const onPress = (event: Event) => {
    if (event.isTrusted) wedge.settle()
  }
  window.addEventListener('pointerdown', onPress, true)
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('keyup', onKeyUp, true)
  return () => {
    window.removeEventListener('pointerdown', onPress, true)
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('keyup', onKeyUp, true)
    wedge.flush()
  }
}

function wedgeKeyOf(event: KeyboardEvent): WedgeKey<DomKey> {
  const focus = focusOf(event.target)
  return {
    key: event.key,
    code: event.code,
    atMs: event.timeStamp,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph: event.getModifierState('AltGraph'),
    repeat: event.repeat,
    composing: event.isComposing,
    focus,
    source: { event, place: filled(event.target) },
  }
}
