import type { BookOptions } from './book-state.ts'
import type { AmountArgs, ContextArgs, InvoiceArgs, ResellerAccount } from './book-types.ts'
import { createSeqrBook, type SeqrBook } from './seqr-book.ts'

export const shop: ResellerAccount = {
  resellerId: 'SHOP1',
  userId: '9900',
  password: 'shop-password',
  name: 'Corner shop',
  currency: 'SEK',
}

export const shopContext: ContextArgs = {
  channel: 'ClientWS',
  clientId: 'Test till 1.0',
  clientReference: 'shop-ref',
  clientRequestTimeout: '0',
  initiatorPrincipalId: { type: 'RESELLERUSER', id: shop.resellerId, userId: shop.userId },
  password: shop.password,
}

export function terminalContext(terminalId: string, password = 'till-password'): ContextArgs {
  return {
    channel: 'ClientWS',
    clientId: 'Test till 1.0',
    clientReference: `ref-${terminalId}`,
    clientRequestTimeout: '0',
    initiatorPrincipalId: { type: 'TERMINALID', id: terminalId },
    password,
  }
}

export function sek(value: string): AmountArgs {
  return { currency: 'SEK', value }
}

export function invoiceOf(total: string, more: InvoiceArgs = {}): InvoiceArgs {
  return {
    paymentMode: 'IMMEDIATE_DEBIT',
    acknowledgmentMode: 'NO_ACKNOWLEDGMENT',
    title: 'Corner shop',
    clientInvoiceId: 'R-1',
    cashierId: 'anna',
    invoiceRows: [{ itemDescription: 'Coffee', itemQuantity: '1', itemTotalAmount: sek(total) }],
    totalAmount: sek(total),
    ...more,
  }
}

export const preliminary: InvoiceArgs = {
  paymentMode: 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT',
  commitReservationTimeout: '600',
}

/** A till with its terminal, acting on the book by plain words. */
export type TestTill = ReturnType<typeof tillIn>

export function tillIn(book: SeqrBook, name = 'Till 1') {
  const made = book.registerTerminal({
    context: shopContext,
    externalTerminalId: name,
    password: 'till-password',
    name,
  })
  const terminalId = made.terminalId ?? ''
  const context = terminalContext(terminalId)
  return {
    terminalId,
    context,
    send: (total: string, more?: InvoiceArgs) =>
      book.sendInvoice({ context, invoice: invoiceOf(total, more) }).invoiceReference ?? '',
    ask: (invoiceReference: string, version = 0) =>
      book.getPaymentStatus({ context, invoiceReference, invoiceVersion: String(version) }),
    cancel: (invoiceReference: string) => book.cancelInvoice({ context, invoiceReference }).resultCode,
    commit: (invoiceReference: string, amount: string) =>
      book.commitReservation({ context, invoiceReference, amount: sek(amount) }).resultCode,
    refund: (ersReference: string, total: string) =>
      book.refundPayment({ context, ersReference, invoice: { ...invoiceOf(total), paymentMode: undefined } }),
    receipt: (ersReference: string) =>
      book.submitPaymentReceipt({
        context,
        ersReference,
        receiptDocument: {
          mimeType: 'text/plain',
          receiptType: 'RECEIPT',
          receiptData: Buffer.from('Thank you').toString('base64'),
        },
      }).resultCode,
  }
}

/** A book on a clock that only moves when told to, with ids that count. */
export function bookOnClock(options: Partial<BookOptions> = {}) {
  const clock = { nowMs: Date.parse('2026-03-02T09:00:00Z'), ids: 0 }
  const book = createSeqrBook({
    now: () => clock.nowMs,
    newId: (kind) => `${kind}${(clock.ids += 1)}`,
    resellers: [shop],
    ...options,
  })
  const pass = (ms: number) => {
    clock.nowMs += ms
  }
  return { book, pass }
}

/** The everyday set-up: a book, a clock to move, one till. */
export function shopOnClock(options: Partial<BookOptions> = {}) {
  const { book, pass } = bookOnClock(options)
  return { book, pass, till: tillIn(book) }
}
