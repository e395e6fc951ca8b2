import type { Currency } from './money.ts'

/** The merchant has this long to answer a VERIFY; a later answer is rejected (7-CONNECT guide). */
export const verifyLimitMs = 20_000
/** A confirm goes out at once and then this many times more, so far apart, before a person is asked. */
export const confirmRepeats = 10
export const confirmRepeatMs = 10 * 60_000

/** The paper that the guide counts with: a receipt is this many characters wide. */
export const remarkColumns = 32

/** What the 7-CONNECT server says of a slip. ERROR: it knows no such slip. */
export type SlipStatus = 'PENDING' | 'EXPIRED' | 'PAID' | 'POSTED' | 'DECLINED' | 'ERROR'

/** What VERIFY tells about a slip: what the cashier reads out and the receipt prints. */
export type SlipDetails = {
  readonly merchantID: string
  readonly merchantName: string
  readonly merchantRef: string
  readonly description: string
  readonly receiptRemarks: string
  readonly amountMinor: number
  readonly currency: Currency
  /** Null when the server named no expiry. */
  readonly expiresAtMs: number | null
}

/** Why a slip was turned down. The server's own words come beside it, for the customer. */
export type DeclineReason = 'unknownSlip' | 'expired' | 'alreadyPaid' | 'merchantRefused'

type Taken = {
  readonly payID: string
  readonly slip: SlipDetails
  /** Made once, saved before the first confirm leaves, and never another for this cash. */
  readonly requestID: string
  readonly takenAtMs: number
}
type Acknowledged = Taken & { readonly authCode: string; readonly remarks: string }

/** Where an accepted slip is. From `confirming` on, its cash is in the drawer. */
export type SlipStage =
  | {
      readonly name: 'verifying'
      readonly payID: string
      readonly requestID: string
      readonly deadlineMs: number
    }
  | { readonly name: 'unverified'; readonly payID: string; readonly why: 'tooLate' | 'noAnswer' }
  | {
      readonly name: 'refused'
      readonly payID: string
      readonly reason: DeclineReason
      readonly said: string
    }
  | {
      readonly name: 'verified'
      readonly payID: string
      readonly slip: SlipDetails
      readonly verifiedAtMs: number
    }
  | { readonly name: 'dropped'; readonly payID: string }
  | ({
      readonly name: 'confirming'
      /** Which send is due at `nextAtMs`, from 1. */
      readonly attempt: number
      readonly nextAtMs: number
    } & Taken)
  | ({ readonly name: 'needsPerson'; readonly attempt: number } & Taken)
  | ({ readonly name: 'paid' } & Acknowledged)
  | ({ readonly name: 'posted' } & Acknowledged)
  | ({ readonly name: 'confirmDeclined'; readonly reason: DeclineReason; readonly said: string } & Taken)
  | ({
      readonly name: 'givenBack'
      /** From `needsPerson` the server may still hold the slip as paid: the chain must be told. */
      readonly after: 'confirmDeclined' | 'needsPerson'
      readonly by: string
      readonly why: string
      readonly backAtMs: number
    } & Taken)

export type SlipStageName = SlipStage['name']

/** What can happen to an accepted slip. An answer names the request that it answers. */
export type SlipEvent =
  | {
      readonly type: 'verified'
      readonly requestID: string
      readonly slip: SlipDetails
      readonly atMs: number
    }
  | {
      readonly type: 'declined'
      readonly requestID: string
      readonly reason: DeclineReason
      readonly said: string
      readonly atMs: number
    }
  | {
      readonly type: 'confirmed'
      readonly requestID: string
      readonly status: 'PAID' | 'POSTED'
      readonly authCode: string
      readonly remarks: string
    }
  | { readonly type: 'noAnswer'; readonly requestID: string; readonly atMs: number }
  /** What the server's list says of the slip now. A merchant that was down gives authCode and remarks only here. */
  | {
      readonly type: 'statusRead'
      readonly status: SlipStatus
      readonly said: string
      readonly authCode: string
      readonly remarks: string
    }
  | { readonly type: 'verifyAgain'; readonly requestID: string; readonly atMs: number }
  | { readonly type: 'dropped' }
  /** The cashier says that the cash is in the drawer; `requestID` is fresh. */
  | { readonly type: 'cashTaken'; readonly requestID: string; readonly atMs: number }
  | { readonly type: 'sendAgain'; readonly atMs: number }
  | { readonly type: 'givenBack'; readonly by: string; readonly why: string; readonly atMs: number }

