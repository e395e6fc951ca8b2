import { createShelf, isEnteringPin, settle, snapshotOf, type BookOptions, type Shelf } from './book-state.ts'
import type { Invoice, Refund } from './book-types.ts'
import {
  buyerInvoice,
  confirm,
  decline,
  enterPinStep,
  lapse,
  scan,
  type BuyerInvoice,
  type Confirmation,
  type Scan,
} from './buyer-side.ts'
import type { Token } from './book-types.ts'
import {
  cancelInvoice,
  commitReservation,
  getPaymentStatus,
  sendInvoice,
  updateInvoice,
  type CancelInvoiceArgs,
  type CommitReservationArgs,
  type GetPaymentStatusArgs,
  type SendInvoiceArgs,
  type UpdateInvoiceArgs,
} from './invoices.ts'
import {
  refundPayment,
  submitPaymentReceipt,
  type RefundPaymentArgs,
  type SubmitPaymentReceiptArgs,
} from './refunds.ts'
import {
  executeReport,
  markTransactionPeriod,
  type ExecuteReportArgs,
  type MarkTransactionPeriodArgs,
} from './reports.ts'
import {
  assignSeqrId,
  registerTerminal,
  unregisterTerminal,
  type AssignSeqrIdArgs,
  type RegisterTerminalArgs,
  type WithContext,
} from './terminals.ts'

export type SeqrBook = ReturnType<typeof createSeqrBook>

/**
 * The SEQR service without its network: one function per operation, the buyer's side, and a look inside.
 * It holds no timer. What is due at `now()` (a payment that nobody asked about, a reservation past its time) is
 * applied before every answer, so it runs on a virtual clock as well as on the real one.
 * A reversed payment reads CANCELED; it can be neither refunded nor given a receipt (23), and stands in no report.
 */
export function createSeqrBook(options: BookOptions) {
  const shelf = createShelf(options)
  return {
    registerTerminal: (args: RegisterTerminalArgs) => registerTerminal(shelf, args),
    unregisterTerminal: (args: WithContext) => unregisterTerminal(shelf, args),
    assignSeqrId: (args: AssignSeqrIdArgs) => assignSeqrId(shelf, args),
    sendInvoice: (args: SendInvoiceArgs) => sendInvoice(shelf, args),
    updateInvoice: (args: UpdateInvoiceArgs) => updateInvoice(shelf, args),
    getPaymentStatus: (args: GetPaymentStatusArgs) => getPaymentStatus(shelf, args),
    cancelInvoice: (args: CancelInvoiceArgs) => cancelInvoice(shelf, args),
    commitReservation: (args: CommitReservationArgs) => commitReservation(shelf, args),
    submitPaymentReceipt: (args: SubmitPaymentReceiptArgs) => submitPaymentReceipt(shelf, args),
    refundPayment: (args: RefundPaymentArgs) => refundPayment(shelf, args),
    markTransactionPeriod: (args: MarkTransactionPeriodArgs) => markTransactionPeriod(shelf, args),
    executeReport: (args: ExecuteReportArgs) => executeReport(shelf, args),

    /** What a phone finds behind a SEQR ID or the text of a QR code. */
    scan: (text: string, loyalty?: readonly Token[]): Scan => scan(shelf, text, loyalty),
    buyerInvoice: (invoiceReference: string): BuyerInvoice | null => buyerInvoice(shelf, invoiceReference),
    /** The buyer stands at the PIN: until confirmed, left or 60 s old, a cancel answers 51. */
    startConfirming: (invoiceReference: string): boolean => enterPinStep(shelf, invoiceReference, true),
    stopConfirming: (invoiceReference: string): boolean => enterPinStep(shelf, invoiceReference, false),
    confirm: (invoiceReference: string, pin: string): Confirmation => confirm(shelf, invoiceReference, pin),
    decline: (invoiceReference: string): boolean => decline(shelf, invoiceReference),
    lapse: (invoiceReference: string): boolean => lapse(shelf, invoiceReference),

    /** Applies what is due by now, which every question does by itself too. */
    tick: (): void => settle(shelf),
    view: (): BookView => viewOf(shelf),
    /** Everything as JSON, to be given back as `restore`. */
    snapshot: () => snapshotOf(shelf),
    /** Grows with every change. */
    revision: (): number => shelf.revision,
  }
}

export type InvoiceView = Omit<Invoice, 'terms'> &
  Pick<Invoice['terms'], 'kind' | 'acknowledgment' | 'currency' | 'totalMinor' | 'rows'> & {
    readonly title: string
    readonly clientInvoiceId: string
    readonly cashierId: string
    readonly isEnteringPin: boolean
  }

/** A payment that was made, also if reversed since (`reversedAtMs`). `refundedMinor` is the sum of its refunds. */
export type PaymentView = NonNullable<Invoice['payment']> & {
  readonly invoiceReference: string
  readonly terminalId: string
  readonly clientInvoiceId: string
  readonly refundedMinor: number
}

/** The whole book for people and tests to look at. Holds no password. */
export type BookView = {
  readonly atMs: number
  readonly terminals: readonly {
    readonly terminalId: string
    readonly resellerId: string
    readonly merchant: string
    readonly externalTerminalId: string
    readonly name: string
    readonly seqrId: string | null
  }[]
  readonly invoices: readonly InvoiceView[]
  readonly payments: readonly PaymentView[]
  readonly refunds: readonly Refund[]
  readonly receipts: ReturnType<typeof snapshotOf>['receipts']
  readonly periods: ReturnType<typeof snapshotOf>['periods']
  readonly remarks: ReturnType<typeof snapshotOf>['remarks']
}

function viewOf(shelf: Shelf): BookView {
  settle(shelf)
  const { invoices, refunds, receipts, periods, remarks, terminals } = snapshotOf(shelf)
  return {
    atMs: shelf.options.now(),
    terminals: terminals.map(({ passwordDigest: _hidden, registeredAtMs: _when, ...terminal }) => ({
      ...terminal,
      merchant: shelf.options.resellers.find((one) => one.resellerId === terminal.resellerId)?.name ?? '',
    })),
    invoices: invoices.map((invoice) => invoiceViewOf(shelf, invoice)),
    payments: invoices.flatMap((invoice) => paymentViewOf(invoice, refunds)),
    refunds,
    receipts,
    periods,
    remarks,
  }
}

function invoiceViewOf(shelf: Shelf, { terms, ...invoice }: Invoice): InvoiceView {
  const { kind, acknowledgment, currency, totalMinor, rows, sent } = terms
  return {
    ...invoice,
    kind,
    acknowledgment,
    currency,
    totalMinor,
    rows,
    title: sent.title ?? '',
    clientInvoiceId: sent.clientInvoiceId ?? '',
    cashierId: sent.cashierId ?? '',
    isEnteringPin: isEnteringPin(shelf, { ...invoice, terms }),
  }
}

function paymentViewOf(invoice: Invoice, refunds: readonly Refund[]): readonly PaymentView[] {
  const { invoiceReference, payment, terminalId, terms } = invoice
  if (payment === null) return []
  const refundedMinor = refunds
    .filter((refund) => refund.ofErsReference === payment.ersReference)
    .reduce((sum, refund) => sum + refund.amountMinor, 0)
  const clientInvoiceId = terms.sent.clientInvoiceId ?? ''
  return [{ ...payment, invoiceReference, terminalId, clientInvoiceId, refundedMinor }]
}
