import { useEffect, useRef, useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useRun, useShop } from '../shop.tsx'

/** The very first screen of a new till: someone has to be in charge of it. */
export function FirstAdministratorScreen() {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const card = useRef<HTMLFormElement>(null)
  useEffect(() => card.current?.querySelector('input')?.focus(), [])
  const [form, setForm] = useState({ name: '', pin: '', again: '' })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const digits = (text: string) => text.replaceAll(/\D/g, '').slice(0, 12)
  const faults = {
    name: form.name.trim() === '' ? words.signIn.nameMissing : null,
    pin: form.pin.length < 4 ? words.signIn.pinTooShort : null,
    again: form.pin === form.again ? null : words.signIn.pinsDiffer,
  }
  const create = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (Object.values(faults).some((fault) => fault !== null)) return
    const input = { name: form.name.trim(), pin: form.pin }
    await run('create', () => pos.session.setFirstAdministrator(input), { quiet: true })
  }
  return (
    <div className="sign-in">
      <form ref={card} className="first-card stack" onSubmit={(event) => void create(event)}>
        <h1>{words.signIn.first}</h1>
        <p>{words.signIn.firstLong}</p>
        <Field
          label={words.signIn.name}
          value={form.name}
          maxLength={40}
          fault={isTried ? faults.name : null}
          onChange={(name) => set({ name })}
        />
        <div className="two-columns">
          <Field
            label={words.signIn.newPin}
            type="password"
            digitsOnly
            value={form.pin}
            maxLength={12}
            fault={isTried ? faults.pin : null}
            onChange={(pin) => set({ pin: digits(pin) })}
          />
          <Field
            label={words.signIn.again}
            type="password"
            digitsOnly
            value={form.again}
            maxLength={12}
            fault={isTried ? faults.again : null}
            onChange={(again) => set({ again: digits(again) })}
          />
        </div>
        <TroubleNotice trouble={trouble} />
        <Button
          label={words.signIn.create}
          kind="strong"
          large
          type="submit"
          busy={busy !== null}
          onPress={() => void create()}
        />
      </form>
    </div>
  )
}
