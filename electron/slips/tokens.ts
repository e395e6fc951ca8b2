import { createHash, timingSafeEqual } from 'node:crypto'

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
