import { expect, test } from 'vitest'
import type { PaymentRecord } from './payments.ts'
import { appendPaymentHistory, insertPayment, savePayment } from './payments.ts'
import { saveReceipt } from './receipts.ts'
import { doubtfulPayments, seqrAccountLines, seqrAccountSums } from './seqr-account.ts'
import type { SeqrRefundRecord } from './seqr-refunds.ts'
import { insertSeqrRefund } from './seqr-refunds.ts'
import type { MemoryStorage } from './storage.fake.ts'
import { paymentWith, receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

const all = { fromMs: 0, toMs: 1_000_000, limit: 100 }

function paid({ storage }: MemoryStorage, id: string, more: Partial<PaymentRecord> = {}): void {
  const stage = { name: 'paid', reference: 'i', ersReference: `E-${id}`, echoedMinor: 2500 } as const
  const amounts = { askedMinor: 2500, sentMinor: 2500, echoedMinor: 2500, bookedMinor: 2500 }
  const record = paymentWith(id, { stage, amounts, ...more })
  insertPayment(storage.write, record)
  if (record.stage.name !== 'paid') return
  const event = { type: 'paid', version: 1, ersReference: '', echoedMinor: null } as const
  const atMs = record.startedAtMs + 5000
  appendPaymentHistory(storage.write, { paymentId: id, atMs, from: 'waiting', event, to: 'paid' })
}

function refunded({ storage }: MemoryStorage, id: string, more: Partial<SeqrRefundRecord> = {}): void {
  saveReceipt(storage.write, receiptWith(`back-${id}`, { kind: 'refund', rows: [rowOf('Kaffe', 100)] }))
  insertSeqrRefund(storage.write, {
    id,
    receiptId: `back-${id}`,
    ofReceiptId: 'sale',
    ofReference: 'E-p1',
    terminalId: 'T1',
    amountMinor: 500,
    currency: 'SEK',
    cashier: 'Bo',
    invoice: { title: '', cashierId: 'Bo', currency: 'SEK', totalMinor: 500, rows: [] },
    stage: { name: 'refunded', ersReference: `R-${id}`, knownBy: 'service' },
    startedAtMs: 20_000,
    endedAtMs: 21_000,
    settledByHand: null,
    ...more,
  })
}

function shop(): MemoryStorage {
  const shop = storageAt()
  sell(shop.storage.write, receiptWith('sale', { rows: [rowOf('Kaffe', 3200)] }), 1000)
  return shop
}

const unsettled = { name: 'waiting', reference: 'i', version: 0, approving: false } as const
const word = { reason: 'r', evidence: 'e', by: 'Erik', atMs: 9000, serviceSays: null }

test('the account holds payments whatever became of their receipt, and refunds below zero', () => {
  const till = shop()
  paid(till, 'p1', { receiptId: 'sale' })
  paid(till, 'p2', { receiptId: null, startedAtMs: 2000 })
  refunded(till, 'f1')
  expect(seqrAccountLines(till.storage.read, all)).toMatchObject([
    { id: 'f1', kind: 'refund', amountMinor: -500, ersReference: 'R-f1', cashier: 'Bo', atMs: 20_000 },
    { id: 'p2', kind: 'payment', receiptId: null, receiptNumber: null, atMs: 7000 },
    { id: 'p1', kind: 'payment', receiptNumber: 1, ersReference: 'E-p1', cashier: 'Anna', byHand: false },
  ])
  expect(seqrAccountSums(till.storage.read, all)).toEqual({
    payments: 2,
    paidMinor: 5000,
    refunds: 1,
    refundedMinor: -500,
  })
})

test('what an administrator settled as paid stands on the account; what was settled as not paid is a question', () => {
  const till = shop()
  paid(till, 'by-hand', { receiptId: 'sale', stage: unsettled, settledByHand: { ...word, as: 'paid' } })
  paid(till, 'not-paid', {
    receiptId: 'sale',
    terminalId: 'T2',
    stage: unsettled,
    settledByHand: { ...word, as: 'notPaid' },
  })
  refunded(till, 'uncertain', { stage: { name: 'uncertain', why: 'noAnswer', code: null } })
  expect(seqrAccountLines(till.storage.read, all)).toMatchObject([
    { id: 'by-hand', byHand: true, ersReference: '' },
  ])
  expect(doubtfulPayments(till.storage.read, all, 'T2')).toMatchObject([
    { id: 'not-paid', amountMinor: 2500 },
  ])
  expect(doubtfulPayments(till.storage.read, all, 'T1')).toEqual([])
})

test('a payment that SEQR ended long after it began stands where its money was taken', () => {
  const till = shop()
  const startedAtMs = 1000
  paid(till, 'late', { receiptId: 'sale', startedAtMs, stage: unsettled })
  expect(seqrAccountLines(till.storage.read, all)).toEqual([])
  const atMs = startedAtMs + 40 * 24 * 3_600_000
  const stage = { name: 'paid', reference: 'i', ersReference: 'E-late', echoedMinor: 2500 } as const
  savePayment(till.storage.write, paymentWith('late', { receiptId: 'sale', startedAtMs, stage }))
  const event = { type: 'paid', version: 1, ersReference: '', echoedMinor: null } as const
  appendPaymentHistory(till.storage.write, { paymentId: 'late', atMs, from: 'waiting', event, to: 'paid' })
  const found = seqrAccountLines(till.storage.read, { fromMs: atMs, toMs: atMs + 1, limit: 10 })
  expect(found).toMatchObject([{ id: 'late', atMs }])
  expect(seqrAccountLines(till.storage.read, all)).toEqual([])
})

test('an invoice that SEQR refused after an answer had got lost may have been paid all the same', () => {
  const till = shop()
  paid(till, 'lost', { stage: { name: 'refused', code: 49, description: '', mayExist: true } })
  paid(till, 'clear', { stage: { name: 'refused', code: 49, description: '', mayExist: false } })
  expect(doubtfulPayments(till.storage.read, all, 'T1').map(({ id }) => id)).toEqual(['lost'])
})

test('the account is searched by reference, cashier and receipt number, page by page', () => {
  const till = shop()
  paid(till, 'p1', { receiptId: 'sale' })
  paid(till, 'p2', { receiptId: null, startedAtMs: 2000, terminalId: 'T2' })
  refunded(till, 'f1')
  const ids = (more: object) => seqrAccountLines(till.storage.read, { ...all, ...more }).map(({ id }) => id)
  expect(ids({ text: 'E-p' })).toEqual(['p2', 'p1'])
  expect(ids({ text: 'bo' })).toEqual(['f1'])
  expect(ids({ text: '1' })).toContain('p1')
  expect(ids({ terminalId: 'T2' })).toEqual(['p2'])
  expect(ids({ fromMs: 6500 })).toEqual(['f1', 'p2'])
  expect(ids({ limit: 2 })).toEqual(['f1', 'p2'])
  expect(ids({ before: { atMs: 7000, id: 'p2' } })).toEqual(['p1'])
  expect(seqrAccountSums(till.storage.read, { ...all, text: 'E-p' }).paidMinor).toBe(5000)
})
