import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PaymentEvent, Stage, StageName } from './seqr-payment.ts'
import { callFor, canCancel, dueAtMs, holdsSticker, isOver, next } from './seqr-payment.ts'

const stages = {
  sending: { name: 'sending', mayExist: false, cancelWanted: false },
  waiting: { name: 'waiting', reference: 'r', version: 1, approving: false },
  canceling: {
    name: 'canceling',
    reference: 'r',
    version: 1,
    ask: 'cancel',
    onSticker: true,
    taken: false,
    pollsLeft: 0,
  },
  reserved: { name: 'reserved', reference: 'r', version: 1, deadlineMs: 60_000, refusedCode: null },
  completing: {
    name: 'completing',
    reference: 'r',
    version: 1,
    finalMinor: 500,
    ask: 'update',
    deadlineMs: 60_000,
  },
  paid: { name: 'paid', reference: 'r', ersReference: 'e', echoedMinor: 500 },
  canceled: { name: 'canceled', reference: 'r', by: 'till' },
  lapsed: { name: 'lapsed', reference: 'r' },
  failed: { name: 'failed', reference: 'r' },
  refused: { name: 'refused', code: 49, description: '', mayExist: false },
  notSent: { name: 'notSent' },
} satisfies { [N in StageName]: Stage & { name: N } }

const events = {
  invoiceAccepted: { type: 'invoiceAccepted', reference: 'r' },
  notReached: { type: 'notReached' },
  noAnswer: { type: 'noAnswer' },
  refused: { type: 'refused', code: 49, description: '' },
  stillOpen: { type: 'stillOpen', version: 2, approving: false },
  reserved: { type: 'reserved', version: 2, deadlineMs: 60_000 },
  paid: { type: 'paid', version: 2, ersReference: 'e', echoedMinor: 500 },
  canceledThere: { type: 'canceledThere', version: 2 },
  expiredThere: { type: 'expiredThere', version: 2 },
  failedThere: { type: 'failedThere', version: 2 },
  cancelTaken: { type: 'cancelTaken' },
  cancelTooLate: { type: 'cancelTooLate' },
  cancelBusy: { type: 'cancelBusy' },
  updated: { type: 'updated' },
  committed: { type: 'committed' },
  cancelPressed: { type: 'cancelPressed' },
  completePressed: { type: 'completePressed', finalMinor: 500 },
  inDoubt: { type: 'inDoubt' },
} satisfies { [T in PaymentEvent['type']]: PaymentEvent & { type: T } }

/** Every arrow of the machine: what is not listed stays where it is. */
const arrows: { [N in StageName]: Partial<Record<PaymentEvent['type'], StageName>> } = {
  sending: { invoiceAccepted: 'waiting', notReached: 'notSent', refused: 'refused' },
  waiting: {
    reserved: 'reserved',
    paid: 'paid',
    canceledThere: 'canceled',
    expiredThere: 'canceled',
    failedThere: 'failed',
    cancelPressed: 'canceling',
  },
  canceling: { paid: 'paid', canceledThere: 'canceled', expiredThere: 'canceled', failedThere: 'failed' },
  reserved: {
    paid: 'paid',
    canceledThere: 'lapsed',
    expiredThere: 'lapsed',
    failedThere: 'failed',
    cancelPressed: 'canceling',
    completePressed: 'completing',
  },
  completing: {
    paid: 'paid',
    canceledThere: 'lapsed',
    expiredThere: 'lapsed',
    failedThere: 'failed',
    refused: 'reserved',
  },
  paid: {},
  canceled: {},
  lapsed: {},
  failed: {},
  refused: {},
  notSent: {},
}

test('every stage answers every event as the table says', () => {
  for (const [name, stage] of Object.entries(stages))
    for (const [type, event] of Object.entries(events)) {
      const expected = arrows[stage.name][event.type] ?? stage.name
      expect(`${name} + ${type} -> ${next(stage, event).name}`).toBe(`${name} + ${type} -> ${expected}`)
    }
})

test('a lost answer never ends a payment', () => {
  for (const stage of Object.values(stages)) {
    if (isOver(stage)) continue
    expect(isOver(next(stage, events.noAnswer))).toBe(false)
  }
})

test('an invoice that may exist is sent again, and only the service can end it', () => {
  const unsure = next(stages.sending, events.noAnswer)
  expect(unsure).toMatchObject({ name: 'sending', mayExist: true })
  expect(callFor(unsure)).toEqual({ ask: 'send' })
  expect(next(unsure, events.notReached)).toBe(unsure)
})

test('a till that died while sending must not claim later that its invoice never left', () => {
  const unsure = next(stages.sending, events.inDoubt)
  expect(unsure).toMatchObject({ name: 'sending', mayExist: true })
  expect(next(unsure, events.notReached)).toBe(unsure)
})

test('an answer from before the final amount was entered does not skip the update of the invoice', () => {
  expect(callFor(next(stages.completing, events.reserved))).toMatchObject({ ask: 'update' })
})

test('cancel pressed while sending waits for the reference and then cancels', () => {
  const wanted = next(stages.sending, events.cancelPressed)
  expect(next(wanted, events.invoiceAccepted)).toMatchObject({ name: 'canceling', ask: 'cancel' })
})

test('SEQR rule: cancel answered by 0 or 95 is proved by one more status question', () => {
  const taken = next(stages.canceling, events.cancelTaken)
  expect(callFor(taken)).toMatchObject({ ask: 'status' })
  expect(next(taken, events.canceledThere)).toEqual({ name: 'canceled', reference: 'r', by: 'till' })
  expect(next(taken, events.paid)).toMatchObject({ name: 'paid' })
})

