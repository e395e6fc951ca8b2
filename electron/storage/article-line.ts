/** One line of a catalogue file: what its cells mean, and what may be wrong with them. */
import { wholeUnit } from '../../app/domain/numerals.ts'
import { isEan13, isUpcA } from '../../app/domain/barcode.ts'
import { currencies, decimalOf, largestAmountMinor, minorOf } from '../../app/domain/money.ts'
import type { Currency } from '../../app/domain/money.ts'
import type { ArticleRecord } from './articles.ts'
import { normalCode } from './articles.ts'
import type { CategoryRecord } from './categories.ts'

export const lineColumns = [
  'name',
  'code',
  'plu',
  'price',
  'vat',
  'unit',
  'decimals',
  'category',
  'colour',
  'favourite',
  'active',
  'id',
] as const

export type LineColumn = (typeof lineColumns)[number]

/** Headings that spreadsheets of Swedish shops use for the same. */
const otherHeadings: Readonly<Record<string, LineColumn>> = {
  namn: 'name',
  benämning: 'name',
  artikel: 'name',
  article: 'name',
  ean: 'code',
  streckkod: 'code',
  barcode: 'code',
  kod: 'code',
  pris: 'price',
  moms: 'vat',
  enhet: 'unit',
  decimaler: 'decimals',
  kategori: 'category',
  färg: 'colour',
  color: 'colour',
  favorit: 'favourite',
  favorite: 'favourite',
  aktiv: 'active',
}

/** The column under a heading, or null for one that the till has no use for. */
export function columnOf(heading: string): LineColumn | null {
  const plain = heading.trim().toLowerCase()
  return lineColumns.find((column) => column === plain) ?? otherHeadings[plain] ?? null
}

export type LineProblem =
  | 'missing'
  | 'tooLong'
  | 'notANumber'
  | 'negative'
  | 'tooLarge'
  | 'notYesOrNo'
  | 'notAColour'
  | 'checkDigit'
  /** A spreadsheet has rounded a long number to something like 7.31E+12. */
  | 'roundedBySpreadsheet'
  /** An earlier line of the file has the same. */
  | 'twice'
  /** Another article of the catalogue has it. */
  | 'taken'
  | 'tooManyCells'
  /** Quotation marks that do not match, or the like. */
  | 'unreadable'

export interface LineFault {
  /** As an editor counts, the heading being line 1. */
  readonly line: number
  readonly column: LineColumn | null
  readonly value: string
  readonly problem: LineProblem
}

/** What a line says. A column that the file does not have is undefined and leaves an article as it is. */
export interface ArticleLine {
  readonly name?: string
  readonly code?: string | null
  readonly plu?: string | null
  readonly priceMinor?: number | null
  readonly vatBasisPoints?: number
  readonly unit?: string
  readonly unitDecimals?: number
  readonly category?: string | null
  readonly colour?: string | null
  readonly favourite?: boolean
  readonly active?: boolean
  readonly id?: string
}

type Cell<T> = { readonly value: T } | { readonly problem: LineProblem }

const longest: Readonly<Record<'name' | 'code' | 'plu' | 'unit' | 'category' | 'id', number>> = {
  name: 120,
  code: 64,
  plu: 16,
  unit: 12,
  category: 60,
  id: 64,
}

const text = (cell: string, most: number): Cell<string> =>
  cell.length > most ? { problem: 'tooLong' } : { value: cell }

const textOrNull = (cell: string, most: number): Cell<string | null> =>
  cell === '' ? { value: null } : text(cell, most)

/** Reads the cells of one line, or says what is wrong with each. */
export function readLine(
  cells: ReadonlyMap<LineColumn, string>,
  currency: Currency,
): { readonly line: ArticleLine; readonly faults: readonly Omit<LineFault, 'line'>[] } {
  const line: Record<string, unknown> = {}
  const faults: Omit<LineFault, 'line'>[] = []
  for (const [column, raw] of cells) {
    const value = withoutGuard(raw.trim())
    const [field, cell] = readCell(column, value, currency)
    if ('problem' in cell) faults.push({ column, value, problem: cell.problem })
    else if (cell.value !== undefined) line[field] = cell.value
  }
  return { line, faults }
}

function readCell(
  column: LineColumn,
  cell: string,
  currency: Currency,
): readonly [keyof ArticleLine, Cell<unknown>] {
  switch (column) {
    case 'name':
      return ['name', cell === '' ? { problem: 'missing' } : text(cell, longest.name)]
    case 'code':
      return ['code', codeCell(cell)]
    case 'plu':
      return ['plu', textOrNull(cell, longest.plu)]
    case 'price':
      return ['priceMinor', cell === '' ? { value: null } : priceCell(cell, currency)]
    case 'vat':
      return ['vatBasisPoints', vatCell(cell)]
    case 'unit':
      return ['unit', cell === '' ? { value: undefined } : text(cell, longest.unit)]
    case 'decimals':
      return ['unitDecimals', decimalsCell(cell)]
    case 'category':
      return ['category', textOrNull(cell, longest.category)]
    case 'colour':
      return ['colour', colourCell(cell)]
    case 'favourite':
      return ['favourite', flagCell(cell, false)]
    case 'active':
      return ['active', flagCell(cell, true)]
    case 'id':
      return ['id', cell === '' ? { value: undefined } : text(cell, longest.id)]
  }
}

