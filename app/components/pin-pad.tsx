import { useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { FieldNote } from './field.tsx'
import { afterKey, Keypad } from './keypad.tsx'
import { useWords } from './words-context.tsx'

export interface PinPadProps {
  readonly label: string
  readonly button: string
  readonly busy: boolean
  readonly fault: string | null
  readonly onPin: (pin: string) => void
}

const shortest = 4
const longest = 12

/** A PIN by keyboard or by touch. Its digits are never shown. */
export function PinPad({ label, button, busy, fault, onPin }: PinPadProps) {
  const words = useWords()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [pin, setPin] = useState('')
  const isShort = pin.length < shortest
  useEffect(() => input.current?.focus(), [])
  const submit = () => {
    if (!isShort && !busy) onPin(pin)
  }
  const type = (text: string) => setPin(text.replaceAll(/\D/g, '').slice(0, longest))
  return (
    <form
      className="pin-pad"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          ref={input}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          className="pin-input"
          value={pin}
          maxLength={longest}
          aria-invalid={fault !== null || undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => type(event.target.value)}
        />
        <FieldNote id={`${id}-note`} fault={fault} />
      </div>
      <Keypad whole onKey={(key) => type(afterKey({ text: pin, fresh: false }, key).text)} />
      <Button
        label={button}
        kind="strong"
        large
        type="submit"
        busy={busy}
        reason={isShort ? words.signIn.pinTooShort : null}
        onPress={submit}
      />
    </form>
  )
}
