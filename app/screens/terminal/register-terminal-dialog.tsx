import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useAnswer, useRun, useShop } from '../shop.tsx'
import { closeDialog, goTo, tell } from '../ui-store.ts'

const noForm = { resellerId: '', userId: '', password: '', name: '', externalId: '' }
type Form = typeof noForm

/** Makes the till known to SEQR, with what SEQR gave the shop. */
export function RegisterTerminalDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const suggested = useAnswer('suggestion', () => pos.terminal.suggestion())?.answer
  const [typed, setTyped] = useState<Partial<Form>>({})
  const [isTried, setTried] = useState(false)
  const hasPassword = suggested?.hasPassword === true
  const form: Form = { ...noForm, ...filledIn(suggested), ...typed }
  const isMissing = (key: keyof Form) => form[key].trim() === '' && !(key === 'password' && hasPassword)
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if ((Object.keys(form) as (keyof Form)[]).some(isMissing)) return
    if ((await run('register', () => pos.terminal.register(form), { quiet: true })) === null) return
    goTo(ui, 'seqrIdRegistration')
    tell(ui, 'good', words.terminal.registered, words.terminal.registeredNext)
  }
  const fault = (key: keyof Form) => (isTried && isMissing(key) ? words.terminal.missing : null)
  const set = (part: Partial<Form>) => setTyped((now) => ({ ...now, ...part }))
  const field = (key: keyof Form, label: string, note?: string) => (
    <Field
      label={label}
      {...(note === undefined ? {} : { note })}
      value={form[key]}
      maxLength={64}
      fault={fault(key)}
      first={key === 'resellerId'}
      onChange={(text) => set({ [key]: text })}
    />
  )
  return (
    <Layer title={words.terminal.registerTitle} onBack={() => closeDialog(ui)}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{words.terminal.registerLong}</p>
        <div className="two-columns">
          {field('resellerId', words.terminal.resellerId)}
          {field('userId', words.terminal.userId)}
          <Field
            label={words.terminal.password}
            type="password"
            value={form.password}
            fault={fault('password')}
            {...(hasPassword ? { note: words.terminal.passwordKept } : {})}
            onChange={(password) => set({ password })}
          />
          {field('name', words.terminal.name, words.terminal.nameLong)}
          {field('externalId', words.terminal.externalId, words.terminal.externalIdLong)}
        </div>
        <TroubleNotice trouble={trouble} />
        <Button
          label={busy === null ? words.terminal.register : words.terminal.registering}
          kind="strong"
          large
          type="submit"
          // A press before what is known is filled in would be for nothing.
          busy={busy !== null || suggested === undefined}
          onPress={() => void submit()}
        />
      </form>
    </Layer>
  )
}

function filledIn(suggested: Omit<Form, 'password'> | undefined): Partial<Form> {
  if (suggested === undefined) return {}
  const { resellerId, userId, name, externalId } = suggested
  return { resellerId, userId, name, externalId }
}
