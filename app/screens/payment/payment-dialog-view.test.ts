import { expect, test } from 'vitest'
import type { PaymentPhase, PaymentView } from '../../contract/views.ts'
import { fakePayment } from '../scenes.fake.ts'
import { aftermathOf, effectOf, isLive, liveView, stepsOf, type LivePhase } from './payment-dialog-view.ts'

type Live = PaymentView & { readonly phase: LivePhase }
const live = (part: Partial<Live> = {}): Live => ({ ...fakePayment(0), phase: 'askCustomer', ...part })

test('SEQR guide: thirty seconds are counted down, then the question is asked', () => {
  const answered = (nowMs: number) => liveView(live({ lastAnswerAtMs: nowMs }), nowMs, null)
  expect(answered(0)).toMatchObject({ secondsLeft: 30, fractionLeft: 1, asksWhatNow: false })
  expect(answered(7100)).toMatchObject({ secondsLeft: 23, elapsedSeconds: 7 })
  expect(answered(29_999)).toMatchObject({ secondsLeft: 1, asksWhatNow: false })
  expect(answered(30_000)).toMatchObject({ secondsLeft: 0, fractionLeft: 0, asksWhatNow: true })
})

test('trying again begins a new round, and the time in all goes on', () => {
  const second = live({ roundStartedAtMs: 35_000, attempt: 2, lastAnswerAtMs: 40_000 })
  expect(liveView(second, 40_000, null)).toMatchObject({
    secondsLeft: 25,
    asksWhatNow: false,
    elapsedSeconds: 40,
  })
})

test('a clock that was set back never shows more than thirty seconds as a ring', () => {
  expect(liveView(live(), -5000, null).fractionLeft).toBe(1)
})

test('the last answer is told in seconds, and in plain words once it is older than three', () => {
  const at = (nowMs: number) => liveView(live({ lastAnswerAtMs: 1000 }), nowMs, null).contact
  expect(at(2500)).toEqual({ kind: 'fresh', secondsAgo: 1 })
  expect(at(4000)).toEqual({ kind: 'fresh', secondsAgo: 3 })
  expect(at(4001)).toEqual({ kind: 'quiet', seconds: 3 })
})

test('before the first answer nothing is claimed, and three seconds without one are said', () => {
  const sending = live({ phase: 'sending', lastAnswerAtMs: null })
  expect(liveView(sending, 1000, null).contact).toEqual({ kind: 'none' })
  expect(liveView(sending, 5000, null).contact).toEqual({ kind: 'quiet', seconds: 5 })
})

test('a reservation that rested for hours is silent since it was taken up again, not since it was made', () => {
  const hour = 3_600_000
  const woken = live({
    mode: 'reservation',
    phase: 'completing',
    lastAnswerAtMs: null,
    roundStartedAtMs: hour,
  })
  const view = liveView(woken, hour + 2000, null)
  expect(view).toMatchObject({ elapsedSeconds: 2, contact: { kind: 'none' }, canSettle: false })
  expect(liveView({ ...woken, phase: 'canceling' }, hour + 4000, hour)).toMatchObject({
    contact: { kind: 'quiet', seconds: 4 },
  })
})

test('SEQR’s own amount is compared with ours', () => {
  const echo = (echoedMinor: number | null) => liveView(live({ echoedMinor }), 0, null).echo
  expect(echo(null)).toBe('waits')
  expect(echo(21_900)).toBe('same')
  expect(echo(12_900)).toBe('differs')
})

test('a cancel that takes long, or gets no answer, is not known yet', () => {
  const canceling = live({ phase: 'canceling', lastAnswerAtMs: 10_000 })
  expect(liveView(canceling, 10_500, 10_000).cancelUnknown).toBe(false)
  expect(liveView({ ...canceling, lastAnswerAtMs: 16_000 }, 16_500, 10_000).cancelUnknown).toBe(true)
  expect(liveView(canceling, 14_000, 13_000).cancelUnknown).toBe(true)
  expect(liveView(canceling, 14_000, 13_000).asksWhatNow).toBe(false)
})

test('other customers may be served only while nothing is known', () => {
  const payment = live({ canSetAside: true, lastAnswerAtMs: 10_000 })
  expect(liveView(payment, 11_000, null).canSetAside).toBe(false)
  expect(liveView(payment, 14_000, null).canSetAside).toBe(true)
  expect(liveView({ ...payment, canSetAside: false }, 14_000, null).canSetAside).toBe(false)
})

test('settling by hand is offered only after half a minute of silence', () => {
  const payment = live({ canSetAside: true, lastAnswerAtMs: 10_000 })
  expect(liveView(payment, 39_000, null).canSettle).toBe(false)
  expect(liveView(payment, 40_001, null).canSettle).toBe(true)
})

const phases: Record<PaymentPhase, boolean> = {
  sending: true,
  askCustomer: true,
  customerApproves: true,
  canceling: true,
  completing: true,
  reserved: false,
  paid: false,
  canceled: false,
  lapsed: false,
  failed: false,
  refused: false,
  notSent: false,
}

test('only a final answer ends the waiting', () => {
  for (const [phase, isWaiting] of Object.entries(phases))
    expect(isLive(phase as PaymentPhase), phase).toBe(isWaiting)
})

test('the customer’s steps: scan, then approve, then paid', () => {
  expect(stepsOf('askCustomer')).toEqual({ scan: 'now', approve: 'later', paid: 'later' })
  expect(stepsOf('customerApproves')).toEqual({ scan: 'done', approve: 'now', paid: 'later' })
  expect(stepsOf('paid')).toEqual({ scan: 'done', approve: 'done', paid: 'done' })
})

test('SEQR guide: a lower amount leaves a rest, a higher one is given back', () => {
  expect(effectOf(21_900, 21_900)).toEqual({ kind: 'whole' })
  expect(effectOf(10_000, 21_900)).toEqual({ kind: 'part', leftMinor: 11_900 })
  expect(effectOf(30_000, 21_900)).toEqual({ kind: 'over', backMinor: 8100 })
})

test('after paid: finished, a rest to pay, something to give back, or another receipt', () => {
  const of = { receiptId: 'r1' }
  expect(aftermathOf(of, null, 'r1')).toEqual({ kind: 'finished' })
  expect(aftermathOf(of, { id: 'r1', leftToPayMinor: 500 }, null)).toEqual({ kind: 'part', leftMinor: 500 })
  expect(aftermathOf(of, { id: 'r1', leftToPayMinor: -500 }, null)).toEqual({ kind: 'over', backMinor: 500 })
  expect(aftermathOf(of, { id: 'r2', leftToPayMinor: 500 }, null)).toEqual({ kind: 'elsewhere' })
  expect(aftermathOf({ receiptId: null }, null, null)).toEqual({ kind: 'elsewhere' })
})
