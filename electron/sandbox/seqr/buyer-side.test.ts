import { expect, test } from 'vitest'
import { shopOnClock } from './shop.fake.ts'

function shopWithSticker() {
  const made = shopOnClock()
  made.book.assignSeqrId({ context: made.till.context, seqrId: '004610027501' })
  return made
}

test('the buyer may type the SEQR ID, or scan the sticker in any letter case', () => {
  const { book, till } = shopWithSticker()
  const invoiceReference = till.send('10.00')
  for (const text of [
    '004610027501',
    ' 004610027501 ',
    'HTTP://SEQR.SE/Q004610027501',
    'http://seqr.se/q004610027501',
    'https://www.seqr.se/Q004610027501/',
    'seqr.se/Q004610027501',
    `HTTP://SEQR.SE/R${invoiceReference}`,
  ])
    expect(book.scan(text), text).toMatchObject({ found: 'invoice', invoice: { invoiceReference } })
  expect(book.scan('123')).toEqual({ found: 'unknown' })
  expect(book.scan('HTTP://SEQR.SE/R123')).toEqual({ found: 'unknown' })
})

test('a sticker waits for the amount until the till has sent one, and again after it is paid', () => {
  const { book, till } = shopWithSticker()
  const waiting = { found: 'waitingForAmount', merchant: 'Corner shop', terminalName: 'Till 1' }
  expect(book.scan('004610027501')).toEqual(waiting)
  const reference = till.send('10.00')
  expect(book.scan('004610027501')).toMatchObject({
    found: 'invoice',
    invoice: {
      stage: 'confirm',
      merchant: 'Corner shop',
      total: '10.00',
      rows: [{ description: 'Coffee', quantity: '1', total: '10.00' }],
    },
  })
  book.confirm(reference, '1234')
  expect(book.scan('004610027501')).toEqual(waiting)
})

test('a decline reads CANCELED to the till', () => {
  const { book, till } = shopWithSticker()
  const reference = till.send('10.00')
  expect(book.decline(reference)).toBe(true)
  expect(book.decline(reference)).toBe(false)
  expect(book.buyerInvoice(reference)?.stage).toBe('declined')
  expect(till.ask(reference).status).toBe('CANCELED')
})

test('three wrong PINs fail the payment, and so does an empty account', () => {
  const { book, till } = shopWithSticker()
  const first = till.send('10.00')
  expect(book.confirm(first, '12')).toEqual({ ok: false, reason: 'notAPin' })
  expect(book.confirm(first, '0000')).toEqual({ ok: false, reason: 'wrongPin' })
  expect(book.confirm(first, '0000')).toEqual({ ok: false, reason: 'wrongPin' })
  expect(till.ask(first).status).toBe('ISSUED')
  expect(book.confirm(first, '0000')).toEqual({ ok: false, reason: 'pinRefused' })
  expect(till.ask(first).status).toBe('FAILED')
  expect(till.cancel(first)).toBe(95)
  const second = till.send('10.00')
  expect(book.confirm(second, '9999')).toEqual({ ok: false, reason: 'noFunds' })
  expect(till.ask(second).status).toBe('FAILED')
  expect(book.view().payments).toEqual([])
})

test('paying twice takes the money once', () => {
  const { book, till } = shopWithSticker()
  const reference = till.send('10.00')
  expect(book.confirm(reference, '1234').ok).toBe(true)
  expect(book.confirm(reference, '1234')).toEqual({ ok: false, reason: 'notOpen' })
  expect(book.view().payments).toHaveLength(1)
})

test('a buyer at the PIN of a replaced invoice cannot pay it', () => {
  const { book, till } = shopWithSticker()
  const old = till.send('10.00')
  book.startConfirming(old)
  till.send('20.00')
  expect(book.confirm(old, '1234')).toEqual({ ok: false, reason: 'notOpen' })
})

test('an invoice let lapse reads EXPIRED', () => {
  const { book, till } = shopWithSticker()
  const reference = till.send('10.00')
  expect(book.lapse(reference)).toBe(true)
  expect(till.ask(reference).status).toBe('EXPIRED')
  expect(book.lapse(reference)).toBe(false)
})

test('the buyer sees the receipt that the till submitted', () => {
  const { book, till } = shopWithSticker()
  const reference = till.send('10.00')
  book.confirm(reference, '1234')
  const ersReference = till.ask(reference).ersReference ?? ''
  expect(till.receipt(ersReference)).toBe(0)
  expect(till.receipt('unheard-of')).toBe(23)
  const [receipt] = book.buyerInvoice(reference)?.receipts ?? []
  expect(receipt).toMatchObject({ ersReference, mimeType: 'text/plain' })
  expect(Buffer.from(receipt?.receiptData ?? '', 'base64').toString()).toBe('Thank you')
})

test('a receipt that is no base64 is refused', () => {
  const { book, till } = shopWithSticker()
  const reference = till.send('10.00')
  book.confirm(reference, '1234')
  const ersReference = till.ask(reference).ersReference
  const submit = (receiptDocument: object) =>
    book.submitPaymentReceipt({ context: till.context, ersReference, receiptDocument }).resultCode
  expect(submit({ mimeType: 'text/plain', receiptData: '%%%' })).toBe(10)
  expect(submit({ mimeType: 'text/plain', receiptData: '' })).toBe(10)
  expect(submit({ receiptData: 'QUJD' })).toBe(10)
  expect(submit({ mimeType: 'text/plain', receiptData: 'QU\nJD' })).toBe(0)
})
