import { expect, test } from 'vitest'
import type { InvoiceArgs } from './book-types.ts'
import {
  bookOnClock,
  invoiceOf,
  sek,
  shop,
  shopContext,
  shopOnClock,
  terminalContext,
  tillIn,
} from './shop.fake.ts'

test('a terminal is registered by the shop, and each registration is a terminal of its own', () => {
  const { book } = bookOnClock()
  const asked = {
    context: shopContext,
    externalTerminalId: 'Store 1/Till 1',
    password: 'abcd',
    name: 'Till 1',
  }
  const first = book.registerTerminal(asked)
  const second = book.registerTerminal(asked)
  expect(first).toMatchObject({ resultCode: 0, resultDescription: 'SUCCESS' })
  expect(second.terminalId).not.toBe(first.terminalId)
})

test('registration: 37 unknown shop, 20 wrong password, 29 wrong kind of principal, 21 a password under 4', () => {
  const { book } = bookOnClock()
  const register = (principal: object, password: string, own = 'abcd') =>
    book.registerTerminal({
      context: { ...shopContext, initiatorPrincipalId: principal, password },
      password: own,
      externalTerminalId: 'x',
      name: 'x',
    }).resultCode
  const known = { type: 'RESELLERUSER', id: shop.resellerId, userId: shop.userId }
  expect(register({ ...known, id: 'NOBODY' }, shop.password)).toBe(37)
  expect(register({ ...known, userId: '1' }, shop.password)).toBe(37)
  expect(register(known, 'wrong')).toBe(20)
  expect(register({ ...known, type: 'TERMINALID' }, shop.password)).toBe(29)
  expect(register(known, shop.password, 'abc')).toBe(21)
  expect(book.registerTerminal({}).resultCode).toBe(29)
})

test('terminal operations: 29 unknown terminal or the shop itself, 20 wrong password', () => {
  const { book, till } = shopOnClock()
  const send = (context: object) => book.sendInvoice({ context, invoice: invoiceOf('10.00') }).resultCode
  expect(send(terminalContext('nobody'))).toBe(29)
  expect(send(shopContext)).toBe(29)
  expect(send({ ...till.context, password: 'wrong' })).toBe(20)
  expect(send(till.context)).toBe(0)
})

test('a removed terminal is unknown, its invoice canceled and its SEQR ID free', () => {
  const { book, till } = shopOnClock()
  const other = tillIn(book, 'Till 2')
  book.assignSeqrId({ context: till.context, seqrId: 'ABC123' })
  const reference = till.send('10.00')
  expect(book.unregisterTerminal({ context: till.context }).resultCode).toBe(0)
  expect(book.unregisterTerminal({ context: till.context }).resultCode).toBe(29)
  expect(book.buyerInvoice(reference)?.stage).toBe('canceled')
  expect(book.assignSeqrId({ context: other.context, seqrId: 'abc123' }).resultCode).toBe(0)
})

test('53 for a SEQR ID that is not alphanumeric or another terminal has', () => {
  const { book, till } = shopOnClock()
  const other = tillIn(book, 'Till 2')
  const assign = (who: typeof till, seqrId: string) =>
    book.assignSeqrId({ context: who.context, seqrId }).resultCode
  expect(assign(till, '004610027501')).toBe(0)
  expect(assign(till, '004610027501')).toBe(0)
  expect(assign(other, '004610027501')).toBe(53)
  expect(assign(other, 'HTTP://SEQR.SE/Q1')).toBe(53)
  expect(assign(other, '')).toBe(53)
})

test('an ordinary payment: ISSUED, then PAID with reference and receipt, the version growing at each change', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('25.50')
  const before = till.ask(reference)
  expect(before).toMatchObject({ resultCode: 0, status: 'ISSUED', version: 1 })
  expect(before.ersReference).toBeUndefined()
  expect(book.confirm(reference, '1234').ok).toBe(true)
  const paid = till.ask(reference, before.version)
  expect(paid).toMatchObject({ status: 'PAID', version: 2 })
  expect(paid.receipt).toMatchObject({
    terminalId: till.terminalId,
    paymentDate: '2026-03-02T09:00:00.000Z',
    clientInvoiceId: 'R-1',
    invoiceReference: reference,
    paymentReference: paid.ersReference,
    receiverName: 'Corner shop',
    invoice: { totalAmount: sek('25.50') },
  })
})

