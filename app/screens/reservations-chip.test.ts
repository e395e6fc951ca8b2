import { expect, test } from 'vitest'
import type { PaymentsView, PaymentView } from '../contract/views.ts'
import { en } from '../words/en.ts'
import { fakePayment } from './scenes.fake.ts'
import { reservationsChip } from './reservations-chip.ts'

const nowMs = 1_000_000
const heldFor = (minutes: number): PaymentView =>
  fakePayment(nowMs, { mode: 'reservation', phase: 'reserved', deadlineMs: nowMs + minutes * 60_000 })
const chipOf = (part: Partial<PaymentsView>) =>
  reservationsChip(en, { current: null, open: [], reservations: [], endedReservations: [], ...part }, nowMs)

test('the status bar is silent of reservations while there are none', () => {
  expect(chipOf({})).toBeNull()
  expect(reservationsChip(en, null, nowMs)).toBeNull()
})

test('with plenty of time left it counts them', () => {
  expect(chipOf({ reservations: [heldFor(60), heldFor(90)] })).toMatchObject({
    state: '2 reservations',
    tone: 'plain',
  })
})

test('before one lapses the bar warns on every screen, with the time of the soonest', () => {
  expect(chipOf({ reservations: [heldFor(60), heldFor(14)] })).toMatchObject({
    state: '2 · 14:00 left',
    tone: 'attention',
  })
})

test('one that ended unseen stands out until somebody has read it', () => {
  const lapsed: PaymentView = { ...heldFor(0), phase: 'lapsed', deadlineMs: null }
  expect(chipOf({ reservations: [heldFor(60)], endedReservations: [lapsed] })).toMatchObject({
    state: '1 to read',
    tone: 'attention',
  })
})
