import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may see the kiosk's register: whoever opened an address with a fresh ticket, and carries the cookie since. */
export interface Gate {
  /** A new one-time ticket for an address. Only the eight youngest unused ones are good. */
  ticket(): string
  /** The cookie's value for a good ticket, which is good no longer; null for any other text. */
  admit(ticket: string): string | null
  /** Whether a request's Cookie header holds a cookie that this gate gave out. */
  knows(cookieHeader: string | undefined): boolean
}

const mostTickets = 8

export function openGate(cookieName: string): Gate {
  const tickets: string[] = []
  const pass = secret()
  return {
    ticket() {
      const ticket = secret()
      tickets.push(ticket)
      if (tickets.length > mostTickets) tickets.shift()
      return ticket
    },
    admit(ticket) {
      const at = tickets.findIndex((good) => isSame(good, ticket))
      if (at === -1) return null
      tickets.splice(at, 1)
      return pass
    },
    knows: (header) => cookiesNamed(cookieName, header).some((value) => isSame(value, pass)),
  }
}

/** 256 random bits, in letters that an address may have. */
export function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares in the same time wherever the two differ. */
export function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function cookiesNamed(name: string, header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