/** What to ask the 7-CONNECT server. */
export type SlipCall =
  | {
      readonly ask: 'verify'
      readonly payID: string
      readonly requestID: string
      /** Absolute: the answer counts up to here and no longer. */
      readonly deadlineMs: number
    }
  | {
      readonly ask: 'confirm'
      readonly payID: string
      readonly requestID: string
      readonly amountMinor: number
      readonly currency: Currency
    }

/** An answer is the server's clear word; everything else that can come back is `noAnswer`. */
export type LinkAnswer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly said: string }
  | { readonly kind: 'noAnswer'; readonly fault: LinkFault }

/** Why there is no answer, for the log and the connection light; it decides nothing about money. */
export type LinkFault =
  | 'unreachable'
  | 'late'
  | 'stopped'
  | 'redirected'
  | 'httpError'
  | 'tooLarge'
  | 'unreadable'
  | 'wrongToken'
  | 'otherRequest'

export type Confirmation = {
  readonly status: 'PAID' | 'POSTED'
  readonly authCode: string
  readonly remarks: string
}

/** The server's answer to a call. */
export type SlipAnswer =
  | { readonly ask: 'verify'; readonly answer: LinkAnswer<SlipDetails> }
  | { readonly ask: 'confirm'; readonly answer: LinkAnswer<Confirmation> }

/** The stage a scanned slip starts in. The 20 seconds run from here. */
export function beginSlip(payID: string, requestID: string, atMs: number): SlipStage {
  return { name: 'verifying', payID, requestID, deadlineMs: atMs + verifyLimitMs }
}

/** Where the slip is after this event. An event that means nothing in a stage leaves it as it is. */
export function next(stage: SlipStage, event: SlipEvent): SlipStage {
  switch (stage.name) {
    case 'verifying':
      return afterVerify(stage, event)
    case 'unverified':
    case 'refused':
      if (event.type === 'verifyAgain') return beginSlip(stage.payID, event.requestID, event.atMs)
      return event.type === 'dropped' ? { name: 'dropped', payID: stage.payID } : stage
    case 'verified':
      return fromVerified(stage, event)
    case 'confirming':
      return fromConfirming(stage, event)
    case 'needsPerson':
      return fromNeedsPerson(stage, event)
    case 'paid':
      if (event.type !== 'statusRead') return stage
      if (event.status === 'POSTED') return post(stage, event)
      if (event.status !== 'DECLINED') return stage
      return { ...taken(stage), name: 'confirmDeclined', reason: 'merchantRefused', said: event.said }
    case 'confirmDeclined':
      return event.type === 'givenBack' ? giveBack(stage, event) : stage
    case 'posted':
    case 'dropped':
    case 'givenBack':
      return stage
  }
}

/** What to ask the server while in this stage, or null when there is nothing to ask. */
export function callFor(stage: SlipStage): SlipCall | null {
  switch (stage.name) {
    case 'verifying':
      return {
        ask: 'verify',
        payID: stage.payID,
        requestID: stage.requestID,
        deadlineMs: stage.deadlineMs,
      }
    case 'confirming':
      return {
        ask: 'confirm',
        payID: stage.payID,
        requestID: stage.requestID,
        amountMinor: stage.slip.amountMinor,
        currency: stage.slip.currency,
      }
    case 'unverified':
    case 'refused':
    case 'verified':
    case 'dropped':
    case 'needsPerson':
    case 'paid':
    case 'posted':
    case 'confirmDeclined':
    case 'givenBack':
      return null
  }
}

/** When the stage's call may go out: 0 for at once, Infinity when there is none. */
export function dueAtMs(stage: SlipStage): number {
  if (stage.name === 'confirming') return stage.nextAtMs
  return stage.name === 'verifying' ? 0 : Number.POSITIVE_INFINITY
}

/**
 * How long to wait before the stage's call, or null when there is none. Never longer than one repeat:
 * a clock that was set back must not hold up a confirm.
 */
