/**
 * What may be given back of a finished receipt, and how: all of it worked out from the receipt as it was stored, its
 * discounts, VAT and rounding as they were sold, so that pieces add up to what was paid, to the minor unit.
 */
import { roundToCash } from './cash.ts'
import { shareOf } from './money.ts'
import type { EarlierRefunds, Person, Receipt, RefundPart, Row } from './receipt.ts'
import { netRows, newReceipt, rowTotal, slipsOf, thousandths, totalOf, vatTable } from './receipt.ts'

/** One row of the sale, and what is left of it. Amounts are above zero or zero, all discounts taken off. */
export interface RefundableRow {
  readonly row: Row
  readonly netMinor: number
  readonly refundedThousandths: number
  readonly refundedMinor: number
  readonly leftThousandths: number
  readonly leftMinor: number
}

/** One way in which the sale was paid, and what it can still give back. */
export interface MoneySource {
  /** `cash`, or the id of the tender type or SEQR payment. */
  readonly id: string
  readonly kind: RefundPart['kind']
  readonly name: string
  /** SEQR's reference of the payment; empty for the others. */
  readonly ofReference: string
  readonly paidMinor: number
  readonly leftMinor: number
}

/** A row and how much of it comes back, above zero. */
export interface ChosenRow {
  readonly rowId: string
  readonly quantityThousandths: number
}

export type RefundFault =
  | 'notASale'
  | 'nothingChosen'
  | 'unknownRow'
  | 'tooManyDecimals'
  | 'moreThanLeft'
  /** Goods were exchanged on the receipt: less was paid than these rows come to. */
  | 'moreThanPaid'
  /** This source cannot give back the amount. */
  | 'sourceTooSmall'

/** A sale, and every refund of it that was finished or is under way. */
export interface Refunded {
  readonly sale: Receipt
  readonly refunds: readonly Receipt[]
}

/** The refunds that count: those that were given up take nothing. */
function counting({ refunds }: Refunded): readonly Receipt[] {
  return refunds.filter(({ state }) => state !== 'canceled')
}

/** Every row that can come back. Slips cannot (7-CONNECT: the store does not refund), nor goods that came back already. */
export function refundableRows(refunded: Refunded): readonly RefundableRow[] {
  const back = counting(refunded).flatMap(({ rows }) => rows)
  return netRows(refunded.sale)
    .filter(({ row, netMinor }) => row.kind !== 'slip' && row.quantityThousandths > 0 && netMinor >= 0)
    .map(({ row, netMinor }) => {
      const own = back.filter(({ refundOfRowId }) => refundOfRowId === row.id)
      const refundedThousandths = own.reduce((sum, one) => sum - one.quantityThousandths, 0)
      const refundedMinor = own.reduce((sum, one) => sum - rowTotal(one), 0)
      const leftThousandths = row.quantityThousandths - refundedThousandths
      return {
        row,
        netMinor,
        refundedThousandths,
        refundedMinor,
        leftThousandths,
        leftMinor: netMinor - refundedMinor,
      }
    })
}

/** What a part of a row gives back: its share of what all pieces so far come to, less what the ones before got. */
export function shareOfRow(of: RefundableRow, quantityThousandths: number): number {
  if (quantityThousandths === of.leftThousandths) return of.leftMinor
  const upTo = of.refundedThousandths + quantityThousandths
  return Math.max(0, shareOf(of.netMinor, upTo, of.row.quantityThousandths) - of.refundedMinor)
}

/**
 * What the goods of the sale came to, and what was paid for them; slips are left out. Where slips were paid along with
 * them the rounding was of both, and stays where it is: goods that come back are rounded by themselves.
 */
function goodsOf(sale: Receipt): { readonly goodsMinor: number; readonly moneyMinor: number } {
  const slips = slipsOf(sale)
  const goodsMinor = totalOf(sale) - slips
  return { goodsMinor, moneyMinor: slips === 0 ? goodsMinor + sale.roundingMinor : goodsMinor }
}

const partsOf = (refunded: Refunded): readonly RefundPart[] =>
  counting(refunded).flatMap(({ refundOf }) => refundOf?.parts ?? [])

/** What of the goods, and of the money that was paid for them, can still come back. */
export function leftToRefund(refunded: Refunded): {
  readonly goodsMinor: number
  readonly moneyMinor: number
} {
  const { goodsMinor, moneyMinor } = goodsOf(refunded.sale)
  const goodsBack = counting(refunded).reduce((sum, refund) => sum - totalOf(refund), 0)
  const moneyBack = partsOf(refunded).reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return { goodsMinor: Math.max(0, goodsMinor - goodsBack), moneyMinor: Math.max(0, moneyMinor - moneyBack) }
}

