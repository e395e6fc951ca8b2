import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TransactionWentAsync } from './database.ts'
import { verifyJournal } from './journal-verify.ts'
import { openStorage, storageFault } from './open.ts'
import type { Storage } from './open.ts'
import { findReceipts, receiptByNumber } from './receipts.ts'
import { readSetting, writeSetting } from './settings.ts'
import { failing, receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let folder: string
let file: string
const opened: Storage[] = []

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-storage-'))
  file = path.join(folder, 'till', 'kassa.sqlite')
})
afterEach(() => {
  for (const storage of opened.splice(0)) storage.close()
  rmSync(folder, { recursive: true, force: true })
})

function openHere(): Storage {
  const { storage } = storageAt(file)
  opened.push(storage)
  return storage
}

const openAgain = () => openStorage({ file, now: () => 0 })
const pragma = (storage: Storage, name: string) =>
  Object.values(storage.read.one<object>(`PRAGMA ${name}`) ?? {})[0]
const coffee = (id: string) => receiptWith(id, { rows: [rowOf('Kaffe', 3200)] })

test('every commit waits for the disk, after the first open and after the next', () => {
  for (const time of ['first', 'next']) {
    const storage = openHere()
    writeSetting(storage.write, 'opened', time, 'test')
    expect(pragma(storage, 'synchronous')).toBe(2)
    expect(existsSync(`${file}-wal`)).toBe(true)
    expect(pragma(storage, 'foreign_keys')).toBe(1)
    storage.close()
  }
})

test('the WAL has its room before the first sale and needs no more of it for a day', () => {
  const storage = openHere()
  const before = statSync(`${file}-wal`).size
  expect(before).toBeGreaterThan(4_000_000)
  for (let sale = 0; sale < 50; sale += 1) sell(storage.write, coffee(`r${sale}`), sale)
  expect(statSync(`${file}-wal`).size).toBe(before)
})

test('a second till on the same database is refused and told why', () => {
  openHere()
  const second = openAgain()
  expect(second).toMatchObject({ ok: false, reason: 'inUse' })
  expect(!second.ok && second.detail).toContain('Close it first')
})

test('a till that was killed leaves no lock behind', { timeout: 30_000 }, async () => {
  const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'sales-writer.fake.ts'), file])
  await once(writer.stdout, 'data')
  expect(openAgain()).toMatchObject({ ok: false, reason: 'inUse' })
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  openHere()
})

test(
  'a till killed between any two bytes has every sale that it had told of, and a whole journal',
  { timeout: 60_000 },
  async () => {
    const told: number[] = []
    for (const waitForSales of [1, 7, 23, 60]) {
      const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'sales-writer.fake.ts'), file])
      const before = told.length
      for await (const chunk of writer.stdout) {
        told.push(...String(chunk).split('\n').filter(Boolean).map(Number))
        if (told.length - before >= waitForSales) break
      }
      writer.kill('SIGKILL')
      if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
      const storage = openHere()
      expect(verifyJournal(storage.read)).toMatchObject({ ok: true })
      for (const number of told) expect(receiptByNumber(storage.read, number)?.state).toBe('completed')
      storage.close()
    }
  },
)

test('a damaged file is found at start and not written to', () => {
  const storage = openHere()
  for (let sale = 0; sale < 20; sale += 1) sell(storage.write, coffee(`r${sale}`), sale)
  storage.close()
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 3 * 4096, 12 * 4096)
  writeFileSync(file, bytes)
  expect(openAgain()).toMatchObject({ ok: false, reason: 'corrupt' })
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('what is no database at all is damaged, not overwritten', () => {
  openHere().close()
  writeFileSync(file, 'x'.repeat(10_000))
  expect(openAgain()).toMatchObject({ ok: false, reason: 'corrupt' })
})

test('a database of a newer Kassa is left alone', () => {
  openHere().close()
  const newer = new Database(file)
  newer.pragma('user_version = 999')
  newer.close()
  expect(openAgain()).toMatchObject({ ok: false, reason: 'tooNew' })
})

test('a place that cannot be written to is said to be so', () => {
  writeFileSync(path.join(folder, 'plain'), '')
  const under = path.join(folder, 'plain', 'kassa.sqlite')
  expect(openStorage({ file: under, now: () => 0 })).toMatchObject({ ok: false, reason: 'notWritable' })
  expect(openStorage({ file: folder, now: () => 0 })).toMatchObject({ ok: false, reason: 'notWritable' })
})

test('a full disk takes nothing of a sale, harms nothing, and the till goes on when there is room', () => {
  const storage = openHere()
  sell(storage.write, coffee('first'), 1)
  const pages = Number(pragma(storage, 'page_count'))
  pragma(storage, `max_page_count = ${pages + 2}`)
  const faults: unknown[] = []
  for (let sale = 0; sale < 40; sale += 1) {
    try {
      sell(storage.write, receiptWith(`big${sale}`, { rows: [rowOf('x'.repeat(3000), 100)] }), sale)
    } catch (error) {
      faults.push(storageFault(error))
    }
  }
  expect(new Set(faults)).toEqual(new Set(['diskFull']))
  expect(verifyJournal(storage.read)).toMatchObject({ ok: true })
  pragma(storage, 'max_page_count = 100000')
  const sold = sell(storage.write, coffee('after'), 99)
  expect(sold.number).toBe(41 - faults.length + 1)
  storage.close()
  expect(verifyJournal(openHere().read)).toMatchObject({ ok: true, lastReceiptNumber: sold.number })
})

test('a transaction is kept whole or not at all', () => {
  const storage = openHere()
  expect(() =>
    storage.transaction((db) => {
      sell(db, coffee('lost'), 1)
      throw new Error('power cut')
    }),
  ).toThrow('power cut')
  expect(findReceipts(storage.read, { limit: 10 })).toEqual([])
  expect(sell(storage.write, coffee('kept'), 2).number).toBe(1)
})

test('what a nested transaction did goes when it fails, and the outer one decides about the rest', () => {
  const storage = openHere()
  storage.transaction((db) => {
    writeSetting(db, 'outer', 1, 'test')
    expect(() =>
      storage.transaction((inner) => {
        writeSetting(inner, 'inner', 1, 'test')
        throw new Error('no')
      }),
    ).toThrow('no')
  })
  expect([readSetting(storage.read, 'outer', 0), readSetting(storage.read, 'inner', 0)]).toEqual([1, 0])
})

test('a transaction cannot wait for anything', () => {
  const storage = openHere()
  expect(() =>
    storage.transaction(() => Promise.resolve(writeSetting(storage.write, 'late', 1, 'test'))),
  ).toThrow(TransactionWentAsync)
  expect(readSetting(storage.read, 'late', 0)).toBe(0)
})

test('what only reads cannot write', () => {
  const storage = openHere()
  expect(() => storage.read.all('DELETE FROM setting')).toThrow(/reads nothing/)
})

test('a failing disk in tests takes all of a transaction back, at a write or at its end', () => {
  const { storage } = storageAt()
  for (const at of ['write', 'commit'] as const) {
    const broken = failing(storage, (moment) => (moment === at ? 'ioError' : null))
    const told = (() => {
      try {
        return broken.transaction((db) => sell(db, coffee(at), 1))
      } catch (error) {
        return storageFault(error)
      }
    })()
    expect(told).toBe('ioError')
  }
  expect(findReceipts(storage.read, { limit: 1 })).toEqual([])
  storage.close()
})
