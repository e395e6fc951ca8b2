/** The account of 7-CONNECT slips: what was taken for others, how far it has come, and the report of what is posted. */
import { stringify } from 'csv-stringify/sync'
import type { Currency } from '../../app/domain/money.ts'
import { decimalOf } from '../../app/domain/money.ts'
import { guarded } from './article-line.ts'
import type { Reader } from './database.ts'
import type { Period } from './reports.ts'
import type { IssuedSlipRecord, NamedStage, SlipRecord } from './slips.ts'
import { issuedOf, slipOf, type IssuedRow, type SlipRow } from './slips.ts'

/** Slips of a stage: how many, and how much. */
export interface StageTotal {
  readonly stage: string
  readonly count: number
  readonly amountMinor: number
}

/** What a shift took for others. The drawer holds it beside the shop's own money. */
export interface SlipTotals {
  /** All cash taken for slips of the shift's receipts, in minor units, given back or not. */
  readonly count: number
  readonly takenMinor: number
  /** The merchant has acknowledged it: this much is settled. */
  readonly postedMinor: number
  /** The server has it, the merchant has not acknowledged yet. */
  readonly paidMinor: number
  /** On its way to the server, or for a person to look at. */
  readonly openMinor: number
  /** Of these taken, what the customer has got back since; a cash movement of the day took it out of the drawer. */
  readonly givenBackMinor: number
}

/** Stages in which the slip's cash has been taken. */
const taken = `('confirming', 'needsPerson', 'paid', 'posted', 'confirmDeclined', 'givenBack')`

/** Slips of a shift's receipts, as they stand now. */
export function slipTotals(db: Reader, shiftId: string): SlipTotals {
  const totals = db.one<SlipTotals>(
    `SELECT count(*) AS count, coalesce(sum(slip.amount_minor), 0) AS takenMinor,
       coalesce(sum(slip.amount_minor) FILTER (WHERE stage_name = 'posted'), 0) AS postedMinor,
       coalesce(sum(slip.amount_minor) FILTER (WHERE stage_name = 'paid'), 0) AS paidMinor,
       coalesce(sum(slip.amount_minor) FILTER
         (WHERE stage_name IN ('confirming', 'needsPerson', 'confirmDeclined')), 0) AS openMinor,
       coalesce(sum(slip.amount_minor) FILTER (WHERE stage_name = 'givenBack'), 0) AS givenBackMinor
     FROM receipt CROSS JOIN slip ON slip.receipt_id = receipt.id
     WHERE receipt.shift_id = ? AND receipt.completed_at IS NOT NULL AND stage_name IN ${taken}`,
    shiftId,
  )
  return totals ?? { count: 0, takenMinor: 0, postedMinor: 0, paidMinor: 0, openMinor: 0, givenBackMinor: 0 }
}

/** Slips whose cash was taken, of those first seen in a period; the newest first. */
export function takenSlips<Stage extends NamedStage>(
  db: Reader,
  { fromMs, toMs }: Period,
  limit: number,
): readonly SlipRecord<Stage>[] {
  return db
    .all<SlipRow>(
      `SELECT * FROM slip WHERE created_at >= ? AND created_at < ? AND stage_name IN ${taken}
       ORDER BY created_at DESC, rowid DESC LIMIT ?`,
      fromMs,
      toMs,
      limit,
    )
    .map((row) => slipOf<Stage>(row))
}

export function issuedSlips<Stage extends NamedStage>(
  db: Reader,
  { fromMs, toMs }: Period,
  limit: number,
): readonly IssuedSlipRecord<Stage>[] {
  return db
    .all<IssuedRow>(
      `SELECT * FROM issued_slip WHERE created_at >= ? AND created_at < ?
       ORDER BY created_at DESC, rowid DESC LIMIT ?`,
      fromMs,
      toMs,
      limit,
    )
    .map((row) => issuedOf<Stage>(row))
}

export function takenSlipTotals(db: Reader, { fromMs, toMs }: Period): readonly StageTotal[] {
  return db.all<StageTotal>(
    `SELECT stage_name AS stage, count(*) AS count, sum(amount_minor) AS amountMinor FROM slip
     WHERE created_at >= ? AND created_at < ? AND stage_name IN ${taken} GROUP BY stage_name`,
    fromMs,
    toMs,
  )
}

export function issuedSlipTotals(db: Reader, { fromMs, toMs }: Period): readonly StageTotal[] {
  return db.all<StageTotal>(
    `SELECT stage_name AS stage, count(*) AS count, sum(amount_minor) AS amountMinor FROM issued_slip
     WHERE created_at >= ? AND created_at < ? GROUP BY stage_name`,
    fromMs,
    toMs,
  )
}

/** Amounts by the quarter of an hour that they were taken or issued in, for a plot in any time zone. */
export interface QuarterTotal {
  readonly fromMs: number
  readonly stage: string
  readonly count: number
  readonly amountMinor: number
}

export function slipQuarters(
  db: Reader,
  table: 'slip' | 'issued_slip',
  { fromMs, toMs }: Period,
): readonly QuarterTotal[] {
  const quarterMs = 15 * 60_000
  const only = table === 'slip' ? `AND stage_name IN ${taken}` : ''
  return db.all<QuarterTotal>(
    `SELECT created_at / ${quarterMs} * ${quarterMs} AS fromMs, stage_name AS stage, count(*) AS count,
       sum(amount_minor) AS amountMinor
     FROM ${table} WHERE created_at >= ? AND created_at < ? ${only} GROUP BY 1, 2 ORDER BY 1`,
    fromMs,
    toMs,
  )
}

/** One line of the report of posted transactions. */
export interface PostedLine {
  readonly postedAt: string
  readonly takenAt: string
  readonly payId: string
  readonly merchantID: string
  readonly merchantName: string
  readonly merchantRef: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly authCode: string
  readonly receiptNumber: number | null
}

/** CSV of posted transactions: UTF-8 with a byte order mark, decimal points, and no cell that runs as a formula. */
export function postedReport(lines: readonly PostedLine[]): string {
  const heading = [
    'posted',
    'taken',
    'reference',
    'merchantID',
    'merchant',
    'merchantRef',
    'amount',
    'currency',
    'authCode',
    'receipt',
  ]
  const rows = lines.map((line) => [
    line.postedAt,
    line.takenAt,
    line.payId,
    line.merchantID,
    line.merchantName,
    line.merchantRef,
    decimalOf(line.amountMinor, line.currency),
    line.currency,
    line.authCode,
    line.receiptNumber === null ? '' : String(line.receiptNumber),
  ])
  return `\uFEFF${stringify([heading, ...rows.map((row) => row.map(guarded))], { record_delimiter: 'windows' })}`
}
