/** What one result code of the SEQR service says. */
export interface SeqrResult {
  readonly name: string
  /** Worth asking again: the service had trouble of its own and said nothing about the money. */
  readonly passing: boolean
  /** A few plain words for a log or an administrator. */
  readonly meaning: string
}

const final = (name: string, meaning: string): SeqrResult => ({ name, passing: false, meaning })
const passing = (name: string, meaning: string): SeqrResult => ({ name, passing: true, meaning })

/** Every result code that the SEQR API 2.6 to 2.11 documents. */
export const seqrResults: Readonly<Record<number, SeqrResult>> = {
  0: final('SUCCESS', 'done'),
  1: final('PENDING_APPROVAL', 'waits for an approval'),
  2: final('REPORT_NOT_READY', 'the report is still being made'),
  10: final('REJECTED_BUSINESS_LOGIC', 'refused by a rule of the service'),
  11: final('REJECTED_AMOUNT', 'the amount is refused'),
  12: final('REJECTED_PAYMENT', 'the payment is refused'),
  20: final('AUTHENTICATION_FAILED', 'wrong password'),
  21: final('ACCESS_DENIED', 'no access, or a terminal password of under four characters'),
  23: final('INVALID_ERS_REFERENCE', 'no payment has this reference'),
  29: final('INVALID_INITIATOR_PRINCIPAL_ID', 'unknown terminal'),
  33: final('INVALID_INITIATOR_PRINCIPAL_STATE', 'the terminal or reseller is not active'),
  37: final('INITIATOR_PRINCIPAL_NOT_FOUND', 'unknown reseller'),
  48: final('PAYMENT_IN_PROGRESS', 'the buyer is paying at this moment'),
  49: final('INVALID_INVOICE_DATA', 'the invoice does not add up, or has a wrong currency'),
  50: final('CANNOT_CANCEL_PAID_INVOICE', 'the invoice is paid already'),
  51: final('CANNOT_CANCEL_INVOICE_IN_PROGRESS', 'the buyer is confirming at this moment'),
  53: final('INVALID_SEQR_ID', 'not alphanumeric, or in use by another terminal'),
  54: final('INVALID_INVOICE_REFERENCE', 'no invoice has this reference'),
  55: final('PAYMENT_ALREADY_CANCELLED', 'the payment is canceled already'),
  58: final('PAYMENT_EXPIRED', 'the payment has expired'),
  64: final('INVALID_NOTIFICATION_URL', 'the notification address is refused'),
  90: passing('SYSTEM_ERROR', 'the service has an inner error'),
  91: final('UNSUPPORTED_OPERATION', 'the service does not know this operation'),
  92: final('LICENSE_REJECTION', 'refused by the licence of the service'),
  93: passing('SYSTEM_BUSY', 'the service is busy'),
  94: passing('SERVICE_UNAVAILABLE', 'a part of the service is not available'),
  95: final('INVOICE_ALREADY_CANCELED', 'the invoice is canceled already'),
  96: final('INVOICE_STATE_NOT_RESERVED', 'the reservation has lapsed, or was committed or released'),
  97: final('RESELLER_NOT_ALLOWED_TO_DO_REFUND', 'this shop may not refund'),
  98: final('SUM_OF_REFUNDS_CAN_NOT_BE_MORE_THAN_ORIGINAL_TRANSACTION', 'more than what is left to refund'),
  99: final('RECEIVER_ACCOUNT_DOES_NOT_ALLOW_REFUNDS', "the buyer's account takes no refunds"),
}

/** For a code that nobody documented. It never ends a payment by itself, so it passes for passing. */
const unlisted = passing('UNLISTED', 'a code that the documentation does not list')

/** What a code means. A code that is not documented is `UNLISTED`. */
export function seqrResultOf(code: number): SeqrResult {
  return seqrResults[code] ?? unlisted
}

/** Whether a refusal with this code is worth another try: 90, 93, 94, and any code that is not documented. */
export function isPassing(code: number): boolean {
  return seqrResultOf(code).passing
}
