import type { Receipt } from '../../app/domain/receipt.ts'
import type { Paper } from '../../app/domain/paper.ts'
import type { PaperHead } from '../../app/domain/receipt-paper.ts'
import { receiptPaper } from '../../app/domain/receipt-paper.ts'
import { profileOf } from '../../app/domain/devices.ts'
import type { PrinterProfile } from '../../app/domain/printer-profile.ts'
import { paperWords } from '../../app/words/paper.ts'
import { drawerPulseBytes, encodePaper } from '../printer/escpos-bytes.ts'
import type { PrintJob } from '../storage/print-jobs.ts'
import { addPrintJob } from '../storage/print-jobs.ts'
import type { Desk } from './desk.ts'
import { deviceSettings } from './device-settings.ts'
import type { ShopSettings } from './settings.ts'

export interface PrintingOptions {
  readonly desk: Desk
  readonly settings: () => ShopSettings
  readonly sandbox: boolean
  /** Without a printer a paper is kept and shown, and never printed later by surprise. */
  readonly hasPrinter: () => boolean
  /** Called when a job has been put on disk: the queue looks as soon as the transaction is over. */
  readonly queued: () => void
}

export type Printing = ReturnType<typeof createPrinting>

/** Turns what is to be printed into bytes on disk, in the transaction that causes it; the queue takes it from there. */
export function createPrinting(options: PrintingOptions) {
  const { desk } = options

  function profile(): PrinterProfile {
    return profileOf(deviceSettings(desk), options.settings().paperColumns)
  }

  function head(copy: boolean): PaperHead {
    const { storeName, tillName, headerLines, footerLines, timeZone, language } = options.settings()
    return {
      storeName,
      tillName,
      headerLines,
      footerLines,
      sandbox: options.sandbox,
      copy,
      words: paperWords[language],
      time: (atMs) => timeIn(atMs, timeZone),
    }
  }

  function queue(
    kind: string,
    title: string,
    paper: Paper,
    about: { receiptId?: string; copyOf?: string } = {},
  ): PrintJob {
    const job: PrintJob = {
      id: desk.newId(),
      kind,
      title,
      paperBytes: encodePaper(paper, profile()),
      ...(options.hasPrinter() ? { state: 'waiting' } : { state: 'set aside', lastFault: 'noPrinter' }),
      attempts: 0,
      createdAtMs: desk.clock.now(),
      ...about,
    }
    addPrintJob(desk.storage.write, job)
    options.queued()
    return job
  }

  /** Opens the drawer, apart from any paper and before it. Without a printer there is nothing that could. */
  function queueDrawer(): void {
    if (!options.hasPrinter()) return
    addPrintJob(desk.storage.write, {
      id: desk.newId(),
      kind: 'drawer',
      title: '',
      paperBytes: drawerPulseBytes(profile()),
      state: 'waiting',
      attempts: 0,
      createdAtMs: desk.clock.now(),
    })
    options.queued()
  }

  return {
    queue,
    queueDrawer,
    hasPrinter: options.hasPrinter,
    head,
    profile,
    /** The paper of a finished receipt; cash that changed hands opens the drawer first. */
    queueReceipt(receipt: Receipt): void {
      if (receipt.tenders.some(({ kind }) => kind === 'cash' || kind === 'change')) queueDrawer()
      queue('receipt', `Receipt ${receipt.number ?? ''}`, receiptPaper(receipt, head(false)), {
        receiptId: receipt.id,
      })
    },
    queueCopy(receipt: Receipt): PrintJob {
      const title = `Receipt ${receipt.number ?? ''} COPY`
      return queue('receipt', title, receiptPaper(receipt, head(true)), {
        receiptId: receipt.id,
        copyOf: receipt.id,
      })
    },
    /** The receipt as SEQR stores it for the buyer: the same paper as text. */
    receiptPaperOf: (receipt: Receipt): Paper => receiptPaper(receipt, head(false)),
  }
}

/** `2026-11-21 14:03:22` in a time zone. */
export function timeIn(atMs: number, timeZone: string): string {
  return new Date(atMs).toLocaleString('sv-SE', { timeZone })
}
