import { code128Widths } from '../../app/domain/code128.ts'
import type {
  PaperFault,
  PaperFaultKind,
  PrintedAlign,
  PrintedItem,
  PrintedPaper,
  PrintedRun,
} from '../../app/domain/printed-paper.ts'
import type { CodePage } from '../../app/domain/printer-profile.ts'
import { qrModulesAcross } from '../../app/domain/qr-code.ts'
import { charOn, codePageOfNumber } from './code-pages.ts'
import { commandAt, isAllowed } from './escpos-commands.ts'
import type { Command } from './escpos-commands.ts'
import { freshQr, qrStep, readCode128 } from './escpos-symbols.ts'
import type { QrSettings } from './escpos-symbols.ts'

type Look = Omit<PrintedRun, 'text'>

interface Settings {
  page: CodePage
  align: PrintedAlign
  look: Look
  barcodeModule: number
  barcodeHeight: number
  barcodeText: Extract<PrintedItem, { kind: 'barcode' }>['readable']
  qr: QrSettings
}

interface Reading {
  readonly columns: number
  readonly items: PrintedItem[]
  readonly faults: PaperFault[]
  settings: Settings
  /** The line that no line feed has ended yet. */
  runs: PrintedRun[]
  cells: number
}

const plain: Look = { bold: false, underlined: false, inverted: false, width: 1, height: 1 }
const dotsPerColumn = 12
const aligns: readonly PrintedAlign[] = ['left', 'center', 'right']
const barcodeTexts = ['none', 'above', 'below', 'both'] as const

/**
 * What a printer with so many columns makes of the bytes. It reads by the command reference, knows nothing of our
 * encoder, and reports each thing that a printer would print wrongly or not at all.
 */
export function readEscpos(bytes: Uint8Array, columns: number): PrintedPaper {
  const reading: Reading = { columns, items: [], faults: [], settings: freshSettings(), runs: [], cells: 0 }
  let at = 0
  while (at < bytes.length) {
    const command = commandAt(bytes, at)
    if (command === null) {
      fault(reading, at, 'incomplete', hexOf(bytes.subarray(at, at + 8)))
      break
    }
    if (isAllowed(command)) obey(reading, command, bytes)
    else fault(reading, at, 'badParameter', `${command.name} ${command.params.join(' ')}`)
    at += command.length
  }
  if (reading.cells > 0) fault(reading, bytes.length, 'neverPrinted', 'the last line has no line feed')
  return { columns, items: reading.items, faults: reading.faults }
}

function freshSettings(): Settings {
  return {
    page: 'cp437',
    align: 'left',
    look: plain,
    barcodeModule: 3,
    barcodeHeight: 162,
    barcodeText: 'none',
    qr: freshQr,
  }
}

