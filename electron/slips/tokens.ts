import { createHash, timingSafeEqual } from 'node:crypto'

export type NotifyType = 'VALIDATE' | 'CONFIRM'
export type ResponseCode = 'SUCCESS' | 'DECLINED'

/**
 * A 7-CONNECT token: the lower-case hex SHA-1 of the parts in a row, the key last and between literal braces
 * (7-CONNECT merchant guide; its `sha1(a + b + {key})`).
 */
export function tokenOf(key: string, ...parts: readonly string[]): string {
  return createHash('sha1')
    .update(`${parts.join('')}{${key}}`, 'utf8')
    .digest('hex')
}

/** Compares without telling by its duration how much was right. Upper-case hex counts as the same. */
export function isToken(received: string, expected: string): boolean {
  const [one, other] = [Buffer.from(received.toLowerCase()), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** What a request for a reference is signed with. */
export function referenceToken(key: string, merchantID: string, merchantRef: string): string {
  return tokenOf(key, merchantID, merchantRef)
}

/** What the server signs a new reference with; `payID` as it stands in the reply. */
export function referenceReplyToken(
  key: string,
  reply: { readonly merchantID: string; readonly merchantRef: string; readonly payID: string },
): string {
  return tokenOf(key, reply.merchantID, reply.merchantRef, reply.payID)
}

/** What the server signs its VALIDATE and CONFIRM calls to a merchant with. */
export function notifyToken(key: string, type: NotifyType, merchantID: string, merchantRef: string): string {
  return tokenOf(key, type, merchantID, merchantRef)
}

export type NotifyReply = {
  readonly type: NotifyType
  readonly merchantID: string
  readonly merchantRef: string
  readonly authCode: string
  readonly responseCode: ResponseCode
}

/** Whether a merchant signed this reply. A VALIDATE may be signed with or without the authCode. */
export function isNotifyReplyToken(received: string, key: string, reply: NotifyReply): boolean {
  return notifyReplyTokens(key, reply).some((expected) => isToken(received, expected))
}

/**
 * The tokens that a merchant's reply may carry, the one to write first. The guide's formula for VALIDATE leaves
 * the authCode out, its sample service puts it in.
 */
export function notifyReplyTokens(key: string, reply: NotifyReply): readonly string[] {
  const { type, merchantID, merchantRef, authCode, responseCode } = reply
  const withAuthCode = tokenOf(key, type, merchantID, merchantRef, authCode, responseCode)
  if (type === 'CONFIRM') return [withAuthCode]
  return [tokenOf(key, type, merchantID, merchantRef, responseCode), withAuthCode]
}

/** What an inquiry is signed with. */
export function inquiryToken(key: string, merchantRef: string): string {
  return tokenOf(key, merchantRef)
}

/** What the server signs its answer to an inquiry with. */
export function inquiryReplyToken(
  key: string,
  reply: { readonly merchantRef: string; readonly payID: string; readonly status: string },
): string {
  return tokenOf(key, reply.merchantRef, reply.payID, reply.status)
}
