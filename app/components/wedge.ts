// A keyboard-wedge scanner types what it reads. Every key that may begin a bar code is held back for a moment;
// what proves to be a scan never reaches a field, what proves to be a person is typed after all.
import { focusOf, retype, setFieldValue, valueOf, type Focus } from './retype.ts'
import { usText } from './us-keyboard.ts'

export type WedgeSettings = {
  /** The longest pause between two keys of a scan. A person's keys come further apart. */
  readonly maxGapMs: number
  readonly minLength: number
  /** The key the scanner sends in front: `F13`, `~`, or `Control+b` for STX. Then nothing else is held back. */
  readonly prefix: string | null
  /** The key that ends a scan. With `none` a pause does as well, wherever the focus is. */
  readonly suffix: 'Enter' | 'Tab' | 'either' | 'none'
  /** Read the keys as a scanner set to a US keyboard sends them, whatever layout the till has. */
  readonly layout: 'asTyped' | 'us'
}

export const wedgeDefaults: WedgeSettings = {
  maxGapMs: 35,
  minLength: 4,
  prefix: null,
  suffix: 'either',
  layout: 'asTyped',
}

/** A key as the wedge looks at it; `source` comes back with it when the key is given back. */
export type WedgeKey<Source> = {
  readonly key: string
  readonly code: string
  readonly atMs: number
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly altGraph: boolean
  readonly repeat: boolean
  readonly composing: boolean
  readonly focus: Focus
  readonly source: Source
}

export type HeldKey<Source> = {
  readonly text: string
  readonly code: string
  readonly atMs: number
  readonly focus: Focus
  readonly source: Source
  isUp: boolean
}

/** What to do with the key: let it through, keep it until more is known, or take it away. */
export type Verdict = 'pass' | 'hold' | 'swallow'

export type Wedge<Source> = {
  handleKey(key: WedgeKey<Source>): Verdict
  handleKeyUp(code: string): Verdict
  /** Gives back what is held, as when the wedge is taken off. */
  flush(): void
}

export type WedgeOutside<Source> = {
  readonly settings: WedgeSettings
  readonly now: () => number
  /** Runs it after the delay; what comes back cancels it. */
  readonly schedule: (run: () => void, delayMs: number) => () => void
  readonly onScan: (data: string, atMs: number) => void
  /** These were typed by a person: put them where they belong, in this order. */
  readonly release: (keys: readonly HeldKey<Source>[]) => void
  /** These have come into a field already and were a scan after all: undo them. */
  readonly retract: (keys: readonly HeldKey<Source>[]) => void
}

/** After so many quick keys no person can be typing, and one slow key is forgiven. */
const keysPerSlowGap = 6
const slowGapMs = 120
/** After a prefix only a scanner can send, the rest may take its time. */
const prefixedGapMs = 250
/** Without its end key, only what is as long as a retail code and as quick as a machine is a scan. */
const endlessLength = 8
const endlessMeanGapMs = 20
/** A scanner that stutters, on a busy machine or over the air, still keeps this up no person can. */
const stutterLength = 8
/** A secret is typed, sometimes by a machine; only what is longer than a PIN is a scan there. */
const secretLength = 8
/** The end key of a scan that seemed over may still come, and must not press a button. */
const lateSuffixMs = 400
/** A timer later than this says that the window was busy, and keys may be waiting. */
const busyMs = 8
/** A person's finger stays on a key longer than this. */
const humanDwellMs = 20

const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn'])

