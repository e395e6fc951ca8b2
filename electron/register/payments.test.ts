import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outboxCounts } from '../storage/outbox.ts'
import { people } from './simulation/till.ts'
import type { ScriptedShop } from './simulation/scripted-shop.fake.ts'
import { scriptedShop } from './simulation/scripted-shop.fake.ts'

let shop: ScriptedShop
beforeEach(() => {
  shop = scriptedShop()
})
afterEach(() => shop.close())

const from = { screen: 'till' } as const
const operations = () => shop.asked.map((one) => one.operation)

test('PAID books the tender, finishes the receipt and queues its copy for SEQR, all at once', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(500)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'paid', echoedMinor: 5000 })
  expect(shop.receipt(receiptId)).toMatchObject({
    state: 'completed',
    number: 1,
    tenders: [{ kind: 'seqr', amountMinor: 5000 }],
  })
  expect(shop.journal('seqrPayment')).toMatchObject([
    { amountMinor: 5000, description: 'SEQR payment', tender: 'booked' },
  ])
  expect(shop.journal('sale')).toHaveLength(1)
  expect(operations()).toContain('receipt')
})

test('SEQR rule: a receipt copy that SEQR does not take undoes nothing, and is sent until it is taken', async () => {
  shop.next('receipt', 'resetAfter', ['refused', 90], ['refused', 93])
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('paid')
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'completed', number: 1 })
  expect(outboxCounts(shop.storage.read)).toEqual({ waiting: 1, needPerson: 0 })
  await shop.pass(60_000)
  expect(operations().filter((one) => one === 'receipt')).toHaveLength(4)
  expect(outboxCounts(shop.storage.read)).toEqual({ waiting: 0, needPerson: 0 })
  expect(shop.receipt(receiptId)?.tenders).toMatchObject([{ kind: 'seqr', amountMinor: 5000 }])
  expect(shop.journal('seqrPayment')).toHaveLength(1)
})

test('a lower amount leaves the rest to another tender; a higher one is given back in cash', async () => {
  const part = shop.ringUp(5000)
  shop.start(part, 2000)
  await shop.pass(300)
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.receipt(part)).toMatchObject({ state: 'open' })
  void shop.till().sale.handlers.payCash({ receiptId: part, givenMinor: 3000 }, from)
  expect(shop.receipt(part)?.state).toBe('completed')
  const over = shop.ringUp(5000)
  shop.start(over, 9000)
  await shop.pass(300)
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.receipt(over)).toMatchObject({
    state: 'completed',
    tenders: [{ kind: 'seqr' }, { kind: 'change', amountMinor: -4000 }],
  })
})

test('SEQR rule: invoiceVersion is 0 at first, and then always the latest that was received, over a restart too', async () => {
  const asked = vi.spyOn(shop.book, 'getPaymentStatus')
  const paymentId = shop.start(shop.ringUp(5000), 5000)
  await shop.pass(2500)
  await shop.restartAfter(3000)
  await shop.pass(1500)
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('paid')
  const received = asked.mock.results.map(({ value }) => (value as { version?: number }).version)
  expect(received.length).toBeGreaterThan(4)
  expect(asked.mock.calls.map(([{ invoiceVersion }]) => invoiceVersion)).toEqual(
    [0, ...received.slice(0, -1)].map(String),
  )
})

test('a lost answer while sending is sent again under the same number, and the cashier is told what may be there', async () => {
  shop.next('send', 'answerLost')
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(6050)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'sending', mayExist: true })
  await shop.pass(1000)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'askCustomer', mayExist: false })
  expect(new Set(shop.asked.map((one) => one.clientInvoiceId)).size).toBe(1)
  expect(shop.book.view().invoices.map((one) => one.status)).toEqual(['CANCELED', 'ISSUED'])
})

test('polling goes on behind the question of 30 seconds, and PAID then is taken', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(45_000)
  expect(operations().filter((one) => one === 'status').length).toBeGreaterThanOrEqual(44)
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('paid')
  expect(shop.receipt(receiptId)?.state).toBe('completed')
})

