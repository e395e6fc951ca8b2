import type { Currency } from '../../app/domain/money.ts'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import { holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import type { PaymentEvent, PaymentMode, Stage, StageName } from '../../app/domain/seqr-payment.ts'
import type { Reader, Value, Writer } from './database.ts'

/** What an administrator decided about a payment without a final answer. It stays watched until the service ends it. */
export interface Settlement {
  readonly as: 'paid' | 'notPaid'
  readonly reason: string
  readonly evidence: string
  readonly by: string
  readonly atMs: number
  /** How the service ended it after all; null while it has not. */
  readonly serviceSays: StageName | null
}

/** The four amounts that have to agree. Null: not known yet. */
export interface PaymentAmounts {
  readonly askedMinor: number
  readonly sentMinor: number
  readonly echoedMinor: number | null
  readonly bookedMinor: number | null
}

export interface PaymentRecord {
  readonly id: string
  readonly mode: PaymentMode
  readonly receiptId: string | null
  /** Name, table or pump of a reservation. */
  readonly label: string
  readonly terminalId: string
  readonly clientInvoiceId: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly invoice: SeqrInvoice
  readonly stage: Stage
  readonly startedAtMs: number
  readonly roundStartedAtMs: number
  readonly attempt: number
  readonly lastAnswerAtMs: number | null
  readonly silentSinceMs: number | null
  readonly setAside: boolean
  readonly dismissed: boolean
  readonly settledByHand: Settlement | null
  readonly amounts: PaymentAmounts
  readonly commitReservationTimeoutSeconds: number | null
}

/** Another invoice is live on this terminal's sticker: two at once would be offered to the wrong customer. */
export class StickerTaken extends Error {
  readonly terminalId: string

  constructor(terminalId: string, cause: unknown) {
    super(`Terminal ${terminalId} already has a live invoice`, { cause })
    this.terminalId = terminalId
  }
}

interface PaymentRow {
  readonly id: string
  readonly mode: PaymentMode
  readonly receipt_id: string | null
  readonly label: string
  readonly terminal_id: string
  readonly client_invoice_id: string
  readonly amount_minor: number
  readonly currency: Currency
  readonly invoice: string
  readonly stage: string
  readonly started_at: number
  readonly round_started_at: number
  readonly attempt: number
  readonly last_answer_at: number | null
  readonly silent_since: number | null
  readonly set_aside: number
  readonly dismissed: number
  readonly settled_by_hand: string | null
  readonly asked_minor: number
  readonly sent_minor: number
  readonly echoed_minor: number | null
  readonly booked_minor: number | null
  readonly commit_reservation_timeout_seconds: number | null
}

function recordOf(row: PaymentRow): PaymentRecord {
  return {
    id: row.id,
    mode: row.mode,
    receiptId: row.receipt_id,
    label: row.label,
    terminalId: row.terminal_id,
    clientInvoiceId: row.client_invoice_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    invoice: JSON.parse(row.invoice) as SeqrInvoice,
    stage: JSON.parse(row.stage) as Stage,
    startedAtMs: row.started_at,
    roundStartedAtMs: row.round_started_at,
    attempt: row.attempt,
    lastAnswerAtMs: row.last_answer_at,
    silentSinceMs: row.silent_since,
    setAside: row.set_aside === 1,
    dismissed: row.dismissed === 1,
    settledByHand: row.settled_by_hand === null ? null : (JSON.parse(row.settled_by_hand) as Settlement),
    amounts: {
      askedMinor: row.asked_minor,
      sentMinor: row.sent_minor,
      echoedMinor: row.echoed_minor,
      bookedMinor: row.booked_minor,
    },
    commitReservationTimeoutSeconds: row.commit_reservation_timeout_seconds,
  }
}

function columnsOf(record: PaymentRecord): Record<string, Value> {
  return {
    id: record.id,
    mode: record.mode,
    receipt_id: record.receiptId,
    label: record.label,
    terminal_id: record.terminalId,
    client_invoice_id: record.clientInvoiceId,
    amount_minor: record.amountMinor,
    currency: record.currency,
    invoice: JSON.stringify(record.invoice),
    stage: JSON.stringify(record.stage),
    stage_name: record.stage.name,
    over: Number(isOver(record.stage)),
    holds_sticker: Number(holdsSticker(record.stage)),
    started_at: record.startedAtMs,
    round_started_at: record.roundStartedAtMs,
    attempt: record.attempt,
    last_answer_at: record.lastAnswerAtMs,
    silent_since: record.silentSinceMs,
    set_aside: Number(record.setAside),
    dismissed: Number(record.dismissed),
    settled_by_hand: record.settledByHand === null ? null : JSON.stringify(record.settledByHand),
    asked_minor: record.amounts.askedMinor,
    sent_minor: record.amounts.sentMinor,
    echoed_minor: record.amounts.echoedMinor,
    booked_minor: record.amounts.bookedMinor,
    commit_reservation_timeout_seconds: record.commitReservationTimeoutSeconds,
    taken_at: holdsMoney(record) ? record.startedAtMs : null,
  }
}

/** Whether the till counts its money as taken, by SEQR's word or an administrator's. */
function holdsMoney({ stage, settledByHand }: PaymentRecord): boolean {
  return stage.name === 'paid' || settledByHand?.as === 'paid'
}

const insert = `INSERT INTO payment (id, mode, receipt_id, label, terminal_id, client_invoice_id, amount_minor, currency,
    invoice, stage, stage_name, over, holds_sticker, started_at, round_started_at, attempt, last_answer_at, silent_since,
    set_aside, dismissed, settled_by_hand, asked_minor, sent_minor, echoed_minor, booked_minor,
    commit_reservation_timeout_seconds, taken_at)
  VALUES (@id, @mode, @receipt_id, @label, @terminal_id, @client_invoice_id, @amount_minor, @currency,
    @invoice, @stage, @stage_name, @over, @holds_sticker, @started_at, @round_started_at, @attempt, @last_answer_at,
    @silent_since, @set_aside, @dismissed, @settled_by_hand, @asked_minor, @sent_minor, @echoed_minor, @booked_minor,
    @commit_reservation_timeout_seconds, @taken_at)`

const update = `UPDATE payment SET mode = @mode, receipt_id = @receipt_id, label = @label, terminal_id = @terminal_id,
    client_invoice_id = @client_invoice_id, amount_minor = @amount_minor, currency = @currency, invoice = @invoice,
    stage = @stage, stage_name = @stage_name, over = @over, holds_sticker = @holds_sticker, started_at = @started_at,
    round_started_at = @round_started_at, attempt = @attempt, last_answer_at = @last_answer_at,
    silent_since = @silent_since, set_aside = @set_aside, dismissed = @dismissed, settled_by_hand = @settled_by_hand,
    asked_minor = @asked_minor, sent_minor = @sent_minor, echoed_minor = @echoed_minor, booked_minor = @booked_minor,
    commit_reservation_timeout_seconds = @commit_reservation_timeout_seconds,
    taken_at = CASE WHEN @taken_at IS NOT NULL THEN coalesce(taken_at, @taken_at) END
  WHERE id = @id`

/** Throws {@link StickerTaken} while another invoice is live on the same terminal. */
export function insertPayment(db: Writer, record: PaymentRecord): void {
  stickerGuarded(record, () => db.run(insert, columnsOf(record)))
}

/** Throws {@link StickerTaken} when this would put a second live invoice on the terminal. */
export function savePayment(db: Writer, record: PaymentRecord): void {
  const touched = stickerGuarded(record, () => db.run(update, columnsOf(record)))
  if (touched !== 1) throw new Error(`There is no payment ${record.id} to save`)
}

function stickerGuarded<T>(record: PaymentRecord, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (error instanceof Error && error.message.includes('payment.terminal_id'))
      throw new StickerTaken(record.terminalId, error)
    throw error
  }
}