/** Tells the keys of a scanner from those of a person. Knows no window: keys come in, verdicts go out. */
export function createWedge<Source>(outside: WedgeOutside<Source>): Wedge<Source> {
  const { settings, now, schedule } = outside
  let burst: HeldKey<Source>[] = []
  /** The burst and the keys given back just before it: a stuttering scanner may be sending. */
  let trail: HeldKey<Source>[] = []
  let lastAtMs = 0
  /** When the window got to the last key, which on a busy machine is later than it was struck. */
  let arrivedMs = 0
  let slowGaps = 0
  /** The prefix has come, and nobody but a scanner sends it. */
  let isCertain = false
  /** The sign in front is the prefix, not data. */
  let isMarked = false
  let passesNext = false
  let hasWaited = false
  let suffixUntilMs = Number.NEGATIVE_INFINITY
  let stopTimer = () => {}
  const swallowed = new Set<string>()

  const forgiven = () => Math.floor(burst.length / keysPerSlowGap)
  const isOpen = () => burst.length > 0 || isCertain

  function patienceMs(): number {
    if (isCertain) return prefixedGapMs
    return slowGaps < forgiven() ? slowGapMs : settings.maxGapMs
  }

  function isLongEnough(keys: readonly HeldKey<Source>[]): boolean {
    if (isCertain) return keys.length > 0
    if (isMarked) return keys.length > 1
    const least = keys.some((key) => key.focus === 'secret') ? secretLength : 0
    return keys.length >= Math.max(settings.minLength, least)
  }

  /** Without an end key the speed alone decides; a field a person may be filling gets the benefit of the doubt. */
  function isScanWithoutSuffix(): boolean {
    if (isCertain || !isLongEnough(burst)) return isCertain && burst.length > 0
    const meanGapMs = (lastAtMs - (burst[0]?.atMs ?? lastAtMs)) / (burst.length - 1)
    if (meanGapMs > endlessMeanGapMs) return false
    if (settings.suffix === 'none') return true
    return burst.length >= endlessLength && burst.every((key) => key.focus === 'none')
  }

  /** The keys of the scan that this end key ends, or null when a person has pressed it. */
  function scanEndedBy(endAtMs: number): HeldKey<Source>[] | null {
    if (settings.prefix === null && isLongEnough(trail) && isOneScan(endAtMs)) return trail
    return isOpen() && isLongEnough(burst) ? burst : null
  }

  /** Are the keys given back and those still held one scan, which a busy machine or a stutter broke up? */
  function isOneScan(endAtMs: number): boolean {
    const pauses = pausesIn([...trail, { atMs: endAtMs }], settings.maxGapMs)
    if (pauses === 0) return true
    // One or two keys struck just before a scan are a person's.
    const given = trail.length - burst.length
    if (pauses > 1 || trail.length < stutterLength || given < stutterLength / 2) return false
    if (endAtMs - lastAtMs > slowGapMs) return false
    return /^(?=.*\d)[\u0021-\u007e]+$/.test(trail.map((key) => key.text).join(''))
  }

  function forget(): HeldKey<Source>[] {
    const keys = burst
    stopTimer()
    burst = []
    slowGaps = 0
    isCertain = false
    isMarked = false
    hasWaited = false
    return keys
  }

  function giveBack() {
    const keys = forget().filter((key) => key.focus !== 'segmented')
    if (keys.length > 0) outside.release(keys)
  }

  function finish(atMs: number, keys = burst) {
    const marked = isMarked
    const held = forget()
    trail = []
    const persons = personsAmong(keys, atMs)
    const scanned = keys.filter((key) => !persons.includes(key))
    for (const key of scanned) if (!key.isUp) swallowed.add(key.code)
    const typed = scanned.filter((key) => key.focus === 'segmented' || !held.includes(key))
    if (typed.length > 0) outside.retract(typed)
    if (persons.length > 0) outside.release(persons)
    const data = scanned.map((key) => key.text).join('')
    outside.onScan(marked ? data.slice(1) : data, atMs)
  }

  /** A pause: either the scan is over, or it was a person. */
  function conclude() {
    if (!isScanWithoutSuffix()) return giveBack()
    suffixUntilMs = lastAtMs + lateSuffixMs
    finish(lastAtMs)
  }

  const overAtMs = () => Math.max(lastAtMs + patienceMs(), arrivedMs + settings.maxGapMs)

  function arm() {
    stopTimer()
    stopTimer = schedule(onTimer, Math.max(0, overAtMs() - now()))
  }

  function onTimer() {
    const lateMs = now() - overAtMs()
    if (lateMs < 0) return arm()
    if (lateMs <= busyMs || hasWaited) return conclude()
    hasWaited = true
    stopTimer = schedule(onTimer, settings.maxGapMs)
  }

  function keep(key: WedgeKey<Source>, text: string): Verdict {
    if (burst.length > 0 && key.atMs - lastAtMs > settings.maxGapMs) slowGaps += 1
    // A space would open the calendar of a date field.
    const focus = key.focus === 'segmented' && key.key === ' ' ? 'none' : key.focus
    const held = { text, code: key.code, atMs: key.atMs, focus, source: key.source, isUp: false }
    if (key.atMs - lastAtMs > slowGapMs) trail = []
    burst.push(held)
    trail.push(held)
    lastAtMs = key.atMs
    arrivedMs = now()
    hasWaited = false
    arm()
    return focus === 'segmented' ? 'pass' : 'hold'
  }

  function onPrefix(key: WedgeKey<Source>): Verdict {
    giveBack()
    if (isPrintable(key)) {
      isMarked = true
      return keep(key, key.key)
    }
    isCertain = true
    lastAtMs = key.atMs
    arrivedMs = now()
    swallowed.add(key.code)
    arm()
    return 'swallow'
  }

  function onSuffix(key: WedgeKey<Source>): Verdict {
    const scan = scanEndedBy(key.atMs)
    if (scan === null && key.atMs > suffixUntilMs) return letThrough()
    // A scanner may send Tab and Enter, or Enter twice; none of them may press a button.
    if (scan !== null) suffixUntilMs = key.atMs + settings.maxGapMs
    swallowed.add(key.code)
    if (scan !== null) finish(key.atMs, scan)
    return 'swallow'
  }

  function onPrintable(key: WedgeKey<Source>): Verdict {
    const wasPassing = passesNext
    passesNext = false
    if (wasPassing || (settings.prefix !== null && !isOpen())) return 'pass'
    // No bar code begins with a space, and on a button a space is a press.
    const isFirst = burst.length === 0 && !isCertain && key.atMs - lastAtMs > settings.maxGapMs
    if (key.key === ' ' && isFirst) return letThrough()
    return keep(key, settings.layout === 'us' ? usText(key.code, key.shift, key.key) : key.key)
  }

  function letThrough(): Verdict {
    // A person's arrow key in the middle of what can only be a scan doesn't break it.
    if (burst.length >= keysPerSlowGap || isCertain) return 'pass'
    giveBack()
    trail = []
    return 'pass'
  }

  function handleKey(key: WedgeKey<Source>): Verdict {
    if (modifiers.has(key.key)) return 'pass'
    if (key.repeat && swallowed.has(key.code)) return 'swallow'
    swallowed.delete(key.code)
    if (isOpen() && key.atMs - lastAtMs > patienceMs()) conclude()
    if (key.composing || key.key === 'Process' || key.repeat) return letThrough()
    if (settings.prefix !== null && nameOf(key) === settings.prefix && !isOpen()) return onPrefix(key)
    if (isSuffix(key, settings.suffix)) return onSuffix(key)
    if (isPrintable(key)) return onPrintable(key)
    passesNext = key.key === 'Dead'
    return letThrough()
  }

  function handleKeyUp(code: string): Verdict {
    const kept = trail.findLast((key) => key.code === code && !key.isUp)
    if (kept !== undefined) {
      kept.isUp = true
      return kept.focus === 'segmented' || !burst.includes(kept) ? 'pass' : 'hold'
    }
    return swallowed.delete(code) ? 'swallow' : 'pass'
  }

  return { handleKey, handleKeyUp, flush: giveBack }
}

