import { expect, test } from 'vitest'
import { isPassing, seqrResultOf, seqrResults } from './seqr-result.ts'

const codes = Object.keys(seqrResults).map(Number)

test('SEQR rule: every documented result code is known, and no other', () => {
  const documented = [
    [0, 1, 2, 10, 11, 12, 20, 21, 23, 29, 33, 37, 48, 49, 50, 51, 53, 54, 55, 58, 64],
    [90, 91, 92, 93, 94, 95, 96, 97, 98, 99],
  ]
  expect(codes).toEqual(documented.flat())
})

test('only 90, 93 and 94 of the documented codes are worth another try', () => {
  expect(codes.filter(isPassing)).toEqual([90, 93, 94])
})

test('a code that nobody documented has no name of its own and never ends a payment', () => {
  for (const code of [-1, 3, 52, 100, 2_147_483_647])
    expect(seqrResultOf(code)).toMatchObject({ name: 'UNLISTED', passing: true })
})

test('every code has a name of its own and a meaning', () => {
  expect(new Set(codes.map((code) => seqrResultOf(code).name)).size).toBe(codes.length)
  expect(codes.every((code) => seqrResultOf(code).meaning.length > 3)).toBe(true)
})

test('the codes that decide what becomes of a cancel, a refund and a reservation have their documented names', () => {
  const names = Object.fromEntries([0, 2, 50, 51, 95, 96, 98].map((code) => [code, seqrResultOf(code).name]))
  expect(names).toEqual({
    0: 'SUCCESS',
    2: 'REPORT_NOT_READY',
    50: 'CANNOT_CANCEL_PAID_INVOICE',
    51: 'CANNOT_CANCEL_INVOICE_IN_PROGRESS',
    95: 'INVOICE_ALREADY_CANCELED',
    96: 'INVOICE_STATE_NOT_RESERVED',
    98: 'SUM_OF_REFUNDS_CAN_NOT_BE_MORE_THAN_ORIGINAL_TRANSACTION',
  })
})
