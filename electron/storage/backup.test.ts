import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp, backupDue, checkFile, listBackups, restoreBackup } from './backup.ts'
import { journalEntry } from './journal.ts'
import { verifyJournal } from './journal-verify.ts'
import type { Storage } from './open.ts'
import { receiptByNumber } from './receipts.ts'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let root: string
let file: string
let folder: string
let storage: Storage

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'kassa-backup-'))
  file = path.join(root, 'till', 'kassa.sqlite')
  folder = path.join(root, 'copies', 'kassa')
  storage = storageAt(file).storage
})
afterEach(() => {
  storage.close()
  rmSync(root, { recursive: true, force: true })
})

const nowMs = Date.UTC(2026, 10, 21, 14, 3, 22)
const day = 24 * 60 * 60_000
const sale = (id: string) => sell(storage.write, receiptWith(id, { rows: [rowOf('Kaffe', 3200)] }), nowMs)

test('a backup is made while the till sells, checked, and named by its time', async () => {
  sale('r1')
  const copying = backUp(storage, { folder, nowMs })
  sale('r2')
  const made = await copying
  expect(made).toMatchObject({
    ok: true,
    file: path.join(folder, 'kassa-2026-11-21T14-03-22Z.sqlite'),
    removed: [],
  })
  expect(readdirSync(folder)).toEqual(['kassa-2026-11-21T14-03-22Z.sqlite'])
  expect(made.ok && (await checkFile(made.file))).toMatchObject({ ok: true })
})

test('as many backups stay as were asked for, the newest, and nothing else is touched', async () => {
  for (let made = 0; made < 5; made += 1)
    await backUp(storage, { folder, nowMs: nowMs + made * day, keep: 3 })
  writeFileSync(path.join(folder, 'holiday.sqlite'), 'mine')
  const last = await backUp(storage, { folder, nowMs: nowMs + 5 * day, keep: 3 })
  expect(last.ok && last.removed).toHaveLength(1)
  expect(listBackups(folder).map(({ file }) => path.basename(file))).toEqual([
    'kassa-2026-11-26T14-03-22Z.sqlite',
    'kassa-2026-11-25T14-03-22Z.sqlite',
    'kassa-2026-11-24T14-03-22Z.sqlite',
  ])
  expect(readdirSync(folder)).toContain('holiday.sqlite')
})

test('a backup is due once a day, at first, and when the clock was set back', () => {
  expect(backupDue(null, nowMs)).toBe(true)
  expect(backupDue(nowMs, nowMs + day - 1)).toBe(false)
  expect(backupDue(nowMs, nowMs + day)).toBe(true)
  expect(backupDue(nowMs, nowMs - 1)).toBe(true)
})

test('a copy that is not whole is not kept, and costs no older backup', async () => {
  await backUp(storage, { folder, nowMs, keep: 1 })
  const broken = await backUp(storage, {
    folder,
    nowMs: nowMs + day,
    keep: 1,
    check: () => Promise.resolve({ ok: false, problem: 'bad page' }),
  })
  expect(broken).toEqual({ ok: false, reason: 'notWhole', detail: 'bad page' })
  expect(readdirSync(folder)).toEqual(['kassa-2026-11-21T14-03-22Z.sqlite'])
})

test('a journal with a fault makes no backup that looks whole', async () => {
  sale('r1')
  storage.write.run('DROP TRIGGER journal_stays')
  storage.write.run("UPDATE journal SET body = '{}'")
  expect(await backUp(storage, { folder, nowMs })).toMatchObject({ ok: false, reason: 'notWhole' })
})

test('a folder that cannot be written to is said to be so, and the till goes on', async () => {
  writeFileSync(path.join(root, 'plain'), '')
  expect(await backUp(storage, { folder: path.join(root, 'plain', 'x'), nowMs })).toMatchObject({
    ok: false,
    reason: 'folder',
  })
  expect(sale('r1').number).toBe(1)
})

test('a restored till goes on with the chain and the numbers of its backup, and says so', async () => {
  sale('r1')
  sale('r2')
  const made = await backUp(storage, { folder, nowMs })
  if (!made.ok) throw new Error(made.detail)
  sale('r3')
  storage.close()
  const restored = await restoreBackup(made.file, file, () => nowMs + 1000)
  expect(restored).toEqual({
    ok: true,
    keptAs: `${file}.replaced-2026-11-21T14-03-23Z`,
    lastReceiptNumber: 2,
  })
  storage = storageAt(file).storage
  expect(receiptByNumber(storage.read, 3)).toBeNull()
  expect(journalEntry(storage.read, 3)).toMatchObject({
    kind: 'restored',
    previousHash: made.lastHash,
    body: { backup: path.basename(made.file), entries: 2, lastReceiptNumber: 2 },
  })
  expect(sale('r4').number).toBe(3)
  expect(verifyJournal(storage.read)).toMatchObject({ ok: true, entries: 4, lastReceiptNumber: 3 })
  const kept = storageAt(`${file}.replaced-2026-11-21T14-03-23Z`).storage
  expect(receiptByNumber(kept.read, 3)?.id).toBe('r3')
  kept.close()
})

test('a backup is restored where nothing is left', async () => {
  sale('r1')
  const made = await backUp(storage, { folder, nowMs })
  storage.close()
  rmSync(path.dirname(file), { recursive: true })
  const restored = await restoreBackup(made.ok ? made.file : '', file, () => nowMs)
  expect(restored).toEqual({ ok: true, keptAs: null, lastReceiptNumber: 1 })
  storage = storageAt(file).storage
  expect(receiptByNumber(storage.read, 1)?.id).toBe('r1')
})

test('nothing is restored over a till that works, nor from a backup that is not whole', async () => {
  sale('r1')
  const made = await backUp(storage, { folder, nowMs })
  const copy = made.ok ? made.file : ''
  expect(await restoreBackup(copy, file, () => nowMs)).toMatchObject({ ok: false, reason: 'inUse' })
  storage.close()
  const bytes = readFileSync(copy)
  bytes.fill(0xa5, 4 * 4096, 8 * 4096)
  writeFileSync(copy, bytes)
  expect(await restoreBackup(copy, file, () => nowMs)).toMatchObject({ ok: false, reason: 'notWhole' })
  expect(await restoreBackup(path.join(folder, 'none'), file, () => nowMs)).toMatchObject({
    reason: 'notWhole',
  })
  storage = storageAt(file).storage
  expect(receiptByNumber(storage.read, 1)?.id).toBe('r1')
})
