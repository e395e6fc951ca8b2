import { useId } from 'react'

/** One of a few, chosen from a list with its label above. */
export function SelectField<T extends string | number>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}) {
  const id = useId()
  const { options } = props
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        value={String(props.value)}
        onChange={(event) => {
          const chosen = options.find(({ value }) => String(value) === event.target.value)
          if (chosen !== undefined) props.onChange(chosen.value)
        }}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={String(value)}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