test('SEQR rule: cancel answered by 50 fetches the payment and completes it', () => {
  const late = next(stages.canceling, events.cancelTooLate)
  expect(callFor(late)).toMatchObject({ ask: 'status' })
  expect(next(late, events.paid)).toMatchObject({ name: 'paid', ersReference: 'e' })
})

test('SEQR rule: cancel answered by 51 keeps polling, and asks to cancel again when nothing comes of it', () => {
  let stage = next(stages.canceling, events.cancelBusy)
  for (let polls = 0; polls < 4; polls++) {
    expect(callFor(stage)).toMatchObject({ ask: 'status' })
    stage = next(stage, events.stillOpen)
  }
  expect(callFor(stage)).toMatchObject({ ask: 'cancel' })
})

test('SEQR rule: cancel without an answer is asked by status, then again', () => {
  const lost = next(stages.canceling, events.noAnswer)
  expect(callFor(lost)).toMatchObject({ ask: 'status' })
  const askedOnce = next(lost, events.stillOpen)
  expect(callFor(askedOnce)).toMatchObject({ ask: 'status' })
  expect(callFor(next(askedOnce, events.stillOpen))).toMatchObject({ ask: 'cancel' })
})

test('SEQR rule: the latest version is what the next question carries', () => {
  expect(callFor(next(stages.waiting, { ...events.stillOpen, version: 7 }))).toMatchObject({ version: 7 })
})

test('a status refused as unknown (54) does not end a payment; gone for good (55, 58, 95) does', () => {
  expect(next(stages.waiting, { ...events.refused, code: 54 })).toBe(stages.waiting)
  for (const code of [55, 58, 95])
    expect(next(stages.waiting, { ...events.refused, code })).toMatchObject({
      name: 'canceled',
      by: 'service',
    })
})

test('after a restart, or with a full disk, a cancel or commit is not repeated before the status is known', () => {
  expect(callFor(next(stages.canceling, events.inDoubt))).toMatchObject({ ask: 'status' })
  const committing = next(stages.completing, events.updated)
  expect(callFor(next(committing, events.inDoubt))).toMatchObject({ ask: 'status' })
  expect(next(stages.completing, events.inDoubt)).toBe(stages.completing)
})

test('a commit without an answer is asked by status; still reserved means commit again', () => {
  const committing = next(stages.completing, events.updated)
  expect(callFor(committing)).toMatchObject({ ask: 'commit', finalMinor: 500 })
  const lost = next(committing, events.noAnswer)
  expect(callFor(lost)).toMatchObject({ ask: 'status' })
  expect(callFor(next(lost, events.reserved))).toMatchObject({ ask: 'commit' })
})

test('SEQR rule: 96 at commit says committed or lapsed; only the status tells which', () => {
  const committing = next(stages.completing, events.updated)
  const unsure = next(committing, { ...events.refused, code: 96 })
  expect(callFor(unsure)).toMatchObject({ ask: 'status' })
  expect(next(unsure, events.paid)).toMatchObject({ name: 'paid' })
  expect(next(unsure, events.expiredThere)).toMatchObject({ name: 'lapsed' })
})

test('a refused final amount leaves the reservation as it was, with the reason', () => {
  const committing = next(stages.completing, events.updated)
  expect(next(committing, { ...events.refused, code: 11 })).toMatchObject({
    name: 'reserved',
    refusedCode: 11,
  })
})

test('SEQR rule: one question a second, and the first at once', () => {
  const status = { ask: 'status', reference: 'r', version: 1 } as const
  expect(dueAtMs(stages.waiting, null)).toBe(0)
  expect(dueAtMs(stages.waiting, { call: { ask: 'send' }, startedAtMs: 500 })).toBe(500)
  expect(dueAtMs(stages.waiting, { call: status, startedAtMs: 5000 })).toBe(6000)
})

test('a cancel holds the sticker until it is proved; a reservation that is let go never does', () => {
  expect(holdsSticker(next(stages.canceling, events.cancelTaken))).toBe(true)
  expect(holdsSticker(next(stages.reserved, events.cancelPressed))).toBe(false)
})

test('a reservation that the service refuses as gone has lapsed, as one that it calls canceled', () => {
  expect(next(stages.reserved, { ...events.refused, code: 58 })).toEqual({ name: 'lapsed', reference: 'r' })
  expect(next(stages.reserved, { ...events.refused, code: 54 })).toBe(stages.reserved)
})

test('a reservation is left in peace until its time is out', () => {
  expect(dueAtMs(stages.reserved, null)).toBeGreaterThan(60_000)
})

test('the cashier can cancel only what the service has not committed', () => {
  const cancelable = Object.values(stages).filter(canCancel)
  expect(cancelable.map((stage) => stage.name)).toEqual(['sending', 'waiting', 'reserved'])
})

test('whatever happens in whatever order: over is over, and paid is only reached by a paid answer', () => {
  const anyEvent = fc.constantFrom(...Object.values(events))
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (sequence) => {
      let stage: Stage = stages.sending
      for (const event of sequence) {
        const after = next(stage, event)
        if (isOver(stage)) expect(after).toBe(stage)
        if (after.name === 'paid' && stage.name !== 'paid') expect(event.type).toBe('paid')
        if (holdsSticker(after)) expect(isOver(after)).toBe(false)
        stage = after
      }
    }),
  )
})
