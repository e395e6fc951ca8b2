import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Receipt } from '../../app/domain/receipt.ts'
import { sandboxReseller, startSeqrSandbox } from '../sandbox/seqr/seqr-server.ts'
import type { Answer, SeqrService } from '../seqr/service.ts'
import { wsdl } from '../seqr/soap/scripted-server.fake.ts'
import { findJournal } from '../storage/journal.ts'
import { verifyJournal } from '../storage/journal-verify.ts'
import type { Storage } from '../storage/open.ts'
import { dueOutbox } from '../storage/outbox.ts'
import { receiptById, refundsOf } from '../storage/receipts.ts'
import { seqrRefundHistory } from '../storage/seqr-refunds.ts'
import { drawerTotals } from '../storage/reports.ts'
import { openShift } from '../storage/shifts.ts'
import type { RefundTill } from './refunds.fake.ts'
import { coffees, diskWith, practiceShop, refundTill } from './refunds.fake.ts'

const clock = { nowMs: Date.UTC(2026, 10, 21, 9) }
const sandbox = await startSeqrSandbox({ wsdl, now: () => clock.nowMs })
const shop = await practiceShop(sandbox, sandboxReseller, clock)
afterAll(() => sandbox.close())
beforeEach(() => sandbox.faults.clear())

const started = (storage = diskWith()): RefundTill => refundTill(shop, storage)

function begin({ ask }: RefundTill, sale: Receipt, pieces: number, moneyMinor = pieces * 2500) {
  const rows = [{ rowId: 'coffee', quantityThousandths: pieces * 1000 }]
  return ask.start({ receiptId: sale.id, rows, first: null, refundId: randomUUID(), moneyMinor })
}

/** Waits until no refund of this till is on its way to SEQR. */
async function quiet({ refunds }: RefundTill): Promise<void> {
  await expect.poll(() => refunds.open().filter(({ stage }) => stage.name === 'sending')).toEqual([])
}

const phases = ({ refunds }: RefundTill) => refunds.view().open.map(({ phase }) => phase)

const journalled = (storage: Storage) =>
  findJournal(storage.read, { kinds: ['seqrRefund'], limit: 50 }).map(
    ({ body }) => body as { ersReference: string },
  )

test('SEQR rule: partly and again, each with its reference, and never more than the payment', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  expect(await begin(till, sale, 1)).toMatchObject({ ok: true })
  await quiet(till)
  expect(await begin(till, sale, 2)).toMatchObject({ ok: true })
  await quiet(till)
  expect(await begin(till, sale, 1)).toMatchObject({ ok: false, problem: 'moreThanLeft' })
  const reference = sale.tenders[0]?.kind === 'seqr' ? sale.tenders[0].ersReference : ''
  expect(shop.refunded().filter(([of]) => of === reference)).toEqual([
    [reference, 2500],
    [reference, 5000],
  ])
  const receipts = refundsOf(till.storage.read, sale.id)
  expect(receipts.map(({ number, state }) => [number, state])).toEqual([
    [2, 'completed'],
    [3, 'completed'],
  ])
  expect(journalled(till.storage).map(({ ersReference }) => ersReference)).toHaveLength(2)
  expect(verifyJournal(till.storage.read).ok).toBe(true)
})

test('the refund’s receipt goes to SEQR as well (submitPaymentReceipt), under the refund’s own reference', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  await begin(till, sale, 3)
  await quiet(till)
  const { ersReference } = journalled(till.storage)[0] ?? { ersReference: '' }
  const [refund] = refundsOf(till.storage.read, sale.id)
  expect(refund?.tenders).toMatchObject([{ kind: 'seqr', amountMinor: -7500, ersReference }])
  expect(dueOutbox(till.storage.read, shop.clock.nowMs).map(({ body }) => body)).toContainEqual({
    ersReference,
    receiptId: refund?.id,
  })
})

test('cash goes back out of the drawer, rounded; other tenders are recorded', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage, 5000)
  await begin(till, sale, 3)
  await quiet(till)
  const [refund] = refundsOf(till.storage.read, sale.id)
  expect(refund?.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['seqr', -5000],
    ['cash', -2500],
  ])
  expect(drawerTotals(till.storage.read, openShift(till.storage.read)?.id ?? '').refundedMinor).toBe(-2500)
})

test('cash is not given back before SEQR has said yes', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage, 5000)
  sandbox.faults.add({ operation: 'refundPayment', fault: 'dropAfter' })
  await begin(till, sale, 3)
  await quiet(till)
  expect(phases(till)).toEqual(['uncertain'])
  expect(refundsOf(till.storage.read, sale.id)[0]).toMatchObject({ state: 'open', tenders: [] })
})

