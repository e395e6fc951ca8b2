/** What the window is shown of refunds. Plain data; money in minor units, times in epoch milliseconds. */
import type { RefundPart } from '../domain/receipt.ts'
import type { RefundDoubt } from '../domain/seqr-refund.ts'

/** A finished sale, and what of it can still come back. */
export interface RefundableView {
  readonly receiptId: string
  readonly number: number
  readonly completedAtMs: number
  readonly cashier: string
  readonly totalMinor: number
  readonly rows: readonly RefundableRowView[]
  /** What the goods that are left come to. */
  readonly leftMinor: number
  readonly sources: readonly MoneySourceView[]
  /** Refunds of it, finished or under way. */
  readonly refunds: readonly {
    readonly receiptId: string
    readonly number: number | null
    readonly atMs: number
    readonly amountMinor: number
  }[]
}

/** A finished sale as it stands in the list to choose from. */
export interface FoundSaleView {
  readonly receiptId: string
  readonly number: number
  readonly atMs: number
  readonly cashier: string
  readonly totalMinor: number
  /** A few of its articles. */
  readonly about: string
}

export interface RefundableRowView {
  readonly id: string
  readonly name: string
  readonly quantityThousandths: number
  readonly unit: string
  readonly unitDecimals: number
  /** All discounts taken off. */
  readonly netMinor: number
  readonly leftThousandths: number
  readonly leftMinor: number
}

/** How it was paid, and how much can go back that way. */
export interface MoneySourceView {
  readonly id: string
  readonly kind: RefundPart['kind']
  readonly name: string
  readonly paidMinor: number
  readonly leftMinor: number
}

export interface RefundPartView {
  readonly source: string
  readonly kind: RefundPart['kind']
  readonly name: string
  readonly amountMinor: number
}

export interface RefundPlanView {
  readonly goodsMinor: number
  /** What the customer gets. */
  readonly moneyMinor: number
  readonly parts: readonly RefundPartView[]
}

export type RefundPhase =
  | 'sending'
  /** It is not known whether the customer got the money back. */
  | 'uncertain'
  | 'refused'
  | 'notSent'
  /** It was uncertain, and turned out not to have happened. */
  | 'notRefunded'
  | 'finished'
  | 'givenUp'

/** A refund under way, or the one that has just been finished. */
export interface RefundView {
  /** Of the refund's own receipt. */
  readonly receiptId: string
  readonly number: number | null
  readonly saleReceiptId: string
  readonly saleNumber: number
  readonly phase: RefundPhase
  /** All that the customer gets. */
  readonly moneyMinor: number
  readonly parts: readonly RefundPartView[]
  readonly cashier: string
  readonly startedAtMs: number
  /** The part that SEQR is asked for now, or was asked for last. */
  readonly seqr: {
    readonly refundId: string
    readonly amountMinor: number
    readonly ofReference: string
    readonly ersReference: string
    readonly startedAtMs: number
    readonly doubt: RefundDoubt | null
    readonly code: number | null
    readonly description: string
  } | null
  /** False once a part of the money has gone back: then the rest has to follow. */
  readonly canGiveUp: boolean
}

export interface RefundsView {
  /** All that are not finished, the oldest first. */
  readonly open: readonly RefundView[]
  /** The one that this till has finished last since it started. */
  readonly last: RefundView | null
}
