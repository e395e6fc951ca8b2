/** Things to choose with: one of a few, one of many, and on or off. */
import { useId, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { FieldNote } from './field.tsx'
import { Icon } from './icons.tsx'

export interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

interface ChooseProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T) => void
}

/** A few that are all seen at once. */
export function Tabs<T extends string>({ label, value, options, onChange }: ChooseProps<T>) {
  return (
    <div className="tabs" role="group" aria-label={label}>
      {options.map((option) => (
        <Button
          key={option.value}
          label={option.label}
          pressed={option.value === value}
          onPress={() => onChange(option.value)}
        />
      ))}
    </div>
  )
}

/** One of many, in a list that opens. */
export function Select<T extends string>(
  props: ChooseProps<T> & { readonly note?: string; readonly fault?: string | null },
) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          const chosen = props.options.find(({ value }) => value === event.target.value)
          if (chosen !== undefined) props.onChange(chosen.value)
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <FieldNote id={`${id}-note`} fault={props.fault ?? null} note={props.note} />
    </div>
  )
}

/** On or off, with a box as large as a finger. */
export function Switch(props: {
  readonly label: string
  readonly note?: ReactNode
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const { label, note, isOn, onChange } = props
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      className="switch-row"
      onClick={() => onChange(!isOn)}
    >
      <span className="switch-box">{isOn && <Icon name="tick" size={20} />}</span>
      <span className="choice-what">
        <strong>{label}</strong>
        {note !== undefined && <span>{note}</span>}
      </span>
    </button>
  )
}