test('a second press of the same button begins nothing new', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  const rows = [{ rowId: 'coffee', quantityThousandths: 1000 }]
  const press = { receiptId: sale.id, rows, first: null, refundId: randomUUID(), moneyMinor: 2500 }
  await till.ask.start(press)
  expect(await till.ask.start(press)).toEqual({ ok: true, receiptId: press.refundId })
  await quiet(till)
  expect(refundsOf(till.storage.read, sale.id)).toHaveLength(1)
})

test('what the screen showed must still be so when the button is pressed', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  expect(await begin(till, sale, 1, 2400)).toMatchObject({ ok: false, problem: 'changed' })
})

test.each([
  [23, 'refused'],
  [97, 'refused'],
  [98, 'refused'],
  [99, 'refused'],
  [90, 'uncertain'],
  [93, 'uncertain'],
  [94, 'uncertain'],
  [777, 'uncertain'],
])('result code %i: the refund is %s', async (code, phase) => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  sandbox.faults.add({ operation: 'refundPayment', fault: 'refuse', code })
  await begin(till, sale, 1)
  await quiet(till)
  expect(till.refunds.view().open).toMatchObject([{ phase, seqr: { code } }])
})

test('a refund without an answer is never sent again: not by the till, and not by pressing', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  sandbox.faults.add({ operation: 'refundPayment', fault: 'dropAfter' })
  await begin(till, sale, 1)
  await quiet(till)
  const before = shop.refunded().length
  const [view] = till.refunds.view().open
  const receiptId = view?.receiptId ?? ''
  expect(view?.phase).toBe('uncertain')
  const refused = { ok: false, problem: 'refundOpen' }
  expect(await till.ask.tryAgain({ receiptId })).toMatchObject(refused)
  expect(await till.ask.inCash({ receiptId })).toMatchObject(refused)
  expect(await till.ask.giveUp({ receiptId, reason: 'tired' })).toMatchObject(refused)
  expect(await begin(till, sale, 3)).toMatchObject({ ok: false, problem: 'moreThanLeft' })
  expect(shop.refunded()).toHaveLength(before)
})

test('an administrator settles a refund without an answer, with reason and evidence, on record', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  sandbox.faults.add({ operation: 'refundPayment', fault: 'dropAfter' })
  await begin(till, sale, 1)
  await quiet(till)
  const receiptId = till.refunds.view().open[0]?.receiptId ?? ''
  const word = {
    receiptId,
    as: 'refunded',
    ersReference: '',
    reason: 'No answer',
    evidence: 'Phone says 25.00',
  } as const
  expect(await till.ask.settleByHand({ ...word, pin: '0000' })).toMatchObject({ reason: 'pin' })
  expect(await till.ask.settleByHand({ ...word, pin: '1234' })).toEqual({ ok: true })
  expect(receiptById(till.storage.read, receiptId)).toMatchObject({
    state: 'completed',
    tenders: [{ kind: 'seqr', ersReference: '', settledByHand: true }],
  })
  expect(findJournal(till.storage.read, { kinds: ['settledByHand'], limit: 1 })[0]?.body).toMatchObject({
    as: 'refunded',
    by: 'Erik',
    amountMinor: -2500,
    evidence: 'Phone says 25.00',
  })
  expect(await till.ask.settleByHand({ ...word, pin: '1234' })).toMatchObject({
    problem: 'alreadyFinal',
  })
})

test('after "it did not happen" the money goes back once more by SEQR, or in cash, or not at all', async () => {
  const till = started()
  const sale = await coffees(shop, till.storage)
  const lose = async () => {
    sandbox.faults.add({ operation: 'refundPayment', fault: 'dropBefore' })
    await begin(till, sale, 1)
    await quiet(till)
    const receiptId = till.refunds.view().open[0]?.receiptId ?? ''
    const word = {
      receiptId,
      as: 'notRefunded',
      ersReference: '',
      reason: 'No answer',
      evidence: 'SEQR says no',
    } as const
    await till.ask.settleByHand({ ...word, pin: '1234' })
    expect(phases(till)).toEqual(['notRefunded'])
    return receiptId
  }
  await till.ask.tryAgain({ receiptId: await lose() })
  await quiet(till)
  expect(till.refunds.view()).toMatchObject({ open: [], last: { phase: 'finished' } })
  const inCash = await lose()
  await till.ask.inCash({ receiptId: inCash })
  expect(receiptById(till.storage.read, inCash)?.tenders).toMatchObject([
    { kind: 'cash', amountMinor: -2500 },
  ])
  const givenUp = await lose()
  await till.ask.giveUp({ receiptId: givenUp, reason: 'Customer left' })
  expect(receiptById(till.storage.read, givenUp)?.state).toBe('canceled')
  expect(await till.ask.open({ receiptId: sale.id })).toMatchObject({
    sale: { leftMinor: 2500 },
  })
})