function codeCell(cell: string): Cell<string | null> {
  if (cell === '') return { value: null }
  if (/^\d[.,]\d*E\+?\d+$/i.test(cell)) return { problem: 'roundedBySpreadsheet' }
  if (/^\d{13}$/.test(cell) && !isEan13(cell)) return { problem: 'checkDigit' }
  // A spreadsheet drops the zero in front of an EAN-13, which leaves its UPC-A.
  return isUpcA(cell) ? { value: normalCode(cell) } : text(cell, longest.code)
}

function priceCell(cell: string, currency: Currency): Cell<number> {
  const plain = cell.replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.')
  const amountMinor = minorOf(plain, currency)
  if (amountMinor === null) return { problem: 'notANumber' }
  if (amountMinor < 0) return { problem: 'negative' }
  return amountMinor > largestAmountMinor ? { problem: 'tooLarge' } : { value: amountMinor }
}

function vatCell(cell: string): Cell<number> {
  if (cell === '') return { problem: 'missing' }
  const match = /^(\d{1,3})(?:[.,](\d{1,2})0*)?\s*%?$/.exec(cell)
  if (match === null) return { problem: 'notANumber' }
  const basisPoints = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return basisPoints > 10_000 ? { problem: 'tooLarge' } : { value: basisPoints }
}

function decimalsCell(cell: string): Cell<number | undefined> {
  if (cell === '') return { value: undefined }
  return /^[0-3]$/.test(cell) ? { value: Number(cell) } : { problem: 'notANumber' }
}

function colourCell(cell: string): Cell<string | null> {
  if (cell === '') return { value: null }
  return /^#[0-9a-f]{6}$/i.test(cell) ? { value: cell.toLowerCase() } : { problem: 'notAColour' }
}

function flagCell(cell: string, otherwise: boolean): Cell<boolean> {
  if (cell === '') return { value: otherwise }
  if (/^(?:yes|ja|true|sant|1|x)$/i.test(cell)) return { value: true }
  return /^(?:no|nej|false|falskt|0)$/i.test(cell) ? { value: false } : { problem: 'notYesOrNo' }
}

/** The article as a line makes it, over what there was. `category` has been looked up by the caller. */
export function articleFrom(
  line: ArticleLine,
  before: ArticleRecord | null,
  categoryId: string | null,
  newId: () => string,
): ArticleRecord {
  return {
    id: before?.id ?? line.id ?? newId(),
    name: line.name ?? before?.name ?? '',
    code: line.code === undefined ? (before?.code ?? null) : line.code,
    plu: line.plu === undefined ? (before?.plu ?? null) : line.plu,
    priceMinor: line.priceMinor === undefined ? (before?.priceMinor ?? null) : line.priceMinor,
    vatBasisPoints: line.vatBasisPoints ?? before?.vatBasisPoints ?? 0,
    unit: line.unit ?? before?.unit ?? wholeUnit,
    unitDecimals: line.unitDecimals ?? before?.unitDecimals ?? 0,
    categoryId: line.category === undefined ? (before?.categoryId ?? null) : categoryId,
    favourite: line.favourite ?? before?.favourite ?? false,
    active: line.active ?? before?.active ?? true,
  }
}

/** Signs that a spreadsheet takes for the beginning of a formula, and the one that guards against it. */
const formulaStart = /^[=+\-@\t\r']/

/** The cell so that no spreadsheet runs it as a formula: with an apostrophe in front, as spreadsheets themselves do. */
export function guarded(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell
}

function withoutGuard(cell: string): string {
  return cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell
}

/** An article as cells in the order of {@link lineColumns}, to be read back by {@link readLine} unchanged. */
export function cellsOf(
  article: ArticleRecord,
  category: CategoryRecord | undefined,
  format: { readonly currency: Currency; readonly decimalMark: ',' | '.' },
): readonly string[] {
  const { currency, decimalMark } = format
  const price = article.priceMinor === null ? '' : decimalOf(article.priceMinor, currency)
  const cells: Readonly<Record<LineColumn, string>> = {
    name: article.name,
    code: article.code ?? '',
    plu: article.plu ?? '',
    price: currencies[currency].decimals === 0 ? price : price.replace('.', decimalMark),
    vat: percentOf(article.vatBasisPoints).replace('.', decimalMark),
    unit: article.unit,
    decimals: String(article.unitDecimals),
    category: category?.name ?? '',
    colour: category?.colour ?? '',
    favourite: article.favourite ? 'yes' : 'no',
    active: article.active ? 'yes' : 'no',
    id: article.id,
  }
  return lineColumns.map((column) => guarded(cells[column]))
}

function percentOf(basisPoints: number): string {
  return (basisPoints / 100).toFixed(2).replace(/\.?0+$/, '')
}
