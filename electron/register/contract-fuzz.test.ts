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
import { fitting, type Shape } from './fitting.fake.ts'
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
