/** How a slip on disk moves, and what a receipt does to the slips on it. All of it runs in the caller's transaction. */
import { wholeUnit } from '../../app/domain/numerals.ts'
import type { Receipt, Row } from '../../app/domain/receipt.ts'
import { thousandths } from '../../app/domain/receipt.ts'
import type { SlipDetails, SlipEvent, SlipStage } from '../../app/domain/slip.ts'
import { canTakeCash, formatPayId, holdsCash, next } from '../../app/domain/slip.ts'
import { appendJournal } from '../storage/journal.ts'
import type { SlipRecord } from '../storage/slips.ts'
import { appendSlipHistory, saveSlip, slipById } from '../storage/slips.ts'
import type { Desk } from './desk.ts'

/** A 7-CONNECT slip as this till keeps it. */
export type TakenSlip = SlipRecord<SlipStage>

/** Moves the slip and keeps the move; money's moves stand in the journal too. The same record when nothing moved. */
export function moveSlip(desk: Desk, slip: TakenSlip, event: SlipEvent): TakenSlip {
  const stage = next(slip.stage, event)
  return stage === slip.stage ? slip : keepMove(desk, slip, event, stage)
}

function keepMove(desk: Desk, slip: TakenSlip, event: SlipEvent, stage: SlipStage): TakenSlip {
  const db = desk.storage.write
  const atMs = desk.clock.now()
  const moved: TakenSlip = {
    ...slip,
    stage,
    openMoney: holdsCash(stage) && stage.name !== 'posted',
    amountMinor: 'slip' in stage ? stage.slip.amountMinor : slip.amountMinor,
    requestIds: withRequest(slip.requestIds, stage),
    changedAtMs: atMs,
  }
  saveSlip(db, moved)
  appendSlipHistory(db, { slipId: slip.id, atMs, from: slip.stage.name, event, to: stage.name })
  if ('requestID' in stage && 'slip' in stage && stage.name !== slip.stage.name)
    journalSlip(desk, moved, event, atMs)
  return moved
}

function withRequest(known: readonly string[], stage: SlipStage): readonly string[] {
  if (!('requestID' in stage) || known.includes(stage.requestID)) return known
  return [...known, stage.requestID]
}

/** From the cash on, every stage that the slip comes to. */
function journalSlip(desk: Desk, { id, receiptId, stage }: TakenSlip, event: SlipEvent, atMs: number): void {
  if (!('slip' in stage) || !('requestID' in stage)) return
  const { payID, requestID, slip } = stage
  const { merchantID, merchantName, merchantRef, amountMinor, currency } = slip
  appendJournal(desk.storage.write, {
    atMs,
    kind: 'slip',
    ...(receiptId === null ? {} : { receiptId }),
    body: {
      slipId: id,
      event: event.type,
      stage: stage.name,
      payID,
      requestID,
      merchantID,
      merchantName,
      merchantRef,
      amountMinor,
      currency,
      ...outcomeOf(stage),
    },
  })
}

function outcomeOf(stage: SlipStage): object {
  switch (stage.name) {
    case 'paid':
    case 'posted':
      return { authCode: stage.authCode }
    case 'confirmDeclined':
      return { reason: stage.reason, said: stage.said }
    case 'givenBack':
      return { after: stage.after, by: stage.by, why: stage.why }
    case 'verifying':
    case 'unverified':
    case 'refused':
    case 'verified':
    case 'dropped':
    case 'confirming':
    case 'needsPerson':
      return {}
  }
}

/** The slips on a receipt's rows, in their order. */
export function slipsOnRows(desk: Desk, receipt: Receipt): readonly TakenSlip[] {
  return receipt.rows.flatMap(({ slip }) => {
    const record = slip === null ? null : slipById<SlipStage>(desk.storage.read, slip.slipId)
    return record === null ? [] : [record]
  })
}

/** How many of its slips have to be verified again before the receipt may be paid. */
export function staleSlips(desk: Desk, receipt: Receipt): readonly TakenSlip[] {
  const nowMs = desk.clock.now()
  return slipsOnRows(desk, receipt).filter(({ stage }) => !canTakeCash(stage, nowMs))
}

/**
 * What a change of rows does to slips: one whose row is gone is let go, and a row whose slip was let go before does
 * not come back (undo).
 */
export function keepSlipRows(desk: Desk, before: Receipt, after: Receipt): Receipt {
  const dead = new Set(
    slipsOnRows(desk, after)
      .filter(({ stage }) => stage.name !== 'verified')
      .map(({ id }) => id),
  )
  const kept = new Set(after.rows.flatMap(({ slip }) => slip?.slipId ?? []))
  for (const slip of slipsOnRows(desk, before))
    if (!kept.has(slip.id)) moveSlip(desk, slip, { type: 'dropped' })
  if (dead.size === 0) return after
  return { ...after, rows: after.rows.filter(({ slip }) => slip === null || !dead.has(slip.slipId)) }
}

/**
 * The receipt is paid, so its slips' cash is in the drawer: each is to be confirmed from here on, with a requestID
 * that is on disk before it is sent. A slip that expired while another tender was awaited is taken all the same: its
 * cash was handed over in time, and the server keeps its word of the verification.
 */
export function takeSlipCash(desk: Desk, receipt: Receipt): void {
  const atMs = desk.clock.now()
  for (const slip of slipsOnRows(desk, receipt)) {
    const { stage } = slip
    if (stage.name !== 'verified') throw new Error(`The slip ${slip.id} on ${receipt.id} is ${stage.name}`)
    const inTime = canTakeCash(stage, atMs) ? atMs : stage.verifiedAtMs
    const event: SlipEvent = { type: 'cashTaken', requestID: desk.newId(), atMs: inTime }
    const taken = next(stage, event)
    if (taken.name !== 'confirming') throw new Error(`The slip ${slip.id} did not take its cash`)
    keepMove(desk, { ...slip, receiptId: receipt.id }, event, { ...taken, takenAtMs: atMs, nextAtMs: atMs })
  }
}

/** A verified slip as a row of the receipt: another's money, so without VAT. */
export function slipRow(slip: TakenSlip, { amountMinor, merchantName }: SlipDetails, id: string): Row {
  return {
    id,
    kind: 'slip',
    articleId: null,
    code: formatPayId(slip.payId),
    name: merchantName,
    quantityThousandths: thousandths,
    unit: wholeUnit,
    unitDecimals: 0,
    unitPriceMinor: amountMinor,
    listPriceMinor: null,
    vatBasisPoints: 0,
    discount: null,
    note: '',
    slip: { slipId: slip.id, payId: slip.payId, merchantName },
    refundOfRowId: null,
  }
}
