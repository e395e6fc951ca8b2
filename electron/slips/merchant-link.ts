import { z } from 'zod'
import { minorOf, type Currency } from '../../app/domain/money.ts'
import { parsePayId, type LinkFault } from '../../app/domain/slip.ts'
import { platformAmount } from './amounts.ts'
import { postForm } from './form-post.ts'
import { readStamp, sevenConnectZone, writeStamp } from './stamps.ts'
import { inquiryReplyToken, inquiryToken, isToken, referenceReplyToken, referenceToken } from './tokens.ts'

/** A slip to be made, in our words; the limits are the platform's (7-CONNECT merchant guide). */
export type NewSlip = {
  /** At most 40 characters. */
  readonly merchantRef: string
  readonly amountMinor: number
  /** Left out: 2,880 minutes after the server makes it. */
  readonly expiresAtMs?: number
  /** Shown to the customer, at most 3,000 characters. */
  readonly description?: string
  /** Printed on the receipt, at most 660 characters, `|` starts a new line. */
  readonly receiptRemarks?: string
  readonly email?: string
  /** `09` and nine digits. */
  readonly phone?: string
  /** Handed on to the merchant's service, at most 3,000 characters. */
  readonly payLoad?: string
  readonly returnPaymentDetails?: boolean
}

export type IssuedSlip = {
  readonly payID: string
  readonly merchantID: string
  readonly merchantRef: string
  readonly amountMinor: number
  /** Null when the server named no expiry. */
  readonly expiresAtMs: number | null
}

export type InquiryStatus = 'UNPAID' | 'PAID' | 'POSTED' | 'EXPIRED' | 'ERROR'
export type Inquiry = {
  readonly payID: string | null
  readonly status: InquiryStatus
  readonly message: string
}

export type NewSlipFault =
  'merchantID' | 'merchantRef' | 'amount' | 'description' | 'receiptRemarks' | 'email' | 'phone' | 'payLoad'

/** `invalid` was never sent. After `noAnswer` to a create, `inquire` tells whether the slip exists. */
export type IssueAnswer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'declined'; readonly said: string }
  | { readonly kind: 'invalid'; readonly field: NewSlipFault }
  | { readonly kind: 'noAnswer'; readonly fault: LinkFault }

/** How a merchant account of the store makes slips and asks about them, by the published interfaces. */
export interface MerchantLink {
  createReference(slip: NewSlip, signal: AbortSignal): Promise<IssueAnswer<IssuedSlip>>
  /** By the merchant's own reference; the server answers for the first slip that carries it. */
  inquire(merchantRef: string, signal: AbortSignal): Promise<IssueAnswer<Inquiry>>
}

export type MerchantLinkSettings = {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly merchantID: string
  /** Secret: from the vault, and only ever hashed. */
  readonly transactionKey: string
  readonly currency?: Currency
  readonly zone?: string
  readonly limitMs?: number
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ''))

const referenceReply = z.object({
  merchantID: text,
  merchantRef: text,
  amount: text,
  payID: text,
  expiryDate: text,
  token: text,
  message: text,
})

const inquiryReply = z.object({
  merchantRef: text,
  payID: text,
  status: z.enum(['UNPAID', 'PAID', 'POSTED', 'EXPIRED', 'ERROR']),
  token: text,
  message: text,
})

