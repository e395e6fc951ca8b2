import { useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { readAmount } from '../entry.ts'
import { useForbidden } from '../forbidden.ts'
import { useCurrency, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog } from '../ui-store.ts'

/** The longest that a reservation may be held: 31 days. */
const longestMinutes = 44_640

/** Reserve now, take the final amount later: who or what it is for, how much, how long. */
export function ReserveDialog() {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const refuse = useRefused()
  const notAllowed = useForbidden('reserve')
  const usual = useTill(({ till }) => till?.reservationMinutes ?? 60)
  const [label, setLabel] = useState('')
  const [minutesText, setMinutes] = useState(String(usual))
  const [typed, setTyped] = useState<Typed>({ text: '', fresh: true })
  const [isTried, setTried] = useState(false)
  const amount = readAmount(words, typed.text, currency)
  const minutes = /^\d{1,5}$/.test(minutesText.trim()) ? Number(minutesText) : 0
  const isTime = minutes >= 1 && minutes <= longestMinutes
  const reserve = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!amount.ok || !isTime || label.trim() === '' || notAllowed !== null) return
    const request = () => pos.reservation.start({ label: label.trim(), amountMinor: amount.value, minutes })
    if ((await run('reserve', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <Layer title={words.reservation.title} onBack={() => closeDialog(ui)} className="entry" size="large">
      <form className="entry-form" onSubmit={(event) => void reserve(event)}>
        <div className="entry-left">
          <Field
            label={words.reservation.label}
            value={label}
            onChange={setLabel}
            maxLength={40}
            note={words.reservation.labelLong}
            fault={isTried && label.trim() === '' ? words.reservation.labelMissing : null}
            first
          />
          <AmountInput
            label={words.reservation.amount}
            first={false}
            typed={typed}
            onTyped={setTyped}
            unit={currency}
            fault={isTried && !amount.ok ? amount.says : null}
            note={words.reservation.amountLong}
          />
          <Field
            label={words.reservation.minutes}
            value={minutesText}
            onChange={setMinutes}
            maxLength={5}
            fault={isTime ? null : words.reservation.minutesFault}
          />
          <TroubleNotice trouble={trouble} />
          <div className="grow" />
          <Button
            label={words.reservation.reserve}
            kind="strong"
            large
            type="submit"
            icon="clock"
            busy={busy !== null}
            reason={notAllowed}
            onRefused={refuse}
            onPress={() => void reserve()}
          />
        </div>
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
      </form>
    </Layer>
  )
}
