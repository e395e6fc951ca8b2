import { completed, isSettled, withChange } from '../../app/domain/receipt-edit.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { leftToPay, totalOf, vatTable } from '../../app/domain/receipt.ts'
import { appendJournal } from '../storage/journal.ts'
import { addOutbox } from '../storage/outbox.ts'
import { activeReceiptId, nextReceiptNumber, saveReceipt, setActiveReceiptId } from '../storage/receipts.ts'
import { presentShiftId } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import { takeSlipCash } from './slip-moves.ts'

/** What finishing a receipt asks of the printing side; called inside the transaction that finishes it. */
export interface ReceiptPrinter {
  queueReceipt(receipt: Receipt): void
  /** Opens the drawer for cash that changes hands before the receipt is finished. */
  queueDrawer?(): void
}

/**
 * Saves a receipt that has got a tender, and finishes it when all is paid: number, journal, paper, its slips'
 * confirms and the copy for SEQR go to disk in the caller's transaction, so a sale is either there with all of it or not at all.
 */
export function saveTendered(desk: Desk, printer: ReceiptPrinter, receipt: Receipt): Receipt {
  const even = givesBackBySeqr(receipt)
    ? withChange(receipt, { id: desk.newId(), atMs: desk.clock.now() })
    : receipt
  if (!isSettled(even)) {
    saveReceipt(desk.storage.write, even)
    if (even.tenders.at(-1)?.kind === 'cash') printer.queueDrawer?.()
    return even
  }
  return finish(desk, printer, even)
}

/** SEQR guide: what was paid above the receipt's total is returned to the customer. */
function givesBackBySeqr(receipt: Receipt): boolean {
  return leftToPay(receipt) < 0 && receipt.tenders.at(-1)?.kind === 'seqr'
}

/** Ends an even receipt. Its number has no gaps: it is given in this very transaction. */
export function finish(desk: Desk, printer: ReceiptPrinter, receipt: Receipt): Receipt {
  const db = desk.storage.write
  const atMs = desk.clock.now()
  const shiftId = presentShiftId(db, desk.newId)
  const done = completed({ ...receipt, shiftId }, nextReceiptNumber(db), atMs)
  saveReceipt(db, done)
  takeSlipCash(desk, done)
  if (activeReceiptId(db) === done.id) setActiveReceiptId(db, null)
  appendJournal(db, {
    atMs,
    kind: done.kind === 'refund' ? 'refund' : 'sale',
    receiptId: done.id,
    receiptNumber: done.number ?? 0,
    body: saleRecord(done),
  })
  printer.queueReceipt(done)
  for (const tender of done.tenders) {
    if (tender.kind !== 'seqr' || tender.ersReference === '') continue
    addOutbox(db, {
      id: desk.newId(),
      kind: 'seqrReceipt',
      body: { ersReference: tender.ersReference, receiptId: done.id },
      nextAtMs: atMs,
      createdAtMs: atMs,
    })
  }
  return done
}

/** The sale as the journal keeps it: enough to explain every minor unit without any other table. */
function saleRecord(receipt: Receipt): object {
  const { id, kind, number, currency, cashier, shiftId, rows, discount, tenders, roundingMinor, refundOf } =
    receipt
  return {
    id,
    kind,
    number,
    currency,
    cashier,
    shiftId,
    rows,
    discount,
    tenders,
    roundingMinor,
    refundOf,
    totalMinor: totalOf(receipt),
    vat: vatTable(receipt),
  }
}
