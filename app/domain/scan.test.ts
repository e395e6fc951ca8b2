import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDigitOf, nordicRules, type Symbology } from './barcode.ts'
import { meaningOf, scanOf, type Place, type Scan, type ScanSettings } from './scan.ts'

const settings: ScanSettings = { embeddedRules: nordicRules, takesSlips: true, ownSeqrId: '004610027501' }
const places: readonly Place[] = [
  'sale',
  'slip',
  'refund',
  'payment',
  'seqrIdRegistration',
  'article',
  'setup',
  'elsewhere',
]

function scan(data: string, symbology: Symbology = 'unknown'): Scan {
  return { data, symbology, device: 'wedge', atMs: 0 }
}
const at = (place: Place, data: string, symbology?: Symbology) =>
  meaningOf(scan(data, symbology), place, settings)

test('a raw read loses its line end and its AIM identifier', () => {
  expect(scanOf(']C0991308500305\r\n', 'serial', 5, 'COM3')).toEqual({
    data: '991308500305',
    symbology: 'code128',
    device: 'serial',
    deviceId: 'COM3',
    aim: ']C0',
    atMs: 5,
  })
  expect(scanOf('\r\n', 'serial', 5)).toBeNull()
})

test('on the sale screen an EAN is an article', () => {
  expect(at('sale', '7310865004703', 'ean13')).toEqual({ means: 'article', codes: ['7310865004703'] })
  expect(at('sale', 'TR-12')).toEqual({ means: 'article', codes: ['TR-12'] })
})

test('12 digits in Code 128 are a slip', () => {
  expect(at('sale', '991308500305', 'code128')).toEqual({ means: 'slip', payId: '991308500305' })
})

test('12 digits that the scanner calls UPC-A are an article', () => {
  expect(at('sale', '036000291452', 'upca')).toEqual({
    means: 'article',
    codes: ['036000291452', '0036000291452'],
  })
})

test('12 digits of unknown symbology are never guessed: the articles are asked first', () => {
  expect(at('sale', '036000291452')).toEqual({
    means: 'slipOrArticle',
    payId: '036000291452',
    codes: ['036000291452', '0036000291452'],
  })
  expect(at('sale', '991308500301')).toEqual({
    means: 'slipOrArticle',
    payId: '991308500301',
    codes: ['991308500301'],
  })
})

test('where no slips are taken 12 digits are an article', () => {
  const meaning = meaningOf(scan('991308500305', 'code128'), 'sale', { ...settings, takesSlips: false })
  expect(meaning).toMatchObject({ means: 'article' })
})

test('the counter’s own SEQR sticker is told from a slip on the sale screen', () => {
  expect(at('sale', '004610027501', 'code128')).toEqual({ means: 'notHere', reason: 'isASeqrSticker' })
  expect(at('sale', 'HTTP://SEQR.SE/Q004610027501', 'qr')).toEqual({
    means: 'notHere',
    reason: 'isASeqrSticker',
  })
})

test('a weighed article on the sale screen brings its weight, unless the whole code is an article', () => {
  const code = `231234560499${checkDigitOf('231234560499')}`
  expect(at('sale', code)).toMatchObject({
    means: 'embedded',
    embedded: { kind: 'weight', value: 499, item: '123456' },
    wholeCodes: [code],
    codes: [`231234560000${checkDigitOf('231234560000')}`, '123456'],
  })
})

test('a receipt’s bar code is a receipt on the sale screen and in refund', () => {
  const receipt = { means: 'receipt', receiptNumber: 123, terminal: '' }
  expect(at('sale', 'R-00000123')).toEqual(receipt)
  expect(at('refund', 'R-00000123')).toEqual(receipt)
  expect(at('refund', '7310865004703')).toEqual({ means: 'notHere', reason: 'notAReceipt' })
})

test.each(['004610027501', 'HTTP://SEQR.SE/Q004610027501', 'http://seqr.se/q004610027501'])(
  'SEQR ID registration takes the sticker’s Code 128 and its QR: %s',
  (data) => {
    expect(at('seqrIdRegistration', data)).toEqual({ means: 'seqrId', seqrId: '004610027501' })
  },
)

test('SEQR ID registration refuses other addresses, signs and retail codes', () => {
  const refused = { means: 'notHere', reason: 'notASeqrId' }
  expect(at('seqrIdRegistration', 'http://example.com/Q1')).toEqual(refused)
  expect(at('seqrIdRegistration', 'A-1')).toEqual(refused)
  expect(at('seqrIdRegistration', '7310865004703', 'ean13')).toEqual(refused)
})

test('where a slip is asked for only a slip will do', () => {
  expect(at('slip', '9913-0850-0305')).toEqual({ means: 'slip', payId: '991308500305' })
  expect(at('slip', '036000291452', 'upca')).toEqual({ means: 'notHere', reason: 'notASlip' })
  expect(at('slip', '7310865004703')).toEqual({ means: 'notHere', reason: 'notASlip' })
})

test('while a payment is open, and where nothing is scanned, the scan says so', () => {
  expect(at('payment', '7310865004703')).toEqual({ means: 'notHere', reason: 'paymentIsOpen' })
  expect(at('elsewhere', '7310865004703')).toEqual({ means: 'notHere', reason: 'noScanHere' })
})

test('the scanner test shows whatever was read', () => {
  expect(at('setup', 'anything')).toEqual({ means: 'test', scan: scan('anything') })
})

test('any data at any place has a meaning', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.constantFrom(...places), (data, place) => {
      expect(at(place, data).means).toBeTruthy()
    }),
  )
})
