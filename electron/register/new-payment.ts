import type { Receipt } from '../../app/domain/receipt.ts'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import type { Desk } from './desk.ts'

/** What a payment or a reservation is begun from. */
export interface NewPayment {
  readonly mode: PaymentRecord['mode']
  readonly receipt: Receipt | null
  readonly label: string
  readonly amountMinor: number
  readonly invoice: SeqrInvoice
}

/** A payment as it goes to disk before SEQR is asked for the first time. */
export function newRecord(desk: Desk, payment: NewPayment, terminalId: string): PaymentRecord {
  const nowMs = desk.clock.now()
  return {
    id: desk.newId(),
    mode: payment.mode,
    receiptId: payment.receipt?.id ?? null,
    label: payment.label,
    terminalId,
    clientInvoiceId: payment.invoice.clientInvoiceId,
    amountMinor: payment.amountMinor,
    currency: payment.invoice.currency,
    invoice: payment.invoice,
    stage: { name: 'sending', mayExist: false, cancelWanted: false },
    startedAtMs: nowMs,
    roundStartedAtMs: nowMs,
    attempt: 1,
    lastAnswerAtMs: null,
    silentSinceMs: null,
    setAside: false,
    dismissed: false,
    settledByHand: null,
    amounts: {
      askedMinor: payment.amountMinor,
      sentMinor: payment.invoice.totalMinor,
      echoedMinor: null,
      bookedMinor: null,
    },
    commitReservationTimeoutSeconds: payment.invoice.commitReservationTimeoutSeconds ?? null,
  }
}
