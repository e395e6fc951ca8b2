import type { CSSProperties } from 'react'
import type { Currency } from '../domain/money.ts'
import { useAmounts } from './words-context.tsx'

/** One amount as large as its place allows: a long one gets smaller digits, never a second line. */
export function Digits(props: {
  readonly minor: number
  readonly currency: Currency
  readonly className: string
}) {
  const text = useAmounts(props.currency)(props.minor)
  return (
    <p className={props.className} style={{ '--signs': text.length } as CSSProperties}>
      {text} <small>{props.currency}</small>
    </p>
  )
}
