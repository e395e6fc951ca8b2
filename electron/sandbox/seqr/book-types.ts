import type { Currency } from '../../../app/domain/money.ts'
import type { Reply } from './result-codes.ts'

/** What arrived: every field may be missing, and texts are as they stood on the wire. */
type Sent<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined }

export type ContextArgs = Sent<{
  channel: string
  clientComment: string
  clientId: string
  clientReference: string
  clientRequestTimeout: string
  initiatorPrincipalId: Sent<{ id: string; type: string; userId: string }>
  password: string
}>

export type AmountArgs = Sent<{ currency: string; value: string }>

export type InvoiceRowArgs = Sent<{
  itemDescription: string
  itemDiscount: AmountArgs
  itemEAN: string
  itemQuantity: string
  itemSKU: string
  itemTaxRate: string
  itemTotalAmount: AmountArgs
  itemUnit: string
  itemUnitPrice: AmountArgs
}>

export type InvoiceArgs = Sent<{
  paymentMode: string
  acknowledgmentMode: string
  issueDate: string
  title: string
  clientInvoiceId: string
  invoiceRows: readonly InvoiceRowArgs[]
  totalAmount: AmountArgs
  cashierId: string
  footer: string
  backURL: string
  notificationUrl: string
  commitReservationTimeout: string
}>

/** A loyalty card or coupon. Status 0 pending, 1 used, 90 blocked, 99 invalid. */
export type Token = {
  readonly description?: string | undefined
  readonly id?: string | undefined
  readonly status: number
  readonly value?: string | undefined
}

export type ReceiptDocumentArgs = Sent<{ mimeType: string; receiptData: string; receiptType: string }>

/** Keys as sent (`TERMINALID`, `transactionPeriodId`); they are compared without regard to letter case. */
export type ParameterArgs = readonly Sent<{ key: string; value: string }>[]

export type InvoiceStatus =
  'ISSUED' | 'PENDING_ISSUER_ACKNOWLEDGE' | 'PAID' | 'CANCELED' | 'FAILED' | 'RESERVED' | 'EXPIRED'

export type RegisterTerminalReply = Reply & { readonly terminalId?: string }
export type SendInvoiceReply = Reply & { readonly invoiceReference?: string; readonly invoiceQRCode?: string }
export type MarkTransactionPeriodReply = Reply & { readonly transactionPeriodId?: string }

/** The proof of payment inside a PAID status. `paymentDate` is an xs:dateTime. */
export type PaymentReceipt = {
  readonly terminalId: string
  readonly paymentDate: string
  readonly clientInvoiceId: string | undefined
  readonly invoiceReference: string
  readonly paymentReference: string
  readonly payerTerminalId: string
  readonly receiverName: string
  readonly invoice: InvoiceArgs
}

/** `version` is there also in a refusal (then 0): the schema demands it. `ersReference` only when PAID. */
export type PaymentStatusReply = Reply & {
  readonly status?: InvoiceStatus
  readonly receipt?: PaymentReceipt
  readonly customerTokens?: readonly Token[]
  readonly version: number
}

export type Report = {
  readonly title: string
  readonly mimeType: string
  /** Base64 of the same text as `contentString`. */
  readonly content: string
  readonly contentString: string
}
export type ExecuteReportReply = Reply & { readonly report?: Report }

/** A shop that SEQR knows. `refunds` decides between success, result 97 and result 99. */
export type ResellerAccount = {
  readonly resellerId: string
  readonly userId: string
  readonly password: string
  readonly name: string
  readonly currency: Currency
  readonly refunds?: 'allowed' | 'resellerMayNot' | 'accountDoesNotAllow'
}

export type Terminal = {
  readonly terminalId: string
  readonly resellerId: string
  readonly externalTerminalId: string
  readonly name: string
  /** SHA-256, so that the password itself is in no dump of the book. */
  readonly passwordDigest: string
  readonly seqrId: string | null
  readonly registeredAtMs: number
}

/** An invoice that passed the checks; `sent` is the original, for the receipt's echo. */
export type InvoiceTerms = {
  readonly kind: 'pay' | 'reserve'
  readonly acknowledgment: 'none' | 'optional' | 'required' | 'missing'
  readonly currency: Currency
  readonly totalMinor: number
  readonly rows: readonly {
    readonly description: string
    readonly quantity: string
    readonly totalMinor: number
  }[]
  readonly commitTimeoutMs: number
  readonly sent: InvoiceArgs
}

export type Invoice = {
  readonly invoiceReference: string
  readonly resellerId: string
  readonly terminalId: string
  /** As the terminal was called when it sent the invoice. */
  readonly terminalName: string
  readonly terms: InvoiceTerms
  readonly sentAtMs: number
  readonly status: InvoiceStatus
  /** Why a CANCELED, FAILED or EXPIRED invoice ended, which the status alone does not say. */
  readonly ending: Ending | null
  readonly version: number
  /** The newest version that the till has echoed. */
  readonly acknowledgedVersion: number
  readonly statusAskedAtMs: number | null
  readonly tokens: readonly Token[]
  readonly tokensSettled: boolean
  readonly pinSinceMs: number | null
  readonly wrongPins: number
  readonly reservation: {
    readonly reservedAtMs: number
    readonly reservedMinor: number
    readonly lapsesAtMs: number
  } | null
  readonly payment: {
    readonly ersReference: string
    readonly paidAtMs: number
    readonly amountMinor: number
    readonly learntAtMs: number | null
    readonly reversedAtMs: number | null
  } | null
}

export type Ending =
  | 'byRegister'
  | 'replaced'
  | 'declined'
  | 'reversed'
  | 'released'
  | 'lapsed'
  | 'pinRefused'
  | 'noFunds'
  | 'unregistered'

export type Refund = {
  readonly ersReference: string
  readonly ofErsReference: string
  readonly invoiceReference: string
  readonly terminalId: string
  readonly cashierId: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly refundedAtMs: number
}

export type SubmittedReceipt = {
  readonly ersReference: string
  readonly mimeType: string
  readonly receiptType: string
  readonly receiptData: string
  readonly submittedAtMs: number
}

/** A stretch of time to report on: after `fromMs`, up to and with `toMs`. `terminalId` null is the whole shop. */
export type Period = {
  readonly transactionPeriodId: string
  readonly resellerId: string
  readonly terminalId: string | null
  readonly fromMs: number
  readonly toMs: number
}

/** Something that the service lets pass but the certification of a till would not. */
export type Remark = { readonly operation: string; readonly text: string; readonly times: number }
