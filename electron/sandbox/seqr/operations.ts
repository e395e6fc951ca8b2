import type { SeqrBook } from './seqr-book.ts'
import { reply } from './result-codes.ts'
import {
  amountIn,
  contextIn,
  invoiceIn,
  parametersIn,
  receiptDocumentIn,
  tokensIn,
} from './soap-arguments.ts'
import { exactTextOf, textOf, type XmlElement } from './soap-reader.ts'
import type { AnyReply } from './soap-writer.ts'

type Operation = (book: SeqrBook, body: XmlElement) => AnyReply

/** What the service can do, by the name of the element in the Body. */
const operations: Readonly<Record<string, Operation>> = {
  registerTerminal: (book, body) =>
    book.registerTerminal({
      context: contextIn(body),
      externalTerminalId: textOf(body, 'externalTerminalId'),
      password: exactTextOf(body, 'password'),
      name: textOf(body, 'name'),
    }),
  unregisterTerminal: (book, body) => book.unregisterTerminal({ context: contextIn(body) }),
  assignSeqrId: (book, body) =>
    book.assignSeqrId({ context: contextIn(body), seqrId: textOf(body, 'seqrId') }),
  sendInvoice: (book, body) =>
    book.sendInvoice({ context: contextIn(body), invoice: invoiceIn(body), tokens: tokensIn(body) }),
  updateInvoice: (book, body) =>
    book.updateInvoice({
      context: contextIn(body),
      invoiceReference: textOf(body, 'invoiceReference'),
      invoice: invoiceIn(body),
      tokens: tokensIn(body),
    }),
  getPaymentStatus: (book, body) =>
    book.getPaymentStatus({
      context: contextIn(body),
      invoiceReference: textOf(body, 'invoiceReference'),
      invoiceVersion: textOf(body, 'invoiceVersion'),
    }),
  cancelInvoice: (book, body) =>
    book.cancelInvoice({ context: contextIn(body), invoiceReference: textOf(body, 'invoiceReference') }),
  commitReservation: (book, body) =>
    book.commitReservation({
      context: contextIn(body),
      invoiceReference: textOf(body, 'invoiceReference'),
      amount: amountIn(body, 'amount'),
    }),
  submitPaymentReceipt: (book, body) =>
    book.submitPaymentReceipt({
      context: contextIn(body),
      ersReference: textOf(body, 'ersReference'),
      receiptDocument: receiptDocumentIn(body),
    }),
  refundPayment: (book, body) =>
    book.refundPayment({
      context: contextIn(body),
      ersReference: textOf(body, 'ersReference'),
      invoice: invoiceIn(body),
    }),
  markTransactionPeriod: (book, body) =>
    book.markTransactionPeriod({ context: contextIn(body), parameters: parametersIn(body) }),
  executeReport: (book, body) =>
    book.executeReport({
      context: contextIn(body),
      reportId: textOf(body, 'reportId'),
      language: textOf(body, 'language'),
      parameters: parametersIn(body),
    }),
  benchmarkingNop: () => reply(0),
  ...Object.fromEntries(
    // In the first revision of the WSDL, but of no use to a cash register.
    [
      'requestPrincipalInformation',
      'changePrincipalPassword',
      'confirmCustomerRegistration',
      'requestPurchase',
      'requestTopup',
      'requestTransfer',
    ].map((name) => [name, () => reply(91)]),
  ),
}

export function isOperation(name: string): boolean {
  return Object.hasOwn(operations, name)
}

/** Carries an operation out; null when there is none of that name. */
export function carryOut(book: SeqrBook, name: string, body: XmlElement): AnyReply | null {
  return isOperation(name) ? (operations[name]?.(book, body) ?? null) : null
}
