import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'
import { isPin, onlyDigits } from './person-form.ts'

/** The PIN of whoever is signed in, changed by themselves. */
export function ChangePinDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [form, setForm] = useState({ pin: '', newPin: '', again: '' })
  const [isTried, setTried] = useState(false)
  const says = words.office.people
  const faults = {
    pin: isPin(form.pin) ? null : says.pinTooShort,
    newPin: isPin(form.newPin) ? null : says.pinTooShort,
    again: form.again === form.newPin ? null : words.signIn.pinsDiffer,
  }
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (Object.values(faults).some((fault) => fault !== null)) return
    const { pin, newPin } = form
    if ((await run('save', () => pos.session.changePin({ pin, newPin }), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'good', says.pinChanged)
  }
  const field = (key: keyof typeof form, label: string) => (
    <Field
      label={label}
      type="password"
      digitsOnly
      value={form[key]}
      maxLength={12}
      first={key === 'pin'}
      fault={isTried ? faults[key] : null}
      onChange={(text) => setForm((now) => ({ ...now, [key]: onlyDigits(text) }))}
    />
  )
  return (
    <Layer title={says.changePin} onBack={() => closeDialog(ui)} size="small">
      <form className="stack" onSubmit={(event) => void save(event)}>
        {field('pin', says.oldPin)}
        {field('newPin', says.newPin)}
        {field('again', says.again)}
        <TroubleNotice trouble={trouble} />
        <Button
          label={words.save}
          kind="strong"
          large
          type="submit"
          busy={busy !== null}
          onPress={() => void save()}
        />
      </form>
    </Layer>
  )
}
