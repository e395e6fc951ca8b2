import { expect, test } from 'vitest'
import type { RefundStage } from '../../app/domain/seqr-refund.ts'
import { saveReceipt } from './receipts.ts'
import type { SeqrRefundRecord } from './seqr-refunds.ts'
import {
  insertSeqrRefund,
  openSeqrRefunds,
  saveSeqrRefund,
  seqrRefundById,
  seqrRefundHistory,
  seqrRefundsOfReceipt,
} from './seqr-refunds.ts'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

function withRefund(more: Partial<SeqrRefundRecord> = {}) {
  const { storage } = storageAt()
  sell(storage.write, receiptWith('sale', { rows: [rowOf('Kaffe', 3200)] }), 1000)
  const rows = [rowOf('Kaffe', 3200, { quantityThousandths: -1000 })]
  saveReceipt(storage.write, receiptWith('back', { kind: 'refund', rows }))
  const record: SeqrRefundRecord = {
    id: 'refund-1',
    receiptId: 'back',
    ofReceiptId: 'sale',
    ofReference: '201205',
    terminalId: 'T1',
    amountMinor: 3200,
    currency: 'SEK',
    cashier: 'Anna',
    invoice: { title: 'Kiosk', cashierId: 'Anna', currency: 'SEK', totalMinor: 3200, rows: [] },
    stage: { name: 'sending' },
    startedAtMs: 2000,
    endedAtMs: null,
    settledByHand: null,
    ...more,
  }
  insertSeqrRefund(storage.write, record)
  return { storage, record }
}

test('a refund is kept as it was sent, with each of its moves', () => {
  const { storage, record } = withRefund()
  expect(seqrRefundById(storage.read, 'refund-1')).toEqual(record)
  expect(openSeqrRefunds(storage.read)).toEqual([record])
  const stage: RefundStage = { name: 'refunded', ersReference: 'R9', knownBy: 'service' }
  const event = { type: 'accepted', ersReference: 'R9' } as const
  saveSeqrRefund(storage.write, { ...record, stage }, { atMs: 3000, from: 'sending', event, to: 'refunded' })
  expect(openSeqrRefunds(storage.read)).toEqual([])
  expect(seqrRefundsOfReceipt(storage.read, 'back')).toEqual([{ ...record, stage }])
  expect(seqrRefundHistory(storage.read, 'refund-1')).toEqual([
    { atMs: 3000, from: 'sending', event, to: 'refunded' },
  ])
})

test('a second refund of the same receipt cannot go out while the first one is open', () => {
  const { storage, record } = withRefund({ stage: { name: 'uncertain', why: 'noAnswer', code: null } })
  expect(() =>
    insertSeqrRefund(storage.write, { ...record, id: 'refund-2', stage: { name: 'sending' } }),
  ).toThrow()
})

test('a refund is never deleted, and its history never changed', () => {
  const { storage } = withRefund()
  expect(() => storage.write.run('DELETE FROM seqr_refund')).toThrow('never deleted')
})
