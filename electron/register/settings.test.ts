import { afterEach, expect, test } from 'vitest'
import { insertPayment } from '../storage/payments.ts'
import { saveReceipt } from '../storage/receipts.ts'
import { paymentWith, receiptWith, rowOf, sell, storageAt } from '../storage/storage.fake.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, startedRegister } from './register.fake.ts'
import { currencyHeld } from './settings.ts'

const tills: TestedRegister[] = []
afterEach(async () => {
  for (const till of tills.splice(0)) await till.stop()
})

const coffee = receiptWith('r1', { rows: [rowOf('Coffee', 2500)] })

test('the currency is free before the first receipt, and a real till keeps that of its books', () => {
  const { storage } = storageAt()
  expect(currencyHeld(storage.read, false)).toBeNull()
  sell(storage.write, coffee, 1000)
  expect(currencyHeld(storage.read, false)).toBe('currencyInBooks')
  expect(currencyHeld(storage.read, true)).toBeNull()
})

test('nobody changes the currency over a parked receipt or a preliminary payment', () => {
  const parked = storageAt().storage
  saveReceipt(parked.write, { ...coffee, state: 'parked', parkedAs: 'Table 2' })
  expect(currencyHeld(parked.read, true)).toBe('currencyInShift')
  const { storage } = storageAt()
  insertPayment(storage.write, paymentWith('p1', { mode: 'reservation', receiptId: null }))
  expect(currencyHeld(storage.read, true)).toBe('currencyInShift')
})

test('KASSA_CURRENCY does not turn a real till’s amounts into other money, and says that it is not used', async () => {
  const sold = await startedRegister({ sandbox: null, currency: 'EUR' }, (storage) =>
    sell(storage.write, coffee, 1000),
  )
  tills.push(sold)
  expect((await sold.ask.settings.current(undefined, fromTill)).shop.currency).toBe('SEK')
  const { warnings } = await sold.ask.upkeep.current(undefined, fromTill)
  expect(warnings).toContainEqual(expect.stringContaining('keeps it'))
  const fresh = await startedRegister({ sandbox: null, currency: 'EUR' })
  tills.push(fresh)
  expect((await fresh.ask.settings.current(undefined, fromTill)).shop.currency).toBe('EUR')
})
