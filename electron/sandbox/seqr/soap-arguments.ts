import type {
  AmountArgs,
  ContextArgs,
  InvoiceArgs,
  InvoiceRowArgs,
  ParameterArgs,
  ReceiptDocumentArgs,
  Token,
} from './book-types.ts'
import { childOf, elementOf, exactTextOf, nodesOf, textOf, type XmlElement } from './soap-reader.ts'

// From elements to the arguments of the book. A missing element becomes undefined, an empty one an empty text.

export function contextIn(parent: XmlElement): ContextArgs | undefined {
  const context = childOf(parent, 'context')
  const principal = childOf(context, 'initiatorPrincipalId')
  if (context === undefined) return undefined
  return {
    channel: textOf(context, 'channel'),
    clientComment: textOf(context, 'clientComment'),
    clientId: textOf(context, 'clientId'),
    clientReference: textOf(context, 'clientReference'),
    clientRequestTimeout: textOf(context, 'clientRequestTimeout'),
    initiatorPrincipalId: {
      id: textOf(principal, 'id'),
      type: textOf(principal, 'type'),
      userId: textOf(principal, 'userId'),
    },
    password: exactTextOf(context, 'password'),
  }
}

export function amountIn(parent: XmlElement, name: string): AmountArgs | undefined {
  const amount = childOf(parent, name)
  return amount && { currency: textOf(amount, 'currency'), value: textOf(amount, 'value') }
}

export function invoiceIn(parent: XmlElement): InvoiceArgs | undefined {
  const invoice = childOf(parent, 'invoice')
  if (invoice === undefined) return undefined
  const rows = nodesOf(childOf(invoice, 'invoiceRows'), 'invoiceRow')
  return {
    paymentMode: textOf(invoice, 'paymentMode'),
    acknowledgmentMode: textOf(invoice, 'acknowledgmentMode'),
    issueDate: textOf(invoice, 'issueDate'),
    title: textOf(invoice, 'title'),
    clientInvoiceId: textOf(invoice, 'clientInvoiceId'),
    invoiceRows: rows.map((row) => rowOf(elementOf(row))),
    totalAmount: amountIn(invoice, 'totalAmount'),
    cashierId: textOf(invoice, 'cashierId'),
    footer: textOf(invoice, 'footer'),
    backURL: textOf(invoice, 'backURL'),
    notificationUrl: textOf(invoice, 'notificationUrl'),
    commitReservationTimeout: textOf(invoice, 'commitReservationTimeout'),
  }
}

function rowOf(row: XmlElement): InvoiceRowArgs {
  return {
    itemDescription: textOf(row, 'itemDescription'),
    itemDiscount: amountIn(row, 'itemDiscount'),
    itemEAN: textOf(row, 'itemEAN'),
    itemQuantity: textOf(row, 'itemQuantity'),
    itemSKU: textOf(row, 'itemSKU'),
    itemTaxRate: textOf(row, 'itemTaxRate'),
    itemTotalAmount: amountIn(row, 'itemTotalAmount'),
    itemUnit: textOf(row, 'itemUnit'),
    itemUnitPrice: amountIn(row, 'itemUnitPrice'),
  }
}

/** Undefined when none were sent, which leaves those of the invoice as they are. */
export function tokensIn(parent: XmlElement): readonly Token[] | undefined {
  const tokens = nodesOf(parent, 'tokens').map((node) => tokenOf(elementOf(node)))
  return tokens.length === 0 ? undefined : tokens
}

function tokenOf(token: XmlElement): Token {
  return {
    description: textOf(token, 'description'),
    id: textOf(token, 'id'),
    status: Number.parseInt(textOf(token, 'status') ?? '', 10) || 0,
    value: textOf(token, 'value'),
  }
}

export function receiptDocumentIn(parent: XmlElement): ReceiptDocumentArgs | undefined {
  const document = childOf(parent, 'receiptDocument')
  if (document === undefined) return undefined
  return {
    mimeType: textOf(document, 'mimeType'),
    receiptData: textOf(document, 'receiptData'),
    receiptType: textOf(document, 'receiptType'),
  }
}

export function parametersIn(parent: XmlElement): ParameterArgs {
  const entries = nodesOf(childOf(childOf(parent, 'parameters'), 'parameter'), 'entry').map(elementOf)
  return entries.map((entry) => ({ key: textOf(entry, 'key'), value: textOf(entry, 'value') }))
}
