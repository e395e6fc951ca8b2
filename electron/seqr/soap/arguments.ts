// The arguments of every operation, as the `soap` package writes them: decimals and dates as text, nothing absent.
import { decimalOf } from '../../../app/domain/money.ts'
import type { Currency } from '../../../app/domain/money.ts'
import type { SeqrInvoice, SeqrInvoiceRow, SeqrRefund } from '../../../app/domain/seqr-invoice.ts'
import type {
  NewTerminal,
  ReceiptDocument,
  ReportQuestion,
  ResellerLogin,
  TerminalLogin,
} from '../service.ts'
import { printable } from './xml.ts'

/** A tree of texts: what one element holds. */
export interface Arguments {
  readonly [element: string]: string | Arguments | readonly Arguments[]
}

/** The lengths that the SEQR API 2.6 gives, and ours for free text that it gives none for. */
const longest = { clientId: 80, reference: 32, freeText: 200, footer: 1000 }

/** The parts of the context that are the same for all requests, or new for each. */
export interface ContextParts {
  /** The program's version, such as `1.2.3`. */
  readonly version: string
  /** Unique to the request, for SEQR's support; at most 32 characters are sent. */
  readonly clientReference: string
}

/** The context of every operation: who asks, with which password. Timeout must be 0 (SEQR API 2.6). */
export function contextOf(login: ResellerLogin | TerminalLogin, parts: ContextParts): Arguments {
  return {
    channel: 'ClientWS',
    clientId: cut(`Kassa ${parts.version}`, longest.clientId),
    clientReference: cut(parts.clientReference, longest.reference),
    clientRequestTimeout: '0',
    initiatorPrincipalId: principalOf(login),
    password: printable(login.password),
  }
}

function principalOf(login: ResellerLogin | TerminalLogin): Arguments {
  if ('terminalId' in login) return { id: printable(login.terminalId), type: 'TERMINALID' }
  return { id: printable(login.resellerId), type: 'RESELLERUSER', userId: printable(login.userId) }
}

export function terminalArguments(terminal: NewTerminal): Arguments {
  return {
    externalTerminalId: printable(terminal.externalTerminalId),
    password: printable(terminal.password),
    name: cut(terminal.name, longest.freeText),
  }
}

/** The invoice of `sendInvoice` and `updateInvoice`. Without an acknowledgmentMode the buyer's phone would hang. */
export function invoiceArguments(invoice: SeqrInvoice): Arguments {
  return {
    paymentMode: invoice.paymentMode,
    acknowledgmentMode: 'NO_ACKNOWLEDGMENT',
    issueDate: new Date(invoice.issuedAtMs).toISOString(),
    title: cut(invoice.title, longest.freeText),
    clientInvoiceId: printable(invoice.clientInvoiceId),
    invoiceRows: rowsArguments(invoice.rows, invoice.currency),
    totalAmount: amountArguments(invoice.totalMinor, invoice.currency),
    cashierId: printable(invoice.cashierId),
    ...(invoice.footer !== undefined && { footer: cut(invoice.footer, longest.footer) }),
    ...(invoice.commitReservationTimeoutSeconds !== undefined && {
      commitReservationTimeout: String(invoice.commitReservationTimeoutSeconds),
    }),
  }
}

/** The smaller invoice that goes with `refundPayment`. */
export function refundArguments(refund: SeqrRefund): Arguments {
  return {
    title: cut(refund.title, longest.freeText),
    invoiceRows: rowsArguments(refund.rows, refund.currency),
    totalAmount: amountArguments(refund.totalMinor, refund.currency),
    cashierId: printable(refund.cashierId),
  }
}

export function amountArguments(
  amountMinor: number,
  currency: Currency,
): Record<'currency' | 'value', string> {
  return { currency, value: decimalOf(amountMinor, currency) }
}

function rowsArguments(rows: readonly SeqrInvoiceRow[], currency: Currency): Arguments {
  return { invoiceRow: rows.map((row) => rowArguments(row, currency)) }
}

function rowArguments(row: SeqrInvoiceRow, currency: Currency): Arguments {
  const { discountMinor, ean, sku, taxRatePercent, unit, unitPriceMinor } = row
  return {
    itemDescription: cut(row.description, longest.freeText),
    ...(discountMinor !== undefined && { itemDiscount: amountArguments(discountMinor, currency) }),
    ...(ean !== undefined && { itemEAN: printable(ean) }),
    itemQuantity: quantityOf(row.quantityThousandths),
    ...(sku !== undefined && { itemSKU: printable(sku) }),
    ...(Number.isSafeInteger(taxRatePercent) && { itemTaxRate: String(taxRatePercent) }),
    itemTotalAmount: amountArguments(row.totalMinor, currency),
    ...(unit !== undefined && { itemUnit: cut(unit, longest.freeText) }),
    ...(unitPriceMinor !== undefined && { itemUnitPrice: amountArguments(unitPriceMinor, currency) }),
  }
}

/** `1000` is `1`, `450` is `0.45`, `-1500` is `-1.5`. */
export function quantityOf(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  const whole = digits.slice(0, -3)
  return `${thousandths < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

export function documentArguments(document: ReceiptDocument): Arguments {
  return {
    mimeType: printable(document.mimeType),
    receiptData: Buffer.from(document.data).toString('base64'),
    receiptType: printable(document.receiptType),
  }
}

/** The parameters of `markTransactionPeriod`: one terminal, or with none the whole shop. */
export function periodArguments(terminalId: string | undefined): Arguments {
  return terminalId === undefined ? {} : { parameters: mapOf({ TERMINALID: terminalId }) }
}

export function reportArguments(reportId: string, question: ReportQuestion): Arguments {
  const { transactionPeriodId, terminalId } = question
  const parameters = mapOf({
    ...(transactionPeriodId !== undefined && { transactionPeriodId }),
    ...(terminalId !== undefined && { TERMINALID: terminalId }),
  })
  return { reportId, language: printable(question.language ?? 'en'), parameters }
}

function mapOf(entries: Readonly<Record<string, string>>): Arguments {
  const entry = Object.entries(entries).map(([key, value]) => ({ key, value: printable(value) }))
  return { parameter: { entry } }
}

/** At most so many characters, none of them cut in half, none that XML forbids. */
function cut(text: string, length: number): string {
  return Array.from(printable(text)).slice(0, length).join('')
}
