import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { expectedCash, salesAddUp } from '../../app/domain/shift.ts'
import type { ShiftReport } from '../../app/domain/shift.ts'
import { paidOf } from '../../app/domain/receipt.ts'
import { findJournal } from '../storage/journal.ts'
import { insertPayment } from '../storage/payments.ts'
import type { Writer } from '../storage/database.ts'
import { receiptsInState, saveReceipt } from '../storage/receipts.ts'
import type { SeqrRefundRecord } from '../storage/seqr-refunds.ts'
import { insertSeqrRefund } from '../storage/seqr-refunds.ts'
import { openShift, presentShiftId, shiftById } from '../storage/shifts.ts'
import { paymentWith, receiptWith, rowOf, sell } from '../storage/storage.fake.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, keepingPrinter, startedRegister } from './register.fake.ts'

const tills: TestedRegister[] = []
afterEach(async () => {
  for (const till of tills.splice(0)) await till.stop()
})

async function started(...options: Parameters<typeof startedRegister>): Promise<TestedRegister> {
  const till = await startedRegister(...options)
  tills.push(till)
  return till
}

const must = <T extends { readonly ok: boolean }>(done: T): Extract<T, { ok: true }> => {
  expect(done).toMatchObject({ ok: true })
  return done as Extract<T, { ok: true }>
}

/** Rings up one open row and pays it in cash. */
async function sellFor({ ask }: TestedRegister, priceMinor: number, givenMinor = priceMinor): Promise<void> {
  must(
    await ask.sale.addOpenRow({ name: 'Goods', priceMinor, vatBasisPoints: 2500, articleId: null }, fromTill),
  )
  const { receipt } = await ask.sale.current(undefined, fromTill)
  must(await ask.sale.payCash({ receiptId: receipt?.id ?? '', givenMinor }, fromTill))
}

function lastReport({ storage }: TestedRegister, kind: 'xReport' | 'zReport'): ShiftReport {
  const [entry] = findJournal(storage.read, { kinds: [kind], limit: 1 })
  return entry?.body as ShiftReport
}

const count = ({ ask }: TestedRegister, countedMinor: number) =>
  ask.shift.count({ countedMinor, pieces: [] }, fromTill)
const close = ({ ask }: TestedRegister, carryOver = false) => ask.shift.close({ carryOver }, fromTill)

test('a day: float, cash sale with change, cash out, X report, blind count and Z report', async () => {
  const till = await started()
  const { ask } = till
  await sellFor(till, 12_550, 20_000)
  must(await ask.shift.moveCash({ kind: 'out', amountMinor: 3_000, reason: 'Milk' }, fromTill))
  expect(must(await ask.shift.xReport(undefined, fromTill))).toMatchObject({ number: 1 })
  expect(lastReport(till, 'xReport').expectedMinor).toBe(100_000 + 12_600 - 3_000)
  const { closing } = must(await ask.shift.closing(undefined, fromTill))
  expect(closing).toMatchObject({ hindrances: [], expectedMinor: null, counted: null })
  expect(must(await count(till, 109_500)).counted.differenceMinor).toBe(-100)
  const shiftId = openShift(till.storage.read)?.id ?? ''
  const closed = must(await close(till))
  expect(closed).toMatchObject({ number: 1, differenceMinor: -100 })
  expect(shiftById(till.storage.read, shiftId)).toMatchObject({ countedMinor: 109_500, zNumber: 1 })
  const report = lastReport(till, 'zReport')
  expect(report.drawer).toMatchObject({ takenMinor: 20_000, changeMinor: -7_400, outMinor: -3_000 })
  expect(report.sales).toMatchObject({ sales: 1, roundingMinor: 50, firstNumber: 1, lastNumber: 1 })
  const now = await ask.till.current(undefined, fromTill)
  expect(now).toMatchObject({ user: null, shift: null })
  const papers = await ask.paper.recent(undefined, fromTill)
  expect(papers.map(({ title }) => title.replace(/\d{4}-.*/, ''))).toEqual([
    'Z REPORT 1',
    'X REPORT 1',
    'Cash out ',
    'Receipt 1',
  ])
})

