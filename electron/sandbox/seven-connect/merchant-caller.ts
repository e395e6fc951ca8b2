import http from 'node:http'
import https from 'node:https'
import { minorOf } from '../../../app/domain/money.ts'
import type { CallMerchant, Merchant, MerchantWord, NotifyType, PaidAt, Slip } from './book-types.ts'
import { platformAmount } from './platform-amount.ts'
import { isSignature, sign } from './signing.ts'

/** A merchant has this long to answer; then the till is told no, or the CONFIRM is sent again later. */
export const merchantLimitMs = 20_000
const largestReplyBytes = 64 * 1024

/** Calls a merchant's service as the merchant guide describes it: a form post, answered in plain text. */
export function merchantCaller(limitMs: number = merchantLimitMs): CallMerchant {
  return async (merchant, type, slip, at) => {
    const sent = await send(merchant.endpoint, formOf(merchant, type, slip, at), limitMs)
    return sent.kind === 'body' ? readReply(sent.body, merchant, type, slip) : sent
  }
}

function formOf(merchant: Merchant, type: NotifyType, slip: Slip, at: PaidAt): string {
  const { merchantRef, payLoad } = slip
  const sevenConnectId = hyphenated(slip.payID)
  const { storeID: store, pos, shift, bdate } = at
  const fields = new URLSearchParams({
    sevenConnectId,
    type,
    merchantRef,
    amount: platformAmount(slip.amountMinor, slip.currency),
    token: sign(merchant.transactionKey, type, merchant.merchantID, merchantRef),
    payLoad,
  })
  if (slip.returnPaymentDetails) {
    fields.set('paymentDetails', JSON.stringify({ payID: sevenConnectId, store, pos, shift, bdate }))
  }
  return fields.toString()
}

/**
 * What a merchant's reply says. Services differ, so much is forgiven: the leading question mark, the order, line
 * ends, a missing type, a VALIDATE signed by either formula, blank fields in a refusal. A success must be ours
 * and signed, and for CONFIRM carry an authCode.
 */
export function readReply(body: string, merchant: Merchant, type: NotifyType, slip: Slip): MerchantWord {
  const fields = new URLSearchParams(body.trim().replace(/^\?/, ''))
  const field = (name: string) => fields.get(name)?.trim() ?? ''
  const [responseCode, authCode] = [field('responseCode').toUpperCase(), field('authCode').slice(0, 20)]
  if (responseCode !== 'SUCCESS' && responseCode !== 'DECLINED') return unclear(type, 'Unreadable reply')
  const isRefusal = responseCode === 'DECLINED'
  const isOurs =
    isSame(field('type').toUpperCase(), type, true) &&
    isSame(field('merchantID'), merchant.merchantID, true) &&
    isSame(field('merchantRef'), slip.merchantRef, isRefusal) &&
    (field('amount') === '' || minorOf(field('amount'), slip.currency) === slip.amountMinor)
  if (!isOurs) return unclear(type, 'A reply to something else')
  if (!isSignature(field('token'), ...acceptedTokens(merchant, type, slip, fields))) {
    return unclear(type, 'A reply with a wrong token')
  }
  if (isRefusal) return { kind: 'refused', said: field('responseDesc').slice(0, 40) || 'Declined' }
  if (type === 'CONFIRM' && authCode === '') return unclear(type, 'A reply without an authCode')
  return { kind: 'accepted', authCode, remarks: field('remarks').slice(0, 160) }
}

function acceptedTokens(merchant: Merchant, type: NotifyType, slip: Slip, fields: URLSearchParams): string[] {
  const { merchantID, transactionKey } = merchant
  const authCode = fields.get('authCode') ?? ''
  const responseCode = fields.get('responseCode') ?? ''
  const refs = [...new Set([slip.merchantRef, fields.get('merchantRef') ?? slip.merchantRef])]
  return refs.flatMap((merchantRef) => {
    const withAuthCode = sign(transactionKey, type, merchantID, merchantRef, authCode, responseCode)
    if (type === 'CONFIRM') return [withAuthCode]
    return [withAuthCode, sign(transactionKey, type, merchantID, merchantRef, responseCode)]
  })
}

function isSame(received: string, expected: string, mayBeBlank: boolean): boolean {
  return received === expected || (mayBeBlank && received === '')
}

function unclear(type: NotifyType, said: string): MerchantWord {
  return { kind: 'silent', said, mayHaveArrived: type === 'CONFIRM' }
}

type Sent = { readonly kind: 'body'; readonly body: string } | (MerchantWord & { readonly kind: 'silent' })

function send(endpoint: string, body: string, limitMs: number): Promise<Sent> {
  const signal = AbortSignal.timeout(limitMs)
  return post(endpoint, body, signal).catch((error: unknown): Sent => {
    if (signal.aborted) return { kind: 'silent', said: 'No answer in time', mayHaveArrived: true }
    const isClosed = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
    return { kind: 'silent', said: 'The merchant’s service is down', mayHaveArrived: !isClosed }
  })
}

function post(endpoint: string, body: string, signal: AbortSignal): Promise<Sent> {
  const { request } = endpoint.startsWith('https:') ? https : http
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: 'POST', headers, agent: false, signal }, (answer) => {
      const status = answer.statusCode ?? 0
      if (status >= 200 && status < 300) {
        read(answer).then((text) => resolve({ kind: 'body', body: text }), reject)
        return
      }
      answer.destroy()
      resolve({ kind: 'silent', said: `The merchant’s service said ${status}`, mayHaveArrived: true })
    })
    call.on('error', reject)
    call.end(body)
  })
}

async function read(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestReplyBytes) throw new Error('the merchant’s reply is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function hyphenated(payID: string): string {
  return payID.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3')
}
