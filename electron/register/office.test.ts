import { mkdtempSync, rmSync, existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startVirtualTcpPrinter } from '../printer/virtual-tcp-printer.ts'
import type { CataloguePage } from '../../app/contract/office-views.ts'
import { addOutbox, outboxItem } from '../storage/outbox.ts'
import { printJobById, savePrintJob } from '../storage/print-jobs.ts'
import { readSetting } from '../storage/settings.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, startedRegister } from './register.fake.ts'

const tills: TestedRegister[] = []
afterEach(async () => {
  for (const till of tills.splice(0)) await till.stop()
})

async function started(...options: Parameters<typeof startedRegister>): Promise<TestedRegister> {
  const till = await startedRegister(...options)
  tills.push(till)
  return till
}

/** A practice till with administration unlocked. */
async function unlocked(...options: Parameters<typeof startedRegister>): Promise<TestedRegister> {
  const till = await started(...options)
  must(await till.ask.session.unlock({ pin: '1234' }, fromTill))
  return till
}

const must = <T extends { readonly ok: boolean }>(done: T): Extract<T, { ok: true }> => {
  expect(done).toMatchObject({ ok: true })
  return done as Extract<T, { ok: true }>
}

async function lastAudit({ ask }: TestedRegister, text: string) {
  const { entries } = must(await ask.settings.audit({ text, beforeMs: null }, fromTill))
  return entries[0]
}

test('settings are an administrator’s, and the audit trail has each changed field with before and after', async () => {
  const till = await started()
  const { shop } = await till.ask.settings.current(undefined, fromTill)
  const changed = { ...shop, storeName: 'Kiosk Norra', blindCount: false }
  expect(await till.ask.settings.save(changed, fromTill)).toMatchObject({ permission: 'administrator' })
  must(await till.ask.session.unlock({ pin: '1234' }, fromTill))
  must(await till.ask.settings.save(changed, fromTill))
  expect((await till.ask.till.current(undefined, fromTill)).storeName).toBe('Kiosk Norra')
  expect(await lastAudit(till, 'settingChanged')).toMatchObject({
    by: 'Administrator',
    subject: 'shop',
    changes: [
      { field: 'storeName', was: 'Kiosk Solsidan', is: 'Kiosk Norra' },
      { field: 'blindCount', was: 'true', is: 'false' },
    ],
  })
})

test('papers are forgotten after ninety days; the receipt and its copy are not', async () => {
  const till = await started()
  const { ask } = till
  const row = { name: 'Coffee', priceMinor: 2500, vatBasisPoints: 2500, articleId: null }
  must(await ask.sale.addOpenRow(row, fromTill))
  const receiptId = (await ask.sale.current(undefined, fromTill)).receipt?.id ?? ''
  must(await ask.sale.payCash({ receiptId, givenMinor: 2500 }, fromTill))
  const [job] = await ask.paper.recent(undefined, fromTill)
  const printed = printJobById(till.storage.read, job?.id ?? '')
  if (printed === null) throw new Error('there is no paper')
  till.storage.transaction((db) => savePrintJob(db, { ...printed, state: 'printed' }))
  till.pass(60_000)
  await Promise.resolve()
  expect(printJobById(till.storage.read, printed.id)).not.toBeNull()
  till.pass(90 * 24 * 3_600_000)
  await expect.poll(() => printJobById(till.storage.read, printed.id)).toBeNull()
  must(await ask.paper.reprint({ receiptId }, fromTill))
})

test('the currency stays while a shift is open, and no tender or rate is there twice', async () => {
  const { ask } = await unlocked()
  const { shop } = await ask.settings.current(undefined, fromTill)
  expect(await ask.settings.save({ ...shop, currency: 'EUR' }, fromTill)).toMatchObject({
    problem: 'currencyInShift',
  })
  const [tender] = shop.tenderTypes
  const tenderTypes = tender === undefined ? [] : [tender, { ...tender, id: 'other' }]
  expect(await ask.settings.save({ ...shop, tenderTypes }, fromTill)).toMatchObject({
    problem: 'tenderTwice',
  })
  const vatRatesBasisPoints = [2500, 2500]
  expect(await ask.settings.save({ ...shop, vatRatesBasisPoints }, fromTill)).toMatchObject({
    problem: 'vatTwice',
  })
})

