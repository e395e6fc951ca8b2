import type { Currency } from './money.ts'
import { shareOf } from './money.ts'

/** One thousand of these make one whole unit: 1 pcs is 1000, 0.352 kg is 352. */
export const thousandths = 1000

/** A rate or discount of one hundred percent, in basis points. */
export const hundredPercent = 10_000

export type Discount =
  | { readonly kind: 'amount'; readonly amountMinor: number }
  | { readonly kind: 'percent'; readonly basisPoints: number }

/** A 7-CONNECT slip taken as a row: money held for a merchant, so it bears no VAT, discount or return. */
export interface SlipRow {
  readonly slipId: string
  readonly payId: string
  readonly merchantName: string
}

export interface Row {
  readonly id: string
  readonly kind: 'article' | 'open' | 'slip'
  readonly articleId: string | null
  readonly code: string | null
  readonly name: string
  /** Below zero for goods that come back. */
  readonly quantityThousandths: number
  readonly unit: string
  /** Decimals that the unit allows: 0 for pieces, 3 for kilograms. */
  readonly unitDecimals: number
  /** With VAT. */
  readonly unitPriceMinor: number
  /** The catalogue's price when a person has set another one, else null. */
  readonly listPriceMinor: number | null
  readonly vatBasisPoints: number
  readonly discount: Discount | null
  readonly note: string
  readonly slip: SlipRow | null
  /** The row of an earlier receipt that this one takes back. */
  readonly refundOfRowId: string | null
}

export type Tender =
  | {
      readonly id: string
      readonly kind: 'cash'
      /** What the customer handed over. Change is a tender of its own. */
      readonly amountMinor: number
      readonly atMs: number
    }
  | {
      readonly id: string
      readonly kind: 'seqr'
      readonly amountMinor: number
      readonly paymentId: string
      /** SEQR's reference of the payment or refund; empty when an administrator settled it by hand. */
      readonly ersReference: string
      readonly atMs: number
      readonly settledByHand: boolean
    }
  | {
      readonly id: string
      readonly kind: 'other'
      readonly tenderTypeId: string
      readonly name: string
      readonly amountMinor: number
      readonly reference: string
      readonly atMs: number
    }
  | {
      readonly id: string
      /** Cash given back to the customer: always below zero. */
      readonly kind: 'change'
      readonly amountMinor: number
      readonly atMs: number
    }

export type ReceiptState = 'open' | 'parked' | 'completed' | 'canceled'

export interface Person {
  readonly id: string
  readonly name: string
}

export interface RefundOrigin {
  readonly receiptId: string
  readonly number: number
  /** What earlier refunds of the same receipt took back at each rate: VAT is rounded on the sum, never piece by piece. */
  readonly earlier?: readonly EarlierRefunds[]
  /** How the money goes back: settled when the refund began, before any of it was given. */
  readonly parts?: readonly RefundPart[]
}

export interface EarlierRefunds extends Pick<VatLine, 'vatBasisPoints' | 'grossMinor'> {
  /** The tax that they gave back. Left out of refunds that were made before the till kept it. */
  readonly vatMinor?: number
}

/** One way in which a refund's money goes back. */
export interface RefundPart {
  /** `cash`, or the id of what it was paid with: a tender type, or a SEQR payment. */
  readonly source: string
  readonly kind: 'cash' | 'seqr' | 'other'
  readonly name: string
  /** SEQR's reference of the payment that is given back; empty for the others. */
  readonly ofReference: string
  /** What of the goods it pays back, above zero. */
  readonly exactMinor: number
  /** What the customer gets: cash is rounded to coins. */
  readonly amountMinor: number
}

export interface Receipt {
  readonly id: string
  readonly kind: 'sale' | 'refund'
  readonly state: ReceiptState
  readonly currency: Currency
  readonly cashier: Person
  readonly shiftId: string | null
  readonly openedAtMs: number
  readonly rows: readonly Row[]
  readonly discount: Discount | null
  readonly tenders: readonly Tender[]
  /** What cash rounding added to (or took from) the total: tenders add up to total plus this. */
  readonly roundingMinor: number
  readonly note: string
  /** The name it was parked under. */
  readonly parkedAs: string
  /** Gap-free, given on completion. */
  readonly number: number | null
  readonly completedAtMs: number | null
  readonly canceled: { readonly atMs: number; readonly reason: string; readonly by: Person } | null
  readonly refundOf: RefundOrigin | null
}

export function newReceipt(
  start: Pick<Receipt, 'id' | 'currency' | 'cashier' | 'shiftId' | 'openedAtMs'> & Partial<Receipt>,
): Receipt {
  return {
    kind: 'sale',
    state: 'open',
    rows: [],
    discount: null,
    tenders: [],
    roundingMinor: 0,
    note: '',
    parkedAs: '',
    number: null,
    completedAtMs: null,
    canceled: null,
    refundOf: null,
    ...start,
  }
}

/** Quantity times price, before any discount, rounded half away from zero to the minor unit. */
export function grossOf(row: Row): number {
  return shareOf(row.unitPriceMinor, row.quantityThousandths, thousandths)
}

/** What a discount takes off an amount; never more than the amount, and on the amount's own side of zero. */
export function discountOn(amountMinor: number, discount: Discount | null): number {
  if (discount === null) return 0
  const off =
    discount.kind === 'percent'
      ? shareOf(Math.abs(amountMinor), discount.basisPoints, hundredPercent)
      : discount.amountMinor
  const capped = Math.min(off, Math.abs(amountMinor))
  return amountMinor < 0 && capped !== 0 ? -capped : capped
}

