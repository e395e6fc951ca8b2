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
  readonly before?: AccountPlace
  /** Only lines after this one, and the oldest first; null: from the oldest on. */
  readonly after?: AccountPlace | null
}

export type AccountPlace = Pick<SeqrAccountLine, 'atMs' | 'id'>

const payments = `
SELECT p.id, 'payment' AS kind, p.taken_at AS atMs, coalesce(p.booked_minor, p.sent_minor) AS amountMinor,
  coalesce(json_extract(p.stage, '$.ersReference'), '') AS ersReference,
  p.receipt_id AS receiptId, receipt.number AS receiptNumber,
  coalesce(receipt.cashier_name, json_extract(p.invoice, '$.cashierId'), '') AS cashier,
  p.stage_name <> 'paid' AS byHand, p.mode = 'reservation' AS reserved
FROM payment p LEFT JOIN receipt ON receipt.id = p.receipt_id
WHERE p.taken_at >= @fromMs AND p.taken_at < @toMs AND (@terminal IS NULL OR p.terminal_id = @terminal)`

const refunds = `
SELECT r.id, 'refund' AS kind, r.started_at AS atMs, -r.amount_minor AS amountMinor,
  coalesce(r.reference, '') AS ersReference, r.receipt_id AS receiptId, receipt.number AS receiptNumber, r.cashier,
  json_extract(r.body, '$.stage.knownBy') = 'administrator' AS byHand, 0 AS reserved
FROM seqr_refund r LEFT JOIN receipt ON receipt.id = r.receipt_id
WHERE r.started_at >= @fromMs AND r.started_at < @toMs AND r.stage_name = 'refunded'
  AND (@terminal IS NULL OR r.terminal_id = @terminal)`

/** Left out where nothing is searched for: the sums of many years are then quick. */
const matching = (text: string) =>
  text === ''
    ? 'TRUE'
    : `(ersReference LIKE @text ESCAPE '\\' OR cashier LIKE @text ESCAPE '\\' OR CAST(receiptNumber AS TEXT) = @number)`

type LineRow = Omit<SeqrAccountLine, 'byHand' | 'reserved'> & {
  readonly byHand: number
  readonly reserved: number
}

type SumSearch = Omit<AccountSearch, 'limit' | 'before' | 'after'>

function valuesOf({ fromMs, toMs, terminalId, text = '' }: SumSearch): Record<string, Value> {
  const searched = text === '' ? {} : { text: containing(text), number: text }
  return { fromMs, toMs, terminal: terminalId ?? null, ...searched }
}

/** The newest first, or the oldest where `after` is given. Each kind is cut by its own index before they are put together. */
export function seqrAccountLines(db: Reader, search: AccountSearch): readonly SeqrAccountLine[] {
  const { before, after, limit, text = '' } = search
  const [beyond, way] = after === undefined ? ['<', 'DESC'] : ['>', 'ASC']
  const { atMs, id } = before ?? after ?? (after === undefined ? afterAll : beforeAll)
  const order = `ORDER BY atMs ${way}, id ${way} LIMIT @limit`
  const cut = (kind: string) =>
    `SELECT * FROM (SELECT * FROM (${kind}) WHERE (atMs, id) ${beyond} (@atMs, @id) AND ${matching(text)} ${order})`
  return db
    .all<LineRow>(`${cut(payments)} UNION ALL ${cut(refunds)} ${order}`, {
      ...valuesOf(search),
      limit,
      atMs,
      id,
    })
    .map((row) => ({ ...row, byHand: row.byHand === 1, reserved: row.reserved === 1 }))
}

const beforeAll: AccountPlace = { atMs: -1, id: '' }
const afterAll: AccountPlace = { atMs: Number.MAX_SAFE_INTEGER, id: '' }

export interface SeqrAccountSums {
  readonly payments: number
  readonly paidMinor: number
  readonly refunds: number
  /** Zero or below. */
  readonly refundedMinor: number
}

/** What all lines of a search come to. */
export function seqrAccountSums(db: Reader, search: SumSearch): SeqrAccountSums {
  const sumOf = (kind: string) =>
    db.one<{ readonly count: number; readonly sumMinor: number }>(
      `SELECT count(*) AS count, coalesce(sum(amountMinor), 0) AS sumMinor FROM (${kind}) WHERE ${matching(search.text ?? '')}`,
      valuesOf(search),
    )
  const [paid, refunded] = [sumOf(payments), sumOf(refunds)]
  return {
    payments: paid?.count ?? 0,
    paidMinor: paid?.sumMinor ?? 0,
    refunds: refunded?.count ?? 0,
    refundedMinor: refunded?.sumMinor ?? 0,
  }
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