test('the version that the till echoes is recorded as seen', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('10.00')
  till.ask(reference, 0)
  expect(book.view().invoices[0]?.acknowledgedVersion).toBe(0)
  till.ask(reference, 1)
  expect(book.view().invoices[0]?.acknowledgedVersion).toBe(1)
  till.ask(reference, 99)
  expect(book.view().invoices[0]?.acknowledgedVersion).toBe(1)
})

test('a payment that the till has not asked about for 20 s is reversed and reads CANCELED', () => {
  const { book, pass, till } = shopOnClock()
  const reference = till.send('10.00')
  till.ask(reference)
  book.confirm(reference, '1234')
  const ersReference = book.view().payments[0]?.ersReference ?? ''
  pass(20_001)
  expect(till.ask(reference)).toMatchObject({ status: 'CANCELED', version: 3 })
  expect(till.ask(reference).receipt).toBeUndefined()
  expect(book.buyerInvoice(reference)?.stage).toBe('reversed')
  expect(till.refund(ersReference, '10.00').resultCode).toBe(23)
  expect(till.receipt(ersReference)).toBe(23)
  expect(till.cancel(reference)).toBe(95)
})

test('a payment asked about just within 20 s stands for good', () => {
  const { book, pass, till } = shopOnClock()
  const reference = till.send('10.00')
  book.confirm(reference, '1234')
  pass(20_000)
  expect(till.ask(reference).status).toBe('PAID')
  pass(86_400_000)
  expect(till.ask(reference).status).toBe('PAID')
  expect(book.view().payments[0]).toMatchObject({ reversedAtMs: null, amountMinor: 1000 })
})

test('a reversal is dated when it fell due, however late anyone looks', () => {
  const { book, pass, till } = shopOnClock({ reverseAfterMs: 5000 })
  book.confirm(till.send('10.00'), '1234')
  const paidAtMs = book.view().payments[0]?.paidAtMs ?? 0
  pass(3_600_000)
  book.tick()
  expect(book.view().payments[0]?.reversedAtMs).toBe(paidAtMs + 5000)
})

test('a new invoice cancels the unpaid one before it, but not a paid or reserved one', () => {
  const { book, till } = shopOnClock()
  const unpaid = till.send('10.00')
  const paid = till.send('11.00')
  expect(till.ask(unpaid).status).toBe('CANCELED')
  book.confirm(paid, '1234')
  const reserved = till.send('12.00', { paymentMode: 'RESERVATION_REQUIRED' })
  book.confirm(reserved, '1234')
  till.send('13.00')
  expect(till.ask(paid).status).toBe('PAID')
  expect(till.ask(reserved).status).toBe('RESERVED')
})

test('one till never touches the invoice of another: 54', () => {
  const { book, till } = shopOnClock()
  const other = tillIn(book, 'Till 2')
  const mine = till.send('10.00')
  other.send('20.00')
  expect(till.ask(mine).status).toBe('ISSUED')
  expect(other.ask(mine)).toMatchObject({ resultCode: 54, version: 0 })
  expect(other.cancel(mine)).toBe(54)
  expect(till.cancel('unheard-of')).toBe(54)
})

test('cancel: 0 while unpaid, 95 when canceled, 50 when paid, 51 while the buyer enters the PIN', () => {
  const { book, pass, till } = shopOnClock()
  const first = till.send('10.00')
  expect(till.cancel(first)).toBe(0)
  expect(till.cancel(first)).toBe(95)
  const second = till.send('10.00')
  book.startConfirming(second)
  expect(till.cancel(second)).toBe(51)
  book.confirm(second, '1234')
  expect(till.cancel(second)).toBe(50)
  const third = till.send('10.00')
  book.startConfirming(third)
  book.stopConfirming(third)
  expect(till.cancel(third)).toBe(0)
  const fourth = till.send('10.00')
  book.startConfirming(fourth)
  pass(60_001)
  expect(till.cancel(fourth)).toBe(0)
})

test('a canceled invoice cannot be paid any more', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('10.00')
  till.cancel(reference)
  expect(book.confirm(reference, '1234')).toEqual({ ok: false, reason: 'notOpen' })
  expect(book.view().payments).toEqual([])
})

