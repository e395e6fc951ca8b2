import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { backUp } from './backup.ts'
import { canonicalJson } from './canonical-json.ts'
import { databaseName, runJournalCommand } from './journal-cli.ts'
import { verifyJournal } from './journal-verify.ts'
import { appendJournal, exportJournal, findJournal, journalEntry, journalOfReceipt } from './journal.ts'
import type { Storage } from './open.ts'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'

let folder: string
let file: string
let storage: Storage

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-journal-'))
  file = path.join(folder, databaseName)
  storage = storageAt(file).storage
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const sellSome = (count: number) => {
  for (let sale = 1; sale <= count; sale += 1)
    sell(storage.write, receiptWith(`r${sale}`, { rows: [rowOf('Kaffe', 100 * sale)] }), 1000 * sale)
}

/** Does to the file what no till does: with another program, the guards taken off. */
function tamper(script: string): void {
  storage.close()
  const database = new Database(file)
  database.exec(
    'DROP TRIGGER journal_stays; DROP TRIGGER journal_kept; DROP TRIGGER journal_grows; DROP TRIGGER journal_head_grows;',
  )
  database.exec(script)
  database.close()
  storage = storageAt(file).storage
}

const faults = () => {
  const check = verifyJournal(storage.read)
  return check.ok ? [] : check.faults.map(({ seq, toSeq, fault }) => [fault, seq, toSeq])
}

test('each entry holds the hash of the one before, and the file is whole', () => {
  const first = appendJournal(storage.write, { atMs: 1, kind: 'programStarted', body: {} })
  const second = appendJournal(storage.write, { atMs: 2, kind: 'audit', body: { b: 1, a: [null, 'å'] } })
  expect(first).toMatchObject({ seq: 1, previousHash: '0'.repeat(64) })
  expect(second).toMatchObject({ seq: 2, previousHash: first.hash })
  expect(verifyJournal(storage.read)).toEqual({
    ok: true,
    entries: 2,
    lastHash: second.hash,
    lastReceiptNumber: 0,
  })
})

test('the file cannot be changed, shortened or added to in the middle by the till itself', () => {
  sellSome(2)
  for (const statement of [
    "UPDATE journal SET body = '{}' WHERE seq = 1",
    'DELETE FROM journal WHERE seq = 2',
    'UPDATE journal_head SET entries = 1',
    'DELETE FROM journal_head',
  ])
    expect(() => storage.write.run(statement)).toThrow(/never|only/)
  expect(() =>
    storage.write.run(
      "INSERT INTO journal (seq, at_ms, kind, body, previous_hash, hash) VALUES (9, 0, 'sale', '{}', zeroblob(32), zeroblob(32))",
    ),
  ).toThrow(/at its end/)
  expect(faults()).toEqual([])
})

test('a changed entry is found and named', () => {
  sellSome(5)
  tamper("UPDATE journal SET body = replace(body, '300', '200') WHERE seq = 3")
  expect(faults()).toEqual([['changed', 3, 3]])
})

test('a change of any field is found', () => {
  sellSome(3)
  for (const [field, value] of [
    ['at_ms', '5'],
    ['kind', "'refund'"],
    ['receipt_id', "'other'"],
    ['receipt_id', 'NULL'],
    ['previous_hash', 'zeroblob(32)'],
    ['hash', 'zeroblob(32)'],
  ] as const) {
    storage.close()
    storage = storageAt(file).storage
    storage.write.run('DROP TRIGGER IF EXISTS journal_stays')
    const was = storage.read.one<Record<string, string>>(`SELECT ${field} AS was FROM journal WHERE seq = 2`)
    storage.write.run(`UPDATE journal SET ${field} = ${value} WHERE seq = 2`)
    expect(faults()[0], field).toEqual(['changed', 2, 2])
    storage.write.run(`UPDATE journal SET ${field} = ? WHERE seq = 2`, was?.['was'] ?? null)
    expect(faults()).toEqual([])
  }
})

test('a removed entry is found by its gap', () => {
  sellSome(6)
  tamper('DELETE FROM journal WHERE seq IN (3, 4)')
  expect(faults()).toContainEqual(['missing', 3, 4])
})

test('entries cut off the end are found by the head', () => {
  sellSome(6)
  tamper('DELETE FROM journal WHERE seq > 4')
  expect(faults()).toContainEqual(['missing', 5, 6])
})

