import { useState, type FormEvent, type ReactNode } from 'react'
import { AmountInput } from '../components/amount-input.tsx'
import { Button } from '../components/button.tsx'
import { afterKey, Keypad, type Typed } from '../components/keypad.tsx'
import { Layer } from '../components/layer.tsx'
import type { Read } from './entry.ts'
import { useShop, type Running } from './shop.tsx'
import { closeDialog } from './ui-store.ts'
import { TroubleNotice } from './trouble-notice.tsx'

export interface EntryFormProps<T> {
  readonly title: string
  readonly subject: string
  readonly label: string
  readonly unit: string
  readonly filledIn: string
  readonly read: (text: string) => Read<T>
  readonly onDone: (value: T) => void
  readonly button: string
  readonly running: Running
  readonly tabs?: ReactNode
  readonly extra?: ReactNode
}

/** One number on a keypad: what is edited stands above it, what is wrong with it below. */
export function EntryForm<T>(props: EntryFormProps<T>) {
  const { ui } = useShop()
  const [typed, setTyped] = useState<Typed>({ text: props.filledIn, fresh: true })
  const [isTried, setTried] = useState(false)
  const read = props.read(typed.text)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (read.ok) props.onDone(read.value)
  }
  return (
    <Layer title={props.title} onBack={() => closeDialog(ui)} className="entry">
      <form className="entry-form" onSubmit={submit}>
        <div className="entry-left">
          <p className="entry-subject">{props.subject}</p>
          {props.tabs}
          <AmountInput
            key={props.label}
            label={props.label}
            typed={typed}
            onTyped={setTyped}
            unit={props.unit}
            fault={isTried && !read.ok ? read.says : null}
          />
          <TroubleNotice trouble={props.running.trouble} />
          <div className="grow" />
          {props.extra}
          <Button
            label={props.button}
            kind="strong"
            large
            type="submit"
            busy={props.running.busy !== null}
            onPress={submit}
          />
        </div>
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
      </form>
    </Layer>
  )
}
