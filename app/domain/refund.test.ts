import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roundToCash } from './cash.ts'
import { currencies } from './money.ts'
import { addsUp, completed, withCash, withChange, withTender } from './receipt-edit.ts'
import { seqrTender, someMarks, someReceipt, someRow } from './receipt.fake.ts'
import type { Discount, Receipt, RefundPart, Row, Tender } from './receipt.ts'
import { leftToPay, netRows, totalOf, vatTable } from './receipt.ts'
import type { ChosenRow, RefundPlan } from './refund.ts'
import {
  leftToRefund,
  moneySources,
  planRefund,
  refundReceipt,
  refundableRows,
  withPartInCash,
} from './refund.ts'

const cashier = { id: 'alva', name: 'Alva' }

/** The refund finished: each part of its plan given back. */
function finished(refund: Receipt, number: number): Receipt {
  const tenders = (refund.refundOf?.parts ?? []).map((part, index): Tender =>
    tenderOf(part, `${number}-${index}`),
  )
  return completed({ ...refund, tenders }, number, number)
}

function tenderOf(part: RefundPart, id: string): Tender {
  const amountMinor = -part.amountMinor
  if (part.kind === 'cash') return { id, kind: 'cash', amountMinor, atMs: 1 }
  if (part.kind === 'seqr')
    return { ...seqrTender(amountMinor), id, paymentId: part.source, ersReference: id }
  return {
    id,
    kind: 'other',
    tenderTypeId: part.source,
    name: part.name,
    amountMinor,
    reference: '',
    atMs: 1,
  }
}

/** A till that refunds a sale in pieces. */
function desk(sale: Receipt) {
  const refunds: Receipt[] = []
  return {
    refunds,
    state: () => ({ sale, refunds }),
    plan: (chosen: readonly ChosenRow[], first: string | null = null) =>
      planRefund({ sale, refunds, chosen, first }),
    refund(chosen: readonly ChosenRow[], first: string | null = null): RefundPlan {
      const plan = planRefund({ sale, refunds, chosen, first })
      if (!plan.ok) return plan
      const ids = { last: 0 }
      const start = {
        cashier,
        shiftId: null,
        openedAtMs: 0,
        newRowId: () => `back-${refunds.length}-${(ids.last += 1)}`,
      }
      const refund = refundReceipt({ sale, refunds }, plan, { ...start, id: `refund-${refunds.length}` })
      refunds.push(finished(refund, refunds.length + 2))
      return plan
    },
  }
}

const paidInCash = (receipt: Receipt, givenMinor = 1_000_000): Receipt =>
  completed(withCash(receipt, givenMinor, someMarks), 1, 1)

const card: Tender = {
  id: 'card-1',
  kind: 'other',
  tenderTypeId: 'card',
  name: 'Card',
  amountMinor: 0,
  reference: '',
  atMs: 1,
}

const two = [{ rowId: 'a', quantityThousandths: 2000 }]

test('a row comes back at what it was sold for: its own discount and its share of the receipt’s', () => {
  const rows = [someRow({ id: 'a', unitPriceMinor: 5000 }), someRow({ id: 'b', unitPriceMinor: 5000 })]
  const sale = paidInCash({ ...someReceipt(...rows), discount: { kind: 'percent', basisPoints: 1000 } })
  const plan = desk(sale).plan([{ rowId: 'a', quantityThousandths: 1000 }])
  expect(plan).toMatchObject({ ok: true, goodsMinor: 4500, moneyMinor: 4500 })
})

test('three for 10.00 come back as 3.33, 3.34 and 3.33, never as 9.99', () => {
  const offered = someRow({
    id: 'a',
    quantityThousandths: 3000,
    unitPriceMinor: 400,
    discount: { kind: 'amount', amountMinor: 200 },
  })
  const till = desk(paidInCash(someReceipt(offered)))
  const one = [{ rowId: 'a', quantityThousandths: 1000 }]
  const goods = [till.refund(one), till.refund(one), till.refund(one)].map(
    (plan) => plan.ok && plan.goodsMinor,
  )
  expect(goods).toEqual([333, 334, 333])
  expect(till.plan(one)).toEqual({ ok: false, reason: 'moreThanLeft' })
})

test('never more than what is left of a row comes back', () => {
  const till = desk(paidInCash(someReceipt(someRow({ id: 'a', quantityThousandths: 3000 }))))
  expect(till.refund(two).ok).toBe(true)
  expect(till.plan(two)).toEqual({ ok: false, reason: 'moreThanLeft' })
  expect(till.plan([{ rowId: 'a', quantityThousandths: 500 }])).toEqual({
    ok: false,
    reason: 'tooManyDecimals',
  })
  expect(till.plan([{ rowId: 'a', quantityThousandths: -1000 }])).toEqual({
    ok: false,
    reason: 'moreThanLeft',
  })
  expect(till.plan([{ rowId: 'x', quantityThousandths: 1000 }])).toEqual({ ok: false, reason: 'unknownRow' })
  expect(till.plan([])).toEqual({ ok: false, reason: 'nothingChosen' })
  expect(till.plan([...two, ...two])).toEqual({ ok: false, reason: 'nothingChosen' })
})

