import { useEffect, useId, useRef } from 'react'
import { FieldNote } from './field.tsx'
import type { Typed } from './keypad.tsx'

export interface AmountInputProps {
  readonly label: string
  readonly typed: Typed
  readonly onTyped: (typed: Typed) => void
  readonly unit: string
  readonly fault: string | null
  readonly note?: string
  readonly secret?: boolean
  /** Does the focus begin here? It does unless this says no. */
  readonly first?: boolean
}

/** A large field for one number. What was filled in is selected, so that typing replaces it. */
export function AmountInput(props: AmountInputProps) {
  const { label, typed, onTyped, unit, fault, note, secret = false, first = true } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!first) return
    input.current?.focus()
    input.current?.select()
  }, [first])
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="amount-input" data-fault={fault !== null || undefined}>
        <input
          id={id}
          ref={input}
          type={secret ? 'password' : 'text'}
          inputMode={secret ? 'numeric' : 'decimal'}
          autoComplete="off"
          value={typed.text}
          maxLength={20}
          data-first={first || undefined}
          aria-invalid={fault !== null || undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onTyped({ text: event.target.value, fresh: false })}
        />
        {unit !== '' && <span className="unit">{unit}</span>}
      </div>
      <FieldNote id={`${id}-note`} fault={fault} note={note} />
    </div>
  )
}
