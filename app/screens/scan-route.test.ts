import { expect, test } from 'vitest'
import { placeOf, planFor, type Whereabouts } from './scan-route.ts'

const here: Whereabouts = {
  place: 'sale',
  signedIn: true,
  connected: true,
  dialogOpen: false,
  payment: null,
  finishedReceiptId: null,
  layerOpen: false,
}
const scan = (data: string) => ({ data, device: 'wedge' as const, atMs: 1000 })
const sticker = 'HTTP://SEQR.SE/Q004610027501'

test('on the sale screen a scan is sold, and the till says what it was', () => {
  expect(planFor(scan('7310865004703'), here)).toMatchObject({ do: 'sell', scan: { data: '7310865004703' } })
})

test.each([
  ['a slip, in Code 128', ']C0', 'code128'],
  ['a UPC-A article', ']E0', 'upca'],
])('what tells %s apart reaches the till with the code, which looks the same', (_what, aim, symbology) => {
  const data = '036000291452'
  const scan = { data, symbology, device: 'wedge', aim, atMs: 1000 }
  expect(planFor({ data: `${aim}${data}`, device: 'wedge', atMs: 1000 }, here)).toEqual({ do: 'sell', scan })
})

test('without an AIM identifier the window guesses nothing: it passes on that the kind is unknown', () => {
  expect(planFor(scan('036000291452'), here)).toMatchObject({ do: 'sell', scan: { symbology: 'unknown' } })
})

test('where a slip is asked for, a UPC-A is refused though it has twelve digits as well', () => {
  const asking = { ...here, dialogOpen: true, slipAsked: true }
  expect(planFor(scan(']C0991308500305'), asking)).toEqual({ do: 'slip', payId: '991308500305' })
  expect(planFor(scan(']E0036000291452'), asking)).toEqual({ do: 'refuse', reason: 'notASlip' })
})

test('a receipt’s bar code finds its receipt where refunds are made, and an article is told not to belong there', () => {
  const refunding = { ...here, place: 'refund' } as const
  expect(planFor(scan('R-00000012'), refunding)).toEqual({ do: 'receipt', data: 'R-00000012' })
  expect(planFor(scan('7310865004703'), refunding)).toEqual({ do: 'refuse', reason: 'notAReceipt' })
})

test('while a payment is open the scanner is inert and says so', () => {
  const paying = { ...here, payment: { phase: 'askCustomer', receiptId: 'r1' } } as const
  expect(placeOf(paying)).toBe('payment')
  expect(planFor(scan('7310865004703'), paying)).toEqual({ do: 'refuse', reason: 'paymentIsOpen' })
})

test('a paid payment of an unfinished receipt still keeps the scanner inert', () => {
  const part = { ...here, payment: { phase: 'paid', receiptId: 'r1' } } as const
  expect(planFor(scan('7310865004703'), part)).toEqual({ do: 'refuse', reason: 'paymentIsOpen' })
})

test('once the receipt is finished, the next scan begins the next customer', () => {
  const finished = { ...here, payment: { phase: 'paid', receiptId: 'r1' }, finishedReceiptId: 'r1' } as const
  expect(planFor(scan('7310865004703'), finished)).toMatchObject({ do: 'nextCustomer' })
})

test.each([
  ['the bar code of the sticker', '004610027501'],
  ['its QR code', sticker],
  ['its QR code in small letters', 'http://seqr.se/q004610027501'],
])('SEQR ID registration takes %s', (_what, data) => {
  const registering = { ...here, place: 'seqrIdRegistration' } as const
  expect(planFor(scan(data), registering)).toEqual({ do: 'seqrId', seqrId: '004610027501' })
})

test('SEQR ID registration refuses an article and another address', () => {
  const registering = { ...here, place: 'seqrIdRegistration' } as const
  expect(planFor(scan('https://example.com/x'), registering)).toEqual({ do: 'refuse', reason: 'notASeqrId' })
})

test.each([
  ['a dialog is open', { dialogOpen: true }],
  ['a PIN is asked for', { layerOpen: true }],
  ['nobody is signed in', { signedIn: false }],
  ['another screen is shown', { place: 'elsewhere' }],
] as const)('a scan does nothing but say so when %s', (_why, change) => {
  expect(planFor(scan('7310865004703'), { ...here, ...change })).toEqual({
    do: 'refuse',
    reason: 'noScanHere',
  })
})

test('without a connection a scan is dropped: the banner has said why', () => {
  expect(planFor(scan('7310865004703'), { ...here, connected: false })).toEqual({ do: 'nothing' })
})

test('an empty scan is no scan', () => {
  expect(planFor(scan('\r\n'), here)).toEqual({ do: 'nothing' })
})

test('on the devices page a scan is shown as it came, with kind and AIM identifier, and sells nothing', () => {
  const read = {
    id: 1,
    data: '123456789012',
    symbology: 'code128',
    device: 'hid',
    name: 'Xenon',
    aim: ']C0',
  } as const
  expect(planFor({ ...read, atMs: 1 }, { ...here, place: 'setup' })).toEqual({
    do: 'test',
    name: 'Xenon',
    scan: { data: '123456789012', symbology: 'code128', device: 'hid', aim: ']C0', atMs: 1 },
  })
})

test('what a device has told of a code is kept, and not read out of its text again', () => {
  const read = {
    id: 1,
    data: ']C0123',
    symbology: 'qr',
    device: 'serial',
    name: '',
    aim: '',
    atMs: 1,
  } as const
  expect(planFor(read, here)).toMatchObject({ do: 'sell', scan: { data: ']C0123', symbology: 'qr' } })
})
