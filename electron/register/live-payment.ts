import type { Answer } from '../seqr/service.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import type { Clock } from './clock.ts'
import type { Follower } from './follow.ts'

/** A payment in memory: what is on disk, and what need not be. */
export interface LivePayment {
  record: PaymentRecord
  /** When it was started, by the clock as it stands now: the record keeps what the clock said then. */
  startedAtMs: number
  /** The computer's clock less the time that has run, as of the last look. */
  clockSetMs: number
  lastAnswerAtMs: number | null
  silentSinceMs: number | null
  refusal: { readonly code: number; readonly description: string } | null
  /** Time-outs in a row: a slow service is given longer before it is asked again. */
  timeouts: number
  /** An answer came that the disk did not take. Until that is on record no invoice is sent again. */
  unsavedDoubt: boolean
  follower: Follower | null
}

/** The two clocks run apart by less than this without anybody having set one. */
const clockTremblesMs = 500

/** A payment as it is taken into memory: nothing has been heard of it in this life of the till. */
export function livePayment(record: PaymentRecord, clock: Clock, unsavedDoubt: boolean): LivePayment {
  const nowMs = clock.now()
  return {
    record: { ...record, roundStartedAtMs: Math.min(record.roundStartedAtMs, nowMs) },
    startedAtMs: Math.min(record.startedAtMs, nowMs),
    clockSetMs: clockSetMs(clock),
    lastAnswerAtMs: null,
    silentSinceMs: null,
    refusal: null,
    timeouts: 0,
    unsavedDoubt,
    follower: null,
  }
}

/** Epoch milliseconds at which the clock that never jumps stood at zero: another number when somebody sets the clock. */
function clockSetMs(clock: Clock): number {
  return Math.round(clock.now() - clock.elapsedMs())
}

/**
 * A clock set back would put the round's 30 seconds, and every silence, into the future: they go back with it. One
 * set ahead only makes them look longer, as does a computer that slept.
 */
export function goWithClock(payment: LivePayment, clock: Clock): void {
  const byMs = clockSetMs(clock) - payment.clockSetMs
  payment.clockSetMs += byMs
  if (byMs > -clockTremblesMs) return
  payment.startedAtMs += byMs
  payment.record = { ...payment.record, roundStartedAtMs: payment.record.roundStartedAtMs + byMs }
  payment.lastAnswerAtMs = payment.lastAnswerAtMs === null ? null : payment.lastAnswerAtMs + byMs
  payment.silentSinceMs = payment.silentSinceMs === null ? null : payment.silentSinceMs + byMs
}

/** Remembers when the service was last heard, and what it refused. */
export function noteAnswer(payment: LivePayment, answer: Answer<unknown>, nowMs: number): void {
  const silent = answer.kind === 'noAnswer'
  const isTimeout = silent && (answer.reason === 'timeout' || answer.reason === 'aborted')
  payment.timeouts = isTimeout ? payment.timeouts + 1 : 0
  payment.silentSinceMs = silent ? (payment.silentSinceMs ?? nowMs) : null
  if (!silent) payment.lastAnswerAtMs = nowMs
  payment.refusal = answer.kind === 'refused' ? { code: answer.code, description: answer.description } : null
}
