import type { PrinterStatus, PrintFault } from '../../app/domain/printer-status.ts'
import type { PrinterDevice, PrintOutcome } from './printer-device.ts'

/**
 * `unclear`: only a person may say what becomes of it, because it may be on paper already or is too old to come out
 * unasked. `printed` and `set aside` are final.
 */
export type PrintJobState = 'waiting' | 'printing' | 'printed' | 'unclear' | 'set aside'

/** `interrupted`: the till ended in the middle of it. `tooOld`: it could not be printed in time. */
export type PrintJobFault = PrintFault | 'interrupted' | 'tooOld'

export interface NewPrintJob {
  /** `receipt`, `slip`, `report`, ...; `drawer` is the drawer's pulse and nothing else. */
  readonly kind: string
  readonly title: string
  readonly paperBytes: Uint8Array
  readonly createdAtMs: number
  /** The job that this one prints again. */
  readonly copyOf?: string
  readonly receiptId?: string
}

export interface PrintJob extends NewPrintJob {
  readonly id: string
  readonly state: PrintJobState
  readonly attempts: number
  /** What kept it from being printed last time; it stays when the job comes out after all. */
  readonly lastFault?: PrintJobFault
}

/** A job without its bytes. */
export type PrintJobSummary = Omit<PrintJob, 'paperBytes'>

/** Where jobs live. Every call is on disk when it returns. */
export interface PrintStore {
  /** Begins as `waiting` without an attempt. */
  add(job: NewPrintJob): PrintJob
  /** Jobs that are waiting, printing or unclear, the oldest first. */
  open(): readonly PrintJob[]
  save(job: PrintJob): void
}

export interface QueueClock {
  now(): number
  /** Resolves after the time, or early when the signal is given. */
  sleep(waitMs: number, signal: AbortSignal): Promise<void>
}

export interface QueueView {
  /** All open jobs, the oldest first, without their bytes. */
  readonly jobs: readonly PrintJobSummary[]
  /** What the printer said last; null before it was asked. */
  readonly printer: PrinterStatus | null
  /** When the next attempt is made, or null when nothing waits for one. */
  readonly nextTryAtMs: number | null
}

export interface PrintQueueParts {
  readonly store: PrintStore
  readonly device: PrinterDevice
  readonly clock: QueueClock
  /** Turns a job's bytes into those of a copy, marked as one and without its drawer pulse. */
  readonly copyOf: (bytes: Uint8Array) => Uint8Array
  readonly changed: (view: QueueView) => void
  /** A fault of the store or a bug: to be logged. The queue goes on. */
  readonly failed: (error: unknown) => void
}

export interface PrintQueue {
  /** Puts a job on disk and prints it as soon as the printer can. Throws only when the disk fails. */
  add(job: Omit<NewPrintJob, 'createdAtMs'>): PrintJob
  /** Looks at the store again: for jobs that were added in a transaction of the caller's. */
  wake(): void
  /**
   * Answers the question about an unclear job with "print it": as a new job, marked COPY when the first may be on
   * paper. False when the job is not unclear.
   */
  printAgain(id: string): boolean
  /** Gives a job up that is not being printed. False when there is none such. */
  setAside(id: string): boolean
  view(): QueueView
  start(): void
  /** Resolves when the job at the printer has ended or was given up. */
  stop(): Promise<void>
}

/** Jobs older than this are not printed unasked: the customer has left. */
export const oldJobMs = 600_000

/** A drawer that opens later than this would open in nobody's presence. */
export const oldPulseMs = 20_000

const backOffMs = [1_000, 2_000, 5_000, 10_000, 15_000]
const longestBackOffMs = 30_000
/** How often an idle printer is asked how it is; one that never answers is asked less. */
const askEveryMs = 15_000
const askSilentEveryMs = 60_000

/** Jobs that are taken one after the other. */
interface Lane {
  readonly has: (job: PrintJob) => boolean
  waker: AbortController
}

const isPulse = (job: PrintJob) => job.kind === 'drawer'

/**
 * Prints what is in the store, one job at a time; drawer pulses wait for no paper. A printer that comes back resumes. A job that
 * may have been printed in part is never printed again by itself. No fault of the printer reaches the caller.
 */
