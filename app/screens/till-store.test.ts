import { expect, test } from 'vitest'
import type { PaymentsView, SaleView } from '../contract/views.ts'
import { fakeLink } from './pos.fake.ts'
import { fakePayment } from './scenes.fake.ts'
import { createTillStore, followTill, keepRows, withPayments } from './till-store.ts'
import type { Link } from './link.ts'

const scene = (name: string) => fakeLink(new URLSearchParams({ scene: name }))
const saleOf = (name: string) => scene(name).pos.sale.current()
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

function copyOf(sale: SaleView): SaleView {
  return structuredClone(sale)
}

test('rows that did not change stay the same objects, so that only the new one is painted', async () => {
  const before = await saleOf('sale')
  const after = copyOf(before)
  const kept = keepRows(before, after)
  expect(kept.receipt?.rows[0]).toBe(before.receipt?.rows[0])
  expect(kept.receipt?.rows.at(-1)).toBe(before.receipt?.rows.at(-1))
})

test('a row that changed, and a row of another receipt, is a new object', async () => {
  const before = await saleOf('sale')
  const after = copyOf(before)
  const [first, ...rest] = after.receipt?.rows ?? []
  if (first === undefined || after.receipt === null) throw new Error('the scene has rows')
  const changed = { ...after, receipt: { ...after.receipt, rows: [{ ...first, note: 'x' }, ...rest] } }
  const kept = keepRows(before, changed)
  expect(kept.receipt?.rows[0]?.note).toBe('x')
  expect(kept.receipt?.rows[1]).toBe(before.receipt?.rows[1])
  const other = { ...after, receipt: { ...after.receipt, id: 'r2' } }
  expect(keepRows(before, other).receipt?.rows[0]).not.toBe(before.receipt?.rows[0])
})

test('since when a payment is being canceled is remembered, so that "the customer was faster" can be said', () => {
  const store = createTillStore()
  const view = (part: Partial<PaymentsView['current'] & object>): PaymentsView => ({
    current: fakePayment(0, part),
    open: [],
    reservations: [],
    endedReservations: [],
  })
  store.setState((state) => withPayments(state, view({ phase: 'canceling' }), 5000))
  store.setState((state) => withPayments(state, view({ phase: 'canceling' }), 9000))
  store.setState((state) => withPayments(state, view({ phase: 'paid' }), 9500))
  expect(store.getState().cancelingSinceMs.get('p1')).toBe(5000)
  expect(store.getState().payments?.current?.phase).toBe('paid')
})

test('the window asks once, then listens', async () => {
  const store = createTillStore()
  const link = scene('sale')
  const stop = followTill(link, store)
  await settled()
  expect(store.getState()).toMatchObject({ connection: 'up', till: { storeName: 'Kafé Solsidan' } })
  const rows = store.getState().sale?.receipt?.rows.length ?? 0
  await link.pos.sale.addArticle({ articleId: 'kaffe-0' })
  expect(store.getState().sale?.receipt?.rows).toHaveLength(rows + 1)
  stop()
})

test('after a lost connection everything is asked for again', async () => {
  const store = createTillStore()
  const link = scene('sale')
  const wire = { asked: 0, tell: (_connected: boolean) => {} }
  const counted: Link = {
    pos: {
      ...link.pos,
      till: { ...link.pos.till, current: () => ((wire.asked += 1), link.pos.till.current()) },
    },
    onConnection: (listener) => {
      wire.tell = listener
      listener(true)
      return () => {}
    },
  }
  const stop = followTill(counted, store)
  await settled()
  wire.tell(false)
  expect(store.getState().connection).toBe('lost')
  expect(store.getState().sale).not.toBeNull()
  wire.tell(true)
  await settled()
  expect(store.getState().connection).toBe('up')
  expect(wire.asked).toBe(2)
  stop()
})

test('a till that does not answer yet is asked again', async () => {
  const store = createTillStore()
  const link = scene('sale')
  const wire = { tries: 0 }
  const slow: Link = {
    ...link,
    pos: {
      ...link.pos,
      till: {
        ...link.pos.till,
        current: () => {
          wire.tries += 1
          return wire.tries === 1 ? Promise.reject(new Error('not yet')) : link.pos.till.current()
        },
      },
    },
  }
  const stop = followTill(slow, store, 1)
  await settled()
  expect(store.getState().connection).toBe('connecting')
  await expect.poll(() => store.getState().connection).toBe('up')
  stop()
})

test('a notice that overtakes the first answer stands', async () => {
  const store = createTillStore()
  const link = scene('sale')
  const stop = followTill(link, store)
  await link.pos.sale.cancel({ reason: 'Practice' })
  await settled()
  expect(store.getState().sale?.receipt).toBeNull()
  stop()
})
