import { z } from 'zod'
import { isCurrency, minorOf, type Currency } from '../../app/domain/money.ts'
import {
  verifyLimitMs,
  type Confirmation,
  type DeclineReason,
  type LinkAnswer,
  type LinkFault,
  type SlipAnswer,
  type SlipCall,
  type SlipDetails,
  type SlipStatus,
} from '../../app/domain/slip.ts'
import { platformAmount } from './amounts.ts'
import { postForm } from './form-post.ts'
import { readStamp, sevenConnectZone } from './stamps.ts'
import { isToken, tokenOf } from './tokens.ts'

/** Which till asks: it stands in the payment details that a merchant may ask for. */
export type TillPlace = {
  readonly pos: string
  readonly shift: string
  /** `yyyyMMdd` of the business day. */
  readonly businessDay: string
}

export type SlipStatusLine = {
  readonly payID: string
  readonly status: SlipStatus
  /** The server's words about it; empty when it has none. */
  readonly said: string
  /** What the merchant has acknowledged it with, which can be later than the confirm's answer; empty before. */
  readonly authCode: string
  readonly remarks: string
}

/**
 * The link between a till and the 7-CONNECT server. How a chain's own tills talk to it is not public: this one
 * is the project's design, kept behind these calls so that another can take its place. No call throws for
 * anything that the network or the server does; what is not the server's clear word is `noAnswer`.
 */
export interface StoreLink {
  /** The call in the machine's words, for the loop that follows a slip. */
  ask(call: SlipCall, place: TillPlace, signal: AbortSignal): Promise<SlipAnswer>
  verify(call: VerifyCall, place: TillPlace, signal: AbortSignal): Promise<LinkAnswer<SlipDetails>>
  confirm(call: ConfirmCall, place: TillPlace, signal: AbortSignal): Promise<LinkAnswer<Confirmation>>
  /** What the server says of these slips now, in any order; at most 500 at once. */
  status(payIDs: readonly string[], signal: AbortSignal): Promise<LinkAnswer<readonly SlipStatusLine[]>>
}

export type VerifyCall = SlipCall & { readonly ask: 'verify' }
export type ConfirmCall = SlipCall & { readonly ask: 'confirm' }

export type StoreLinkSettings = {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly storeID: string
  /** Secret: from the vault, and only ever hashed. */
  readonly storeKey: string
  /** Whose clocks the expiry dates are read by; Manila unless told. */
  readonly zone?: string
  readonly now: () => number
  /** A fresh id for a status request, which is signed like the others. */
  readonly freshID: () => string
  /** How long a confirm waits for its answer: longer than the 20 s that the server gives a merchant. */
  readonly confirmLimitMs?: number
}

const responseCode = z.enum(['SUCCESS', 'DECLINED'])
const slipStatus = z.enum(['PENDING', 'EXPIRED', 'PAID', 'POSTED', 'DECLINED', 'ERROR'])

const verifyReply = z.object({
  responseCode,
  responseDesc: z.string().default(''),
  payID: z.string(),
  merchantID: z.string().default(''),
  merchantName: z.string().default(''),
  merchantRef: z.string().default(''),
  amount: z.string(),
  currency: z.string().default(''),
  expiryDate: z.string().default(''),
  transactionDescription: z.string().default(''),
  receiptRemarks: z.string().default(''),
  status: slipStatus,
  token: z.string(),
})

const confirmReply = z.object({
  responseCode,
  responseDesc: z.string().default(''),
  payID: z.string(),
  status: slipStatus,
  authCode: z.string().default(''),
  remarks: z.string().default(''),
  token: z.string(),
})

const statusReply = z.object({
  slips: z.array(
    z.object({
      payID: z.string(),
      status: slipStatus,
      responseDesc: z.string().default(''),
      authCode: z.string().default(''),
      remarks: z.string().default(''),
    }),
  ),
  token: z.string(),
})

