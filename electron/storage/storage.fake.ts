/** Storage for tests: in memory, with a clock that stands still until it is set. */
import { leftToPay, newReceipt } from '../../app/domain/receipt.ts'
import type { Receipt, Row, Tender } from '../../app/domain/receipt.ts'
import { completed } from '../../app/domain/receipt-edit.ts'
import type { Writer } from './database.ts'
import { appendJournal } from './journal.ts'
import type { Storage } from './open.ts'
import { openStorage } from './open.ts'
import type { PaymentRecord } from './payments.ts'
import { nextReceiptNumber, saveReceipt } from './receipts.ts'

export interface MemoryStorage {
  readonly storage: Storage
  readonly clock: { nowMs: number }
}

/**
 * Opens storage, in memory unless a file is given; throws when it will not open. `from`, the bytes of another one in
 * memory, saves it from making its tables.
 */
export function storageAt(file = ':memory:', nowMs = 1_700_000_000_000, from?: Uint8Array): MemoryStorage {
  const clock = { nowMs }
  const opened = openStorage({ file, now: () => clock.nowMs, ...(from === undefined ? {} : { from }) })
  if (!opened.ok) throw new Error(`${opened.reason}: ${opened.detail}`)
  return { storage: opened.storage, clock }
}

export const anna = { id: 'anna', name: 'Anna' } as const

/** A row of one piece. */
export function rowOf(name: string, unitPriceMinor: number, more: Partial<Row> = {}): Row {
  return {
    id: `row-${name}`,
    kind: 'article',
    articleId: `article-${name}`,
    code: null,
    name,
    quantityThousandths: 1000,
    unit: 'pcs',
    unitDecimals: 0,
    unitPriceMinor,
    listPriceMinor: null,
    vatBasisPoints: 1200,
    discount: null,
    note: '',
    slip: null,
    refundOfRowId: null,
    ...more,
  }
}

export function receiptWith(id: string, more: Partial<Receipt> = {}): Receipt {
  return newReceipt({ id, currency: 'SEK', cashier: anna, shiftId: 'shift-1', openedAtMs: 1000, ...more })
}

export function cashOf(amountMinor: number, atMs = 2000): Tender {
  return { id: `cash-${atMs}-${amountMinor}`, kind: 'cash', amountMinor, atMs }
}

/** A completed sale with its journal entry, as the register writes it. What is left to pay is paid in cash. */
export function sell(db: Writer, receipt: Receipt, atMs: number): Receipt {
  return db.transaction(() => {
    const left = leftToPay(receipt)
    const tenders = left === 0 ? receipt.tenders : [...receipt.tenders, cashOf(left, atMs)]
    const done = completed({ ...receipt, tenders }, nextReceiptNumber(db), atMs)
    saveReceipt(db, done)
    appendJournal(db, {
      atMs,
      kind: done.kind === 'refund' ? 'refund' : 'sale',
      body: done,
      receiptId: done.id,
      receiptNumber: done.number ?? 0,
    })
    return done
  })
}

export function paymentWith(id: string, more: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    id,
    mode: 'immediate',
    receiptId: 'r1',
    label: '',
    terminalId: 'T1',
    clientInvoiceId: id,
    amountMinor: 2500,
    currency: 'SEK',
    invoice: {
      paymentMode: 'IMMEDIATE_DEBIT',
      title: 'Kiosk',
      clientInvoiceId: id,
      issuedAtMs: 1000,
      currency: 'SEK',
      totalMinor: 2500,
      rows: [{ description: 'Kaffe', quantityThousandths: 1000, totalMinor: 2500 }],
      cashierId: 'anna',
    },
    stage: { name: 'sending', mayExist: false, cancelWanted: false },
    startedAtMs: 1000,
    roundStartedAtMs: 1000,
    attempt: 1,
    lastAnswerAtMs: null,
    silentSinceMs: null,
    setAside: false,
    dismissed: false,
    settledByHand: null,
    amounts: { askedMinor: 2500, sentMinor: 2500, echoedMinor: null, bookedMinor: null },
    commitReservationTimeoutSeconds: null,
    ...more,
  }
}

export type DiskFault = 'diskFull' | 'ioError'

class DiskFailed extends Error {
  readonly code: string

  constructor(fault: DiskFault) {
    super(fault === 'diskFull' ? 'database or disk is full' : 'disk I/O error')
    this.code = fault === 'diskFull' ? 'SQLITE_FULL' : 'SQLITE_IOERR_WRITE'
  }
}

/**
 * The same storage on a disk that fails when `fault` says so. It is asked before each write and once more when the
 * outermost transaction is about to be kept; what fails is taken back whole, as SQLite does.
 */
export function failing(storage: Storage, fault: (moment: 'write' | 'commit') => DiskFault | null): Storage {
  const { write } = storage
  const depth = { now: 0 }
  const meet = (moment: 'write' | 'commit') => {
    const found = fault(moment)
    if (found !== null) throw new DiskFailed(found)
  }
  const failingWriter: Writer = {
    ...write,
    run(sql, ...values) {
      meet('write')
      return write.run(sql, ...values)
    },
    transaction(work) {
      depth.now += 1
      try {
        return write.transaction(() => {
          const result = work()
          if (depth.now === 1) meet('commit')
          return result
        })
      } finally {
        depth.now -= 1
      }
    },
  }
  return {
    ...storage,
    write: failingWriter,
    transaction: (work) => failingWriter.transaction(() => work(failingWriter)),
  }
}
