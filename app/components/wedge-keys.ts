import type { Focus } from './retype.ts'

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

/** A person's finger stays on a key longer than this. */
const humanDwellMs = 20

/** Keys that change others and break no scan. */
export const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn'])

/** A scanner lets go of each key before the next; a key still down under a whole scan is a person's. */
export function personsAmong<Source>(keys: readonly HeldKey<Source>[], endAtMs: number): HeldKey<Source>[] {
  const persons = keys.filter((key, place) => {
    const laterUps = keys.slice(place + 1).filter((later) => later.isUp).length
    return !key.isUp && laterUps >= 3 && endAtMs - key.atMs >= humanDwellMs
  })
  return persons.length <= 2 ? persons : []
}

/** How often the next key came later than a scanner's would. */
export function pausesIn(keys: readonly { readonly atMs: number }[], maxGapMs: number): number {
  return keys.filter(({ atMs }, place) => atMs - (keys[place - 1]?.atMs ?? atMs) > maxGapMs).length
}

/** Does the key type a sign, AltGr included, rather than command something? */
export function isPrintable<Source>(key: WedgeKey<Source>): boolean {
  const isChord = (key.ctrl || key.alt || key.meta) && !key.altGraph
  return !isChord && /^.$/su.test(key.key)
}

/** Is it a key that ends a scan? With `none` any of them does, beside a pause. */
export function isSuffix<Source>(key: WedgeKey<Source>, suffix: WedgeSettings['suffix']): boolean {
  if (key.alt || key.meta || key.shift) return false
  // Carriage return and line feed, as a scanner may send them.
  if (key.ctrl) return key.key === 'j' || key.key === 'm'
  const isEither = suffix === 'either' || suffix === 'none'
  return isEither ? key.key === 'Enter' || key.key === 'Tab' : key.key === suffix
}

/** The key as a prefix is set: `F13`, `~`, `Control+b`. */
export function nameOf<Source>(key: WedgeKey<Source>): string {
  const isLetter = key.key.length === 1
  return key.ctrl && !key.altGraph ? `Control+${isLetter ? key.key.toLowerCase() : key.key}` : key.key
}
