/** The whole register for tests: in memory, on a clock that stands still, with a SEQR that never answers. */
import path from 'node:path'
import type { Caller } from '../../app/contract/define.ts'
import type { PrinterDevice } from '../printer/printer-device.ts'
import type { SeqrService } from '../seqr/service.ts'
import type { Storage } from '../storage/open.ts'
import { openStorage } from '../storage/open.ts'
import type { Clock } from './clock.ts'
import type { Register, RegisterParts } from './register-parts.ts'
import { createRegister } from './register.ts'

export const fromTill: Caller = { screen: 'till' }

export interface TestedRegister {
  readonly register: Register
  readonly ask: Register['handlers']
  readonly storage: Storage
  readonly clock: { nowMs: number }
  /** Lets so much time go by. */
  pass(ms: number): void
  stop(): Promise<void>
}

/** A practice till that has started: Alva is signed in and a shift with 1000.00 is open. `before` fills its disk. */
export async function startedRegister(
  change: Partial<RegisterParts> = {},
  before: (storage: Storage) => void = () => {},
): Promise<TestedRegister> {
  const clock = { nowMs: Date.UTC(2026, 10, 21, 9) }
  const opened = openStorage({ file: ':memory:', now: () => clock.nowMs })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  before(storage)
  const standingClock = standing(clock)
  const register = createRegister({
    storage,
    clock: standingClock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    seqr: silentSeqr(),
    sealer: { seal: (plain) => plain, open: (sealed) => sealed },
    pins: { hash: (pin) => Promise.resolve(pin), verify: (pin, hash) => Promise.resolve(pin === hash) },
    newPassword: () => 'terminal-password',
    printer: null,
    version: '0.0.0',
    resourcesDir: path.resolve(import.meta.dirname, '../../resources'),
    reseller: null,
    sandbox: { phone: '', control: '', slips: '', seqrIdHint: '' },
    ...change,
  })
  await register.start()
  return {
    register,
    ask: register.handlers,
    storage,
    clock,
    pass: standingClock.pass,
    async stop() {
      await register.stop()
      storage.close()
    },
  }
}

/** Time stands still until it is made to pass; then whoever slept until then wakes. */
function standing(time: { nowMs: number }): Clock & { pass(ms: number): void } {
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>()
  return {
    now: () => time.nowMs,
    elapsedMs: () => time.nowMs,
    sleepUntil: (atMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true || atMs <= time.nowMs) return resolve()
        const wake = () => {
          sleepers.delete(sleeper)
          resolve()
        }
        const sleeper = { atMs, wake }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', wake)
      }),
    deadline: (_, signal) => signal,
    pass(ms) {
      time.nowMs += ms
      for (const { atMs, wake } of sleepers) if (atMs <= time.nowMs) wake()
    },
  }
}

/** Every question stays without an answer. */
function silentSeqr(): SeqrService {
  const silent = () => Promise.resolve({ kind: 'noAnswer' })
  return new Proxy({} as SeqrService, {
    get: (_, name) => (name === 'probe' ? () => Promise.resolve('offline') : silent),
  })
}

/** A printer that takes everything and remembers what it got. */
export function keepingPrinter(): PrinterDevice & { readonly jobs: Uint8Array[] } {
  const jobs: Uint8Array[] = []
  return {
    jobs,
    state: 'ready',
    print: (bytes) => {
      jobs.push(bytes)
      return Promise.resolve({ kind: 'printed' })
    },
    status: () => Promise.resolve({ kind: 'silent' }),
  }
}
