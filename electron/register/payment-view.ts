import type { PaymentPhase, PaymentView, PaymentsView } from '../../app/contract/views.ts'
import type { Stage } from '../../app/domain/seqr-payment.ts'
import { canCancel, holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import type { PaymentRecord } from '../storage/payments.ts'

/** What a payment is shown from: what is on disk, and what was heard since. */
export interface ShownPayment {
  readonly record: PaymentRecord
  readonly startedAtMs: number
  readonly lastAnswerAtMs: number | null
  readonly silentSinceMs: number | null
  readonly refusal: { readonly code: number; readonly description: string } | null
}

export function paymentsView(payments: readonly ShownPayment[], seqrId: string): PaymentsView {
  const shown = payments.map((payment) => paymentView(payment, seqrId))
  const viewsOf = (wanted: (record: PaymentRecord) => boolean) =>
    shown.filter((_, index) => {
      const record = payments[index]?.record
      return record !== undefined && wanted(record)
    })
  return {
    current: currentOf(payments, shown),
    open: viewsOf(({ stage }) => !isOver(stage) && stage.name !== 'reserved'),
    reservations: viewsOf(
      ({ mode, stage }) => mode === 'reservation' && !isOver(stage) && !holdsSticker(stage),
    ),
    endedReservations: viewsOf(isUnseenEnd),
  }
}

/** Is this a reservation that is over, and stands on the list only to be read? */
export function isUnseenEnd({ mode, stage, setAside, dismissed }: PaymentRecord): boolean {
  return mode === 'reservation' && isOver(stage) && setAside && !dismissed
}

/** The one whose dialog stands: not set aside, not dismissed, the newest. */
function currentOf(payments: readonly ShownPayment[], shown: readonly PaymentView[]): PaymentView | null {
  const index = payments.findLastIndex(({ record }) => !record.setAside && !record.dismissed)
  return shown[index] ?? null
}

export function paymentView(payment: ShownPayment, seqrId: string): PaymentView {
  const { record } = payment
  const { stage } = record
  return {
    id: record.id,
    mode: record.mode,
    receiptId: record.receiptId,
    label: record.label,
    phase: phaseOf(stage),
    amountMinor: record.mode === 'reservation' ? record.amountMinor : record.amounts.sentMinor,
    echoedMinor: stage.name === 'paid' ? stage.echoedMinor : null,
    finalMinor: record.amounts.bookedMinor ?? (stage.name === 'completing' ? stage.finalMinor : null),
    invoiceReference: 'reference' in stage ? stage.reference : null,
    ersReference: stage.name === 'paid' ? stage.ersReference : null,
    seqrId,
    startedAtMs: payment.startedAtMs,
    roundStartedAtMs: record.roundStartedAtMs,
    attempt: record.attempt,
    lastAnswerAtMs: payment.lastAnswerAtMs,
    silentSinceMs: payment.silentSinceMs,
    mayExist: (stage.name === 'sending' || stage.name === 'refused') && stage.mayExist,
    refusal: refusalOf(stage) ?? payment.refusal,
    deadlineMs: stage.name === 'reserved' || stage.name === 'completing' ? stage.deadlineMs : null,
    canCancel: canCancel(stage),
    canSetAside: !isOver(stage),
    settledByHand:
      record.settledByHand === null
        ? null
        : { ...record.settledByHand, serviceSays: isOver(stage) ? phaseOf(stage) : null },
  }
}

function refusalOf(stage: Stage): PaymentView['refusal'] {
  if (stage.name === 'refused') return { code: stage.code, description: stage.description }
  if (stage.name === 'reserved' && stage.refusedCode !== null)
    return { code: stage.refusedCode, description: '' }
  return null
}

/** What a stage means to people. */
export function phaseOf(stage: Stage): PaymentPhase {
  switch (stage.name) {
    case 'sending':
      return stage.cancelWanted ? 'canceling' : 'sending'
    case 'waiting':
      return stage.approving ? 'customerApproves' : 'askCustomer'
    case 'canceling':
    case 'reserved':
    case 'completing':
    case 'paid':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return stage.name
  }
}
