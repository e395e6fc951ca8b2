import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useTimes } from '../times.ts'
import { useCurrency, useNow, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog } from '../ui-store.ts'

const none: readonly PaymentView[] = []

/** Payments whose outcome is not known, wherever their customers are by now. */
export function OpenPaymentsDialog() {
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const open = useTill(({ payments }) => payments?.open ?? none)
  const nowMs = useNow(1000)
  const show = async (paymentId: string) => {
    if ((await run(paymentId, () => pos.payment.show({ paymentId }), { quiet: true })) !== null)
      closeDialog(ui)
  }
  const contact = ({ lastAnswerAtMs }: PaymentView) =>
    lastAnswerAtMs === null
      ? words.payment.noAnswerYet
      : words.status.lastAnswer(words.time.ago(Math.max(0, Math.floor((nowMs - lastAnswerAtMs) / 1000))))
  return (
    <Layer title={words.openPayments.title} onBack={() => closeDialog(ui)}>
      <TroubleNotice trouble={trouble} />
      {open.length === 0 && (
        <div className="empty">
          <Icon name="tick" size={44} />
          <p>{words.openPayments.none}</p>
          <p className="soft">{words.openPayments.noneLong}</p>
        </div>
      )}
      <ul className="choice-list scrolls">
        {open.map((payment) => (
          <li key={payment.id}>
            <Button
              label={`${words.openPayments.show}: ${words.payment.phase[payment.phase]}`}
              className="choice"
              busy={busy === payment.id}
              onPress={() => void show(payment.id)}
            >
              <span className="choice-what">
                <strong>{words.payment.phase[payment.phase]}</strong>
                <span>
                  {words.openPayments.since(times.clock(payment.startedAtMs))} · {contact(payment)}
                </span>
              </span>
              <Amount minor={payment.amountMinor} currency={currency} className="choice-amount" />
            </Button>
          </li>
        ))}
      </ul>
    </Layer>
  )
}
