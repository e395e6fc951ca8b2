/** The catalogue as a CSV file: read with every fault named by its line, and written for spreadsheets. */
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Info } from 'csv-parse'
import { CsvError, parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import type { Currency } from '../../app/domain/money.ts'
import type { ArticleLine, LineColumn, LineFault } from './article-line.ts'
import { cellsOf, columnOf, lineColumns, readLine } from './article-line.ts'
import { articlePage } from './articles.ts'
import { listCategories } from './categories.ts'
import type { Reader } from './database.ts'

/** Far above 100,000 lines. */
const mostBytes = 64 * 1024 * 1024
const longestRecord = 64 * 1024
const pieceLength = 16 * 1024

export interface NumberedLine {
  readonly at: number
  readonly line: ArticleLine
}

export type FileRead =
  | { readonly ok: true; readonly lines: readonly NumberedLine[]; readonly faults: readonly LineFault[] }
  | { readonly ok: false; readonly reason: 'empty' | 'noHeading' | 'tooLarge' }

/** UTF-8, with or without a byte order mark; else what Windows' spreadsheets write. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The sign that separates the headings: the one there are most of. */
function separatorOf(text: string): string {
  const heading = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const count = (sign: string) => heading.split(sign).length
  return [';', ',', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** Reads the whole file a piece at a time, letting others work in between. */
export async function readArticleFile(
  bytes: Uint8Array,
  currency: Currency,
  onRead: (share: number) => void = () => {},
): Promise<FileRead> {
  if (bytes.length > mostBytes) return { ok: false, reason: 'tooLarge' }
  const text = decoded(bytes)
  const reader = lineReader(currency)
  const parser = parse({
    delimiter: separatorOf(text),
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: longestRecord,
  })
  Readable.from(pieces(text, onRead)).pipe(parser)
  try {
    for await (const entry of parser) reader.take(entry as { info: Info; record: readonly string[] })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    reader.unreadable(error)
  }
  return reader.result()
}

/** The text in pieces, with time for others between them. */
async function* pieces(text: string, onRead: (share: number) => void): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += pieceLength) {
    yield text.slice(start, start + pieceLength)
    onRead(Math.min(1, (start + pieceLength) / text.length))
    await setImmediate()
  }
}

/** Takes records one after another; the first is the heading. */
export function lineReader(currency: Currency) {
  const lines: NumberedLine[] = []
  const faults: LineFault[] = []
  const headings: (LineColumn | null)[] = []
  return {
    take({ info, record }: { readonly info: Info; readonly record: readonly string[] }): void {
      if (headings.length === 0) {
        headings.push(...record.map(columnOf))
        return
      }
      const at = info.lines
      if (record.slice(headings.length).some((cell) => cell.trim() !== ''))
        faults.push({ line: at, column: null, value: record.at(-1) ?? '', problem: 'tooManyCells' })
      const cells = new Map<LineColumn, string>()
      for (const [index, column] of headings.entries())
        if (column !== null) cells.set(column, record[index] ?? '')
      const read = readLine(cells, currency)
      faults.push(...read.faults.map((fault) => ({ ...fault, line: at })))
      if (read.faults.length === 0) lines.push({ at, line: read.line })
    },
    unreadable(error: CsvError): void {
      const at = typeof error['lines'] === 'number' ? error['lines'] : 0
      faults.push({ line: at, column: null, value: '', problem: 'unreadable' })
    },
    result(): FileRead {
      if (headings.length === 0 && faults.length === 0) return { ok: false, reason: 'empty' }
      const isCatalogue = headings.some(
        (column) => column === 'name' || column === 'code' || column === 'plu',
      )
      if (headings.length > 0 && !isCatalogue && !headings.includes('id'))
        return { ok: false, reason: 'noHeading' }
      return { ok: true, lines, faults }
    },
  }
}

export interface ExportFormat {
  readonly currency: Currency
  /** Semicolons go with decimal commas, as spreadsheets in the Nordic countries expect. */
  readonly separator: ';' | ','
}

const pageArticles = 500

/** The whole catalogue as CSV, a piece at a time: UTF-8 with a byte order mark, no cell that runs as a formula. */
export function* exportArticles(db: Reader, format: ExportFormat): Generator<string> {
  const { currency, separator } = format
  const categories = new Map(listCategories(db).map((category) => [category.id, category]))
  const csv = (rows: readonly (readonly string[])[]) =>
    stringify(
      rows.map((row) => [...row]),
      { delimiter: separator, record_delimiter: 'windows' },
    )
  yield `\uFEFF${csv([lineColumns])}`
  let after: string | null = null
  for (;;) {
    const page = articlePage(db, after, pageArticles)
    const last = page.at(-1)
    if (last === undefined) return
    yield csv(
      page.map((article) =>
        cellsOf(article, categories.get(article.categoryId ?? ''), {
          currency,
          decimalMark: separator === ';' ? ',' : '.',
        }),
      ),
    )
    after = last.id
  }
}
