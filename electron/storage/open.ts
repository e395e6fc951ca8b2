import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Migrator, Reader, Writer } from './database.ts'
import { migratorOf } from './database.ts'
import { storageFault } from './fault.ts'
import type { Lock } from './lock.ts'
import { takeLock } from './lock.ts'
import { migrate, newestVersion, versionOf } from './migrate.ts'

export type { Reader, Writer } from './database.ts'
export { storageFault } from './fault.ts'
export type { StorageFault } from './fault.ts'

export interface OpenOptions {
  /** The database's path, or `:memory:` for one that ends with the process. */
  readonly file: string
  readonly now: () => number
  /** What an in-memory database begins with: the {@link Storage.bytes} of another one. */
  readonly from?: Uint8Array
}

export interface Storage {
  readonly file: string
  readonly read: Reader
  /** Each call on its own is a transaction of its own. */
  readonly write: Writer
  /** All of `work` or nothing, on the disk when it returns. Nested calls join. */
  transaction<T>(work: (db: Writer) => T): T
  /** Copies the whole database to a new file while the till goes on working. */
  copyTo(file: string): Promise<void>
  /** An in-memory database as it is now. Not to be asked within a transaction. */
  bytes(): Uint8Array
  close(): void
}

export type OpenFault = 'inUse' | 'corrupt' | 'tooNew' | 'notWritable'

export type OpenResult =
  | { readonly ok: true; readonly storage: Storage }
  | { readonly ok: false; readonly reason: OpenFault; readonly detail: string }

const inMemory = ':memory:'

/** What `PRAGMA synchronous` reads when every commit waits for the disk. */
const full = 2

/** As much as SQLite writes into its WAL before it moves the pages on: 1000 pages. */
const walBytes = 4_200_000

/** Above this size the whole file is no longer read through at every start; backups check it all, each day. */
const smallBytes = 64 * 1024 * 1024

/** Tables that are checked at every start, however large the file has grown. */
const moneyTables = ['sqlite_schema', 'journal_head', 'counter', 'till', 'setting', 'payment'] as const

/**
 * Opens the till's database for this process alone, checks it, and brings it up to the newest version.
 * Commits are on the disk when they return. Throws only for a bug.
 */
export function openStorage(options: OpenOptions): OpenResult {
  const { file } = options
  const folder = file === inMemory ? null : folderProblem(path.dirname(file))
  if (folder !== null) return refused('notWritable', `${file} cannot be written: ${folder}`)
  try {
    const lock = file === inMemory ? noLock : takeLock(`${file}.lock`)
    if (lock === null) return refused('inUse', `Another Kassa is working with ${file}. Close it first.`)
    return openLocked(options, lock)
  } catch (error) {
    return refusedBy(error, file)
  }
}

function folderProblem(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true })
    return null
  } catch (error) {
    return String(error)
  }
}

const noLock: Lock = { release: () => {} }

function openLocked({ file, now, from }: OpenOptions, lock: Lock): OpenResult {
  let database: Database.Database | null = null
  try {
    database = new Database(from === undefined ? file : Buffer.from(from), { timeout: 5000 })
    const db = migratorOf(database, now)
    const fault = checkedFault(database, db, file)
    if (fault !== null) {
      database.close()
      lock.release()
      return fault
    }
    makeDurable(database)
    migrate(db)
    growWal(database)
    provenDurable(database, db)
    return { ok: true, storage: storageOf(database, db, file, lock) }
  } catch (error) {
    database?.close()
    lock.release()
    throw error
  }
}

function checkedFault(database: Database.Database, db: Migrator, file: string): OpenResult | null {
  const version = versionOf(db)
  if (version > newestVersion)
    return refused(
      'tooNew',
      `${file} was written by a newer Kassa (version ${version}, this one knows ${newestVersion}).`,
    )
  const problem = integrityProblem(database, file)
  return problem === null ? null : refused('corrupt', `${file} is damaged: ${problem}`)
}

/** What SQLite finds wrong with the file, or null. Reads a small file whole, of a large one the tables of money. */
function integrityProblem(database: Database.Database, file: string): string | null {
  const isSmall = file === inMemory || statSync(file).size <= smallBytes
  const checks = isSmall ? ['quick_check(1)'] : moneyTables.map((table) => `quick_check('${table}')`)
  for (const check of checks) {
    const found = String(database.pragma(check, { simple: true }))
    if (found !== 'ok') return found
  }
  return null
}

/**
 * A commit is to survive a power cut. The driver is built with NORMAL for WAL, which would not, so FULL is set on
 * every open; on macOS only fullfsync reaches the disk itself.
 */
function makeDurable(database: Database.Database): void {
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('fullfsync = ON')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  database.pragma(`journal_size_limit = ${2 * walBytes}`)
}

/**
 * Lets the WAL file reach its full size before the first sale, so that no sale pays for its growth: what a small
 * cache spills of a transaction that is then taken back stays behind as room.
 */
function growWal(database: Database.Database): void {
  if (database.memory) return
  const cache = Number(database.pragma('cache_size', { simple: true }))
  database.pragma('cache_size = 10')
  try {
    database.exec(
      `BEGIN IMMEDIATE; CREATE TABLE room (filling BLOB); INSERT INTO room VALUES (zeroblob(${walBytes})); ROLLBACK`,
    )
  } catch (error) {
    // A disk without that much room is told at the first write that fails for it.
    if (database.inTransaction) database.exec('ROLLBACK')
    if (storageFault(error) !== 'diskFull') throw error
  } finally {
    database.pragma(`cache_size = ${cache}`)
  }
}

/** The driver changes `synchronous` at the first write in WAL, so only after a write does the setting tell the truth. */
function provenDurable(database: Database.Database, db: Writer): void {
  const opened =
    'INSERT INTO till (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
  db.run(opened, 'openedAtMs', String(db.now()))
  const synchronous = database.pragma('synchronous', { simple: true })
  if (synchronous !== full)
    throw new Error(`SQLite would not sync each commit: synchronous is ${String(synchronous)}`)
}

function storageOf(database: Database.Database, db: Writer, file: string, lock: Lock): Storage {
  return {
    file,
    read: db,
    write: db,
    transaction: (work) => db.transaction(() => work(db)),
    copyTo: async (target) => {
      await database.backup(target)
    },
    bytes: () => database.serialize(),
    close: () => {
      if (!database.open) return
      try {
        database.pragma('optimize')
        database.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        database.close()
        lock.release()
      }
    },
  }
}

function refused(reason: OpenFault, detail: string): OpenResult {
  return { ok: false, reason, detail }
}

function refusedBy(error: unknown, file: string): OpenResult {
  const fault = storageFault(error)
  const said = error instanceof Error ? error.message : String(error)
  switch (fault) {
    case 'corrupt':
      return refused('corrupt', `${file} is damaged: ${said}`)
    case 'busy':
      return refused('inUse', `Another program is working with ${file}: ${said}`)
    case 'diskFull':
    case 'ioError':
      return refused('notWritable', `${file} cannot be written: ${said}`)
    case null:
      throw error
  }
}