test('without a connection nothing is sent, and it may be tried again', async () => {
  const away: SeqrService = {
    ...shop.service,
    refundPayment: () => Promise.resolve({ kind: 'noAnswer', reason: 'unreachable', detail: '' }),
  }
  const storage = diskWith()
  const sale = await coffees(shop, storage)
  const till = refundTill({ ...shop, service: away }, storage)
  await begin(till, sale, 1)
  await quiet(till)
  expect(phases(till)).toEqual(['notSent'])
  const back = started(storage)
  await back.ask.tryAgain({ receiptId: back.refunds.view().open[0]?.receiptId ?? '' })
  await quiet(back)
  expect(back.refunds.view().open).toEqual([])
})

test('a till without a terminal, and a cashier without the right, refund nothing by SEQR', async () => {
  const storage = diskWith()
  const sale = await coffees(shop, storage)
  const none = refundTill(shop, storage, { login: null })
  expect(await begin(none, sale, 1)).toMatchObject({ rule: 'noTerminal' })
  const lacking = refundTill(shop, storage, { may: false })
  expect(await begin(lacking, sale, 1)).toMatchObject({ reason: 'needsPermission', permission: 'refund' })
})

/** A service that photographs the disk when a question reaches it, and once more before its answer gets back. */
function photographed(storage: Storage, photos: Map<string, Uint8Array>): SeqrService {
  return {
    ...shop.service,
    async refundPayment(...asked): Promise<Answer<{ ersReference: string }>> {
      photos.set('sent, not yet read by SEQR', storage.bytes())
      const answer = await shop.service.refundPayment(...asked)
      photos.set('done by SEQR, not yet answered', storage.bytes())
      return answer
    },
  }
}

const boundaries = [
  'before the refund',
  'on disk, not yet sent',
  'sent, not yet read by SEQR',
  'done by SEQR, not yet answered',
  'answer on disk',
] as const

test.each(boundaries)(
  'the till is killed: %s. It never refunds twice, and never forgets',
  async (boundary) => {
    const storage = diskWith()
    const sale = await coffees(shop, storage)
    const photos = new Map<string, Uint8Array>()
    const till = refundTill({ ...shop, service: photographed(storage, photos) }, storage)
    photos.set('before the refund', storage.bytes())
    await begin(till, sale, 1)
    await quiet(till)
    photos.set('answer on disk', storage.bytes())
    // Between the commit and the call the disk is as it is in the call.
    // Between the commit and the call the disk is as it is in the call.
    photos.set('on disk, not yet sent', photos.get('sent, not yet read by SEQR') ?? storage.bytes())
    const reference = sale.tenders[0]?.kind === 'seqr' ? sale.tenders[0].ersReference : ''
    const booked = () => shop.refunded().filter(([of]) => of === reference).length
    expect(booked()).toBe(1)

    const again = started(diskWith(photos.get(boundary)))
    await quiet(again)
    const [open] = again.refunds.view().open
    const [receipt] = refundsOf(again.storage.read, sale.id)
    if (boundary === 'before the refund') {
      expect(receipt).toBeUndefined()
      return
    }
    expect(booked()).toBe(1)
    if (boundary === 'answer on disk') {
      expect(receipt).toMatchObject({ state: 'completed', number: 2 })
      return
    }
    expect(open).toMatchObject({ phase: 'uncertain', seqr: { doubt: 'tillRestarted' } })
    expect(seqrRefundHistory(again.storage.read, open?.seqr?.refundId ?? '')).toMatchObject([
      { to: 'uncertain' },
    ])
    const subjectId = open?.seqr?.refundId ?? ''
    const found = { kind: 'refundFound', subjectId, ersReference: 'R-from-report' } as never
    again.storage.transaction(() => again.refunds.settleByReport([found]))
    expect(refundsOf(again.storage.read, sale.id)).toMatchObject([
      { state: 'completed', tenders: [{ ersReference: 'R-from-report', settledByHand: false }] },
    ])
    expect(booked()).toBe(1)
    expect(verifyJournal(again.storage.read).ok).toBe(true)
  },
)
