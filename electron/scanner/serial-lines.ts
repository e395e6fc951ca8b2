export type Terminator = '\r' | '\n' | '\r\n' | '\t'

export type LineSettings = {
  readonly terminator: Terminator
  /** What the scanner sends in front of each bar code, such as STX; empty for none. */
  readonly prefix: string
}

/** What has come of a line that is not over. `skips` when it grew too long and the rest is thrown away as well. */
export type HalfLine = { readonly text: string; readonly atMs: number; readonly skips: boolean }

export const noLine: HalfLine = { text: '', atMs: 0, skips: false }

/** A line stops halfway when the cable was pulled or the power went; the next scan must not be glued to it. */
export const halfLineLimitMs = 500
export const longestLine = 8192

export type LineStep = { readonly half: HalfLine; readonly lines: readonly string[] }

/** Cuts what a serial scanner sends into bar codes, however the bytes are split or run together. */
export function takeText(half: HalfLine, text: string, atMs: number, settings: LineSettings): LineStep {
  const kept = atMs - half.atMs > halfLineLimitMs ? noLine : half
  const pieces = (kept.text + text).split(settings.terminator)
  const rest = pieces.pop() ?? ''
  const whole = kept.skips ? pieces.slice(1) : pieces
  const lines = whole
    .filter((line) => line.length <= longestLine)
    .flatMap((line) => barcodeIn(line, settings.prefix))
  const skips = (kept.skips && pieces.length === 0) || rest.length > longestLine
  return { half: { text: skips ? rest.slice(-1) : rest, atMs, skips }, lines }
}

/** The bar code in a line: what follows the prefix, without the other half of a line end. Noise yields nothing. */
function barcodeIn(line: string, prefix: string): readonly string[] {
  const at = prefix === '' ? 0 : line.lastIndexOf(prefix)
  if (at < 0) return []
  const data = line.slice(at + prefix.length).replaceAll(/^[\r\n]+|[\r\n]+$/g, '')
  return data.trim() === '' ? [] : [data]
}
