import { decimalOf, type Currency } from '../../../app/domain/money.ts'
import { advance, isOpen, keep, resellerOf, settle, type Shelf } from './book-state.ts'
import type { Ending, Invoice, SubmittedReceipt, Terminal, Token } from './book-types.ts'
import { pay } from './invoices.ts'
import { terminalWithSeqrId } from './terminals.ts'

/** Where the buyer is with an invoice. `shopDecides`: the shop must answer about a loyalty card first. */
export type BuyerStage =
  | 'waitingForAmount'
  | 'shopDecides'
  | 'confirm'
  | 'paid'
  | 'reserved'
  | 'canceled'
  | 'declined'
  | 'expired'
  | 'failed'
  | 'reversed'

/** An invoice as the phone shows it. Amounts are plain decimals of `currency`. */
export type BuyerInvoice = {
  readonly invoiceReference: string
  readonly stage: BuyerStage
  readonly ending: Ending | null
  readonly kind: 'pay' | 'reserve'
  readonly merchant: string
  readonly terminalName: string
  readonly title: string
  readonly footer: string
  readonly currency: Currency
  readonly total: string
  readonly rows: readonly {
    readonly description: string
    readonly quantity: string
    readonly total: string
  }[]
  readonly tokens: readonly Token[]
  readonly reserved: { readonly amount: string; readonly lapsesAtMs: number } | null
  readonly payment: {
    readonly amount: string
    readonly ersReference: string
    readonly paidAtMs: number
  } | null
  readonly refunds: readonly {
    readonly amount: string
    readonly ersReference: string
    readonly refundedAtMs: number
  }[]
  readonly receipts: readonly SubmittedReceipt[]
}

export type Scan =
  | { readonly found: 'unknown' }
  | { readonly found: 'waitingForAmount'; readonly merchant: string; readonly terminalName: string }
  | { readonly found: 'invoice'; readonly invoice: BuyerInvoice }

export type Confirmation =
  | { readonly ok: true; readonly invoice: BuyerInvoice }
  | {
      readonly ok: false
      readonly reason: 'unknown' | 'notOpen' | 'notAPin' | 'wrongPin' | 'pinRefused' | 'noFunds'
    }

/** The PIN that is always wrong: three times and the payment has FAILED. */
export const wrongPin = '0000'
/** The PIN of the account without money: the payment has FAILED at once. */
export const emptyAccountPin = '9999'

/**
 * What the phone finds behind a SEQR ID, the text of a sticker's QR code, or an invoice's own `invoiceQRCode`.
 * A loyalty card shown with the scan makes an invoice that asks for it wait for the shop's answer.
 */
export function scan(shelf: Shelf, text: string, shown: readonly Token[] = []): Scan {
  settle(shelf)
  const { invoice, terminal } = target(shelf, text)
  if (invoice !== undefined) {
    const seen = withLoyalty(shelf, invoice, shown)
    if (stageOf(seen) !== 'waitingForAmount') return { found: 'invoice', invoice: viewOf(shelf, seen) }
    return { found: 'waitingForAmount', merchant: merchantOf(shelf, seen), terminalName: seen.terminalName }
  }
  if (terminal === undefined) return { found: 'unknown' }
  const merchant = resellerOf(shelf, terminal.resellerId)?.name ?? ''
  return { found: 'waitingForAmount', merchant, terminalName: terminal.name }
}

type Target = { readonly invoice?: Invoice | undefined; readonly terminal?: Terminal | undefined }

/** A sticker leads to the terminal's open invoice, whichever that is just now; an invoice's code to that invoice. */
function target(shelf: Shelf, text: string): Target {
  const link = /^(?:https?:\/\/)?(?:www\.)?seqr\.se\/([QR])([A-Z0-9]+)\/?$/i.exec(text.trim())
  const [, letter = 'Q', rest = text.trim()] = link ?? []
  if (letter.toUpperCase() === 'R') return { invoice: shelf.invoices.get(rest) }
  const terminal = terminalWithSeqrId(shelf, rest.toUpperCase())
  const latest = shelf.invoices.get(shelf.latest.get(terminal?.terminalId ?? '') ?? '')
  return latest !== undefined && isOpen(latest) ? { invoice: latest, terminal } : { terminal }
}

function withLoyalty(shelf: Shelf, invoice: Invoice, shown: readonly Token[]): Invoice {
  if (invoice.status !== 'ISSUED' || invoice.tokensSettled) return invoice
  const { acknowledgment } = invoice.terms
  const asks = acknowledgment === 'required' || (acknowledgment === 'optional' && shown.length > 0)
  if (!asks) return invoice
  return advance(shelf, invoice, {
    status: 'PENDING_ISSUER_ACKNOWLEDGE',
    tokens: [...invoice.tokens, ...shown],
  })
}

export function buyerInvoice(shelf: Shelf, invoiceReference: string): BuyerInvoice | null {
  settle(shelf)
  const invoice = shelf.invoices.get(invoiceReference)
  return invoice === undefined ? null : viewOf(shelf, invoice)
}

/** The buyer opens or leaves the PIN step; while it is open a cancel answers 51. Returns whether it applies. */
export function enterPinStep(shelf: Shelf, invoiceReference: string, isOpenNow: boolean): boolean {
  settle(shelf)
  const invoice = shelf.invoices.get(invoiceReference)
  if (invoice === undefined || stageOf(invoice) !== 'confirm') return false
  keep(shelf, { ...invoice, pinSinceMs: isOpenNow ? shelf.options.now() : null })
  return true
}

