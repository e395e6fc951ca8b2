import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashOf, likelyCash, roundToCash } from './cash.ts'
import {
  addsUp,
  completed,
  isSettled,
  withCash,
  withChange,
  withRow,
  withTender,
  withoutTender,
} from './receipt-edit.ts'
import { seqrTender, someMarks, someReceipt, someRow } from './receipt.fake.ts'
import type { Discount, Row } from './receipt.ts'
import { leftToPay, netRows, receiptDiscount, rowTotal, spread, totalOf, vatTable } from './receipt.ts'

const discounts: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.integer({ min: 1, max: 200_000 }) }),
    fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  ),
)

const rows: fc.Arbitrary<Row> = fc
  .record({
    id: fc.uuid(),
    quantityThousandths: fc.integer({ min: -5000, max: 20_000 }).filter((quantity) => quantity !== 0),
    unitPriceMinor: fc.integer({ min: 0, max: 500_000 }),
    vatBasisPoints: fc.constantFrom(0, 600, 1200, 2500),
    discount: discounts,
  })
  .map((change) => someRow(change))

const receipts = fc
  .record({ rows: fc.array(rows, { minLength: 1, maxLength: 12 }), discount: discounts })
  .map(({ rows, discount }) => ({ ...someReceipt(...rows), discount }))

test('rows after all discounts add up to the total, to the minor unit', () => {
  fc.assert(
    fc.property(receipts, (receipt) => {
      const net = netRows(receipt).reduce((sum, { netMinor }) => sum + netMinor, 0)
      expect(net).toBe(totalOf(receipt))
    }),
  )
})

test('the VAT table adds up to the total, and net and tax to gross', () => {
  fc.assert(
    fc.property(receipts, (receipt) => {
      const table = vatTable(receipt)
      expect(table.reduce((sum, line) => sum + line.grossMinor, 0)).toBe(totalOf(receipt))
      for (const line of table) expect(line.netMinor + line.vatMinor).toBe(line.grossMinor)
    }),
  )
})

