import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useCurrency, useRun, useShop } from '../shop.tsx'

interface Form {
  readonly as: 'paid' | 'notPaid' | null
  readonly reason: string
  readonly evidence: string
  readonly pin: string
}

/** The supervised way out of a payment that gets no answer: who, why, and on what evidence. */
export function SettleDialog({ payment }: { readonly payment: PaymentView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [form, setForm] = useState<Form>({ as: null, reason: '', evidence: '', pin: '' })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }))
  const close = () => ui.setState({ settling: false })
  const { settle } = words
  const faults = {
    as: form.as === null ? settle.needsAs : null,
    reason: form.reason.trim().length < 3 ? settle.needsReason : null,
    evidence: form.evidence.trim().length < 3 ? settle.needsEvidence : null,
    pin: /^\d{4,12}$/.test(form.pin) ? null : settle.needsPin,
  }
  const shown = (fault: string | null) => (isTried ? fault : null)
  const record = async () => {
    setTried(true)
    const { as, reason, evidence, pin } = form
    if (as === null || Object.values(faults).some((fault) => fault !== null)) return
    const input = { paymentId: payment.id, as, reason: reason.trim(), evidence: evidence.trim(), pin }
    if ((await run('settle', () => pos.payment.settleByHand(input), { quiet: true })) !== null) close()
  }
  return (
    <Layer
      title={`${settle.title}: ${amount(payment.amountMinor)} ${currency}`}
      onBack={close}
      className="settle"
      footer={
        <>
          <Button label={words.back} large onPress={close} />
          <Button
            label={settle.settle}
            kind="strong"
            large
            busy={busy !== null}
            onPress={() => void record()}
          />
        </>
      }
    >
      <p>{settle.long}</p>
      <div className="settle-choice" role="group" aria-label={shown(faults.as) ?? settle.title}>
        <SettleChoice
          label={settle.asPaid}
          long={settle.asPaidLong}
          isChosen={form.as === 'paid'}
          onPress={() => set({ as: 'paid' })}
        />
        <SettleChoice
          label={settle.asNotPaid}
          long={settle.asNotPaidLong}
          isChosen={form.as === 'notPaid'}
          onPress={() => set({ as: 'notPaid' })}
        />
      </div>
      {shown(faults.as) !== null && (
        <p className="field-fault" role="alert">
          {faults.as}
        </p>
      )}
      <Field
        label={settle.reason}
        note={settle.reasonHint}
        fault={shown(faults.reason)}
        value={form.reason}
        maxLength={200}
        onChange={(reason) => set({ reason })}
      />
      <Field
        label={settle.evidence}
        note={settle.evidenceHint}
        fault={shown(faults.evidence)}
        value={form.evidence}
        maxLength={200}
        onChange={(evidence) => set({ evidence })}
      />
      <Field
        label={settle.pin}
        type="password"
        digitsOnly
        fault={shown(faults.pin)}
        value={form.pin}
        maxLength={12}
        onChange={(pin) => set({ pin })}
      />
      <TroubleNotice trouble={trouble} />
    </Layer>
  )
}

function SettleChoice(props: {
  readonly label: string
  readonly long: string
  readonly isChosen: boolean
  readonly onPress: () => void
}) {
  return (
    <Button label={props.label} pressed={props.isChosen} onPress={props.onPress}>
      <span className="label">
        <strong>{props.label}</strong>
        <small>{props.long}</small>
      </span>
    </Button>
  )
}