export function openStoreLink(settings: StoreLinkSettings): StoreLink {
  const { baseUrl, storeID, storeKey, zone = sevenConnectZone, now, freshID } = settings
  const { confirmLimitMs = 30_000 } = settings

  async function verify(call: VerifyCall, place: TillPlace, signal: AbortSignal) {
    const { payID, requestID, deadlineMs } = call
    const token = tokenOf(storeKey, 'VERIFY', storeID, payID, requestID)
    const fields = { ...common(storeID, place), payID, requestID, token }
    // Never more than 20 s, also when the clock was set back since the deadline was written down.
    const limitMs = Math.min(deadlineMs - now(), verifyLimitMs)
    const answer = await postForm({ url: `${baseUrl}/v1/pos/verify`, fields, limitMs, signal })
    return answer.ok ? readVerify(answer.json, payID, storeKey, zone) : noAnswer(answer.fault)
  }

  async function confirm(call: ConfirmCall, place: TillPlace, signal: AbortSignal) {
    const { payID, requestID, amountMinor, currency } = call
    const amount = platformAmount(amountMinor, currency)
    const token = tokenOf(storeKey, 'CONFIRM', storeID, payID, amount, requestID)
    const fields = { ...common(storeID, place), payID, requestID, amount, token }
    const url = `${baseUrl}/v1/pos/confirm`
    const answer = await postForm({ url, fields, limitMs: confirmLimitMs, signal })
    return answer.ok ? readConfirm(answer.json, payID, storeKey) : noAnswer(answer.fault)
  }

  async function status(payIDs: readonly string[], signal: AbortSignal) {
    const [list, requestID] = [payIDs.join(','), freshID()]
    const token = tokenOf(storeKey, 'STATUS', storeID, list, requestID)
    const fields = { storeID, payIDs: list, requestID, token }
    const answer = await postForm({ url: `${baseUrl}/v1/pos/status`, fields, limitMs: 20_000, signal })
    return answer.ok ? readStatus(answer.json, storeKey, requestID) : noAnswer(answer.fault)
  }

  return {
    verify,
    confirm,
    status,
    async ask(call, place, signal) {
      switch (call.ask) {
        case 'verify':
          return { ask: 'verify', answer: await verify(call, place, signal) }
        case 'confirm':
          return { ask: 'confirm', answer: await confirm(call, place, signal) }
      }
    },
  }
}

function common(storeID: string, { pos, shift, businessDay }: TillPlace) {
  return { storeID, pos, shift, bdate: `${businessDay}000000` }
}

function readVerify(json: unknown, payID: string, key: string, zone: string): LinkAnswer<SlipDetails> {
  const { data: reply } = verifyReply.safeParse(json)
  if (reply === undefined) return noAnswer('unreadable')
  const token = tokenOf(key, 'VERIFY', reply.payID, reply.amount, reply.responseCode)
  if (!isToken(reply.token, token)) return noAnswer('wrongToken')
  if (reply.payID !== payID) return noAnswer('otherRequest')
  if (reply.responseCode === 'DECLINED') return declined(reply.status, reply.responseDesc)
  const amountMinor = isCurrency(reply.currency) ? minorOf(reply.amount, reply.currency) : null
  if (amountMinor === null || amountMinor <= 0 || reply.status !== 'PENDING') return noAnswer('unreadable')
  const details: SlipDetails = {
    merchantID: reply.merchantID,
    merchantName: reply.merchantName,
    merchantRef: reply.merchantRef,
    description: reply.transactionDescription,
    receiptRemarks: reply.receiptRemarks,
    amountMinor,
    currency: reply.currency as Currency, // isCurrency said so, or there would be no amount
    expiresAtMs: readStamp(reply.expiryDate, zone),
  }
  return { kind: 'ok', value: details }
}

function readConfirm(json: unknown, payID: string, key: string): LinkAnswer<Confirmation> {
  const { data: reply } = confirmReply.safeParse(json)
  if (reply === undefined) return noAnswer('unreadable')
  const token = tokenOf(key, 'CONFIRM', reply.payID, reply.status, reply.responseCode)
  if (!isToken(reply.token, token)) return noAnswer('wrongToken')
  if (reply.payID !== payID) return noAnswer('otherRequest')
  if (reply.responseCode === 'DECLINED') return declined(reply.status, reply.responseDesc)
  const { status, authCode, remarks } = reply
  if (status !== 'PAID' && status !== 'POSTED') return noAnswer('unreadable')
  return { kind: 'ok', value: { status, authCode, remarks } }
}

function readStatus(json: unknown, key: string, requestID: string): LinkAnswer<readonly SlipStatusLine[]> {
  const { data: reply } = statusReply.safeParse(json)
  if (reply === undefined) return noAnswer('unreadable')
  const signed = reply.slips.map(({ payID, status }) => payID + status)
  if (!isToken(reply.token, tokenOf(key, 'STATUS', ...signed, requestID))) return noAnswer('wrongToken')
  const lines = reply.slips.map(({ responseDesc: said, ...line }) => ({ ...line, said }))
  return { kind: 'ok', value: lines }
}

function declined(status: SlipStatus, said: string) {
  return { kind: 'declined', reason: reasonOf(status), said } as const
}

/** The slip's status tells why it was turned down. A PENDING slip was turned down by its merchant. */
function reasonOf(status: SlipStatus): DeclineReason {
  switch (status) {
    case 'ERROR':
      return 'unknownSlip'
    case 'EXPIRED':
      return 'expired'
    case 'PAID':
    case 'POSTED':
      return 'alreadyPaid'
    case 'PENDING':
    case 'DECLINED':
      return 'merchantRefused'
  }
}

function noAnswer(fault: LinkFault) {
  return { kind: 'noAnswer', fault } as const
}