test('a refund under way takes its share; one that was given up gives it free again', () => {
  const sale = paidInCash(someReceipt(someRow({ id: 'a', quantityThousandths: 2000 })))
  const plan = planRefund({ sale, refunds: [], chosen: two, first: null })
  if (!plan.ok) throw new Error(plan.reason)
  const start = { id: 'r', cashier, shiftId: null, openedAtMs: 0, newRowId: () => 'b' }
  const open = refundReceipt({ sale, refunds: [] }, plan, start)
  expect(refundableRows({ sale, refunds: [open] })[0]?.leftThousandths).toBe(0)
  expect(leftToRefund({ sale, refunds: [{ ...open, state: 'canceled' }] })).toEqual({
    goodsMinor: 5000,
    moneyMinor: 5000,
  })
})

test('cash is rounded on all that came back in cash, so that small pieces gather nothing', () => {
  const sale = paidInCash(someReceipt(someRow({ id: 'a', quantityThousandths: 4000, unitPriceMinor: 50 })))
  expect(sale.roundingMinor).toBe(0)
  const till = desk(sale)
  const one = [{ rowId: 'a', quantityThousandths: 1000 }]
  const money = [1, 2, 3, 4].map(() => till.refund(one)).map((plan) => plan.ok && plan.moneyMinor)
  expect(money).toEqual([100, 0, 100, 0])
})

test('what was rounded up on the sale is given back with its last piece', () => {
  const sale = paidInCash(someReceipt(someRow({ id: 'a', unitPriceMinor: 1050 })))
  expect(sale.roundingMinor).toBe(50)
  const till = desk(sale)
  till.refund([{ rowId: 'a', quantityThousandths: 1000 }])
  expect(till.refunds[0]).toMatchObject({ roundingMinor: -50, tenders: [{ amountMinor: -1100 }] })
})

test('SEQR rule: the sum of refunds is at most the original payment', () => {
  const sale = completed(
    withTender(someReceipt(someRow({ id: 'a', quantityThousandths: 3000 })), seqrTender(7500)),
    1,
    1,
  )
  const till = desk(sale)
  till.refund(two)
  expect(moneySources(till.state())).toMatchObject([{ kind: 'seqr', paidMinor: 7500, leftMinor: 2500 }])
  till.refund([{ rowId: 'a', quantityThousandths: 1000 }])
  expect(moneySources(till.state())).toMatchObject([{ leftMinor: 0 }])
  expect(till.plan([{ rowId: 'a', quantityThousandths: 1000 }])).toEqual({
    ok: false,
    reason: 'moreThanLeft',
  })
})

test('money goes back the way it came: SEQR first, then other tenders, cash last, unless another is put first', () => {
  const started = someReceipt(someRow({ id: 'a', quantityThousandths: 4000 }))
  const mixed = withTender(withTender(started, { ...card, amountMinor: 3000 }), seqrTender(4000))
  const sale = paidInCash(mixed)
  const parts = (plan: RefundPlan) =>
    plan.ok && plan.parts.map(({ kind, amountMinor }) => [kind, amountMinor])
  const three = [{ rowId: 'a', quantityThousandths: 3000 }]
  expect(parts(desk(sale).plan(three))).toEqual([
    ['seqr', 4000],
    ['other', 3000],
    ['cash', 500],
  ])
  expect(parts(desk(sale).plan(three, 'cash'))).toEqual([
    ['cash', 3000],
    ['seqr', 4000],
    ['other', 500],
  ])
})

test('what SEQR paid above the total came back as change: only the goods are refunded', () => {
  const paid = withTender(someReceipt(someRow({ id: 'a', unitPriceMinor: 3450 })), seqrTender(5000))
  const sale = completed(withChange(paid, someMarks.change), 1, 1)
  expect(sale.roundingMinor).toBe(-50)
  const till = desk(sale)
  till.refund([{ rowId: 'a', quantityThousandths: 1000 }])
  expect(till.refunds[0]).toMatchObject({
    roundingMinor: 50,
    tenders: [{ kind: 'seqr', amountMinor: -3400 }],
  })
})

test('a SEQR payment without a reference is given back in cash', () => {
  const byHand = { ...seqrTender(2500), ersReference: '', settledByHand: true }
  const sale = completed(withTender(someReceipt(someRow({ id: 'a' })), byHand), 1, 1)
  expect(moneySources({ sale, refunds: [] })).toMatchObject([{ kind: 'cash', leftMinor: 2500 }])
})

