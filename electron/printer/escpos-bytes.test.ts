import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut } from '../../app/domain/paper.ts'
import type { Block } from '../../app/domain/paper.ts'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import type { CodePage, PrinterProfile } from '../../app/domain/printer-profile.ts'
import { byteOn } from './code-pages.ts'
import { drawerPulseBytes, encodePaper } from './escpos-bytes.ts'
import { readEscpos } from './escpos-reader.ts'

const { standard80, standard58 } = printerProfiles

function hex(blocks: readonly Block[], profile: PrinterProfile = standard80): string {
  return spaced(encodePaper({ blocks }, profile))
}

function spaced(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

const init = '1b 40 1b 52 00 1b 74 13'

test('Swedish letters, é, ñ and the euro sign are written on page 858', () => {
  expect(hex([{ kind: 'text', text: 'åäöÅÄÖéñ€' }])).toBe(`${init} 86 84 94 8f 8e 99 82 a4 d5 0a`)
})

test('a slip of twelve digits is GS k 73 with its length, {C and packed digits', () => {
  const setUp = '1b 61 01 1d 68 50 1d 77 03 1d 48 00'
  const bars = '1d 6b 49 08 7b 43 63 0d 08 32 03 05 1b 61 00'
  expect(hex([{ kind: 'barcode', symbology: 'code128', data: '991308500305' }])).toBe(
    `${init} ${setUp} ${bars}`,
  )
})

test('the human reading of a bar code stands under it as text', () => {
  const { items } = readEscpos(
    encodePaper(
      {
        blocks: [
          { kind: 'barcode', symbology: 'code128', data: '991308500305', humanReadable: '9913-0850-0305' },
        ],
      },
      standard58,
    ),
    32,
  )
  expect(items.map((item) => item.kind)).toEqual(['barcode', 'line'])
})

test('a QR code is GS ( k, model 2, with its length in two bytes', () => {
  const text = spaced(new TextEncoder().encode('HTTP://SEQR.SE/R1'))
  const golden = [
    '1b 61 01',
    '1d 28 6b 04 00 31 41 32 00',
    '1d 28 6b 03 00 31 43 06',
    '1d 28 6b 03 00 31 45 31',
    `1d 28 6b 14 00 31 50 30 ${text}`,
    '1d 28 6b 03 00 31 51 30',
    '1b 61 00',
  ]
  expect(hex([{ kind: 'qr', data: 'HTTP://SEQR.SE/R1' }])).toBe([init, ...golden].join(' '))
})

test('bold and double size are switched only where they change', () => {
  const blocks: Block[] = [
    { kind: 'text', text: 'A', bold: true, size: 2 },
    { kind: 'text', text: 'B', bold: true, size: 2 },
    { kind: 'text', text: 'C' },
  ]
  expect(hex(blocks)).toBe(`${init} 1b 45 01 1d 21 11 41 0a 42 0a 1b 45 00 1d 21 00 43 0a`)
})

test('each printer is cut in its own way', () => {
  const cut: Block[] = [{ kind: 'cut' }]
  expect(hex(cut)).toBe(`${init} 1d 56 42 00`)
  expect(hex(cut, { ...standard80, cutter: 'full' })).toBe(`${init} 1d 56 41 00`)
  expect(hex(cut, standard58)).toBe(`${init} 1b 64 04`)
})

test('the drawer pulse has both its times, and goes before everything else', () => {
  expect(spaced(drawerPulseBytes(standard80))).toBe('1b 70 00 19 fa')
  expect(spaced(drawerPulseBytes({ ...standard80, drawerPin: 5 }))).toBe('1b 70 01 19 fa')
  expect(hex([{ kind: 'rule' }, { kind: 'drawerPulse' }])).toBe(
    `1b 70 00 19 fa ${init} ${'2d '.repeat(48)}0a`,
  )
})

test('a printer that starts in Chinese is taken out of it first', () => {
  expect(hex([], { ...standard80, cancelsKanji: true })).toBe('1b 40 1c 2e 1b 52 00 1b 74 13')
})

test('the page is the one that serves the whole text, and changes only where it must', () => {
  const pages = (text: string, codePages: readonly CodePage[]) =>
    hex([{ kind: 'text', text }], { ...standard80, codePages })
      .match(/1b 74 (..)/g)
      ?.map((bytes) => Number.parseInt(bytes.slice(6), 16))
  expect(pages('Å', ['cp437', 'cp858'])).toEqual([0])
  expect(pages('Å €', ['cp437', 'cp858'])).toEqual([19])
  expect(pages('Å “citat” €', ['cp437', 'wpc1252'])).toEqual([16])
  expect(pages('Åsa Σ', ['cp858', 'cp437'])).toEqual([0])
  expect(pages('€ Σ €', ['cp858', 'cp437'])).toEqual([19, 0, 19])
})

test('a peso sign is printed as its ISO code', () => {
  const bytes = encodePaper(
    { blocks: [{ kind: 'columns', left: 'Total', right: '₱1\u00A0234.50' }] },
    standard58,
  )
  expect(printedLines(readEscpos(bytes, 32))).toEqual(['Total               PHP 1 234.50'])
})

test('commands smuggled into a text are printed as plain characters or not at all', () => {
  const smuggled = 'Bread\u001B@\u001Bp\u0000\u0019\u00FA\u001DV\u0000\u0010\u0014\u0001\u0000\u0001end'
  const blocks: Block[] = [
    { kind: 'text', text: smuggled },
    { kind: 'columns', left: smuggled, right: smuggled },
    { kind: 'barcode', symbology: 'code128', data: smuggled.slice(0, 8), humanReadable: smuggled },
    { kind: 'qr', data: smuggled },
  ]
  const read = readEscpos(encodePaper({ blocks }, standard80), 48)
  expect(read.faults).toEqual([])
  expect(read.items.filter((item) => item.kind === 'drawerPulse' || item.kind === 'cut')).toEqual([])
  expect(printedLines(read)[0]).toBe('Bread@púVend')
})

const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const shopText = fc.string({
  unit: fc.constantFrom(...Array.from('aB1 .,åäöÅÄÖéñ€₱Σ“–魚\n\u00A0\u001B\u001D\u0010{}')),
  maxLength: 80,
})
const someText = fc.oneof(anyText, shopText)
const size = fc.constantFrom(1 as const, 2 as const)
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: someText,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    bold: fc.boolean(),
    size,
  }),
  fc.record({
    kind: fc.constant('columns' as const),
    left: someText,
    right: someText,
    bold: fc.boolean(),
    size,
  }),
  fc.record({
    kind: fc.constant('table' as const),
    header: fc.constant(['VAT', 'Net', 'Gross']),
    rows: fc.array(fc.array(someText, { maxLength: 4 }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('barcode' as const),
    symbology: fc.constant('code128' as const),
    data: someText,
  }),
  fc.record({ kind: fc.constant('qr' as const), data: someText }),
  fc.constantFrom<Block>(
    { kind: 'rule' },
    { kind: 'feed', lines: 2 },
    { kind: 'cut' },
    { kind: 'drawerPulse' },
  ),
)
const anyProfile: fc.Arbitrary<PrinterProfile> = fc.record({
  model: fc.constant('any'),
  columns: fc.constantFrom(32 as const, 42 as const, 48 as const),
  codePages: fc.uniqueArray(
    fc.constantFrom<CodePage>('cp437', 'cp850', 'cp852', 'cp858', 'cp865', 'cp866', 'wpc1252'),
    { minLength: 1 },
  ),
  cutter: fc.constantFrom('partial' as const, 'full' as const),
  drawerPin: fc.constantFrom(2 as const, 5 as const),
  cancelsKanji: fc.boolean(),
})

test('whatever is printed on whatever printer is read back as laid out, without a fault', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 12 }), anyProfile, (blocks, profile) => {
      const read = readEscpos(encodePaper({ blocks }, profile), profile.columns)
      expect(read.faults).toEqual([])
      const { items } = layOut({ blocks }, profile.columns, (char) =>
        profile.codePages.some((page) => byteOn(page, char) !== null),
      )
      expect(printedLines(read)).toEqual(items.flatMap((item) => (item.kind === 'line' ? [item.text] : [])))
      const symbols = (each: { kind: string; data?: string }) =>
        each.kind === 'barcode' || each.kind === 'qr' ? [`${each.kind} ${each.data}`] : []
      expect(read.items.flatMap(symbols)).toEqual(items.flatMap(symbols))
    }),
    { numRuns: 300 },
  )
})

test('style is read back with the text', () => {
  const bytes = encodePaper({ blocks: [{ kind: 'text', text: 'Total', bold: true, size: 2 }] }, standard80)
  expect(readEscpos(bytes, 48).items).toEqual([
    {
      kind: 'line',
      align: 'left',
      runs: [{ text: 'Total', bold: true, underlined: false, inverted: false, width: 2, height: 2 }],
    },
  ])
})