test('the drawer is counted blind by setting: before the count nobody is told what should be there', async () => {
  const till = await started()
  const before = must(await till.ask.shift.closing(undefined, fromTill)).closing
  expect(before.expectedMinor).toBeNull()
  must(await count(till, 90_000))
  const after = must(await till.ask.shift.closing(undefined, fromTill)).closing
  expect(after).toMatchObject({ expectedMinor: 100_000, counted: { differenceMinor: -10_000, counts: 1 } })
})

test('each count is on record, and the Z report says how many there were', async () => {
  const till = await started()
  must(await count(till, 90_000))
  must(await count(till, 100_000))
  expect(findJournal(till.storage.read, { kinds: ['drawerCounted'], limit: 9 })).toHaveLength(2)
  must(await close(till))
  expect(lastReport(till, 'zReport').counted).toMatchObject({ countedMinor: 100_000, counts: 2 })
})

test('a count by notes and coins has to add up', async () => {
  const { ask } = await started()
  const pieces = [{ valueMinor: 50_000, count: 2 }]
  expect(await ask.shift.count({ countedMinor: 90_000, pieces }, fromTill)).toMatchObject({
    problem: 'piecesDiffer',
  })
  must(await ask.shift.count({ countedMinor: 100_000, pieces }, fromTill))
})

test('a sale after the count makes it be counted again', async () => {
  const till = await started()
  must(await count(till, 100_000))
  await sellFor(till, 5_000)
  expect(await close(till)).toMatchObject({ ok: false, problem: 'countFirst' })
})

test('a shift is not closed over an open SEQR payment', async () => {
  const till = await started({}, ({ write }) => insertPayment(write, paymentWith('p1', { receiptId: null })))
  must(await count(till, 100_000))
  const { closing } = must(await till.ask.shift.closing(undefined, fromTill))
  expect(closing.hindrances).toEqual([{ kind: 'paymentsOpen', count: 1 }])
  expect(await close(till)).toMatchObject({ ok: false, problem: 'hindered' })
})

test('a reservation is kept over the close, and the Z report names it', async () => {
  const stage = {
    name: 'reserved',
    reference: 'inv1',
    version: 1,
    deadlineMs: Date.UTC(2026, 10, 22),
    refusedCode: null,
  } as const
  const reserved = paymentWith('p1', { mode: 'reservation', receiptId: null, stage })
  const till = await started({}, ({ write }) => insertPayment(write, reserved))
  must(await count(till, 100_000))
  must(await close(till))
  expect(lastReport(till, 'zReport').reserved).toEqual({ count: 1, amountMinor: 2500 })
})

/** A sale that was paid by SEQR, and a refund of it that is at this stage. */
function withRefundAt(stage: SeqrRefundRecord['stage']) {
  return ({ write }: { readonly write: Writer }) => {
    const sale = sell(write, receiptWith('sale', { rows: [rowOf('Coffee', 2500)] }), 1000)
    const part = {
      source: 'p1',
      kind: 'seqr',
      name: 'SEQR',
      amountMinor: 2500,
      exactMinor: 2500,
      ofReference: 'E1',
    } as const
    saveReceipt(
      write,
      receiptWith('back', {
        kind: 'refund',
        rows: [rowOf('Coffee', 2500, { quantityThousandths: -1000 })],
        refundOf: { receiptId: sale.id, number: sale.number ?? 0, parts: [part] },
      }),
    )
    insertSeqrRefund(write, {
      id: 'refund-1',
      receiptId: 'back',
      ofReceiptId: sale.id,
      ofReference: 'E1',
      terminalId: 'T1',
      amountMinor: 2500,
      currency: 'SEK',
      cashier: 'Anna',
      invoice: { title: 'Kiosk', cashierId: 'Anna', currency: 'SEK', totalMinor: 2500, rows: [] },
      stage,
      startedAtMs: 2000,
      endedAtMs: null,
      settledByHand: null,
    })
  }
}

const uncertain = { name: 'uncertain', why: 'noAnswer', code: null } as const
const evidence = { receiptId: 'back', as: 'refunded', ersReference: 'R1', reason: 'No answer' } as const

