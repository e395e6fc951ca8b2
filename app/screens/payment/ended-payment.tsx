import { Button } from '../../components/button.tsx'
import type { IconName } from '../../components/icons.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { PaymentPhase, PaymentView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { resultSentence } from '../../words/sentences.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { useTimes } from '../times.ts'
import { openDialog } from '../ui-store.ts'
import { EndHead, SettledNotice } from './end-parts.tsx'
import { PaidPayment } from './paid-payment.tsx'

interface EndedPaymentProps {
  readonly payment: PaymentView
  readonly cancelingSinceMs: number | null
}

/** How the payment ended, and what to do next. */
export function EndedPayment({ payment, cancelingSinceMs }: EndedPaymentProps) {
  if (payment.phase === 'paid')
    return <PaidPayment payment={payment} wasCanceling={cancelingSinceMs !== null} />
  return <UnpaidPayment payment={payment} wasCanceling={cancelingSinceMs !== null} />
}

function UnpaidPayment(props: { readonly payment: PaymentView; readonly wasCanceling: boolean }) {
  const { payment, wasCanceling } = props
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const { id: paymentId, phase, receiptId } = payment
  const isHere = useTill(({ sale }) => sale?.receipt != null && sale.receipt.id === receiptId)
  const times = useTimes()
  const { says, next } = endSentence(words, payment, wasCanceling, times.dateTime)
  const leave = async (again: boolean) => {
    if ((await run(again ? 'again' : 'leave', () => pos.payment.dismiss({ paymentId }))) === null) return
    ui.setState({ message: null })
    if (again) openDialog(ui, { kind: 'seqrAmount' })
  }
  return (
    <div className="ended" data-phase={phase}>
      <EndHead icon={endIcons[phase]} title={words.payment.phase[phase]} says={says} />
      <p className="ended-amount">
        {amount(payment.amountMinor)} <small>{currency}</small>
      </p>
      <p className="ended-next">{next}</p>
      {payment.refusal !== null && (
        <p className="soft selectable">
          {words.payment.resultCode(payment.refusal.code)}
          {payment.refusal.description !== '' && `: ${payment.refusal.description}`}
        </p>
      )}
      {payment.mayExist && (
        <Notice tone="attention" live>
          {words.payment.mayExist}
        </Notice>
      )}
      <SettledNotice payment={payment} />
      <TroubleNotice trouble={trouble} />
      <div className="grow" />
      <div className="ended-actions">
        {phase !== 'reserved' && isHere && (
          <Button
            label={words.payment.payAgain}
            large
            icon="phone"
            busy={busy === 'again'}
            onPress={() => void leave(true)}
          />
        )}
        <Button
          label={words.payment.backToReceipt}
          kind="strong"
          large
          autoFocus
          busy={busy === 'leave'}
          onPress={() => void leave(false)}
        />
      </div>
    </div>
  )
}

const endIcons: Readonly<Record<PaymentPhase, IconName>> = {
  sending: 'outbox',
  askCustomer: 'scan',
  customerApproves: 'approve',
  canceling: 'cross',
  completing: 'hourglass',
  reserved: 'clock',
  paid: 'tick',
  canceled: 'cross',
  lapsed: 'hourglass',
  failed: 'stop',
  refused: 'stop',
  notSent: 'offline',
}

function endSentence(
  words: Words,
  payment: PaymentView,
  wasCanceling: boolean,
  timeOf: (atMs: number) => string,
): { says: string; next: string } {
  const { payment: text, reservation } = words
  switch (payment.phase) {
    case 'refused': {
      const result = resultSentence(words, payment.refusal?.code ?? null)
      return { says: `${result.says} ${text.says.refused}`, next: result.next }
    }
    case 'canceled': {
      const how = wasCanceling ? text.canceledByTill : text.canceledElsewhere
      return { says: `${how} ${text.says.canceled}`, next: text.after.canceled }
    }
    case 'reserved':
      if (payment.refusal !== null)
        return {
          says: reservation.refusedFinal,
          next: `${resultSentence(words, payment.refusal.code).says} ${reservation.refusedFinalNext}`,
        }
      return {
        says: text.says.reserved,
        next: reservation.heldFor(payment.label, timeOf(payment.deadlineMs ?? 0)),
      }
    case 'lapsed':
    case 'failed':
    case 'notSent':
      return { says: text.says[payment.phase], next: text.after[payment.phase] }
    case 'sending':
    case 'askCustomer':
    case 'customerApproves':
    case 'canceling':
    case 'completing':
    case 'paid':
      return { says: text.says[payment.phase], next: '' }
  }
}
