import { afterEach, beforeEach, expect, test } from 'vitest'
import { firstShop } from '../../app/domain/shop.ts'
import type { Storage } from '../storage/open.ts'
import { receiptWith, rowOf, sell, storageAt } from '../storage/storage.fake.ts'
import { receiptFinder } from './receipt-finder.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
  storage.transaction((db) => {
    for (let sale = 1; sale <= 60; sale += 1) {
      const name = sale % 3 === 0 ? 'Kaffe' : 'Bulle'
      sell(db, receiptWith(`r${sale}`, { rows: [rowOf(name, 100 * sale)] }), sale * 1000)
    }
  })
})
afterEach(() => storage.close())

const finder = () => receiptFinder(storage.read, () => firstShop, 10)
const numbersOf = ({ receipts }: Awaited<ReturnType<ReturnType<typeof finder>>>) =>
  receipts.map(({ number }) => number)

test('a part of a name is found stretch by stretch, in pages without a gap or a double', async () => {
  const find = finder()
  const first = await find('aff', { limit: 15 })
  expect(numbersOf(first)).toEqual(Array.from({ length: 15 }, (_, place) => 60 - 3 * place))
  const second = await find('aff', { limit: 15, before: first.next ?? 0 })
  expect(numbersOf(second)).toEqual([15, 12, 9, 6, 3])
  expect(second.next).toBeNull()
})

test('the till is at work between two stretches of a search', async () => {
  const heard: string[] = []
  const search = finder()('nowhere', { limit: 15 }).then(() => heard.push('search'))
  const work = new Promise<void>((resolve) => {
    setImmediate(() => setImmediate(resolve))
  }).then(() => heard.push('work'))
  await Promise.all([search, work])
  expect(heard).toEqual(['work', 'search'])
})

test('a newer search breaks an older one off, which can go on from where it was', async () => {
  const find = finder()
  const [older, newer] = await Promise.all([find('kaffe', { limit: 50 }), find('bulle', { limit: 5 })])
  expect(numbersOf(newer)).toEqual([59, 58, 56, 55, 53])
  expect(older.next).not.toBeNull()
  const rest = await find('kaffe', { limit: 50, before: older.next ?? 0 })
  expect([...numbersOf(older), ...numbersOf(rest)]).toEqual(
    Array.from({ length: 20 }, (_, place) => 60 - 3 * place),
  )
})

test('only the days that were asked for are looked through', async () => {
  const page = { limit: 50, fromMs: 20_000, toMs: 30_000 }
  expect(numbersOf(await finder()('kaffe', page))).toEqual([27, 24, 21])
  expect(numbersOf(await finder()('kaffe', { ...page, fromMs: 90_000, toMs: 99_000 }))).toEqual([])
})
