/** The receipt file: entries are only ever added, and each one holds the hash of the one before. */
import { createHash } from 'node:crypto'
import type { JournalKind } from '../../app/domain/journal-kind.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Reader, Writer } from './database.ts'

export interface JournalEntry {
  /** 1 for the first, without gaps. */
  readonly seq: number
  readonly atMs: number
  readonly kind: JournalKind
  readonly receiptId: string | null
  readonly receiptNumber: number | null
  readonly body: unknown
  /** Hex SHA-256 of the entry before; zeros before the first. */
  readonly previousHash: string
  readonly hash: string
}

export interface NewJournalEntry {
  readonly atMs: number
  readonly kind: JournalKind
  readonly body: unknown
  readonly receiptId?: string | null
  readonly receiptNumber?: number | null
}

/** An entry as it stands in the file: the body as its exact text, hashes as bytes. */
export interface JournalRow {
  readonly seq: number
  readonly at_ms: number
  readonly kind: JournalKind
  readonly receipt_id: string | null
  readonly receipt_number: number | null
  readonly body: string
  readonly previous_hash: Uint8Array
  readonly hash: Uint8Array
}

export interface JournalHead {
  readonly entries: number
  readonly last_hash: Uint8Array
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The hash of an entry: SHA-256 over the canonical JSON of all it holds and the hash before it. */
export function hashOf(entry: Omit<JournalRow, 'hash'>): Buffer {
  return createHash('sha256').update(hashedText(entry)).digest()
}

/** Written out, keys in order, with the body's own text within: the same as the canonical JSON of the whole. */
function hashedText(entry: Omit<JournalRow, 'hash'>): string {
  const receiptId = entry.receipt_id === null ? '' : `,"receiptId":${JSON.stringify(entry.receipt_id)}`
  const receiptNumber = entry.receipt_number === null ? '' : `,"receiptNumber":${entry.receipt_number}`
  return (
    `{"atMs":${entry.at_ms},"body":${entry.body},"kind":${JSON.stringify(entry.kind)}` +
    `,"previousHash":"${hex(entry.previous_hash)}"${receiptId}${receiptNumber},"seq":${entry.seq}}`
  )
}

export function journalHead(db: Reader): JournalHead | null {
  return db.one<JournalHead>('SELECT entries, last_hash FROM journal_head') ?? null
}

/** Adds an entry at the end, and moves the head, in the caller's transaction or one of its own. */
export function appendJournal(db: Writer, entry: NewJournalEntry): JournalEntry {
  return db.transaction(() => {
    const head = journalHead(db)
    if (head === null) throw new Error('The journal has lost its head')
    const unhashed = {
      seq: head.entries + 1,
      at_ms: entry.atMs,
      kind: entry.kind,
      receipt_id: entry.receiptId ?? null,
      receipt_number: entry.receiptNumber ?? null,
      body: canonicalJson(entry.body),
      previous_hash: head.last_hash,
    }
    const row = { ...unhashed, hash: hashOf(unhashed) }
    db.run(
      `INSERT INTO journal (seq, at_ms, kind, receipt_id, receipt_number, body, previous_hash, hash)
       VALUES (@seq, @at_ms, @kind, @receipt_id, @receipt_number, @body, @previous_hash, @hash)`,
      row,
    )
    db.run('UPDATE journal_head SET entries = ?, last_hash = ?', row.seq, row.hash)
    return { ...entryOf({ ...row, body: 'null' }), body: entry.body }
  })
}

export function entryOf(row: JournalRow): JournalEntry {
  return {
    seq: row.seq,
    atMs: row.at_ms,
    kind: row.kind,
    receiptId: row.receipt_id,
    receiptNumber: row.receipt_number,
    body: JSON.parse(row.body) as unknown,
    previousHash: hex(row.previous_hash),
    hash: hex(row.hash),
  }
}

/** The entry, or null when there is none of that number. */
export function journalEntry(db: Reader, seq: number): JournalEntry | null {
  const row = db.one<JournalRow>('SELECT * FROM journal WHERE seq = ?', seq)
  return row === undefined ? null : entryOf(row)
}

/** All that the journal holds about one receipt, in order. */
export function journalOfReceipt(db: Reader, receiptId: string): readonly JournalEntry[] {
  return db.all<JournalRow>('SELECT * FROM journal WHERE receipt_id = ? ORDER BY seq', receiptId).map(entryOf)
}

export interface JournalSearch {
  readonly kinds?: readonly JournalKind[]
  readonly receiptNumber?: number
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  /** Only entries before this one: the last of the page before. */
  readonly before?: number
  readonly limit: number
}

/** The newest first. */
export function findJournal(db: Reader, search: JournalSearch): readonly JournalEntry[] {
  return db
    .all<JournalRow>(
      `SELECT * FROM journal
       WHERE seq < @before AND (@fromMs IS NULL OR at_ms >= @fromMs) AND (@toMs IS NULL OR at_ms < @toMs)
         ${search.receiptNumber === undefined ? '' : 'AND receipt_number = @number'}
         ${search.kinds === undefined ? '' : 'AND kind IN (SELECT value FROM json_each(@kinds))'}
       ORDER BY seq DESC LIMIT @limit`,
      {
        before: search.before ?? Number.MAX_SAFE_INTEGER,
        fromMs: search.fromMs ?? null,
        toMs: search.toMs ?? null,
        number: search.receiptNumber ?? null,
        kinds: search.kinds === undefined ? null : JSON.stringify(search.kinds),
        limit: search.limit,
      },
    )
    .map(entryOf)
}

/** The entries after one, in order: a page of the file. */
export function journalAfter(db: Reader, seq: number, limit: number): readonly JournalEntry[] {
  return db
    .all<JournalRow>('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)
    .map(entryOf)
}

/** One entry as a line of JSON Lines. */
export function journalLine({ body, ...rest }: JournalEntry): string {
  return `${JSON.stringify({ ...rest, body })}\n`
}

const pageEntries = 500

/** The file from its first to its last entry, a page at a time, so that the till can write in between. */
export function* journalRows(db: Reader): Generator<JournalRow> {
  const page = 'SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?'
  let last = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = db.all<JournalRow>(page, last, pageEntries)
    yield* rows
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.seq
  }
}

/** JSON Lines, one entry a line, first to last. */
export function* exportJournal(db: Reader): Generator<string> {
  for (const row of journalRows(db)) yield journalLine(entryOf(row))
}
