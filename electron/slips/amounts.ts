import { decimalOf, type Currency } from '../../app/domain/money.ts'

/** An amount as 7-CONNECT writes it: with two decimals, also of a currency that has none (7-CONNECT merchant guide). */
export function platformAmount(amountMinor: number, currency: Currency): string {
  const decimal = decimalOf(amountMinor, currency)
  return decimal.includes('.') ? decimal : `${decimal}.00`
}
