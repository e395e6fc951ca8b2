import { useId, type HTMLInputTypeAttribute } from 'react'
import { Icon } from './icons.tsx'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly note?: string
  /** What is wrong with it, and what to do; null while nothing is. */
  readonly fault?: string | null
  readonly type?: HTMLInputTypeAttribute
  readonly placeholder?: string
  readonly first?: boolean
  readonly maxLength?: number
  readonly rows?: number
  readonly digitsOnly?: boolean
}

/** A text field with its label above and what is wrong with it below, in a line that is always kept free. */
export function Field(props: FieldProps) {
  const id = useId()
  const { value, fault = null, note, rows } = props
  const shared = {
    id,
    value,
    maxLength: props.maxLength ?? 128,
    placeholder: props.placeholder,
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': fault !== null || undefined,
    'aria-describedby': `${id}-note`,
    'data-first': props.first === true || undefined,
    onChange: (event: { target: { value: string } }) => props.onChange(event.target.value),
  }
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {rows === undefined ? (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.digitsOnly === true ? 'numeric' : undefined}
        />
      ) : (
        <textarea {...shared} rows={rows} />
      )}
      <FieldNote id={`${id}-note`} fault={fault} note={note} />
    </div>
  )
}

export function FieldNote(props: {
  readonly id: string
  readonly fault: string | null
  readonly note?: string | undefined
}) {
  if (props.fault !== null)
    return (
      <p id={props.id} className="field-fault" role="alert">
        <Icon name="warning" />
        <span>{props.fault}</span>
      </p>
    )
  return (
    <p id={props.id} className="field-note">
      {props.note}
    </p>
  )
}
