import { expect, test } from 'vitest'
import { withCash, withTender } from './receipt-edit.ts'
import { calm, seqrTender, someMarks, someReceipt, someRow } from './receipt.fake.ts'
import type { Receipt } from './receipt.ts'
import type { Action, Circumstances, Rule } from './rules.ts'
import { permit } from './rules.ts'

const receipt = someReceipt(someRow({ unitPriceMinor: 10_000 }))
const partSeqr = withTender(receipt, seqrTender(4000))
const partCash = withCash(receipt, 4000, someMarks)

function ruleFor(action: Action, on: Receipt | null, around: Partial<Circumstances> = {}): Rule | 'allowed' {
  const answer = permit(action, on, { ...calm, ...around })
  return answer.allowed ? 'allowed' : answer.rule
}

test('SEQR rule: SEQR is enabled only when a receipt is active', () => {
  expect(ruleFor('paySeqr', null)).toBe('noReceipt')
  expect(ruleFor('paySeqr', receipt)).toBe('allowed')
})

test('SEQR rule: SEQR is enabled only when the amount to pay is above zero', () => {
  expect(ruleFor('paySeqr', someReceipt())).toBe('nothingToPay')
  expect(ruleFor('paySeqr', someReceipt(someRow({ unitPriceMinor: 0 })))).toBe('nothingToPay')
  expect(ruleFor('paySeqr', someReceipt(someRow({ quantityThousandths: -1000 })))).toBe('nothingToPay')
})

test('SEQR rule: SEQR needs a registered terminal, a SEQR ID and a service that answers', () => {
  expect(ruleFor('paySeqr', receipt, { terminalRegistered: false })).toBe('noTerminal')
  expect(ruleFor('paySeqr', receipt, { seqrIdAssigned: false })).toBe('noSeqrId')
  expect(ruleFor('paySeqr', receipt, { seqrOnline: false })).toBe('seqrOffline')
})

test('SEQR rule: a receipt that SEQR has paid in part cannot be parked or canceled', () => {
  expect(ruleFor('park', partSeqr)).toBe('seqrPaidPart')
  expect(ruleFor('cancel', partSeqr)).toBe('seqrPaidPart')
})

test('SEQR rule: the SEQR payment of a part cannot be corrected', () => {
  expect(ruleFor('correctTender', partSeqr)).toBe('seqrPaidPart')
  expect(ruleFor('correctTender', partCash)).toBe('allowed')
})

test('SEQR rule: another payment, or SEQR again, must complete a receipt that SEQR has paid in part', () => {
  for (const action of ['payCash', 'payOther', 'paySeqr'] as const)
    expect(ruleFor(action, partSeqr)).toBe('allowed')
  expect(ruleFor('removeRow', partSeqr)).toBe('seqrPaidPart')
  expect(ruleFor('addRow', partSeqr)).toBe('allowed')
})

test('while a payment has no final answer the receipt stands still', () => {
  const actions: Action[] = [
    'addRow',
    'changeRow',
    'removeRow',
    'park',
    'cancel',
    'payCash',
    'paySeqr',
    'payOther',
    'correctTender',
  ]
  for (const action of actions) expect(ruleFor(action, receipt, { openPayments: 1 })).toBe('paymentOpen')
})

test('the sticker serves one receipt at a time, but others can be rung up and paid otherwise', () => {
  expect(ruleFor('paySeqr', receipt, { stickerBusy: true })).toBe('stickerBusy')
  expect(ruleFor('payCash', receipt, { stickerBusy: true })).toBe('allowed')
  expect(ruleFor('addRow', receipt, { stickerBusy: true })).toBe('allowed')
})

test('money taken in cash keeps a receipt from being parked or canceled until it is corrected', () => {
  expect(ruleFor('park', partCash)).toBe('partlyPaid')
  expect(ruleFor('cancel', partCash)).toBe('partlyPaid')
})

test('money that was taken in one way and given in another keeps a receipt, also where the two even out', () => {
  const even = withTender(partCash, {
    id: 'card-1',
    kind: 'other',
    tenderTypeId: 'card',
    name: 'Card',
    amountMinor: -4000,
    reference: '',
    atMs: 1,
  })
  expect(ruleFor('park', even)).toBe('partlyPaid')
  expect(ruleFor('cancel', even)).toBe('partlyPaid')
})

test('a receipt that has come out even is finished by the cash key, unless a slip would not be paid in cash', () => {
  const goods = someRow({ unitPriceMinor: 4000 })
  const back = someRow({ id: 'row-2', unitPriceMinor: 4000, quantityThousandths: -1000 })
  expect(ruleFor('payCash', someReceipt(goods, back))).toBe('allowed')
  const paidAndBack = withTender(someReceipt(goods, goods, back), seqrTender(4000))
  expect(ruleFor('payCash', paidAndBack)).toBe('allowed')
  expect(ruleFor('payOther', paidAndBack)).toBe('nothingToPay')
  const slip = someRow({ id: 'slip', kind: 'slip', unitPriceMinor: 4000 })
  expect(ruleFor('payCash', withTender(someReceipt(slip, goods, back), seqrTender(4000)))).toBe(
    'slipsNeedCash',
  )
})

test('nothing is sold without a cashier, an open shift and a disk that takes it', () => {
  expect(ruleFor('addRow', null, { signedIn: false })).toBe('signedOut')
  expect(ruleFor('addRow', null, { shiftOpen: false })).toBe('noShift')
  expect(ruleFor('addRow', null, { diskFull: true })).toBe('diskFull')
  expect(ruleFor('addRow', null)).toBe('allowed')
})

test('a closed receipt takes nothing more', () => {
  expect(ruleFor('payCash', { ...receipt, state: 'completed' })).toBe('receiptClosed')
  expect(ruleFor('addRow', { ...receipt, state: 'canceled' })).toBe('receiptClosed')
})
