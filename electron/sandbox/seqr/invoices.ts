import { decimalOf } from '../../../app/domain/money.ts'
import {
  accepted,
  advance,
  isEnteringPin,
  isOpen,
  keep,
  remark,
  resellerOf,
  settle,
  type Shelf,
} from './book-state.ts'
import type {
  AmountArgs,
  Invoice,
  InvoiceArgs,
  PaymentReceipt,
  PaymentStatusReply,
  SendInvoiceReply,
  Terminal,
  Token,
} from './book-types.ts'
import { terminalCalling } from './caller.ts'
import { amountMinorOf, checkInvoice, type CheckedInvoice } from './invoice-terms.ts'
import { reply, type Reply } from './result-codes.ts'
import { cancelOpenInvoice, type WithContext } from './terminals.ts'

type WithInvoice = { readonly invoiceReference?: string | undefined }

export type SendInvoiceArgs = WithContext & {
  readonly invoice?: InvoiceArgs | undefined
  readonly tokens?: readonly Token[] | undefined
}
export type UpdateInvoiceArgs = SendInvoiceArgs & WithInvoice
export type GetPaymentStatusArgs = WithContext &
  WithInvoice & {
    /** As on the wire; empty or missing counts as 0. */
    readonly invoiceVersion?: string | undefined
  }
export type CancelInvoiceArgs = WithContext & WithInvoice
/** Without an amount (the older WSDL) the whole invoice is committed. */
export type CommitReservationArgs = WithContext & WithInvoice & { readonly amount?: AmountArgs | undefined }

/** A cash register has one open invoice at most: a new one cancels the one before that is still unpaid. */
export function sendInvoice(shelf: Shelf, args: SendInvoiceArgs): SendInvoiceReply {
  const signed = terminalCalling(shelf, 'sendInvoice', args.context)
  if (!signed.ok) return reply(signed.code)
  const checked = checkTerms(shelf, 'sendInvoice', signed.caller, args.invoice)
  if (!checked.ok) return reply(checked.code)
  cancelOpenInvoice(shelf, signed.caller, 'replaced')
  const invoiceReference = shelf.options.newId('invoice')
  keep(shelf, {
    invoiceReference,
    resellerId: signed.caller.resellerId,
    terminalId: signed.caller.terminalId,
    terminalName: signed.caller.name,
    terms: checked.terms,
    sentAtMs: shelf.options.now(),
    status: 'ISSUED',
    ending: null,
    version: 1,
    acknowledgedVersion: 0,
    statusAskedAtMs: null,
    tokens: args.tokens ?? [],
    tokensSettled: false,
    pinSinceMs: null,
    wrongPins: 0,
    reservation: null,
    payment: null,
  })
  shelf.latest.set(signed.caller.terminalId, invoiceReference)
  return { ...accepted(shelf), invoiceQRCode: `HTTP://SEQR.SE/R${invoiceReference}`, invoiceReference }
}

/** New rows and total while unpaid or reserved; with tokens it also answers a loyalty question. */
export function updateInvoice(shelf: Shelf, args: UpdateInvoiceArgs): Reply {
  const found = invoiceOfCaller(shelf, 'updateInvoice', args)
  if (!found.ok) return reply(found.code)
  const { invoice, terminal } = found
  if (!isOpen(invoice) && invoice.status !== 'RESERVED') return reply(refusalOfEnded(invoice))
  if (isEnteringPin(shelf, invoice)) return reply(48)
  const checked = checkTerms(shelf, 'updateInvoice', terminal, args.invoice)
  if (!checked.ok) return reply(checked.code)
  const { kind, acknowledgment, commitTimeoutMs } = invoice.terms
  advance(shelf, invoice, {
    terms: { ...checked.terms, kind, acknowledgment, commitTimeoutMs },
    status: invoice.status === 'RESERVED' ? 'RESERVED' : 'ISSUED',
    tokens: args.tokens ?? invoice.tokens,
    tokensSettled: true,
  })
  return accepted(shelf)
}

/**
 * The status, which also counts as the till having learnt of a payment, so that it is not reversed any more.
 * A reversed payment reads CANCELED.
 */
export function getPaymentStatus(shelf: Shelf, args: GetPaymentStatusArgs): PaymentStatusReply {
  const found = invoiceOfCaller(shelf, 'getPaymentStatus', args)
  if (!found.ok) return { ...reply(found.code), version: 0 }
  const echoed = Number.parseInt(args.invoiceVersion ?? '', 10) || 0
  const invoice = noteAsked(shelf, found.invoice, echoed)
  const { status, version, tokens, payment } = invoice
  const paid = status === 'PAID' ? payment : null
  return {
    ...(paid === null ? {} : { ersReference: paid.ersReference }),
    ...reply(0),
    status,
    ...(paid === null ? {} : { receipt: receiptOf(shelf, invoice, paid) }),
    ...(tokens.length === 0 ? {} : { customerTokens: tokens }),
    version,
  }
}

