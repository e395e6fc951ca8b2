import type { contract } from '../../app/contract/contract.ts'
import type { Announcer } from '../../app/contract/define.ts'
import type { Refusal } from '../../app/contract/views.ts'
import type { Storage } from '../storage/open.ts'
import { storageFault } from '../storage/open.ts'
import type { Clock } from './clock.ts'

/** What a register's log takes. It hides secrets by itself. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What every part of the register works with. */
export interface Desk {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
  readonly newId: () => string
  readonly announce: Announcer<typeof contract>
  /** True from a write that found the disk full until one goes through again. */
  readonly disk: { full: boolean }
}

/**
 * Runs a change in one transaction. A refusal takes back what was written before it. A disk that is full or failing is
 * an answer, not an exception: nothing of the change is kept, and the till says so.
 */
export function change<T>(desk: Desk, work: () => T): T | (Refusal & { reason: 'storage' }) {
  try {
    const result = desk.storage.transaction(() => unlessRefused(work()))
    desk.disk.full = false
    return result
  } catch (error) {
    if (error instanceof TakenBack) return error.refusal as T
    const fault = storageFault(error)
    if (fault !== 'diskFull' && fault !== 'ioError') throw error
    desk.disk.full = true
    desk.log.error({ err: error }, 'The disk did not take a change')
    return { ok: false, reason: 'storage', problem: fault }
  }
}

/** Leaves a transaction with nothing kept, and says why to {@link change}. */
class TakenBack extends Error {
  readonly refusal: unknown

  constructor(refusal: unknown) {
    super('A change was refused')
    this.refusal = refusal
  }
}

function unlessRefused<T>(answer: T): T {
  const isRefused = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false
  if (isRefused) throw new TakenBack(answer)
  return answer
}
