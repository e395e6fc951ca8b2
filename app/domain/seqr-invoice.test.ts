import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestAmountMinor } from './money.ts'
import { balancingRow, checkAmounts, checkInvoice, rowsTotalMinor, seqrIdOf } from './seqr-invoice.ts'
import type { SeqrInvoice } from './seqr-invoice.ts'

const coffee = { description: 'Coffee', quantityThousandths: 1000, totalMinor: 2500 }
const invoice: SeqrInvoice = {
  paymentMode: 'IMMEDIATE_DEBIT',
  title: 'The Corner Shop',
  clientInvoiceId: '1',
  issuedAtMs: 0,
  currency: 'SEK',
  totalMinor: 2500,
  rows: [coffee],
  cashierId: '7',
}

test('an invoice whose rows add up to its total is in order', () => {
  expect(checkInvoice(invoice)).toEqual({ ok: true })
})

test('rows that do not add up to the total are found before the service answers 49', () => {
  expect(checkInvoice({ ...invoice, totalMinor: 2400 })).toEqual({
    ok: false,
    reason: 'rowsDoNotAddUp',
    differenceMinor: -100,
  })
})

test('an invoice has rows, an amount above zero and below the limit, and whole minor units', () => {
  expect(checkInvoice({ ...invoice, rows: [] })).toMatchObject({ reason: 'noRows' })
  expect(checkInvoice({ ...invoice, totalMinor: 0 })).toMatchObject({ reason: 'totalNotAboveZero' })
  expect(checkInvoice({ ...invoice, totalMinor: -1 })).toMatchObject({ reason: 'totalNotAboveZero' })
  expect(checkInvoice({ ...invoice, totalMinor: largestAmountMinor + 1 })).toMatchObject({
    reason: 'totalTooLarge',
  })
  expect(checkInvoice({ ...invoice, totalMinor: 0.1 })).toMatchObject({ reason: 'notWholeMinorUnits' })
  expect(checkInvoice({ ...invoice, rows: [{ ...coffee, unitPriceMinor: Number.NaN }] })).toMatchObject({
    reason: 'notWholeMinorUnits',
  })
})

test('a reservation must say how long it is held', () => {
  const reservation: SeqrInvoice = { ...invoice, paymentMode: 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT' }
  expect(checkInvoice(reservation)).toEqual({ ok: false, reason: 'noReservationTime' })
  expect(checkInvoice({ ...reservation, commitReservationTimeoutSeconds: 0 })).toMatchObject({ ok: false })
  expect(checkInvoice({ ...reservation, commitReservationTimeoutSeconds: 3600 })).toEqual({ ok: true })
})

test('a balancing row settles any difference, whether less or more than the receipt is paid', () => {
  const amount = fc.integer({ min: -1_000_000, max: 1_000_000 })
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 20 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (totals, totalMinor) => {
        const rows = totals.map((rowMinor) => ({ ...coffee, totalMinor: rowMinor }))
        const balance = balancingRow('Other payments', totalMinor - rowsTotalMinor(rows))
        expect(checkAmounts({ totalMinor, rows: [...rows, balance] })).toEqual({ ok: true })
      },
    ),
  )
})

test.each([
  ['004610027501', '004610027501'],
  ['HTTP://SEQR.SE/Q004610027501', '004610027501'],
  ['http://seqr.se/q004610027501\r\n', '004610027501'],
  ['https://Seqr.se/Q00ab', '00ab'],
  ['  Q17 ', 'Q17'],
])('the sticker scan %j gives the SEQR ID %s', (text, seqrId) => {
  expect(seqrIdOf(text)).toEqual({ ok: true, seqrId })
})

test.each([
  ['', 'empty'],
  [' \t', 'empty'],
  ['HTTP://SEQR.SE/Q', 'empty'],
  ['0046-1002', 'notAlphanumeric'],
  ['00461002å', 'notAlphanumeric'],
  ['HTTP://SEQR.SE/Q0046/../1', 'notAlphanumeric'],
  ['HTTP://SEQR.SE.EXAMPLE/Q0046', 'otherAddress'],
  ['https://example.com/', 'otherAddress'],
  ['1'.repeat(41), 'tooLong'],
])('%j is no SEQR ID: %s', (text, reason) => {
  expect(seqrIdOf(text)).toEqual({ ok: false, reason })
})
