// What the till needs of SEQR, in the till's words. How it is done stands in soap/.
import type { Currency } from '../../app/domain/money.ts'
import type { SeqrInvoice, SeqrRefund } from '../../app/domain/seqr-invoice.ts'

/**
 * What became of a question. `noAnswer` says nothing about the money: the service may have done what was asked.
 * No text in an answer ever holds the password it was asked with.
 */
export type Answer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | Refused
  | { readonly kind: 'noAnswer'; readonly reason: NoAnswerReason; readonly detail: string }

/** The service answered with a result code other than 0. `passing`: worth another try, never the end of a payment. */
export interface Refused {
  readonly kind: 'refused'
  readonly code: number
  /** The documented name of the code, or `UNLISTED`. */
  readonly name: string
  /** What the service wrote beside the code, at most 200 characters. */
  readonly description: string
  readonly passing: boolean
}

/**
 * - `timeout`: no whole answer within the deadline, the implementation's or that of a signal made by
 *   `AbortSignal.timeout`.
 * - `unreachable`: no connection came about, so the service has read nothing.
 * - `reset`: the connection broke; the service may have read the question.
 * - `http`: an HTTP status, a web page or a SOAP fault came back instead of a result.
 * - `tooLarge`, `garbled`: what came back cannot be an answer to this question.
 * - `aborted`: the signal stopped our waiting.
 */
export type NoAnswerReason = 'timeout' | 'unreachable' | 'reset' | 'tooLarge' | 'http' | 'garbled' | 'aborted'

/** The shop, as SEQR knows it: principal RESELLERUSER. */
export interface ResellerLogin {
  readonly resellerId: string
  readonly userId: string
  readonly password: string
}

/** The till, as registerTerminal made it: principal TERMINALID. */
export interface TerminalLogin {
  readonly terminalId: string
  readonly password: string
}

export interface NewTerminal {
  /** The shop's own name for it, such as `Store 111/Till 4`. */
  readonly externalTerminalId: string
  /** Made by the till; under four characters the service answers 21. */
  readonly password: string
  /** Shown on the buyer's phone. */
  readonly name: string
}

export type PaymentStatusName =
  | 'ISSUED'
  | 'PENDING_ISSUER_ACKNOWLEDGE'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'CANCELED'
  | 'FAILED'
  | 'RESERVED'
  | 'EXPIRED'
  | 'UNKNOWN'

/** What getPaymentStatus says of an invoice. */
export interface PaymentStatus {
  /** `UNKNOWN` is a status that no documentation lists: it ends nothing. */
  readonly status: PaymentStatusName
  readonly rawStatus: string
  /** To be sent back with the next question: so the service learns what the till has seen. */
  readonly version: number
  /** The payment's reference, for the receipt and for refunds. Expected with PAID. */
  readonly ersReference?: string
  readonly receipt?: PaymentReceipt
  /** Loyalty tokens of the buyer, when there are any. */
  readonly customerTokens?: readonly CustomerToken[]
}

/** What the service says was paid; each part is absent when the service left it out. */
export interface PaymentReceipt {
  readonly amountMinor?: number
  readonly currency?: string
  /** The amount as the service wrote it. When `amountMinor` is absent beside it, it could not be read. */
  readonly rawAmount?: string
  /** As the service wrote it: an XML Schema dateTime, its zone perhaps missing. */
  readonly paymentDate?: string
  readonly clientInvoiceId?: string
  readonly invoiceReference?: string
  readonly paymentReference?: string
  readonly payerTerminalId?: string
  readonly receiverName?: string
}

/** A coupon or membership card. Status 0 pending, 1 used, 90 blocked, 99 invalid (SEQR API 2.6). */
export interface CustomerToken {
  readonly id: string
  readonly status: number
  readonly description: string
  readonly value: string
}

/** The printed receipt for the buyer's phone. */
export interface ReceiptDocument {
  readonly mimeType: string
  readonly data: Uint8Array
  readonly receiptType: string
}

