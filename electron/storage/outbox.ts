/** What must reach a service but need not be waited for. An item stays until it has been sent or a person has looked. */
import type { Reader, Writer } from './database.ts'

export interface OutboxItem {
  readonly id: string
  readonly kind: string
  readonly body: unknown
  readonly attempts: number
  readonly nextAtMs: number
  readonly lastFault: string | null
  readonly state: 'waiting' | 'done' | 'needsPerson'
  readonly createdAtMs: number
}

export type NewOutboxItem = Pick<OutboxItem, 'id' | 'kind' | 'body' | 'nextAtMs' | 'createdAtMs'>

interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly body: string
  readonly attempts: number
  readonly next_at: number
  readonly last_fault: string | null
  readonly state: OutboxItem['state']
  readonly created_at: number
}

function itemOf(row: OutboxRow): OutboxItem {
  return {
    id: row.id,
    kind: row.kind,
    body: JSON.parse(row.body) as unknown,
    attempts: row.attempts,
    nextAtMs: row.next_at,
    lastFault: row.last_fault,
    state: row.state,
    createdAtMs: row.created_at,
  }
}

export function addOutbox(db: Writer, item: NewOutboxItem): void {
  saveOutbox(db, { ...item, attempts: 0, lastFault: null, state: 'waiting' })
}

export function saveOutbox(db: Writer, item: OutboxItem): void {
  db.run(
    `INSERT INTO outbox (id, kind, body, attempts, next_at, last_fault, state, created_at)
     VALUES (@id, @kind, @body, @attempts, @nextAt, @lastFault, @state, @createdAt)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, attempts = excluded.attempts, next_at = excluded.next_at,
       last_fault = excluded.last_fault, state = excluded.state`,
    {
      id: item.id,
      kind: item.kind,
      body: JSON.stringify(item.body ?? null),
      attempts: item.attempts,
      nextAt: item.nextAtMs,
      lastFault: item.lastFault,
      state: item.state,
      createdAt: item.createdAtMs,
    },
  )
}

export function outboxItem(db: Reader, id: string): OutboxItem | null {
  const row = db.one<OutboxRow>('SELECT * FROM outbox WHERE id = ?', id)
  return row === undefined ? null : itemOf(row)
}

/** What is to be sent by now, the longest due first. */
export function dueOutbox(db: Reader, nowMs: number): readonly OutboxItem[] {
  return db
    .all<OutboxRow>(
      "SELECT * FROM outbox WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, rowid LIMIT 100",
      nowMs,
    )
    .map(itemOf)
}

/** When the next waiting item is due, or null when none waits. */
export function nextOutboxAtMs(db: Reader): number | null {
  return (
    db.one<{ at: number | null }>("SELECT min(next_at) AS at FROM outbox WHERE state = 'waiting'")?.at ?? null
  )
}

/** All that is not done, what needs a person first. */
export function pendingOutbox(db: Reader): readonly OutboxItem[] {
  return db
    .all<OutboxRow>(
      "SELECT * FROM outbox WHERE state IN ('waiting', 'needsPerson') ORDER BY state, created_at, rowid LIMIT 500",
    )
    .map(itemOf)
}

export function outboxCounts(db: Reader): { readonly waiting: number; readonly needPerson: number } {
  const rows = db.all<{ state: string; items: number }>(
    "SELECT state, count(*) AS items FROM outbox WHERE state IN ('waiting', 'needsPerson') GROUP BY state",
  )
  const of = (state: string) => rows.find((row) => row.state === state)?.items ?? 0
  return { waiting: of('waiting'), needPerson: of('needsPerson') }
}

/** Forgets what was sent and created before then, at most so many. What waits or needs a person stays. */
export function forgetOutbox(db: Writer, beforeMs: number, most: number): number {
  return db.run(
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = 'done' AND created_at < ? LIMIT ?)",
    beforeMs,
    most,
  )
}
