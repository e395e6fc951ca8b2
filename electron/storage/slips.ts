/** 7-CONNECT slips on disk: those taken at this till, those it issued, and every move of both. */
import type { Reader, Writer } from './database.ts'

/** A stage is plain data with a name; what it means is the domain's. */
export interface NamedStage {
  readonly name: string
}

export interface SlipRecord<Stage extends NamedStage = NamedStage> {
  readonly id: string
  readonly payId: string
  readonly receiptId: string | null
  readonly stage: Stage
  /** The customer's cash is in the drawer, or may be, and the server has not ended it. */
  readonly openMoney: boolean
  /** Null until the slip has been verified. */
  readonly amountMinor: number | null
  /** Every requestID that went out for it, in order. */
  readonly requestIds: readonly string[]
  readonly createdAtMs: number
  readonly changedAtMs: number
}

export interface SlipRow {
  readonly id: string
  readonly pay_id: string
  readonly receipt_id: string | null
  readonly stage: string
  readonly open_money: number
  readonly amount_minor: number | null
  readonly request_ids: string
  readonly created_at: number
  readonly changed_at: number
}

export function slipOf<Stage extends NamedStage>(row: SlipRow): SlipRecord<Stage> {
  return {
    id: row.id,
    payId: row.pay_id,
    receiptId: row.receipt_id,
    stage: JSON.parse(row.stage) as Stage,
    openMoney: row.open_money === 1,
    amountMinor: row.amount_minor,
    requestIds: JSON.parse(row.request_ids) as readonly string[],
    createdAtMs: row.created_at,
    changedAtMs: row.changed_at,
  }
}

/** Inserts the slip or brings it up to date. */
export function saveSlip(db: Writer, slip: SlipRecord): void {
  db.run(
    `INSERT INTO slip (id, pay_id, receipt_id, stage, stage_name, open_money, amount_minor, request_ids, created_at,
       changed_at)
     VALUES (@id, @payId, @receiptId, @stage, @stageName, @openMoney, @amountMinor, @requestIds, @createdAt, @changedAt)
     ON CONFLICT (id) DO UPDATE SET receipt_id = excluded.receipt_id, stage = excluded.stage,
       stage_name = excluded.stage_name, open_money = excluded.open_money, amount_minor = excluded.amount_minor,
       request_ids = excluded.request_ids, changed_at = excluded.changed_at`,
    {
      id: slip.id,
      payId: slip.payId,
      receiptId: slip.receiptId,
      stage: JSON.stringify(slip.stage),
      stageName: slip.stage.name,
      openMoney: Number(slip.openMoney),
      amountMinor: slip.amountMinor,
      requestIds: JSON.stringify(slip.requestIds),
      createdAt: slip.createdAtMs,
      changedAt: slip.changedAtMs,
    },
  )
}

export function slipById<Stage extends NamedStage>(db: Reader, id: string): SlipRecord<Stage> | null {
  const row = db.one<SlipRow>('SELECT * FROM slip WHERE id = ?', id)
  return row === undefined ? null : slipOf<Stage>(row)
}

/** Slips whose money is not settled, the oldest first. */
export function openSlips<Stage extends NamedStage>(db: Reader): readonly SlipRecord<Stage>[] {
  return db
    .all<SlipRow>('SELECT * FROM slip WHERE open_money = 1 ORDER BY created_at, rowid')
    .map((row) => slipOf<Stage>(row))
}

/** Every time this payID was taken up here, the newest first. */
export function slipsOfPayId<Stage extends NamedStage>(
  db: Reader,
  payId: string,
): readonly SlipRecord<Stage>[] {
  return db
    .all<SlipRow>('SELECT * FROM slip WHERE pay_id = ? ORDER BY created_at DESC, rowid DESC', payId)
    .map((row) => slipOf<Stage>(row))
}

export function slipsOfReceipt<Stage extends NamedStage>(
  db: Reader,
  receiptId: string,
): readonly SlipRecord<Stage>[] {
  return db
    .all<SlipRow>('SELECT * FROM slip WHERE receipt_id = ? ORDER BY created_at, rowid', receiptId)
    .map((row) => slipOf<Stage>(row))
}

/** The newest first. */
export function recentSlips<Stage extends NamedStage>(
  db: Reader,
  limit: number,
): readonly SlipRecord<Stage>[] {
  return db
    .all<SlipRow>('SELECT * FROM slip ORDER BY created_at DESC, rowid DESC LIMIT ?', limit)
    .map((row) => slipOf<Stage>(row))
}

