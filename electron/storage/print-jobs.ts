/** The printing queue on disk. A paper is due until a printer has taken it or a person has set it aside. */
import type { Reader, Value, Writer } from './database.ts'

export interface PrintJob {
  readonly id: string
  readonly kind: string
  readonly title: string
  /** The encoded paper, as it goes to the printer. */
  readonly paperBytes: Uint8Array
  readonly state: 'waiting' | 'printing' | 'printed' | 'unclear' | 'set aside'
  readonly attempts: number
  readonly createdAtMs: number
  readonly lastFault?: string
  readonly copyOf?: string
  readonly receiptId?: string
}

interface JobRow {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly paper_bytes: Uint8Array
  readonly state: PrintJob['state']
  readonly attempts: number
  readonly created_at: number
  readonly last_fault: string | null
  readonly copy_of: string | null
  readonly receipt_id: string | null
}

function jobOf(row: JobRow): PrintJob {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    paperBytes: new Uint8Array(row.paper_bytes),
    state: row.state,
    attempts: row.attempts,
    createdAtMs: row.created_at,
    ...(row.last_fault === null ? {} : { lastFault: row.last_fault }),
    ...(row.copy_of === null ? {} : { copyOf: row.copy_of }),
    ...(row.receipt_id === null ? {} : { receiptId: row.receipt_id }),
  }
}

function columnsOf(job: PrintJob): Record<string, Value> {
  return {
    id: job.id,
    kind: job.kind,
    title: job.title,
    paperBytes: job.paperBytes,
    state: job.state,
    attempts: job.attempts,
    createdAt: job.createdAtMs,
    lastFault: job.lastFault ?? null,
    copyOf: job.copyOf ?? null,
    receiptId: job.receiptId ?? null,
  }
}

export function addPrintJob(db: Writer, job: PrintJob): void {
  db.run(
    `INSERT INTO print_job (id, kind, title, paper_bytes, state, attempts, created_at, last_fault, copy_of, receipt_id)
     VALUES (@id, @kind, @title, @paperBytes, @state, @attempts, @createdAt, @lastFault, @copyOf, @receiptId)`,
    columnsOf(job),
  )
}

/** Saves where a job stands. Its paper never changes. */
export function savePrintJob(db: Writer, job: PrintJob): void {
  const { id, state, attempts, lastFault } = job
  const touched = db.run('UPDATE print_job SET state = ?, attempts = ?, last_fault = ? WHERE id = ?', [
    state,
    attempts,
    lastFault ?? null,
    id,
  ])
  if (touched !== 1) throw new Error(`There is no print job ${id} to save`)
}

export function printJobById(db: Reader, id: string): PrintJob | null {
  const row = db.one<JobRow>('SELECT * FROM print_job WHERE id = ?', id)
  return row === undefined ? null : jobOf(row)
}

/** Jobs that are due, being printed, or may have been printed in part, the oldest first. */
export function pendingPrintJobs(db: Reader): readonly PrintJob[] {
  return db
    .all<JobRow>(
      "SELECT * FROM print_job WHERE state IN ('waiting', 'printing', 'unclear') ORDER BY created_at, rowid LIMIT 500",
    )
    .map(jobOf)
}

/** The newest first. */
export function recentPrintJobs(db: Reader, limit: number): readonly PrintJob[] {
  return db
    .all<JobRow>('SELECT * FROM print_job ORDER BY created_at DESC, rowid DESC LIMIT ?', limit)
    .map(jobOf)
}

/** A receipt's papers, the newest first. */
export function printJobsOfReceipt(db: Reader, receiptId: string): readonly PrintJob[] {
  return db
    .all<JobRow>(
      'SELECT * FROM print_job WHERE receipt_id = ? ORDER BY created_at DESC, rowid DESC',
      receiptId,
    )
    .map(jobOf)
}

/**
 * Forgets printed and set-aside jobs created before then, at most so many: a receipt's paper can be made again from the
 * receipt. How many it has forgotten.
 */
export function forgetPrintJobs(db: Writer, beforeMs: number, most: number): number {
  return db.run(
    `DELETE FROM print_job WHERE id IN (SELECT id FROM print_job
       WHERE state IN ('printed', 'set aside') AND created_at < ? ORDER BY created_at LIMIT ?)`,
    beforeMs,
    most,
  )
}