/** Which period and terminal a report is about. Without a terminal it is about the whole shop. */
export interface ReportQuestion {
  readonly transactionPeriodId?: string
  readonly terminalId?: string
  /** `en` unless given. */
  readonly language?: string
}

export interface SeqrReport {
  readonly title: string
  readonly mimeType: string
  /** The report as text: XML for the Reconciliation reports. */
  readonly content: string
}

/** The report of a terminal's payments one by one, which a shift is reconciled against (SEQR API 2.6). */
export const terminalDetailsReport = 'Reconciliation/STD_RECON_007.xml'
/** The sums of one terminal (SEQR API 2.6). */
export const terminalSummaryReport = 'Reconciliation/STD_RECON_006.xml'

/**
 * The SEQR service. Every question ends within the deadline of the implementation and never throws for what the
 * network or the service does. An aborted `signal` ends the waiting, not what was asked.
 */
export interface SeqrService {
  registerTerminal(
    login: ResellerLogin,
    terminal: NewTerminal,
    signal?: AbortSignal,
  ): Promise<Answer<{ readonly terminalId: string }>>
  unregisterTerminal(login: TerminalLogin, signal?: AbortSignal): Promise<Answer<null>>
  /** Refused with 53 when the ID is not alphanumeric or belongs to another terminal. */
  assignSeqrId(login: TerminalLogin, seqrId: string, signal?: AbortSignal): Promise<Answer<null>>
  /** Opens an invoice; one of this terminal that is still unpaid is canceled by that. */
  sendInvoice(
    login: TerminalLogin,
    invoice: SeqrInvoice,
    signal?: AbortSignal,
  ): Promise<Answer<{ readonly invoiceReference: string; readonly qrCode?: string }>>
  updateInvoice(
    login: TerminalLogin,
    invoiceReference: string,
    invoice: SeqrInvoice,
    signal?: AbortSignal,
  ): Promise<Answer<null>>
  /** `version`: 0 at first, then always the latest one received. */
  getPaymentStatus(
    login: TerminalLogin,
    invoiceReference: string,
    version: number,
    signal?: AbortSignal,
  ): Promise<Answer<PaymentStatus>>
  /** Refused with 95 when it is canceled already, 50 when it is paid, 51 when the buyer is just confirming. */
  cancelInvoice(login: TerminalLogin, invoiceReference: string, signal?: AbortSignal): Promise<Answer<null>>
  /** Takes the final amount of a reservation; refused with 96 when it has lapsed or is committed already. */
  commitReservation(
    login: TerminalLogin,
    invoiceReference: string,
    amountMinor: number,
    currency: Currency,
    signal?: AbortSignal,
  ): Promise<Answer<null>>
  /** After `noAnswer` it is not known whether the money went back, and it must not be sent again blindly. */
  refundPayment(
    login: TerminalLogin,
    ersReference: string,
    refund: SeqrRefund,
    signal?: AbortSignal,
  ): Promise<Answer<{ readonly ersReference: string }>>
  submitPaymentReceipt(
    login: TerminalLogin,
    ersReference: string,
    document: ReceiptDocument,
    signal?: AbortSignal,
  ): Promise<Answer<null>>
  /** Ends a transaction period. Without a terminal it is the shop's, and terminal reports never get ready. */
  markTransactionPeriod(
    login: ResellerLogin,
    terminalId?: string,
    signal?: AbortSignal,
  ): Promise<Answer<{ readonly transactionPeriodId: string }>>
  /** Refused with 2 while the report is not ready: ask again after 3 to 5 seconds. */
  executeReport(
    login: ResellerLogin,
    reportId: string,
    question: ReportQuestion,
    signal?: AbortSignal,
  ): Promise<Answer<SeqrReport>>
  /** Whether the service can be reached. Carries no password and changes nothing. */
  probe(signal?: AbortSignal): Promise<Reachability>
}

export type Reachability = 'online' | 'slow' | 'offline'
