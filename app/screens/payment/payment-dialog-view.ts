/** What the payment dialog shows, worked out from the payment and the time alone. */
import type { PaymentPhase, PaymentView } from '../../contract/views.ts'
import { patienceMs } from '../../domain/seqr-payment.ts'

/** After this long without an answer the cashier is told in plain words. */
export const quietAfterMs = 3000
/** After this long without an answer an administrator may settle it by hand. */
export const settleAfterMs = 30_000
/** A cancel that takes longer than this is not known yet, whatever SEQR answers meanwhile. */
export const cancelUnknownAfterMs = 6000

export type LivePhase = 'sending' | 'askCustomer' | 'customerApproves' | 'canceling' | 'completing'
export type EndedPhase = Exclude<PaymentPhase, LivePhase>

export type Contact =
  | { readonly kind: 'none' }
  | { readonly kind: 'fresh'; readonly secondsAgo: number }
  | { readonly kind: 'quiet'; readonly seconds: number }

export interface LiveView {
  readonly phase: LivePhase
  /** Whole seconds left of this round's thirty. */
  readonly secondsLeft: number
  /** 1 at the start of the round, 0 when its time is up. */
  readonly fractionLeft: number
  /** The time is up: try again, or cancel the payment? Polling goes on all the while. */
  readonly asksWhatNow: boolean
  readonly elapsedSeconds: number
  readonly contact: Contact
  readonly echo: 'waits' | 'same' | 'differs'
  /** The customer may pay or not, and nobody knows: cancel was asked and is not answered. */
  readonly cancelUnknown: boolean
  /** Other customers may be served while nothing is known of this payment. */
  readonly canSetAside: boolean
  readonly canSettle: boolean
}

export function isLive(phase: PaymentPhase): phase is LivePhase {
  switch (phase) {
    case 'sending':
    case 'askCustomer':
    case 'customerApproves':
    case 'canceling':
    case 'completing':
      return true
    case 'reserved':
    case 'paid':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return false
  }
}

export function liveView(
  payment: PaymentView & { readonly phase: LivePhase },
  nowMs: number,
  cancelingSinceMs: number | null,
): LiveView {
  const leftMs = Math.max(0, payment.roundStartedAtMs + patienceMs - nowMs)
  const contact = contactOf(payment, nowMs)
  const quietMs = nowMs - (payment.lastAnswerAtMs ?? beganAtMs(payment))
  const cancelingMs =
    payment.phase === 'canceling' && cancelingSinceMs !== null ? nowMs - cancelingSinceMs : 0
  const cancelUnknown =
    payment.phase === 'canceling' && (contact.kind === 'quiet' || cancelingMs > cancelUnknownAfterMs)
  return {
    phase: payment.phase,
    secondsLeft: Math.ceil(leftMs / 1000),
    fractionLeft: Math.min(1, leftMs / patienceMs),
    asksWhatNow: leftMs === 0 && payment.phase !== 'canceling' && payment.phase !== 'completing',
    elapsedSeconds: Math.max(0, Math.floor((nowMs - beganAtMs(payment)) / 1000)),
    contact,
    echo: echoOf(payment),
    cancelUnknown,
    canSetAside: payment.canSetAside && (contact.kind === 'quiet' || cancelUnknown),
    canSettle: payment.canSetAside && quietMs > settleAfterMs,
  }
}

/** Since when SEQR is being asked: a reservation may have rested for days before it is taken or released. */
function beganAtMs({ mode, phase, startedAtMs, roundStartedAtMs }: PaymentView): number {
  const isWoken = mode === 'reservation' && (phase === 'completing' || phase === 'canceling')
  return isWoken ? roundStartedAtMs : startedAtMs
}

function contactOf(payment: PaymentView, nowMs: number): Contact {
  const sinceMs = Math.max(0, nowMs - (payment.lastAnswerAtMs ?? beganAtMs(payment)))
  const seconds = Math.floor(sinceMs / 1000)
  if (sinceMs > quietAfterMs) return { kind: 'quiet', seconds }
  return payment.lastAnswerAtMs === null ? { kind: 'none' } : { kind: 'fresh', secondsAgo: seconds }
}

function echoOf({ echoedMinor, amountMinor, finalMinor }: PaymentView): LiveView['echo'] {
  if (echoedMinor === null) return 'waits'
  return echoedMinor === amountMinor || echoedMinor === finalMinor ? 'same' : 'differs'
}

export type StepState = 'done' | 'now' | 'later'
export interface Steps {
  readonly scan: StepState
  readonly approve: StepState
  readonly paid: StepState
}

/** The customer's way through the payment: scan, approve, paid. */
export function stepsOf(phase: PaymentPhase): Steps {
  switch (phase) {
    case 'customerApproves':
      return { scan: 'done', approve: 'now', paid: 'later' }
    case 'reserved':
    case 'completing':
      return { scan: 'done', approve: 'done', paid: 'now' }
    case 'paid':
      return { scan: 'done', approve: 'done', paid: 'done' }
    case 'askCustomer':
      return { scan: 'now', approve: 'later', paid: 'later' }
    case 'sending':
    case 'canceling':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return { scan: 'later', approve: 'later', paid: 'later' }
  }
}

/** What is left of the receipt after a payment was taken. */
export type Aftermath =
  | { readonly kind: 'finished' }
  | { readonly kind: 'part'; readonly leftMinor: number }
  | { readonly kind: 'over'; readonly backMinor: number }
  | { readonly kind: 'elsewhere' }

export function aftermathOf(
  payment: Pick<PaymentView, 'receiptId'>,
  receipt: { readonly id: string; readonly leftToPayMinor: number } | null,
  finishedReceiptId: string | null,
): Aftermath {
  if (payment.receiptId !== null && payment.receiptId === finishedReceiptId) return { kind: 'finished' }
  if (receipt === null || receipt.id !== payment.receiptId) return { kind: 'elsewhere' }
  if (receipt.leftToPayMinor > 0) return { kind: 'part', leftMinor: receipt.leftToPayMinor }
  if (receipt.leftToPayMinor < 0) return { kind: 'over', backMinor: -receipt.leftToPayMinor }
  return { kind: 'finished' }
}

/** What the amount typed into the SEQR panel does to the receipt. */
export type AmountEffect =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly leftMinor: number }
  | { readonly kind: 'over'; readonly backMinor: number }

export function effectOf(amountMinor: number, leftToPayMinor: number): AmountEffect {
  if (amountMinor < leftToPayMinor) return { kind: 'part', leftMinor: leftToPayMinor - amountMinor }
  if (amountMinor > leftToPayMinor) return { kind: 'over', backMinor: amountMinor - leftToPayMinor }
  return { kind: 'whole' }
}
