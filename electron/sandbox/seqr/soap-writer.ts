import type {
  AmountArgs,
  InvoiceArgs,
  InvoiceRowArgs,
  PaymentReceipt,
  PaymentStatusReply,
  RegisterTerminalReply,
  MarkTransactionPeriodReply,
  ExecuteReportReply,
  SendInvoiceReply,
  Token,
} from './book-types.ts'
import type { Reply } from './result-codes.ts'
import { escapeXml } from './xml-text.ts'

export const namespace = 'http://external.interfaces.ers.seamless.com/'

/** Any operation's reply; the fields that another operation has are simply not there. */
export type AnyReply = Reply &
  Partial<Omit<PaymentStatusReply, 'status'>> &
  Partial<RegisterTerminalReply & MarkTransactionPeriodReply & ExecuteReportReply & SendInvoiceReply> & {
    readonly status?: string
  }

/** Text, or children in the order of the schema; what is undefined is left out. */
type Content = string | number | undefined | readonly (readonly [name: string, content: Content])[]

/** The whole reply. Elements stand in the order of the schema's sequences, which other stacks insist on. */
export function replyEnvelope(operation: string, reply: AnyReply): string {
  const response = `<ns2:${operation}Response xmlns:ns2="${namespace}">${write([['return', returnOf(reply)]])}</ns2:${operation}Response>`
  return envelope(response)
}

/** A SOAP 1.1 fault, for what is no request that the service knows. */
export function faultEnvelope(faultCode: string, reason: string): string {
  const fault = write([
    ['faultcode', `soap:${faultCode}`],
    ['faultstring', reason],
  ])
  return envelope(`<soap:Fault>${fault}</soap:Fault>`)
}

function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`
  )
}

function write(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'number') return String(content)
  if (typeof content === 'string') return escapeXml(content)
  return content
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `<${name}>${write(inner)}</${name}>`)
    .join('')
}

function returnOf(reply: AnyReply): Content {
  const { report, customerTokens } = reply
  return [
    ['ersReference', reply.ersReference],
    ['resultCode', reply.resultCode],
    ['resultDescription', reply.resultDescription],
    ['terminalId', reply.terminalId],
    ['transactionPeriodId', reply.transactionPeriodId],
    ['invoiceQRCode', reply.invoiceQRCode],
    ['invoiceReference', reply.invoiceReference],
    [
      'report',
      report && [
        ['title', report.title],
        ['mimeType', report.mimeType],
        ['content', report.content],
        ['contentString', report.contentString],
      ],
    ],
    ['status', reply.status],
    ['receipt', reply.receipt && receiptOf(reply.receipt)],
    ['customerTokens', customerTokens?.map((token) => ['token', tokenOf(token)] as const)],
    ['version', reply.version],
  ]
}

function receiptOf(receipt: PaymentReceipt): Content {
  return [
    ['terminalId', receipt.terminalId],
    ['paymentDate', receipt.paymentDate],
    ['clientInvoiceId', receipt.clientInvoiceId],
    ['invoiceReference', receipt.invoiceReference],
    ['paymentReference', receipt.paymentReference],
    ['payerTerminalId', receipt.payerTerminalId],
    ['receiverName', receipt.receiverName],
    ['invoice', invoiceOf(receipt.invoice)],
  ]
}

/** Empty texts are left out: many stacks send them for what they do not have, and a mode or number is never empty. */
function invoiceOf(invoice: InvoiceArgs): Content {
  const rows = invoice.invoiceRows ?? []
  return [
    ['paymentMode', given(invoice.paymentMode)],
    ['acknowledgmentMode', given(invoice.acknowledgmentMode)],
    ['issueDate', given(invoice.issueDate)],
    ['title', given(invoice.title)],
    ['clientInvoiceId', given(invoice.clientInvoiceId)],
    ['invoiceRows', rows.map((row) => ['invoiceRow', rowOf(row)] as const)],
    ['totalAmount', amountOf(invoice.totalAmount)],
    ['cashierId', given(invoice.cashierId)],
    ['footer', given(invoice.footer)],
    ['backURL', given(invoice.backURL)],
    ['notificationUrl', given(invoice.notificationUrl)],
    ['commitReservationTimeout', given(invoice.commitReservationTimeout)],
  ]
}

function rowOf(row: InvoiceRowArgs): Content {
  return [
    ['itemDescription', given(row.itemDescription)],
    ['itemDiscount', amountOf(row.itemDiscount)],
    ['itemEAN', given(row.itemEAN)],
    ['itemQuantity', given(row.itemQuantity)],
    ['itemSKU', given(row.itemSKU)],
    ['itemTaxRate', given(row.itemTaxRate)],
    ['itemTotalAmount', amountOf(row.itemTotalAmount)],
    ['itemUnit', given(row.itemUnit)],
    ['itemUnitPrice', amountOf(row.itemUnitPrice)],
  ]
}

function amountOf(amount: AmountArgs | undefined): Content {
  return (
    amount && [
      ['currency', given(amount.currency)],
      ['value', given(amount.value)],
    ]
  )
}

function tokenOf(token: Token): Content {
  return [
    ['description', token.description],
    ['id', token.id],
    ['status', token.status],
    ['value', token.value],
  ]
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
