import type { Call, PaymentEvent } from '../../app/domain/seqr-payment.ts'
import type { Answer, PaymentStatus } from '../seqr/service.ts'

/** 0 and 95: it is canceled. 50: paid already. 51: the buyer is just confirming (SEQR API 2.6). */
const cancelCodes: Readonly<Record<number, PaymentEvent>> = {
  95: { type: 'cancelTaken' },
  50: { type: 'cancelTooLate' },
  51: { type: 'cancelBusy' },
}

/** What the till needs to know of the payment to read an answer about it. */
export interface AboutPayment {
  readonly nowMs: number
  /** How long a reservation is held, for the deadline that the till counts down to; the service decides. */
  readonly reserveForSeconds: number | null
}

/** What an answer means for the payment. Whatever says nothing about the money is `noAnswer`. */
export function eventOf(call: Call, answer: Answer<unknown>, about: AboutPayment): PaymentEvent {
  switch (answer.kind) {
    case 'noAnswer':
      return { type: answer.reason === 'unreachable' ? 'notReached' : 'noAnswer' }
    case 'refused': {
      const cancelEvent = call.ask === 'cancel' ? cancelCodes[answer.code] : undefined
      if (cancelEvent !== undefined) return cancelEvent
      if (answer.passing) return { type: 'noAnswer' }
      return { type: 'refused', code: answer.code, description: answer.description }
    }
    case 'ok':
      return eventOfSuccess(call, answer.value, about)
  }
}

function eventOfSuccess(call: Call, value: unknown, about: AboutPayment): PaymentEvent {
  switch (call.ask) {
    case 'send':
      return { type: 'invoiceAccepted', reference: (value as { invoiceReference: string }).invoiceReference }
    case 'status':
      return eventOfStatus(value as PaymentStatus, about)
    case 'cancel':
      return { type: 'cancelTaken' }
    case 'update':
      return { type: 'updated' }
    case 'commit':
      return { type: 'committed' }
  }
}

function eventOfStatus(status: PaymentStatus, about: AboutPayment): PaymentEvent {
  const { version } = status
  switch (status.status) {
    case 'ISSUED':
      return { type: 'stillOpen', version, approving: false }
    case 'PENDING_ISSUER_ACKNOWLEDGE':
    case 'PARTIALLY_PAID':
      return { type: 'stillOpen', version, approving: true }
    case 'PAID':
      // Without its reference the payment could be neither printed nor refunded: ask again.
      if (status.ersReference === undefined || status.ersReference === '') return { type: 'noAnswer' }
      return {
        type: 'paid',
        version,
        ersReference: status.ersReference,
        echoedMinor: status.receipt?.amountMinor ?? null,
      }
    case 'CANCELED':
      return { type: 'canceledThere', version }
    case 'EXPIRED':
      return { type: 'expiredThere', version }
    case 'FAILED':
      return { type: 'failedThere', version }
    case 'RESERVED':
      return { type: 'reserved', version, deadlineMs: about.nowMs + (about.reserveForSeconds ?? 0) * 1000 }
    case 'UNKNOWN':
      return { type: 'noAnswer' }
  }
}
