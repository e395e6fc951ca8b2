import { code128ModuleCount } from './code128.ts'
import { alignLine, columnLines, tableLines, wrapText } from './paper-lines.ts'
import { isWesternCharacter, printableText } from './paper-text.ts'
import type { CodePage, PaperColumns } from './printer-profile.ts'
import { qrModulesAcross } from './qr-code.ts'

export type { PaperColumns } from './printer-profile.ts'

/** What is to be printed, whatever the width of the paper: the register writes it, the printer lays it out. */
export interface Paper {
  readonly blocks: readonly Block[]
}

export type Align = 'left' | 'center' | 'right'

/** 2 is twice as wide and twice as high. Where a word or an amount would not fit it is printed in 1. */
export type Size = 1 | 2

export type Block =
  | {
      readonly kind: 'text'
      /** Breaks at spaces and line feeds. */
      readonly text: string
      readonly align?: Align
      readonly bold?: boolean
      readonly size?: Size
      /** Only the test print asks for a page of its own. */
      readonly codePage?: CodePage
    }
  | {
      readonly kind: 'columns'
      /** Wraps. */
      readonly left: string
      /** Stays whole at the right edge: an amount. */
      readonly right: string
      readonly bold?: boolean
      readonly size?: Size
    }
  | {
      readonly kind: 'table'
      readonly header: readonly string[]
      readonly rows: readonly (readonly string[])[]
      /** One a column; the first is left and the rest right when left out. */
      readonly aligns?: readonly ('left' | 'right')[]
    }
  | { readonly kind: 'rule' }
  | {
      readonly kind: 'barcode'
      readonly symbology: 'code128'
      readonly data: string
      /** Printed under the bars. */
      readonly humanReadable?: string
    }
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drawerPulse' }

