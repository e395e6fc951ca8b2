import type { Reader, Writer } from './database.ts'

export type CounterName = 'receipt' | 'shift' | 'xReport' | 'zReport' | 'slip' | 'reconciliation'

/** One above the last, 1 the first time. Taken back together with the transaction, so no number is ever left out. */
export function nextNumber(db: Writer, name: CounterName): number {
  db.run(
    'INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1',
    name,
  )
  return lastNumber(db, name)
}

/** The last number given, 0 before the first. */
export function lastNumber(db: Reader, name: CounterName): number {
  return db.one<{ value: number }>('SELECT value FROM counter WHERE name = ?', name)?.value ?? 0
}
