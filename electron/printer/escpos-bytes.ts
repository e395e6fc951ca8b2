import { code128EscPos } from '../../app/domain/code128.ts'
import { layOut } from '../../app/domain/paper.ts'
import type { LaidOutItem, Paper } from '../../app/domain/paper.ts'
import type { CodePage, PrinterProfile } from '../../app/domain/printer-profile.ts'
import { byteOn, codePages } from './code-pages.ts'

const [ESC, FS, GS, LF] = [0x1b, 0x1c, 0x1d, 0x0a]

/** How far a line has got: what the printer was last told, and where in the paper's text we are. */
interface Pen {
  page: CodePage
  bold: boolean
  size: 1 | 2
  /** All that is still to be written, to choose a code page that serves it longest. */
  ahead: string
}

/**
 * The ESC/POS bytes that print a paper on a printer of this profile. Drawer pulses come first, whatever the paper says.
 * No byte below 0x20 comes from a text, so what a shop or a customer wrote can never be a command.
 */
export function encodePaper(paper: Paper, profile: PrinterProfile): Uint8Array {
  const { items } = layOut(paper, profile.columns, (char) =>
    profile.codePages.some((page) => byteOn(page, char) !== null),
  )
  const ahead = items.map((item) => (item.kind === 'line' ? item.text : '')).join('')
  const pen: Pen = { page: pageFor(ahead, profile), bold: false, size: 1, ahead }
  const pulses = items.filter((item) => item.kind === 'drawerPulse').slice(0, 1)
  return Uint8Array.from([
    ...pulses.flatMap(() => pulse(profile)),
    ESC,
    0x40,
    ...(profile.cancelsKanji ? [FS, 0x2e] : []),
    ESC,
    0x52,
    0,
    ...selectPage(pen.page),
    ...items.flatMap((item) => encodeItem(item, profile, pen)),
  ])
}

/** The pulse that opens the cash drawer, alone. */
export function drawerPulseBytes(profile: PrinterProfile): Uint8Array {
  return Uint8Array.from(pulse(profile))
}

function encodeItem(item: LaidOutItem, profile: PrinterProfile, pen: Pen): number[] {
  switch (item.kind) {
    case 'line':
      return item.text === '' ? [LF] : [...style(item, pen), ...encodeText(item, profile, pen), LF]
    case 'barcode':
      return barcode(item.data, item.moduleDots)
    case 'qr':
      return qrCode(item.data, item.moduleDots)
    case 'cut':
      return cut(profile)
    case 'drawerPulse':
      return []
  }
}

function style(line: Extract<LaidOutItem, { kind: 'line' }>, pen: Pen): number[] {
  const bold = line.bold === pen.bold ? [] : [ESC, 0x45, line.bold ? 1 : 0]
  const size = line.size === pen.size ? [] : [GS, 0x21, line.size === 2 ? 0x11 : 0]
  pen.bold = line.bold
  pen.size = line.size
  return [...bold, ...size]
}

function encodeText(
  line: Extract<LaidOutItem, { kind: 'line' }>,
  profile: PrinterProfile,
  pen: Pen,
): number[] {
  const bytes: number[] = []
  const turnTo = (page: CodePage) => {
    if (page !== pen.page) bytes.push(...selectPage(page))
    pen.page = page
  }
  if (line.codePage !== undefined) turnTo(line.codePage)
  for (const char of line.text) {
    if (byteOn(pen.page, char) === null) turnTo(pageFor(pen.ahead, profile))
    bytes.push(byteOn(pen.page, char) ?? 0x3f)
    pen.ahead = pen.ahead.slice(char.length)
  }
  return bytes
}

/** The page that gets furthest before another one is needed; of equals the one that the profile names first. */
function pageFor(text: string, profile: PrinterProfile): CodePage {
  const [first = 'cp437', ...others] = profile.codePages
  let best = { page: first, reach: reachOf(first, text) }
  for (const page of others) {
    const reach = reachOf(page, text)
    if (reach > best.reach) best = { page, reach }
  }
  return best.page
}

function reachOf(page: CodePage, text: string): number {
  const missing = Array.from(text).findIndex((char) => byteOn(page, char) === null)
  return missing < 0 ? Infinity : missing
}

function selectPage(page: CodePage): number[] {
  return [ESC, 0x74, codePages[page].number]
}

const [alignLeft, alignCenter] = [
  [ESC, 0x61, 0],
  [ESC, 0x61, 1],
]
const barcodeHeightDots = 80

// GS k in its second form, with the length before the data: the only one that can carry code set C.
function barcode(data: string, moduleDots: number): number[] {
  const payload = code128EscPos(data)
  if (payload === null) return []
  const settings = [GS, 0x68, barcodeHeightDots, GS, 0x77, moduleDots, GS, 0x48, 0]
  return [...alignCenter, ...settings, GS, 0x6b, 73, payload.length, ...payload, ...alignLeft]
}

// Functions 165, 167, 169, 180 and 181 of GS ( k: model 2, module size, level M, store, print.
function qrCode(data: string, moduleDots: number): number[] {
  const bytes = new TextEncoder().encode(data)
  const stored = bytes.length + 3
  const call = (length: number, ...rest: number[]) => [
    GS,
    0x28,
    0x6b,
    length & 0xff,
    length >> 8,
    49,
    ...rest,
  ]
  return [
    ...alignCenter,
    ...call(4, 65, 50, 0),
    ...call(3, 67, moduleDots),
    ...call(3, 69, 49),
    ...call(stored, 80, 48, ...bytes),
    ...call(3, 81, 48),
    ...alignLeft,
  ]
}

// Without a cutter the paper is fed clear of the tear bar.
function cut(profile: PrinterProfile): number[] {
  switch (profile.cutter) {
    case 'partial':
      return [GS, 0x56, 66, 0]
    case 'full':
      return [GS, 0x56, 65, 0]
    case 'none':
      return [ESC, 0x64, 4]
  }
}

// 50 ms on, 500 ms off; both bytes count in steps of 2 ms.
function pulse(profile: PrinterProfile): number[] {
  return [ESC, 0x70, profile.drawerPin === 5 ? 1 : 0, 25, 250]
}
