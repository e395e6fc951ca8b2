/** ISO 4217 codes the till can be set to, with the number of decimals each has. */
export const currencies = {
  SEK: { decimals: 2, name: 'Swedish krona', symbol: 'kr' },
  NOK: { decimals: 2, name: 'Norwegian krone', symbol: 'kr' },
  DKK: { decimals: 2, name: 'Danish krone', symbol: 'kr' },
  EUR: { decimals: 2, name: 'Euro', symbol: '€' },
  PHP: { decimals: 2, name: 'Philippine peso', symbol: '₱' },
  USD: { decimals: 2, name: 'US dollar', symbol: '$' },
  GBP: { decimals: 2, name: 'Pound sterling', symbol: '£' },
  JPY: { decimals: 0, name: 'Japanese yen', symbol: '¥' },
} as const

export type Currency = keyof typeof currencies

/** The most that one amount may be, in minor units: ten million whole units of a two-decimal currency. */
export const largestAmountMinor = 1_000_000_000

export type AmountFault = 'empty' | 'notANumber' | 'tooManyDecimals' | 'negative' | 'zero' | 'tooLarge'

export type ParsedAmount =
  { readonly ok: true; readonly amountMinor: number } | { readonly ok: false; readonly reason: AmountFault }

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(currencies, code)
}

/**
 * Reads an amount as a person types it: comma or point as the decimal mark, spaces between thousands.
 * Only amounts above zero and at most {@link largestAmountMinor} are accepted.
 */
export function parseAmount(text: string, currency: Currency): ParsedAmount {
  const compact = text.replaceAll(/[\s\u00A0\u202F]/g, '')
  if (compact === '') return { ok: false, reason: 'empty' }
  const match = /^([-\u2212]?)(\d*)(?:[.,](\d*))?$/.exec(compact)
  if (match === null || !/\d/.test(compact)) return { ok: false, reason: 'notANumber' }
  const [, sign = '', whole = '', fraction = ''] = match
  const { decimals } = currencies[currency]
  if (fraction.length > decimals) return { ok: false, reason: 'tooManyDecimals' }
  if (whole.replace(/^0+/, '').length > 12)
    return { ok: false, reason: sign === '' ? 'tooLarge' : 'negative' }
  const amountMinor = Number(whole + fraction.padEnd(decimals, '0'))
  if (amountMinor === 0) return { ok: false, reason: 'zero' }
  if (sign !== '') return { ok: false, reason: 'negative' }
  if (amountMinor > largestAmountMinor) return { ok: false, reason: 'tooLarge' }
  return { ok: true, amountMinor }
}

/** The plain decimal that the protocols and CSV files use: `-1234.50`. Exact for every safe integer. */
export function decimalOf(amountMinor: number, currency: Currency): string {
  const { decimals } = currencies[currency]
  const sign = amountMinor < 0 ? '-' : ''
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/**
 * Reads a protocol decimal (`100`, `100.5`, `-10.00000`) back into minor units, or null when it is not one,
 * says more than the currency's decimals can hold, or is beyond the safe integers.
 */
export function minorOf(decimal: string, currency: Currency): number | null {
  const match = /^\s*([+-]?)(\d+)(?:\.(\d*))?\s*$/.exec(decimal)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = ''] = match
  const { decimals } = currencies[currency]
  if (/[1-9]/.test(fraction.slice(decimals))) return null
  const amountMinor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'))
  if (!Number.isSafeInteger(amountMinor)) return null
  return sign === '-' && amountMinor !== 0 ? -amountMinor : amountMinor
}

/** Divides and rounds half away from zero, in integers: what a share of an amount or a tax comes to. */
export function divideRounded(numerator: number, denominator: number): number {
  const quotient = (2n * BigInt(Math.abs(numerator)) + BigInt(denominator)) / (2n * BigInt(denominator))
  const rounded = Number(quotient)
  return numerator < 0 && rounded !== 0 ? -rounded : rounded
}

/** `amount * share / whole`, rounded half away from zero, exact however large the product is. */
export function shareOf(amountMinor: number, share: number, whole: number): number {
  const product = BigInt(amountMinor) * BigInt(share)
  const negative = product < 0n !== whole < 0
  const magnitude = product < 0n ? -product : product
  const base = BigInt(Math.abs(whole))
  const rounded = Number((2n * magnitude + base) / (2n * base))
  return negative && rounded !== 0 ? -rounded : rounded
}