export function paymentById(db: Reader, id: string): PaymentRecord | null {
  const row = db.one<PaymentRow>('SELECT * FROM payment WHERE id = ?', id)
  return row === undefined ? null : recordOf(row)
}

/** Payments that the service has not ended, reservations among them, the oldest first. */
export function openPayments(db: Reader): readonly PaymentRecord[] {
  return db.all<PaymentRow>('SELECT * FROM payment WHERE over = 0 ORDER BY started_at, rowid').map(recordOf)
}

/** Reservations that ended where nobody watched, and that nobody has acknowledged, the oldest first. */
export function unseenReservations(db: Reader): readonly PaymentRecord[] {
  const rows = db.all<PaymentRow>(
    `SELECT * FROM payment WHERE mode = 'reservation' AND over = 1 AND set_aside = 1 AND dismissed = 0
      ORDER BY started_at, rowid`,
  )
  return rows.map(recordOf)
}

/** The oldest first. */
export function paymentsOfReceipt(db: Reader, receiptId: string): readonly PaymentRecord[] {
  return db
    .all<PaymentRow>('SELECT * FROM payment WHERE receipt_id = ? ORDER BY started_at, rowid', receiptId)
    .map(recordOf)
}

/** The newest first, whatever became of them. */
export function recentPayments(db: Reader, limit: number): readonly PaymentRecord[] {
  return db
    .all<PaymentRow>('SELECT * FROM payment ORDER BY started_at DESC, rowid DESC LIMIT ?', limit)
    .map(recordOf)
}

/** One move of a payment: what happened, and between which stages. */
export interface PaymentMove {
  readonly paymentId: string
  readonly atMs: number
  readonly from: StageName
  readonly event: PaymentEvent
  readonly to: StageName
}

export function appendPaymentHistory(db: Writer, move: PaymentMove): void {
  db.run(
    'INSERT INTO payment_history (payment_id, at_ms, from_stage, event, to_stage) VALUES (?, ?, ?, ?, ?)',
    [move.paymentId, move.atMs, move.from, JSON.stringify(move.event), move.to],
  )
  if (move.to === 'paid')
    db.run('UPDATE payment SET taken_at = max(coalesce(taken_at, 0), ?) WHERE id = ?', [
      move.atMs,
      move.paymentId,
    ])
}

interface MoveRow {
  readonly at_ms: number
  readonly from_stage: StageName
  readonly event: string
  readonly to_stage: StageName
}

/** In the order it happened. */
export function paymentHistory(db: Reader, paymentId: string): readonly PaymentMove[] {
  return db
    .all<MoveRow>(
      'SELECT at_ms, from_stage, event, to_stage FROM payment_history WHERE payment_id = ? ORDER BY id',
      paymentId,
    )
    .map((row) => ({
      paymentId,
      atMs: row.at_ms,
      from: row.from_stage,
      event: JSON.parse(row.event) as PaymentEvent,
      to: row.to_stage,
    }))
}
