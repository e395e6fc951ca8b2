/** What X and Z reports and the day's overview are made of. All amounts in minor units, with VAT. */
import type { Tender, VatLine } from '../../app/domain/receipt.ts'
import type { Reader, Value } from './database.ts'

/** A shift, or a time from (inclusive) to (exclusive). */
export type Scope = { readonly shiftId: string } | Period

export interface Period {
  readonly fromMs: number
  readonly toMs: number
}

export interface TenderTotal {
  readonly kind: Tender['kind']
  readonly name: string
  readonly count: number
  readonly amountMinor: number
}

/** Completed receipts of a scope, added up. Slips are another's money and stand outside turnover and VAT. */
export interface SalesTotals {
  readonly sales: number
  readonly refunds: number
  readonly canceled: number
  readonly firstNumber: number | null
  readonly lastNumber: number | null
  /** Goods sold, discounts taken off. */
  readonly soldMinor: number
  /** Goods that came back, below zero. */
  readonly returnedMinor: number
  readonly slipsMinor: number
  readonly discountMinor: number
  readonly roundingMinor: number
  /** The highest rate first. */
  readonly vat: readonly VatLine[]
  /** By kind and name; cash is what was handed over, change (below zero) what was given back. */
  readonly tenders: readonly TenderTotal[]
}

interface Where {
  readonly completed: string
  readonly canceled: string
  readonly values: Readonly<Record<string, Value>>
}

function whereOf(scope: Scope): Where {
  if ('shiftId' in scope)
    return {
      completed: 'receipt.shift_id = @shiftId AND receipt.completed_at IS NOT NULL',
      canceled: 'shift_id = @shiftId AND canceled_at IS NOT NULL',
      values: { shiftId: scope.shiftId },
    }
  return {
    completed: 'receipt.completed_at >= @fromMs AND receipt.completed_at < @toMs',
    canceled: 'canceled_at >= @fromMs AND canceled_at < @toMs',
    values: { fromMs: scope.fromMs, toMs: scope.toMs },
  }
}

export function salesTotals(db: Reader, scope: Scope): SalesTotals {
  const where = whereOf(scope)
  return {
    ...receiptTotals(db, where),
    ...rowTotals(db, where),
    vat: vatTotals(db, where),
    tenders: tenderTotals(db, where),
  }
}

type ReceiptTotals = Omit<SalesTotals, 'vat' | 'tenders' | 'soldMinor' | 'returnedMinor' | 'slipsMinor'>

function receiptTotals(db: Reader, { completed, canceled, values }: Where): ReceiptTotals {
  const row = db.one<Omit<ReceiptTotals, 'canceled'>>(
    `SELECT count(*) FILTER (WHERE kind = 'sale') AS sales, count(*) FILTER (WHERE kind = 'refund') AS refunds,
       min(number) AS firstNumber, max(number) AS lastNumber,
       coalesce(sum(discount_minor), 0) AS discountMinor, coalesce(sum(rounding_minor), 0) AS roundingMinor
     FROM receipt WHERE ${completed}`,
    values,
  )
  const gone = db.one<{ canceled: number }>(
    `SELECT count(*) AS canceled FROM receipt WHERE ${canceled}`,
    values,
  )
  const none = {
    sales: 0,
    refunds: 0,
    firstNumber: null,
    lastNumber: null,
    discountMinor: 0,
    roundingMinor: 0,
  }
  return { ...none, ...row, canceled: gone?.canceled ?? 0 }
}

type RowTotals = Pick<SalesTotals, 'soldMinor' | 'returnedMinor' | 'slipsMinor'>

function rowTotals(db: Reader, { completed, values }: Where): RowTotals {
  const row = db.one<RowTotals>(
    `SELECT coalesce(sum(r.net_minor) FILTER (WHERE r.kind <> 'slip' AND r.net_minor > 0), 0) AS soldMinor,
       coalesce(sum(r.net_minor) FILTER (WHERE r.kind <> 'slip' AND r.net_minor < 0), 0) AS returnedMinor,
       coalesce(sum(r.net_minor) FILTER (WHERE r.kind = 'slip'), 0) AS slipsMinor
     FROM receipt CROSS JOIN receipt_row r ON r.receipt_id = receipt.id WHERE ${completed}`,
    values,
  )
  return row ?? { soldMinor: 0, returnedMinor: 0, slipsMinor: 0 }
}

function vatTotals(db: Reader, { completed, values }: Where): readonly VatLine[] {
  return db.all<VatLine>(
    `SELECT v.vat_basis_points AS vatBasisPoints, sum(v.gross_minor) AS grossMinor, sum(v.net_minor) AS netMinor,
       sum(v.vat_minor) AS vatMinor
     FROM receipt CROSS JOIN receipt_vat v ON v.receipt_id = receipt.id WHERE ${completed}
     GROUP BY v.vat_basis_points ORDER BY v.vat_basis_points DESC`,
    values,
  )
}