test('two entries that changed places are found and named', () => {
  sellSome(6)
  tamper(
    'UPDATE journal SET seq = -3 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = -3',
  )
  expect(faults()).toContainEqual(['reordered', 3, 4])
})

test('a removed entry whose gap was closed by renumbering is found', () => {
  sellSome(8)
  tamper('DELETE FROM journal WHERE seq = 3; UPDATE journal SET seq = seq - 1 WHERE seq > 3')
  expect(faults()).toContainEqual(['reordered', 3, 7])
  expect(faults()).toContainEqual(['missing', 8, 8])
})

test('an entry put at the end by another hand is found', () => {
  sellSome(3)
  tamper(
    "INSERT INTO journal (seq, at_ms, kind, body, previous_hash, hash) VALUES (4, 0, 'sale', '{}', zeroblob(32), zeroblob(32))",
  )
  expect(faults()).toContainEqual(['added', 4, 4])
})

test('a whole file written anew is found by the hash on a Z report', () => {
  sellSome(3)
  const hash = journalEntry(storage.read, 2)?.hash ?? ''
  const anchored = (digits: string) => verifyJournal(storage.read, { anchor: { seq: 2, hash: digits } }).ok
  expect(anchored(hash.slice(0, 8))).toBe(true)
  expect(anchored('00000000')).toBe(false)
  expect(verifyJournal(storage.read, { anchor: { seq: 9, hash } }).ok).toBe(false)
})

test('a receipt number that is missing, given twice, or not in the journal is found', () => {
  sellSome(2)
  const entry = { atMs: 1, kind: 'sale', body: {} } as const
  appendJournal(storage.write, { ...entry, receiptNumber: 4 })
  appendJournal(storage.write, { ...entry, receiptNumber: 4 })
  expect(faults().map(([fault]) => fault)).toEqual(['receiptNumberMissing', 'receiptNumberTwice'])
  storage.write.run("UPDATE counter SET value = 7 WHERE name = 'receipt'")
  expect(faults().map(([fault]) => fault)).toContain('receiptNumberMissing')
})

test('a finished receipt that the journal does not tell of is found', () => {
  sellSome(1)
  storage.write.run(
    "INSERT INTO counter (name, value) VALUES ('receipt', 2) ON CONFLICT DO UPDATE SET value = 2",
  )
  tamper(
    "INSERT INTO receipt SELECT 'x', kind, state, 2, shift_id, cashier_id, cashier_name, opened_at, completed_at, canceled_at, currency, total_minor, rounding_minor, discount_minor, refund_of, body FROM receipt",
  )
  expect(faults().map(([fault]) => fault)).toContain('receiptNotInJournal')
})

test('whatever is done to one entry of any file is found', () => {
  const kinds = ['sale', 'audit', 'drawerOpened'] as const
  const fresh = storageAt().storage.bytes()
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...kinds), fc.jsonValue({ maxDepth: 2 })), {
        minLength: 2,
        maxLength: 12,
      }),
      fc.nat(),
      fc.constantFrom('body', 'remove', 'time'),
      (entries, pick, deed) => {
        const { storage: own } = storageAt(':memory:', 0, fresh)
        for (const [kind, body] of entries) appendJournal(own.write, { atMs: 5, kind, body })
        expect(verifyJournal(own.read).ok).toBe(true)
        const seq = (pick % entries.length) + 1
        own.write.run('DROP TRIGGER journal_stays')
        own.write.run('DROP TRIGGER journal_kept')
        if (deed === 'remove') own.write.run('DELETE FROM journal WHERE seq = ?', seq)
        else if (deed === 'time') own.write.run('UPDATE journal SET at_ms = at_ms + 1 WHERE seq = ?', seq)
        else own.write.run(`UPDATE journal SET body = '["other"]' WHERE seq = ?`, seq)
        const check = verifyJournal(own.read)
        own.close()
        expect(check.ok).toBe(false)
        expect(!check.ok && check.faults.some((fault) => fault.seq <= seq && fault.toSeq >= seq)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('no secret gets into an entry, under whatever object it stands', () => {
  const body = { user: { name: 'Anna', pin: '1234', pinHash: 'x' }, list: [{ password: 'hemligt' }] }
  appendJournal(storage.write, { atMs: 1, kind: 'audit', body })
  const text = [...exportJournal(storage.read)].join('')
  for (const secret of ['1234', 'hemligt']) expect(text).not.toContain(secret)
  expect(text).toContain('Anna')
})

test('canonical JSON is the same for the same content', () => {
  expect(canonicalJson({ b: 1, a: { d: undefined, c: [1, undefined] } })).toBe('{"a":{"c":[1,null]},"b":1}')
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError)
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(turned)).toBe(canonicalJson(value))
    }),
  )
})

