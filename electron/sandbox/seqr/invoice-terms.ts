import { isCurrency, minorOf, type Currency } from '../../../app/domain/money.ts'
import type { AmountArgs, InvoiceArgs, InvoiceRowArgs, InvoiceTerms } from './book-types.ts'

export type CheckedInvoice =
  | { readonly ok: true; readonly terms: InvoiceTerms; readonly remarks: readonly string[] }
  | { readonly ok: false; readonly code: number }

const modes: Readonly<Record<string, InvoiceTerms['kind']>> = {
  '': 'pay',
  IMMEDIATE_DEBIT: 'pay',
  RESERVATION_DESIRED: 'reserve',
  RESERVATION_REQUIRED: 'reserve',
  RESERVATION_REQUIRED_PRELIMINARY_AMOUNT: 'reserve',
}

const acknowledgments: Readonly<Record<string, InvoiceTerms['acknowledgment']>> = {
  '': 'missing',
  NO_ACKNOWLEDGMENT: 'none',
  OPTIONAL_ACKNOWLEDGMENT: 'optional',
  REQUIRE_ACKNOWLEDGMENT: 'required',
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)$/
const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/** How long a reservation holds when the invoice does not say: one hour. */
const defaultCommitTimeoutMs = 3_600_000

/** The amount in minor units, or null when it is missing, malformed, too fine or in another currency. */
export function amountMinorOf(amount: AmountArgs | undefined, currency: Currency): number | null {
  if (amount?.value === undefined || amount.currency === undefined) return null
  return isCurrency(amount.currency) && amount.currency === currency ? minorOf(amount.value, currency) : null
}

/**
 * Checks an invoice as SEQR does: result 49 when its rows do not add up to its total, when the currency is not the
 * shop's, or when a number, a mode or a date is malformed; 64 when the notification address is none.
 * A refund may leave out the rows.
 */
export function checkInvoice(
  invoice: InvoiceArgs | undefined,
  currency: Currency,
  rowsNeeded: boolean,
): CheckedInvoice {
  if (invoice === undefined) return { ok: false, code: 49 }
  const kind = modes[invoice.paymentMode ?? '']
  const acknowledgment = acknowledgments[invoice.acknowledgmentMode ?? '']
  const totalMinor = amountMinorOf(invoice.totalAmount, currency)
  const commitTimeoutMs = commitTimeoutOf(invoice.commitReservationTimeout)
  if (kind === undefined || acknowledgment === undefined || commitTimeoutMs === null)
    return { ok: false, code: 49 }
  if (totalMinor === null || totalMinor <= 0) return { ok: false, code: 49 }
  if (!isDateOrNothing(invoice.issueDate)) return { ok: false, code: 49 }
  if (!isWebAddressOrNothing(invoice.notificationUrl)) return { ok: false, code: 64 }
  const rows = rowsOf(invoice.invoiceRows ?? [], currency)
  if (rows === null) return { ok: false, code: 49 }
  const sumMinor = rows.reduce((sum, row) => sum + row.totalMinor, 0)
  if ((rowsNeeded || rows.length > 0) && sumMinor !== totalMinor) return { ok: false, code: 49 }
  const terms = { kind, acknowledgment, currency, totalMinor, rows, commitTimeoutMs, sent: invoice }
  return { ok: true, terms, remarks: remarksOn(invoice) }
}

function rowsOf(rows: readonly InvoiceRowArgs[], currency: Currency): InvoiceTerms['rows'] | null {
  const checked: InvoiceTerms['rows'][number][] = []
  for (const row of rows) {
    const totalMinor = amountMinorOf(row.itemTotalAmount, currency)
    if (totalMinor === null || !hasGoodNumbers(row, currency)) return null
    checked.push({ description: row.itemDescription ?? '', quantity: row.itemQuantity ?? '', totalMinor })
  }
  return checked
}

function hasGoodNumbers(row: InvoiceRowArgs, currency: Currency): boolean {
  const numbers = [row.itemQuantity, row.itemTaxRate]
  const amounts = [row.itemDiscount, row.itemUnitPrice]
  return (
    numbers.every((text) => text === undefined || text === '' || decimal.test(text)) &&
    amounts.every((amount) => amount === undefined || amountMinorOf(amount, currency) !== null)
  )
}

function commitTimeoutOf(seconds: string | undefined): number | null {
  if (seconds === undefined || seconds === '') return defaultCommitTimeoutMs
  return /^[1-9]\d{0,8}$/.test(seconds) ? Number(seconds) * 1000 : null
}

function isDateOrNothing(text: string | undefined): boolean {
  return text === undefined || text === '' || (dateTime.test(text) && !Number.isNaN(Date.parse(text)))
}

function isWebAddressOrNothing(text: string | undefined): boolean {
  return text === undefined || text === '' || /^https?:\/\/[^\s/]+/i.test(text)
}

function remarksOn(invoice: InvoiceArgs): readonly string[] {
  const rows = invoice.invoiceRows ?? []
  return [
    ...(rows.some((row) => (row.itemQuantity ?? '') === '') ? ['a row has no itemQuantity'] : []),
    ...((invoice.clientInvoiceId ?? '') === '' ? ['clientInvoiceId is missing'] : []),
    ...((invoice.cashierId ?? '') === '' ? ['cashierId is missing'] : []),
  ]
}
