import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, FinishedView, PrintJobView, TillView } from '../../app/contract/views.ts'
import { troubleOf } from '../../app/domain/printer-status.ts'
import { paperWords } from '../../app/words/paper.ts'
import { readEscpos } from '../printer/escpos-reader.ts'
import { markedCopy } from '../printer/print-copy.ts'
import type { PrintJob as QueuedJob, PrintQueue, PrintStore } from '../printer/print-queue.ts'
import { printQueue } from '../printer/print-queue.ts'
import type { PrinterDevice } from '../printer/printer-device.ts'
import { appendJournal } from '../storage/journal.ts'
import type { PrintJob } from '../storage/print-jobs.ts'
import {
  addPrintJob,
  pendingPrintJobs,
  printJobById,
  printJobsOfReceipt,
  recentPrintJobs,
  savePrintJob,
} from '../storage/print-jobs.ts'
import { receiptById } from '../storage/receipts.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Printing } from './printing.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface PaperDeskOptions {
  readonly desk: Desk
  readonly printing: Printing
  readonly settings: () => ShopSettings
  /** Null while the till has no printer: papers are then only shown. */
  readonly device: PrinterDevice | null
  readonly session: Session
  readonly changed: () => void
}

export type PaperDesk = ReturnType<typeof createPaperDesk>

/** What was printed, is printing, and should be: the tray on the screen, and the queue behind it. */
export function createPaperDesk(options: PaperDeskOptions) {
  const { desk, printing } = options
  const at = { queue: queueOf(options.device), started: false }

  function queueOf(device: PrinterDevice | null): PrintQueue | null {
    return device === null ? null : startableQueue(options, device)
  }

  const handlers: Handlers<typeof contract>['paper'] = {
    recent,
    show({ jobId }) {
      const job = printJobById(desk.storage.read, jobId)
      if (job === null) return null
      return { job: jobView(job), paper: readEscpos(job.paperBytes, printing.profile().columns) }
    },
    reprint({ receiptId }): Done {
      const receipt = receiptById(desk.storage.read, receiptId)
      if (receipt?.state !== 'completed') return { ok: false, reason: 'notFound' }
      const saved = change(desk, (): Done => {
        printing.queueCopy(receipt)
        appendJournal(desk.storage.write, {
          atMs: desk.clock.now(),
          kind: 'copyPrinted',
          receiptId,
          body: { number: receipt.number, by: options.session.actor() },
        })
        return { ok: true }
      })
      options.changed()
      return saved
    },
    decide({ jobId, again }): Done {
      const decided = again ? at.queue?.printAgain(jobId) : at.queue?.setAside(jobId)
      return decided === true ? { ok: true } : { ok: false, reason: 'notFound' }
    },
  }

  function recent(): readonly PrintJobView[] {
    return recentPrintJobs(desk.storage.read, 40)
      .filter(({ kind }) => kind !== 'drawer')
      .map(jobView)
  }

  function printerView(): TillView['printer'] {
    if (at.queue === null) return { state: 'none', detail: '', waitingJobs: 0 }
    const { jobs, printer } = at.queue.view()
    const trouble = printer === null ? null : troubleOf(printer)
    const low = printer?.kind === 'answered' && printer.paper === 'low'
    const unclear = jobs.some((job) => job.state === 'unclear')
    const busy = jobs.some((job) => job.state === 'printing')
    const calm = low || unclear ? 'warning' : busy ? 'busy' : 'ready'
    return {
      state: trouble === null ? calm : 'fault',
      detail: trouble ?? (unclear ? 'unclear' : low ? 'paperLow' : ''),
      waitingJobs: jobs.length,
    }
  }

  /** How far the paper of a receipt has come. */
  function stateOf(receiptId: string): FinishedView['printed'] {
    const [job] = printJobsOfReceipt(desk.storage.read, receiptId)
    if (at.queue === null || job === undefined) return 'noPrinter'
    if (job.state === 'printed') return 'printed'
    const status = at.queue.view().printer
    const isStuck = status !== null && troubleOf(status) !== null
    return (job.state === 'waiting' || job.state === 'printing') && !isStuck ? 'waiting' : 'fault'
  }

  return {
    handlers,
    recent,
    printerView,
    /** What the printer said last; null before it was asked. */
    printerStatus: () => at.queue?.view().printer ?? null,
    stateOf,
    /** Looks at once for a job that was put on disk. */
    kick: () => at.queue?.wake(),
    start(): void {
      at.started = true
      at.queue?.start()
    },
    stop: async () => at.queue?.stop(),
    /** Goes on with another printer, or with none: what waits in the queue then waits for the next one. */
    async useDevice(device: PrinterDevice | null): Promise<void> {
      const before = at.queue
      at.queue = null
      await before?.stop()
      at.queue = queueOf(device)
      if (at.started) at.queue?.start()
      options.changed()
    },
  }
}

function startableQueue(options: PaperDeskOptions, device: PrinterDevice): PrintQueue {
  const { desk, printing } = options
  return printQueue({
    store: printStore(desk),
    device,
    clock: {
      now: desk.clock.now,
      sleep: (ms, signal) => desk.clock.sleepUntil(desk.clock.now() + ms, signal),
    },
    copyOf: (bytes) => markedCopy(bytes, paperWords[options.settings().language].copy, printing.profile()),
    changed: options.changed,
    failed: (error) => desk.log.error({ err: error }, 'Printing failed'),
  })
}

/** The print jobs' table as the queue wants it. A full disk leaves a job where it was; the paper is what counts. */
function printStore(desk: Desk): PrintStore {
  return {
    add(job) {
      const added: PrintJob = { ...job, id: desk.newId(), state: 'waiting', attempts: 0 }
      addPrintJob(desk.storage.write, added)
      return added as QueuedJob
    },
    open: () => pendingPrintJobs(desk.storage.read) as readonly QueuedJob[],
    save: (job) => savePrintJob(desk.storage.write, job),
  }
}

export function jobView(job: PrintJob): PrintJobView {
  const unprinted = job.state === 'set aside' && job.lastFault === 'noPrinter'
  return {
    id: job.id,
    title: job.title,
    kind: job.kind,
    atMs: job.createdAtMs,
    state: unprinted ? 'noPrinter' : job.state,
    fault: job.lastFault ?? null,
    copy: job.copyOf !== undefined,
    receiptId: job.kind === 'receipt' ? (job.receiptId ?? null) : null,
  }
}
