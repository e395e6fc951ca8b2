import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../app/contract/contract.ts'
import { entriesOf, serve, type Answerer } from '../../app/contract/define.ts'
import { silentLog } from '../log.ts'
import { fitting, type Shape } from './fitting.fake.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, keepingPrinter, startedRegister } from './register.fake.ts'

/** What is an administrator's but changes nothing: to look is not an act. */
const looksOnly = [
  'settings.audit',
  'devices.find',
  'catalogue.beginUpload',
  'catalogue.addToUpload',
  'catalogue.checkImport',
]

/** Acts whose checks come before the question who may, or that need a program around the till: tested elsewhere. */
const elsewhere = [
  'program.checkForUpdate',
  'program.installUpdate',
  'program.prepareForKiosk',
  'refund.inCash',
]

let folder = ''
let till: TestedRegister
let ask: (channel: string, input: unknown) => Promise<{ readonly ok?: boolean; readonly permission?: string }>

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-audit-'))
  till = await startedRegister({
    printer: keepingPrinter(),
    environment: { dataDir: folder, seqr: { inUse: '', fixedBy: null } },
    reseller: { resellerId: 'shop', userId: '9900', password: 'given' },
    seqr: agreeingSeqr(),
  })
  const answer: Answerer = serve(contract, till.ask, { log: silentLog })
  ask = async (channel, input) => {
    const reply = await answer(channel, input, fromTill)
    return reply.ok ? (reply.answer as object) : { ok: false }
  }
})
afterEach(async () => {
  await till.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

/** A service that takes whatever is asked of a terminal. */
function agreeingSeqr() {
  const agree = () => Promise.resolve({ kind: 'ok', value: { terminalId: 'terminal-1', ersReference: 'r' } })
  return new Proxy({} as never, {
    get: (_, name) => (name === 'probe' ? () => Promise.resolve('online') : agree),
  })
}

/** Each act of an administrator with an input that it takes, in an order that works. */
async function actsOfAdministrators(): Promise<readonly (readonly [string, unknown])[]> {
  const { shop } = await till.ask.settings.current(undefined, fromTill)
  const devices = await till.ask.devices.current(undefined, fromTill)
  const [article] = (await till.ask.catalogue.search({ text: '', categoryId: null, after: null }, fromTill))
    .articles
  const [category] = await till.ask.article.categories(undefined, fromTill)
  const csv = fs.readFileSync(path.resolve(import.meta.dirname, '../../resources/demo-catalogue.csv'))
  const about = await till.ask.program.about(undefined, fromTill)
  return [
    ['settings.save', { ...shop, storeName: 'Kiosk Norra' }],
    ['settings.savePrinter', { address: '' }],
    ['settings.saveSeqr', { url: 'https://seqr.example/service', ca: '' }],
    ['settings.saveBackup', { folder: '', daily: true, keep: 3 }],
    ['devices.save', devices.settings],
    ['devices.testPrint', undefined],
    ['devices.testDrawer', undefined],
    ['devices.testDisplay', undefined],
    ['upkeep.backUp', undefined],
    ['upkeep.verify', undefined],
    ['catalogue.save', newArticle],
    ['catalogue.saveCategory', { id: null, name: 'New', colour: '#aabbcc' }],
    ['catalogue.orderCategories', { ids: [category?.id ?? ''] }],
    ['catalogue.import', await uploaded(csv)],
    ['catalogue.exportCsv', { separator: ';' }],
    ['catalogue.remove', { articleId: article?.id }],
    ['catalogue.removeCategory', { categoryId: category?.id }],
    ['session.saveUser', newCashier],
    [
      'terminal.register',
      { resellerId: 'shop', userId: '9900', password: '', name: 'Till', externalId: 'Store/1' },
    ],
    ['terminal.assign', { text: 'HTTP://SEQR.SE/Q004610027501' }],
    ['terminal.unregister', undefined],
    [
      'slip.saveSettings',
      {
        baseUrl: 'https://7-connect.example',
        storeID: '1',
        storeKey: 'k',
        pos: '1',
        timeZone: 'Asia/Manila',
      },
    ],
    ['slip.saveMerchant', { merchantID: 'M1', name: 'Shop', transactionKey: 'k' }],
    ['slip.removeMerchant', { merchantID: 'M1' }],
    ['program.saveSettings', about.settings],
    ['program.supportBundle', undefined],
    ['journal.exportPart', { format: 'jsonl', after: 0 }],
  ]
}

const newArticle = {
  id: null,
  name: 'Semla',
  code: null,
  plu: null,
  priceMinor: 4500,
  vatBasisPoints: 1200,
  unit: 'pcs',
  unitDecimals: 0,
  categoryId: null,
  favourite: false,
  active: true,
}

const newCashier = {
  id: null,
  name: 'Bo',
  role: 'cashier',
  permissions: [],
  active: true,
  pin: '7788',
} as const

async function uploaded(bytes: Buffer): Promise<{ uploadId: string }> {
  await ask('session.unlock', { pin: '1234' })
  const begun = (await ask('catalogue.beginUpload', { bytes: bytes.length })) as { uploadId?: string }
  const uploadId = begun.uploadId ?? ''
  for (let index = 0; index * 100_000 < bytes.length; index += 1)
    await ask('catalogue.addToUpload', {
      uploadId,
      index,
      base64: bytes.subarray(index * 100_000, (index + 1) * 100_000).toString('base64'),
    })
  return { uploadId }
}

const audited = () => till.storage.read.one<{ n: number }>('SELECT count(*) AS n FROM audit')?.n ?? 0

test('every act that needs an administrator leaves its line in the audit trail', async () => {
  const acts = await actsOfAdministrators()
  await ask('session.unlock', { pin: '1234' })
  const missing: string[] = []
  for (const [channel, input] of acts) {
    const before = audited()
    expect(await ask(channel, input), channel).toMatchObject({ ok: true })
    if (audited() === before) missing.push(channel)
  }
  expect(missing).toEqual([])
})

test('without an administrator none of them is done, and no other question asks for one', async () => {
  const acts = new Map(await actsOfAdministrators())
  await ask('session.lock', undefined)
  const before = audited()
  const found: string[] = []
  for (const { group, name, entry } of entriesOf(contract)) {
    const channel = `${group}.${name}`
    if (entry.kind !== 'request' || group === 'session') continue
    const shape = z.toJSONSchema(entry.schema, { unrepresentable: 'any', io: 'input' }) as Shape
    const [sample] = fc.sample(
      fitting(shape, () => ['x']),
      { numRuns: 1, seed: 7 },
    )
    const answer = await ask(channel, acts.get(channel) ?? sample)
    if (answer?.permission === 'administrator') found.push(channel)
  }
  const expected = [...acts.keys(), ...looksOnly, ...elsewhere].filter((one) => !one.startsWith('session.'))
  expect(found.toSorted()).toEqual(expected.toSorted())
  expect(audited()).toBe(before)
})
