import { minorOf } from '../../../app/domain/money.ts'
import type { NewSlip, SevenConnectBook } from './book.ts'
import type { Merchant, Slip } from './book-types.ts'
import { platformAmount } from './platform-amount.ts'
import { platformTime, readPlatformTime } from './platform-time.ts'
import { isSignature, sign } from './signing.ts'

/** A form, however it came: names and values, a missing one being blank. */
export type Form = Readonly<Record<string, string>>

export type Created =
  | { readonly ok: true; readonly slip: Slip; readonly merchant: Merchant }
  | { readonly ok: false; readonly message: string; readonly merchant: Merchant | null }

const lengths = { merchantRef: 40, transactionDescription: 3000, receiptRemarks: 660, payLoad: 3000 }

/** Makes a slip from a request for a reference, or says what is wrong with it. */
export function createSlip(book: SevenConnectBook, form: Form, zone: string): Created {
  const merchant = book.merchant(form['merchantID'] ?? '')
  if (merchant === null) return { ok: false, message: 'Unknown merchant', merchant }
  const message = faultIn(form, merchant)
  if (message !== null) return { ok: false, message, merchant }
  return { ok: true, slip: book.create(merchant, newSlipOf(form, merchant, zone)), merchant }
}

function faultIn(form: Form, merchant: Merchant): string | null {
  const { merchantRef = '', token = '', amount = '', phone = '' } = form
  if (!isSignature(token, sign(merchant.transactionKey, merchant.merchantID, merchantRef)))
    return 'Invalid token'
  if (merchantRef === '') return 'merchantRef is missing'
  for (const [field, most] of Object.entries(lengths)) {
    if ((form[field] ?? '').length > most) return `${field} is longer than ${most} characters`
  }
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(amount))
    return 'amount must be a number of at most 12 digits, two of them decimals'
  if ((minorOf(amount, merchant.currency) ?? 0) <= 0) return 'amount must be more than zero'
  return phone === '' || /^09\d{9}$/.test(phone) ? null : 'phone must look like 09xxxxxxxxx'
}

function newSlipOf(form: Form, merchant: Merchant, zone: string): NewSlip {
  return {
    merchantRef: form['merchantRef'] ?? '',
    amountMinor: minorOf(form['amount'] ?? '', merchant.currency) ?? 0,
    expiresAtMs: readPlatformTime(form['expDate'] ?? '', zone),
    description: form['transactionDescription'] ?? '',
    receiptRemarks: form['receiptRemarks'] ?? '',
    email: form['email'] ?? '',
    phone: form['phone'] ?? '',
    payLoad: form['payLoad'] ?? '',
    returnPaymentDetails: form['returnPaymentDetails'] === 'Y',
  }
}

/** The reply to a request for a reference: also what a redirect carries. */
export function referenceReply(created: Created, form: Form, zone: string): Record<string, string> {
  const { merchantID = '', merchantRef = '' } = form
  const payID = created.ok ? created.slip.payID : ''
  const key = created.merchant?.transactionKey
  const reply = {
    merchantID,
    merchantRef,
    amount: created.ok
      ? platformAmount(created.slip.amountMinor, created.slip.currency)
      : (form['amount'] ?? ''),
    payID,
    expiryDate: created.ok ? platformTime(created.slip.expiresAtMs, zone) : '',
    token: key === undefined ? '' : sign(key, merchantID, merchantRef, payID),
  }
  return created.ok ? reply : { ...reply, message: created.message }
}

/** Answers an inquiry. A slip that its merchant declined has no published status: it is an ERROR with words. */
export function inquire(book: SevenConnectBook, form: Form): Record<string, string> {
  const { merchantID = '', merchantRef = '', token = '' } = form
  const merchant = book.merchant(merchantID)
  const reply = (payID: string, status: string, message: string) => {
    const key = merchant?.transactionKey
    const signature = key === undefined ? '' : sign(key, merchantRef, payID, status)
    return { merchantID, merchantRef, payID, status, token: signature, message }
  }
  if (merchant === null) return reply('', 'ERROR', 'Unknown merchant')
  if (!isSignature(token, sign(merchant.transactionKey, merchantRef)))
    return reply('', 'ERROR', 'Invalid token')
  const slip = book.find(merchantID, merchantRef)
  if (slip === null) return reply('', 'ERROR', 'No such reference')
  const status = book.status(slip)
  switch (status) {
    case 'PENDING':
      return reply(slip.payID, 'UNPAID', '')
    case 'DECLINED':
      return reply(slip.payID, 'ERROR', `Declined by the merchant: ${slip.said}`)
    case 'PAID':
    case 'POSTED':
    case 'EXPIRED':
      return reply(slip.payID, status, '')
  }
}