/** A slip that this shop wrote, for its customer to pay elsewhere. */
export interface IssuedSlipRecord<Stage extends NamedStage = NamedStage> {
  readonly id: string
  readonly payId: string
  readonly stage: Stage
  /** It can still be paid. */
  readonly openMoney: boolean
  readonly amountMinor: number
  readonly createdAtMs: number
  readonly changedAtMs: number
}

export type IssuedRow = Omit<SlipRow, 'receipt_id' | 'request_ids' | 'amount_minor'> & {
  readonly amount_minor: number
}

export function issuedOf<Stage extends NamedStage>(row: IssuedRow): IssuedSlipRecord<Stage> {
  return {
    id: row.id,
    payId: row.pay_id,
    stage: JSON.parse(row.stage) as Stage,
    openMoney: row.open_money === 1,
    amountMinor: row.amount_minor,
    createdAtMs: row.created_at,
    changedAtMs: row.changed_at,
  }
}

/** Inserts the slip or brings it up to date. Throws when another one has its payID. */
export function saveIssuedSlip(db: Writer, slip: IssuedSlipRecord): void {
  db.run(
    `INSERT INTO issued_slip (id, pay_id, stage, stage_name, open_money, amount_minor, created_at, changed_at)
     VALUES (@id, @payId, @stage, @stageName, @openMoney, @amountMinor, @createdAt, @changedAt)
     ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, stage_name = excluded.stage_name,
       open_money = excluded.open_money, changed_at = excluded.changed_at`,
    {
      id: slip.id,
      payId: slip.payId,
      stage: JSON.stringify(slip.stage),
      stageName: slip.stage.name,
      openMoney: Number(slip.openMoney),
      amountMinor: slip.amountMinor,
      createdAt: slip.createdAtMs,
      changedAt: slip.changedAtMs,
    },
  )
}

export function issuedSlipByPayId<Stage extends NamedStage>(
  db: Reader,
  payId: string,
): IssuedSlipRecord<Stage> | null {
  const row = db.one<IssuedRow>('SELECT * FROM issued_slip WHERE pay_id = ?', payId)
  return row === undefined ? null : issuedOf<Stage>(row)
}

/** Those that can still be paid, the oldest first. */
export function openIssuedSlips<Stage extends NamedStage>(db: Reader): readonly IssuedSlipRecord<Stage>[] {
  return db
    .all<IssuedRow>('SELECT * FROM issued_slip WHERE open_money = 1 ORDER BY created_at, rowid')
    .map((row) => issuedOf<Stage>(row))
}

/** The newest first. */
export function recentIssuedSlips<Stage extends NamedStage>(
  db: Reader,
  limit: number,
): readonly IssuedSlipRecord<Stage>[] {
  return db
    .all<IssuedRow>('SELECT * FROM issued_slip ORDER BY created_at DESC, rowid DESC LIMIT ?', limit)
    .map((row) => issuedOf<Stage>(row))
}

export function issuedSlipById<Stage extends NamedStage>(
  db: Reader,
  id: string,
): IssuedSlipRecord<Stage> | null {
  const row = db.one<IssuedRow>('SELECT * FROM issued_slip WHERE id = ?', id)
  return row === undefined ? null : issuedOf<Stage>(row)
}

/** One move of a taken or an issued slip. */
export interface SlipMove {
  readonly slipId: string
  readonly atMs: number
  readonly from: string
  readonly event: unknown
  readonly to: string
}

export function appendSlipHistory(db: Writer, move: SlipMove): void {
  db.run('INSERT INTO slip_history (slip_id, at_ms, from_stage, event, to_stage) VALUES (?, ?, ?, ?, ?)', [
    move.slipId,
    move.atMs,
    move.from,
    JSON.stringify(move.event ?? null),
    move.to,
  ])
}

interface MoveRow {
  readonly at_ms: number
  readonly from_stage: string
  readonly event: string
  readonly to_stage: string
}

/** In the order it happened. */
export function slipHistory(db: Reader, slipId: string): readonly SlipMove[] {
  return db
    .all<MoveRow>(
      'SELECT at_ms, from_stage, event, to_stage FROM slip_history WHERE slip_id = ? ORDER BY id',
      slipId,
    )
    .map((row) => ({
      slipId,
      atMs: row.at_ms,
      from: row.from_stage,
      event: JSON.parse(row.event) as unknown,
      to: row.to_stage,
    }))
}