export function waitFor(stage: SlipStage, nowMs: number): number | null {
  if (callFor(stage) === null) return null
  return Math.min(Math.max(dueAtMs(stage) - nowMs, 0), confirmRepeatMs)
}

/** The event that an answer to a call is, `atMs` being when it arrived. */
export function eventOf(call: SlipCall, { ask, answer }: SlipAnswer, atMs: number): SlipEvent {
  const { requestID } = call
  if (answer.kind === 'noAnswer' || ask !== call.ask) return { type: 'noAnswer', requestID, atMs }
  if (answer.kind === 'declined') {
    return { type: 'declined', requestID, reason: answer.reason, said: answer.said, atMs }
  }
  if ('status' in answer.value) return { type: 'confirmed', requestID, ...answer.value }
  return { type: 'verified', requestID, slip: answer.value, atMs }
}

/** Whether the slip's cash is in the drawer: what the drawer count must find. */
export function holdsCash(stage: SlipStage): boolean {
  switch (stage.name) {
    case 'confirming':
    case 'needsPerson':
    case 'paid':
    case 'posted':
    case 'confirmDeclined':
      return true
    case 'verifying':
    case 'unverified':
    case 'refused':
    case 'verified':
    case 'dropped':
    case 'givenBack':
      return false
  }
}

/** The slip's cash in the drawer, in minor units: its amount or 0. */
export function cashOf(stage: SlipStage): number {
  return holdsCash(stage) && 'slip' in stage ? stage.slip.amountMinor : 0
}

/**
 * The slip that already stands for this reference on the till, so that it is shown instead of being taken
 * again under a second request; null when the reference may be verified.
 */
export function slipInTheWay(stages: Iterable<SlipStage>, payID: string): SlipStage | null {
  for (const stage of stages) {
    const isOpen = stage.name === 'verifying' || stage.name === 'verified'
    if (stage.payID === payID && (isOpen || holdsCash(stage))) return stage
  }
  return null
}

/** Whether nobody has anything left to do for this slip. `paid` still waits for the merchant. */
export function isOver(stage: SlipStage): boolean {
  return stage.name === 'posted' || stage.name === 'dropped' || stage.name === 'givenBack'
}

/** Whether the slip belongs on the list that a person works off: cash was taken and nobody has said yes. */
export function isForAPerson(stage: SlipStage): boolean {
  return stage.name === 'needsPerson' || stage.name === 'confirmDeclined'
}

/**
 * Whether cash may be taken now. A slip that the server verified although our clock had it expired
 * already stays good: then the two clocks differ, and the server's counts.
 */
export function canTakeCash(stage: SlipStage, nowMs: number): boolean {
  if (stage.name !== 'verified') return false
  const { expiresAtMs } = stage.slip
  return expiresAtMs === null || nowMs < expiresAtMs || expiresAtMs <= stage.verifiedAtMs
}

export function canVerifyAgain(stage: SlipStage): boolean {
  return stage.name === 'unverified' || stage.name === 'refused'
}

export function canDrop(stage: SlipStage): boolean {
  return stage.name === 'verified' || stage.name === 'verifying' || canVerifyAgain(stage)
}

export function canSendAgain(stage: SlipStage): boolean {
  return stage.name === 'confirming' || stage.name === 'needsPerson'
}

export function canGiveBack(stage: SlipStage): boolean {
  return isForAPerson(stage)
}

/** Milliseconds left of the verify countdown; 0 when it is over or the stage has none. */
export function verifyLeftMs(stage: SlipStage, nowMs: number): number {
  if (stage.name !== 'verifying') return 0
  return Math.min(Math.max(stage.deadlineMs - nowMs, 0), verifyLimitMs)
}

/** A 7-CONNECT reference as people see it: `9913-0850-0305`. Anything but 12 digits comes back as it was. */
export function formatPayId(payID: string): string {
  if (!/^\d{12}$/.test(payID)) return payID
  return `${payID.slice(0, 4)}-${payID.slice(4, 8)}-${payID.slice(8)}`
}

/** The 12 digits of a reference as a person types it, hyphens and spaces allowed, or null. */
export function parsePayId(text: string): string | null {
  const digits = text.replaceAll(/[\s\u00A0\u2010-\u2015-]/g, '')
  return /^\d{12}$/.test(digits) ? digits : null
}

