import fc from 'fast-check'
import { expect, test } from 'vitest'
import { netRows, newReceipt, vatTable } from '../../app/domain/receipt.ts'
import type { Discount } from '../../app/domain/receipt.ts'
import type { ShiftReport } from '../../app/domain/shift.ts'
import { missingNumbers, salesAddUp } from '../../app/domain/shift.ts'
import { fromTill } from './register.fake.ts'
import type { BookedReceipt, Played, PlayedMove, PlayedShop } from './explained-day.fake.ts'
import { linesOf, moneyOf, playedShop, receiptsOf, reportsOf, sumOf } from './explained-day.fake.ts'

const discounts: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.integer({ min: 1, max: 9000 }) }),
    fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  ),
)

const row = fc.record({
  priceMinor: fc.integer({ min: 1, max: 9999 }),
  vatBasisPoints: fc.constantFrom(0, 600, 1200, 2500),
  pieces: fc.integer({ min: 1, max: 4 }),
  gramsMore: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 999 })),
  discount: discounts,
  isBack: fc.integer({ min: 0, max: 7 }).map((of) => of === 0),
  newPriceMinor: fc.option(fc.integer({ min: 0, max: 9999 }), { freq: 4 }),
})

const sale = fc.record({
  do: fc.constant('sale' as const),
  rows: fc.array(row, { minLength: 1, maxLength: 4 }),
  discount: discounts,
  slipMinor: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 20_000 })),
  end: fc.constantFrom(
    'paid' as const,
    'paid' as const,
    'paid' as const,
    'parked' as const,
    'canceled' as const,
  ),
  pays: fc.array(
    fc.record({
      by: fc.constantFrom('seqr' as const, 'card' as const, 'cash' as const),
      share: fc.integer({ min: 1, max: 120 }),
    }),
    { maxLength: 3 },
  ),
  /** Customers pay in whole kronor, which are all the coins there are. */
  moreCash: fc.nat(99).map((kronor) => kronor * 100),
})

const refund = fc.record({
  do: fc.constant('refund' as const),
  sale: fc.nat(3),
  rows: fc.array(fc.constantFrom(0, 30, 50, 100, 100), { minLength: 4, maxLength: 4 }),
  first: fc.constantFrom('seqr' as const, 'card' as const, 'cash' as const, null),
})

const move = fc.record({
  do: fc.constant('move' as const),
  kind: fc.constantFrom('in' as const, 'out' as const, 'drop' as const),
  amountMinor: fc.integer({ min: 1, max: 99_999 }),
})

const days = fc.array(fc.oneof({ arbitrary: sale, weight: 3 }, { arbitrary: refund, weight: 3 }, move), {
  maxLength: 12,
})

const floatMinor = 100_000

/** Every figure of a report, worked out anew from the exported receipts of its shift. */
function explain(
  report: ShiftReport,
  receipts: readonly BookedReceipt[],
  moves: readonly PlayedMove[],
): void {
  const { sales, drawer } = report
  expect(salesAddUp(sales)).toBe(true)
  expect(missingNumbers(sales)).toBe(0)
  expect(sales.sales + sales.refunds).toBe(receipts.length)
  const whole = sumOf(receipts.map(({ totalMinor }) => totalMinor))
  const rounding = sumOf(receipts.map(({ roundingMinor }) => roundingMinor))
  expect(sales.soldMinor + sales.returnedMinor + sales.slipsMinor).toBe(whole)
  expect(sales.roundingMinor).toBe(rounding)
  expect(sumOf(sales.tenders.map(({ amountMinor }) => amountMinor))).toBe(whole + rounding)
  for (const kind of ['cash', 'change', 'seqr', 'other'] as const)
    expect(sumOf(sales.tenders.filter((one) => one.kind === kind).map((one) => one.amountMinor))).toBe(
      moneyOf(receipts, kind),
    )
  const tables = receipts.flatMap(({ vat }) => vat)
  for (const line of sales.vat) {
    const own = tables.filter(({ vatBasisPoints }) => vatBasisPoints === line.vatBasisPoints)
    expect(line).toEqual({
      vatBasisPoints: line.vatBasisPoints,
      grossMinor: sumOf(own.map(({ grossMinor }) => grossMinor)),
      netMinor: sumOf(own.map(({ netMinor }) => netMinor)),
      vatMinor: sumOf(own.map(({ vatMinor }) => vatMinor)),
    })
    expect(line.netMinor + line.vatMinor).toBe(line.grossMinor)
  }
  expect(new Set(sales.vat.map(({ vatBasisPoints }) => vatBasisPoints))).toEqual(
    new Set(tables.map(({ vatBasisPoints }) => vatBasisPoints)),
  )
  const moved = sumOf(moves.map(({ kind, amountMinor }) => (kind === 'in' ? amountMinor : -amountMinor)))
  expect(report.expectedMinor).toBe(floatMinor + moved + moneyOf(receipts, 'cash', 'change'))
  expect(drawer.unfinishedMinor).toBe(0)
}

