/** The till with one safeguard taken away at a time. Each has to be caught, or the simulation proves nothing. */
import { callFor, dueAtMs, next } from '../../../app/domain/seqr-payment.ts'
import type { PaymentEvent, Stage } from '../../../app/domain/seqr-payment.ts'
import type { Writer } from '../../storage/database.ts'
import type { Storage } from '../../storage/open.ts'
import { storageFault } from '../../storage/open.ts'
import type { Clock } from '../clock.ts'
import type { Machine, Payments } from '../payments.ts'
import { seqrMachine } from '../payments.ts'
import { eventOf } from '../seqr-events.ts'

/** What is other than in the till. What is left out stays as it is. */
export interface Mutant {
  /** The rules of the payment machine, on the clock of one life. */
  readonly machine?: (clock: Clock) => Machine
  readonly clock?: (clock: Clock) => Clock
  readonly payments?: (payments: Payments) => Payments
  /** What the sale is told of the payments. */
  readonly toSale?: (payments: Payments) => Payments
  /** The database as the till has it, and as the disk keeps it under its weather. */
  readonly storage?: (storage: Storage) => Storage
  readonly disk?: (storage: Storage) => Storage
  readonly begin?: (storage: Storage) => void
  readonly powerOff?: (storage: Storage) => void
  readonly powerOn?: (storage: Storage) => void
}

type EventOf = Machine['eventOf']

const withNext = (change: (stage: Stage, event: PaymentEvent) => Stage | null): Mutant => ({
  machine: () => ({ ...seqrMachine, next: (stage, event) => change(stage, event) ?? next(stage, event) }),
})

const withEvents = (change: (...of: Parameters<EventOf>) => PaymentEvent | null): Mutant => ({
  machine: () => ({ ...seqrMachine, eventOf: (...of) => change(...of) ?? eventOf(...of) }),
})

const canceled = (stage: Stage, by: 'till' | 'service'): Stage => ({
  name: 'canceled',
  reference: 'reference' in stage ? stage.reference : '',
  by,
})

/** Remembers when each invoice was first waited for, as a till with a time-out of its own would. */
function firstWaited(clock: Clock) {
  const since = new Map<string, number>()
  return (stage: Stage): number => {
    if (stage.name !== 'waiting') return 0
    const first = since.get(stage.reference) ?? clock.elapsedMs()
    since.set(stage.reference, first)
    return clock.elapsedMs() - first
  }
}

