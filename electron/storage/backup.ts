import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { appendJournal, journalHead, hex } from './journal.ts'
import { verifySteps } from './journal-verify.ts'
import { storageFault } from './fault.ts'
import { lastNumber } from './counters.ts'
import { takeLock } from './lock.ts'
import { openForReading } from './open-for-reading.ts'
import { openStorage } from './open.ts'
import type { Storage } from './open.ts'

/** What a database file was found to be: whole, or what is wrong with it. */
export type FileCheck =
  | {
      readonly ok: true
      readonly entries: number
      readonly lastHash: string
      readonly lastReceiptNumber: number
    }
  | { readonly ok: false; readonly problem: string }

/** Checks a database file from end to end: SQLite's own check, then the whole journal, in small steps. */
export async function checkFile(file: string): Promise<FileCheck> {
  const opened = openForReading(file)
  if (!opened.ok) return { ok: false, problem: opened.detail }
  try {
    const problem = await finished(opened.integrity())
    if (problem !== null) return { ok: false, problem }
    const journal = await finished(verifySteps(opened.read))
    return journal.ok
      ? journal
      : { ok: false, problem: journal.faults[0]?.detail ?? 'The journal has faults.' }
  } finally {
    opened.close()
  }
}

/** Runs the steps to their end, with time for others in between. */
async function finished<T>(steps: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}

export interface BackupOptions {
  /** Made when it is not there. */
  readonly folder: string
  readonly nowMs: number
  /** How many backups stay; older ones are removed. */
  readonly keep?: number
  /** Checks the copy; {@link checkFile} unless a worker does it. */
  readonly check?: (file: string) => Promise<FileCheck>
}

export type BackupResult =
  | {
      readonly ok: true
      readonly file: string
      readonly entries: number
      readonly lastHash: string
      readonly removed: readonly string[]
    }
  | { readonly ok: false; readonly reason: 'folder' | 'diskFull' | 'notWhole'; readonly detail: string }

const keptUnlessSaid = 14
const dayMs = 24 * 60 * 60_000

/** `kassa-2026-11-21T14-03-22Z.sqlite`: by name they are in order of time. */
const backupName = /^kassa-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.sqlite$/

/** Is a daily backup due? A clock that was set back makes one too. */
export function backupDue(lastAtMs: number | null, nowMs: number): boolean {
  return lastAtMs === null || nowMs - lastAtMs >= dayMs || nowMs < lastAtMs
}

/**
 * Copies the database while the till works, checks the copy from end to end, and only then gives it its name. A copy
 * that is not whole is removed, and no older backup with it.
 */
export async function backUp(storage: Storage, options: BackupOptions): Promise<BackupResult> {
  const { folder, nowMs } = options
  const file = path.join(folder, `kassa-${stampOf(nowMs)}.sqlite`)
  const part = `${file}.part`
  try {
    mkdirSync(folder, { recursive: true })
    await storage.copyTo(part)
    const check = await (options.check ?? checkFile)(part)
    if (!check.ok) return failed(part, 'notWhole', check.problem)
    removeWithCompanions(part, file)
    const { entries, lastHash } = check
    return { ok: true, file, entries, lastHash, removed: removeOld(folder, options.keep ?? keptUnlessSaid) }
  } catch (error) {
    const reason = isFull(error, folder) ? 'diskFull' : 'folder'
    return failed(part, reason, error instanceof Error ? error.message : String(error))
  }
}

/** The driver says only that its copy failed; whether the folder has room left says why. */
function isFull(error: unknown, folder: string): boolean {
  if (storageFault(error) === 'diskFull') return true
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < 1024 * 1024
  } catch {
    return false
  }
}

function removeWithCompanions(part: string, file: string): void {
  for (const end of ['-wal', '-shm', '-journal']) rmSync(part + end, { force: true })
  renameSync(part, file)
}

function failed(part: string, reason: 'folder' | 'diskFull' | 'notWhole', detail: string): BackupResult {
  for (const end of ['', '-wal', '-shm', '-journal']) {
    try {
      rmSync(part + end, { force: true })
    } catch {
      // What cannot be removed is overwritten by the next backup, or stays under a name that nothing restores.
    }
  }
  return { ok: false, reason, detail }
}

/** The backups in a folder, the newest first. */
export function listBackups(folder: string): readonly { readonly file: string; readonly bytes: number }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => backupName.test(name))
    .sort()
    .reverse()
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, bytes: statSync(file).size }))
}

function removeOld(folder: string, keep: number): readonly string[] {
  const old = listBackups(folder)
    .slice(Math.max(1, keep))
    .map(({ file }) => file)
  for (const file of old) rmSync(file, { force: true })
  return old
}

export type RestoreResult =
  | {
      readonly ok: true
      /** Where the database that was there before is now, or null when there was none. */
      readonly keptAs: string | null
      readonly lastReceiptNumber: number
    }
  | { readonly ok: false; readonly reason: 'notWhole' | 'inUse' | 'notWritable'; readonly detail: string }

/**
 * Puts a backup in the place of the till's database, which no till may have open. The backup is checked first, and the
 * database that was there is kept beside it. The journal goes on with an entry that says so.
 */
export async function restoreBackup(file: string, into: string, now: () => number): Promise<RestoreResult> {
  const check = await checkFile(file)
  if (!check.ok) return { ok: false, reason: 'notWhole', detail: check.problem }
  mkdirSync(path.dirname(into), { recursive: true })
  const lock = takeLock(`${into}.lock`)
  if (lock === null)
    return { ok: false, reason: 'inUse', detail: `A till is working with ${into}. Close it first.` }
  try {
    const part = `${into}.restored`
    copyFileSync(file, part)
    const opened = openStorage({ file: part, now })
    if (!opened.ok) return { ok: false, reason: 'notWritable', detail: opened.detail }
    const lastReceiptNumber = noteRestored(opened.storage, path.basename(file), now())
    opened.storage.close()
    rmSync(`${part}.lock`, { force: true })
    const keptAs = putAside(into, now())
    renameSync(part, into)
    return { ok: true, keptAs, lastReceiptNumber }
  } finally {
    lock.release()
  }
}

function noteRestored(storage: Storage, backup: string, atMs: number): number {
  return storage.transaction((db) => {
    const head = journalHead(db)
    const lastReceiptNumber = lastNumber(db, 'receipt')
    const body = {
      backup,
      entries: head?.entries ?? 0,
      lastHash: hex(head?.last_hash ?? Buffer.alloc(32)),
      lastReceiptNumber,
    }
    appendJournal(db, { atMs, kind: 'restored', body })
    return lastReceiptNumber
  })
}

/**
 * Copies a database and what belongs to it beside itself: its last commits may be in its WAL, which must not be there
 * when another database takes the place. The file itself stays until then, so a till never finds the place empty.
 */
function putAside(file: string, atMs: number): string | null {
  if (!existsSync(file)) return null
  const kept = `${file}.replaced-${stampOf(atMs)}`
  for (const end of ['', '-wal']) if (existsSync(file + end)) copySynced(file + end, kept + end)
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true })
  return kept
}

function copySynced(from: string, to: string): void {
  copyFileSync(from, to)
  const copy = openSync(to, 'r+')
  try {
    fsyncSync(copy)
  } finally {
    closeSync(copy)
  }
}

/** `2026-11-21T14-03-22Z`: a time that every file system takes as a name. */
function stampOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}
