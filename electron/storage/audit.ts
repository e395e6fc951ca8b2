import type { AuditAct } from '../../app/domain/audit-act.ts'
import type { Reader, Writer } from './database.ts'
import { containing } from './database.ts'

/** What a person with rights did, and when. Never holds a secret. */
export interface AuditEntry {
  readonly atMs: number
  readonly by: string
  /** What was done, such as `seqr.registered`. */
  readonly act: AuditAct
  /** To what or whom; empty where the act says it all. */
  readonly subject?: string
  readonly detail: unknown
}

export function appendAudit(db: Writer, entry: AuditEntry): void {
  const detail = JSON.stringify(entry.detail ?? null)
  db.run('INSERT INTO audit (at_ms, by, act, subject, detail) VALUES (?, ?, ?, ?, ?)', [
    entry.atMs,
    entry.by,
    entry.act,
    entry.subject ?? '',
    detail,
  ])
}

export interface AuditSearch {
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  /** A part of who did it, of what was done, or to what. */
  readonly text?: string
  readonly limit: number
}

interface AuditRow {
  readonly at_ms: number
  readonly by: string
  readonly act: AuditAct
  readonly subject: string
  readonly detail: string
}

/** The newest first. */
export function listAudit(db: Reader, search: AuditSearch): readonly AuditEntry[] {
  return db
    .all<AuditRow>(
      `SELECT * FROM audit WHERE at_ms >= ? AND at_ms < ? AND (by || ' ' || act || ' ' || subject) LIKE ? ESCAPE '\\'
       ORDER BY id DESC LIMIT ?`,
      [
        search.fromMs ?? 0,
        search.toMs ?? Number.MAX_SAFE_INTEGER,
        containing(search.text ?? ''),
        search.limit,
      ],
    )
    .map(({ at_ms, by, act, subject, detail }) => ({
      atMs: at_ms,
      by,
      act,
      subject,
      detail: JSON.parse(detail) as unknown,
    }))
}