/** A scanner lets go of each key before the next; a key still down under a whole scan is a person's. */
function personsAmong<Source>(keys: readonly HeldKey<Source>[], endAtMs: number): HeldKey<Source>[] {
  const persons = keys.filter((key, place) => {
    const laterUps = keys.slice(place + 1).filter((later) => later.isUp).length
    return !key.isUp && laterUps >= 3 && endAtMs - key.atMs >= humanDwellMs
  })
  return persons.length <= 2 ? persons : []
}

/** How often the next key came later than a scanner's would. */
function pausesIn(keys: readonly { readonly atMs: number }[], maxGapMs: number): number {
  return keys.filter(({ atMs }, place) => atMs - (keys[place - 1]?.atMs ?? atMs) > maxGapMs).length
}

function isPrintable<Source>(key: WedgeKey<Source>): boolean {
  const isChord = (key.ctrl || key.alt || key.meta) && !key.altGraph
  return !isChord && /^.$/su.test(key.key)
}

function isSuffix<Source>(key: WedgeKey<Source>, suffix: WedgeSettings['suffix']): boolean {
  if (key.alt || key.meta || key.shift) return false
  // Carriage return and line feed, as a scanner may send them.
  if (key.ctrl) return key.key === 'j' || key.key === 'm'
  const isEither = suffix === 'either' || suffix === 'none'
  return isEither ? key.key === 'Enter' || key.key === 'Tab' : key.key === suffix
}

function nameOf<Source>(key: WedgeKey<Source>): string {
  const isLetter = key.key.length === 1
  return key.ctrl && !key.altGraph ? `Control+${isLetter ? key.key.toLowerCase() : key.key}` : key.key
}

type DomKey = { readonly event: KeyboardEvent; readonly valueBefore: string | null }

/**
 * Listens to the keys of the whole window, before any field, button or dialog sees them. What comes back takes it
 * off. `atMs` of a scan is epoch milliseconds. Attach it once, first thing, for all screens.
 */
export function attachWedge(
  window: Window,
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
    release: (keys) => keys.forEach(({ source, isUp }) => retype(source.event, isUp)),
    retract: (keys) => {
      // The earliest value of each field wins.
      for (const { source } of keys.toReversed()) {
        if (source.valueBefore !== null) setFieldValue(source.event.target, source.valueBefore)
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
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('keyup', onKeyUp, true)
  return () => {
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('keyup', onKeyUp, true)
    wedge.flush()
  }
}

function wedgeKeyOf(event: KeyboardEvent): WedgeKey<DomKey> {
  const focus = focusOf(event.target)
  const valueBefore = event.target === null ? null : valueOf(event.target)
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
    source: { event, valueBefore },
  }
}
