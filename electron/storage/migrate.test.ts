import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import type { Migrator } from './database.ts'
import { migratorOf } from './database.ts'
import { migrate, migrations, newestVersion, versionOf } from './migrate.ts'
import { appendJournal, exportJournal } from './journal.ts'
import { verifyJournal } from './journal-verify.ts'
import type { PaymentRecord } from './payments.ts'
import { paymentById } from './payments.ts'
import { nextReceiptNumber, receiptById, saveReceipt } from './receipts.ts'
import { seqrAccountLines } from './seqr-account.ts'
import { readSetting, writeSetting } from './settings.ts'
import { paymentWith, receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-migrate-'))
  file = path.join(folder, 'kassa.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const paidPayment = paymentWith('paid', {
  stage: { name: 'paid', reference: 'i', ersReference: 'E-1', echoedMinor: 2500 },
})

/** A payment in the columns of the first version, of which the writers of today know more. */
function insertPaymentOfOld(db: Migrator, record: PaymentRecord): void {
  db.run(
    `INSERT INTO payment (id, mode, receipt_id, label, terminal_id, client_invoice_id, amount_minor, currency, invoice,
       stage, stage_name, over, holds_sticker, started_at, round_started_at, attempt, set_aside, dismissed,
       asked_minor, sent_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)`,
    record.id,
    record.mode,
    record.receiptId,
    record.label,
    record.terminalId,
    record.clientInvoiceId,
    record.amountMinor,
    record.currency,
    JSON.stringify(record.invoice),
    JSON.stringify(record.stage),
    record.stage.name,
    Number(isOver(record.stage)),
    Number(holdsSticker(record.stage)),
    record.startedAtMs,
    record.roundStartedAtMs,
    record.attempt,
    record.amounts.askedMinor,
    record.amounts.sentMinor,
  )
}

/** A till's file as a Kassa of that version left it, with a sale, a payment and a setting in it. */
function fileOfVersion(version: number): void {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  const db = migratorOf(database, () => 5)
  migrate(db, version)
  sell(db, receiptWith('r1', { rows: [rowOf('Kaffe', 3200)] }), 1000)
  saveReceipt(db, receiptWith('parked', { state: 'parked', parkedAs: 'Bord 2' }))
  insertPaymentOfOld(db, paymentWith('p1'))
  insertPaymentOfOld(db, paidPayment)
  const move = `INSERT INTO payment_history (payment_id, at_ms, from_stage, event, to_stage) VALUES ('paid', ?, 'waiting', '{}', ?)`
  db.run(move, 4000, 'waiting')
  db.run(move, 6000, 'paid')
  if (version >= 6) db.run("UPDATE payment SET taken_at = 6000 WHERE id = 'paid'")
  appendJournal(db, { atMs: 1, kind: 'seqrPayment', body: { paymentId: 'p1' } })
  writeSetting(db, 'shop', { name: 'Kiosk' }, 'Anna')
  expect(versionOf(db)).toBe(version)
  database.close()
}

test('the versions are counted from 1 without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})

test.each(Array.from({ length: newestVersion }, (_, index) => index + 1))(
  'a till of version %i is brought up to the newest with all that it knew',
  (version) => {
    fileOfVersion(version)
    const { storage } = storageAt(file)
    expect(storage.read.one('PRAGMA user_version')).toEqual({ user_version: newestVersion })
    expect(receiptById(storage.read, 'r1')).toMatchObject({ state: 'completed', number: 1 })
    expect(receiptById(storage.read, 'parked')?.parkedAs).toBe('Bord 2')
    expect(paymentById(storage.read, 'p1')).toEqual(paymentWith('p1'))
    expect(seqrAccountLines(storage.read, { fromMs: 0, toMs: 10_000, limit: 10 })).toMatchObject([
      { id: 'paid', atMs: 6000, ersReference: 'E-1' },
    ])
    expect(readSetting(storage.read, 'shop', null)).toEqual({ name: 'Kiosk' })
    expect(verifyJournal(storage.read)).toMatchObject({ ok: true, entries: 2 })
    expect([...exportJournal(storage.read)]).toHaveLength(2)
    expect(nextReceiptNumber(storage.write)).toBe(2)
    storage.close()
  },
)

test('every way to the newest version ends with the same tables', () => {
  const schemas = migrations.map(({ version }) => {
    fileOfVersion(version)
    const { storage } = storageAt(file)
    const schema = storage.read.all('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name')
    storage.close()
    rmSync(folder, { recursive: true })
    folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-migrate-'))
    file = path.join(folder, 'kassa.sqlite')
    return schema
  })
  for (const schema of schemas) expect(schema).toEqual(schemas[0])
})

test('a step that fails in its middle leaves the version before it whole', () => {
  fileOfVersion(1)
  const database = new Database(file)
  const db = migratorOf(database, () => 5)
  const dying = {
    ...db,
    script: (sql: string) => {
      db.script(sql)
      if (sql.includes('CREATE TABLE slip')) throw new Error('power cut')
    },
  }
  expect(() => migrate(dying)).toThrow('power cut')
  expect(versionOf(db)).toBe(1)
  expect(db.one("SELECT name FROM sqlite_schema WHERE name = 'user'")).toBeUndefined()
  database.close()
  const { storage } = storageAt(file)
  expect(receiptById(storage.read, 'r1')?.number).toBe(1)
  storage.close()
})