test('the computer’s clock set back an hour: the 30 seconds go on, polling too, and silence is told as silence', async () => {
  const paymentId = shop.start(shop.ringUp(5000), 5000)
  await shop.pass(10_000)
  shop.skew.ms = -3_600_000
  await shop.pass(1500)
  const wallMs = () => shop.till().desk.clock.now()
  const view = () => shop.view(paymentId)
  expect(wallMs() - (view()?.roundStartedAtMs ?? 0)).toBe(11_500)
  expect(wallMs() - (view()?.startedAtMs ?? 0)).toBe(11_500)
  expect(wallMs() - (view()?.lastAnswerAtMs ?? 0)).toBeLessThan(1500)
  void shop.till().acts.tryAgain({ paymentId }, from)
  expect(view()).toMatchObject({ roundStartedAtMs: wallMs(), attempt: 2 })
  shop.next('status', ...Array.from({ length: 40 }, () => 'unreachable' as const))
  shop.skew.ms = -7_200_000
  await shop.pass(31_000)
  expect(wallMs() - (view()?.lastAnswerAtMs ?? 0)).toBeGreaterThan(30_000)
  expect(wallMs() - (view()?.lastAnswerAtMs ?? 0)).toBeLessThan(33_000)
  shop.next('status')
  shop.buyerPays()
  await shop.pass(2000)
  expect(view()?.phase).toBe('paid')
})

test('set ahead an hour, the clock brings the question at once, and changes nothing else', async () => {
  const paymentId = shop.start(shop.ringUp(5000), 5000)
  await shop.pass(10_000)
  shop.skew.ms = 3_600_000
  await shop.pass(5000)
  expect(operations().filter((one) => one === 'status').length).toBeGreaterThanOrEqual(14)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
})

test('a till that ends waits for the proof by time that has passed, whatever is done to its clock', async () => {
  shop.start(shop.ringUp(5000), 5000)
  await shop.pass(500)
  shop.next('cancel', ...Array.from({ length: 9 }, () => 'unreachable' as const))
  shop.next('status', ...Array.from({ length: 9 }, () => 'unreachable' as const))
  const done = { is: false }
  void shop
    .till()
    .payments.clearSticker(4000)
    .then(() => (done.is = true))
  shop.skew.ms = -3_600_000
  await shop.pass(3900)
  expect(done.is).toBe(false)
  await shop.pass(200)
  expect(done.is).toBe(true)
})

test('PAID after the cashier canceled is taken, recorded once and shown (50)', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  void shop.till().acts.cancel({ paymentId }, from)
  await shop.pass(2500)
  expect(operations()).toContain('cancel')
  expect(shop.view(paymentId)?.phase).toBe('paid')
  expect(shop.journal('seqrPayment')).toHaveLength(1)
})

test('a cancel that claims success is proved before it is believed', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.next('cancel', ['hollow', 0])
  void shop.till().acts.cancel({ paymentId }, from)
  await shop.pass(100)
  shop.buyerPays()
  await shop.pass(3000)
  expect(shop.view(paymentId)?.phase).toBe('paid')
})

test('while the buyer confirms a cancel is refused (51), asked again, and ends as the service says', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  const [invoice] = shop.book.view().invoices
  shop.book.startConfirming(invoice?.invoiceReference ?? '')
  void shop.till().acts.cancel({ paymentId }, from)
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('canceling')
  shop.book.stopConfirming(invoice?.invoiceReference ?? '')
  await shop.pass(8000)
  expect(shop.view(paymentId)?.phase).toBe('canceled')
  expect(operations().filter((one) => one === 'cancel')).toHaveLength(2)
})

test('a till that is back within 20 seconds asks at once and books what was paid meanwhile', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  await shop.restartAfter(15_000)
  await shop.pass(200)
  expect(shop.view(paymentId)?.phase).toBe('paid')
  expect(shop.receipt(receiptId)?.state).toBe('completed')
  expect(shop.journal('seqrPayment')).toHaveLength(1)
})

test('after a longer outage the payment was reversed: nothing is booked, and the receipt is still to be paid', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  await shop.restartAfter(25_000)
  await shop.pass(200)
  expect(shop.view(paymentId)?.phase).toBe('canceled')
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'open', tenders: [] })
  expect(shop.journal('seqrPayment')).toEqual([])
})

