import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashIntoDrawer, isSettled, withCash, withTender, withoutRow } from './receipt-edit.ts'
import { calm, someMarks, someReceipt, someRow } from './receipt.fake.ts'
import { leftToPay, leftWithoutCash, slipsOf, totalOf, type Receipt, type Tender } from './receipt.ts'
import { permit, type Action, type Circumstances } from './rules.ts'

const slipOf = (id: string, unitPriceMinor: number) =>
  someRow({
    id,
    kind: 'slip',
    articleId: null,
    vatBasisPoints: 0,
    unitPriceMinor,
    slip: { slipId: id, payId: '991308500305', merchantName: 'Test Merchant' },
  })
const goodsOf = (unitPriceMinor: number) => someRow({ id: 'goods', unitPriceMinor })
const card = (amountMinor: number): Tender => ({
  id: `card-${amountMinor}`,
  kind: 'other',
  tenderTypeId: 'card',
  name: 'Card',
  amountMinor,
  reference: '',
  atMs: 1,
})
const ruleFor = (action: Action, receipt: Receipt | null, around: Partial<Circumstances> = {}) => {
  const answer = permit(action, receipt, { ...calm, ...around })
  return answer.allowed ? 'allowed' : answer.rule
}

test('a receipt of slips alone is paid in cash, and nothing else', () => {
  const receipt = someReceipt(slipOf('a', 10_000))
  expect(ruleFor('payCash', receipt)).toBe('allowed')
  expect(ruleFor('payOther', receipt)).toBe('slipsNeedCash')
  expect(ruleFor('paySeqr', receipt)).toBe('slipsNeedCash')
})

test('beside slips, SEQR and other tenders pay what the goods come to', () => {
  const receipt = someReceipt(goodsOf(2500), slipOf('a', 10_000))
  expect(leftWithoutCash(receipt)).toBe(2500)
  expect(ruleFor('paySeqr', receipt)).toBe('allowed')
  const paid = withTender(receipt, card(2500))
  expect(leftWithoutCash(paid)).toBe(0)
  expect(ruleFor('paySeqr', paid)).toBe('slipsNeedCash')
  expect(ruleFor('payCash', paid)).toBe('allowed')
})

test('cash that has come first leaves the goods to the other tenders', () => {
  const receipt = withCash(someReceipt(goodsOf(2500), slipOf('a', 10_000)), 11_500, someMarks)
  expect(leftToPay(receipt)).toBe(1000)
  expect(leftWithoutCash(receipt)).toBe(1000)
})

test('goods taken away after a card has paid them do not turn the card’s money into a slip’s', () => {
  const paid = withTender(someReceipt(goodsOf(2500), slipOf('a', 10_000)), card(2500))
  const left = withoutRow(paid, 'goods')
  expect(ruleFor('payCash', left)).toBe('slipsNeedCash')
  expect(ruleFor('correctTender', left)).toBe('allowed')
})

test('a slip that has to be verified again holds every tender up', () => {
  const receipt = someReceipt(slipOf('a', 10_000))
  for (const action of ['payCash', 'payOther', 'paySeqr'] as const)
    expect(ruleFor(action, receipt, { staleSlips: 1 })).toBe('slipExpired')
  expect(ruleFor('removeRow', receipt, { staleSlips: 1 })).toBe('allowed')
})

test('a slip needs 7-CONNECT, a shift and no open payment; it may begin a receipt', () => {
  expect(ruleFor('addSlip', null)).toBe('allowed')
  expect(ruleFor('addSlip', null, { slipsReady: false })).toBe('noSlips')
  expect(ruleFor('addSlip', null, { shiftOpen: false })).toBe('noShift')
  expect(ruleFor('addSlip', someReceipt(), { openPayments: 1 })).toBe('paymentOpen')
})

test('however a receipt is paid by the rules, the drawer has got at least what the slips come to', () => {
  const anyTender = fc.record({
    action: fc.constantFrom('payCash' as const, 'payOther' as const),
    share: fc.double({ min: 0.01, max: 1.5, noNaN: true }),
  })
  const anyRun = fc.record({
    goods: fc.integer({ min: 0, max: 50_000 }),
    slips: fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 3 }),
    tenders: fc.array(anyTender, { minLength: 1, maxLength: 8 }),
  })
  fc.assert(
    fc.property(anyRun, ({ goods, slips, tenders }) => {
      const rows = slips.map((amountMinor, index) => slipOf(`slip-${index}`, amountMinor))
      const start = someReceipt(goodsOf(goods), ...rows)
      const end = tenders.reduce((receipt, { action, share }) => {
        const left = leftToPay(receipt)
        if (isSettled(receipt) || ruleFor(action, receipt) !== 'allowed') return receipt
        if (action === 'payCash') return withCash(receipt, Math.max(1, Math.round(left * share)), someMarks)
        const amountMinor = Math.min(Math.round(left * share), leftWithoutCash(receipt))
        return amountMinor > 0 ? withTender(receipt, card(amountMinor)) : receipt
      }, start)
      if (!isSettled(end)) return
      expect(cashIntoDrawer(end)).toBeGreaterThanOrEqual(slipsOf(end) + Math.min(0, end.roundingMinor))
      expect(totalOf(end)).toBe(goods + slipsOf(end))
    }),
  )
})