/** What a row comes to after its own discount, before the receipt's. */
export function rowTotal(row: Row): number {
  const gross = grossOf(row)
  return gross - discountOn(gross, row.discount)
}

/**
 * Splits an amount over weights so that the parts add up to it exactly: each gets its share rounded down, and the
 * minor units left over go to the largest remainders, the first of equals first.
 */
export function spread(amountMinor: number, weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => BigInt(amountMinor) * BigInt(weight))
  const base = BigInt(whole)
  const parts = exact.map((share) => Number(share / base))
  const left = amountMinor - parts.reduce((sum, part) => sum + part, 0)
  const order = exact
    .map((share, index) => ({ index, remainder: share % base }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

/** May a discount on the whole receipt touch this row? Slips and goods coming back are left alone. */
function sharesReceiptDiscount(row: Row): boolean {
  return row.kind !== 'slip' && rowTotal(row) > 0
}

/** What the receipt's own discount comes to, in minor units, zero or above. */
export function receiptDiscount(receipt: Receipt): number {
  const base = receipt.rows.filter(sharesReceiptDiscount).reduce((sum, row) => sum + rowTotal(row), 0)
  return discountOn(base, receipt.discount)
}

/** Each row's amount after its own and its share of the receipt's discount: they add up to {@link totalOf}. */
export function netRows(receipt: Receipt): readonly { readonly row: Row; readonly netMinor: number }[] {
  const weights = receipt.rows.map((row) => (sharesReceiptDiscount(row) ? rowTotal(row) : 0))
  const off = spread(receiptDiscount(receipt), weights)
  return receipt.rows.map((row, index) => ({ row, netMinor: rowTotal(row) - (off[index] ?? 0) }))
}

/** What the receipt comes to with VAT, before cash rounding. Below zero when more comes back than is sold. */
export function totalOf(receipt: Receipt): number {
  return receipt.rows.reduce((sum, row) => sum + rowTotal(row), 0) - receiptDiscount(receipt)
}

/** How much goes over the counter in all, both ways, before any discount. Money adds up exactly while this is held small. */
export function sizeOf(receipt: Receipt): number {
  return receipt.rows.reduce((sum, row) => sum + Math.abs(grossOf(row)), 0)
}

/** What has been paid so far, change taken off. */
export function paidOf(receipt: Receipt): number {
  return receipt.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0)
}

/** What is left to pay; below zero when the customer has money to come back. */
export function leftToPay(receipt: Receipt): number {
  return totalOf(receipt) + receipt.roundingMinor - paidOf(receipt)
}

export function seqrPaidOf(receipt: Receipt): number {
  return receipt.tenders.reduce((sum, tender) => sum + (tender.kind === 'seqr' ? tender.amountMinor : 0), 0)
}

/** What the receipt takes for others: its slips, in minor units. */
export function slipsOf(receipt: Receipt): number {
  return receipt.rows.reduce((sum, row) => sum + (row.kind === 'slip' ? rowTotal(row) : 0), 0)
}

/**
 * What of the rest may be paid otherwise than in cash: a slip is cash for another (7-CONNECT), so only goods may be
 * paid by SEQR or other tenders. Below zero when more than the goods has been paid without cash.
 */
export function leftWithoutCash(receipt: Receipt): number {
  const slips = slipsOf(receipt)
  const left = leftToPay(receipt)
  if (slips === 0) return left
  const cashless = receipt.tenders.reduce(
    (sum, { kind, amountMinor }) => (kind === 'seqr' || kind === 'other' ? sum + amountMinor : sum),
    0,
  )
  return Math.min(left, Math.max(0, totalOf(receipt) - slips) - cashless)
}

export interface VatLine {
  readonly vatBasisPoints: number
  /** With VAT. */
  readonly grossMinor: number
  readonly netMinor: number
  readonly vatMinor: number
}

/** VAT is held in the prices: from an amount with VAT, the tax in it, rounded half away from zero. */
export function vatIn(grossMinor: number, vatBasisPoints: number): number {
  return shareOf(grossMinor, vatBasisPoints, hundredPercent + vatBasisPoints)
}

/** A refund gives back the tax of all refunds so far less that of the ones before: the last one leaves nothing over. */
function vatOf({ refundOf }: Receipt, vatBasisPoints: number, grossMinor: number): number {
  const earlier = refundOf?.earlier?.find((line) => line.vatBasisPoints === vatBasisPoints)
  const before = earlier?.grossMinor ?? 0
  return (earlier?.vatMinor ?? vatIn(before, vatBasisPoints)) - vatIn(before - grossMinor, vatBasisPoints)
}

/** The VAT table: one line a rate, the highest rate first. Slips are another's money and stand outside it. */
export function vatTable(receipt: Receipt): readonly VatLine[] {
  const gross = new Map<number, number>()
  for (const { row, netMinor } of netRows(receipt)) {
    if (row.kind === 'slip') continue
    gross.set(row.vatBasisPoints, (gross.get(row.vatBasisPoints) ?? 0) + netMinor)
  }
  return [...gross]
    .sort(([a], [b]) => b - a)
    .map(([vatBasisPoints, grossMinor]) => {
      const vatMinor = vatOf(receipt, vatBasisPoints, grossMinor)
      return { vatBasisPoints, grossMinor, netMinor: grossMinor - vatMinor, vatMinor }
    })
}
