import type { IssuedSlipView, ListedSlip, ListedStatus, SlipView } from '../../app/contract/slip-views.ts'
import type { IssuedStage } from '../../app/domain/issued-slip.ts'
import type { Currency } from '../../app/domain/money.ts'
import type { SlipDetails, SlipStage, SlipStageName } from '../../app/domain/slip.ts'
import type { IssuedSlipRecord } from '../storage/slips.ts'
import type { TakenSlip } from './slip-moves.ts'

/** What a view needs to know beside the slip's own record. */
export interface AroundSlip {
  readonly currency: Currency
  readonly onReceipt: SlipView['onReceipt']
  readonly receiptNumber: number | null
  readonly knownBefore: boolean
  readonly isStale: boolean
}

export function slipView(record: TakenSlip, around: AroundSlip): SlipView {
  const { stage } = record
  const slip = 'slip' in stage ? stage.slip : null
  const isOther = slip !== null && slip.currency !== around.currency
  return {
    id: record.id,
    payId: record.payId,
    phase: stage.name,
    ...detailsOf(slip, around.currency),
    deadlineMs: stage.name === 'verifying' ? stage.deadlineMs : null,
    unverifiedWhy: stage.name === 'unverified' ? stage.why : null,
    declined: stage.name === 'refused' || stage.name === 'confirmDeclined' ? stage.reason : null,
    said: 'said' in stage ? stage.said : '',
    attempt: 'attempt' in stage ? stage.attempt : null,
    nextAtMs: 'nextAtMs' in stage ? stage.nextAtMs : null,
    takenAtMs: 'takenAtMs' in stage ? stage.takenAtMs : null,
    authCode: 'authCode' in stage ? stage.authCode : '',
    changedAtMs: record.changedAtMs,
    receiptNumber: around.receiptNumber,
    onReceipt: around.onReceipt,
    knownBefore: around.knownBefore,
    notNow: isOther ? 'otherCurrency' : around.isStale ? 'expired' : null,
  }
}

function detailsOf(slip: SlipDetails | null, currency: Currency) {
  return {
    amountMinor: slip?.amountMinor ?? null,
    currency: slip?.currency ?? currency,
    merchantName: slip?.merchantName ?? '',
    merchantRef: slip?.merchantRef ?? '',
    description: slip?.description ?? '',
    expiresAtMs: slip?.expiresAtMs ?? null,
  }
}

/** A taken slip's status in the list; null while no cash has been taken for it. */
export function listedStatus(name: SlipStageName): ListedStatus | null {
  switch (name) {
    case 'confirming':
      return 'CONFIRMING'
    case 'needsPerson':
      return 'PERSON'
    case 'paid':
      return 'PAID'
    case 'posted':
      return 'POSTED'
    case 'confirmDeclined':
      return 'DECLINED'
    case 'givenBack':
      return 'RETURNED'
    case 'verifying':
    case 'unverified':
    case 'refused':
    case 'verified':
    case 'dropped':
      return null
  }
}

export function listedTaken(record: TakenSlip): ListedSlip | null {
  const { stage } = record
  const status = listedStatus(stage.name)
  if (status === null || !('slip' in stage)) return null
  const { amountMinor, currency, merchantName, merchantRef, description, expiresAtMs } = stage.slip
  return {
    id: record.id,
    kind: 'taken',
    payId: record.payId,
    status,
    amountMinor,
    currency,
    merchantName,
    merchantRef,
    description,
    atMs: 'takenAtMs' in stage ? stage.takenAtMs : record.createdAtMs,
    changedAtMs: record.changedAtMs,
    expiresAtMs,
    authCode: 'authCode' in stage ? stage.authCode : '',
    said: saidOf(stage),
  }
}

function saidOf(stage: SlipStage): string {
  if (stage.name === 'givenBack') return stage.why
  return 'said' in stage ? stage.said : ''
}

export function listedIssued(record: IssuedSlipRecord<IssuedStage>): ListedSlip {
  const { name, merchantName, merchantRef, description, currency, expiresAtMs, said } = record.stage
  return {
    id: record.id,
    kind: 'issued',
    payId: record.payId,
    status: name,
    amountMinor: record.amountMinor,
    currency,
    merchantName,
    merchantRef,
    description,
    atMs: record.createdAtMs,
    changedAtMs: record.changedAtMs,
    expiresAtMs,
    authCode: '',
    said,
  }
}

export function issuedView(record: IssuedSlipRecord<IssuedStage>): IssuedSlipView {
  const { stage, id, payId, amountMinor, createdAtMs } = record
  const { name: status, ...details } = stage
  return { ...details, id, payId, status, amountMinor, createdAtMs }
}