export const mutants = {
  'a send without an answer counts as not sent': withEvents((call, answer) =>
    call.ask === 'send' && answer.kind === 'noAnswer' ? { type: 'notReached' } : null,
  ),
  'a restart or a full disk forgets that an invoice may exist': withNext((stage, event) =>
    event.type === 'inDoubt' ? stage : null,
  ),
  'a passing refusal of a send counts as final': withEvents((call, answer) =>
    call.ask === 'send' && answer.kind === 'refused' && answer.passing
      ? { type: 'refused', code: answer.code, description: answer.description }
      : null,
  ),
  'thirty seconds without an end count as canceled': {
    machine: (clock) => {
      const waitedMs = firstWaited(clock)
      return {
        ...seqrMachine,
        next: (stage, event) =>
          event.type === 'stillOpen' && waitedMs(stage) > 30_000
            ? canceled(stage, 'till')
            : next(stage, event),
      }
    },
  },
  'polling stops while the question stands': {
    machine: (clock) => {
      const waitedMs = firstWaited(clock)
      return {
        ...seqrMachine,
        dueAtMs: (stage, last) => dueAtMs(stage, last) + (waitedMs(stage) > 30_000 ? 30_000 : 0),
      }
    },
  },
  'a status without an answer counts as failed': withNext((stage, event) =>
    stage.name === 'waiting' && event.type === 'noAnswer'
      ? { name: 'failed', reference: stage.reference }
      : null,
  ),
  'any refusal of a status ends the payment': withNext((stage, event) =>
    stage.name === 'waiting' && event.type === 'refused' ? canceled(stage, 'service') : null,
  ),
  'a cancel that was taken is believed without proof': withNext((stage, event) =>
    stage.name === 'canceling' && event.type === 'cancelTaken' ? canceled(stage, 'till') : null,
  ),
  'a cancel answered by 50 counts as canceled': withNext((stage, event) =>
    stage.name === 'canceling' && event.type === 'cancelTooLate' ? canceled(stage, 'till') : null,
  ),
  'a cancel answered by 51 counts as canceled': withNext((stage, event) =>
    stage.name === 'canceling' && event.type === 'cancelBusy' ? canceled(stage, 'till') : null,
  ),
  'a cancel without an answer counts as canceled': withNext((stage, event) =>
    stage.name === 'canceling' && stage.ask === 'cancel' && event.type === 'noAnswer'
      ? canceled(stage, 'till')
      : null,
  ),
  'paid is not believed after a cancel': withNext((stage, event) =>
    stage.name === 'canceling' && event.type === 'paid' ? canceled(stage, 'till') : null,
  ),
  'PAID is taken without its reference': withEvents((call, answer, about) => {
    const event = eventOf(call, answer, about)
    const value = answer.kind === 'ok' ? (answer.value as { status?: string; version: number } | null) : null
    const isPaid = call.ask === 'status' && value?.status === 'PAID' && event.type === 'noAnswer'
    return isPaid ? { type: 'paid', version: value.version, ersReference: '', echoedMinor: null } : event
  }),
  'a paid payment is asked about and booked again': {
    machine: () => ({
      ...seqrMachine,
      next: (stage, event) => (stage.name === 'paid' ? { ...stage } : next(stage, event)),
      callFor: (stage) =>
        stage.name === 'paid' ? { ask: 'status', reference: stage.reference, version: 0 } : callFor(stage),
    }),
  },
  'a restarted till does not take its payments up': {
    payments: (payments) => ({ ...payments, resume: () => {} }),
  },
  'a question may take 25 seconds': {
    clock: (clock) => ({ ...clock, deadline: (_ms, signal) => clock.deadline(25_000, signal) }),
  },
  'the rhythm hangs on the computer’s clock': {
    clock: (clock) => ({ ...clock, elapsedMs: clock.now }),
  },
  'a busy service is asked again at once': {
    machine: () => ({ ...seqrMachine, dueAtMs: (_stage, last) => last?.startedAtMs ?? 0 }),
  },
  'two invoices may be on the sticker': {
    toSale: (payments) => ({
      ...payments,
      open: () => payments.open().map((one) => ({ ...one, stage: rested })),
    }),
    begin: (storage) => storage.write.run('DROP INDEX payment_sticker'),
  },
  'a receipt may be paid otherwise while its SEQR payment is open': {
    toSale: (payments) => ({
      ...payments,
      open: () => payments.open().map((one) => ({ ...one, receiptId: null })),
    }),
  },
  'a commit without an answer counts as failed': withNext((stage, event) =>
    stage.name === 'completing' && stage.ask === 'commit' && event.type === 'noAnswer'
      ? { name: 'failed', reference: stage.reference }
      : null,
  ),
  'a commit answered by 96 counts as lapsed': withNext((stage, event) =>
    stage.name === 'completing' && event.type === 'refused' && event.code === 96
      ? { name: 'lapsed', reference: stage.reference }
      : null,
  ),
  'a commit is believed without proof': withNext((stage, event) =>
    stage.name === 'completing' && event.type === 'committed'
      ? { name: 'paid', reference: stage.reference, ersReference: `E${stage.reference}`, echoedMinor: null }
      : null,
  ),
  'a write that the disk refused counts as written': {
    storage: (storage) => ({ ...storage, transaction: (work) => believing(storage, work) }),
  },
  'commits are not on the disk when they return': {
    disk: (storage) => ({ ...storage, transaction: (work) => syncingNowAndThen(storage, work) }),
    begin: (storage) => storage.write.run('SAVEPOINT synced'),
    powerOff(storage) {
      storage.write.run('ROLLBACK TO synced')
    },
  },
} satisfies Record<string, Mutant>

export type MutantName = keyof typeof mutants

const rested: Stage = { name: 'reserved', reference: '', version: 0, deadlineMs: 0, refusedCode: null }

/** Goes on as if it were written. */
function believing<T>(storage: Storage, work: (db: Writer) => T): T {
  const worked: T[] = []
  try {
    return storage.transaction((db) => {
      const result = work(db)
      worked.push(result)
      return result
    })
  } catch (error) {
    const [result] = worked
    if (storageFault(error) === null || result === undefined) throw error
    return result
  }
}

/** Every eighth commit reaches the disk. */
function syncingNowAndThen<T>(storage: Storage, work: (db: Writer) => T): T {
  const result = storage.transaction(work)
  const seq = storage.read.one<{ entries: number }>('SELECT entries FROM journal_head')?.entries ?? 0
  if (seq % 8 === 0) {
    storage.write.run('RELEASE synced')
    storage.write.run('SAVEPOINT synced')
  }
  return result
}