test('a payment slip never comes back: the store does not refund it', () => {
  const slip = someRow({ id: 's', kind: 'slip', slip: { slipId: 's', payId: '1', merchantName: 'Shop' } })
  const sale = paidInCash(someReceipt(someRow({ id: 'a' }), slip))
  expect(refundableRows({ sale, refunds: [] }).map(({ row }) => row.id)).toEqual(['a'])
  expect(moneySources({ sale, refunds: [] })).toMatchObject([{ kind: 'cash', leftMinor: 2500 }])
})

test('goods that were paid along with a slip come back rounded by themselves: nothing of the slip goes with them', () => {
  const sale = paidInCash({
    ...someReceipt(
      someRow({ id: 'a', unitPriceMinor: 5005 }),
      someRow({ id: 's', kind: 'slip', unitPriceMinor: 10_010 }),
    ),
    currency: 'PHP',
  })
  expect(sale.roundingMinor).toBe(10)
  const plan = desk(sale).plan([{ rowId: 'a', quantityThousandths: 1000 }])
  expect(plan).toMatchObject({ goodsMinor: 5005, moneyMinor: 5000 })
})

test('after an exchange no more comes back than was paid', () => {
  const rows = [someRow({ id: 'a', unitPriceMinor: 9000 }), someRow({ id: 'b', quantityThousandths: -1000 })]
  const sale = paidInCash(someReceipt(...rows))
  expect(desk(sale).plan([{ rowId: 'a', quantityThousandths: 1000 }])).toEqual({
    ok: false,
    reason: 'moreThanPaid',
  })
  expect(refundableRows({ sale, refunds: [] })).toHaveLength(1)
})

test('what SEQR will not take back goes back in cash, rounded', () => {
  const sale = completed(
    withTender(someReceipt(someRow({ id: 'a', unitPriceMinor: 3330 })), seqrTender(3330)),
    1,
    1,
  )
  const plan = desk(sale).plan([{ rowId: 'a', quantityThousandths: 1000 }])
  if (!plan.ok) throw new Error(plan.reason)
  const start = { id: 'r', cashier, shiftId: null, openedAtMs: 0, newRowId: () => 'b' }
  const refund = withPartInCash(refundReceipt({ sale, refunds: [] }, plan, start), 'payment-1')
  expect(refund).toMatchObject({
    roundingMinor: 30,
    refundOf: { parts: [{ kind: 'cash', amountMinor: 3300 }] },
  })
  expect(addsUp(finished(refund, 2))).toBe(true)
  expect(leftToRefund({ sale, refunds: [refund] }).goodsMinor).toBe(0)
})

test('VAT goes back whole also when a refund was given up after the next one had been made', () => {
  const sale = paidInCash(
    someReceipt(
      ...['a', 'b', 'c'].map((id) => someRow({ id, name: id, unitPriceMinor: 102, vatBasisPoints: 2500 })),
    ),
  )
  expect(vatTable(sale)).toMatchObject([{ grossMinor: 306, vatMinor: 61 }])
  const till = desk(sale)
  till.refund([{ rowId: 'a', quantityThousandths: 1000 }])
  till.refund([{ rowId: 'b', quantityThousandths: 1000 }])
  const [first] = till.refunds
  if (first !== undefined) till.refunds[0] = { ...first, state: 'canceled' }
  till.refund([{ rowId: 'a', quantityThousandths: 1000 }])
  till.refund([{ rowId: 'c', quantityThousandths: 1000 }])
  const vat = till.refunds.slice(1).flatMap(vatTable)
  expect(vat.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(-306)
  expect(vat.reduce((sum, { vatMinor }) => sum + vatMinor, 0)).toBe(-61)
})

test('a refund that was made before the till kept the tax of earlier ones has the tax that was printed on it', () => {
  const back = someRow({ quantityThousandths: -1000, unitPriceMinor: 102 })
  const earlier = [{ vatBasisPoints: 2500, grossMinor: 102 }]
  const refund = { ...someReceipt(back), refundOf: { receiptId: 'r', number: 1, earlier } }
  expect(vatTable(refund)).toMatchObject([{ grossMinor: -102, vatMinor: -21 }])
})

const discounts: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  ),
)

const goods: fc.Arbitrary<Row> = fc
  .record({
    unitDecimals: fc.constantFrom(0, 3),
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPriceMinor: fc.integer({ min: 0, max: 90_000 }),
    vatBasisPoints: fc.constantFrom(0, 600, 1200, 2500),
    discount: discounts,
  })
  .map(({ quantity, unitDecimals, ...row }) =>
    someRow({
      ...row,
      unitDecimals,
      quantityThousandths: unitDecimals === 0 ? quantity * 1000 : quantity * 137,
    }),
  )