function tenderTotals(db: Reader, { completed, values }: Where): readonly TenderTotal[] {
  return db.all<TenderTotal>(
    `SELECT t.kind, t.name, count(*) AS count, sum(t.amount_minor) AS amountMinor
     FROM receipt CROSS JOIN receipt_tender t ON t.receipt_id = receipt.id WHERE ${completed}
     GROUP BY t.kind, t.name ORDER BY t.kind, t.name`,
    values,
  )
}

/** Cash that receipts brought into the drawer in a shift, and took out of it. */
export interface DrawerTotals {
  readonly takenMinor: number
  /** Zero or below. */
  readonly changeMinor: number
  /** Cash given back on refund receipts: zero or below. */
  readonly refundedMinor: number
}

export function drawerTotals(db: Reader, shiftId: string): DrawerTotals {
  const row = db.one<DrawerTotals>(
    `SELECT coalesce(sum(t.amount_minor) FILTER (WHERE receipt.kind = 'sale' AND t.kind = 'cash'), 0) AS takenMinor,
       coalesce(sum(t.amount_minor) FILTER (WHERE receipt.kind = 'sale' AND t.kind = 'change'), 0) AS changeMinor,
       coalesce(sum(t.amount_minor) FILTER (WHERE receipt.kind = 'refund'), 0) AS refundedMinor
     FROM receipt CROSS JOIN receipt_tender t ON t.receipt_id = receipt.id
     WHERE receipt.shift_id = ? AND receipt.completed_at IS NOT NULL AND t.kind IN ('cash', 'change')`,
    shiftId,
  )
  return row ?? { takenMinor: 0, changeMinor: 0, refundedMinor: 0 }
}

/** What a till has sold and taken back since its first receipt; a Z report ends with them. */
export interface GrandTotals {
  readonly soldMinor: number
  /** Below zero. */
  readonly returnedMinor: number
}

export function grandTotals(db: Reader): GrandTotals {
  const of = (name: string) =>
    db.one<{ value: number }>('SELECT value FROM counter WHERE name = ?', name)?.value ?? 0
  return { soldMinor: of('soldMinor'), returnedMinor: of('returnedMinor') }
}

export interface HourTotal {
  readonly hour: number
  readonly receipts: number
  readonly totalMinor: number
}

const quarterMs = 15 * 60_000

/** Turnover (slips stand outside it) by the hour of the day that `hourOf`, the shop's clock, puts it in; hours with any. */
export function salesByHour(
  db: Reader,
  period: Period,
  hourOf: (atMs: number) => number,
): readonly HourTotal[] {
  const quarters = db.all<{ quarter: number; receipts: number; totalMinor: number }>(
    `SELECT completed_at / ${quarterMs} AS quarter, count(*) AS receipts, sum(total_minor - coalesce(
       (SELECT sum(net_minor) FROM receipt_row WHERE receipt_id = receipt.id AND kind = 'slip'), 0)) AS totalMinor
     FROM receipt WHERE completed_at >= ? AND completed_at < ? GROUP BY quarter ORDER BY quarter`,
    period.fromMs,
    period.toMs,
  )
  const hours = new Map<number, HourTotal>()
  for (const { quarter, receipts, totalMinor } of quarters) {
    const hour = hourOf(quarter * quarterMs)
    const before = hours.get(hour) ?? { hour, receipts: 0, totalMinor: 0 }
    hours.set(hour, {
      hour,
      receipts: before.receipts + receipts,
      totalMinor: before.totalMinor + totalMinor,
    })
  }
  return [...hours.values()].sort((a, b) => a.hour - b.hour)
}

export interface ArticleTotal {
  readonly articleId: string | null
  readonly name: string
  readonly quantityThousandths: number
  readonly netMinor: number
}

/** What was sold most, by amount. */
export function articleTotals(db: Reader, scope: Scope, limit: number): readonly ArticleTotal[] {
  const { completed, values } = whereOf(scope)
  return db.all<ArticleTotal>(
    `SELECT r.article_id AS articleId, r.name, sum(r.quantity_thousandths) AS quantityThousandths,
       sum(r.net_minor) AS netMinor
     FROM receipt CROSS JOIN receipt_row r ON r.receipt_id = receipt.id WHERE ${completed} AND r.kind <> 'slip'
     GROUP BY coalesce(r.article_id, r.name) ORDER BY netMinor DESC LIMIT @limit`,
    { ...values, limit },
  )
}

/** How many entries of each kind the journal has from this one on: drawers opened, copies printed, prices changed. */
export function journalCountsFrom(db: Reader, fromSeq: number): ReadonlyMap<string, number> {
  const rows = db.all<{ kind: string; count: number }>(
    'SELECT kind, count(*) AS count FROM journal WHERE seq >= ? GROUP BY kind',
    fromSeq,
  )
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}
