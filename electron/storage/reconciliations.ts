/** Reconciliations on disk: how far each has come, what it found, and what people noted about its findings. */
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import { isOpenReconciliation } from '../../app/domain/reconciliation.ts'
import type { Reader, Writer } from './database.ts'

interface BodyRow {
  readonly body: string
}

const recordOf = ({ body }: BodyRow): Reconciliation => JSON.parse(body) as Reconciliation

function markedAtMs({ stage }: Reconciliation): number | null {
  return 'markedAtMs' in stage ? stage.markedAtMs : null
}

/** Adds or changes one. Throws when it would be the second open one. */
export function saveReconciliation(db: Writer, record: Reconciliation): void {
  db.run(
    `INSERT INTO reconciliation (id, number, terminal_id, started_at, marked_at, open, body)
     VALUES (@id, @number, @terminalId, @startedAt, @markedAt, @open, @body)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, marked_at = excluded.marked_at,
       open = excluded.open, body = excluded.body`,
    {
      id: record.id,
      number: record.number,
      terminalId: record.terminalId,
      startedAt: record.startedAtMs,
      markedAt: markedAtMs(record),
      open: Number(isOpenReconciliation(record.stage)),
      body: JSON.stringify(record),
    },
  )
}

export function reconciliationById(db: Reader, id: string): Reconciliation | null {
  const row = db.one<BodyRow>('SELECT body FROM reconciliation WHERE id = ?', id)
  return row === undefined ? null : recordOf(row)
}

/** The one under way, or null. */
export function openReconciliation(db: Reader): Reconciliation | null {
  const row = db.one<BodyRow>('SELECT body FROM reconciliation WHERE open = 1')
  return row === undefined ? null : recordOf(row)
}

/** The newest first. */
export function recentReconciliations(db: Reader, limit: number): readonly Reconciliation[] {
  return db
    .all<BodyRow>('SELECT body FROM reconciliation ORDER BY started_at DESC, rowid DESC LIMIT ?', limit)
    .map(recordOf)
}

/** What a person noted about one finding. */
export interface FindingNote {
  readonly finding: string
  readonly done: boolean
  readonly note: string
  readonly by: string
  readonly atMs: number
}

/** The last note on a finding stands; the journal has them all. */
export function saveFindingNote(db: Writer, reconciliationId: string, note: FindingNote): void {
  db.run(
    `INSERT INTO reconciliation_note (reconciliation_id, finding, done, note, by, at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (reconciliation_id, finding) DO UPDATE SET done = excluded.done, note = excluded.note,
       by = excluded.by, at_ms = excluded.at_ms`,
    [reconciliationId, note.finding, Number(note.done), note.note, note.by, note.atMs],
  )
}

export function findingNotes(db: Reader, reconciliationId: string): readonly FindingNote[] {
  return db
    .all<Omit<FindingNote, 'done'> & { readonly done: number }>(
      `SELECT finding, done, note, by, at_ms AS atMs FROM reconciliation_note WHERE reconciliation_id = ?
       ORDER BY at_ms`,
      reconciliationId,
    )
    .map((row) => ({ ...row, done: row.done === 1 }))
}