test('SEQR rule: an uncertain refund is kept over the close, named before it and on the Z report', async () => {
  const till = await started({}, withRefundAt(uncertain))
  const refunds = { uncertain: { count: 1, amountMinor: 2500 }, stuck: 0 }
  const { closing } = must(await till.ask.shift.closing(undefined, fromTill))
  expect(closing).toMatchObject({ hindrances: [], refunds })
  must(await count(till, 100_000))
  must(await close(till))
  expect(lastReport(till, 'zReport').refunds).toEqual(refunds)
})

test('a refund that SEQR refused waits for a person, over the close and on the report', async () => {
  const till = await started({}, withRefundAt({ name: 'refused', code: 99, description: '' }))
  const refunds = { uncertain: { count: 0, amountMinor: 0 }, stuck: 1 }
  expect(must(await till.ask.shift.closing(undefined, fromTill)).closing).toMatchObject({
    hindrances: [],
    refunds,
  })
  must(await till.ask.shift.xReport(undefined, fromTill))
  expect(lastReport(till, 'xReport').refunds).toEqual(refunds)
})

test('an administrator’s word on a refund stands on the Z report, with the amount that went back', async () => {
  const till = await started({}, withRefundAt(uncertain))
  must(await till.ask.refund.settleByHand({ ...evidence, evidence: 'Phone', pin: '1234' }, fromTill))
  must(await count(till, 100_000))
  must(await close(till))
  const report = lastReport(till, 'zReport')
  expect(report.settledByHand).toMatchObject([{ as: 'refunded', amountMinor: -2500, by: 'Administrator' }])
  expect(report.sales.tenders).toMatchObject([{ kind: 'seqr', amountMinor: -2500 }])
  expect(report.refunds).toEqual({ uncertain: { count: 0, amountMinor: 0 }, stuck: 0 })
  const [paper] = await till.ask.paper.recent(undefined, fromTill)
  const shown = await till.ask.paper.show({ jobId: paper?.id ?? '' }, fromTill)
  expect(JSON.stringify(shown?.paper)).toContain('SEQR settled by hand as refunded')
})

test('what ends between two shifts stands on the next Z report: its receipt, its money and the word for it', async () => {
  const till = await started({}, withRefundAt(uncertain))
  const { ask, storage } = till
  must(await count(till, 100_000))
  must(await close(till))
  must(await ask.session.signIn({ userId: 'practice-administrator', pin: '1234' }, fromTill))
  must(await ask.refund.settleByHand({ ...evidence, evidence: 'Phone', pin: '1234' }, fromTill))
  expect(receiptsInState(storage.read, ['completed'])).toHaveLength(2)
  const coming = storage.transaction((db) => presentShiftId(db, () => 'another'))
  must(await ask.shift.open({ floatMinor: 0 }, fromTill))
  expect(openShift(storage.read)?.id).toBe(coming)
  must(await count(till, 0))
  must(await close(till))
  const report = lastReport(till, 'zReport')
  expect(report.sales).toMatchObject({ refunds: 1, returnedMinor: -2500, firstNumber: 2 })
  expect(report.settledByHand).toMatchObject([{ as: 'refunded' }])
})

test('the Z reports cover the whole journal: each begins where the one before ended', async () => {
  const till = await started()
  const { ask } = till
  const covered: ShiftReport['journal'][] = []
  for (const round of [1, 2, 3]) {
    if (round > 1) {
      must(await ask.session.signIn({ userId: 'practice-cashier', pin: '1111' }, fromTill))
      must(await ask.shift.open({ floatMinor: 100_000 }, fromTill))
    }
    must(await count(till, 100_000))
    must(await close(till))
    covered.push(lastReport(till, 'zReport').journal)
  }
  expect(covered[0]?.fromSeq).toBe(1)
  for (const [at, { toSeq }] of covered.slice(0, -1).entries())
    expect(covered[at + 1]?.fromSeq).toBe(toSeq + 1)
})

test('a receipt on the screen has to be finished, parked or canceled before the shift is closed', async () => {
  const till = await started()
  const row = { name: 'Goods', priceMinor: 100, vatBasisPoints: 2500, articleId: null }
  must(await till.ask.sale.addOpenRow(row, fromTill))
  must(await count(till, 100_000))
  const { closing } = must(await till.ask.shift.closing(undefined, fromTill))
  expect(closing.hindrances).toEqual([{ kind: 'receiptOpen' }])
  expect(await close(till)).toMatchObject({ ok: false, problem: 'hindered' })
})