/**
 * How the sale was paid, in the order in which money goes back: SEQR, what else was tendered, cash last. A SEQR payment
 * that an administrator settled without a reference cannot be given back through SEQR: it counts as cash.
 */
export function moneySources(refunded: Refunded): readonly MoneySource[] {
  const { sale } = refunded
  const paid = new Map<string, Omit<MoneySource, 'leftMinor'>>()
  const add = (source: Omit<MoneySource, 'leftMinor'>) => {
    const before = paid.get(source.id)
    paid.set(source.id, { ...source, paidMinor: source.paidMinor + (before?.paidMinor ?? 0) })
  }
  const cash = { id: 'cash', kind: 'cash', name: '', ofReference: '' } as const
  for (const tender of sale.tenders) {
    const paidMinor = tender.amountMinor
    if (tender.kind === 'seqr' && tender.ersReference !== '')
      add({ id: tender.paymentId, kind: 'seqr', name: 'SEQR', ofReference: tender.ersReference, paidMinor })
    else if (tender.kind === 'other')
      add({ id: tender.tenderTypeId, kind: 'other', name: tender.name, ofReference: '', paidMinor })
    else add({ ...cash, paidMinor })
  }
  const slips = slipsOf(sale)
  if (slips !== 0) add({ ...cash, paidMinor: -slips })
  const back = partsOf(refunded)
  return order
    .flatMap((kind) => [...paid.values()].filter((source) => source.kind === kind && source.paidMinor > 0))
    .map((source) => {
      const given = back.filter((part) => part.source === source.id)
      const givenMinor = given.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      return { ...source, leftMinor: Math.max(0, source.paidMinor - givenMinor) }
    })
}

const order = ['seqr', 'other', 'cash'] as const

export interface RefundRequest extends Refunded {
  readonly chosen: readonly ChosenRow[]
  /** The id of the source that gives back first; null for the usual order. */
  readonly first: string | null
}

export type RefundPlan =
  | {
      readonly ok: true
      /** What the goods come to, above or equal to zero. */
      readonly goodsMinor: number
      /** What the customer gets in all. */
      readonly moneyMinor: number
      readonly rows: readonly {
        readonly of: RefundableRow
        readonly quantityThousandths: number
        readonly amountMinor: number
      }[]
      readonly parts: readonly RefundPart[]
    }
  | { readonly ok: false; readonly reason: RefundFault }

const no = (reason: RefundFault): RefundPlan => ({ ok: false, reason })

/** What a refund of these rows gives back, and in which ways. Never more than what is left, of goods or of money. */
export function planRefund(request: RefundRequest): RefundPlan {
  const { sale, chosen } = request
  if (sale.kind !== 'sale' || sale.state !== 'completed') return no('notASale')
  const picked = chosen.filter(({ quantityThousandths }) => quantityThousandths !== 0)
  if (picked.length === 0 || new Set(picked.map(({ rowId }) => rowId)).size < picked.length)
    return no('nothingChosen')
  const rows = refundableRows(request)
  const taken: { of: RefundableRow; quantityThousandths: number; amountMinor: number }[] = []
  for (const { rowId, quantityThousandths } of picked) {
    const of = rows.find(({ row }) => row.id === rowId)
    if (of === undefined) return no('unknownRow')
    if (quantityThousandths < 0 || quantityThousandths > of.leftThousandths) return no('moreThanLeft')
    const step = 10 ** (3 - of.row.unitDecimals)
    if (quantityThousandths % step !== 0 && quantityThousandths !== of.leftThousandths)
      return no('tooManyDecimals')
    taken.push({ of, quantityThousandths, amountMinor: shareOfRow(of, quantityThousandths) })
  }
  const goodsMinor = taken.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const left = leftToRefund(request)
  if (goodsMinor > left.goodsMinor) return no('moreThanPaid')
  const parts = partsFor(request, goodsMinor, left)
  const moneyMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return { ok: true, goodsMinor, moneyMinor, rows: taken, parts }
}

/**
 * Splits what is to be given back over the sources. The piece that takes the last of the goods gives back exactly the
 * money that is left; the ones before it give what their goods came to, cash rounded on the sum of all cash so far.
 */
