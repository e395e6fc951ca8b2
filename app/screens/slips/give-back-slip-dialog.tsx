import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import { formatAmount } from '../../domain/numerals.ts'
import { formatPayId } from '../../domain/slip.ts'
import { useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'

/** The cash of a slip that nobody takes goes back to its customer: an administrator's act, with a reason. */
export function GiveBackSlipDialog({ slipId }: { readonly slipId: string }) {
  const words = useWords()
  const { slips } = words
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const slip = useTill((state) => state.slips?.work.find(({ id }) => id === slipId) ?? null)
  const [reason, setReason] = useState(slip?.said ?? '')
  const [pin, setPin] = useState('')
  const [isTried, setTried] = useState(false)
  const faults = {
    reason: reason.trim().length < 3 ? slips.needsReason : null,
    pin: /^\d{4,12}$/.test(pin) ? null : slips.needsPin,
  }
  const give = async () => {
    setTried(true)
    if (faults.reason !== null || faults.pin !== null) return
    const input = { slipId, reason: reason.trim(), pin }
    if ((await run('giveBack', () => pos.slip.giveBack(input), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'good', slips.givenBack)
  }
  const amount =
    slip === null
      ? ''
      : ` ${formatAmount(slip.amountMinor ?? 0, slip.currency, words.numerals)} ${slip.currency}`
  return (
    <Layer
      title={`${slips.giveBack}:${amount}`}
      onBack={() => closeDialog(ui)}
      className="settle"
      footer={
        <>
          <Button label={words.back} large onPress={() => closeDialog(ui)} />
          <Button
            label={slips.giveBack}
            kind="strong"
            large
            busy={busy !== null}
            onPress={() => void give()}
          />
        </>
      }
    >
      <p>{slips.giveBackLong}</p>
      {slip !== null && (
        <p>
          {slip.merchantName}, {formatPayId(slip.payId)}
        </p>
      )}
      {slip?.phase === 'needsPerson' && <Notice tone="attention">{slips.giveBackDoubt}</Notice>}
      <Field
        label={slips.reason}
        value={reason}
        maxLength={160}
        first
        fault={isTried ? faults.reason : null}
        onChange={setReason}
      />
      <Field
        label={slips.pin}
        type="password"
        digitsOnly
        value={pin}
        maxLength={12}
        fault={isTried ? faults.pin : null}
        onChange={setPin}
      />
      <TroubleNotice trouble={trouble} />
    </Layer>
  )
}
