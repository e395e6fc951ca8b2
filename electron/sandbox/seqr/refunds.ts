import { accepted, resellerOf, settle, type Shelf } from './book-state.ts'
import type { Invoice, InvoiceArgs, ReceiptDocumentArgs } from './book-types.ts'
import { terminalCalling } from './caller.ts'
import { checkInvoice } from './invoice-terms.ts'
import { reply, type Reply } from './result-codes.ts'
import type { WithContext } from './terminals.ts'

export type RefundPaymentArgs = WithContext & {
  readonly ersReference?: string | undefined
  readonly invoice?: InvoiceArgs | undefined
}
export type SubmitPaymentReceiptArgs = WithContext & {
  readonly ersReference?: string | undefined
  readonly receiptDocument?: ReceiptDocumentArgs | undefined
}

/** The whole or a part, several times, at any till of the shop: 23, 97, 98, 99, or 49 for a bad amount. */
export function refundPayment(shelf: Shelf, args: RefundPaymentArgs): Reply {
  const signed = terminalCalling(shelf, 'refundPayment', args.context)
  if (!signed.ok) return reply(signed.code)
  settle(shelf)
  const reseller = resellerOf(shelf, signed.caller.resellerId)
  const invoice = paidInvoice(shelf, args.ersReference)
  if (invoice === undefined || invoice.payment === null || reseller === undefined) return reply(23)
  if (invoice.resellerId !== reseller.resellerId) return reply(23)
  if (reseller.refunds === 'resellerMayNot') return reply(97)
  if (reseller.refunds === 'accountDoesNotAllow') return reply(99)
  const checked = checkInvoice(args.invoice, reseller.currency, false)
  if (!checked.ok) return reply(checked.code)
  const { ersReference: ofErsReference, amountMinor: paidMinor } = invoice.payment
  const amountMinor = checked.terms.totalMinor
  if (refundedMinor(shelf, ofErsReference) + amountMinor > paidMinor) return reply(98)
  const ersReference = shelf.options.newId('refund')
  shelf.refunds.push({
    ersReference,
    ofErsReference,
    invoiceReference: invoice.invoiceReference,
    terminalId: signed.caller.terminalId,
    cashierId: args.invoice?.cashierId ?? '',
    amountMinor,
    currency: reseller.currency,
    refundedAtMs: shelf.options.now(),
  })
  shelf.revision += 1
  return { ...reply(0), ersReference }
}

export function refundedMinor(shelf: Shelf, ofErsReference: string): number {
  return shelf.refunds
    .filter((refund) => refund.ofErsReference === ofErsReference)
    .reduce((sum, refund) => sum + refund.amountMinor, 0)
}

/** Keeps the receipt for the buyer to see. 23 for a reference that is no payment or refund, 10 for an empty document. */
export function submitPaymentReceipt(shelf: Shelf, args: SubmitPaymentReceiptArgs): Reply {
  const signed = terminalCalling(shelf, 'submitPaymentReceipt', args.context)
  if (!signed.ok) return reply(signed.code)
  settle(shelf)
  const ersReference = args.ersReference ?? ''
  const refund = shelf.refunds.find((candidate) => candidate.ersReference === ersReference)
  const invoice = paidInvoice(shelf, refund?.ofErsReference ?? ersReference)
  if (invoice === undefined || invoice.resellerId !== signed.caller.resellerId) return reply(23)
  const { mimeType = '', receiptData = '', receiptType = '' } = args.receiptDocument ?? {}
  const base64 = receiptData.replaceAll(/\s/g, '')
  if (mimeType === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return reply(10)
  const submittedAtMs = shelf.options.now()
  shelf.receipts.push({ ersReference, mimeType, receiptType, receiptData: base64, submittedAtMs })
  shelf.revision += 1
  return accepted(shelf)
}

function paidInvoice(shelf: Shelf, ersReference: string | undefined): Invoice | undefined {
  const invoice = shelf.invoices.get(shelf.payments.get(ersReference ?? '') ?? '')
  return invoice?.status === 'PAID' ? invoice : undefined
}
