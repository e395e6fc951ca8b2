import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  announcerOver,
  bridgeOver,
  type Bridge,
  type ContractFault,
  type Handlers,
  notice,
  request,
  serve,
  type Wire,
} from './define.ts'

const addRow = z.strictObject({ code: z.string().min(1).max(40), quantity: z.int().min(1).max(999) })
const contract = {
  sale: {
    current: request().answers<{ total: number }>(),
    addRow: request(addRow).answers<{ ok: true; rows: number } | { ok: false; reason: 'unknownCode' }>(),
    changed: notice<{ total: number }>(),
  },
  payment: { start: request(z.strictObject({ amountMinor: z.int().positive() })).answers<string>() },
  scanner: { scanned: notice<string>() },
}
type Handled = Handlers<typeof contract>

function shop() {
  const calls: unknown[] = []
  const logged: { fields: object; message: string }[] = []
  const handlers: Handled = {
    sale: {
      current: () => ({ total: 0 }),
      addRow: (input) => {
        calls.push(input)
        return input.code === 'none' ? { ok: false, reason: 'unknownCode' } : { ok: true, rows: calls.length }
      },
    },
    payment: {
      start: ({ amountMinor }) => {
        calls.push(amountMinor)
        throw new Error('the disk is gone, password=hunter2')
      },
    },
  }
  const log = {
    warn: (fields: object, message: string) => void logged.push({ fields, message }),
    error: (fields: object, message: string) => void logged.push({ fields, message }),
  }
  const answer = serve(contract, handlers, { log, displayMay: ['sale.current'], reference: () => 'REF001' })
  return { answer, calls, logged }
}
const till = { screen: 'till' } as const

function wireTo(answer: ReturnType<typeof shop>['answer']) {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const wire: Wire = {
    ask: (channel, input) => answer(channel, input, till),
    on(channel, listener) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      return () => set.delete(listener)
    },
  }
  const send = (channel: string, payload: unknown) => listeners.get(channel)?.forEach((tell) => tell(payload))
  return { wire, send }
}

test('a request goes through the bridge to its handler and its answer comes back', async () => {
  const { answer } = shop()
  const pos = bridgeOver(contract, wireTo(answer).wire)
  expect(await pos.sale.current()).toEqual({ total: 0 })
  expect(await pos.sale.addRow({ code: '7310865004703', quantity: 2 })).toEqual({ ok: true, rows: 1 })
  expect(await pos.sale.addRow({ code: 'none', quantity: 1 })).toEqual({ ok: false, reason: 'unknownCode' })
})

test('the bridge and the handlers have the types that the contract gives them', () => {
  expectTypeOf<Parameters<Bridge<typeof contract>['sale']['addRow']>>().toEqualTypeOf<
    [input: { code: string; quantity: number }]
  >()
  expectTypeOf<Bridge<typeof contract>['sale']['current']>().returns.resolves.toEqualTypeOf<{
    total: number
  }>()
  expectTypeOf<keyof Handled>().toEqualTypeOf<'sale' | 'payment'>()
  // @ts-expect-error a forgotten handler does not compile
  const forgotten: Handled = { sale: { current: () => ({ total: 0 }) }, payment: { start: () => '' } }
  expect(() => serve(contract, forgotten, { log: { warn() {}, error() {} } })).toThrow('sale.addRow')
})

test.each([
  ['an unknown key', { code: 'a', quantity: 1, price: 0 }],
  ['a fractional quantity', { code: 'a', quantity: 1.5 }],
  ['a negative quantity', { code: 'a', quantity: -1 }],
  ['a wrong type', { code: 7, quantity: 1 }],
  ['nothing', undefined],
  ['a list', []],
  ['NaN', { code: 'a', quantity: Number.NaN }],
])('a request with %s is refused before its handler', async (_what, raw) => {
  const { answer, calls, logged } = shop()
  expect(await answer('sale.addRow', raw, till)).toEqual({ ok: false, fault: 'invalidRequest' })
  expect(calls).toEqual([])
  expect(logged).toHaveLength(1)
})

test('the log of a refused request never has the value that was sent', async () => {
  const { answer, logged } = shop()
  await answer('sale.addRow', { code: 'a', quantity: 'pin-4711' }, till)
  expect(JSON.stringify(logged)).not.toContain('4711')
})

test('a handler that throws is logged under a reference and the window learns only the reference', async () => {
  const { answer, logged } = shop()
  const pos = bridgeOver(contract, wireTo(answer).wire)
  const fault = await pos.payment
    .start({ amountMinor: 100 })
    .catch((error: unknown) => error as ContractFault)
  expect(fault).toMatchObject({ fault: 'bug', reference: 'REF001' })
  expect(String(fault)).not.toContain('hunter2')
  expect(logged[0]?.fields).toMatchObject({ reference: 'REF001', channel: 'payment.start' })
})

test('unknown channels are refused, the names of object members too', async () => {
  const { answer } = shop()
  for (const channel of [
    '',
    'sale',
    'sale.nothing',
    'sale.changed',
    '__proto__',
    'sale.constructor',
    'a.b.c',
  ])
    expect(await answer(channel, undefined, till)).toEqual({ ok: false, fault: 'unknownRequest' })
})

test('the customer display may ask only what is listed for it', async () => {
  const { answer, calls } = shop()
  const from = { screen: 'display' } as const
  expect(await answer('sale.current', undefined, from)).toEqual({ ok: true, answer: { total: 0 } })
  expect(await answer('sale.addRow', { code: 'a', quantity: 1 }, from)).toEqual({
    ok: false,
    fault: 'notAllowed',
  })
  expect(calls).toEqual([])
})

test('a notice reaches every listener until it is called off', () => {
  const { wire, send } = wireTo(shop().answer)
  const pos = bridgeOver(contract, wire)
  const announce = announcerOver(contract, send)
  const heard: unknown[] = []
  const stop = pos.sale.onChanged((view) => heard.push(view.total))
  announce.sale.changed({ total: 5 })
  announce.scanner.scanned('x')
  stop()
  announce.sale.changed({ total: 6 })
  expect(heard).toEqual([5])
})

test('an answer that is no reply counts as a lost one', async () => {
  const pos = bridgeOver(contract, { ask: async () => 'hello', on: () => () => {} })
  await expect(pos.sale.current()).rejects.toMatchObject({ fault: 'disconnected' })
})

test('whatever is sent, nothing crashes and no handler sees an input that does not fit', async () => {
  const { answer, calls } = shop()
  const near = fc.record(
    { code: fc.anything(), quantity: fc.oneof(fc.integer(), fc.anything()), extra: fc.anything() },
    { requiredKeys: [] },
  )
  const names = fc.oneof(
    fc.constantFrom('sale.addRow', 'payment.start', 'sale.current', 'sale.changed'),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(names, fc.oneof(near, fc.anything(), fc.jsonValue()), async (channel, raw) => {
      calls.length = 0
      const reply = await answer(channel, raw, till)
      const fits =
        channel === 'payment.start'
          ? startFits(raw)
          : channel === 'sale.addRow' && addRow.safeParse(raw).success
      expect(calls.length).toBe(fits ? 1 : 0)
      if (reply.ok) expect(['sale.addRow', 'sale.current']).toContain(channel)
    }),
    { numRuns: 12_000 },
  )
})

function startFits(raw: unknown): boolean {
  return z.strictObject({ amountMinor: z.int().positive() }).safeParse(raw).success
}
