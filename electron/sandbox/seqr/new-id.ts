import { randomBytes, randomInt } from 'node:crypto'
import type { IdKind } from './book-state.ts'

/** References that look like SEQR's: 32 hex digits for a terminal, 25 digits that begin with the time for money. */
export function newSandboxId(kind: IdKind, nowMs: number): string {
  switch (kind) {
    case 'terminal':
      return randomBytes(16).toString('hex')
    case 'invoice':
      return `${nowMs}${digits(4)}`
    case 'period':
      return randomBytes(8).toString('hex')
    case 'payment':
    case 'refund':
    case 'request':
      return new Date(nowMs).toISOString().replaceAll(/\D/g, '') + digits(8)
  }
}

function digits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, '0')
}
