import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  articleCodesOf,
  checkDigitOf,
  ean13Of,
  isEan13,
  isEan8,
  isItf14,
  isOwnReceipt,
  isUpcA,
  isUsableRule,
  nordicRules,
  readEmbedded,
  readReceiptBarcode,
  receiptBarcode,
  slipReferenceOf,
  splitAim,
  tillMark,
  upcAOf,
  valueAt,
  type EmbeddedRule,
} from './barcode.ts'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

test.each([
  ['7310865004703', isEan13],
  ['4006381333931', isEan13],
  ['96385074', isEan8],
  ['036000291452', isUpcA],
  ['15400141288763', isItf14],
])('the published code %s has a right check digit', (code, isRight) => {
  expect(isRight(code)).toBe(true)
})

test('one wrong digit anywhere is always noticed', () => {
  fc.assert(
    fc.property(digits(12), fc.nat(12), fc.integer({ min: 1, max: 9 }), (stem, at, by) => {
      const ean = `${stem}${checkDigitOf(stem)}`
      const wrong = ean.slice(0, at) + ((Number(ean[at]) + by) % 10) + ean.slice(at + 1)
      expect(isEan13(ean)).toBe(true)
      expect(isEan13(wrong)).toBe(false)
    }),
  )
})

test('letters, wrong lengths and nothing at all are no retail codes', () => {
  for (const text of ['', '731086500470', '73108650047033', '731086500470X', '٧٣١٠٨٦٥٠٠٤٧٠٣']) {
    expect(isEan13(text)).toBe(false)
  }
})

test('a UPC-A and the EAN-13 with a 0 in front name the same article', () => {
  expect(ean13Of('036000291452')).toBe('0036000291452')
  expect(upcAOf('0036000291452')).toBe('036000291452')
  expect(upcAOf('7310865004703')).toBeNull()
  expect(ean13Of('123456789013')).toBe('123456789013')
  fc.assert(
    fc.property(digits(11), (stem) => {
      const upc = `${stem}${checkDigitOf(stem)}`
      expect(upcAOf(ean13Of(upc))).toBe(upc)
    }),
  )
})

test('an article is looked up as read first, then under the other way of writing it', () => {
  expect(articleCodesOf('036000291452', 'upca')).toEqual(['036000291452', '0036000291452'])
  expect(articleCodesOf('0036000291452', 'ean13')).toEqual(['0036000291452', '036000291452'])
  expect(articleCodesOf('7310865004703', 'ean13')).toEqual(['7310865004703'])
  expect(articleCodesOf('TR-12', 'code128')).toEqual(['TR-12'])
  expect(articleCodesOf('010731086500470315261231', 'gs1-128')).toEqual([
    '010731086500470315261231',
    '07310865004703',
    '7310865004703',
  ])
})

test.each([
  [']C0991308500305', '991308500305', 'code128'],
  [']C10107310865004703', '0107310865004703', 'gs1-128'],
  [']E07310865004703', '7310865004703', 'ean13'],
  [']E0036000291452', '036000291452', 'upca'],
  [']E496385074', '96385074', 'ean8'],
  [']Q3HTTP://SEQR.SE/Q004610027501', 'HTTP://SEQR.SE/Q004610027501', 'qr'],
  [']A0KASSA', 'KASSA', 'code39'],
  [']d2x', 'x', 'datamatrix'],
  [']X0x', 'x', 'unknown'],
  ['7310865004703', '7310865004703', 'unknown'],
  [']E0', ']E0', 'unknown'],
])('the AIM identifier in %s is taken off and says what was read', (text, data, symbology) => {
  expect(splitAim(text)).toMatchObject({ data, symbology })
})

test('the Nordic prefixes carry prices with 2, 1, 0 decimals and kilograms with 3, 2, 1', () => {
  const value = (prefix: string) => {
    const stem = `${prefix}1234560499`
    const embedded = readEmbedded(`${stem}${checkDigitOf(stem)}`, nordicRules)
    return embedded === null ? null : [embedded.kind, valueAt(embedded, embedded.kind === 'price' ? 2 : 3)]
  }
  expect(['20', '21', '22', '23', '24', '25', '26'].map(value)).toEqual([
    ['price', 499],
    ['price', 4990],
    ['price', 49_900],
    ['weight', 499],
    ['weight', 4990],
    ['weight', 49_900],
    null,
  ])
})

