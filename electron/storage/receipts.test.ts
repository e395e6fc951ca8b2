import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Receipt } from '../../app/domain/receipt.ts'
import type { Storage } from './open.ts'
import {
  activeReceiptId,
  findReceipts,
  nextReceiptNumber,
  receiptById,
  receiptByNumber,
  receiptsInState,
  refundsOf,
  saveReceipt,
  setActiveReceiptId,
} from './receipts.ts'
import type { ReceiptSearch } from './receipts.ts'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

const seqr = (ersReference: string, amountMinor: number) =>
  ({
    id: 't1',
    kind: 'seqr',
    amountMinor,
    paymentId: 'p1',
    ersReference,
    atMs: 2000,
    settledByHand: false,
  }) as const

const found = (search: Partial<ReceiptSearch>) =>
  findReceipts(storage.read, { limit: 20, ...search }).map(({ number }) => number)

test('a receipt comes back whole in every state of its life', () => {
  const states: readonly Receipt[] = [
    receiptWith('r1', { rows: [rowOf('Kaffe', 3200, { discount: { kind: 'percent', basisPoints: 1000 } })] }),
    receiptWith('r1', { state: 'parked', parkedAs: 'Bord 4', rows: [rowOf('Åäö é €', 100)] }),
    receiptWith('r1', {
      state: 'canceled',
      canceled: { atMs: 5, reason: 'Ångrat', by: { id: 'b', name: 'Bo' } },
    }),
  ]
  for (const receipt of states) {
    saveReceipt(storage.write, receipt)
    expect(receiptById(storage.read, 'r1')).toEqual(receipt)
  }
  expect(receiptById(storage.read, 'other')).toBeNull()
})

test('parked and open receipts are listed, the oldest first', () => {
  saveReceipt(storage.write, receiptWith('late', { state: 'parked', openedAtMs: 20 }))
  saveReceipt(storage.write, receiptWith('early', { state: 'parked', openedAtMs: 10 }))
  saveReceipt(storage.write, receiptWith('open', { openedAtMs: 15 }))
  const ids = (...states: readonly Receipt['state'][]) =>
    receiptsInState(storage.read, states).map(({ id }) => id)
  expect(ids('parked')).toEqual(['early', 'late'])
  expect(ids('parked', 'open')).toEqual(['early', 'open', 'late'])
})

test('receipt numbers have no gap, whatever is taken back in between', () => {
  const first = sell(storage.write, receiptWith('r1', { rows: [rowOf('A', 100)] }), 1)
  expect(() =>
    storage.transaction((db) => {
      nextReceiptNumber(db)
      throw new Error('printer on fire')
    }),
  ).toThrow('printer on fire')
  const second = sell(storage.write, receiptWith('r2', { rows: [rowOf('A', 100)] }), 2)
  expect([first.number, second.number]).toEqual([1, 2])
  expect(receiptByNumber(storage.read, 2)).toEqual(second)
})

test('a number is never given to two receipts', () => {
  sell(storage.write, receiptWith('r1', { rows: [rowOf('A', 100)] }), 1)
  const twice = receiptWith('r2', { state: 'completed', number: 1, completedAtMs: 5 })
  expect(() => saveReceipt(storage.write, twice)).toThrow(/UNIQUE/)
})

test('a finished receipt is never changed or deleted, and saving it as it is does no harm', () => {
  const sold = sell(storage.write, receiptWith('r1', { rows: [rowOf('A', 100)] }), 1)
  saveReceipt(storage.write, sold)
  expect(() => saveReceipt(storage.write, { ...sold, note: 'other' })).toThrow(/never changed/)
  expect(() => storage.write.run("DELETE FROM receipt WHERE id = 'r1'")).toThrow(/never deleted|FOREIGN/)
  expect(receiptById(storage.read, 'r1')).toEqual(sold)
})

test('the active receipt is remembered over a restart', () => {
  expect(activeReceiptId(storage.read)).toBeNull()
  setActiveReceiptId(storage.write, 'r1')
  expect(activeReceiptId(storage.read)).toBe('r1')
  setActiveReceiptId(storage.write, null)
  expect(activeReceiptId(storage.read)).toBeNull()
})

test('receipts are found by number, time, amount, SEQR reference, cashier and text, the newest first', () => {
  const bo = { id: 'bo', name: 'Bo' }
  sell(storage.write, receiptWith('r1', { rows: [rowOf('Kaffe', 3200)] }), 1000)
  sell(
    storage.write,
    receiptWith('r2', { rows: [rowOf('100% juice', 2900)], cashier: bo, tenders: [seqr('2012ERS', 2900)] }),
    2000,
  )
  sell(
    storage.write,
    receiptWith('r3', { rows: [rowOf('Te', 2950)], roundingMinor: 50, note: 'till Åsa' }),
    3000,
  )
  saveReceipt(storage.write, receiptWith('open', { rows: [rowOf('Kaffe', 3200)] }))
  expect(found({})).toEqual([3, 2, 1])
  expect(found({ limit: 1, before: 3 })).toEqual([2])
  expect(found({ number: 2 })).toEqual([2])
  expect(found({ fromMs: 2000, toMs: 3000 })).toEqual([2])
  expect(found({ amountMinor: 3200 })).toEqual([1])
  expect([found({ amountMinor: 2950 }), found({ amountMinor: 3000 })]).toEqual([[3], [3]])
  expect(found({ ersReference: '2012ERS' })).toEqual([2])
  expect([found({ text: 'bo' }), found({ text: 'Anna' })]).toEqual([[2], [3, 1]])
  expect([
    found({ text: 'kaff' }),
    found({ text: '100%' }),
    found({ text: 'Åsa' }),
    found({ text: 'ERS' }),
  ]).toEqual([[1], [2], [3], [2]])
  expect(found({ ersReference: '2012ERS', text: 'kaffe' })).toEqual([])
})

test('refunds are found by the receipt they take back from', () => {
  const sold = sell(storage.write, receiptWith('r1', { rows: [rowOf('A', 500)] }), 1)
  const back = rowOf('A', 500, { quantityThousandths: -1000 })
  const refundOf = { receiptId: 'r1', number: sold.number ?? 0 }
  sell(storage.write, receiptWith('r2', { kind: 'refund', rows: [back], refundOf }), 2)
  expect(refundsOf(storage.read, 'r1').map(({ id }) => id)).toEqual(['r2'])
  expect(found({ amountMinor: 500 })).toEqual([2, 1])
})
