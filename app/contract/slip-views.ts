/** What the window is shown of 7-CONNECT slips. */
import type { Currency } from '../domain/money.ts'
import type { DeclineReason, SlipStageName, SlipStatus } from '../domain/slip.ts'

/** A slip that was scanned or typed at this till. */
export interface SlipView {
  readonly id: string
  /** 12 digits. */
  readonly payId: string
  readonly phase: SlipStageName
  /** Null until the slip has been verified. */
  readonly amountMinor: number | null
  readonly currency: Currency
  readonly merchantName: string
  readonly merchantRef: string
  readonly description: string
  readonly expiresAtMs: number | null
  /** While it is verified: an answer after this moment is rejected. */
  readonly deadlineMs: number | null
  readonly unverifiedWhy: 'tooLate' | 'noAnswer' | null
  readonly declined: DeclineReason | null
  /** The server's or the merchant's own words about it; empty when there are none. */
  readonly said: string
  /** Which send of the confirm is next, from 1; null unless one is. */
  readonly attempt: number | null
  readonly nextAtMs: number | null
  readonly takenAtMs: number | null
  readonly authCode: string
  readonly changedAtMs: number
  /** Of the receipt it stands on, once that has one. */
  readonly receiptNumber: number | null
  readonly onReceipt: 'none' | 'active' | 'other'
  /** It was here already when its reference was scanned or typed again. */
  readonly knownBefore: boolean
  /** What keeps it off the receipt: another currency, or a verification that no longer holds. */
  readonly notNow: 'otherCurrency' | 'expired' | null
}

export interface MerchantView {
  readonly merchantID: string
  readonly name: string
}

export interface SlipsView {
  /** 7-CONNECT is set up. */
  readonly ready: boolean
  /** The slip whose dialog is open on this till, if any. */
  readonly current: SlipView | null
  /** Cash was taken and nobody has said yes: for a person. */
  readonly work: readonly SlipView[]
  /** Confirms on their way. */
  readonly waiting: readonly SlipView[]
  readonly merchants: readonly MerchantView[]
}

/** Where a listed slip stands: 7-CONNECT's own words, and the till's for what the server has not heard yet. */
export type ListedStatus = SlipStatus | 'CONFIRMING' | 'PERSON' | 'RETURNED'

export interface ListedSlip {
  readonly id: string
  readonly kind: 'taken' | 'issued'
  readonly payId: string
  readonly status: ListedStatus
  readonly amountMinor: number
  readonly currency: Currency
  readonly merchantName: string
  readonly merchantRef: string
  readonly description: string
  readonly atMs: number
  readonly changedAtMs: number
  readonly expiresAtMs: number | null
  readonly authCode: string
  readonly said: string
}

export interface StatusTotal {
  readonly status: ListedStatus
  readonly count: number
  readonly amountMinor: number
}

export interface SlipDay {
  /** `2026-11-21` in the shop's time. */
  readonly day: string
  readonly postedMinor: number
  /** Taken or issued, and neither posted nor gone. */
  readonly openMinor: number
  readonly count: number
}

export interface SlipListView {
  /** The newest first; at most 500. */
  readonly slips: readonly ListedSlip[]
  readonly totals: readonly StatusTotal[]
  /** Every day of the period, the first first. */
  readonly days: readonly SlipDay[]
  /** POSTED only: nothing else is settled. */
  readonly settledMinor: number
  readonly truncated: boolean
}

/** A slip that this till issued, as it is printed and shown for scanning. */
export interface IssuedSlipView {
  readonly id: string
  readonly payId: string
  readonly status: SlipStatus
  readonly amountMinor: number
  readonly currency: Currency
  readonly merchantID: string
  readonly merchantName: string
  readonly merchantRef: string
  readonly description: string
  readonly expiresAtMs: number | null
  readonly createdAtMs: number
  readonly said: string
}

export interface SlipSettingsView {
  /** Address, store and its key come from the environment or the practice server, and cannot be changed here. */
  readonly given: boolean
  readonly baseUrl: string
  readonly storeID: string
  readonly hasStoreKey: boolean
  readonly pos: string
  readonly timeZone: string
  readonly merchants: readonly (MerchantView & { readonly given: boolean })[]
}
