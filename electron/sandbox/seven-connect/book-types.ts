import type { Currency } from '../../../app/domain/money.ts'

/** Minutes after its making that a slip expires when its maker says nothing (7-CONNECT merchant guide). */
export const defaultExpiryMinutes = 2880
/** A merchant that is down at CONFIRM is called again this many times, so far apart. */
export const confirmRetries = 10
export const confirmRetryMs = 10 * 60_000

export type Merchant = {
  readonly merchantID: string
  readonly name: string
  readonly transactionKey: string
  /** Where VALIDATE and CONFIRM are posted. */
  readonly endpoint: string
  /** Off: every slip that is pending may be paid. */
  readonly validates: boolean
  /** Off: a CONFIRM that the merchant does not answer is not sent again. */
  readonly retries: boolean
  readonly currency: Currency
  readonly expiryMinutes: number
}

export type Store = { readonly storeID: string; readonly name: string; readonly storeKey: string }

/** What is kept of a slip. EXPIRED is not kept: it is a pending slip's time running out. */
export type KeptStatus = 'PENDING' | 'PAID' | 'POSTED' | 'DECLINED'
export type SlipStatus = KeptStatus | 'EXPIRED'

export type PaidAt = {
  readonly storeID: string
  readonly pos: string
  readonly shift: string
  readonly bdate: string
}

/** How far telling the merchant has come. */
export type Posting = {
  readonly attempts: number
  /** Null when nothing more is going to be sent. */
  readonly nextAtMs: number | null
  /** An earlier CONFIRM may have reached the merchant without our hearing of it. */
  readonly mayHaveArrived: boolean
}

export type Slip = {
  readonly payID: string
  readonly merchantID: string
  readonly merchantRef: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly description: string
  readonly receiptRemarks: string
  readonly email: string
  readonly phone: string
  readonly payLoad: string
  readonly returnPaymentDetails: boolean
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly status: KeptStatus
  /** Stores that verified it while it could be paid: their confirm counts although it expired since. */
  readonly verifiedBy: readonly string[]
  readonly payment: (PaidAt & { readonly requestID: string; readonly paidAtMs: number }) | null
  readonly posting: Posting | null
  readonly postedAtMs: number | null
  readonly authCode: string
  readonly remarks: string
  /** The latest word about it, for the dashboard and the cashier. */
  readonly said: string
}

/** How a till is answered, before it is signed. ERROR: no such slip. */
export type TillVerdict = {
  readonly responseCode: 'SUCCESS' | 'DECLINED'
  readonly responseDesc: string
  readonly status: SlipStatus | 'ERROR'
}
export type ConfirmVerdict = TillVerdict & { readonly authCode: string; readonly remarks: string }

export type NotifyType = 'VALIDATE' | 'CONFIRM'

/** What the merchant made of a call. Silent: no clear word came, for whatever cause. */
export type MerchantWord =
  | { readonly kind: 'accepted'; readonly authCode: string; readonly remarks: string }
  | { readonly kind: 'refused'; readonly said: string }
  | { readonly kind: 'silent'; readonly said: string; readonly mayHaveArrived: boolean }

export type CallMerchant = (
  merchant: Merchant,
  type: NotifyType,
  slip: Slip,
  at: PaidAt,
) => Promise<MerchantWord>

/** Everything the server remembers, as it is kept in a file. */
export type BookState = {
  readonly slips: readonly Slip[]
  readonly answers: readonly KeptAnswer[]
}
export type KeptAnswer = {
  readonly storeID: string
  readonly requestID: string
  readonly payID: string
  readonly verdict: ConfirmVerdict
}

/** What a made-up slip should be like; the rest is chosen. */
export type DemoSlip = Partial<
  Pick<Slip, 'merchantID' | 'merchantRef' | 'amountMinor' | 'description' | 'receiptRemarks'> & {
    expiresAtMs: number
  }
>
