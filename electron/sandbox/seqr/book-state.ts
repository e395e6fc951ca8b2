import type {
  Invoice,
  Period,
  Refund,
  Remark,
  ResellerAccount,
  SubmittedReceipt,
  Terminal,
} from './book-types.ts'
import { reply, type Reply } from './result-codes.ts'

/** What a new reference is for. The maker of ids may give each kind its own look; all must be unique. */
export type IdKind = 'terminal' | 'invoice' | 'payment' | 'refund' | 'period' | 'request'

export type BookOptions = {
  /** Epoch milliseconds. The book holds no timer: what is due by now is applied whenever it is asked anything. */
  readonly now: () => number
  readonly newId: (kind: IdKind) => string
  readonly resellers: readonly ResellerAccount[]
  /** A payment that the till has not asked about for longer than this is reversed. Default 20 s. */
  readonly reverseAfterMs?: number
  /** How long after markTransactionPeriod its reports are ready. Default 3 s. */
  readonly reportReadyMs?: number
  /** An unpaid invoice expires after this. Default: never, it waits until paid, canceled or replaced. */
  readonly invoiceLifetimeMs?: number | null
  /** A buyer who leaves the PIN step without a word blocks a cancel no longer than this. Default 60 s. */
  readonly pinStepMs?: number
  /** Closes reports with another root element than opened them, as the published samples do. Default false. */
  readonly oddReportRoot?: boolean
  /** What {@link Shelf} held before, as `snapshot()` gave it. */
  readonly restore?: BookSnapshot
}

/** Everything in the book as plain JSON, without any password in clear. */
export type BookSnapshot = {
  readonly terminals: readonly Terminal[]
  readonly invoices: readonly Invoice[]
  readonly refunds: readonly Refund[]
  readonly receipts: readonly SubmittedReceipt[]
  readonly periods: readonly Period[]
  readonly remarks: readonly Remark[]
}

/** What the sides of the book (till, buyer, reports) share. */
export type Shelf = {
  readonly options: Required<Omit<BookOptions, 'restore'>>
  readonly terminals: Map<string, Terminal>
  readonly invoices: Map<string, Invoice>
  /** References of the invoices that time alone can still change. */
  readonly pending: Set<string>
  /** The invoice that each terminal sent last, by terminalId. */
  readonly latest: Map<string, string>
  readonly payments: Map<string, string>
  readonly refunds: Refund[]
  readonly receipts: SubmittedReceipt[]
  readonly periods: Map<string, Period>
  readonly remarks: Map<string, Remark>
  readonly clientReferences: Set<string>
  /** Grows with every change, so that a keeper knows when to save. */
  revision: number
}

export function createShelf({ restore, ...options }: BookOptions): Shelf {
  const shelf: Shelf = {
    options: {
      reverseAfterMs: 20_000,
      reportReadyMs: 3000,
      invoiceLifetimeMs: null,
      pinStepMs: 60_000,
      oddReportRoot: false,
      ...options,
    },
    terminals: new Map(restore?.terminals.map((terminal) => [terminal.terminalId, terminal])),
    invoices: new Map(),
    pending: new Set(),
    latest: new Map(),
    payments: new Map(),
    refunds: [...(restore?.refunds ?? [])],
    receipts: [...(restore?.receipts ?? [])],
    periods: new Map(restore?.periods.map((period) => [period.transactionPeriodId, period])),
    remarks: new Map(restore?.remarks.map((remark) => [keyOf(remark), remark])),
    clientReferences: new Set(),
    revision: 0,
  }
  for (const invoice of restore?.invoices ?? []) {
    keep(shelf, invoice)
    shelf.latest.set(invoice.terminalId, invoice.invoiceReference)
  }
  return shelf
}

