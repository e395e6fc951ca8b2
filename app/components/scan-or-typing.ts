import { usText } from './us-keyboard.ts'
import {
  isPrintable,
  isSuffix,
  modifiers,
  nameOf,
  pausesIn,
  personsAmong,
  type HeldKey,
  type Verdict,
  type WedgeKey,
  type WedgeSettings,
} from './wedge-keys.ts'

export type Wedge<Source> = {
  handleKey(key: WedgeKey<Source>): Verdict
  handleKeyUp(code: string): Verdict
  /** The person has done something else: what is held is decided now. */
  settle(): void
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
/** How long the window waits for the rest of what is certainly a scanner's: nobody is waiting for these keys. */
const endlessPatienceMs = 300
/** A scanner that stutters, on a busy machine or over the air, still keeps this up no person can. */
const stutterLength = 8
/** A secret is typed, sometimes by a machine; only what is longer than a PIN is a scan there. */
const secretLength = 8
/** The end key of a scan that seemed over may still come, and must not press a button. */
const lateSuffixMs = 400
/** A timer later than this says that the window was busy, and keys may be waiting. */
const busyMs = 8

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

  /** When the keys held are all there will be: by their own times, and by how the window got to them. */
  function overAtMs(): number {
    const isMachine = burst.length >= endlessLength && settings.suffix !== 'none'
    const quietMs = isMachine ? endlessPatienceMs : settings.maxGapMs
    return Math.max(lastAtMs + patienceMs(), arrivedMs + quietMs)
  }

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
    suffixUntilMs = key.atMs + settings.maxGapMs
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
    // A sign of the scanner's US keyboard may be a dead key of the till's: ´ stands where it has =.
    const isScanners = settings.layout === 'us' && isOpen() && usText(key.code, key.shift, '') !== ''
    if (key.key === 'Dead' && isScanners) return onPrintable(key)
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

  /** What a prefix has begun goes on until its end key. */
  function settle() {
    if (!isCertain) conclude()
  }

  return { handleKey, handleKeyUp, settle, flush: giveBack }
}