test('parked receipts are carried over when that is confirmed, and are paid in the next shift', async () => {
  const till = await started()
  const { ask } = till
  const row = { name: 'Goods', priceMinor: 5_000, vatBasisPoints: 2500, articleId: null }
  must(await ask.sale.addOpenRow(row, fromTill))
  must(await ask.sale.park({ name: 'Table 4' }, fromTill))
  must(await count(till, 100_000))
  expect(await close(till)).toMatchObject({ ok: false, problem: 'parkedReceipts' })
  must(await close(till, true))
  expect(lastReport(till, 'zReport').parked).toBe(1)
  must(await ask.session.signIn({ userId: 'practice-cashier', pin: '1111' }, fromTill))
  must(await ask.shift.open({ floatMinor: 0 }, fromTill))
  const [parked] = await ask.sale.parked(undefined, fromTill)
  must(await ask.sale.resume({ receiptId: parked?.receiptId ?? '' }, fromTill))
  must(await ask.sale.payCash({ receiptId: parked?.receiptId ?? '', givenMinor: 5_000 }, fromTill))
  must(await count(till, 5_000))
  expect(must(await close(till)).differenceMinor).toBe(0)
  expect(lastReport(till, 'zReport')).toMatchObject({ number: 2, sales: { sales: 1, soldMinor: 5_000 } })
})

test('X and Z reports are numbered each on their own, without a gap, and a shift without sales can be closed', async () => {
  const till = await started()
  const { ask } = till
  expect(must(await ask.shift.xReport(undefined, fromTill)).number).toBe(1)
  expect(must(await ask.shift.xReport(undefined, fromTill)).number).toBe(2)
  must(await count(till, 100_000))
  expect(must(await close(till)).number).toBe(1)
  must(await ask.session.signIn({ userId: 'practice-cashier', pin: '1111' }, fromTill))
  must(await ask.shift.open({ floatMinor: 0 }, fromTill))
  expect(must(await ask.shift.xReport(undefined, fromTill)).number).toBe(3)
  must(await count(till, 0))
  expect(must(await close(till)).number).toBe(2)
  expect(lastReport(till, 'zReport').drawerOpenings).toBe(0)
})

test('a report can be printed again as a copy, also when its shift is over, and the copy is on record', async () => {
  const till = await started()
  const { ask } = till
  must(await ask.shift.xReport(undefined, fromTill))
  must(await count(till, 100_100))
  must(await close(till))
  expect(await ask.shift.reports(undefined, fromTill)).toMatchObject({ rule: 'signedOut' })
  must(await ask.session.signIn({ userId: 'practice-cashier', pin: '1111' }, fromTill))
  const { reports } = must(await ask.shift.reports(undefined, fromTill))
  expect(reports).toMatchObject([
    { kind: 'z', number: 1, differenceMinor: 100 },
    { kind: 'x', number: 1, differenceMinor: null },
  ])
  const { jobId, title } = must(await ask.shift.copyReport({ seq: reports[0]?.seq ?? 0 }, fromTill))
  expect(title).toBe('Z REPORT 1')
  const shown = await ask.paper.show({ jobId }, fromTill)
  expect(shown?.job.copy).toBe(true)
  expect(JSON.stringify(shown?.paper)).toContain('COPY')
  expect(findJournal(till.storage.read, { kinds: ['copyPrinted'], limit: 1 })).toHaveLength(1)
  expect(await ask.shift.copyReport({ seq: 1 }, fromTill)).toMatchObject({ reason: 'notFound' })
})

test('nothing is closed without its right, without a person or without a shift', async () => {
  const till = await started()
  const { ask } = till
  must(await count(till, 100_000))
  must(await close(till))
  expect(await close(till)).toMatchObject({ rule: 'signedOut' })
  must(await ask.session.signIn({ userId: 'practice-cashier', pin: '1111' }, fromTill))
  expect(await close(till)).toMatchObject({ rule: 'noShift' })
  expect(await ask.shift.openDrawer({ reason: 'Change' }, fromTill)).toMatchObject({ rule: 'noShift' })
})