test('another printer is used at once, and one that cannot be is refused', async () => {
  const { ask } = await unlocked()
  expect((await ask.till.current(undefined, fromTill)).printer.state).toBe('none')
  expect(await ask.settings.savePrinter({ address: 'tcp://' }, fromTill)).toMatchObject({
    problem: 'printerAddress',
  })
  expect(await ask.settings.savePrinter({ address: 'virtual:' }, fromTill)).toMatchObject({
    problem: 'printerAddress',
  })
  const printer = await startVirtualTcpPrinter({ columns: 42 })
  must(await ask.settings.savePrinter({ address: `tcp://127.0.0.1:${printer.port}` }, fromTill))
  await expect.poll(async () => (await ask.till.current(undefined, fromTill)).printer.state).not.toBe('none')
  must(await ask.shift.xReport(undefined, fromTill))
  await expect.poll(async () => (await ask.paper.recent(undefined, fromTill))[0]?.state).toBe('printed')
  must(await ask.settings.savePrinter({ address: '' }, fromTill))
  await expect.poll(async () => (await ask.till.current(undefined, fromTill)).printer.state).toBe('none')
  await printer.stop()
})

test('the SEQR address must be safe, and is there for the next start', async () => {
  const { ask, storage } = await unlocked()
  const save = (url: string, ca = '') => ask.settings.saveSeqr({ url, ca }, fromTill)
  expect(await save('http://seqr.example/soap')).toMatchObject({ problem: 'plainHttp' })
  expect(await save('seqr')).toMatchObject({ problem: 'notAnAddress' })
  expect(await save('https://seqr.example/soap', 'nonsense')).toMatchObject({ problem: 'notACertificate' })
  must(await save(' https://seqr.example/soap '))
  expect(readSetting(storage.read, 'seqr.url', '')).toBe('https://seqr.example/soap')
})

test('people: no name twice, always an administrator, a PIN of one’s own, and out at once when no longer active', async () => {
  const till = await unlocked()
  const { ask } = till
  const alva = {
    id: 'practice-cashier',
    name: 'Alva',
    role: 'cashier' as const,
    permissions: [] as string[],
    active: true,
    pin: null,
  }
  expect(await ask.session.saveUser({ ...alva, id: null }, fromTill)).toMatchObject({ problem: 'pinMissing' })
  expect(await ask.session.saveUser({ ...alva, id: null, pin: '4444' }, fromTill)).toMatchObject({
    problem: 'nameTaken',
  })
  const boss = { ...alva, id: 'practice-administrator', name: 'Administrator' }
  expect(await ask.session.saveUser(boss, fromTill)).toMatchObject({ problem: 'lastAdministrator' })
  expect(await ask.session.changePin({ pin: '0000', newPin: '5555' }, fromTill)).toMatchObject({
    reason: 'pin',
  })
  must(await ask.session.changePin({ pin: '1111', newPin: '5555' }, fromTill))
  must(await ask.session.saveUser({ ...alva, permissions: ['discount'] }, fromTill))
  expect(await lastAudit(till, 'userSaved')).toMatchObject({
    changes: [{ field: 'permissions', is: '["discount"]' }],
  })
  must(await ask.session.saveUser({ ...alva, active: false }, fromTill))
  expect((await ask.till.current(undefined, fromTill)).user).toBeNull()
  expect(await ask.session.signIn({ userId: alva.id, pin: '5555' }, fromTill)).toMatchObject({
    reason: 'notFound',
  })
})

test('what could not be sent is shown, and sent again on a press', async () => {
  const { ask, storage } = await started({}, ({ write }) =>
    addOutbox(write, { id: 'o1', kind: 'seqrReceipt', body: {}, nextAtMs: 9e15, createdAtMs: 1 }),
  )
  const outbox = async () => (await ask.upkeep.current(undefined, fromTill)).outbox
  await expect.poll(outbox).toMatchObject([{ id: 'o1', state: 'needsPerson', lastFault: 'noTerminal' }])
  expect(await ask.upkeep.sendAgain({ itemId: 'none' }, fromTill)).toMatchObject({ reason: 'notFound' })
  must(await ask.upkeep.sendAgain({ itemId: 'o1' }, fromTill))
  expect(outboxItem(storage.read, 'o1')).toMatchObject({ state: 'waiting', attempts: 0 })
  await expect.poll(outbox).toMatchObject([{ state: 'needsPerson', attempts: 1 }])
})

