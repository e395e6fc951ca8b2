import { createWedge } from './scan-or-typing.ts'
import { wedgeDefaults, type WedgeKey, type WedgeSettings } from './wedge-keys.ts'

export type Stroke = {
  readonly key: string
  readonly atMs: number
  /** When a busy window gets to the key; when it was struck, unless said otherwise. */
  readonly arrivesMs?: number
  /** How long the key stays down. */
  readonly dwellMs?: number
  readonly with?: Partial<
    Pick<WedgeKey<string>, 'ctrl' | 'alt' | 'altGraph' | 'shift' | 'repeat' | 'composing' | 'code'>
  >
}

/** A window with one field and a focused button's worth of Enter presses, on a clock that strokes move on. */
export function deskWithKeyboard(
  settings: Partial<WedgeSettings> = {},
  focus: WedgeKey<string>['focus'] = 'text',
) {
  const scans: string[] = []
  let field = ''
  let presses = 0
  let nowMs = 0
  let timers: { dueMs: number; run: () => void }[] = []

  const wedge = createWedge<string>({
    settings: { ...wedgeDefaults, ...settings },
    now: () => nowMs,
    schedule: (run, delayMs) => {
      const timer = { dueMs: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    onScan: (data) => scans.push(data),
    release: (keys) => {
      field += keys.map((key) => key.source).join('')
    },
    retract: (keys) => {
      field = field.slice(0, field.length - keys.length)
    },
  })

  function passTo(atMs: number) {
    for (;;) {
      const next = timers.toSorted((one, other) => one.dueMs - other.dueMs)[0]
      if (next === undefined || next.dueMs > atMs) break
      nowMs = Math.max(nowMs, next.dueMs)
      timers = timers.filter((timer) => timer !== next)
      next.run()
    }
    nowMs = Math.max(nowMs, atMs)
  }

  function down({ key, atMs, with: extra }: Stroke) {
    const none = { shift: false, ctrl: false, alt: false, meta: false, altGraph: false, repeat: false }
    const verdict = wedge.handleKey({
      ...none,
      composing: false,
      key,
      code: `code:${key}`,
      atMs,
      focus,
      source: key,
      ...extra,
    })
    if (verdict !== 'pass') return
    if (key === 'Enter' || key === 'Tab') presses += 1
    else if (key.length === 1 && focus !== 'none') field += key
  }

  function strike(strokes: readonly Stroke[]) {
    const edges = strokes.flatMap((stroke) => {
      const code = stroke.with?.code ?? `code:${stroke.key}`
      const arrivesMs = Math.max(stroke.atMs, stroke.arrivesMs ?? 0)
      const upMs = Math.max(stroke.atMs + (stroke.dwellMs ?? 1), arrivesMs)
      const up = { atMs: upMs, run: () => wedge.handleKeyUp(code) }
      return [{ atMs: arrivesMs, run: () => down(stroke) }, up]
    })
    for (const edge of edges.toSorted((one, other) => one.atMs - other.atMs)) {
      passTo(edge.atMs)
      edge.run()
    }
  }

  return {
    strike,
    passTo,
    /** Runs no timers while the window is busy: keys struck meanwhile come in late. */
    busyUntil(atMs: number) {
      const held = timers
      timers = []
      nowMs = atMs
      timers = held
    },
    settle: () => passTo(nowMs + 1000),
    now: () => nowMs,
    seen: () => ({ scans, field, presses }),
    wedge,
  }
}

/** The strokes of a text, `gapMs` apart, as a scanner or a person sends them. */
export function strokes(text: string, fromMs: number, gapMs: number, dwellMs = 1): Stroke[] {
  return text.split('').map((key, place) => ({ key, atMs: fromMs + place * gapMs, dwellMs }))
}

export function scanned(text: string, fromMs: number, gapMs = 5, end = 'Enter'): Stroke[] {
  return [...strokes(text, fromMs, gapMs), { key: end, atMs: fromMs + text.length * gapMs }]
}
