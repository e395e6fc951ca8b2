/** The SEQR account: every payment that the till holds as paid and every refund it holds as made, whatever receipt they are on. */
import type { AccountLine, OpenQuestion } from '../../app/domain/reconcile.ts'
import type { Reader, Value } from './database.ts'
import { containing } from './database.ts'
import type { Period } from './reports.ts'

/** One line of the account. `atMs` is when the money moved, as near as the till knows. */
export interface SeqrAccountLine extends Omit<AccountLine, 'receiptId'> {
  readonly receiptId: string | null
  /** A word of an administrator stands in the place of SEQR's. */
  readonly byHand: boolean
  /** The payment was reserved first. */
  readonly reserved: boolean
}

export interface AccountSearch extends Period {
  /** Only this terminal's. */
  readonly terminalId?: string
  /** A part of the reference or of the cashier's name, or the receipt's number. */
  readonly text?: string
  readonly limit: number
  /** Only lines before this one, the last of the page before. */
  readonly before?: Pick<SeqrAccountLine, 'atMs' | 'id'>
}

/** A reservation is taken this long after it began, at most. */
const longestMs = 32 * 24 * 3_600_000

const lines = `
SELECT p.id, 'payment' AS kind,
  CASE WHEN p.stage_name = 'paid'
    THEN coalesce((SELECT max(at_ms) FROM payment_history WHERE payment_id = p.id AND to_stage = 'paid'), p.started_at)
    ELSE p.started_at END AS atMs,
  coalesce(p.booked_minor, p.sent_minor) AS amountMinor,
  coalesce(json_extract(p.stage, '$.ersReference'), '') AS ersReference,
  p.receipt_id AS receiptId, receipt.number AS receiptNumber,
  coalesce(receipt.cashier_name, json_extract(p.invoice, '$.cashierId'), '') AS cashier,
  p.stage_name <> 'paid' AS byHand, p.mode = 'reservation' AS reserved
FROM payment p LEFT JOIN receipt ON receipt.id = p.receipt_id
WHERE p.started_at >= @fromMs - ${longestMs} AND p.started_at < @toMs AND (@terminal IS NULL OR p.terminal_id = @terminal)
  AND (p.stage_name = 'paid' OR json_extract(p.settled_by_hand, '$.as') = 'paid')
UNION ALL
SELECT r.id, 'refund', r.started_at, -r.amount_minor, coalesce(r.reference, ''), r.receipt_id, receipt.number, r.cashier,
  json_extract(r.body, '$.stage.knownBy') = 'administrator', 0
FROM seqr_refund r LEFT JOIN receipt ON receipt.id = r.receipt_id
WHERE r.started_at >= @fromMs AND r.started_at < @toMs AND r.stage_name = 'refunded'
  AND (@terminal IS NULL OR r.terminal_id = @terminal)`

type LineRow = Omit<SeqrAccountLine, 'byHand' | 'reserved'> & {
  readonly byHand: number
  readonly reserved: number
}

function valuesOf({
  fromMs,
  toMs,
  terminalId,
  text = '',
}: Omit<AccountSearch, 'limit'>): Record<string, Value> {
  return { fromMs, toMs, terminal: terminalId ?? null, text: containing(text), number: text }
}

const matching = `atMs >= @fromMs AND atMs < @toMs
  AND (@text = '%%' OR ersReference LIKE @text ESCAPE '\\' OR cashier LIKE @text ESCAPE '\\'
    OR CAST(receiptNumber AS TEXT) = @number)`

/** The newest first. */
export function seqrAccountLines(db: Reader, search: AccountSearch): readonly SeqrAccountLine[] {
  const { before, limit } = search
  return db
    .all<LineRow>(
      `SELECT * FROM (${lines}) WHERE ${matching} AND (atMs, id) < (@beforeMs, @beforeId)
       ORDER BY atMs DESC, id DESC LIMIT @limit`,
      {
        ...valuesOf(search),
        limit,
        beforeMs: before?.atMs ?? Number.MAX_SAFE_INTEGER,
        beforeId: before?.id ?? '',
      },
    )
    .map((row) => ({ ...row, byHand: row.byHand === 1, reserved: row.reserved === 1 }))
}

export interface SeqrAccountSums {
  readonly payments: number
  readonly paidMinor: number
  readonly refunds: number
  /** Zero or below. */
  readonly refundedMinor: number
}

/** What all lines of a search come to. */
export function seqrAccountSums(
  db: Reader,
  search: Omit<AccountSearch, 'limit' | 'before'>,
): SeqrAccountSums {
  const sums = db.one<SeqrAccountSums>(
    `SELECT count(*) FILTER (WHERE kind = 'payment') AS payments,
       coalesce(sum(amountMinor) FILTER (WHERE kind = 'payment'), 0) AS paidMinor,
       count(*) FILTER (WHERE kind = 'refund') AS refunds,
       coalesce(sum(amountMinor) FILTER (WHERE kind = 'refund'), 0) AS refundedMinor
     FROM (${lines}) WHERE ${matching}`,
    valuesOf(search),
  )
  return sums ?? { payments: 0, paidMinor: 0, refunds: 0, refundedMinor: 0 }
}

/**
 * Payments that the till holds as not paid without SEQR having said so: settled by hand, or refused after an answer
 * had got lost. The reconciliation report may know better.
 */
export function doubtfulPayments(
  db: Reader,
  { fromMs, toMs }: Period,
  terminalId: string,
): readonly OpenQuestion[] {
  return db.all<OpenQuestion>(
    `SELECT p.id, p.started_at AS atMs, p.sent_minor AS amountMinor, p.receipt_id AS receiptId,
       coalesce(receipt.cashier_name, json_extract(p.invoice, '$.cashierId'), '') AS cashier
     FROM payment p LEFT JOIN receipt ON receipt.id = p.receipt_id
     WHERE p.started_at >= ? AND p.started_at < ? AND p.terminal_id = ? AND p.stage_name <> 'paid'
       AND (json_extract(p.settled_by_hand, '$.as') = 'notPaid'
         OR (p.stage_name = 'refused' AND json_extract(p.stage, '$.mayExist') = 1))
     ORDER BY p.started_at, p.rowid`,
    fromMs,
    toMs,
    terminalId,
  )
}