test('a backup is made on a press, and one that fails is told to an administrator', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-office-'))
  const { ask } = await unlocked()
  expect(await ask.settings.saveBackup({ folder: 'here', daily: true, keep: 3 }, fromTill)).toMatchObject({
    problem: 'folderPath',
  })
  must(await ask.settings.saveBackup({ folder, daily: true, keep: 3 }, fromTill))
  const { outcome } = must(await ask.upkeep.backUp(undefined, fromTill))
  expect(outcome).toMatchObject({ ok: true })
  expect(outcome.ok && existsSync(outcome.file)).toBe(true)
  expect((await ask.upkeep.current(undefined, fromTill)).backups).toHaveLength(1)
  const blocked = path.join(import.meta.filename, 'backups')
  must(await ask.settings.saveBackup({ folder: blocked, daily: true, keep: 3 }, fromTill))
  expect(must(await ask.upkeep.backUp(undefined, fromTill)).outcome).toMatchObject({
    ok: false,
    problem: 'folder',
  })
  expect((await ask.till.current(undefined, fromTill)).warnings.join()).toContain('backup')
  rmSync(folder, { recursive: true })
})

test('the journal is proved on a press', async () => {
  const { ask } = await unlocked()
  const { check } = must(await ask.upkeep.verify(undefined, fromTill))
  expect(check).toMatchObject({ ok: true, entries: 1 })
})

const csv = (...lines: readonly string[]) =>
  Buffer.from(['name;code;price;vat;category', ...lines].join('\n'))

async function uploaded({ ask }: TestedRegister, bytes: Buffer, partBytes = 16): Promise<string> {
  const { uploadId } = must(await ask.catalogue.beginUpload({ bytes: bytes.length }, fromTill))
  for (let index = 0; index * partBytes < bytes.length; index++) {
    const base64 = bytes.subarray(index * partBytes, (index + 1) * partBytes).toString('base64')
    must(await ask.catalogue.addToUpload({ uploadId, index, base64 }, fromTill))
  }
  return uploadId
}

test('a file comes in parts, is looked at, and is imported whole or not at all', async () => {
  const till = await unlocked()
  const { ask } = till
  const { total } = await ask.catalogue.search({ text: '', categoryId: null, after: null }, fromTill)
  const wrong = await uploaded(till, csv('Blåbärssoppa;;25,00;12;Dryck', 'Halvt;;abc;12;Dryck'))
  for (const look of [ask.catalogue.checkImport, ask.catalogue.import])
    expect(await look({ uploadId: wrong }, fromTill)).toMatchObject({
      reason: 'lines',
      count: 1,
      faults: [{ line: 3, column: 'price', value: 'abc', problem: 'notANumber' }],
    })
  const none = await ask.catalogue.search({ text: 'Blåbärssoppa', categoryId: null, after: null }, fromTill)
  expect(none).toMatchObject({ articles: [], total })
  const right = await uploaded(till, csv('Blåbärssoppa;;25,00;12;Soppor', 'Halvt;;12,50;12;Soppor'))
  expect(await ask.catalogue.checkImport({ uploadId: right }, fromTill)).toMatchObject({
    added: 2,
    newCategories: ['Soppor'],
    first: [{ isNew: true, article: { name: 'Blåbärssoppa', priceMinor: 2500 } }, { isNew: true }],
  })
  expect(must(await ask.catalogue.import({ uploadId: right }, fromTill))).toMatchObject({
    added: 2,
    changed: 0,
  })
  const found = await ask.catalogue.search({ text: 'blabar', categoryId: null, after: null }, fromTill)
  expect(found).toMatchObject({ articles: [{ name: 'Blåbärssoppa' }], total: total + 2 })
  expect(await lastAudit(till, 'articlesImported')).toBeDefined()
})

