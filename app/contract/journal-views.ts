/** What the window is shown of the journal, the SEQR account and the day. Money in minor units, times in epoch milliseconds. */
import type { JournalAct, JournalKind } from '../domain/journal-kind.ts'
import type { Receipt, Tender, VatLine } from '../domain/receipt.ts'
import type { PrintJobView } from './views.ts'

/** A receipt, or another entry of the journal, as one line of a list. */
export interface JournalLineView {
  readonly key: string
  /** The entry's place in the journal; null where receipts are listed. */
  readonly seq: number | null
  readonly atMs: number
  readonly kind: JournalKind
  /** What happened, where the kind alone does not say it. */
  readonly act: JournalAct | null
  readonly receiptId: string | null
  readonly receiptNumber: number | null
  /** Below zero when it went out; null when the entry moves no money. */
  readonly amountMinor: number | null
  readonly who: string
  /** Goods, a reason, a reference: what tells it from the others. */
  readonly about: string
}

export interface JournalPage {
  readonly lines: readonly JournalLineView[]
  /** What to ask for the next page with; null when this is the last. */
  readonly next: number | null
}

/** A finished receipt as it stands in the books. */
export interface BookedReceiptView {
  readonly receiptId: string
  readonly number: number
  readonly kind: Receipt['kind']
  readonly atMs: number
  readonly cashier: string
  readonly note: string
  readonly rows: readonly {
    readonly id: string
    readonly name: string
    readonly quantityThousandths: number
    readonly unit: string
    readonly unitDecimals: number
    readonly totalMinor: number
    readonly note: string
  }[]
  readonly discountMinor: number
  readonly totalMinor: number
  readonly roundingMinor: number
  readonly vat: readonly VatLine[]
  readonly tenders: readonly {
    readonly id: string
    readonly kind: Tender['kind']
    readonly name: string
    readonly amountMinor: number
    readonly reference: string
    readonly byHand: boolean
  }[]
  /** The sale that this refund takes back. */
  readonly refundOf: { readonly receiptId: string; readonly number: number } | null
  readonly refunds: readonly {
    readonly receiptId: string
    readonly number: number
    readonly totalMinor: number
  }[]
  /** The newest first. */
  readonly papers: readonly PrintJobView[]
  /** All that the journal says of it, in order. */
  readonly entries: readonly {
    readonly seq: number
    readonly atMs: number
    readonly kind: JournalKind
    readonly hash: string
  }[]
}

/** A payment or refund on the till's own SEQR account. */
export interface AccountLineView {
  readonly id: string
  readonly kind: 'payment' | 'refund'
  readonly atMs: number
  /** Below zero for a refund. */
  readonly amountMinor: number
  readonly ersReference: string
  readonly receiptNumber: number | null
  readonly receiptId: string | null
  readonly cashier: string
  /** An administrator's word stands in the place of SEQR's. */
  readonly byHand: boolean
  readonly reserved: boolean
}

export interface AccountPage {
  readonly lines: readonly AccountLineView[]
  readonly hasMore: boolean
  /** Of all that was searched for, not of this page. */
  readonly sums: {
    readonly payments: number
    readonly paidMinor: number
    readonly refunds: number
    /** Zero or below. */
    readonly refundedMinor: number
  }
}

export interface OverviewHour {
  /** 0 to 23, by the shop's clock. */
  readonly hour: number
  readonly receipts: number
  readonly totalMinor: number
  /** The same hour of the same weekday a week before. */
  readonly weekBeforeMinor: number
}

/** One day of the shop. Slips are another's money and stand outside sales and VAT. */
export interface OverviewView {
  /** `2026-11-21` */
  readonly day: string
  readonly isToday: boolean
  readonly receipts: number
  readonly refunds: number
  readonly totalMinor: number
  readonly averageMinor: number
  readonly discountMinor: number
  readonly slipsMinor: number
  readonly weekBefore: {
    readonly day: string
    readonly receipts: number
    readonly totalMinor: number
    /** Until the same time of day, while the day is not over. */
    readonly comparedMinor: number
  }
  /** Without gaps, from the first to the last hour that has anything; empty when nothing was sold on either day. */
  readonly hours: readonly OverviewHour[]
  /** What stayed in the till or on an account: change is taken off cash. */
  readonly tenders: readonly {
    readonly kind: 'cash' | 'seqr' | 'other'
    readonly name: string
    readonly count: number
    readonly amountMinor: number
  }[]
  /** By amount, at most eight. */
  readonly articles: readonly {
    readonly name: string
    readonly quantityThousandths: number
    readonly netMinor: number
  }[]
  readonly vat: readonly VatLine[]
}
