import { withTender } from '../../app/domain/receipt-edit.ts'
import type { Receipt, Tender } from '../../app/domain/receipt.ts'
import type { Stage } from '../../app/domain/seqr-payment.ts'
import { holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import { appendJournal } from '../storage/journal.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import { receiptById } from '../storage/receipts.ts'
import type { ReceiptPrinter } from './completion.ts'
import { saveTendered } from './completion.ts'
import type { Desk } from './desk.ts'

/**
 * What a move of a payment does to the journal and to its receipt, in the caller's transaction. Gives back the record
 * with what was booked.
 */
export function bookMove(
  desk: Desk,
  printer: ReceiptPrinter,
  { before, after }: { readonly before: PaymentRecord; readonly after: PaymentRecord },
): PaymentRecord {
  const { stage } = after
  const booked = stage.name === 'paid' ? book(desk, printer, after, stage) : after
  const ended = isOver(stage) ? withWordOfService(booked) : booked
  noteReservation(desk, before, ended)
  return ended
}

/** The transaction post and the tender: in the journal exactly once, whatever became of the receipt meanwhile. */
function book(
  desk: Desk,
  printer: ReceiptPrinter,
  record: PaymentRecord,
  stage: Stage & { name: 'paid' },
): PaymentRecord {
  const atMs = desk.clock.now()
  const bookedMinor = bookedAmount(record, stage)
  const receipt = unfinishedReceipt(desk, record)
  const alreadyTendered = record.settledByHand?.as === 'paid'
  appendJournal(desk.storage.write, {
    atMs,
    kind: 'seqrPayment',
    ...(record.receiptId === null ? {} : { receiptId: record.receiptId }),
    body: {
      description: 'SEQR payment',
      amountMinor: bookedMinor,
      currency: record.currency,
      ersReference: stage.ersReference,
      paymentId: record.id,
      invoiceReference: stage.reference,
      clientInvoiceId: record.clientInvoiceId,
      tender: alreadyTendered ? 'settledByHandBefore' : receipt === null ? 'receiptWasClosed' : 'booked',
    },
  })
  const amounts = { ...record.amounts, echoedMinor: stage.echoedMinor, bookedMinor }
  recordDifference(desk, record.id, amounts, atMs)
  if (receipt !== null && !alreadyTendered) {
    const tender: Tender = {
      id: desk.newId(),
      kind: 'seqr',
      amountMinor: bookedMinor,
      paymentId: record.id,
      ersReference: stage.ersReference,
      atMs,
      settledByHand: false,
    }
    saveTendered(desk, printer, withTender({ ...receipt, state: 'open' }, tender))
  }
  return { ...record, amounts }
}

/** What the service says it took counts; for a reservation, what was committed. */
function bookedAmount(record: PaymentRecord, stage: Stage & { name: 'paid' }): number {
  if (record.mode === 'reservation') return record.amounts.sentMinor
  return stage.echoedMinor !== null && stage.echoedMinor > 0 ? stage.echoedMinor : record.amounts.sentMinor
}

/** The payment's receipt while it takes a tender. */
function unfinishedReceipt(desk: Desk, { receiptId }: PaymentRecord): Receipt | null {
  const receipt = receiptId === null ? null : receiptById(desk.storage.write, receiptId)
  return receipt?.state === 'completed' || receipt?.state === 'canceled' ? null : receipt
}

function recordDifference(
  desk: Desk,
  paymentId: string,
  amounts: PaymentRecord['amounts'],
  atMs: number,
): void {
  const { askedMinor, sentMinor, echoedMinor, bookedMinor } = amounts
  const same = [sentMinor, echoedMinor ?? sentMinor, bookedMinor].every((amount) => amount === askedMinor)
  if (!same)
    appendJournal(desk.storage.write, { atMs, kind: 'amountDifference', body: { paymentId, ...amounts } })
}

/** What an administrator decided stands beside what the service said in the end. */
function withWordOfService(record: PaymentRecord): PaymentRecord {
  const { settledByHand, stage } = record
  return settledByHand === null
    ? record
    : { ...record, settledByHand: { ...settledByHand, serviceSays: stage.name } }
}

/** The stages of a reservation that the journal keeps, as it calls them. */
const reservationActs: Partial<Record<Stage['name'], string>> = {
  reserved: 'reserved',
  completing: 'completing',
  paid: 'taken',
  canceled: 'released',
  lapsed: 'lapsed',
  failed: 'failed',
}

/** What the buyer confirmed and what became of it: never a sale, but an accountant has to see it. */
function noteReservation(desk: Desk, before: PaymentRecord, after: PaymentRecord): void {
  if (after.mode !== 'reservation' || before.stage.name === after.stage.name) return
  const act = reservationActs[after.stage.name]
  // What the buyer never confirmed was never held, so it is not released either.
  const wasHeld = !holdsSticker(before.stage)
  if (act === undefined || (isOver(after.stage) && after.stage.name !== 'paid' && !wasHeld)) return
  appendJournal(desk.storage.write, {
    atMs: desk.clock.now(),
    kind: 'reservation',
    body: {
      act,
      paymentId: after.id,
      label: after.label,
      reservedMinor: after.amountMinor,
      currency: after.currency,
      reference: 'reference' in after.stage ? after.stage.reference : '',
    },
  })
}
