import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'

const cost = { N: 2 ** 15, r: 8, p: 1 }
const hashBytes = 32

/** A salted scrypt hash of a PIN, about 50 ms of work: `scrypt$32768$8$1$salt$hash`. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Whether the PIN is the one that was hashed. A stored text that is no hash fits no PIN. */
export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const [name, n, r, p, salt, hash] = stored.split('$')
  if (name !== 'scrypt' || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64')
  const [N, blocks, lanes] = [Number(n), Number(r), Number(p)]
  if (expected.length !== hashBytes || N > 2 ** 20 || blocks > 32 || lanes > 16) return false
  try {
    const found = await derive(pin, Buffer.from(salt, 'base64'), { N, r: blocks, p: lanes })
    return timingSafeEqual(found, expected)
  } catch {
    return false
  }
}

function derive(pin: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(pin.normalize('NFKC'), salt, hashBytes, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    )
  })
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** A new password for a SEQR terminal: 24 letters and digits out of 57, 139 bits. Nobody ever types it. */
export function newTerminalPassword(): string {
  return Array.from({ length: 24 }, () => letters.charAt(randomInt(letters.length))).join('')
}