test('an invoice that a till finds open after more than ten minutes is canceled, and proved canceled', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(1500)
  await shop.restartAfter(10 * 60_000 + 1000)
  await shop.pass(3000)
  expect(operations()).toContain('cancel')
  expect(operations().lastIndexOf('status')).toBeGreaterThan(operations().indexOf('cancel'))
  expect(shop.view(paymentId)?.phase).toBe('canceled')
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'open', tenders: [] })
})

test('an invoice that a till finds open sooner is its customer’s still: it is asked about, not canceled', async () => {
  const receiptId = shop.ringUp(5000)
  shop.start(receiptId, 5000)
  await shop.pass(1500)
  await shop.restartAfter(9 * 60_000)
  await shop.pass(3000)
  expect(operations().at(-1)).toBe('status')
  expect(operations()).not.toContain('cancel')
})

test('a till that died while sending never claims that nothing was sent', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  shop.next('send', 'unreachable', 'unreachable')
  await shop.restartAfter(1000)
  await shop.pass(500)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'sending', mayExist: true })
  await shop.pass(2000)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
})

test('with a full disk nothing counts as paid until it is stored, and then it is', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.disk.fault = 'full'
  shop.buyerPays()
  await shop.pass(3000)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
  expect(shop.till().desk.disk.full).toBe(true)
  expect(shop.till().sale.forbidden('payCash', shop.till().sale.active())).toMatchObject({ rule: 'diskFull' })
  shop.disk.fault = null
  await shop.pass(1500)
  expect(shop.view(paymentId)?.phase).toBe('paid')
  expect(shop.journal('seqrPayment')).toHaveLength(1)
})

test('when the disk has room again the till opens by itself', async () => {
  shop.disk.fault = 'ioError'
  shop.ringUp(5000)
  expect(shop.till().sale.active()).toBeNull()
  expect(shop.till().sale.forbidden('addRow', null)).toMatchObject({ rule: 'diskFull' })
  await shop.pass(5000)
  expect(shop.till().sale.forbidden('addRow', null)).toMatchObject({ rule: 'diskFull' })
  shop.disk.fault = null
  await shop.pass(2500)
  expect(shop.till().sale.forbidden('addRow', null)).toBeNull()
  expect(shop.ringUp(5000)).not.toBe('')
})

test('a commit whose answer the disk did not take is asked by status, not committed again', async () => {
  void shop.till().reservations.start({ label: 'Pump 3', amountMinor: 9000, minutes: 10 }, from)
  await shop.pass(300)
  shop.buyerPays()
  await shop.pass(1500)
  const [reserved] = shop.till().payments.view().reservations
  const receiptId = shop.ringUp(6000)
  const act = { paymentId: reserved?.id ?? '', receiptId, amountMinor: 6000 }
  expect(shop.till().reservations.complete(act, from)).toEqual({ ok: true })
  await shop.pass(100)
  shop.disk.fault = 'full'
  await shop.pass(100)
  shop.disk.fault = null
  await shop.pass(2500)
  expect(operations().filter((one) => one === 'commit')).toHaveLength(1)
  expect(shop.receipt(receiptId)).toMatchObject({
    state: 'completed',
    tenders: [{ kind: 'seqr', amountMinor: 6000 }],
  })
})

test('three reservations outlive a restart; each is taken once, released or lapses', async () => {
  for (const label of ['A', 'B', 'C']) {
    expect(shop.till().reservations.start({ label, amountMinor: 9000, minutes: 1 }, from)).toMatchObject({
      ok: true,
    })
    await shop.pass(300)
    shop.buyerPays()
    await shop.pass(1500)
  }
  await shop.restartAfter(5000)
  const [first, second, third] = shop.till().payments.view().reservations
  expect([first, second, third].map((one) => one?.phase)).toEqual(['reserved', 'reserved', 'reserved'])
  const receiptId = shop.ringUp(4000)
  void shop.till().reservations.complete({ paymentId: first?.id ?? '', receiptId, amountMinor: 4000 }, from)
  void shop.till().acts.cancel({ paymentId: second?.id ?? '' }, from)
  await shop.pass(90_000)
  expect(shop.journal('seqrPayment')).toMatchObject([{ amountMinor: 4000, paymentId: first?.id }])
  const phases = [first, second, third].map((one) => shop.till().payments.record(one?.id ?? '')?.stage.name)
  expect(phases).toEqual(['paid', 'canceled', 'lapsed'])
})