function partsFor(
  request: RefundRequest,
  goodsMinor: number,
  left: ReturnType<typeof leftToRefund>,
): readonly RefundPart[] {
  const isLast = goodsMinor === left.goodsMinor
  const { first } = request
  const sources = [...moneySources(request)].sort((a, b) => Number(b.id === first) - Number(a.id === first))
  const parts: RefundPart[] = []
  let rest = isLast ? left.moneyMinor : Math.min(goodsMinor, left.moneyMinor)
  for (const { id, kind, name, ofReference, leftMinor } of sources) {
    const exactMinor = Math.min(leftMinor, rest)
    if (exactMinor <= 0) continue
    rest -= exactMinor
    const amountMinor = kind === 'cash' ? cashFor(request, exactMinor, isLast) : exactMinor
    parts.push({ source: id, kind, name, ofReference, exactMinor, amountMinor })
  }
  return parts.filter(({ exactMinor, amountMinor }) => exactMinor > 0 || amountMinor > 0)
}

/** Cash in coins: rounded on all cash given back of this sale, so that small pieces do not gather what was never paid. */
function cashFor(refunded: Refunded, exactMinor: number, isLast: boolean): number {
  const { currency } = refunded.sale
  if (isLast) return roundToCash(exactMinor, currency)
  const before = partsOf(refunded).filter(({ kind }) => kind === 'cash')
  const exactBefore = before.reduce((sum, part) => sum + part.exactMinor, 0)
  const paidBefore = before.reduce((sum, part) => sum + part.amountMinor, 0)
  return Math.max(0, roundToCash(exactBefore + exactMinor, currency) - paidBefore)
}

export interface RefundStart {
  readonly id: string
  readonly cashier: Person
  readonly shiftId: string | null
  readonly openedAtMs: number
  readonly newRowId: () => string
}

/** The refund's own receipt: goods that come back, nothing tendered yet. */
export function refundReceipt(
  refunded: Refunded,
  plan: RefundPlan & { ok: true },
  start: RefundStart,
): Receipt {
  const { sale } = refunded
  const rows = plan.rows.map(({ of, quantityThousandths, amountMinor }) =>
    rowBack(of.row, start.newRowId(), quantityThousandths, amountMinor),
  )
  return newReceipt({
    id: start.id,
    kind: 'refund',
    currency: sale.currency,
    cashier: start.cashier,
    shiftId: start.shiftId,
    openedAtMs: start.openedAtMs,
    rows,
    roundingMinor: plan.goodsMinor - plan.moneyMinor,
    refundOf: {
      receiptId: sale.id,
      number: sale.number ?? 0,
      earlier: refundedByRate(refunded),
      parts: plan.parts,
    },
  })
}

/** What earlier refunds have taken back at each rate, and the tax of it, as it stands on them. */
function refundedByRate(refunded: Refunded): readonly EarlierRefunds[] {
  const earlier = new Map<number, EarlierRefunds & { readonly vatMinor: number }>()
  for (const { vatBasisPoints, grossMinor, vatMinor } of counting(refunded).flatMap(vatTable)) {
    const before = earlier.get(vatBasisPoints) ?? { grossMinor: 0, vatMinor: 0 }
    earlier.set(vatBasisPoints, {
      vatBasisPoints,
      grossMinor: before.grossMinor - grossMinor,
      vatMinor: before.vatMinor - vatMinor,
    })
  }
  return [...earlier.values()]
}

/**
 * A row that comes to exactly this much below zero: its price as it was sold, and what was off that price as a discount.
 * Where shares of a minor unit make it come to more than its price, the price is a little higher.
 */
function rowBack(row: Row, id: string, quantityThousandths: number, amountMinor: number): Row {
  const atPrice = shareOf(row.unitPriceMinor, quantityThousandths, thousandths)
  const unitPriceMinor =
    atPrice >= amountMinor ? row.unitPriceMinor : Math.ceil((amountMinor * thousandths) / quantityThousandths)
  const grossMinor = shareOf(unitPriceMinor, quantityThousandths, thousandths)
  const offMinor = grossMinor - amountMinor
  return {
    ...row,
    id,
    quantityThousandths: -quantityThousandths,
    unitPriceMinor,
    listPriceMinor: null,
    discount: offMinor === 0 ? null : { kind: 'amount', amountMinor: offMinor },
    note: '',
    refundOfRowId: row.id,
  }
}

/** The refund with its parts given otherwise: what SEQR would not take back goes back in cash. */
export function withPartInCash(refund: Receipt, source: string): Receipt {
  const { refundOf } = refund
  if (refundOf?.parts === undefined) return refund
  const parts = refundOf.parts.map((part): RefundPart =>
    part.source === source
      ? {
          source: 'cash',
          kind: 'cash',
          name: '',
          ofReference: '',
          exactMinor: part.exactMinor,
          amountMinor: roundToCash(part.amountMinor, refund.currency),
        }
      : part,
  )
  const moneyMinor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return { ...refund, roundingMinor: -totalOf(refund) - moneyMinor, refundOf: { ...refundOf, parts } }
}