/** What each sale took, and that all of its refunds together give back no more: in goods, in money and by each way. */
function explainRefunds(receipts: readonly BookedReceipt[]): void {
  for (const sold of receipts.filter(({ kind }) => kind === 'sale')) {
    const back = receipts.filter(({ refundOf }) => refundOf?.receiptId === sold.id)
    const { seqr, other } = { seqr: moneyOf([sold], 'seqr'), other: moneyOf([sold], 'other') }
    expect(-moneyOf(back, 'seqr')).toBeLessThanOrEqual(Math.max(0, seqr))
    expect(-moneyOf(back, 'other')).toBeLessThanOrEqual(Math.max(0, other))
    const money = moneyOf([sold], 'cash', 'change', 'seqr', 'other')
    expect(-moneyOf(back, 'cash', 'seqr', 'other')).toBeLessThanOrEqual(Math.max(0, money))
    const receipt = {
      ...newReceipt({ ...sold, currency: 'SEK', cashier: { id: '', name: '' }, openedAtMs: 0 }),
    }
    const isWhole = netRows(receipt).every(({ row: one, netMinor }) => {
      if (one.kind === 'slip') return true
      const own = back.flatMap(({ rows }) => rows).filter(({ refundOfRowId }) => refundOfRowId === one.id)
      const quantity = -sumOf(own.map(({ quantityThousandths }) => quantityThousandths))
      expect(quantity).toBeLessThanOrEqual(Math.max(0, one.quantityThousandths))
      return netMinor >= 0 && quantity === one.quantityThousandths
    })
    if (!isWhole || back.length === 0) continue
    expect(vatTable(receipt)).toEqual(sold.vat)
    for (const { vatBasisPoints, grossMinor, vatMinor } of sold.vat) {
      const own = back.flatMap(({ vat }) => vat).filter((line) => line.vatBasisPoints === vatBasisPoints)
      expect(sumOf(own.map((line) => line.grossMinor))).toBe(0 - grossMinor)
      expect(sumOf(own.map((line) => line.vatMinor))).toBe(0 - vatMinor)
    }
    const rounding = sumOf(back.map(({ roundingMinor }) => roundingMinor))
    if (sold.rows.some(({ kind }) => kind === 'slip')) expect(Math.abs(rounding)).toBeLessThan(100)
    else expect(rounding).toBe(0 - sold.roundingMinor)
  }
}

async function playShift(shop: PlayedShop, acts: readonly Played[]): Promise<ShiftReport> {
  await shop.allow()
  for (const act of acts) await shop.play(act)
  await shop.xReport()
  const x = reportsOf(linesOf(await shop.journal()), 'xReport').at(-1)
  if (x === undefined) throw new Error('There is no X report')
  await shop.close(Math.max(0, x.expectedMinor))
  return x
}

const isMove = (act: Played): act is PlayedMove => act.do === 'move'

test('every unit of two random days is explained by the exported journal, report by report', async () => {
  await fc.assert(
    fc.asyncProperty(days, days, async (first, second) => {
      const shop = await playedShop()
      const { till } = shop
      const x = [await playShift(shop, first)]
      await shop.openAgain(floatMinor)
      x.push(await playShift(shop, second))
      await shop.openAgain(floatMinor)

      const lines = linesOf(await shop.journal())
      const receipts = receiptsOf(lines)
      const z = reportsOf(lines, 'zReport')
      expect(z).toHaveLength(2)
      for (const [at, report] of z.entries()) {
        const own = receipts.filter(({ shiftId }) => shiftId === report.shift.id)
        explain(report, own, [first, second][at]?.filter(isMove) ?? [])
        expect(x[at]).toMatchObject({ sales: report.sales, drawer: report.drawer, grand: report.grand })
      }
      expect(receipts.every(({ shiftId }) => z.some(({ shift }) => shift.id === shiftId))).toBe(true)
      explainRefunds(receipts)

      const grown = { soldMinor: 0, returnedMinor: 0 }
      for (const { grand, sales } of z) {
        grown.soldMinor += sales.soldMinor
        grown.returnedMinor += sales.returnedMinor
        expect(grand).toEqual(grown)
      }

      const { sums } = await till.ask.account.search(
        { fromDay: null, toDay: null, text: '', before: null },
        fromTill,
      )
      expect(sums.paidMinor + sums.refundedMinor).toBe(moneyOf(receipts, 'seqr'))
      const csv = (await shop.journalCsv()).split('\r\n').map((line) => line.split(','))
      const amounts = csv
        .filter(([, , kind]) => kind === 'sale' || kind === 'refund')
        .map((cells) => cells[5])
      expect(amounts).toEqual(
        receipts.map(({ totalMinor, roundingMinor }) => ((totalMinor + roundingMinor) / 100).toFixed(2)),
      )
      await till.stop()
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 60_000)
