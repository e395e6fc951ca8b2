import type { Receipt, Row } from './receipt.ts'
import { discountOn, grossOf, netRows } from './receipt.ts'
import type { SeqrInvoice, SeqrInvoiceRow } from './seqr-invoice.ts'
import { balancingRow, rowsTotalMinor } from './seqr-invoice.ts'

/** Names of the rows that make an invoice add up, in the shop's language. */
export interface BalancingWords {
  readonly otherPayments: string
  readonly cashBack: string
  readonly toReserve: string
}

export interface InvoiceRequest {
  readonly receipt: Receipt
  readonly amountMinor: number
  readonly clientInvoiceId: string
  readonly title: string
  readonly footer: string
  readonly issuedAtMs: number
  readonly words: BalancingWords
  /** Seconds that a reservation is held; null for an ordinary payment. */
  readonly reserveForSeconds: number | null
}

/**
 * The invoice for paying (a part of) a receipt by SEQR. Its rows always add up to its total: what is paid otherwise
 * stands as a negative row, what is paid above the receipt as a positive one (SEQR guide, "Send invoice").
 */
export function invoiceFor(request: InvoiceRequest): SeqrInvoice {
  const { receipt, amountMinor } = request
  const rows = invoiceRows(receipt)
  const difference = amountMinor - rowsTotalMinor(rows)
  const name = balancingName(request, difference)
  return {
    paymentMode:
      request.reserveForSeconds === null ? 'IMMEDIATE_DEBIT' : 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT',
    title: request.title,
    clientInvoiceId: request.clientInvoiceId,
    issuedAtMs: request.issuedAtMs,
    currency: receipt.currency,
    totalMinor: amountMinor,
    rows: difference === 0 && rows.length > 0 ? rows : [...rows, balancingRow(name, difference)],
    cashierId: receipt.cashier.name,
    footer: request.footer,
    ...(request.reserveForSeconds === null
      ? {}
      : { commitReservationTimeoutSeconds: request.reserveForSeconds }),
  }
}

function balancingName(request: InvoiceRequest, difference: number): string {
  if (difference < 0) return request.words.otherPayments
  return request.reserveForSeconds === null ? request.words.cashBack : request.words.toReserve
}

/** One invoice row for each row of the receipt, its share of the receipt's discount taken off. */
function invoiceRows(receipt: Receipt): readonly SeqrInvoiceRow[] {
  return netRows(receipt).map(({ row, netMinor }) => invoiceRow(row, netMinor))
}

function invoiceRow(row: Row, netMinor: number): SeqrInvoiceRow {
  const discountMinor = discountOn(grossOf(row), row.discount)
  const wholePercent = row.vatBasisPoints % 100 === 0
  return {
    description: row.name,
    quantityThousandths: row.quantityThousandths,
    totalMinor: netMinor,
    unit: row.unit,
    unitPriceMinor: row.unitPriceMinor,
    ...(row.code === null ? {} : { ean: row.code }),
    ...(row.articleId === null ? {} : { sku: row.articleId }),
    ...(wholePercent && row.kind !== 'slip' ? { taxRatePercent: row.vatBasisPoints / 100 } : {}),
    ...(discountMinor === 0 ? {} : { discountMinor }),
  }
}
