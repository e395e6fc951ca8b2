import { expect, test } from 'vitest'
import { invoiceOf, preliminary, shopOnClock } from './shop.fake.ts'

test('a preliminary payment: reserved, updated, committed, PAID with the final amount', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('500.00', preliminary)
  expect(till.ask(reference).status).toBe('ISSUED')
  book.confirm(reference, '1234')
  expect(till.ask(reference)).toMatchObject({ status: 'RESERVED', version: 2 })
  const update = { context: till.context, invoiceReference: reference, invoice: invoiceOf('312.50') }
  expect(book.updateInvoice(update).resultCode).toBe(0)
  expect(till.commit(reference, '312.50')).toBe(0)
  const paid = till.ask(reference)
  expect(paid).toMatchObject({ status: 'PAID', version: 4 })
  expect(paid.receipt?.invoice.totalAmount?.value).toBe('312.50')
  expect(book.buyerInvoice(reference)).toMatchObject({
    stage: 'paid',
    reserved: { amount: '500.00' },
    payment: { amount: '312.50', ersReference: paid.ersReference },
  })
})

test('more than was reserved cannot be committed: 11, and the reservation stands', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('500.00', preliminary)
  book.confirm(reference, '1234')
  expect(till.commit(reference, '500.01')).toBe(11)
  expect(till.commit(reference, '0.00')).toBe(11)
  expect(till.commit(reference, 'much')).toBe(49)
  expect(till.ask(reference).status).toBe('RESERVED')
  expect(till.commit(reference, '500.00')).toBe(0)
})

test('96 for what is not reserved: unpaid, committed, canceled', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('500.00', preliminary)
  expect(till.commit(reference, '1.00')).toBe(96)
  book.confirm(reference, '1234')
  expect(till.commit(reference, '1.00')).toBe(0)
  expect(till.commit(reference, '1.00')).toBe(96)
  const released = till.send('500.00', preliminary)
  book.confirm(released, '1234')
  expect(till.cancel(released)).toBe(0)
  expect(till.commit(released, '1.00')).toBe(96)
  expect(till.ask(released).status).toBe('CANCELED')
})

test('past its timeout a reservation lapses: EXPIRED, nobody pays, committing gives 96', () => {
  const { book, pass, till } = shopOnClock()
  const reference = till.send('500.00', preliminary)
  pass(3_600_000)
  book.confirm(reference, '1234')
  pass(600_000)
  expect(till.ask(reference).status).toBe('RESERVED')
  pass(1)
  expect(till.commit(reference, '1.00')).toBe(96)
  expect(till.ask(reference).status).toBe('EXPIRED')
  expect(till.cancel(reference)).toBe(58)
  expect(book.view().payments).toEqual([])
})

test('a reservation needs no polling, but once committed the till must ask within 20 s', () => {
  const { book, pass, till } = shopOnClock()
  const reference = till.send('500.00', preliminary)
  book.confirm(reference, '1234')
  pass(500_000)
  expect(till.commit(reference, '100.00')).toBe(0)
  pass(20_001)
  expect(till.ask(reference).status).toBe('CANCELED')
})

test('an older client commits without an amount: the whole invoice', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('500.00', { paymentMode: 'RESERVATION_REQUIRED' })
  book.confirm(reference, '1234')
  const context = till.context
  expect(book.commitReservation({ context, invoiceReference: reference }).resultCode).toBe(0)
  expect(till.ask(reference).receipt?.invoice.totalAmount?.value).toBe('500.00')
})