test('entries are found by kind, time, receipt and number, the newest first', () => {
  sellSome(3)
  appendJournal(storage.write, { atMs: 9000, kind: 'drawerOpened', body: {} })
  const seqs = (search: Parameters<typeof findJournal>[1]) =>
    findJournal(storage.read, search).map(({ seq }) => seq)
  expect(seqs({ limit: 2 })).toEqual([4, 3])
  expect(seqs({ limit: 9, before: 3 })).toEqual([2, 1])
  expect(seqs({ limit: 9, kinds: ['drawerOpened'] })).toEqual([4])
  expect(seqs({ limit: 9, fromMs: 2000, toMs: 9000 })).toEqual([3, 2])
  expect(seqs({ limit: 9, receiptNumber: 2 })).toEqual([2])
  expect(journalOfReceipt(storage.read, 'r2').map(({ seq }) => seq)).toEqual([2])
})

function screen() {
  const shown = { text: '' }
  const write = (line: string) => {
    shown.text += `${line}\n`
  }
  const out = new Writable({
    write(chunk, _encoding, done) {
      shown.text += String(chunk)
      done()
    },
  })
  return { shown, screen: { say: write, complain: write, out } }
}

async function command(...words: readonly string[]): Promise<{ code: number; text: string }> {
  const { shown, screen: own } = screen()
  const code = await runJournalCommand(words, { KASSA_DATA_DIR: folder }, own)
  return { code, text: shown.text }
}

test('the command says that a journal is whole, while the till is working with it', async () => {
  sellSome(3)
  const { code, text } = await command('verify')
  expect(code).toBe(0)
  expect(text).toMatch(/is whole[^]*Entries: 3\. Last receipt number: 3\.[^]*[0-9a-f]{64}/)
})

test('the command names each fault and ends with 1', async () => {
  sellSome(4)
  tamper("UPDATE journal SET body = '{}' WHERE seq = 2")
  const { code, text } = await command('verify', '--data', folder)
  expect(code).toBe(1)
  expect(text).toContain('Entry 2 no longer says what was written.')
})

test('the command writes JSON Lines, to the screen and to a file', async () => {
  sellSome(2)
  const { code, text } = await command('export')
  expect(code).toBe(0)
  const entries = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number })
  expect(entries.map(({ seq }) => seq)).toEqual([1, 2])
  const out = path.join(folder, 'journal.jsonl')
  expect((await command('export', '--out', out)).code).toBe(0)
  expect(readFileSync(out, 'utf8')).toBe(text)
})

test('the command restores a backup while no till works with the data, and says what became of the rest', async () => {
  sellSome(2)
  const made = await backUp(storage, { folder: path.join(folder, 'backups'), nowMs: 5000 })
  const backup = made.ok ? made.file : ''
  expect(await command('restore', backup)).toMatchObject({
    code: 2,
    text: expect.stringContaining('Close it first.') as string,
  })
  sell(storage.write, receiptWith('r3', { rows: [rowOf('Kaffe', 300)] }), 6000)
  storage.close()
  const { code, text } = await command('restore', backup)
  expect(code).toBe(0)
  expect(text).toMatch(/Its last receipt number is 2\.[^]*kept as .*replaced/)
  storage = storageAt(file).storage
  expect(journalEntry(storage.read, 3)?.kind).toBe('restored')
})

test('the command ends with 2 when it is not understood or there is no journal', async () => {
  for (const words of [
    [],
    ['burn'],
    ['restore'],
    ['restore', path.join('no', 'such', 'backup.sqlite')],
    ['verify', 'now'],
    ['verify', '--loud'],
    ['verify', '--anchor', 'x'],
    ['verify', '--data', path.join(folder, 'nowhere')],
    ['export', '--out', path.join(folder, 'no', 'such', 'folder.jsonl')],
  ]) {
    const { code, text } = await command(...words)
    expect([code, text.length > 20]).toEqual([2, true])
  }
})
