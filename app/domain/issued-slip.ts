import type { Currency } from './money.ts'
import type { SlipStatus } from './slip.ts'

/** A slip that this shop has made for a merchant's account, as it stands at the 7-CONNECT server. */
export interface IssuedStage {
  readonly name: SlipStatus
  readonly merchantID: string
  readonly merchantName: string
  readonly merchantRef: string
  readonly description: string
  readonly currency: Currency
  /** Null when the server named none. */
  readonly expiresAtMs: number | null
  /** The server's or the merchant's words about it. */
  readonly said: string
}

/** May its status still change? An expired slip can: a till that had verified it before may still confirm it. */
export function mayChange(name: SlipStatus): boolean {
  return name === 'PENDING' || name === 'PAID' || name === 'EXPIRED'
}

/** An inquiry says UNPAID where the dashboard says PENDING (7-CONNECT merchant guide). */
export function statusOfInquiry(status: 'UNPAID' | 'PAID' | 'POSTED' | 'EXPIRED'): SlipStatus {
  return status === 'UNPAID' ? 'PENDING' : status
}