export function snapshotOf(shelf: Shelf): BookSnapshot {
  return {
    terminals: [...shelf.terminals.values()],
    invoices: [...shelf.invoices.values()],
    refunds: [...shelf.refunds],
    receipts: [...shelf.receipts],
    periods: [...shelf.periods.values()],
    remarks: [...shelf.remarks.values()],
  }
}

/** Files an invoice as it is now. */
export function keep(shelf: Shelf, invoice: Invoice): Invoice {
  shelf.invoices.set(invoice.invoiceReference, invoice)
  if (invoice.payment !== null) shelf.payments.set(invoice.payment.ersReference, invoice.invoiceReference)
  if (canChangeByTime(invoice)) shelf.pending.add(invoice.invoiceReference)
  else shelf.pending.delete(invoice.invoiceReference)
  shelf.revision += 1
  return invoice
}

/** A change that the till must see: the version grows by one and any PIN step ends. */
export function advance(shelf: Shelf, invoice: Invoice, change: Partial<Invoice>): Invoice {
  return keep(shelf, { ...invoice, pinSinceMs: null, ...change, version: invoice.version + 1 })
}

/** Applies what time alone has brought about: reversals, lapsed reservations, expired invoices. */
export function settle(shelf: Shelf): void {
  const nowMs = shelf.options.now()
  for (const reference of shelf.pending) {
    const invoice = shelf.invoices.get(reference)
    const change = invoice === undefined ? null : dueChange(shelf, invoice, nowMs)
    if (invoice !== undefined && change !== null) advance(shelf, invoice, change)
  }
}

export function isOpen(invoice: Invoice): boolean {
  return invoice.status === 'ISSUED' || invoice.status === 'PENDING_ISSUER_ACKNOWLEDGE'
}

/** Whether the buyer is confirming right now, which makes a cancel answer 51. */
export function isEnteringPin(shelf: Shelf, invoice: Invoice): boolean {
  const { now, pinStepMs } = shelf.options
  return invoice.pinSinceMs !== null && now() - invoice.pinSinceMs <= pinStepMs
}

export function resellerOf(shelf: Shelf, resellerId: string): ResellerAccount | undefined {
  return shelf.options.resellers.find((reseller) => reseller.resellerId === resellerId)
}

/** A success. Every one has a reference of its own, which is no payment's. */
export function accepted(shelf: Shelf): Reply {
  return { ...reply(0), ersReference: shelf.options.newId('request') }
}

/** Notes what certification would object to, counting repeats. */
export function remark(shelf: Shelf, operation: string, text: string): void {
  const key = keyOf({ operation, text })
  const times = (shelf.remarks.get(key)?.times ?? 0) + 1
  shelf.remarks.set(key, { operation, text, times })
  shelf.revision += 1
}

function keyOf(remark: { operation: string; text: string }): string {
  return `${remark.operation}: ${remark.text}`
}

function canChangeByTime(invoice: Invoice): boolean {
  const unlearnt = invoice.status === 'PAID' && invoice.payment?.learntAtMs === null
  return isOpen(invoice) || invoice.status === 'RESERVED' || unlearnt
}

function dueChange(shelf: Shelf, invoice: Invoice, nowMs: number): Partial<Invoice> | null {
  const { invoiceLifetimeMs, reverseAfterMs } = shelf.options
  const { payment, reservation } = invoice
  if (isOpen(invoice) && invoiceLifetimeMs !== null && nowMs - invoice.sentAtMs > invoiceLifetimeMs)
    return { status: 'EXPIRED', ending: 'lapsed' }
  if (invoice.status === 'RESERVED' && reservation !== null && nowMs > reservation.lapsesAtMs)
    return { status: 'EXPIRED', ending: 'lapsed' }
  if (invoice.status !== 'PAID' || payment === null || payment.learntAtMs !== null) return null
  const reversedAtMs = payment.paidAtMs + reverseAfterMs
  if (nowMs <= reversedAtMs) return null
  return { status: 'CANCELED', ending: 'reversed', payment: { ...payment, reversedAtMs } }
}
