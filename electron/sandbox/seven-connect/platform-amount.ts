import { decimalOf, type Currency } from '../../../app/domain/money.ts'

/** An amount on the wire: always with two decimals, which for a currency without any are zeros. */
export function platformAmount(amountMinor: number, currency: Currency): string {
  const decimal = decimalOf(amountMinor, currency)
  return decimal.includes('.') ? decimal : `${decimal}.00`
}
