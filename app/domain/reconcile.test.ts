import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountLine, FindingKind, ReconcileInput, ReportLine } from './reconcile.ts'
import { differenceOf, edgeMs, reconcile, totalMinor, urgencyOf } from './reconcile.ts'

const hourMs = 3_600_000
const day = { fromMs: 10 * hourMs, toMs: 20 * hourMs }

function paid(index: number, more: Partial<AccountLine> = {}): AccountLine {
  return {
    id: `payment-${index}`,
    kind: 'payment',
    atMs: day.fromMs + hourMs + index * 1000,
    amountMinor: 1000 + index,
    ersReference: `E${index}`,
    receiptId: `receipt-${index}`,
    receiptNumber: index,
    cashier: 'Alva',
    ...more,
  }
}

const asReported = (
  { amountMinor, ersReference, cashier }: AccountLine,
  more: Partial<ReportLine> = {},
): ReportLine => ({
  terminalId: 'T1',
  cashierId: cashier,
  amountMinor,
  ersReference,
  ...more,
})

function shop(more: Partial<ReconcileInput> = {}): ReconcileInput {
  return {
    terminalId: 'T1',
    period: day,
    report: [],
    summaryMinor: null,
    account: [],
    uncertainRefunds: [],
    givenUp: [],
    reportedBefore: new Set(),
    lostMarks: [],
    ...more,
  }
}

const kindsOf = (input: ReconcileInput) => reconcile(input).findings.map(({ kind }) => kind)

const question = (id: string, amountMinor: number, atMs = day.fromMs + hourMs) => ({
  id,
  atMs,
  amountMinor,
  receiptId: 'r',
  cashier: 'Alva',
})

test('a day in which both sides agree has no findings', () => {
  const account = [paid(1), paid(2), paid(3, { kind: 'refund', amountMinor: -1002 })]
  const result = reconcile(
    shop({ account, report: account.map((line) => asReported(line)), summaryMinor: 1001 }),
  )
  expect(result).toMatchObject({ matched: 3, matchedMinor: 1001, findings: [] })
  expect(result.here).toEqual(result.there)
})

/** One of each thing that can go wrong, put into a busy day. */
const troubles: readonly (readonly [FindingKind, Partial<ReconcileInput>])[] = [
  ['amountDiffers', { account: [paid(9001)], report: [asReported(paid(9001), { amountMinor: 9999 })] }],
  ['onlyHerePayment', { account: [paid(9002)] }],
  ['onlyHereRefund', { account: [paid(9003, { kind: 'refund', amountMinor: -77 })] }],
  ['onlyTherePayment', { report: [asReported(paid(9004))] }],
  ['onlyThereRefund', { report: [asReported(paid(9005), { amountMinor: -5555 })] }],
  [
    'reversed',
    {
      account: [paid(9006)],
      report: [asReported(paid(9006)), asReported(paid(9006), { amountMinor: -10_006 })],
    },
  ],
  ['twiceThere', { account: [paid(9007)], report: [asReported(paid(9007)), asReported(paid(9007))] }],
  ['twiceHere', { account: [paid(9008), paid(9008, { id: 'again' })], report: [asReported(paid(9008))] }],
  ['outsidePeriod', { account: [paid(9009, { atMs: day.toMs - 1000 })] }],
  ['inTwoPeriods', { report: [asReported(paid(9010))], reportedBefore: new Set(['E9010']) }],
  ['otherTerminal', { report: [asReported(paid(9011), { terminalId: 'T2' })] }],
  ['lostPeriod', { account: [paid(9012, { atMs: day.fromMs + 1000 })], lostMarks: [day.fromMs + 2000] }],
  ['handPaidFound', { account: [paid(9013, { ersReference: '' })], report: [asReported(paid(9013))] }],
  ['handPaidMissing', { account: [paid(9014, { ersReference: '' })] }],
  ['paidAfterAll', { givenUp: [question('given-up', 10_015)], report: [asReported(paid(9015))] }],
  [
    'refundFound',
    { uncertainRefunds: [question('lost-1', 616)], report: [asReported(paid(9016), { amountMinor: -616 })] },
  ],
  ['refundMissing', { uncertainRefunds: [question('lost-2', 717)] }],
  ['refundUnclear', { uncertainRefunds: [question('lost-3', 818, day.toMs - 1000)] }],
]

test('one of each of 18 discrepancies in 2,000 transactions: all are found and named, and no others', () => {
  const ordinary = Array.from({ length: 2000 }, (_, index) => paid(index))
  const all = troubles.reduce<ReconcileInput>(
    (input, [, part]) => ({
      ...input,
      account: [...input.account, ...(part.account ?? [])],
      report: [...input.report, ...(part.report ?? [])],
      uncertainRefunds: [...input.uncertainRefunds, ...(part.uncertainRefunds ?? [])],
      givenUp: [...input.givenUp, ...(part.givenUp ?? [])],
      lostMarks: [...input.lostMarks, ...(part.lostMarks ?? [])],
      reportedBefore: new Set([...input.reportedBefore, ...(part.reportedBefore ?? [])]),
    }),
    shop({ account: ordinary, report: ordinary.map((line) => asReported(line)) }),
  )
  const result = reconcile(all)
  expect(result.findings.map(({ kind }) => kind).sort()).toEqual(troubles.map(([kind]) => kind).sort())
  expect(new Set(result.findings.map(({ key }) => key)).size).toBe(troubles.length)
  expect(result.matched).toBe(2000)
  expect(differenceOf(result)).toMatchObject({ unexplainedMinor: 0 })
  expect(differenceOf(result).differenceMinor).not.toBe(0)
})