function fault(reading: Reading, offset: number, kind: PaperFaultKind, detail: string): void {
  reading.faults.push({ offset, kind, detail })
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

function obey(reading: Reading, command: Command, bytes: Uint8Array): void {
  const { settings } = reading
  const [first = 0, second = 0, third = 0] = command.params
  switch (command.name) {
    case 'text':
      return write(reading, command)
    case 'lineFeed':
      return endLine(reading)
    case 'feedLines':
      return feed(reading, first)
    case 'feedDots':
      return reading.cells > 0 || first > 0 ? endLine(reading) : undefined
    case 'initialize':
      discardLine(reading, command.offset)
      reading.settings = freshSettings()
      return
    case 'codePage':
      return choosePage(reading, first, command.offset)
    case 'characterSet':
      if (first !== 0) fault(reading, command.offset, 'badParameter', 'a national set replaces ASCII signs')
      return
    case 'align':
      needLineStart(reading, command)
      settings.align = aligns[first % 48] ?? 'left'
      return
    case 'bold':
    case 'doubleStrike':
      settings.look = { ...settings.look, bold: first % 2 === 1 }
      return
    case 'underline':
      settings.look = { ...settings.look, underlined: first % 48 > 0 }
      return
    case 'invert':
      settings.look = { ...settings.look, inverted: first % 2 === 1 }
      return
    case 'size':
      settings.look = { ...settings.look, width: (first >> 4) + 1, height: (first & 7) + 1 }
      return
    case 'printMode':
      settings.look = printMode(settings.look, first)
      return
    case 'cut':
      needLineStart(reading, command)
      reading.items.push({ kind: 'cut', partial: [1, 49, 66].includes(first) })
      return
    case 'pulse':
      reading.items.push({
        kind: 'drawerPulse',
        pin: first % 48 === 0 ? 2 : 5,
        onMs: second * 2,
        offMs: third * 2,
      })
      return
    case 'pulseNow':
      reading.items.push({
        kind: 'drawerPulse',
        pin: second === 0 ? 2 : 5,
        onMs: third * 100,
        offMs: third * 100,
      })
      return
    case 'barcode':
      return barcode(reading, command)
    case 'barcodeModule':
      settings.barcodeModule = first
      return
    case 'barcodeHeight':
      settings.barcodeHeight = first
      return
    case 'barcodeText':
      settings.barcodeText = barcodeTexts[first % 48] ?? 'none'
      return
    case 'symbol':
      return symbol(reading, command)
    case 'unknown':
      return fault(
        reading,
        command.offset,
        'unknownCommand',
        hexOf(bytes.subarray(command.offset, command.offset + 4)),
      )
    // Nothing of these is seen on the paper.
    case 'carriageReturn':
    case 'font':
    case 'defaultLineSpacing':
    case 'lineSpacing':
    case 'barcodeTextFont':
    case 'cancelKanji':
    case 'askStatus':
    case 'askInOrder':
    case 'recover':
  }
}

function printMode(look: Look, mode: number): Look {
  return {
    ...look,
    bold: (mode & 0x08) !== 0,
    height: (mode & 0x10) === 0 ? 1 : 2,
    width: (mode & 0x20) === 0 ? 1 : 2,
    underlined: (mode & 0x80) !== 0,
  }
}

function write(reading: Reading, command: Command): void {
  const { look } = reading.settings
  command.data.forEach((byte, index) => {
    const char = charOn(reading.settings.page, byte)
    const offset = command.offset + index
    if (char === null) fault(reading, offset, 'unknownCharacter', `${byte} on ${reading.settings.page}`)
    if (reading.cells + look.width > reading.columns) {
      fault(reading, offset, 'lineTooLong', `more than ${reading.columns} characters`)
      endLine(reading)
    }
    addCell(reading, (char ?? '\uFFFD').replace('\u00A0', ' '), look)
  })
}

function addCell(reading: Reading, char: string, look: Look): void {
  const last = reading.runs.at(-1)
  const isSame =
    last !== undefined && (Object.keys(plain) as (keyof Look)[]).every((part) => last[part] === look[part])
  if (isSame) reading.runs[reading.runs.length - 1] = { ...last, text: last.text + char }
  else reading.runs.push({ text: char, ...look })
  reading.cells += look.width
}

function endLine(reading: Reading): void {
  reading.items.push({ kind: 'line', align: reading.settings.align, runs: reading.runs })
  reading.runs = []
  reading.cells = 0
}

function feed(reading: Reading, lines: number): void {
  if (lines === 0 && reading.cells > 0) endLine(reading)
  for (let line = 0; line < lines; line += 1) endLine(reading)
}

function discardLine(reading: Reading, offset: number): void {
  if (reading.cells > 0)
    fault(reading, offset, 'neverPrinted', 'initialising throws the unfinished line away')
  reading.runs = []
  reading.cells = 0
}

function needLineStart(reading: Reading, command: Command): void {
  if (reading.cells === 0) return
  fault(reading, command.offset, 'notAtLineStart', command.name)
}

function choosePage(reading: Reading, number: number, offset: number): void {
  const page = codePageOfNumber(number)
  if (page === null) fault(reading, offset, 'badParameter', `code page ${number}`)
  else reading.settings.page = page
}

function barcode(reading: Reading, command: Command): void {
  const { align, barcodeModule, barcodeHeight, barcodeText } = reading.settings
  needLineStart(reading, command)
  const read = readCode128(command.params[0] ?? 0, command.data)
  if (!read.ok) return fault(reading, command.offset, 'badBarcode', read.detail)
  const modules = code128Widths(read.symbols).reduce((sum, width) => sum + width, 0)
  if (modules * barcodeModule > reading.columns * dotsPerColumn) {
    return fault(reading, command.offset, 'badBarcode', 'wider than the paper')
  }
  reading.items.push({
    kind: 'barcode',
    align,
    symbology: 'code128',
    data: read.data,
    symbols: read.symbols,
    moduleDots: barcodeModule,
    heightDots: barcodeHeight,
    readable: barcodeText,
  })
}

function symbol(reading: Reading, command: Command): void {
  const { align, qr } = reading.settings
  const step = qrStep(qr, command.data)
  switch (step.kind) {
    case 'settings':
      reading.settings.qr = step.settings
      return
    case 'fault':
      return fault(reading, command.offset, 'badQr', step.detail)
    case 'print': {
      needLineStart(reading, command)
      const { moduleDots, level } = qr
      const modules = qrModulesAcross(new TextEncoder().encode(step.data).length) ?? Infinity
      const isTooWide = modules * moduleDots > reading.columns * dotsPerColumn
      if (isTooWide) return fault(reading, command.offset, 'badQr', 'wider than the paper')
      reading.items.push({ kind: 'qr', align, data: step.data, moduleDots, level })
    }
  }
}
