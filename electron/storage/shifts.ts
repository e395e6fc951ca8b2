import type { Reader, Writer } from './database.ts'
import { nextNumber } from './counters.ts'

/** From the float in the drawer to the count at the end. At most one is open. */
export interface ShiftRecord {
  readonly id: string
  /** Gap-free. */
  readonly number: number
  readonly openedAtMs: number
  /** A person's name. */
  readonly openedBy: string
  readonly floatMinor: number
  readonly closedAtMs: number | null
  /** What was counted in the drawer, before the till said what should be there. */
  readonly countedMinor: number | null
  readonly zNumber: number | null
}

interface ShiftRow {
  readonly id: string
  readonly number: number
  readonly opened_at: number
  readonly opened_by: string
  readonly float_minor: number
  readonly closed_at: number | null
  readonly counted_minor: number | null
  readonly z_number: number | null
}

function shiftOf(row: ShiftRow): ShiftRecord {
  return {
    id: row.id,
    number: row.number,
    openedAtMs: row.opened_at,
    openedBy: row.opened_by,
    floatMinor: row.float_minor,
    closedAtMs: row.closed_at,
    countedMinor: row.counted_minor,
    zNumber: row.z_number,
  }
}

/** Opens or changes a shift. Throws when it would be the second open one. */
export function saveShift(db: Writer, shift: ShiftRecord): void {
  db.run(
    `INSERT INTO shift (id, number, opened_at, opened_by, float_minor, closed_at, counted_minor, z_number)
     VALUES (@id, @number, @openedAt, @openedBy, @floatMinor, @closedAt, @countedMinor, @zNumber)
     ON CONFLICT (id) DO UPDATE SET closed_at = excluded.closed_at, counted_minor = excluded.counted_minor,
       z_number = excluded.z_number`,
    {
      id: shift.id,
      number: shift.number,
      openedAt: shift.openedAtMs,
      openedBy: shift.openedBy,
      floatMinor: shift.floatMinor,
      closedAt: shift.closedAtMs,
      countedMinor: shift.countedMinor,
      zNumber: shift.zNumber,
    },
  )
}

/** The shift that is open now, or null. */
export function openShift(db: Reader): ShiftRecord | null {
  const row = db.one<ShiftRow>('SELECT * FROM shift WHERE closed_at IS NULL')
  return row === undefined ? null : shiftOf(row)
}

export function shiftById(db: Reader, id: string): ShiftRecord | null {
  const row = db.one<ShiftRow>('SELECT * FROM shift WHERE id = ?', id)
  return row === undefined ? null : shiftOf(row)
}

/**
 * The id of the shift that is open, or that the next one will get: what SEQR ends between two shifts stands on the next
 * Z report. Kept until a shift begins with it.
 */
export function presentShiftId(db: Writer, newId: () => string): string {
  const open = openShift(db)
  if (open !== null) return open.id
  const coming = comingShift(db)
  if (coming !== null) return coming
  const id = newId()
  db.run("INSERT INTO till (name, value) VALUES ('comingShift', ?)", id)
  return id
}

/** The id that a new shift begins with. */
export function nextShiftId(db: Writer, newId: () => string): string {
  const coming = comingShift(db)
  db.run("DELETE FROM till WHERE name = 'comingShift'")
  return coming ?? newId()
}

function comingShift(db: Reader): string | null {
  return db.one<{ value: string | null }>("SELECT value FROM till WHERE name = 'comingShift'")?.value ?? null
}

export const nextXNumber = (db: Writer): number => nextNumber(db, 'xReport')
export const nextZNumber = (db: Writer): number => nextNumber(db, 'zReport')

/** Cash that went in or out of the drawer without a sale. A drop goes to the safe. Amounts are above zero. */
export interface CashMovement {
  readonly id: string
  readonly shiftId: string
  readonly kind: 'in' | 'out' | 'drop'
  readonly amountMinor: number
  readonly reason: string
  /** A person's name. */
  readonly by: string
  readonly atMs: number
}

interface MovementRow {
  readonly id: string
  readonly shift_id: string
  readonly kind: CashMovement['kind']
  readonly amount_minor: number
  readonly reason: string
  readonly by: string
  readonly at_ms: number
}

export function addCashMovement(db: Writer, movement: CashMovement): void {
  const { id, shiftId, kind, amountMinor, reason, by, atMs } = movement
  db.run(
    'INSERT INTO cash_movement (id, shift_id, kind, amount_minor, reason, by, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [id, shiftId, kind, amountMinor, reason, by, atMs],
  )
}

/** In the order they were made. */
export function cashMovements(db: Reader, shiftId: string): readonly CashMovement[] {
  return db
    .all<MovementRow>('SELECT * FROM cash_movement WHERE shift_id = ? ORDER BY at_ms, rowid', shiftId)
    .map((row) => ({
      id: row.id,
      shiftId: row.shift_id,
      kind: row.kind,
      amountMinor: row.amount_minor,
      reason: row.reason,
      by: row.by,
      atMs: row.at_ms,
    }))
}
