import { appendAudit } from './audit.ts'
import type { Reader, Writer } from './database.ts'

/** The setting as it was last written, or `fallback` when it never was. */
export function readSetting<T>(db: Reader, name: string, fallback: T): T {
  const row = db.one<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)
  return row === undefined ? fallback : (JSON.parse(row.value) as T)
}

/** Writes a setting and who did it, with the value before, into the audit trail. The same value again does nothing. */
export function writeSetting(db: Writer, name: string, value: unknown, by: string): void {
  const text = JSON.stringify(value)
  db.transaction(() => {
    const before = db.one<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)?.value
    if (before === text) return
    db.run(
      `INSERT INTO setting (name, value, at_ms, by) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, at_ms = excluded.at_ms, by = excluded.by`,
      [name, text, db.now(), by],
    )
    const was: unknown = before === undefined ? null : JSON.parse(before)
    appendAudit(db, {
      atMs: db.now(),
      by,
      act: 'settingChanged',
      subject: name,
      detail: { was, is: value },
    })
  })
}

export interface SettingEntry {
  readonly name: string
  readonly value: unknown
  readonly atMs: number
  readonly by: string
}

export function allSettings(db: Reader): readonly SettingEntry[] {
  return db
    .all<{ name: string; value: string; at_ms: number; by: string }>('SELECT * FROM setting ORDER BY name')
    .map((row) => ({ name: row.name, value: JSON.parse(row.value) as unknown, atMs: row.at_ms, by: row.by }))
}