test('opening the drawer without a sale needs a right, a reason and a drawer, and is on record', async () => {
  const printer = keepingPrinter()
  const till = await started({ printer })
  const { ask } = till
  expect(await ask.shift.openDrawer({ reason: 'Change' }, fromTill)).toMatchObject({
    reason: 'needsPermission',
    permission: 'openDrawer',
  })
  must(await ask.session.unlock({ pin: '1234' }, fromTill))
  must(await ask.shift.openDrawer({ reason: 'Change' }, fromTill))
  const [entry] = findJournal(till.storage.read, { kinds: ['drawerOpened'], limit: 1 })
  expect(entry?.body).toMatchObject({ reason: 'Change', by: 'Alva', allowedBy: 'Administrator' })
  await expect.poll(() => printer.jobs.length).toBe(1)
  expect(Array.from(printer.jobs[0] ?? []).slice(0, 2)).toEqual([0x1b, 0x70])
  must(await ask.shift.xReport(undefined, fromTill))
  expect(lastReport(till, 'xReport').drawerOpenings).toBe(1)
})

test('a till without a printer says that it cannot open the drawer', async () => {
  const { ask } = await started()
  must(await ask.session.unlock({ pin: '1234' }, fromTill))
  expect(await ask.shift.openDrawer({ reason: 'Change' }, fromTill)).toMatchObject({ problem: 'noDrawer' })
})

const act = fc.oneof(
  fc.record({
    do: fc.constant('sell' as const),
    priceMinor: fc.integer({ min: 1, max: 99_999 }),
    more: fc.nat(50_000),
  }),
  fc.record({ do: fc.constant('card' as const), priceMinor: fc.integer({ min: 1, max: 99_999 }) }),
  fc.record({
    do: fc.constant('move' as const),
    kind: fc.constantFrom('in' as const, 'out' as const, 'drop' as const),
    amountMinor: fc.integer({ min: 1, max: 99_999 }),
  }),
  fc.record({ do: fc.constant('return' as const), priceMinor: fc.integer({ min: 1, max: 20_000 }) }),
)

test('whatever happens in a shift, each minor unit in the drawer and on the report is explained', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const till = await startedRegister()
      const { ask } = till
      for (const each of acts) {
        if (each.do === 'move') {
          const { kind, amountMinor } = each
          must(await ask.shift.moveCash({ kind, amountMinor, reason: 'Because' }, fromTill))
          continue
        }
        const { priceMinor } = each
        must(
          await ask.sale.addOpenRow(
            { name: 'A', priceMinor, vatBasisPoints: 1200, articleId: null },
            fromTill,
          ),
        )
        const { receipt } = await ask.sale.current(undefined, fromTill)
        const receiptId = receipt?.id ?? ''
        if (each.do === 'card')
          must(
            await ask.sale.payOther(
              { receiptId, tenderTypeId: 'card', amountMinor: priceMinor, reference: '' },
              fromTill,
            ),
          )
        else if (each.do === 'sell')
          must(await ask.sale.payCash({ receiptId, givenMinor: priceMinor + 50 + each.more }, fromTill))
        else {
          const rowId = receipt?.rows[0]?.id ?? ''
          must(await ask.sale.setQuantity({ rowId, quantityThousandths: -1000 }, fromTill))
          must(await ask.sale.giveBack({ receiptId }, fromTill))
        }
      }
      must(await ask.shift.xReport(undefined, fromTill))
      const report = lastReport(till, 'xReport')
      const receipts = receiptsInState(till.storage.read, ['completed'])
      const cash = receipts
        .flatMap(({ tenders }) => tenders)
        .filter(({ kind }) => kind === 'cash' || kind === 'change')
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      const moved = acts.reduce(
        (sum, each) => (each.do === 'move' ? sum + (each.kind === 'in' ? 1 : -1) * each.amountMinor : sum),
        0,
      )
      expect(report.expectedMinor).toBe(100_000 + cash + moved)
      expect(expectedCash(report.drawer)).toBe(report.expectedMinor)
      expect(salesAddUp(report.sales)).toBe(true)
      expect(report.sales.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
        receipts.reduce((sum, receipt) => sum + paidOf(receipt), 0),
      )
      await till.stop()
    }),
    { numRuns: 12 },
  )
}, 60_000)
