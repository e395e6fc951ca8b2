import type { Call } from '../../app/domain/seqr-payment.ts'
import type { Answer, SeqrService, TerminalLogin } from '../seqr/service.ts'
import type { PaymentRecord } from '../storage/payments.ts'

/**
 * How long one question may take: short at first, then long enough for a slow service. A cancel or commit between two
 * status questions is always short, so that the starts of those two stay under the 20 s after which SEQR reverses.
 */
const questionMs = { first: 6000, patient: 12_000 }

/** How long to wait for an answer, in milliseconds, after so many time-outs in a row. */
export function patienceMs(call: Call, timeouts: number): number {
  const isBetween = call.ask === 'cancel' || call.ask === 'commit'
  return isBetween || timeouts % 2 === 0 ? questionMs.first : questionMs.patient
}

interface Question {
  readonly login: TerminalLogin
  readonly record: PaymentRecord
  readonly call: Call
}

/** Asks SEQR what a payment's stage calls for; `eventOf` reads the answer. */
export function askSeqr(
  seqr: SeqrService,
  { login, record, call }: Question,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  switch (call.ask) {
    case 'send':
      return seqr.sendInvoice(login, record.invoice, signal)
    case 'status':
      return seqr.getPaymentStatus(login, call.reference, call.version, signal)
    case 'cancel':
      return seqr.cancelInvoice(login, call.reference, signal)
    case 'update':
      return seqr.updateInvoice(login, call.reference, record.invoice, signal)
    case 'commit':
      return seqr.commitReservation(login, call.reference, call.finalMinor, record.currency, signal)
  }
}
