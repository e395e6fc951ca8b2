import { expect, test } from 'vitest'
import type { Call } from '../../app/domain/seqr-payment.ts'
import { seqrResultOf } from '../../app/domain/seqr-result.ts'
import type { Answer, PaymentStatus } from '../seqr/service.ts'
import { eventOf } from './seqr-events.ts'

const about = { nowMs: 1000, reserveForSeconds: 60 }
const calls: { readonly [Ask in Call['ask']]: Call } = {
  send: { ask: 'send' },
  status: { ask: 'status', reference: 'r', version: 0 },
  cancel: { ask: 'cancel', reference: 'r' },
  update: { ask: 'update', reference: 'r', finalMinor: 5 },
  commit: { ask: 'commit', reference: 'r', finalMinor: 5 },
}

const refused = (code: number): Answer<never> => {
  const { name, passing } = seqrResultOf(code)
  return { kind: 'refused', code, name, description: name, passing }
}

const status = (name: PaymentStatus['status'], more: Partial<PaymentStatus> = {}): Answer<PaymentStatus> => ({
  kind: 'ok',
  value: { status: name, rawStatus: name, version: 3, ...more },
})

test('only a connection that never came about says that nothing was sent', () => {
  for (const reason of ['timeout', 'reset', 'http', 'garbled', 'tooLarge', 'aborted'] as const)
    for (const call of Object.values(calls))
      expect(eventOf(call, { kind: 'noAnswer', reason, detail: '' }, about).type).toBe('noAnswer')
  expect(eventOf(calls.send, { kind: 'noAnswer', reason: 'unreachable', detail: '' }, about).type).toBe(
    'notReached',
  )
})

test('refusals that pass (90, 93, 94, and codes that nobody documents) say nothing about the money', () => {
  for (const code of [90, 93, 94, 12_345])
    for (const call of Object.values(calls)) expect(eventOf(call, refused(code), about).type).toBe('noAnswer')
})

test('final refusals keep their code', () => {
  expect(eventOf(calls.send, refused(49), about)).toMatchObject({ type: 'refused', code: 49 })
  expect(eventOf(calls.commit, refused(96), about)).toMatchObject({ type: 'refused', code: 96 })
})

test('a cancel: 0 and 95 are taken, 50 is too late, 51 is busy; elsewhere these codes are ordinary refusals', () => {
  expect(eventOf(calls.cancel, { kind: 'ok', value: null }, about).type).toBe('cancelTaken')
  expect(eventOf(calls.cancel, refused(95), about).type).toBe('cancelTaken')
  expect(eventOf(calls.cancel, refused(50), about).type).toBe('cancelTooLate')
  expect(eventOf(calls.cancel, refused(51), about).type).toBe('cancelBusy')
  for (const code of [50, 51, 95]) expect(eventOf(calls.status, refused(code), about).type).toBe('refused')
})

test('every status of the documentation has its meaning, and an unknown one ends nothing', () => {
  const meanings = {
    ISSUED: 'stillOpen',
    PENDING_ISSUER_ACKNOWLEDGE: 'stillOpen',
    PARTIALLY_PAID: 'stillOpen',
    CANCELED: 'canceledThere',
    EXPIRED: 'expiredThere',
    FAILED: 'failedThere',
    RESERVED: 'reserved',
    UNKNOWN: 'noAnswer',
  } as const
  for (const [name, type] of Object.entries(meanings))
    expect(eventOf(calls.status, status(name as PaymentStatus['status']), about).type, name).toBe(type)
})

test('PAID counts only with its reference, and carries the amount that the service echoes', () => {
  expect(eventOf(calls.status, status('PAID'), about).type).toBe('noAnswer')
  expect(eventOf(calls.status, status('PAID', { ersReference: '' }), about).type).toBe('noAnswer')
  const paid = status('PAID', { ersReference: 'E1', receipt: { amountMinor: 700 } })
  expect(eventOf(calls.status, paid, about)).toMatchObject({
    type: 'paid',
    ersReference: 'E1',
    echoedMinor: 700,
  })
  const bare = status('PAID', { ersReference: 'E1' })
  expect(eventOf(calls.status, bare, about)).toMatchObject({ type: 'paid', echoedMinor: null })
})

test('a reservation is held for as long as the invoice said', () => {
  expect(eventOf(calls.status, status('RESERVED'), about)).toMatchObject({
    type: 'reserved',
    deadlineMs: 61_000,
  })
})

test('accepted, updated and committed are what they say', () => {
  const accepted = { kind: 'ok', value: { invoiceReference: 'R9' } } as const
  expect(eventOf(calls.send, accepted, about)).toEqual({ type: 'invoiceAccepted', reference: 'R9' })
  expect(eventOf(calls.update, { kind: 'ok', value: null }, about).type).toBe('updated')
  expect(eventOf(calls.commit, { kind: 'ok', value: null }, about).type).toBe('committed')
})
