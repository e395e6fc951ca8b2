import { Button } from '../../components/button.tsx'
import { Digits } from '../../components/digits.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { PaymentView, ReceiptView } from '../../contract/views.ts'
import type { Currency } from '../../domain/money.ts'
import type { Words } from '../../words/en.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { LatestPaper } from '../paper-preview.tsx'
import { tenderName } from '../tender-name.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { EndHead, SettledNotice } from './end-parts.tsx'
import { aftermathOf, type Aftermath } from './payment-dialog-view.ts'

interface PaidPaymentProps {
  readonly payment: PaymentView
  /** Cancel had been asked for, and the customer was faster. */
  readonly wasCanceling: boolean
}

/** The money is there: amount, reference, change, and the receipt beside it. */
export function PaidPayment({ payment, wasCanceling }: PaidPaymentProps) {
  const words = useWords()
  const currency = useCurrency()
  const receipt = useTill(({ sale }) => sale?.receipt ?? null)
  const finished = useTill(({ sale }) => sale?.finished ?? null)
  const aftermath = aftermathOf(payment, receipt, finished?.receiptId ?? null)
  const change = finished !== null && aftermath.kind === 'finished' ? finished.changeMinor : 0
  const amount = payment.finalMinor ?? payment.amountMinor
  return (
    <div className="paid">
      <div className="paid-main">
        <EndHead
          icon="tick"
          title={words.payment.phase.paid}
          says={wasCanceling ? words.payment.paidAnyway : words.payment.says.paid}
        />
        <Digits minor={amount} currency={currency} className="paid-digits" />
        <dl className="facts">
          <div>
            <dt>{words.payment.ersReference}</dt>
            <dd className="mono selectable">{payment.ersReference ?? words.payment.settledByHand}</dd>
          </div>
          {finished !== null && aftermath.kind === 'finished' && (
            <div>
              <dt>{words.payment.receiptNumber}</dt>
              <dd>{finished.number}</dd>
            </div>
          )}
        </dl>
        <AftermathPart aftermath={aftermath} change={change} currency={currency} words={words} />
        <SettledNotice payment={payment} />
        <div className="grow" />
        <PaidActions payment={payment} aftermath={aftermath} />
      </div>
      <aside className="paid-paper">
        {aftermath.kind === 'finished' && <LatestPaper sinceMs={payment.startedAtMs} />}
        {(aftermath.kind === 'part' || aftermath.kind === 'over') && receipt !== null && (
          <Ledger receipt={receipt} />
        )}
      </aside>
    </div>
  )
}

/** What the receipt comes to, what has been paid of it, and what that leaves. */
function Ledger({ receipt }: { readonly receipt: ReceiptView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const left = receipt.leftToPayMinor
  return (
    <dl className="ledger">
      <div>
        <dt>{words.sale.total}</dt>
        <dd>{amount(receipt.totalMinor)}</dd>
      </div>
      {receipt.tenders.map((tender) => (
        <div key={tender.id}>
          <dt>{tenderName(words, tender)}</dt>
          <dd>{amount(-tender.amountMinor)}</dd>
        </div>
      ))}
      <div className="ledger-end">
        <dt>{left < 0 ? words.sale.giveBack : words.sale.leftToPay}</dt>
        <dd>{amount(Math.abs(left))}</dd>
      </div>
    </dl>
  )
}

function AftermathPart(props: {
  readonly aftermath: Aftermath
  readonly change: number
  readonly currency: Currency
  readonly words: Words
}) {
  const { aftermath, change, currency, words } = props
  const amount = useAmounts(currency)
  switch (aftermath.kind) {
    case 'finished':
      return change === 0 ? null : (
        <div className="paid-change">
          <span>{words.finished.change}</span>
          <strong>{amount(change)}</strong>
        </div>
      )
    case 'over':
      return (
        <div className="paid-change" role="status">
          <span>{words.payment.paidOver}</span>
          <strong>{amount(aftermath.backMinor)}</strong>
        </div>
      )
    case 'part':
      return (
        <p className="paid-part" role="status">
          {words.payment.paidPart(`${amount(aftermath.leftMinor)} ${currency}`)}
        </p>
      )
    case 'elsewhere':
      return null
  }
}

function PaidActions({
  payment,
  aftermath,
}: {
  readonly payment: PaymentView
  readonly aftermath: Aftermath
}) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const { id: paymentId, receiptId } = payment
  const dismiss = () => run('leave', () => pos.payment.dismiss({ paymentId }))
  const next = async () => {
    if ((await dismiss()) === null) return
    ui.setState({ message: null })
    if (aftermath.kind === 'finished') await run('next', () => pos.sale.dismissFinished())
  }
  const giveBack = async () => {
    if (receiptId !== null) await run('giveBack', () => pos.sale.giveBack({ receiptId }))
  }
  return (
    <div className="ended-actions">
      <TroubleNotice trouble={trouble} />
      {aftermath.kind === 'over' && receiptId !== null ? (
        <Button
          key="giveBack"
          label={words.payment.givenBack}
          kind="money"
          icon="cash"
          large
          autoFocus
          busy={busy !== null}
          onPress={() => void giveBack()}
        />
      ) : (
        <Button
          key="next"
          label={aftermath.kind === 'finished' ? words.payment.next : words.payment.goOn}
          kind="strong"
          large
          autoFocus
          busy={busy !== null}
          onPress={() => void next()}
        />
      )}
    </div>
  )
}