test.each(troubles)('%s alone is found and nothing else', (kind, part) => {
  const result = reconcile(shop(part))
  expect(result.findings.map((finding) => finding.kind)).toEqual([kind])
  expect(differenceOf(result).unexplainedMinor).toBe(0)
})

test('SEQR’s own sum that is not that of its lines is told', () => {
  expect(kindsOf(shop({ account: [paid(1)], report: [asReported(paid(1))], summaryMinor: 5 }))).toEqual([
    'summaryDiffers',
  ])
})

test('a payment near the end is awaited in the next report, and named there when it is still missing', () => {
  const late = paid(1, { atMs: day.toMs - 1000 })
  const next = { fromMs: day.toMs, toMs: day.toMs + 10 * hourMs }
  expect(kindsOf(shop({ account: [late] }))).toEqual(['outsidePeriod'])
  expect(kindsOf(shop({ account: [late], report: [asReported(late)], period: next }))).toEqual([])
  expect(kindsOf(shop({ account: [late], period: next }))).toEqual(['onlyHerePayment'])
  expect(kindsOf(shop({ account: [late], period: next, reportedBefore: new Set(['E1']) }))).toEqual([])
})

test('what SEQR took and gave back without the till ever knowing is no difference', () => {
  const report = [asReported(paid(1)), asReported(paid(1), { amountMinor: -1001 })]
  expect(reconcile(shop({ report }))).toMatchObject({ findings: [], here: { paidMinor: 0 } })
})

test('uncertain refunds of one amount: as many lines prove all, fewer do not tell which', () => {
  const uncertainRefunds = [question('a', 500), question('b', 500)]
  const line = (reference: string) => asReported(paid(1, { ersReference: reference }), { amountMinor: -500 })
  expect(kindsOf(shop({ uncertainRefunds, report: [line('R1'), line('R2')] }))).toEqual([
    'refundFound',
    'refundFound',
  ])
  expect(kindsOf(shop({ uncertainRefunds, report: [line('R1')] }))).toEqual([
    'refundUnclear',
    'refundUnclear',
  ])
  expect(kindsOf(shop({ uncertainRefunds }))).toEqual(['refundMissing', 'refundMissing'])
})

test('the absence of a refund proves nothing in a period that does not hold its time', () => {
  expect(kindsOf(shop({ uncertainRefunds: [question('a', 500, day.fromMs - hourMs)] }))).toEqual([
    'refundUnclear',
  ])
  const lost = { uncertainRefunds: [question('a', 500)], lostMarks: [day.fromMs + 2 * hourMs] }
  expect(kindsOf(shop(lost))).toEqual(['refundUnclear'])
})

test('a refund that an administrator settled as done gets its reference from the report', () => {
  const refund = paid(1, { kind: 'refund', amountMinor: -400, ersReference: '' })
  const report = [asReported(paid(1), { amountMinor: -400, ersReference: 'R7' })]
  expect(reconcile(shop({ account: [refund], report })).findings).toMatchObject([
    { kind: 'refundFound', ersReference: 'R7', hereMinor: -400, thereMinor: -400 },
  ])
})

test('what wants a person stands before what only waits and what is settled', () => {
  const order = reconcile(shop({ ...troubles[15]?.[1], account: [paid(1)] })).findings.map(urgencyOf)
  expect(order).toEqual(['act', 'settled'])
})

const line = fc.record({
  index: fc.integer({ min: 0, max: 12 }),
  amountMinor: fc.integer({ min: -300, max: 300 }).filter((amount) => amount !== 0),
  atMs: fc.constantFrom(day.fromMs - edgeMs, day.fromMs + 1, day.fromMs + 5 * hourMs, day.toMs - 1),
  withReference: fc.boolean(),
  terminalId: fc.constantFrom('T1', 'T1', 'T1', 'T2', ''),
})

test('whatever stands on the two sides, the findings explain the whole difference', () => {
  const lines = fc.array(line, { maxLength: 14 })
  fc.assert(
    fc.property(lines, lines, lines, fc.boolean(), (here, there, open, lost) => {
      const account = here.map(({ index, amountMinor, atMs, withReference }, place) =>
        paid(index, {
          id: `line-${place}`,
          kind: amountMinor > 0 ? 'payment' : 'refund',
          amountMinor,
          atMs,
          ersReference: withReference ? `E${index}` : '',
        }),
      )
      const report = there.map(({ index, amountMinor, terminalId, withReference }) => ({
        terminalId,
        cashierId: '',
        amountMinor,
        ersReference: withReference ? `E${index}` : '',
      }))
      const result = reconcile(
        shop({
          account,
          report,
          uncertainRefunds: open.map(({ amountMinor, atMs }, place) =>
            question(`q${place}`, Math.abs(amountMinor), atMs),
          ),
          givenUp: open.map(({ amountMinor }, place) => question(`g${place}`, Math.abs(amountMinor))),
          lostMarks: lost ? [day.fromMs + 1] : [],
          reportedBefore: new Set(['E3', 'E4']),
        }),
      )
      expect(differenceOf(result).unexplainedMinor).toBe(0)
      expect(totalMinor(result.there)).toBe(report.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
    }),
    { numRuns: 300 },
  )
})
