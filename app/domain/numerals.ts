/** Numbers as people read them, on screens and on paper. Files, protocols and the journal keep `decimalOf`. */
import { decimalOf, type Currency } from './money.ts'

/** How a language writes numbers. It comes with the language's words, for screens and for papers. */
export interface Numerals {
  readonly decimalSign: '.' | ','
  /** What stands right after a rate, with the space that the language puts before it. */
  readonly percentSign: string
  /** What {@link wholeUnit} is called. */
  readonly pieces: string
}

/** The unit of everything that has no unit of its own: how the catalogue and the protocols say it. */
export const wholeUnit = 'pcs'

/** The amount without its currency: `1 234.50`, `1 234,50`. The space does not break a line. */
export function formatAmount(amountMinor: number, currency: Currency, numerals: Numerals): string {
  const [whole = '0', fraction] = decimalOf(Math.abs(amountMinor), currency).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u00A0')
  const sign = amountMinor < 0 ? '\u2212' : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}${numerals.decimalSign}${fraction}`
}

/** A decimal of the machine's, such as `1.5`, with the language's sign. */
export function decimalText(decimal: string, { decimalSign }: Numerals): string {
  return decimal.replace('.', decimalSign)
}

/** A quantity with as few decimals as say it: `3`, `0.352`, `1,25`. */
export function quantityText(quantityThousandths: number, numerals: Numerals): string {
  const sign = quantityThousandths < 0 ? '\u2212' : ''
  return sign + decimalText(String(Math.abs(quantityThousandths) / 1000), numerals)
}

/** A quantity with all the decimals of its unit, as on a scale: `2`, `1.250`, `1,250`. */
export function measuredText(quantityThousandths: number, decimals: number, numerals: Numerals): string {
  return decimalText((quantityThousandths / 1000).toFixed(decimals), numerals)
}

/** A rate in basis points without its sign: `25`, `12.5`, `12,5`. */
export function rateText(basisPoints: number, numerals: Numerals): string {
  return decimalText(String(basisPoints / 100), numerals)
}

/** A rate in basis points: `25 %`, `12,5 %`. */
export function percentText(basisPoints: number, numerals: Numerals): string {
  return rateText(basisPoints, numerals) + numerals.percentSign
}

/** What a unit is called: {@link wholeUnit} has a word in every language, an article's own unit is left as it is. */
export function unitText(unit: string, { pieces }: Numerals): string {
  return unit === wholeUnit ? pieces : unit
}
