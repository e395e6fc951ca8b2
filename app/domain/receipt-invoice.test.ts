import fc from 'fast-check'
import { expect, test } from 'vitest'
import { invoiceFor } from './receipt-invoice.ts'
import type { InvoiceRequest } from './receipt-invoice.ts'
import { leftToPay, totalOf } from './receipt.ts'
import type { Receipt } from './receipt.ts'
import { seqrTender, someReceipt, someRow } from './receipt.fake.ts'
import { refundInvoice } from './refund-invoice.ts'
import { checkAmounts, checkInvoice } from './seqr-invoice.ts'

const words = { otherPayments: 'Other payments', cashBack: 'Cash back', toReserve: 'Amount to reserve' }

function invoice(receipt: Receipt, amountMinor: number, more: Partial<InvoiceRequest> = {}) {
  return invoiceFor({
    receipt,
    amountMinor,
    clientInvoiceId: 'K1-1',
    title: 'Shop',
    footer: '',
    issuedAtMs: 0,
    words,
    reserveForSeconds: null,
    ...more,
  })
}

const coffee = someRow({ unitPriceMinor: 5000 })
const bun = someRow({
  id: 'row-2',
  name: 'Bun',
  unitPriceMinor: 3000,
  discount: { kind: 'percent', basisPoints: 1000 },
})
const both = someReceipt(coffee, bun)
const rowsOf = (made: ReturnType<typeof invoice>) =>
  made.rows.map(({ description, totalMinor }) => [description, totalMinor])

test('SEQR rule: an ordinary payment is IMMEDIATE_DEBIT, with a row for each row and the discount taken off', () => {
  const made = invoice(both, 7700)
  expect(made).toMatchObject({ paymentMode: 'IMMEDIATE_DEBIT', clientInvoiceId: 'K1-1', cashierId: 'Alva' })
  expect(made).not.toHaveProperty('commitReservationTimeoutSeconds')
  expect(made.rows).toMatchObject([
    { description: 'Coffee', quantityThousandths: 1000, taxRatePercent: 25, totalMinor: 5000 },
    { description: 'Bun', quantityThousandths: 1000, discountMinor: 300, totalMinor: 2700 },
  ])
  expect(checkInvoice(made)).toEqual({ ok: true })
})

test('SEQR rule: a discount on the whole receipt is in the rows, which add up to the total', () => {
  const receipt: Receipt = { ...both, discount: { kind: 'amount', amountMinor: 701 } }
  const made = invoice(receipt, totalOf(receipt))
  expect(made.rows).toHaveLength(2)
  expect(made.totalMinor).toBe(6999)
  expect(checkInvoice(made)).toEqual({ ok: true })
})

test('SEQR rule: what is paid otherwise stands as a negative row, what is given back in cash as a positive one', () => {
  const paid: Receipt = { ...both, tenders: [seqrTender(2000)] }
  expect(rowsOf(invoice(paid, leftToPay(paid))).at(-1)).toEqual(['Other payments', -2000])
  expect(rowsOf(invoice(both, 10_000)).at(-1)).toEqual(['Cash back', 2300])
})

test('SEQR rule: a reservation has one row and says for how long it is held', () => {
  const made = invoice(someReceipt(), 20_000, { reserveForSeconds: 3600 })
  expect(made).toMatchObject({
    paymentMode: 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT',
    commitReservationTimeoutSeconds: 3600,
  })
  expect(rowsOf(made)).toEqual([['Amount to reserve', 20_000]])
  expect(checkInvoice(made)).toEqual({ ok: true })
})

test('the final invoice of a reservation names what is paid otherwise as that, not as an amount to reserve', () => {
  expect(rowsOf(invoice(both, 5000, { reserveForSeconds: 3600 }))).toEqual([
    ['Coffee', 5000],
    ['Bun', 2700],
    ['Other payments', -2700],
  ])
})

const someReceipts = fc
  .record({
    rows: fc.array(
      fc.record({
        quantityThousandths: fc.integer({ min: 1, max: 20_000 }),
        unitPriceMinor: fc.integer({ min: 0, max: 100_000 }),
        off: fc.integer({ min: 0, max: 10_000 }),
      }),
      { maxLength: 12 },
    ),
    off: fc.integer({ min: 0, max: 10_000 }),
    paidMinor: fc.integer({ min: 0, max: 50_000 }),
  })
  .map(({ rows, off, paidMinor }): Receipt => {
    const made = rows.map(({ off: basisPoints, ...row }, index) =>
      someRow({ ...row, id: `row-${index}`, discount: { kind: 'percent', basisPoints } }),
    )
    const discount = { kind: 'percent', basisPoints: off } as const
    return { ...someReceipt(...made), discount, tenders: paidMinor === 0 ? [] : [seqrTender(paidMinor)] }
  })

test('SEQR rule: whatever is discounted, paid otherwise or paid above, the rows sum to totalAmount', () => {
  const amount = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(
      someReceipts,
      amount,
      fc.constantFrom(null, 60),
      (receipt, amountMinor, reserveForSeconds) => {
        expect(checkInvoice(invoice(receipt, amountMinor, { reserveForSeconds }))).toEqual({ ok: true })
      },
    ),
  )
})

test('SEQR rule: the rows of a refund sum to what goes back, whatever goes back in another way', () => {
  fc.assert(
    fc.property(someReceipts, fc.integer({ min: 1, max: 1_000_000 }), (sale, amountMinor) => {
      const back = sale.rows.map((row) => ({ ...row, quantityThousandths: -row.quantityThousandths }))
      const refund = { ...someReceipt(...back), kind: 'refund' } as const
      const made = refundInvoice(refund, amountMinor, { title: 'Refund', otherPayments: 'Other payments' })
      expect(made).toMatchObject({ title: 'Refund', cashierId: 'Alva', totalMinor: amountMinor })
      expect(checkAmounts(made)).toEqual({ ok: true })
    }),
  )
})
