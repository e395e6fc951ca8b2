/** Code 128 (ISO/IEC 15417): how data becomes symbol characters, bars, and the payload of `GS k 73`. */

export type Code128Set = 'A' | 'B' | 'C'

export interface Code128 {
  /** The data in the sets it is written in, from left to right. */
  readonly segments: readonly { readonly set: Code128Set; readonly text: string }[]
  /** Values of the start character, the data and the set switches; check character and stop come on top. */
  readonly symbols: readonly number[]
}

const sets = ['C', 'B', 'A'] as const satisfies readonly Code128Set[]
const startValue = { A: 103, B: 104, C: 105 } as const satisfies Record<Code128Set, number>
const switchValue = { A: 101, B: 100, C: 99 } as const satisfies Record<Code128Set, number>
const stopValue = 106

// Widths of bar, space, bar, space, bar, space for the values 0 to 105, and the stop with its closing bar.
const patterns = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ')

/**
 * The shortest writing of the data with automatic sets, so an even run of digits is pure set C.
 * Null when the data is empty or has a character outside ASCII: Code 128 can't carry it.
 */
export function code128Of(data: string): Code128 | null {
  if (data === '' || !isAscii(data)) return null
  const segments = segmentsOf(data)
  const symbols = segments.flatMap(({ set, text }, index) => [
    index === 0 ? startValue[set] : switchValue[set],
    ...valuesOf(set, text),
  ])
  return { segments, symbols }
}

/** Widths in modules of bars and spaces in turn, a bar first, for the symbols with their check character and stop. */
export function code128Widths(symbols: readonly number[]): number[] {
  const checked = [...symbols, code128Check(symbols), stopValue]
  return checked.flatMap((value) => Array.from(patterns[value] ?? '', Number))
}

/** The check character: the start plus each value times its place, modulo 103. */
export function code128Check(symbols: readonly number[]): number {
  return symbols.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103
}

/** One flag a module, true for black, without quiet zones; null as {@link code128Of}. */
export function code128Modules(data: string): boolean[] | null {
  const code = code128Of(data)
  if (code === null) return null
  return code128Widths(code.symbols).flatMap((width, index) => Array<boolean>(width).fill(index % 2 === 0))
}

/** How many modules wide the bars are, without quiet zones; null as {@link code128Of}. */
export function code128ModuleCount(data: string): number | null {
  const code = code128Of(data)
  return code === null ? null : 11 * (code.symbols.length + 2) + 2
}

/**
 * What follows `GS k 73 n` (Epson's function B): `{A`, `{B` or `{C` before each segment, set C as packed pairs,
 * a brace doubled. Null as {@link code128Of}, and when it is more than the 255 bytes that n can say.
 */
export function code128EscPos(data: string): Uint8Array | null {
  const code = code128Of(data)
  if (code === null) return null
  const bytes = code.segments.flatMap(({ set, text }) => [
    0x7b,
    set.charCodeAt(0),
    ...(set === 'C' ? valuesOf('C', text) : codesOf(text.replaceAll('{', '{{'))),
  ])
  return bytes.length > 255 ? null : Uint8Array.from(bytes)
}

function isAscii(data: string): boolean {
  return codesOf(data).every((code) => code < 128)
}

function codesOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
}

function valuesOf(set: Code128Set, text: string): number[] {
  switch (set) {
    case 'A':
      return codesOf(text).map((code) => (code < 32 ? code + 64 : code - 32))
    case 'B':
      return codesOf(text).map((code) => code - 32)
    case 'C':
      return (text.match(/\d\d/g) ?? []).map(Number)
  }
}

/** How many characters of the data one symbol of the set takes at this place: 0 when it can't be written in it. */
function taken(set: Code128Set, data: string, at: number): number {
  const code = data.charCodeAt(at)
  switch (set) {
    case 'A':
      return code < 96 ? 1 : 0
    case 'B':
      return code >= 32 ? 1 : 0
    case 'C':
      return /^\d\d/.test(data.slice(at, at + 2)) ? 2 : 0
  }
}

// From the end backwards: which set to write in at each place, for the fewest symbols, given the set one is in.
function segmentsOf(data: string): { set: Code128Set; text: string }[] {
  const cost = Array.from({ length: data.length + 1 }, () => ({ A: 0, B: 0, C: 0 }))
  const choice: Record<Code128Set, Code128Set>[] = Array.from(data, () => ({ A: 'A', B: 'B', C: 'C' }))
  const costFrom = (at: number, from: Code128Set, to: Code128Set) => {
    const step = taken(to, data, at)
    return step === 0 ? Infinity : (from === to ? 1 : 2) + (cost[at + step]?.[to] ?? Infinity)
  }
  const best = (at: number, from: Code128Set) =>
    [from, ...sets].reduce((a, b) => (costFrom(at, from, b) < costFrom(at, from, a) ? b : a))
  for (let at = data.length - 1; at >= 0; at -= 1) {
    for (const from of sets) {
      const to = best(at, from)
      const [costs, choices] = [cost[at], choice[at]]
      if (costs === undefined || choices === undefined) continue
      costs[from] = costFrom(at, from, to)
      choices[from] = to
    }
  }
  return walk(data, choice, cheapestStart(cost[0]))
}

function cheapestStart(costs: Readonly<Record<Code128Set, number>> | undefined): Code128Set {
  return sets.reduce<Code128Set>((a, b) => ((costs?.[b] ?? 0) < (costs?.[a] ?? 0) ? b : a), 'C')
}

function walk(
  data: string,
  choice: readonly Readonly<Record<Code128Set, Code128Set>>[],
  start: Code128Set,
): { set: Code128Set; text: string }[] {
  const segments: { set: Code128Set; text: string }[] = []
  let set = start
  for (let at = 0; at < data.length;) {
    set = choice[at]?.[set] ?? set
    const text = data.slice(at, at + taken(set, data, at))
    const last = segments.at(-1)
    if (last?.set === set) last.text += text
    else segments.push({ set, text })
    at += text.length
  }
  return segments
}
