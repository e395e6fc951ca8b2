/** Preliminary payments (SEQR, "Preliminary payments"): every way a reservation can go, and what the cashier sees of it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ScriptedShop } from './simulation/scripted-shop.fake.ts'
import { scriptedShop } from './simulation/scripted-shop.fake.ts'

let shop: ScriptedShop
beforeEach(() => {
  shop = scriptedShop()
})
afterEach(() => shop.close())

const from = { screen: 'till' } as const
const operations = () => shop.asked.map((one) => one.operation)
const countOf = (operation: string) => operations().filter((one) => one === operation).length
const held = () => shop.till().payments.view().reservations
const ended = () => shop.till().payments.view().endedReservations
const stageOf = (paymentId: string) => shop.till().payments.record(paymentId)?.stage.name

/** A reservation that the buyer has confirmed, its dialog closed. */
async function reserve(amountMinor = 9000, minutes = 10): Promise<{ paymentId: string; reference: string }> {
  const started = await shop.till().reservations.start({ label: 'Pump 3', amountMinor, minutes }, from)
  if (!started.ok) throw new Error(JSON.stringify(started))
  const { paymentId } = started
  await shop.pass(300)
  const reference = shop.buyerPays()
  await shop.pass(1500)
  expect(await shop.till().acts.dismiss({ paymentId }, from)).toEqual({ ok: true })
  return { paymentId, reference }
}

const complete = (paymentId: string, receiptId: string, amountMinor: number) =>
  shop.till().reservations.complete({ paymentId, receiptId, amountMinor }, from)

test('it is polled each second until RESERVED, and then left in peace until its time is out', async () => {
  const started = await shop
    .till()
    .reservations.start({ label: 'Pump 3', amountMinor: 9000, minutes: 10 }, from)
  const paymentId = started.ok ? started.paymentId : ''
  await shop.pass(5000)
  expect(countOf('status')).toBeGreaterThanOrEqual(4)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
  expect(held()).toEqual([])
  shop.buyerPays()
  await shop.pass(1500)
  const [invoice] = shop.book.view().invoices
  expect(invoice).toMatchObject({ status: 'RESERVED' })
  const polls = countOf('status')
  await shop.pass(9 * 60_000)
  expect(countOf('status')).toBe(polls)
  expect(held()).toMatchObject([{ label: 'Pump 3', phase: 'reserved', amountMinor: 9000 }])
  expect(shop.journal('reservation')).toMatchObject([{ act: 'reserved', reservedMinor: 9000 }])
  expect(shop.journal('sale')).toEqual([])
})

test('less than reserved is taken with the final rows, receipted, journaled once and copied to SEQR', async () => {
  const { paymentId, reference } = await reserve()
  const receiptId = shop.ringUp(3500)
  shop.ringUp(500)
  expect(await complete(paymentId, receiptId, 4000)).toEqual({ ok: true })
  await shop.pass(2500)
  expect(operations().slice(-4)).toEqual(['update', 'commit', 'status', 'receipt'])
  expect(shop.receipt(receiptId)).toMatchObject({
    state: 'completed',
    tenders: [{ kind: 'seqr', amountMinor: 4000 }],
  })
  expect(shop.journal('seqrPayment')).toMatchObject([{ amountMinor: 4000, invoiceReference: reference }])
  expect(shop.book.view().payments).toMatchObject([{ amountMinor: 4000 }])
  expect(held()).toEqual([])
})

test('a final amount above the reserved one is refused; the rest is paid by another tender', async () => {
  const { paymentId } = await reserve(5000)
  const receiptId = shop.ringUp(8000)
  expect(await complete(paymentId, receiptId, 5001)).toMatchObject({ problem: 'moreThanReserved' })
  expect(await complete(paymentId, receiptId, 5000)).toEqual({ ok: true })
  await shop.pass(2500)
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'open' })
  void shop.till().sale.handlers.payCash({ receiptId, givenMinor: 3000 }, from)
  expect(shop.receipt(receiptId)).toMatchObject({
    state: 'completed',
    tenders: [{ kind: 'seqr', amountMinor: 5000 }, { kind: 'cash' }],
  })
})

test.each([
  ['the answer to the commit is lost', 'answerLost', 1],
  ['the commit never arrives', 'lost', 2],
  ['the connection breaks after the commit', 'resetAfter', 1],
  ['half an answer comes back', 'garbledAfter', 1],
] as const)('%s: the status decides, and it is recorded once', async (_, fate, commits) => {
  const { paymentId } = await reserve()
  const receiptId = shop.ringUp(4000)
  shop.next('commit', fate)
  expect(await complete(paymentId, receiptId, 4000)).toEqual({ ok: true })
  await shop.pass(9000)
  expect(countOf('commit')).toBe(commits)
  expect(stageOf(paymentId)).toBe('paid')
  expect(shop.journal('seqrPayment')).toHaveLength(1)
  expect(shop.receipt(receiptId)?.tenders).toHaveLength(1)
})