function noteAsked(shelf: Shelf, invoice: Invoice, echoed: number): Invoice {
  const { acknowledgedVersion, payment, version } = invoice
  const nowMs = shelf.options.now()
  const learns = invoice.status === 'PAID' && payment !== null && payment.learntAtMs === null
  const asked: Invoice = {
    ...invoice,
    statusAskedAtMs: nowMs,
    acknowledgedVersion: Math.max(acknowledgedVersion, Math.min(echoed, version)),
    payment: learns ? { ...payment, learntAtMs: nowMs } : payment,
  }
  if (learns || asked.acknowledgedVersion !== acknowledgedVersion) return keep(shelf, asked)
  shelf.invoices.set(asked.invoiceReference, asked)
  return asked
}

function receiptOf(shelf: Shelf, invoice: Invoice, paid: NonNullable<Invoice['payment']>): PaymentReceipt {
  const { currency, sent } = invoice.terms
  const value = decimalOf(paid.amountMinor, currency)
  return {
    terminalId: invoice.terminalId,
    paymentDate: new Date(paid.paidAtMs).toISOString(),
    clientInvoiceId: sent.clientInvoiceId,
    invoiceReference: invoice.invoiceReference,
    paymentReference: paid.ersReference,
    payerTerminalId: 'sandbox-phone',
    receiverName: resellerOf(shelf, invoice.resellerId)?.name ?? '',
    invoice: { ...sent, totalAmount: { currency, value } },
  }
}

/** 0 canceled or released, 50 paid already, 51 the buyer is confirming, 95 over already, 58 expired. */
export function cancelInvoice(shelf: Shelf, args: CancelInvoiceArgs): Reply {
  const found = invoiceOfCaller(shelf, 'cancelInvoice', args)
  if (!found.ok) return reply(found.code)
  const { invoice } = found
  switch (invoice.status) {
    case 'ISSUED':
    case 'PENDING_ISSUER_ACKNOWLEDGE':
      if (isEnteringPin(shelf, invoice)) return reply(51)
      advance(shelf, invoice, { status: 'CANCELED', ending: 'byRegister' })
      return accepted(shelf)
    case 'RESERVED':
      advance(shelf, invoice, { status: 'CANCELED', ending: 'released' })
      return accepted(shelf)
    case 'PAID':
      return reply(50)
    case 'EXPIRED':
      return reply(58)
    case 'CANCELED':
    case 'FAILED':
      return reply(95)
  }
}

/** Takes at most what was reserved (11 otherwise). 96 when there is no reservation any more. */
export function commitReservation(shelf: Shelf, args: CommitReservationArgs): Reply {
  const found = invoiceOfCaller(shelf, 'commitReservation', args)
  if (!found.ok) return reply(found.code)
  const { invoice } = found
  const { reservation, terms } = invoice
  if (invoice.status !== 'RESERVED' || reservation === null) return reply(96)
  const amountMinor =
    args.amount === undefined ? terms.totalMinor : amountMinorOf(args.amount, terms.currency)
  if (amountMinor === null) return reply(49)
  if (amountMinor <= 0 || amountMinor > reservation.reservedMinor) return reply(11)
  if (amountMinor !== terms.totalMinor)
    remark(shelf, 'commitReservation', 'the amount is not the total of the invoice; call updateInvoice first')
  return { ...reply(0), ersReference: pay(shelf, invoice, amountMinor) }
}

/** Moves the money now, and returns the payment's reference. */
export function pay(shelf: Shelf, invoice: Invoice, amountMinor: number): string {
  const ersReference = shelf.options.newId('payment')
  const paidAtMs = shelf.options.now()
  advance(shelf, invoice, {
    status: 'PAID',
    payment: { ersReference, paidAtMs, amountMinor, learntAtMs: null, reversedAtMs: null },
  })
  return ersReference
}

type Found =
  | { readonly ok: true; readonly invoice: Invoice; readonly terminal: Terminal }
  | { readonly ok: false; readonly code: number }

/** The caller's own invoice, brought up to date. 54 when there is none by that reference. */
function invoiceOfCaller(shelf: Shelf, operation: string, args: WithContext & WithInvoice): Found {
  const signed = terminalCalling(shelf, operation, args.context)
  if (!signed.ok) return signed
  settle(shelf)
  const invoice = shelf.invoices.get(args.invoiceReference ?? '')
  if (invoice === undefined || invoice.terminalId !== signed.caller.terminalId) return { ok: false, code: 54 }
  return { ok: true, invoice, terminal: signed.caller }
}

function checkTerms(
  shelf: Shelf,
  operation: string,
  terminal: Terminal,
  invoice: InvoiceArgs | undefined,
): CheckedInvoice {
  settle(shelf)
  const reseller = resellerOf(shelf, terminal.resellerId)
  if (reseller === undefined) return { ok: false, code: 37 }
  const checked = checkInvoice(invoice, reseller.currency, true)
  if (!checked.ok) return checked
  for (const text of checked.remarks) remark(shelf, operation, text)
  if (operation === 'sendInvoice' && checked.terms.acknowledgment === 'missing')
    remark(shelf, operation, 'acknowledgmentMode is missing; the phone hangs on "waiting for amount"')
  return checked
}

function refusalOfEnded(invoice: Invoice): number {
  if (invoice.status === 'PAID') return 50
  if (invoice.status === 'CANCELED') return 95
  return invoice.status === 'EXPIRED' ? 58 : 10
}