export type LaidOutItem =
  | {
      readonly kind: 'line'
      /** Padded on the left to stand where it should; holds no control character. */
      readonly text: string
      readonly bold: boolean
      readonly size: Size
      readonly codePage?: CodePage
    }
  | { readonly kind: 'barcode'; readonly data: string; readonly moduleDots: 2 | 3 }
  | { readonly kind: 'qr'; readonly data: string; readonly moduleDots: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drawerPulse' }

export interface LaidOut {
  readonly columns: PaperColumns
  readonly items: readonly LaidOutItem[]
}

type Printable = (text: string) => string

/** Dots that a character of font A is wide. */
export const dotsPerColumn = 12

/**
 * The paper in lines of at most `columns` characters, written with what `canPrint` allows. No amount loses a character:
 * what doesn't fit beside it takes lines of its own. A bar code or QR code too large for the paper becomes text.
 */
export function layOut(
  paper: Paper,
  columns: PaperColumns,
  canPrint: (char: string) => boolean = isWesternCharacter,
): LaidOut {
  const printable: Printable = (text) => printableText(text, canPrint)
  return { columns, items: paper.blocks.flatMap((block) => itemsOf(block, columns, printable)) }
}

/** The paper as plain text for a terminal, all in one size; bar code, QR code and cut are shown as words and dashes. */
export function paperText(paper: Paper, columns: PaperColumns): string {
  const blocks = paper.blocks.map((block) => ('size' in block ? { ...block, size: 1 as const } : block))
  const { items } = layOut({ blocks }, columns)
  return items.flatMap((item) => textOf(item, columns)).join('\n')
}

function itemsOf(block: Block, columns: PaperColumns, printable: Printable): LaidOutItem[] {
  switch (block.kind) {
    case 'text':
      return textItems(block, columns, printable)
    case 'columns':
      return columnsItems(block, columns, printable)
    case 'table':
      return tableItems(block, columns, printable)
    case 'rule':
      return lines(['-'.repeat(columns)])
    case 'barcode':
      return barcodeItems(block, columns, printable)
    case 'qr':
      return qrItems(block.data, columns, printable)
    case 'feed':
      return lines(Array<string>(Math.max(0, Math.min(50, Math.trunc(block.lines)))).fill(''))
    case 'cut':
    case 'drawerPulse':
      return [{ kind: block.kind }]
  }
}

function lines(texts: readonly string[], bold = false, size: Size = 1): LaidOutItem[] {
  return texts.map((text) => ({ kind: 'line', text: text.trimEnd(), bold, size }))
}

function textItems(
  block: Extract<Block, { kind: 'text' }>,
  columns: PaperColumns,
  printable: Printable,
): LaidOutItem[] {
  const text = printable(block.text)
  const longestWord = Math.max(...text.split(/[ \n]/).map((word) => word.length))
  const size = block.size === 2 && longestWord <= columns / 2 ? 2 : 1
  const width = Math.floor(columns / size)
  const wrapped = wrapText(text, width).map((line) => alignLine(line.trimEnd(), width, block.align ?? 'left'))
  const items = lines(wrapped, block.bold, size)
  const { codePage } = block
  return codePage === undefined ? items : items.map((item) => ({ ...item, codePage }))
}

function columnsItems(
  block: Extract<Block, { kind: 'columns' }>,
  columns: PaperColumns,
  printable: Printable,
): LaidOutItem[] {
  const right = printable(block.right).trim()
  const size = block.size === 2 && right.length <= columns / 2 ? 2 : 1
  return lines(columnLines(printable(block.left), right, Math.floor(columns / size)), block.bold, size)
}

function tableItems(
  block: Extract<Block, { kind: 'table' }>,
  columns: PaperColumns,
  printable: Printable,
): LaidOutItem[] {
  const cell = (text: string) => printable(text).replaceAll('\n', ' ').trim()
  const table = {
    header: block.header.map(cell),
    rows: block.rows.map((row) => row.map(cell)),
    aligns: block.aligns ?? block.header.map((_, index) => (index === 0 ? 'left' : 'right')),
  }
  return lines(tableLines(table, columns))
}

// Bars need ten modules of white on either side to be read.
const quietModules = 20

function barcodeItems(
  block: Extract<Block, { kind: 'barcode' }>,
  columns: PaperColumns,
  printable: Printable,
): LaidOutItem[] {
  const data = block.data.replaceAll(/\p{Cc}/gu, '')
  const modules = code128ModuleCount(data) ?? Infinity
  const moduleDots = ([3, 2] as const).find(
    (dots) => (modules + quietModules) * dots <= columns * dotsPerColumn,
  )
  const caption = centered(block.humanReadable ?? '', columns, printable)
  if (moduleDots !== undefined) return [{ kind: 'barcode', data, moduleDots }, ...caption]
  return caption.length > 0 ? caption : centered(data, columns, printable)
}

const quietModulesOfQr = 8

function qrItems(text: string, columns: PaperColumns, printable: Printable): LaidOutItem[] {
  const data = text.replaceAll(/\p{Cc}/gu, '')
  const modules = qrModulesAcross(new TextEncoder().encode(data).length) ?? Infinity
  const room = Math.floor((columns * dotsPerColumn) / (modules + quietModulesOfQr))
  if (data === '' || room < 3) return centered(data, columns, printable)
  return [{ kind: 'qr', data, moduleDots: Math.min(6, room) }]
}

function centered(text: string, columns: PaperColumns, printable: Printable): LaidOutItem[] {
  return text === '' ? [] : textItems({ kind: 'text', text, align: 'center' }, columns, printable)
}

function textOf(item: LaidOutItem, columns: number): string[] {
  switch (item.kind) {
    case 'line':
      return [item.text]
    case 'barcode':
      return [alignLine(`||| ${item.data} |||`, columns, 'center')]
    case 'qr':
      return wrapText(`[QR ${item.data}]`, columns).map((line) => alignLine(line, columns, 'center'))
    case 'cut':
      return ['- '.repeat(columns / 2).trimEnd()]
    case 'drawerPulse':
      return []
  }
}