test('while nobody answers the commit is neither taken nor given up, over a restart too', async () => {
  const { paymentId } = await reserve()
  const receiptId = shop.ringUp(4000)
  shop.next('commit', 'answerLost')
  shop.next('status', ...Array.from({ length: 12 }, () => 'unreachable' as const))
  await complete(paymentId, receiptId, 4000)
  await shop.pass(8000)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'completing', canCancel: false, canSetAside: true })
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'open', tenders: [] })
  await shop.till().acts.setAside({ paymentId }, from)
  await shop.restartAfter(1000)
  await shop.pass(15_000)
  expect(ended()).toMatchObject([{ id: paymentId, phase: 'paid', finalMinor: 4000 }])
  expect(countOf('commit')).toBe(1)
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'completed' })
  expect(shop.journal('seqrPayment')).toHaveLength(1)
})

test('96: the service has let it lapse, whatever the till’s clock says: nothing is paid and the receipt stays open', async () => {
  const { paymentId, reference } = await reserve()
  shop.book.lapse(reference)
  expect(held()).toHaveLength(1)
  const receiptId = shop.ringUp(4000)
  await complete(paymentId, receiptId, 4000)
  await shop.pass(2500)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'lapsed', receiptId })
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'open', tenders: [] })
  expect(shop.journal('seqrPayment')).toEqual([])
  expect(shop.journal('reservation')).toMatchObject([
    { act: 'lapsed' },
    { act: 'completing' },
    { act: 'reserved' },
  ])
  void shop.till().sale.handlers.payCash({ receiptId, givenMinor: 4000 }, from)
  expect(shop.receipt(receiptId)?.state).toBe('completed')
})

test('a till whose clock is ahead asks the service, and takes its word that the money is still held', async () => {
  const { paymentId } = await reserve(9000, 10)
  shop.skew.ms = 11 * 60_000
  await shop.pass(10_000)
  expect(stageOf(paymentId)).toBe('reserved')
  const receiptId = shop.ringUp(4000)
  await complete(paymentId, receiptId, 4000)
  await shop.pass(2500)
  expect(shop.receipt(receiptId)?.state).toBe('completed')
})

test('one that lapses while others are served stays on the list until somebody has read it, over a restart too', async () => {
  const { paymentId } = await reserve(9000, 1)
  await shop.pass(90_000)
  expect(held()).toEqual([])
  expect(ended()).toMatchObject([{ id: paymentId, label: 'Pump 3', phase: 'lapsed' }])
  expect(shop.till().payments.view()).toMatchObject({ current: null, open: [] })
  await shop.restartAfter(1000)
  expect(ended()).toMatchObject([{ id: paymentId, phase: 'lapsed' }])
  expect(await shop.till().acts.dismiss({ paymentId }, from)).toEqual({ ok: true })
  expect(ended()).toEqual([])
  await shop.restartAfter(1000)
  expect(ended()).toEqual([])
  expect(shop.journal('seqrPayment')).toEqual([])
})

test('a buyer who declines leaves nothing on the list of reservations', async () => {
  const started = await shop
    .till()
    .reservations.start({ label: 'Pump 3', amountMinor: 9000, minutes: 10 }, from)
  const paymentId = started.ok ? started.paymentId : ''
  await shop.pass(300)
  shop.book.decline(shop.book.view().invoices[0]?.invoiceReference ?? '')
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('canceled')
  expect([...held(), ...ended()]).toEqual([])
  expect(shop.journal('reservation')).toEqual([])
})

test('a released reservation is never a sale, also when the answer to the cancel is lost', async () => {
  const { paymentId } = await reserve()
  shop.next('cancel', 'answerLost')
  expect(await shop.till().acts.cancel({ paymentId }, from)).toEqual({ ok: true })
  await shop.pass(9000)
  expect(stageOf(paymentId)).toBe('canceled')
  expect(shop.book.view().invoices).toMatchObject([{ status: 'CANCELED' }])
  expect(shop.journal('seqrPayment')).toEqual([])
})

test('a final amount that SEQR refuses leaves the money held, the reason told and the receipt free', async () => {
  const { paymentId } = await reserve()
  const receiptId = shop.ringUp(4000)
  shop.next('commit', ['refused', 11])
  await complete(paymentId, receiptId, 4000)
  await shop.pass(1500)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'reserved', amountMinor: 9000, refusal: { code: 11 } })
  expect(held()).toHaveLength(1)
  void shop.till().sale.handlers.payCash({ receiptId, givenMinor: 4000 }, from)
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'completed', tenders: [{ kind: 'cash' }] })
})

test('one that rested for hours is asked about anew: its silence and its seconds begin with the press', async () => {
  const { paymentId } = await reserve(9000, 600)
  await shop.pass(3 * 3_600_000)
  const receiptId = shop.ringUp(4000)
  shop.next('update', 'unreachable', 'unreachable')
  const atMs = shop.till().desk.clock.now()
  await complete(paymentId, receiptId, 4000)
  expect(shop.view(paymentId)).toMatchObject({
    phase: 'completing',
    roundStartedAtMs: atMs,
    lastAnswerAtMs: null,
  })
})
