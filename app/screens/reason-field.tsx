import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'

/** Why something is done: one press for what is usual, a text for anything else. */
export function ReasonField(props: {
  readonly label: string
  readonly usual: readonly string[]
  readonly value: string
  readonly fault: string | null
  readonly onChange: (reason: string) => void
}) {
  return (
    <div className="reason-field">
      <Field
        label={props.label}
        value={props.value}
        maxLength={120}
        fault={props.fault}
        onChange={props.onChange}
      />
      <div className="reason-usual" role="group" aria-label={props.label}>
        {props.usual.map((reason) => (
          <Button
            key={reason}
            label={reason}
            pressed={props.value === reason}
            onPress={() => props.onChange(reason)}
          />
        ))}
      </div>
    </div>
  )
}
