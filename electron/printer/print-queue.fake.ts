import type { PrinterStatus } from '../../app/domain/printer-status.ts'
import type { PrinterDevice, PrintOutcome } from './printer-device.ts'
import type { PrintJob, PrintStore, QueueClock } from './print-queue.ts'

export interface MemoryStore extends PrintStore {
  readonly all: () => readonly PrintJob[]
  /** The next calls throw, as on a full disk. */
  failNext(times: number): void
}

export function memoryStore(initial: readonly PrintJob[] = []): MemoryStore {
  const jobs = new Map(initial.map((job) => [job.id, job]))
  let failing = 0
  const mayFail = () => {
    failing -= 1
    if (failing >= 0) throw new Error('disk full')
  }
  return {
    add: (job) => {
      mayFail()
      const added: PrintJob = { ...job, id: `j${jobs.size + 1}`, state: 'waiting', attempts: 0 }
      jobs.set(added.id, added)
      return added
    },
    open: () => [...jobs.values()].filter((job) => job.state !== 'printed' && job.state !== 'set aside'),
    save: (job) => {
      mayFail()
      jobs.set(job.id, job)
    },
    all: () => [...jobs.values()],
    failNext: (times) => {
      failing = times
    },
  }
}

export interface ScriptedPrinter extends PrinterDevice {
  /** The bytes of every job it was given. */
  readonly jobs: readonly Uint8Array[]
  /** What the next jobs end in, and how the printer is. Without a script it prints. */
  script(...outcomes: readonly (PrintOutcome | 'throws' | 'hangs')[]): void
  become(status: PrinterStatus): void
}

export const wellStatus = {
  kind: 'answered',
  online: true,
  coverOpen: false,
  paper: 'ok',
  error: 'none',
  drawerSignal: false,
} as const satisfies PrinterStatus

export function scriptedPrinter(): ScriptedPrinter {
  const jobs: Uint8Array[] = []
  let outcomes: (PrintOutcome | 'throws' | 'hangs')[] = []
  let status: PrinterStatus = wellStatus
  return {
    state: 'ready',
    jobs,
    script: (...next) => {
      outcomes = [...outcomes, ...next]
    },
    become: (next) => {
      status = next
    },
    print: async (bytes, signal, told) => {
      jobs.push(bytes)
      told?.(status)
      const outcome = outcomes.shift() ?? { kind: 'printed' }
      if (outcome === 'throws') throw new Error('a bug in the device')
      if (outcome !== 'hangs') return await Promise.resolve(outcome)
      return await new Promise((resolve) => {
        signal.addEventListener('abort', () =>
          resolve({ kind: 'failed', reason: 'stopped', printedMaybe: true }),
        )
      })
    },
    status: async () => await Promise.resolve(status),
  }
}

export interface ManualClock extends QueueClock {
  /** Lets the time pass, wakes who has slept long enough, and waits until all that follows has been done. */
  pass(ms: number): Promise<void>
  readonly sleeping: () => readonly number[]
}

export function manualClock(startMs = 1_000_000): ManualClock {
  let nowMs = startMs
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>()
  const settle = async () => {
    for (let round = 0; round < 50; round += 1) await Promise.resolve()
  }
  return {
    now: () => nowMs,
    sleep: async (waitMs, signal) =>
      await new Promise((resolve) => {
        const sleeper = {
          untilMs: nowMs + waitMs,
          wake: () => {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        if (signal.aborted) return resolve()
        sleepers.add(sleeper)
        signal.addEventListener('abort', sleeper.wake)
      }),
    pass: async (ms) => {
      await settle()
      nowMs += ms
      for (const sleeper of sleepers) if (sleeper.untilMs <= nowMs) sleeper.wake()
      await settle()
    },
    sleeping: () => [...sleepers].map((sleeper) => sleeper.untilMs - nowMs),
  }
}