/**
 * Remarks as the receipt prints them: `|` starts a new line and the excess of a line is cut (7-CONNECT guide).
 * Control characters become spaces, so that a merchant's text can't speak to the printer.
 */
export function remarkLines(text: string, columns: number = remarkColumns): string[] {
  if (text.trim() === '') return []
  return text.split('|').map((line) => {
    const printable = line.replaceAll(/\p{C}+/gu, ' ').trim()
    return Array.from(printable).slice(0, columns).join('').trimEnd()
  })
}

function afterVerify(stage: SlipStage & { name: 'verifying' }, event: SlipEvent): SlipStage {
  const { payID } = stage
  if (event.type === 'dropped') return { name: 'dropped', payID }
  if (event.type !== 'verified' && event.type !== 'declined' && event.type !== 'noAnswer') return stage
  if (event.requestID !== stage.requestID) return stage
  if (event.atMs > stage.deadlineMs) return { name: 'unverified', payID, why: 'tooLate' }
  switch (event.type) {
    case 'verified':
      return { name: 'verified', payID, slip: event.slip, verifiedAtMs: event.atMs }
    case 'declined':
      return { name: 'refused', payID, reason: event.reason, said: event.said }
    case 'noAnswer':
      return { name: 'unverified', payID, why: event.atMs >= stage.deadlineMs ? 'tooLate' : 'noAnswer' }
  }
}

function fromVerified(stage: SlipStage & { name: 'verified' }, event: SlipEvent): SlipStage {
  const { payID, slip } = stage
  if (event.type === 'dropped') return { name: 'dropped', payID }
  if (event.type !== 'cashTaken') return stage
  if (!canTakeCash(stage, event.atMs)) return { name: 'refused', payID, reason: 'expired', said: '' }
  const { requestID, atMs } = event
  return { name: 'confirming', payID, slip, requestID, takenAtMs: atMs, attempt: 1, nextAtMs: atMs }
}

function fromConfirming(stage: SlipStage & { name: 'confirming' }, event: SlipEvent): SlipStage {
  if (event.type === 'sendAgain') return { ...stage, nextAtMs: Math.min(stage.nextAtMs, event.atMs) }
  if (event.type !== 'noAnswer' || event.requestID !== stage.requestID) return settled(stage, event)
  const { attempt } = stage
  if (attempt > confirmRepeats) return { ...taken(stage), name: 'needsPerson', attempt }
  return { ...stage, attempt: attempt + 1, nextAtMs: event.atMs + confirmRepeatMs }
}

function fromNeedsPerson(stage: SlipStage & { name: 'needsPerson' }, event: SlipEvent): SlipStage {
  if (event.type === 'givenBack') return giveBack(stage, event)
  if (event.type !== 'sendAgain') return settled(stage, event)
  return { ...stage, name: 'confirming', attempt: stage.attempt + 1, nextAtMs: event.atMs }
}

/** What came with an earlier answer stays, unless the merchant has said more since. */
function post(
  stage: Acknowledged,
  { authCode, remarks }: Pick<Acknowledged, 'authCode' | 'remarks'>,
): SlipStage {
  return {
    ...taken(stage),
    name: 'posted',
    authCode: authCode === '' ? stage.authCode : authCode,
    remarks: remarks === '' ? stage.remarks : remarks,
  }
}

/** The server's clear word on a confirm, which counts however late it comes. */
function settled(stage: SlipStage & Taken, event: SlipEvent): SlipStage {
  if (event.type === 'confirmed' && event.requestID === stage.requestID) {
    const { authCode, remarks } = event
    return { ...taken(stage), name: event.status === 'POSTED' ? 'posted' : 'paid', authCode, remarks }
  }
  if (event.type === 'declined' && event.requestID === stage.requestID) {
    return { ...taken(stage), name: 'confirmDeclined', reason: event.reason, said: event.said }
  }
  return stage
}

function giveBack(
  stage: SlipStage & { name: 'confirmDeclined' | 'needsPerson' },
  { by, why, atMs }: SlipEvent & { type: 'givenBack' },
): SlipStage {
  return { ...taken(stage), name: 'givenBack', after: stage.name, by, why, backAtMs: atMs }
}

function taken({ payID, slip, requestID, takenAtMs }: Taken): Taken {
  return { payID, slip, requestID, takenAtMs }
}
