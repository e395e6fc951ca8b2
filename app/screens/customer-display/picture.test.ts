import { expect, test } from 'vitest'
import type { DisplayView } from '../../contract/device-views.ts'
import { pictureOf } from './picture.ts'

const idle: DisplayView = {
  storeName: 'Kaffe',
  currency: 'SEK',
  language: 'sv',
  sandbox: false,
  isTest: false,
  receipt: null,
  payment: null,
  finished: null,
}
const row = {
  id: 'r1',
  isSlip: false,
  name: 'Bulle',
  quantityThousandths: 1000,
  unit: 'pcs',
  unitDecimals: 0,
  totalMinor: 3400,
}
const receipt = { rows: [row], discountMinor: 0, totalMinor: 3400, paidMinor: 0, leftToPayMinor: 3400 }
const paying = { phase: 'askCustomer', amountMinor: 3400, seqrId: '0046' } as const

test('the customer is welcomed, then sees the rows, the payment and the change', () => {
  expect(pictureOf(idle)).toBe('idle')
  expect(pictureOf({ ...idle, receipt })).toBe('receipt')
  expect(pictureOf({ ...idle, receipt, payment: paying })).toBe('payment')
  expect(pictureOf({ ...idle, finished: { totalMinor: 3400, changeMinor: 1600 } })).toBe('thanks')
})

test('a payment that failed leads back to the rows: the customer is not asked to scan any more', () => {
  expect(pictureOf({ ...idle, receipt, payment: { ...paying, phase: 'canceled' } })).toBe('receipt')
  expect(pictureOf({ ...idle, receipt, payment: { ...paying, phase: 'refused' } })).toBe('receipt')
})

test('the next customer’s rows take the place of the thanks', () => {
  expect(pictureOf({ ...idle, receipt, finished: { totalMinor: 1, changeMinor: 0 } })).toBe('receipt')
})
