import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAmount, type Numerals } from './numerals.ts'
import { layOut, paperText } from './paper.ts'
import type { Block, PaperColumns } from './paper.ts'
import { columnLines } from './paper-lines.ts'

const widths = [32, 42, 48] as const satisfies readonly PaperColumns[]

function textLines(blocks: readonly Block[], columns: PaperColumns): string[] {
  return layOut({ blocks }, columns).items.flatMap((item) => (item.kind === 'line' ? [item.text] : []))
}

test('a receipt of 32 columns', () => {
  const blocks: Block[] = [
    { kind: 'drawerPulse' },
    { kind: 'text', text: 'Västra Hamnens Livs', align: 'center', bold: true, size: 2 },
    { kind: 'text', text: 'Org.nr 556677-8899', align: 'center' },
    { kind: 'rule' },
    { kind: 'columns', left: 'Mellanmjölk 1,5 liter', right: '24.90' },
    { kind: 'columns', left: 'Ekologiska äpplen Ingrid Marie, klass 1', right: '1\u00A0042.00' },
    { kind: 'columns', left: 'Total', right: '1\u00A0066.90', bold: true, size: 2 },
    {
      kind: 'table',
      header: ['VAT', 'Net', 'VAT', 'Gross'],
      rows: [['12 %', '952.59', '114.31', '1\u00A0066.90']],
    },
    { kind: 'feed', lines: 1 },
    { kind: 'barcode', symbology: 'code128', data: '991308500305', humanReadable: '9913-0850-0305' },
    { kind: 'qr', data: 'HTTP://SEQR.SE/R1' },
    { kind: 'cut' },
  ]
  expect(`\n${paperText({ blocks }, 32)}\n`).toBe(`
      Västra Hamnens Livs
       Org.nr 556677-8899
--------------------------------
Mellanmjölk 1,5 liter      24.90
Ekologiska äpplen       1 042.00
Ingrid Marie, klass 1
Total                   1 066.90
VAT       Net      VAT     Gross
12 %   952.59   114.31  1 066.90

      ||| 991308500305 |||
         9913-0850-0305
     [QR HTTP://SEQR.SE/R1]
- - - - - - - - - - - - - - - -
`)
})

test('double size is given up where a word or an amount would not fit', () => {
  const { items } = layOut(
    {
      blocks: [
        { kind: 'columns', left: 'Total', right: 'SEK\u00A01\u00A0234\u00A0567.50', size: 2 },
        { kind: 'columns', left: 'Total', right: '4\u00A0567.50', size: 2 },
        { kind: 'text', text: 'Donaudampfschifffahrtsgesellschaft', size: 2 },
        { kind: 'text', text: 'Tack!', size: 2 },
      ],
    },
    32,
  )
  expect(items.map((item) => (item.kind === 'line' ? `${item.size} ${item.text}` : ''))).toEqual([
    '2 Total',
    '2 SEK 1 234 567.50',
    '2 Total   4 567.50',
    '1 Donaudampfschifffahrtsgesellscha',
    '1 ft',
    '2 Tack!',
  ])
})

test('an amount in a narrow line takes a line of its own rather than lose a digit', () => {
  expect(columnLines('Deposit returned', '-123\u00A0456\u00A0789.00 SEK', 24)).toEqual([
    'Deposit returned',
    '     -123 456 789.00 SEK',
  ])
})

test('a table that does not fit is written cell by cell under its headings', () => {
  const rows = [['25.00 %', '12\u00A0345\u00A0678.00', '3\u00A0086\u00A0419.50', '15\u00A0432\u00A0097.50']]
  expect(textLines([{ kind: 'table', header: ['VAT', 'Net', 'VAT amount', 'Gross'], rows }], 32)).toEqual([
    'VAT                      25.00 %',
    'Net                12 345 678.00',
    'VAT amount          3 086 419.50',
    'Gross              15 432 097.50',
  ])
})

test('a bar code too wide for the paper becomes its text', () => {
  const data = 'Receipt-number-of-thirty-signs'
  const wide = layOut({ blocks: [{ kind: 'barcode', symbology: 'code128', data }] }, 32)
  expect(wide.items.map((item) => item.kind)).toEqual(['line'])
  const slip = layOut({ blocks: [{ kind: 'barcode', symbology: 'code128', data: '991308500305' }] }, 32)
  expect(slip.items).toEqual([{ kind: 'barcode', data: '991308500305', moduleDots: 3 }])
})

test('a text that no QR code on this paper holds is printed as text', () => {
  const kinds = (data: string) =>
    layOut({ blocks: [{ kind: 'qr', data }] }, 32).items.map((item) => item.kind)
  expect(new Set(kinds('x'.repeat(2000)))).toEqual(new Set(['line']))
  expect(kinds('HTTP://SEQR.SE/R1')).toEqual(['qr'])
  expect(kinds('')).toEqual([])
})

test('spaces that indent or separate stay', () => {
  expect(textLines([{ kind: 'text', text: '  2 x 12.50\n    each' }], 32)).toEqual([
    '  2 x 12.50',
    '    each',
  ])
})

const anyText = fc.string({
  unit: fc.constantFrom(...Array.from('abcåäö€₱魚 \n\u00A0\u001B-0123456789.,')),
  maxLength: 120,
})
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: anyText,
    align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    size: fc.constantFrom(1 as const, 2 as const),
  }),
  fc.record({
    kind: fc.constant('columns' as const),
    left: anyText,
    right: anyText,
    size: fc.constantFrom(1 as const, 2 as const),
  }),
)

test('no line is wider than the paper, and none holds a control character', () => {
  fc.assert(
    fc.property(fc.array(anyBlock), fc.constantFrom(...widths), (blocks, columns) => {
      for (const item of layOut({ blocks }, columns).items) {
        if (item.kind !== 'line') continue
        expect(item.text.length * item.size).toBeLessThanOrEqual(columns)
        expect(item.text).not.toMatch(/[\p{C}\u00A0]/u)
      }
    }),
  )
})

test('no character of a text is lost in breaking lines', () => {
  const bare = (text: string) => text.replaceAll(/\s/g, '')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.constantFrom(...widths), (text, columns) => {
      expect(bare(textLines([{ kind: 'text', text }], columns).join(''))).toBe(bare(text))
    }),
  )
})

test('every amount beside every name is on one line, whole and at the right edge', () => {
  const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
  const numerals: Numerals = { decimalSign: ',', percentSign: ' %', pieces: 'st' }
  fc.assert(
    fc.property(amounts, anyText, fc.constantFrom(...widths), (amountMinor, left, columns) => {
      const right = `SEK ${formatAmount(amountMinor, 'SEK', numerals)}`
      const plain = right.replaceAll('\u00A0', ' ').replaceAll('\u2212', '-')
      const whole = textLines([{ kind: 'columns', left, right }], columns).filter((line) =>
        line.endsWith(plain),
      )
      expect(whole.map((line) => line.length)).toContain(columns)
    }),
  )
})
