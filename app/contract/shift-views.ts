import type { CashMove, HandSettlement, OpenRefunds } from '../domain/shift.ts'
import type { ParkedView } from './views.ts'

/** The shift that is open now. */
export interface ShiftNowView {
  readonly number: number
  readonly openedAtMs: number
  readonly by: string
  readonly moves: readonly CashMove[]
  /** A drawer hangs on a printer: without one only the key opens it. */
  readonly hasDrawer: boolean
}

/** What has to be done before the shift can be closed. */
export type ClosingHindrance =
  /** SEQR payments have no final answer. */
  | { readonly kind: 'paymentsOpen'; readonly count: number }
  /** A SEQR refund is on its way: its answer comes within seconds. */
  | { readonly kind: 'refundSending' }
  /** The receipt on the sale screen is neither finished nor parked. */
  | { readonly kind: 'receiptOpen' }
  /** A receipt that was put aside is paid in part. */
  | { readonly kind: 'receiptPartlyPaid'; readonly name: string; readonly totalMinor: number }

export interface CountedView {
  readonly countedMinor: number
  readonly expectedMinor: number
  /** Below zero when cash is missing. */
  readonly differenceMinor: number
  /** How many times it has been counted. */
  readonly counts: number
}

/** Everything to know before a shift is closed. */
export interface ClosingView {
  /** Empty when it can be closed. */
  readonly hindrances: readonly ClosingHindrance[]
  /** They go on in the next shift. */
  readonly parked: readonly ParkedView[]
  readonly reservations: { readonly count: number; readonly amountMinor: number }
  /** They are kept over the close. */
  readonly refunds: OpenRefunds
  readonly unsent: { readonly waiting: number; readonly needPerson: number }
  readonly settledByHand: readonly HandSettlement[]
  /** What should be in the drawer; null where it is counted blind and not counted yet. */
  readonly expectedMinor: number | null
  /** The last count, while nothing has moved in the drawer since; else null. */
  readonly counted: CountedView | null
}

/** An X or Z report of the journal. */
export interface ReportLine {
  /** Its entry in the journal. */
  readonly seq: number
  readonly kind: 'x' | 'z'
  readonly number: number
  readonly atMs: number
  readonly by: string
  readonly turnoverMinor: number
  /** Of a Z report: what was counted less what should have been there. */
  readonly differenceMinor: number | null
}