test('49 when the rows do not add up, the currency is not the shop\u2019s, or a number is malformed', () => {
  const { book, till } = shopOnClock()
  const send = (more: InvoiceArgs) =>
    book.sendInvoice({ context: till.context, invoice: invoiceOf('10.00', more) }).resultCode
  const row = (itemTotalAmount: object, more: object = {}) => [
    { itemQuantity: '1', itemTotalAmount, ...more },
  ]
  expect(send({ invoiceRows: row(sek('9.99')) })).toBe(49)
  expect(send({ invoiceRows: [] })).toBe(49)
  expect(send({ totalAmount: { currency: 'EUR', value: '10.00' } })).toBe(49)
  expect(send({ totalAmount: { currency: 'XXX', value: '10.00' } })).toBe(49)
  expect(send({ totalAmount: { value: '10.00' } })).toBe(49)
  expect(send({ invoiceRows: row({ currency: 'EUR', value: '10.00' }) })).toBe(49)
  expect(send({ totalAmount: sek('10.001'), invoiceRows: row(sek('10.001')) })).toBe(49)
  expect(send({ totalAmount: sek('1e1') })).toBe(49)
  expect(send({ totalAmount: sek('10,00') })).toBe(49)
  expect(send({ totalAmount: sek('0.00'), invoiceRows: row(sek('0.00')) })).toBe(49)
  expect(send({ totalAmount: sek('-10.00'), invoiceRows: row(sek('-10.00')) })).toBe(49)
  expect(send({ invoiceRows: row(sek('10.00'), { itemQuantity: 'one' }) })).toBe(49)
  expect(send({ invoiceRows: row(sek('10.00'), { itemUnitPrice: sek('x') }) })).toBe(49)
  expect(send({ paymentMode: 'LATER' })).toBe(49)
  expect(send({ acknowledgmentMode: 'MAYBE' })).toBe(49)
  expect(send({ issueDate: 'yesterday' })).toBe(49)
  expect(send({ commitReservationTimeout: '-1' })).toBe(49)
  expect(send({ notificationUrl: 'not an address' })).toBe(64)
  expect(book.sendInvoice({ context: till.context }).resultCode).toBe(49)
  expect(book.view().invoices).toEqual([])
})

test('negative rows may balance a discount or a payment made otherwise', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('70.00', {
    invoiceRows: [
      { itemQuantity: '1', itemTotalAmount: sek('100.00000') },
      { itemDescription: 'Other payments', itemQuantity: '1', itemTotalAmount: sek('-30') },
    ],
  })
  expect(book.buyerInvoice(reference)).toMatchObject({ stage: 'confirm', total: '70.00' })
})

test('without acknowledgmentMode the phone hangs on waiting for amount, and certification hears of it', () => {
  const { book, till } = shopOnClock()
  book.assignSeqrId({ context: till.context, seqrId: 'S1' })
  const reference = till.send('10.00', { acknowledgmentMode: undefined })
  expect(book.scan('S1')).toMatchObject({ found: 'waitingForAmount', merchant: 'Corner shop' })
  expect(book.confirm(reference, '1234')).toEqual({ ok: false, reason: 'notOpen' })
  expect(till.ask(reference).status).toBe('ISSUED')
  expect(
    book
      .view()
      .remarks.map(({ text }) => text)
      .join(),
  ).toContain('acknowledgmentMode is missing')
})

test('what certification would object to is noted and counted', () => {
  const { book, till } = shopOnClock()
  const context = { ...till.context, clientRequestTimeout: '30', clientReference: '' }
  const invoice = invoiceOf('5.00', { invoiceRows: [{ itemTotalAmount: sek('5.00') }] })
  book.sendInvoice({ context, invoice })
  book.sendInvoice({ context, invoice })
  const remarks = book.view().remarks.filter(({ operation }) => operation === 'sendInvoice')
  expect(remarks).toEqual([
    { operation: 'sendInvoice', text: 'clientRequestTimeout is not 0', times: 2 },
    { operation: 'sendInvoice', text: 'clientReference is missing', times: 2 },
    { operation: 'sendInvoice', text: 'a row has no itemQuantity', times: 2 },
  ])
})