test('an article with an embedded value is kept under its code with the value at zero', () => {
  const stem = '231234560499'
  expect(readEmbedded(`${stem}${checkDigitOf(stem)}`, nordicRules)).toEqual({
    kind: 'weight',
    articleCode: `231234560000${checkDigitOf('231234560000')}`,
    item: '123456',
    value: 499,
    decimals: 3,
  })
})

test('a wrong check digit never yields a price', () => {
  const stem = '201234560499'
  const wrong = (checkDigitOf(stem) + 1) % 10
  expect(readEmbedded(`${stem}${wrong}`, nordicRules)).toBeNull()
})

test('a shop can say its own pattern, with a digit that checks the price', () => {
  const rule: EmbeddedRule = {
    prefix: '02',
    kind: 'price',
    itemDigits: 5,
    skippedDigits: 1,
    valueDigits: 4,
    decimals: 2,
  }
  const stem = '021234591995'
  expect(isUsableRule(rule)).toBe(true)
  expect(readEmbedded(`${stem}${checkDigitOf(stem)}`, [rule])).toMatchObject({ item: '12345', value: 1995 })
})

test('a pattern that does not fill an EAN-13, or takes over bought prefixes, is not used', () => {
  const rule: EmbeddedRule = { prefix: '20', kind: 'price', itemDigits: 6, valueDigits: 4, decimals: 2 }
  expect(isUsableRule(rule)).toBe(true)
  expect(isUsableRule({ ...rule, itemDigits: 5 })).toBe(false)
  expect(isUsableRule({ ...rule, prefix: '73' })).toBe(false)
  expect(isUsableRule({ ...rule, itemDigits: 10, valueDigits: 0 })).toBe(false)
  expect(readEmbedded('7310865004703', [{ ...rule, prefix: '73' }])).toBeNull()
})

test('a price in tenths of an öre is not rounded behind the cashier', () => {
  expect(valueAt({ kind: 'price', articleCode: '', item: '', value: 1995, decimals: 3 }, 2)).toBeNull()
})

test('a receipt’s bar code reads back, even through another country’s keyboard', () => {
  expect(receiptBarcode(123)).toBe('R-00000123')
  expect(readReceiptBarcode('R-00000123')).toEqual({ receiptNumber: 123, terminal: '' })
  expect(readReceiptBarcode('R+00000123')).toEqual({ receiptNumber: 123, terminal: '' })
  expect(readReceiptBarcode(receiptBarcode(123, 'T2'))).toEqual({ receiptNumber: 123, terminal: 'T2' })
  for (const other of ['R-123', 'R00000123', 'A-00000123', '00000123', 'R-0000012a']) {
    expect(readReceiptBarcode(other)).toBeNull()
  }
  fc.assert(
    fc.property(fc.nat(), (receiptNumber) => {
      expect(readReceiptBarcode(receiptBarcode(receiptNumber))?.receiptNumber).toBe(receiptNumber)
    }),
  )
})

test('a slip reference is 12 digits, with or without its hyphens', () => {
  expect(slipReferenceOf('991308500305')).toBe('991308500305')
  expect(slipReferenceOf('9913-0850-0305')).toBe('991308500305')
  for (const other of ['99130850030', '9913085003055', '99-1308500305', '99130850030X']) {
    expect(slipReferenceOf(other)).toBeNull()
  }
})

test('a receipt of another till is told from one’s own where both have short names', () => {
  expect(receiptBarcode(12, tillMark('t2'))).toBe('R-00000012-T2')
  expect(tillMark('Kassa vid dörren')).toBe('')
  expect(isOwnReceipt({ receiptNumber: 12, terminal: 'T2' }, 't2')).toBe(true)
  expect(isOwnReceipt({ receiptNumber: 12, terminal: 'T2' }, 'T1')).toBe(false)
  expect(isOwnReceipt({ receiptNumber: 12, terminal: '' }, 'T1')).toBe(true)
})
