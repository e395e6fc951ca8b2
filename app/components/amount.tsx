import { formatAmount, type Currency } from '../domain/money.ts'

/** An amount in tabular digits, with its currency when asked for. */
export function Amount(props: {
  readonly minor: number
  readonly currency: Currency
  readonly withCurrency?: boolean
  readonly className?: string
}) {
  const { minor, currency, withCurrency = false, className } = props
  return (
    <span className={`amount ${className ?? ''}`}>
      {formatAmount(minor, currency)}
      {withCurrency && <span className="amount-currency">{` ${currency}`}</span>}
    </span>
  )
}