/** A sale paid in any mixture: shares of SEQR and card, the rest in cash; or more by SEQR than it came to. */
const sales = fc
  .record({
    rows: fc.array(goods, { minLength: 1, maxLength: 6 }),
    discount: discounts,
    seqrPart: fc.integer({ min: 0, max: 120 }),
    cardPart: fc.integer({ min: 0, max: 100 }),
    currency: fc.constantFrom(...(Object.keys(currencies) as (keyof typeof currencies)[])),
  })
  .map(({ rows, discount, seqrPart, cardPart, currency }) => {
    const start: Receipt = {
      ...someReceipt(...rows.map((row, index) => ({ ...row, id: `row-${index}` }))),
      discount,
      currency,
    }
    const seqrMinor = Math.floor((totalOf(start) * seqrPart) / 100)
    const bySeqr = seqrMinor > 0 ? withTender(start, seqrTender(seqrMinor)) : start
    const cardMinor = Math.floor((Math.max(0, leftToPay(bySeqr)) * cardPart) / 100)
    const byCard = cardMinor > 0 ? withTender(bySeqr, { ...card, amountMinor: cardMinor }) : bySeqr
    const left = leftToPay(byCard)
    const paid =
      left > 0
        ? withCash(byCard, roundToCash(left, currency) + 100_000, someMarks)
        : withChange(byCard, someMarks.change)
    return completed(paid, 1, 1)
  })

const pieces = fc.array(fc.record({ row: fc.nat(5), share: fc.integer({ min: 1, max: 100 }) }), {
  maxLength: 12,
})

test('a sale refunded in any pieces gives back exactly what was paid: goods, money, rounding and VAT', () => {
  fc.assert(
    fc.property(sales, pieces, fc.constantFrom('cash', 'card', 'payment-1', null), (sale, wanted, first) => {
      const till = desk(sale)
      for (const { row, share } of wanted) {
        const of = refundableRows(till.state())[row]
        if (of === undefined || of.leftThousandths === 0) continue
        const step = 10 ** (3 - of.row.unitDecimals)
        const some = Math.max(step, Math.floor((of.leftThousandths * share) / 100 / step) * step)
        const plan = till.refund(
          [{ rowId: of.row.id, quantityThousandths: Math.min(some, of.leftThousandths) }],
          first,
        )
        expect(plan.ok).toBe(true)
        for (const source of moneySources(till.state())) expect(source.leftMinor).toBeGreaterThanOrEqual(0)
      }
      const rest = refundableRows(till.state()).filter(({ leftThousandths }) => leftThousandths > 0)
      if (rest.length > 0)
        till.refund(
          rest.map(({ row, leftThousandths }) => ({ rowId: row.id, quantityThousandths: leftThousandths })),
        )

      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      const { refunds } = till
      for (const refund of refunds) {
        expect(addsUp(refund)).toBe(true)
        expect(sum(vatTable(refund).map(({ grossMinor }) => grossMinor))).toBe(totalOf(refund))
      }
      expect(leftToRefund(till.state())).toEqual({ goodsMinor: 0, moneyMinor: 0 })
      expect(sum(refunds.map(totalOf))).toBe(0 - totalOf(sale))
      const money = sum(refunds.flatMap(({ tenders }) => tenders.map(({ amountMinor }) => amountMinor)))
      expect(money).toBe(0 - sum(sale.tenders.map(({ amountMinor }) => amountMinor)))
      expect(sum(refunds.map(({ roundingMinor }) => roundingMinor))).toBe(0 - sale.roundingMinor)
      for (const line of vatTable(sale)) {
        const back = refunds
          .flatMap(vatTable)
          .filter(({ vatBasisPoints }) => vatBasisPoints === line.vatBasisPoints)
        expect(sum(back.map(({ vatMinor }) => vatMinor))).toBe(0 - line.vatMinor)
        expect(sum(back.map(({ grossMinor }) => grossMinor))).toBe(0 - line.grossMinor)
      }
      const bySeqr = refunds.flatMap(({ tenders }) => tenders).filter(({ kind }) => kind === 'seqr')
      const seqrPaid = sum(
        sale.tenders.filter(({ kind }) => kind === 'seqr').map(({ amountMinor }) => amountMinor),
      )
      expect(sum(bySeqr.map(({ amountMinor }) => -amountMinor))).toBeLessThanOrEqual(seqrPaid)
      for (const { row, netMinor } of netRows(sale)) {
        const own = refunds.flatMap(netRows).filter((back) => back.row.refundOfRowId === row.id)
        expect(sum(own.map((back) => back.netMinor))).toBe(0 - netMinor)
      }
    }),
    { numRuns: 300 },
  )
})
