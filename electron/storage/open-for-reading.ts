import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Reader } from './database.ts'
import { migratorOf } from './database.ts'
import { storageFault } from './fault.ts'
import { newestVersion, versionOf } from './migrate.ts'

export type ReadingResult =
  | {
      readonly ok: true
      readonly read: Reader
      readonly integrity: () => Generator<null, string | null>
      readonly close: () => void
    }
  | {
      readonly ok: false
      readonly reason: 'absent' | 'corrupt' | 'tooNew' | 'unreadable'
      readonly detail: string
    }

/**
 * Opens a database only to look at it, also while a till works with it: everything read is of one and the same moment.
 * `integrity` ends with what SQLite finds wrong with the file, or null.
 */
export function openForReading(file: string, now: () => number = Date.now): ReadingResult {
  if (!existsSync(file)) return { ok: false, reason: 'absent', detail: `There is no ${file}.` }
  let database: Database.Database | null = null
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
    const db = migratorOf(database, now)
    const version = versionOf(db)
    if (version > newestVersion || version < 1) {
      database.close()
      const detail =
        version < 1
          ? `${file} is not a database of Kassa.`
          : `${file} was written by a newer Kassa (${version}).`
      return { ok: false, reason: version < 1 ? 'corrupt' : 'tooNew', detail }
    }
    database.exec('BEGIN')
    return { ok: true, read: db, integrity: integrityOf(database), close: closing(database) }
  } catch (error) {
    database?.close()
    const fault = storageFault(error)
    if (fault === null || !(error instanceof Error)) throw error
    return {
      ok: false,
      reason: fault === 'corrupt' ? 'corrupt' : 'unreadable',
      detail: `${file}: ${error.message}`,
    }
  }
}

/** One table after the other, so that a large file can be checked between other work. */
const integrityOf = (database: Database.Database) =>
  function* integrity(): Generator<null, string | null> {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    for (const table of ['sqlite_schema', ...tables]) {
      const found = String(database.pragma(`integrity_check('${String(table)}')`, { simple: true }))
      if (found !== 'ok') return found
      yield null
    }
    return null
  }

const closing = (database: Database.Database) => () => {
  database.close()
}