test('an upload with a part missing or out of order is not taken', async () => {
  const till = await unlocked()
  const { ask } = till
  const { uploadId } = must(await ask.catalogue.beginUpload({ bytes: 8 }, fromTill))
  const base64 = Buffer.from('1234').toString('base64')
  expect(await ask.catalogue.addToUpload({ uploadId, index: 1, base64 }, fromTill)).toMatchObject({
    problem: 'uploadBroken',
  })
  must(await ask.catalogue.addToUpload({ uploadId, index: 0, base64 }, fromTill))
  expect(await ask.catalogue.import({ uploadId }, fromTill)).toMatchObject({ problem: 'incomplete' })
})

test('what is exported can be imported again and changes nothing', async () => {
  const till = await unlocked()
  const { csv: text } = must(await till.ask.catalogue.exportCsv({ separator: ';' }, fromTill))
  const uploadId = await uploaded(till, Buffer.from(text), 100_000)
  expect(await till.ask.catalogue.checkImport({ uploadId }, fromTill)).toMatchObject({ added: 0, changed: 0 })
})

test('an article is kept by an administrator: no code twice, only rates of the shop, and gone when removed', async () => {
  const till = await unlocked()
  const { ask } = till
  const tea = {
    id: null,
    name: 'Te',
    code: '7310865004703',
    plu: null,
    priceMinor: 2000,
    vatBasisPoints: 1200,
    unit: 'pcs',
    unitDecimals: 0,
    categoryId: null,
    favourite: true,
    active: true,
  }
  expect(await ask.catalogue.save({ ...tea, vatBasisPoints: 1900 }, fromTill)).toMatchObject({
    problem: 'vatRate',
  })
  const { articleId } = must(await ask.catalogue.save(tea, fromTill))
  expect(await ask.catalogue.save({ ...tea, name: 'Kaffe' }, fromTill)).toMatchObject({
    problem: 'codeTaken',
  })
  must(await ask.catalogue.save({ ...tea, id: articleId, priceMinor: 2200 }, fromTill))
  expect(await lastAudit(till, 'articleSaved')).toMatchObject({
    changes: [{ field: 'priceMinor', was: '2000', is: '2200' }],
  })
  const [category] = await ask.article.categories(undefined, fromTill)
  const categoryId = category?.id ?? ''
  must(await ask.catalogue.save({ ...tea, id: articleId, categoryId, active: false }, fromTill))
  const { articles } = await ask.catalogue.search({ text: '', categoryId, after: null }, fromTill)
  expect(articles).toContainEqual(expect.objectContaining({ id: articleId, active: false }))
  expect(await ask.article.inCategory({ categoryId }, fromTill)).not.toContainEqual(
    expect.objectContaining({ id: articleId }),
  )
  must(await ask.catalogue.remove({ articleId }, fromTill))
  expect(await ask.catalogue.remove({ articleId }, fromTill)).toMatchObject({ reason: 'notFound' })
})

test('the whole catalogue can be walked through page by page, each article once', async () => {
  const till = await unlocked()
  const { ask } = till
  const lines = Array.from({ length: 150 }, (_, index) => `Nummer ${index};;1;12;Prov`)
  must(await ask.catalogue.import({ uploadId: await uploaded(till, csv(...lines), 100_000) }, fromTill))
  const ids: string[] = []
  for (let after: string | null = null; ; after = ids.at(-1) ?? null) {
    const page: CataloguePage = await ask.catalogue.search({ text: '', categoryId: null, after }, fromTill)
    ids.push(...page.articles.map(({ id }) => id))
    if (!page.hasMore) {
      expect(new Set(ids).size).toBe(page.total)
      break
    }
  }
})

test('categories have a name and a colour of their own, and an order', async () => {
  const { ask } = await unlocked()
  must(await ask.catalogue.saveCategory({ id: null, name: 'Glass', colour: '#123abc' }, fromTill))
  expect(
    await ask.catalogue.saveCategory({ id: null, name: 'glass', colour: '#123abc' }, fromTill),
  ).toMatchObject({
    problem: 'nameTaken',
  })
  const categories = await ask.article.categories(undefined, fromTill)
  const ids = categories.map(({ id }) => id).reverse()
  must(await ask.catalogue.orderCategories({ ids }, fromTill))
  const [first] = await ask.article.categories(undefined, fromTill)
  expect(first?.name).toBe('Glass')
  must(await ask.catalogue.removeCategory({ categoryId: first?.id ?? '' }, fromTill))
})