/** Pays or reserves. Any four digits will do except {@link wrongPin} and {@link emptyAccountPin}. */
export function confirm(shelf: Shelf, invoiceReference: string, pin: string): Confirmation {
  settle(shelf)
  const invoice = shelf.invoices.get(invoiceReference)
  if (invoice === undefined) return { ok: false, reason: 'unknown' }
  if (stageOf(invoice) !== 'confirm') return { ok: false, reason: 'notOpen' }
  if (!/^\d{4}$/.test(pin)) return { ok: false, reason: 'notAPin' }
  if (pin === wrongPin) return refuseWrongPin(shelf, invoice)
  if (pin === emptyAccountPin) {
    advance(shelf, invoice, { status: 'FAILED', ending: 'noFunds' })
    return { ok: false, reason: 'noFunds' }
  }
  if (invoice.terms.kind === 'pay') pay(shelf, invoice, invoice.terms.totalMinor)
  else reserve(shelf, invoice)
  return { ok: true, invoice: viewOf(shelf, shelf.invoices.get(invoiceReference) ?? invoice) }
}

function refuseWrongPin(shelf: Shelf, invoice: Invoice): Confirmation {
  const wrongPins = invoice.wrongPins + 1
  if (wrongPins < 3) {
    keep(shelf, { ...invoice, wrongPins })
    return { ok: false, reason: 'wrongPin' }
  }
  advance(shelf, invoice, { wrongPins, status: 'FAILED', ending: 'pinRefused' })
  return { ok: false, reason: 'pinRefused' }
}

function reserve(shelf: Shelf, invoice: Invoice): void {
  const reservedAtMs = shelf.options.now()
  const lapsesAtMs = reservedAtMs + invoice.terms.commitTimeoutMs
  advance(shelf, invoice, {
    status: 'RESERVED',
    reservation: { reservedAtMs, reservedMinor: invoice.terms.totalMinor, lapsesAtMs },
  })
}

/** The buyer says no: CANCELED. False when there was nothing to decline any more. */
export function decline(shelf: Shelf, invoiceReference: string): boolean {
  settle(shelf)
  const invoice = shelf.invoices.get(invoiceReference)
  if (invoice === undefined || !isOpen(invoice)) return false
  advance(shelf, invoice, { status: 'CANCELED', ending: 'declined' })
  return true
}

/** Lets an unpaid invoice or a reservation run out now: EXPIRED. False when it was over already. */
export function lapse(shelf: Shelf, invoiceReference: string): boolean {
  settle(shelf)
  const invoice = shelf.invoices.get(invoiceReference)
  if (invoice === undefined || !(isOpen(invoice) || invoice.status === 'RESERVED')) return false
  advance(shelf, invoice, { status: 'EXPIRED', ending: 'lapsed' })
  return true
}

function stageOf(invoice: Invoice): BuyerStage {
  switch (invoice.status) {
    case 'ISSUED':
      // Without an acknowledgmentMode the buyer's app never gets past waiting (SEQR cash register manual).
      return invoice.terms.acknowledgment === 'missing' ? 'waitingForAmount' : 'confirm'
    case 'PENDING_ISSUER_ACKNOWLEDGE':
      return 'shopDecides'
    case 'PAID':
      return 'paid'
    case 'RESERVED':
      return 'reserved'
    case 'EXPIRED':
      return 'expired'
    case 'FAILED':
      return 'failed'
    case 'CANCELED':
      if (invoice.ending === 'reversed') return 'reversed'
      return invoice.ending === 'declined' ? 'declined' : 'canceled'
  }
}

function merchantOf(shelf: Shelf, invoice: Invoice): string {
  return resellerOf(shelf, invoice.resellerId)?.name ?? ''
}

function viewOf(shelf: Shelf, invoice: Invoice): BuyerInvoice {
  const { currency, kind, rows, sent, totalMinor } = invoice.terms
  const amount = (minor: number) => decimalOf(minor, currency)
  const { payment, reservation } = invoice
  const refunds = shelf.refunds.filter((refund) => refund.ofErsReference === payment?.ersReference)
  const references = new Set([payment?.ersReference, ...refunds.map((refund) => refund.ersReference)])
  return {
    invoiceReference: invoice.invoiceReference,
    stage: stageOf(invoice),
    ending: invoice.ending,
    kind,
    merchant: merchantOf(shelf, invoice),
    terminalName: invoice.terminalName,
    title: sent.title ?? '',
    footer: sent.footer ?? '',
    currency,
    total: amount(totalMinor),
    rows: rows.map((row) => ({
      description: row.description,
      quantity: row.quantity,
      total: amount(row.totalMinor),
    })),
    tokens: invoice.tokens,
    reserved: reservation && {
      amount: amount(reservation.reservedMinor),
      lapsesAtMs: reservation.lapsesAtMs,
    },
    payment: payment && {
      amount: amount(payment.amountMinor),
      ersReference: payment.ersReference,
      paidAtMs: payment.paidAtMs,
    },
    refunds: refunds.map(({ amountMinor, ersReference, refundedAtMs }) => ({
      amount: amount(amountMinor),
      ersReference,
      refundedAtMs,
    })),
    receipts: shelf.receipts.filter((receipt) => references.has(receipt.ersReference)),
  }
}