export function openMerchantLink(settings: MerchantLinkSettings): MerchantLink {
  const { baseUrl, merchantID, transactionKey: key, limitMs = 20_000 } = settings
  const { currency = 'PHP', zone = sevenConnectZone } = settings

  return {
    async createReference(slip, signal) {
      const field = faultOf(merchantID, slip, currency)
      if (field !== null) return { kind: 'invalid', field }
      const fields = {
        merchantID,
        merchantRef: slip.merchantRef,
        amount: platformAmount(slip.amountMinor, currency),
        token: referenceToken(key, merchantID, slip.merchantRef),
        ...optionalFields(slip, zone),
      }
      const answer = await postForm({ url: `${baseUrl}/v1/reference`, fields, limitMs, signal })
      if (!answer.ok) return { kind: 'noAnswer', fault: answer.fault }
      return readReference(answer.json, { key, merchantID, slip, currency, zone })
    },

    async inquire(merchantRef, signal) {
      const fields = { merchantID, merchantRef, token: inquiryToken(key, merchantRef) }
      const answer = await postForm({ url: `${baseUrl}/inquire`, fields, limitMs, signal })
      if (!answer.ok) return { kind: 'noAnswer', fault: answer.fault }
      const { data: reply } = inquiryReply.safeParse(answer.json)
      if (reply === undefined) return { kind: 'noAnswer', fault: 'unreadable' }
      if (!isToken(reply.token, inquiryReplyToken(key, reply)))
        return { kind: 'noAnswer', fault: 'wrongToken' }
      if (reply.merchantRef !== merchantRef) return { kind: 'noAnswer', fault: 'otherRequest' }
      const { status, message } = reply
      return { kind: 'ok', value: { payID: parsePayId(reply.payID), status, message } }
    },
  }
}

/** The first field that the platform would not take, or null. */
function faultOf(merchantID: string, slip: NewSlip, currency: Currency): NewSlipFault | null {
  const { merchantRef, amountMinor, description = '', receiptRemarks = '', payLoad = '' } = slip
  if (merchantID === '' || merchantID.length > 15) return 'merchantID'
  if (merchantRef.trim() === '' || merchantRef.length > 40) return 'merchantRef'
  const digits = platformAmount(amountMinor, currency).replace('.', '').length
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0 || digits > 12) return 'amount'
  if (description.length > 3000) return 'description'
  if (receiptRemarks.length > 660) return 'receiptRemarks'
  if (payLoad.length > 3000) return 'payLoad'
  if (slip.phone !== undefined && !/^09\d{9}$/.test(slip.phone)) return 'phone'
  if (slip.email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(slip.email)) return 'email'
  return null
}

function optionalFields(slip: NewSlip, zone: string): Record<string, string> {
  const fields = {
    expDate: slip.expiresAtMs === undefined ? undefined : writeStamp(slip.expiresAtMs, zone),
    transactionDescription: slip.description,
    receiptRemarks: slip.receiptRemarks,
    email: slip.email,
    phone: slip.phone,
    payLoad: slip.payLoad,
    returnPaymentDetails: slip.returnPaymentDetails === true ? 'Y' : undefined,
  }
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => !!entry[1]))
}

type Asked = {
  readonly key: string
  readonly merchantID: string
  readonly slip: NewSlip
  readonly currency: Currency
  readonly zone: string
}

function readReference(json: unknown, asked: Asked): IssueAnswer<IssuedSlip> {
  const { data: reply } = referenceReply.safeParse(json)
  if (reply === undefined) return { kind: 'noAnswer', fault: 'unreadable' }
  if (reply.payID === '' && reply.message !== '') return { kind: 'declined', said: reply.message }
  if (!isToken(reply.token, referenceReplyToken(asked.key, reply))) {
    return { kind: 'noAnswer', fault: 'wrongToken' }
  }
  const { merchantID, merchantRef } = reply
  const isOurs = merchantID === asked.merchantID && merchantRef === asked.slip.merchantRef
  const amountMinor = minorOf(reply.amount, asked.currency)
  if (!isOurs || amountMinor !== asked.slip.amountMinor) return { kind: 'noAnswer', fault: 'otherRequest' }
  const payID = parsePayId(reply.payID)
  if (payID === null) return { kind: 'noAnswer', fault: 'unreadable' }
  const expiresAtMs = readStamp(reply.expiryDate, asked.zone)
  return { kind: 'ok', value: { payID, merchantID, merchantRef, amountMinor, expiresAtMs } }
}
