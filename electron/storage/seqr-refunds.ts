/** SEQR refunds on disk: the stage, who asked for it, how it was settled, and each move. */
import type { Currency } from '../../app/domain/money.ts'
import type { SeqrRefund } from '../../app/domain/seqr-invoice.ts'
import { isOpenRefund } from '../../app/domain/seqr-refund.ts'
import type { RefundEvent, RefundStage, RefundStageName } from '../../app/domain/seqr-refund.ts'
import type { Reader, Value, Writer } from './database.ts'

/** What an administrator decided about a refund without an answer. */
export interface RefundSettlement {
  readonly as: 'refunded' | 'notRefunded'
  readonly reason: string
  readonly evidence: string
  readonly by: string
  readonly atMs: number
}

export interface SeqrRefundRecord {
  readonly id: string
  /** The refund receipt that it pays back. */
  readonly receiptId: string
  readonly ofReceiptId: string
  /** SEQR's reference of the payment that it gives back. */
  readonly ofReference: string
  readonly terminalId: string
  readonly amountMinor: number
  readonly currency: Currency
  /** A person's name. */
  readonly cashier: string
  /** What goes out, kept so that the same is shown after a restart. */
  readonly invoice: SeqrRefund
  readonly stage: RefundStage
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  readonly settledByHand: RefundSettlement | null
}

interface BodyRow {
  readonly body: string
}

const recordOf = ({ body }: BodyRow): SeqrRefundRecord => JSON.parse(body) as SeqrRefundRecord

function columnsOf(record: SeqrRefundRecord): Record<string, Value> {
  const { stage } = record
  return {
    id: record.id,
    receiptId: record.receiptId,
    ofReceiptId: record.ofReceiptId,
    ofReference: record.ofReference,
    terminalId: record.terminalId,
    amountMinor: record.amountMinor,
    cashier: record.cashier,
    stageName: stage.name,
    open: Number(isOpenRefund(stage)),
    reference: stage.name === 'refunded' ? stage.ersReference : null,
    startedAt: record.startedAtMs,
    body: JSON.stringify(record),
  }
}

/** Throws while another refund of the same receipt is open: two at once would pay twice. */
export function insertSeqrRefund(db: Writer, record: SeqrRefundRecord): void {
  db.run(
    `INSERT INTO seqr_refund (id, receipt_id, of_receipt_id, of_reference, terminal_id, amount_minor, cashier,
       stage_name, open, reference, started_at, body)
     VALUES (@id, @receiptId, @ofReceiptId, @ofReference, @terminalId, @amountMinor, @cashier,
       @stageName, @open, @reference, @startedAt, @body)`,
    columnsOf(record),
  )
}

/** Saves where a refund stands, and the move that led there. */
export function saveSeqrRefund(db: Writer, record: SeqrRefundRecord, move: RefundMove): void {
  const { stageName, open, reference, body, id } = columnsOf(record)
  const touched = db.run(
    `UPDATE seqr_refund SET stage_name = @stageName, open = @open, reference = @reference, body = @body
     WHERE id = @id`,
    {
      stageName: stageName ?? '',
      open: open ?? 0,
      reference: reference ?? null,
      body: body ?? '',
      id: id ?? '',
    },
  )
  if (touched !== 1) throw new Error(`There is no refund ${record.id} to save`)
  db.run(
    'INSERT INTO seqr_refund_history (refund_id, at_ms, from_stage, event, to_stage) VALUES (?, ?, ?, ?, ?)',
    [record.id, move.atMs, move.from, JSON.stringify(move.event), move.to],
  )
}

/** One move of a refund: what happened, and between which stages. */
export interface RefundMove {
  readonly atMs: number
  readonly from: RefundStageName
  readonly event: RefundEvent
  readonly to: RefundStageName
}

interface MoveRow {
  readonly at_ms: number
  readonly from_stage: RefundStageName
  readonly event: string
  readonly to_stage: RefundStageName
}

/** In the order it happened. */
export function seqrRefundHistory(db: Reader, refundId: string): readonly RefundMove[] {
  return db
    .all<MoveRow>(
      'SELECT at_ms, from_stage, event, to_stage FROM seqr_refund_history WHERE refund_id = ? ORDER BY id',
      refundId,
    )
    .map((row) => ({
      atMs: row.at_ms,
      from: row.from_stage,
      event: JSON.parse(row.event) as RefundEvent,
      to: row.to_stage,
    }))
}

export function seqrRefundById(db: Reader, id: string): SeqrRefundRecord | null {
  const row = db.one<BodyRow>('SELECT body FROM seqr_refund WHERE id = ?', id)
  return row === undefined ? null : recordOf(row)
}

/** Refunds of which it is not known what became of the money, the oldest first. */
export function openSeqrRefunds(db: Reader): readonly SeqrRefundRecord[] {
  return db
    .all<BodyRow>('SELECT body FROM seqr_refund WHERE open = 1 ORDER BY started_at, rowid')
    .map(recordOf)
}

/** All that was sent for one refund receipt, the oldest first. */
export function seqrRefundsOfReceipt(db: Reader, receiptId: string): readonly SeqrRefundRecord[] {
  return db
    .all<BodyRow>('SELECT body FROM seqr_refund WHERE receipt_id = ? ORDER BY started_at, rowid', receiptId)
    .map(recordOf)
}
