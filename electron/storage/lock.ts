import Database from 'better-sqlite3'
import { storageFault } from './fault.ts'

export interface Lock {
  release(): void
}

/**
 * Holds `file` for this process alone, or null when another process has it. The operating system lets go of it when
 * the process ends, however it ends, so no stale lock can keep a till shut.
 */
export function takeLock(file: string): Lock | null {
  const lock = new Database(file, { timeout: 200 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (storageFault(error) === 'busy') return null
    throw error
  }
  return { release: () => void lock.close() }
}
