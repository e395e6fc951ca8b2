import { holdingSpace } from './paper-text.ts'

/** The lines of a text that is broken at line feeds and spaces; a word that is too long is cut, never shortened. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width))
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const [, gap = '', word = ''] of line.matchAll(/( *)([^ ]+)/g)) {
    if (current.length + gap.length + word.length <= width) {
      current += gap + word
      continue
    }
    if (current !== '') lines.push(current)
    const chunks = chunksOf(word, width)
    current = chunks.pop() ?? ''
    lines.push(...chunks)
  }
  return [...lines, current].map((each) => each.replaceAll(holdingSpace, ' '))
}

function chunksOf(word: string, width: number): string[] {
  const chunks: string[] = []
  for (let at = 0; at < word.length; at += width) chunks.push(word.slice(at, at + width))
  return chunks
}

/** Pads on the left so that the line stands where `align` says; the right end stays bare. */
export function alignLine(line: string, width: number, align: 'left' | 'center' | 'right'): string {
  const room = Math.max(0, width - line.length)
  switch (align) {
    case 'left':
      return line
    case 'center':
      return ' '.repeat(Math.floor(room / 2)) + line
    case 'right':
      return ' '.repeat(room) + line
  }
}

// With less room than this beside the right part, the left part takes lines of its own.
const leastLeftWidth = 10
// Two spaces: after one, a name that ends in a digit would read as the thousands of the amount.
const columnGap = 2

/** A left part that wraps and a right part that stays whole at the right edge of the first line it fits on. */
export function columnLines(left: string, right: string, width: number): string[] {
  const rightLines = wrapText(right.replaceAll('\n', ' '), width).map((line) =>
    alignLine(line, width, 'right'),
  )
  if (right === '') return wrapText(left, width)
  if (left === '') return rightLines
  const room = width - right.length - columnGap
  const fitsBeside = room > 0 && (room >= leastLeftWidth || left.length <= room)
  if (!fitsBeside) return [...wrapText(left, width), ...rightLines]
  const [first = '', ...rest] = wrapText(left, room)
  return [first.padEnd(width - right.length) + right.replaceAll(/[\n\u00A0]/g, ' '), ...rest]
}

export interface TableText {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly aligns: readonly ('left' | 'right')[]
}

/** A table with its spare room between the columns, or, where it doesn't fit, one line a cell under its heading. */
export function tableLines(table: TableText, width: number): string[] {
  const widths = table.header.map((_, index) =>
    Math.max(...[table.header, ...table.rows].map((row) => (row[index] ?? '').length)),
  )
  const gaps = Math.max(1, widths.length - 1)
  const spare = width - widths.reduce((sum, each) => sum + each, 0)
  if (spare < gaps * columnGap) return stackedLines(table, width)
  return [table.header, ...table.rows].map((row) =>
    widths
      .map((cellWidth, index) => {
        const cell = alignLine(row[index] ?? '', cellWidth, table.aligns[index] ?? 'right').padEnd(cellWidth)
        const before = index === 0 ? 0 : gapAt(index, spare, gaps)
        return ' '.repeat(before) + cell
      })
      .join('')
      .replaceAll(holdingSpace, ' ')
      .trimEnd(),
  )
}

// Whole spaces, the remainder given to the gaps on the left.
function gapAt(index: number, spare: number, gaps: number): number {
  return Math.floor(spare / gaps) + (index <= spare % gaps ? 1 : 0)
}

function stackedLines(table: TableText, width: number): string[] {
  return table.rows.flatMap((row) =>
    row.flatMap((cell, index) => columnLines(table.header[index] ?? '', cell, width)),
  )
}
