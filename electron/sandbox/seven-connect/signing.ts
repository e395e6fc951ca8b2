import { createHash, timingSafeEqual } from 'node:crypto'

/** `sha1(a + b + {key})` in lower-case hex, the braces being part of it (7-CONNECT merchant guide). */
export function sign(key: string, ...parts: readonly string[]): string {
  return createHash('sha1').update(parts.join('')).update(`{${key}}`).digest('hex')
}

export function isSignature(received: string, ...accepted: readonly string[]): boolean {
  const given = Buffer.from(received.trim().toLowerCase())
  return accepted.some((each) => {
    const right = Buffer.from(each)
    return right.length === given.length && timingSafeEqual(right, given)
  })
}