test('an unpaid invoice waits for ever, unless the service is set to let it expire', () => {
  const patient = shopOnClock()
  const waiting = patient.till.send('10.00')
  patient.pass(30 * 86_400_000)
  expect(patient.till.ask(waiting).status).toBe('ISSUED')
  const strict = shopOnClock({ invoiceLifetimeMs: 60_000 })
  const expiring = strict.till.send('10.00')
  strict.pass(60_001)
  expect(strict.till.ask(expiring).status).toBe('EXPIRED')
  expect(strict.till.cancel(expiring)).toBe(58)
})

test('the invoice of a loyalty shop waits for its answer, which may change the total', () => {
  const { book, till } = shopOnClock()
  const reference = till.send('100.00', { acknowledgmentMode: 'OPTIONAL_ACKNOWLEDGMENT' })
  const card = { id: 'c1', description: 'Club card', status: 0, value: '4711' }
  const seen = book.scan(`HTTP://SEQR.SE/R${reference}`, [card])
  expect(seen).toMatchObject({ found: 'invoice', invoice: { stage: 'shopDecides' } })
  expect(till.ask(reference)).toMatchObject({ status: 'PENDING_ISSUER_ACKNOWLEDGE', customerTokens: [card] })
  const answered = book.updateInvoice({
    context: till.context,
    invoiceReference: reference,
    invoice: invoiceOf('90.00'),
    tokens: [{ ...card, status: 1 }],
  })
  expect(answered.resultCode).toBe(0)
  expect(book.scan(`HTTP://SEQR.SE/R${reference}`, [card])).toMatchObject({ invoice: { stage: 'confirm' } })
  book.confirm(reference, '1234')
  expect(till.ask(reference)).toMatchObject({ status: 'PAID', customerTokens: [{ status: 1 }] })
  expect(book.view().payments[0]?.amountMinor).toBe(9000)
})

test('a loyalty shop that only offers it lets a buyer without a card pay at once', () => {
  const { book, till } = shopOnClock()
  const optional = till.send('10.00', { acknowledgmentMode: 'OPTIONAL_ACKNOWLEDGMENT' })
  expect(book.scan(`HTTP://SEQR.SE/R${optional}`)).toMatchObject({ invoice: { stage: 'confirm' } })
  const required = till.send('10.00', { acknowledgmentMode: 'REQUIRE_ACKNOWLEDGMENT' })
  expect(book.scan(`HTTP://SEQR.SE/R${required}`)).toMatchObject({ invoice: { stage: 'shopDecides' } })
})

test('updateInvoice: 48 while the buyer enters the PIN, 50 when paid, 95 when canceled', () => {
  const { book, till } = shopOnClock()
  const update = (invoiceReference: string) =>
    book.updateInvoice({ context: till.context, invoiceReference, invoice: invoiceOf('5.00') }).resultCode
  const reference = till.send('10.00')
  expect(update(reference)).toBe(0)
  expect(till.ask(reference).version).toBe(2)
  book.startConfirming(reference)
  expect(update(reference)).toBe(48)
  book.confirm(reference, '1234')
  expect(update(reference)).toBe(50)
  const canceled = till.send('10.00')
  till.cancel(canceled)
  expect(update(canceled)).toBe(95)
})

test('a service that was stopped goes on where it was, and time has passed for it too', () => {
  const before = shopOnClock()
  before.book.assignSeqrId({ context: before.till.context, seqrId: 'S1' })
  const paid = before.till.send('10.00')
  before.book.confirm(paid, '1234')
  before.till.ask(paid)
  const unasked = before.till.send('20.00')
  before.book.confirm(unasked, '1234')
  const open = before.till.send('30.00')
  const snapshot = JSON.parse(JSON.stringify(before.book.snapshot()))
  expect(JSON.stringify(snapshot)).not.toContain('till-password')
  const after = bookOnClock({ restore: snapshot, newId: (kind) => `later-${kind}` })
  after.pass(20_001)
  const ask = (invoiceReference: string) =>
    after.book.getPaymentStatus({ context: before.till.context, invoiceReference }).status
  expect([ask(paid), ask(unasked), ask(open)]).toEqual(['PAID', 'CANCELED', 'ISSUED'])
  expect(after.book.scan('S1')).toMatchObject({ found: 'invoice', invoice: { invoiceReference: open } })
})

test('no password stands in what the book shows of itself', () => {
  const { book, till } = shopOnClock()
  till.send('10.00')
  const shown = JSON.stringify([book.view(), book.snapshot()])
  expect(shown).not.toContain('till-password')
  expect(shown).not.toContain('shop-password')
})