test('a discount never takes more than there is', () => {
  fc.assert(
    fc.property(receipts, (receipt) => {
      for (const row of receipt.rows) {
        const full = { ...row, discount: null }
        expect(Math.abs(rowTotal(row))).toBeLessThanOrEqual(Math.abs(rowTotal(full)))
        expect(Math.sign(rowTotal(row)) * Math.sign(rowTotal(full))).toBeGreaterThanOrEqual(0)
      }
      expect(receiptDiscount(receipt)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('spreading an amount over weights loses no minor unit', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights, (amountMinor, shares) => {
      fc.pre(shares.some((share) => share > 0))
      const parts = spread(amountMinor, shares)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amountMinor)
      for (const [index, part] of parts.entries()) if (shares[index] === 0) expect(part).toBe(0)
    }),
  )
})

test('25 % VAT of 100.00 with VAT is 20.00', () => {
  const receipt = someReceipt(someRow({ unitPriceMinor: 10_000 }))
  expect(vatTable(receipt)).toEqual([
    { vatBasisPoints: 2500, grossMinor: 10_000, netMinor: 8000, vatMinor: 2000 },
  ])
})

test('0.352 kg at 89.90 comes to 31.64', () => {
  const row = someRow({ quantityThousandths: 352, unitPriceMinor: 8990, unit: 'kg', unitDecimals: 3 })
  expect(rowTotal(row)).toBe(3164)
})

test('a slip is another’s money: no VAT and no share of a discount', () => {
  const slip = { slipId: 's', payId: '991308500305', merchantName: 'Shop' }
  const receipt = {
    ...someReceipt(
      someRow({ unitPriceMinor: 10_000 }),
      someRow({ id: 'b', kind: 'slip', unitPriceMinor: 50_000, slip }),
    ),
    discount: { kind: 'percent', basisPoints: 1000 } as const,
  }
  expect(receiptDiscount(receipt)).toBe(1000)
  expect(totalOf(receipt)).toBe(59_000)
  expect(vatTable(receipt).map((line) => line.grossMinor)).toEqual([9000])
})

test('the same article scanned twice counts two on one row; a changed price keeps its own', () => {
  const twice = withRow(someReceipt(someRow()), someRow({ id: 'row-2' }))
  expect(twice.rows.map((row) => row.quantityThousandths)).toEqual([2000])
  const other = withRow(twice, someRow({ id: 'row-3', unitPriceMinor: 2000 }))
  expect(other.rows).toHaveLength(2)
})

test('cash in SEK is rounded to whole kronor and the change goes back', () => {
  const receipt = someReceipt(someRow({ unitPriceMinor: 8049 }))
  const paid = withCash(receipt, 10_000, someMarks)
  expect(paid.roundingMinor).toBe(-49)
  expect(paid.tenders.map((tender) => tender.amountMinor)).toEqual([10_000, -2000])
  expect(isSettled(paid)).toBe(true)
})

test('less cash than the total stays as a part payment, and can be corrected', () => {
  const paid = withCash(someReceipt(someRow({ unitPriceMinor: 10_000 })), 4000, someMarks)
  expect(leftToPay(paid)).toBe(6000)
  expect(paid.roundingMinor).toBe(0)
  expect(leftToPay(withoutTender(paid, 'cash-1'))).toBe(10_000)
})

test('SEQR rule: paying more than the total gives the difference back in cash', () => {
  const over = withTender(someReceipt(someRow({ unitPriceMinor: 8050 })), seqrTender(10_000))
  const even = withChange(over, someMarks.change)
  expect(even.tenders.at(-1)).toMatchObject({ kind: 'change', amountMinor: -2000 })
  expect(even.roundingMinor).toBe(-50)
  expect(isSettled(even)).toBe(true)
})

test('SEQR rule: a SEQR payment cannot be corrected away', () => {
  const paid = withTender(someReceipt(someRow()), seqrTender(1000))
  expect(withoutTender(paid, 'seqr-1000').tenders).toHaveLength(1)
})

test('whatever is tendered in cash, a settled receipt adds up to the minor unit in every currency', () => {
  const currencies = fc.constantFrom(...(Object.keys(cashOf) as (keyof typeof cashOf)[]))
  fc.assert(
    fc.property(
      receipts,
      currencies,
      fc.array(fc.integer({ min: 1, max: 900_000 }), { maxLength: 5 }),
      (sale, currency, given) => {
        fc.pre(totalOf(sale) > 0)
        const receipt = { ...sale, currency }
        const paid = given.reduce(
          (so, amount) => (leftToPay(so) > 0 ? withCash(so, amount, someMarks) : so),
          receipt,
        )
        const done = leftToPay(paid) > 0 ? withCash(paid, leftToPay(paid) + 100, someMarks) : paid
        expect(isSettled(done)).toBe(true)
        expect(addsUp(completed(done, 1, 2))).toBe(true)
        expect(Math.abs(done.roundingMinor)).toBeLessThanOrEqual(cashOf[currency].smallestMinor / 2)
      },
    ),
  )
})

test('cash to the minor unit is cash as coins can pay it: no öre lies in the drawer', () => {
  for (const [totalMinor, inCoins] of [
    [12_550, 12_600],
    [12_549, 12_500],
  ] as const) {
    const paid = withCash(someReceipt(someRow({ unitPriceMinor: totalMinor })), totalMinor, someMarks)
    expect(paid.tenders).toMatchObject([{ kind: 'cash', amountMinor: inCoins }])
    expect(paid.roundingMinor).toBe(inCoins - totalMinor)
    expect(isSettled(paid)).toBe(true)
  }
})

test('less than coins can pay, or nothing, is finished without a tender', () => {
  const few = someReceipt(someRow({ unitPriceMinor: 40 }))
  expect(withChange(few, someMarks.change)).toMatchObject({ roundingMinor: -40, tenders: [] })
  expect(withCash(few, 40, someMarks)).toMatchObject({ roundingMinor: -40, tenders: [] })
  expect(isSettled(withChange(few, someMarks.change))).toBe(true)
  const free = withChange(someReceipt(someRow({ unitPriceMinor: 0 })), someMarks.change)
  expect(free).toMatchObject({ roundingMinor: 0, tenders: [] })
  const dear = someReceipt(someRow({ unitPriceMinor: 50 }))
  expect(withChange(dear, someMarks.change)).toEqual(dear)
})

test('a receipt that is not settled cannot be completed', () => {
  expect(() => completed(someReceipt(someRow()), 1, 2)).toThrow('not settled')
})

test('likely cash pays the whole amount, the exact sum first', () => {
  expect(likelyCash(18_250, 'SEK')).toEqual([18_300, 18_500, 19_000, 20_000])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), (amountMinor) => {
      for (const sum of likelyCash(amountMinor, 'SEK'))
        expect(sum).toBeGreaterThanOrEqual(roundToCash(amountMinor, 'SEK'))
    }),
  )
})

test('half a krona is rounded the same way for exact cash and for cash with change', () => {
  const receipt = someReceipt(someRow({ unitPriceMinor: 12_550 }))
  const exact = withCash(receipt, 12_600, someMarks)
  expect(exact).toMatchObject({ roundingMinor: 50, tenders: [{ kind: 'cash', amountMinor: 12_600 }] })
  const withChangeBack = withCash(receipt, 20_000, someMarks)
  expect(withChangeBack).toMatchObject({ roundingMinor: 50 })
  expect(withChangeBack.tenders[1]).toMatchObject({ kind: 'change', amountMinor: -7_400 })
})
