import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { paidOf, totalOf, vatTable } from '../../app/domain/receipt.ts'
import type { Storage } from './open.ts'
import { saveReceipt } from './receipts.ts'
import { articleTotals, grandTotals, journalCountsFrom, salesByHour, salesTotals } from './reports.ts'
import { anna, cashOf, receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

const ever = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }
const seqr = (paymentId: string, amountMinor: number, atMs: number) =>
  ({
    id: paymentId,
    kind: 'seqr',
    amountMinor,
    paymentId,
    ersReference: `ers-${paymentId}`,
    atMs,
    settledByHand: false,
  }) as const

function aDay(): void {
  const juice = rowOf('Juice', 2950, { vatBasisPoints: 600, discount: { kind: 'amount', amountMinor: 450 } })
  sell(
    storage.write,
    receiptWith('r1', { rows: [rowOf('Kaffe', 3200), juice], tenders: [seqr('p1', 3000, 3_600_000)] }),
    3_600_000,
  )
  const slip = rowOf('Faktura', 10_000, { kind: 'slip', vatBasisPoints: 0 })
  sell(storage.write, receiptWith('r2', { rows: [slip, rowOf('Kaffe', 3250)], roundingMinor: 50 }), 7_200_000)
  const back = rowOf('Kaffe', 3200, { quantityThousandths: -1000, id: 'b' })
  sell(
    storage.write,
    receiptWith('r3', { kind: 'refund', rows: [back], tenders: [seqr('p2', -3200, 7_300_000)] }),
    7_300_000,
  )
  saveReceipt(
    storage.write,
    receiptWith('r4', { state: 'canceled', canceled: { atMs: 7_400_000, reason: 'x', by: anna } }),
  )
}

test('a shift adds up: goods, returns, slips, VAT, tenders, rounding and discounts', () => {
  aDay()
  const expected = {
    sales: 2,
    refunds: 1,
    canceled: 1,
    firstNumber: 1,
    lastNumber: 3,
    soldMinor: 3200 + 2500 + 3250,
    returnedMinor: -3200,
    slipsMinor: 10_000,
    discountMinor: 450,
    roundingMinor: 50,
    vat: [
      { vatBasisPoints: 1200, grossMinor: 3250, netMinor: 2902, vatMinor: 348 },
      { vatBasisPoints: 600, grossMinor: 2500, netMinor: 2358, vatMinor: 142 },
    ],
    tenders: [
      { kind: 'cash', name: 'cash', count: 2, amountMinor: 2700 + 13_300 },
      { kind: 'seqr', name: 'SEQR', count: 2, amountMinor: -200 },
    ],
  }
  expect(salesTotals(storage.read, { shiftId: 'shift-1' })).toEqual(expected)
  expect(salesTotals(storage.read, ever)).toEqual(expected)
  expect(salesTotals(storage.read, { shiftId: 'other' })).toMatchObject({ sales: 0, soldMinor: 0, vat: [] })
})

test('the grand totals count from the first receipt on', () => {
  aDay()
  expect(grandTotals(storage.read)).toEqual({ soldMinor: 8950, returnedMinor: -3200 })
})

test('sales fall into the hours of the shop, slips left out', () => {
  aDay()
  const inStockholm = (atMs: number) => new Date(atMs + 3_600_000).getUTCHours()
  expect(salesByHour(storage.read, ever, inStockholm)).toEqual([
    { hour: 2, receipts: 1, totalMinor: 5700 },
    { hour: 3, receipts: 2, totalMinor: 50 },
  ])
})

test('what sold most is first', () => {
  aDay()
  expect(articleTotals(storage.read, ever, 1)).toEqual([
    { articleId: 'article-Kaffe', name: 'Kaffe', quantityThousandths: 1000, netMinor: 3250 },
  ])
})

test('the journal is counted by kind, from an entry on', () => {
  aDay()
  expect([...journalCountsFrom(storage.read, 1)]).toEqual([
    ['refund', 1],
    ['sale', 2],
  ])
  expect([...journalCountsFrom(storage.read, 3)]).toHaveLength(1)
})

test('no report loses or invents a minor unit, whatever was sold', () => {
  const row = fc.record({
    price: fc.integer({ min: 0, max: 100_000 }),
    quantity: fc.integer({ min: -5000, max: 5000 }),
    vat: fc.constantFrom(0, 600, 1200, 2500),
    off: fc.integer({ min: 1, max: 10_000 }),
  })
  const receipts = fc.array(
    fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 5 }), off: fc.nat(10_000) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  const fresh = storage.bytes()
  fc.assert(
    fc.property(receipts, (sold) => {
      const { storage: own } = storageAt(':memory:', 0, fresh)
      const done = sold.map(({ rows, off }, index) =>
        sell(
          own.write,
          receiptWith(`r${index}`, {
            discount: off === 0 ? null : { kind: 'percent', basisPoints: off },
            rows: rows.map(({ price, quantity, vat, off: rowOff }, at) =>
              rowOf(`A${at}`, price, {
                quantityThousandths: quantity,
                vatBasisPoints: vat,
                discount: { kind: 'percent', basisPoints: rowOff },
              }),
            ),
          }),
          index,
        ),
      )
      const totals = salesTotals(own.read, ever)
      const grand = grandTotals(own.read)
      own.close()
      const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0)
      const whole = sum(done.map(totalOf))
      expect(totals.soldMinor + totals.returnedMinor).toBe(whole)
      expect(grand.soldMinor + grand.returnedMinor).toBe(whole)
      expect(sum(totals.vat.map(({ grossMinor }) => grossMinor))).toBe(whole)
      expect(sum(totals.vat.map(({ vatMinor }) => vatMinor))).toBe(
        sum(done.flatMap((receipt) => vatTable(receipt).map(({ vatMinor }) => vatMinor))),
      )
      expect(sum(totals.tenders.map(({ amountMinor }) => amountMinor))).toBe(sum(done.map(paidOf)))
    }),
    { numRuns: 25 },
  )
})

test('cash handed over and change given back are both told', () => {
  const change = { id: 'c', kind: 'change', amountMinor: -1800, atMs: 5 } as const
  sell(storage.write, receiptWith('r1', { rows: [rowOf('Kaffe', 3200)], tenders: [cashOf(5000), change] }), 5)
  expect(salesTotals(storage.read, ever).tenders).toEqual([
    { kind: 'cash', name: 'cash', count: 1, amountMinor: 5000 },
    { kind: 'change', name: 'change', count: 1, amountMinor: -1800 },
  ])
})
