/** Whatever fits the contract may be asked at any moment, in any order: the register answers, and never with a bug. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../app/contract/contract.ts'
import { entriesOf, serve } from '../../app/contract/define.ts'
import { verifyJournal } from '../storage/journal-verify.ts'
import type { SaleView } from '../../app/contract/views.ts'
import { keepingPrinter, startedRegister, type TestedRegister } from './register.fake.ts'

/** These reach for the disk or the network outside the data folder, wherever they are told to, or lock everybody out. */
const outside = [
  'settings.saveBackup',
  'settings.savePrinter',
  'settings.saveSeqr',
  'devices.find',
  'session.signIn',
  'session.signOut',
  'session.lock',
  'session.unlock',
  'session.saveUser',
  'session.changePin',
  'payment.settleByHand',
  'refund.settleByHand',
]

interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** Values that fit a shape; `known` are ids that the till really has. */
function fitting(shape: Shape, known: () => readonly string[]): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum)
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map((each) => fitting(each, known)))
  switch (shape.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(shape.properties ?? {}).map(([name, each]) => [name, fitting(each, known)]),
        ),
        { requiredKeys: [...(shape.required ?? [])] },
      )
    case 'array':
      return fc.array(fitting(shape.items ?? {}, known), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 4, 4),
      })
    case 'string':
      return textOf(shape, known)
    case 'integer':
    case 'number':
      return numberOf(shape)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.constant(undefined)
  }
}

function textOf({ minLength = 0, maxLength = 20, pattern }: Shape, known: () => readonly string[]) {
  if (pattern === '^\\d{4,12}$') return fc.constantFrom('1234', '1111', '9876543')
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const most = Math.min(maxLength, 30)
  const plain = fc.string({ minLength, maxLength: most, unit: 'grapheme' })
  return fc.oneof({ weight: 3, arbitrary: fc.nat().map((n) => known()[n % known().length] ?? 'x') }, plain)
}

function numberOf({ minimum = -1e6, maximum = 1e6 }: Shape) {
  const around = fc.integer({ min: Math.max(minimum, -10_000), max: Math.min(maximum, 10_000) })
  return fc.oneof({ weight: 4, arbitrary: around }, fc.constantFrom(minimum, maximum))
}

const till = { screen: 'till' } as const

/** Ids that the next question may be about. */
function knownIds({ storage, ask }: TestedRegister): readonly string[] {
  const rows = (sql: string) => storage.read.all<{ id: string }>(sql).map(({ id }) => id)
  const { receipt } = ask.sale.current(undefined, till) as SaleView
  return [
    ...(receipt === null ? [] : [receipt.id, ...receipt.rows.map(({ id }) => id)]),
    ...(receipt?.tenders.map(({ id }) => id) ?? []),
    ...rows('SELECT id FROM payment LIMIT 3'),
    ...rows('SELECT id FROM receipt ORDER BY rowid DESC LIMIT 3'),
    ...rows('SELECT id FROM article LIMIT 6'),
    'card',
  ]
}

/** Every question that may be asked, with inputs that fit. */
function questionsOf(known: () => readonly string[]) {
  return entriesOf(contract).flatMap(({ group, name, entry }) => {
    const channel = `${group}.${name}`
    if (entry.kind !== 'request' || outside.includes(channel)) return []
    const shape = z.toJSONSchema(entry.schema, { unrepresentable: 'any', io: 'input' }) as Shape
    return [{ channel, schema: entry.schema, inputs: fitting(shape, known) }]
  })
}

test(
  'whatever fits, in whatever order, is answered, and the journal stays whole',
  { timeout: 120_000 },
  async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-fuzz-'))
    const started = await startedRegister({
      printer: keepingPrinter(),
      environment: { dataDir: folder, seqr: { inUse: '', fixedBy: null } },
    })
    const bugs: unknown[] = []
    const log = { warn: () => {}, error: (fields: object) => void bugs.push(fields) }
    const answer = serve(contract, started.ask, { log })
    const sample = { ids: [] as readonly string[] }
    const questions = questionsOf(() => sample.ids)
    const ofSales = questions.filter(({ channel }) => channel.startsWith('sale.'))
    const life = fc.array(fc.oneof(fc.constantFrom(...ofSales), fc.constantFrom(...questions)), {
      minLength: 20,
      maxLength: 60,
    })
    const counts = { asked: 0, fitting: 0, done: 0 }
    await fc.assert(
      fc.asyncProperty(life, async (steps) => {
        await answer('session.signIn', { userId: 'practice-cashier', pin: '1111' }, till)
        await answer('shift.open', { floatMinor: 100_000 }, till)
        await answer('session.unlock', { pin: '1234' }, till)
        sample.ids = knownIds(started)
        for (const { channel, schema, inputs } of steps) {
          const [input] = fc.sample(inputs, { numRuns: 1, seed: (counts.asked += 1) })
          if (schema.safeParse(input).success) counts.fitting += 1
          const reply = await answer(channel, input, till)
          if (channel.startsWith('sale.')) sample.ids = knownIds(started)
          expect(bugs, `${channel} ${JSON.stringify(input)}`).toEqual([])
          if (reply.ok && (reply.answer as { ok?: boolean } | null)?.ok === true) counts.done += 1
          started.clock.nowMs += 1_000
        }
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(counts.fitting).toBeGreaterThan(counts.asked * 0.7)
    expect(counts.done).toBeGreaterThan(counts.asked * 0.1)
    expect(verifyJournal(started.storage.read)).toMatchObject({ ok: true })
    await started.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  },
)
