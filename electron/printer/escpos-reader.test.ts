import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { readEscpos } from './escpos-reader.ts'

const read = (hex: string, columns = 32) => readEscpos(Buffer.from(hex.replaceAll(' ', ''), 'hex'), columns)
const faultsOf = (hex: string, columns = 32) =>
  read(hex, columns).faults.map(({ offset, kind }) => `${kind} at ${offset}`)

test('text, page and line feed', () => {
  const paper = read('1b40 1b7413 868494d5 0a 1b7410 e5e4f680 0a')
  expect(printedLines(paper)).toEqual(['åäö€', 'åäö€'])
  expect(paper.faults).toEqual([])
})

test('the malformed CODE128 of older encoders, without its length byte, is a fault', () => {
  // The type byte 73, then the data at once: `{` (0x7B) is taken for a length of 123.
  expect(faultsOf('1d6b49 7b43 630d08320305 00 0a')).toEqual(['incomplete at 0'])
})

test.each([
  ['without a set', '1d6b49 04 31323334'],
  ['with a pair above 99 in set C', '1d6b49 03 7b4364'],
  ['with a small letter in set A', '1d6b49 03 7b4161'],
  ['with an unknown escape', '1d6b49 04 7b427b58'],
  ['with no data', '1d6b49 02 7b42'],
  ['of another kind', '1d6b02 31323334 00'],
])('a bar code %s is a fault', (_, hex) => {
  expect(faultsOf(hex)).toEqual(['badBarcode at 0'])
})

test('a bar code keeps the sets it was sent in', () => {
  expect(read('1d6b49 09 7b4252 7b43 0c22384e').items).toEqual([
    {
      kind: 'barcode',
      align: 'left',
      symbology: 'code128',
      data: 'R12345678',
      symbols: [104, 50, 99, 12, 34, 56, 78],
      moduleDots: 3,
      heightDots: 162,
      readable: 'none',
    },
  ])
})

test('a bar code wider than the paper is a fault', () => {
  expect(faultsOf(`1d7706 1d6b49 0a 7b42 4142434445464748`)).toEqual(['badBarcode at 3'])
})

test('GS Z, which is not the command for QR codes, is a fault', () => {
  expect(faultsOf('1d5a02')[0]).toBe('unknownCommand at 0')
})

test.each([
  ['printed before it is stored', '1d286b0300 315130'],
  ['of model 1', '1d286b0400 31413100'],
  ['with a level that does not exist', '1d286b0300 314520'],
  ['with modules of no size', '1d286b0300 314300'],
  ['that is no QR code', '1d286b0300 304306'],
])('a QR call %s is a fault', (_, hex) => {
  expect(faultsOf(hex)).toEqual(['badQr at 0'])
})

test('a drawer pulse without its times eats what follows, and is seen to', () => {
  expect(faultsOf('1b7000')).toEqual(['incomplete at 0'])
  expect(read('1b700019fa').items).toEqual([{ kind: 'drawerPulse', pin: 2, onMs: 50, offMs: 500 }])
})

test('a pulse that UTF-8 has corrupted is a fault', () => {
  expect(faultsOf('1b7000 19 c3ba')).toEqual(['neverPrinted at 6'])
})

test.each([
  ['an unknown command', '1b5a', 'unknownCommand at 0'],
  ['a stray control byte', '41 07 0a', 'unknownCommand at 1'],
  ['an unknown page', '1b7463', 'badParameter at 0'],
  ['a national character set', '1b5205', 'badParameter at 0'],
  ['a byte that the page lacks', '1b7410 81 0a', 'unknownCharacter at 3'],
  ['DEL', '7f', 'unknownCommand at 0'],
  ['a line that is too long', `${'41'.repeat(33)}0a`, 'lineTooLong at 32'],
  ['an alignment in the middle of a line', '41 1b6101 0a', 'notAtLineStart at 1'],
  ['a cut in the middle of a line', '41 1d564200 0a', 'notAtLineStart at 1'],
  ['a line that is never fed', '41', 'neverPrinted at 1'],
  ['a line that is initialised away', '41 1b40', 'neverPrinted at 1'],
  ['a command that is cut short', '1b', 'incomplete at 0'],
])('%s is a fault', (_, hex, expected) => {
  expect(faultsOf(hex)).toEqual([expected])
})

test('what is written past the edge goes on in the next line, as on paper', () => {
  expect(printedLines(read(`1d2111${'41'.repeat(17)}0a`))).toEqual(['A'.repeat(16), 'A'])
})

test('feeding, underline, inverse and print mode', () => {
  const paper = read('41 1b6402 1b2d01 1d4201 42 0a 1b21 38 43 0a')
  expect(printedLines(paper)).toEqual(['A', '', 'B', 'C'])
  const looks = paper.items.flatMap((item) => (item.kind === 'line' ? item.runs : []))
  expect(looks[1]).toEqual({ text: 'B', bold: false, underlined: true, inverted: true, width: 1, height: 1 })
  expect(looks[2]).toEqual({ text: 'C', bold: true, underlined: false, inverted: true, width: 2, height: 2 })
})

test('questions for the status leave no mark', () => {
  expect(read('100401 100402 1d7201')).toEqual({ columns: 32, items: [], faults: [] })
})

test('any bytes are read to the end without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const paper = readEscpos(bytes, 42)
      expect(paper.faults.every((fault) => fault.offset <= bytes.length)).toBe(true)
    }),
  )
})
