import { largestAmountMinor } from './money.ts'
import type { Currency } from './money.ts'

/** IMMEDIATE_DEBIT is an ordinary payment; the other reserves now and takes the final amount later. */
export type PaymentMode = 'IMMEDIATE_DEBIT' | 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT'

/** One line of an invoice as the buyer sees it on the phone. Amounts may be negative: discounts, other tenders. */
export interface SeqrInvoiceRow {
  readonly description: string
  readonly ean?: string
  readonly sku?: string
  /** 1000 is one piece, 450 is 0.45 of the unit. */
  readonly quantityThousandths: number
  readonly unit?: string
  /** Whole percent. A rate that is not whole is left out of the invoice (SEQR API 2.6). */
  readonly taxRatePercent?: number
  readonly unitPriceMinor?: number
  /** What the row adds to the invoice, its discount already taken off. */
  readonly totalMinor: number
  /** The discount within the row, for the buyer to see. */
  readonly discountMinor?: number
}

/** What `sendInvoice` and `updateInvoice` carry, in the till's words. */
export interface SeqrInvoice {
  readonly paymentMode: PaymentMode
  readonly title: string
  /** The till's own receipt number. */
  readonly clientInvoiceId: string
  readonly issuedAtMs: number
  readonly currency: Currency
  readonly totalMinor: number
  readonly rows: readonly SeqrInvoiceRow[]
  readonly cashierId: string
  readonly footer?: string
  /** How long a reservation is held before it lapses; only with a reservation (SEQR API 2.6). */
  readonly commitReservationTimeoutSeconds?: number
}

/** The invoice of a refund: whole or part of a payment goes back to the buyer. */
export interface SeqrRefund {
  readonly title: string
  readonly cashierId: string
  readonly currency: Currency
  /** What the buyer gets back, above zero. */
  readonly totalMinor: number
  readonly rows: readonly SeqrInvoiceRow[]
}

export type InvoiceFault =
  | 'noRows'
  | 'notWholeMinorUnits'
  | 'totalNotAboveZero'
  | 'totalTooLarge'
  | 'rowsDoNotAddUp'
  | 'noReservationTime'

export type InvoiceCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: InvoiceFault; readonly differenceMinor?: number }

/** Sum of the rows' totals in minor units. */
export function rowsTotalMinor(rows: readonly SeqrInvoiceRow[]): number {
  return rows.reduce((sum, row) => sum + row.totalMinor, 0)
}

/** The row that makes the rows add up to the total: other tenders (negative), or paying more (positive). */
export function balancingRow(description: string, totalMinor: number): SeqrInvoiceRow {
  return { description, quantityThousandths: 1000, totalMinor }
}

/**
 * Whether the service would take these amounts. It refuses rows that don't add up to the total with 49, so the till
 * finds that out by itself; `differenceMinor` is then the total less the rows.
 */
export function checkAmounts(invoice: Pick<SeqrInvoice, 'totalMinor' | 'rows'>): InvoiceCheck {
  const { totalMinor, rows } = invoice
  const amounts = [totalMinor, ...rows.flatMap(amountsOf)]
  if (rows.length === 0) return { ok: false, reason: 'noRows' }
  if (!amounts.every(Number.isSafeInteger)) return { ok: false, reason: 'notWholeMinorUnits' }
  if (totalMinor <= 0) return { ok: false, reason: 'totalNotAboveZero' }
  if (totalMinor > largestAmountMinor) return { ok: false, reason: 'totalTooLarge' }
  const differenceMinor = totalMinor - rowsTotalMinor(rows)
  return differenceMinor === 0 ? { ok: true } : { ok: false, reason: 'rowsDoNotAddUp', differenceMinor }
}

/** {@link checkAmounts}, and that a reservation says how long it is held. */
export function checkInvoice(invoice: SeqrInvoice): InvoiceCheck {
  const seconds = invoice.commitReservationTimeoutSeconds ?? 0
  const holds = Number.isSafeInteger(seconds) && seconds > 0
  if (invoice.paymentMode !== 'IMMEDIATE_DEBIT' && !holds) return { ok: false, reason: 'noReservationTime' }
  return checkAmounts(invoice)
}

function amountsOf(row: SeqrInvoiceRow): number[] {
  return [row.totalMinor, row.quantityThousandths, row.unitPriceMinor ?? 0, row.discountMinor ?? 0]
}

export type SeqrIdFault = 'empty' | 'notAlphanumeric' | 'otherAddress' | 'tooLong'

export type SeqrIdScan =
  { readonly ok: true; readonly seqrId: string } | { readonly ok: false; readonly reason: SeqrIdFault }

const longestSeqrId = 40

/**
 * The SEQR ID in what was typed or scanned from a sticker: the Code 128 bar code holds the ID itself, the QR code
 * holds `HTTP://SEQR.SE/Q` and the ID, in any letter case.
 */
export function seqrIdOf(text: string): SeqrIdScan {
  const trimmed = text.trim()
  const sticker = /^https?:\/\/(?:www\.)?seqr\.se\/q(.*)$/i.exec(trimmed)
  const seqrId = (sticker?.[1] ?? trimmed).trim()
  if (seqrId === '') return { ok: false, reason: 'empty' }
  if (seqrId.includes('://')) return { ok: false, reason: 'otherAddress' }
  if (!/^[0-9a-z]+$/i.test(seqrId)) return { ok: false, reason: 'notAlphanumeric' }
  return seqrId.length > longestSeqrId ? { ok: false, reason: 'tooLong' } : { ok: true, seqrId }
}
