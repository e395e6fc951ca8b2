import { minorOf } from '../../../app/domain/money.ts'
import type { SevenConnectBook } from './book.ts'
import type { PaidAt, Store } from './book-types.ts'
import { platformAmount } from './platform-amount.ts'
import { platformTime } from './platform-time.ts'
import type { Form } from './published.ts'
import { isSignature, sign } from './signing.ts'

export type TillReply =
  | { readonly ok: true; readonly json: Record<string, unknown> }
  | { readonly ok: false; readonly message: string }

/** VERIFY: may this slip be paid, and what is it? */
export async function verify(book: SevenConnectBook, form: Form, zone: string): Promise<TillReply> {
  const { storeID = '', payID = '', requestID = '', token = '' } = form
  const store = book.store(storeID)
  if (store === null || !isSignature(token, sign(store.storeKey, 'VERIFY', storeID, payID, requestID))) {
    return notAllowed
  }
  const verdict = await book.verify({ payID, requestID, at: placeOf(form) })
  const slip = book.slip(payID)
  const amount = slip === null ? '' : platformAmount(slip.amountMinor, slip.currency)
  const details = slip === null ? {} : detailsOf(book, payID, zone)
  const signature = sign(store.storeKey, 'VERIFY', payID, amount, verdict.responseCode)
  return { ok: true, json: { ...verdict, payID, amount, ...details, token: signature } }
}

function detailsOf(book: SevenConnectBook, payID: string, zone: string) {
  const slip = book.slip(payID)
  if (slip === null) return {}
  const { merchantID, merchantRef, currency, receiptRemarks } = slip
  return {
    merchantID,
    merchantName: book.merchant(merchantID)?.name ?? merchantID,
    merchantRef,
    currency,
    expiryDate: platformTime(slip.expiresAtMs, zone),
    transactionDescription: slip.description,
    receiptRemarks,
  }
}

/** CONFIRM: the cash is in the drawer. A repeat of a request gets the first answer. */
export async function confirm(book: SevenConnectBook, form: Form): Promise<TillReply> {
  const { storeID = '', payID = '', amount = '', requestID = '', token = '' } = form
  const store = book.store(storeID)
  const expected = store && sign(store.storeKey, 'CONFIRM', storeID, payID, amount, requestID)
  if (store === null || expected === null || !isSignature(token, expected) || requestID === '')
    return notAllowed
  const currency = book.slip(payID)?.currency ?? 'PHP'
  const amountMinor = minorOf(amount, currency)
  const verdict = await book.confirm({ payID, requestID, amountMinor, at: placeOf(form) })
  const signature = sign(store.storeKey, 'CONFIRM', payID, verdict.status, verdict.responseCode)
  return { ok: true, json: { ...verdict, payID, token: signature } }
}

/** The status of each slip of a comma-separated list, with what its merchant has acknowledged it with since. */
export function status(book: SevenConnectBook, form: Form): TillReply {
  const { storeID = '', payIDs = '', requestID = '', token = '' } = form
  const store: Store | null = book.store(storeID)
  if (store === null || !isSignature(token, sign(store.storeKey, 'STATUS', storeID, payIDs, requestID))) {
    return notAllowed
  }
  const wanted = payIDs
    .split(',')
    .filter((payID) => payID !== '')
    .slice(0, 500)
  const slips = wanted.map((payID) => {
    const slip = book.slip(payID)
    if (slip === null) return { payID, status: 'ERROR', responseDesc: '', authCode: '', remarks: '' }
    const { said: responseDesc, authCode, remarks } = slip
    return { payID, status: book.status(slip), responseDesc, authCode, remarks }
  })
  const signed = slips.map((slip) => slip.payID + slip.status)
  return { ok: true, json: { slips, token: sign(store.storeKey, 'STATUS', ...signed, requestID) } }
}

const notAllowed: TillReply = { ok: false, message: 'Unknown store or invalid token' }

function placeOf({ storeID = '', pos = '', shift = '', bdate = '' }: Form): PaidAt {
  return { storeID, pos, shift, bdate }
}
