import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Stage } from '../../app/domain/seqr-payment.ts'
import { holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import type { Storage } from './open.ts'
import {
  StickerTaken,
  appendPaymentHistory,
  insertPayment,
  openPayments,
  paymentById,
  paymentHistory,
  paymentsOfReceipt,
  recentPayments,
  savePayment,
} from './payments.ts'
import { paymentWith, storageAt } from './storage.fake.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

const reference = 'inv1'
const stages: readonly Stage[] = [
  { name: 'sending', mayExist: true, cancelWanted: false },
  { name: 'waiting', reference, version: 3, approving: true },
  { name: 'canceling', reference, version: 1, ask: 'cancel', onSticker: true, taken: false, pollsLeft: 2 },
  { name: 'canceling', reference, version: 1, ask: 'status', onSticker: false, taken: true, pollsLeft: 0 },
  { name: 'reserved', reference, version: 1, deadlineMs: 99, refusedCode: null },
  { name: 'completing', reference, version: 1, finalMinor: 5, ask: 'commit', deadlineMs: 99 },
  { name: 'paid', reference, ersReference: 'e', echoedMinor: null },
  { name: 'canceled', reference, by: 'till' },
  { name: 'lapsed', reference },
  { name: 'failed', reference },
  { name: 'refused', code: 49, description: 'x', mayExist: false },
  { name: 'notSent' },
]

test('a payment comes back as it was saved, in every stage', () => {
  insertPayment(storage.write, paymentWith('p1'))
  for (const stage of stages) {
    const record = paymentWith('p1', {
      stage,
      mode: 'reservation',
      receiptId: null,
      label: 'Pump 3',
      lastAnswerAtMs: 5,
      silentSinceMs: 6,
      setAside: true,
      dismissed: true,
      settledByHand: { as: 'paid', reason: 'r', evidence: 'e', by: 'Bo', atMs: 7, serviceSays: 'paid' },
      amounts: { askedMinor: 1, sentMinor: 2, echoedMinor: 3, bookedMinor: 4 },
      commitReservationTimeoutSeconds: 3600,
    })
    savePayment(storage.write, record)
    expect(paymentById(storage.read, 'p1')).toEqual(record)
    expect(openPayments(storage.read).length, stage.name).toBe(isOver(stage) ? 0 : 1)
  }
})

test('at most one live invoice a terminal: the second is refused by the database', () => {
  insertPayment(storage.write, paymentWith('p1'))
  for (const stage of stages) {
    savePayment(storage.write, paymentWith('p1', { stage }))
    const second = () => insertPayment(storage.write, paymentWith(`p-${JSON.stringify(stage)}`))
    if (holdsSticker(stage)) expect(second).toThrow(StickerTaken)
    else {
      second()
      savePayment(storage.write, paymentWith(`p-${JSON.stringify(stage)}`, { stage: { name: 'notSent' } }))
    }
  }
})

test('a reservation that is let go stands beside a live invoice, and never takes its sticker', () => {
  const released = {
    name: 'canceling',
    reference,
    version: 1,
    ask: 'status',
    onSticker: false,
    taken: true,
    pollsLeft: 0,
  } as const
  insertPayment(storage.write, paymentWith('p1', { stage: released }))
  insertPayment(storage.write, paymentWith('p2'))
  expect(() =>
    savePayment(storage.write, paymentWith('p1', { stage: { ...released, onSticker: true } })),
  ).toThrow(StickerTaken)
  expect(paymentById(storage.read, 'p1')?.stage).toEqual(released)
})

test('another terminal has a sticker of its own', () => {
  insertPayment(storage.write, paymentWith('p1'))
  insertPayment(storage.write, paymentWith('p2', { terminalId: 'T2' }))
  expect(openPayments(storage.read)).toHaveLength(2)
})

test('a refused second payment leaves the transaction it was tried in usable', () => {
  insertPayment(storage.write, paymentWith('p1'))
  storage.transaction((db) => {
    expect(() => insertPayment(db, paymentWith('p2'))).toThrow(StickerTaken)
    savePayment(db, paymentWith('p1', { attempt: 2 }))
  })
  expect(paymentById(storage.read, 'p1')?.attempt).toBe(2)
})

test('every move of a payment is kept, in order, and never changed', () => {
  insertPayment(storage.write, paymentWith('p1'))
  const moves = [
    {
      paymentId: 'p1',
      atMs: 5,
      from: 'sending',
      event: { type: 'invoiceAccepted', reference },
      to: 'waiting',
    },
    { paymentId: 'p1', atMs: 5, from: 'waiting', event: { type: 'cancelPressed' }, to: 'canceling' },
  ] as const
  for (const move of moves) appendPaymentHistory(storage.write, move)
  expect(paymentHistory(storage.read, 'p1')).toEqual(moves)
  expect(() => storage.write.run("UPDATE payment_history SET to_stage = 'paid'")).toThrow(/never changed/)
  expect(() => storage.write.run('DELETE FROM payment_history')).toThrow(/never deleted/)
  expect(() => storage.write.run('DELETE FROM payment')).toThrow(/never deleted/)
})

test('the payments of a receipt are listed in order, the newest of all first', () => {
  const over = { stage: { name: 'notSent' } } as const
  insertPayment(storage.write, paymentWith('p1', { ...over, startedAtMs: 1 }))
  insertPayment(storage.write, paymentWith('p2', { ...over, startedAtMs: 2 }))
  insertPayment(storage.write, paymentWith('p3', { ...over, startedAtMs: 3, receiptId: 'r2' }))
  expect(paymentsOfReceipt(storage.read, 'r1').map(({ id }) => id)).toEqual(['p1', 'p2'])
  expect(recentPayments(storage.read, 2).map(({ id }) => id)).toEqual(['p3', 'p2'])
})

test('saving a payment that was never inserted is a bug and says so', () => {
  expect(() => savePayment(storage.write, paymentWith('nobody'))).toThrow(/no payment nobody/)
})
