import type { Currency } from '../domain/money.ts'
import { useAmounts } from './words-context.tsx'

/** An amount in tabular digits, with its currency when asked for. */
export function Amount(props: {
  readonly minor: number
  readonly currency: Currency
  readonly withCurrency?: boolean
  readonly className?: string
}) {
  const { minor, currency, withCurrency = false, className } = props
  const amount = useAmounts(currency)
  return (
    <span className={`amount ${className ?? ''}`}>
      {amount(minor)}
      {withCurrency && <span className="amount-currency">{` ${currency}`}</span>}
    </span>
  )
}