export function printQueue(parts: PrintQueueParts): PrintQueue {
  const { store, device, clock } = parts
  // The drawer must not wait for a receipt that waits for paper.
  const drawerLane: Lane = { has: isPulse, waker: new AbortController() }
  const paperLane: Lane = { has: (job) => !isPulse(job), waker: new AbortController() }
  const wakeAll = () => [drawerLane, paperLane].forEach((lane) => lane.waker.abort())
  let printer: PrinterStatus | null = null
  let nextTryAtMs: number | null = null
  let failures = 0
  let running: { readonly stopper: AbortController; readonly ended: Promise<unknown> } | null = null

  const view = (): QueueView => ({
    jobs: store.open().map(summaryOf),
    printer,
    nextTryAtMs,
  })
  const publish = () => parts.changed(view())
  const save = (job: PrintJob) => {
    store.save(job)
    publish()
  }
  const hear = (status: PrinterStatus) => {
    const isNews = JSON.stringify(status) !== JSON.stringify(printer)
    printer = status
    if (isNews) publish()
  }

  /** True when it was woken and false when the time was up. */
  const sleep = async (lane: Lane, waitMs: number, signal: AbortSignal) => {
    await clock.sleep(waitMs, AbortSignal.any([signal, lane.waker.signal]))
    return lane.waker.signal.aborted
  }

  const rest = async (lane: Lane, signal: AbortSignal) => {
    const asksOften = lane === paperLane && printer?.kind !== 'silent'
    const wasWoken = await sleep(lane, asksOften ? askEveryMs : askSilentEveryMs, signal)
    if (lane === paperLane && !wasWoken && !signal.aborted) hear(await device.status())
  }

  const backOff = async (lane: Lane, signal: AbortSignal) => {
    const waitMs = backOffMs[failures] ?? longestBackOffMs
    failures += 1
    nextTryAtMs = clock.now() + waitMs
    publish()
    await sleep(lane, waitMs, signal)
    nextTryAtMs = null
  }

  const attempt = async (job: PrintJob, lane: Lane, signal: AbortSignal) => {
    const ageMs = clock.now() - job.createdAtMs
    const expired = expiredState(job, ageMs)
    if (expired !== null) return save({ ...job, state: expired, lastFault: 'tooOld' })
    const begun: PrintJob = { ...job, state: 'printing', attempts: job.attempts + 1 }
    save(begun)
    const outcome = await printSafely(device, begun.paperBytes, signal, hear, parts.failed)
    const ended = afterOutcome(begun, outcome)
    if (ended.state === 'printed') failures = 0
    save(ended)
    if (ended.state === 'waiting') await backOff(lane, signal)
  }

  const run = async (lane: Lane, signal: AbortSignal) => {
    for (const job of store.open().filter(lane.has)) {
      if (job.state === 'printing') save({ ...job, ...interrupted(job) })
    }
    if (lane === paperLane) hear(await device.status())
    while (!signal.aborted) {
      lane.waker = new AbortController()
      const job = store.open().find((each) => each.state === 'waiting' && lane.has(each))
      await (job === undefined ? rest(lane, signal) : attempt(job, lane, signal))
    }
  }

  // A store that fails now may work in a second; a queue that has died prints nothing until the till is restarted.
  const keepRunning = async (lane: Lane, signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        await run(lane, signal)
      } catch (error) {
        parts.failed(error)
        await clock.sleep(longestBackOffMs, signal)
      }
    }
  }

  const find = (id: string, state: readonly PrintJobState[]) =>
    store.open().find((job) => job.id === id && state.includes(job.state))

  const add: PrintQueue['add'] = (job) => {
    const added = store.add({ ...job, createdAtMs: clock.now() })
    publish()
    wakeAll()
    return added
  }

  return {
    add,
    wake: () => {
      publish()
      wakeAll()
    },
    printAgain: (id) => {
      const job = find(id, ['unclear'])
      if (job === undefined) return false
      // The new job first: killed in between, the till asks once more and loses nothing.
      add(againOf(job, parts.copyOf))
      save({ ...job, state: 'set aside' })
      return true
    },
    setAside: (id) => {
      const job = find(id, ['waiting', 'unclear'])
      if (job === undefined) return false
      save({ ...job, state: 'set aside' })
      return true
    },
    view,
    start: () => {
      if (running !== null) return
      const stopper = new AbortController()
      const lanes = [drawerLane, paperLane].map(async (lane) => await keepRunning(lane, stopper.signal))
      running = { stopper, ended: Promise.all(lanes) }
    },
    stop: async () => {
      running?.stopper.abort()
      await running?.ended
      running = null
    },
  }
}

function againOf(
  { id, kind, title, paperBytes, receiptId, lastFault }: PrintJob,
  copyOf: (bytes: Uint8Array) => Uint8Array,
): Omit<NewPrintJob, 'createdAtMs'> {
  const bytes = lastFault === 'tooOld' ? paperBytes : copyOf(paperBytes)
  return { kind, title, paperBytes: bytes, copyOf: id, ...(receiptId === undefined ? {} : { receiptId }) }
}

function summaryOf(job: PrintJob): PrintJobSummary {
  const { id, kind, title, createdAtMs, state, attempts, lastFault, copyOf, receiptId } = job
  return {
    id,
    kind,
    title,
    createdAtMs,
    state,
    attempts,
    ...(lastFault === undefined ? {} : { lastFault }),
    ...(copyOf === undefined ? {} : { copyOf }),
    ...(receiptId === undefined ? {} : { receiptId }),
  }
}

function expiredState(job: PrintJob, ageMs: number): PrintJobState | null {
  if (isPulse(job)) return ageMs > oldPulseMs ? 'set aside' : null
  return ageMs > oldJobMs ? 'unclear' : null
}

function interrupted(job: PrintJob): Pick<PrintJob, 'state' | 'lastFault'> {
  return { state: isPulse(job) ? 'set aside' : 'unclear', lastFault: 'interrupted' }
}

async function printSafely(
  device: PrinterDevice,
  bytes: Uint8Array,
  signal: AbortSignal,
  told: (status: PrinterStatus) => void,
  failed: (error: unknown) => void,
): Promise<PrintOutcome> {
  try {
    return await device.print(bytes, signal, told)
  } catch (error) {
    failed(error)
    return { kind: 'failed', reason: 'error', printedMaybe: true }
  }
}

function afterOutcome(job: PrintJob, outcome: PrintOutcome): PrintJob {
  if (outcome.kind === 'printed') return { ...job, state: 'printed' }
  const lastFault = outcome.reason
  // A drawer is opened now or by key; a pulse that comes later would open it in nobody's presence.
  if (isPulse(job)) return { ...job, state: 'set aside', lastFault }
  return { ...job, state: outcome.printedMaybe ? 'unclear' : 'waiting', lastFault }
}