test('another amount than was asked is booked as the service took it, and put on record', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  shop.next('status', 'otherAmount')
  await shop.pass(1500)
  expect(shop.view(paymentId)?.echoedMinor).toBe(5001)
  expect(shop.journal('amountDifference')).toMatchObject([
    { askedMinor: 5000, sentMinor: 5000, echoedMinor: 5001, bookedMinor: 5001 },
  ])
})

test('at most one invoice is on the sticker: the next receipt waits until the one before is final', async () => {
  const first = shop.ringUp(5000)
  const paymentId = shop.start(first, 5000)
  await shop.pass(300)
  void shop.till().acts.setAside({ paymentId }, from)
  const second = shop.ringUp(700)
  expect(shop.till().acts.start({ receiptId: second, amountMinor: 700 }, from)).toMatchObject({
    rule: 'stickerBusy',
  })
  void shop.till().sale.handlers.payCash({ receiptId: second, givenMinor: 700 }, from)
  expect(shop.receipt(second)?.state).toBe('completed')
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.receipt(first)).toMatchObject({ state: 'completed', number: 2 })
  expect(shop.start(shop.ringUp(900), 900)).not.toBe('')
})

test('settled by hand as paid: the receipt is finished, and the service’s own answer doubles nothing', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  const word = { reason: 'The phone shows it', evidence: 'reference on the phone', pin: people.pin }
  expect(await shop.till().acts.settleByHand({ paymentId, as: 'paid', ...word }, from)).toEqual({ ok: true })
  expect(shop.receipt(receiptId)).toMatchObject({ state: 'completed', tenders: [{ settledByHand: true }] })
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.journal('seqrPayment')).toMatchObject([{ tender: 'settledByHandBefore' }])
  expect(shop.receipt(receiptId)?.tenders).toHaveLength(1)
  expect(shop.till().payments.record(paymentId)?.settledByHand).toMatchObject({
    as: 'paid',
    serviceSays: 'paid',
  })
})

test('settled by hand as not paid, paid otherwise, and PAID after all: on record, and never a second tender', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  const word = { reason: 'The phone shows an error', evidence: 'seen by two', pin: people.pin }
  await shop.till().acts.settleByHand({ paymentId, as: 'notPaid', ...word }, from)
  void shop.till().acts.show({ paymentId }, from)
  void shop.till().sale.handlers.payCash({ receiptId, givenMinor: 5000 }, from)
  expect(shop.receipt(receiptId)?.state).toBe('completed')
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.journal('seqrPayment')).toMatchObject([{ tender: 'receiptWasClosed' }])
  expect(shop.receipt(receiptId)?.tenders).toHaveLength(1)
  expect(shop.till().payments.record(paymentId)?.settledByHand).toMatchObject({
    as: 'notPaid',
    serviceSays: 'paid',
  })
})

test('a refusal that passes (90, 93, 94, unlisted) ends nothing; a final one does, with its code', async () => {
  shop.next('send', ['refused', 93], ['refused', 77], ['refused', 49])
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(1500)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'sending', mayExist: true })
  await shop.pass(1000)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'refused', mayExist: true, refusal: { code: 49 } })
})

test('PAID without its reference is not taken: it is asked for again', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  shop.buyerPays()
  shop.next('status', 'noReference')
  await shop.pass(1000)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
  await shop.pass(1000)
  expect(shop.view(paymentId)).toMatchObject({ phase: 'paid' })
  expect(shop.view(paymentId)?.ersReference).toMatch(/^payment-/)
})

test('a till that is closed in order leaves the payment open on disk and goes on with it', async () => {
  const receiptId = shop.ringUp(5000)
  const paymentId = shop.start(receiptId, 5000)
  await shop.pass(300)
  await shop.till().stop()
  await shop.restartAfter(2000)
  expect(shop.view(paymentId)?.phase).toBe('askCustomer')
  shop.buyerPays()
  await shop.pass(1500)
  expect(shop.receipt(receiptId)?.state).toBe('completed')
})
