/** What a person types into a keypad, read into what the till counts in. */
import { largestAmountMinor, parseAmount, type Currency } from '../domain/money.ts'
import { formatAmount, percentText, type Numerals } from '../domain/numerals.ts'
import type { Discount } from '../domain/receipt.ts'
import { amountSentence } from '../words/sentences.ts'
import type { Words } from '../words/en.ts'

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly says: string }

/** Largest quantity of one row, in thousandths. */
const largestQuantity = 9_999_999

const compact = (text: string) => text.replaceAll(/[\s\u00A0\u202F]/g, '')

export function readAmount(words: Words, text: string, currency: Currency): Read<number> {
  const parsed = parseAmount(text, currency)
  if (parsed.ok) return { ok: true, value: parsed.amountMinor }
  return { ok: false, says: amountSentence(words, parsed.reason, currency) }
}

/** Money that was counted, a float or a drawer. A zero is typed: one Enter too many does not count a drawer. */
export function readCounted(words: Words, text: string, currency: Currency): Read<number> {
  return /^0+(?:[.,]0*)?$/.test(compact(text)) ? { ok: true, value: 0 } : readAmount(words, text, currency)
}

/** A quantity in thousandths; `decimals` is what the article's unit allows. */
export function readQuantity(words: Words, text: string, decimals: number): Read<number> {
  const says = words.amount.quantity
  const digits = decimalDigits(text)
  if (digits === 'empty') return { ok: false, says: says.empty }
  if (digits === 'notANumber') return { ok: false, says: says.notANumber }
  if (digits.fraction.length > decimals)
    return { ok: false, says: decimals === 0 ? says.wholeOnly : says.tooManyDecimals(decimals) }
  const value = Number(digits.whole + digits.fraction.padEnd(3, '0'))
  if (value === 0) return { ok: false, says: says.zero }
  return value > largestQuantity ? { ok: false, says: says.tooLarge } : { ok: true, value }
}

/** A percentage in basis points, above 0 and at most 100 %. */
export function readPercent(words: Words, text: string): Read<number> {
  const says = words.amount.percent
  const digits = decimalDigits(text.replace('%', ''))
  if (digits === 'empty') return { ok: false, says: says.empty }
  if (digits === 'notANumber') return { ok: false, says: says.notANumber }
  if (digits.fraction.length > 2) return { ok: false, says: says.tooManyDecimals }
  const value = Number(digits.whole + digits.fraction.padEnd(2, '0'))
  if (value === 0) return { ok: false, says: says.zero }
  return value > 10_000 ? { ok: false, says: says.tooLarge } : { ok: true, value }
}

function decimalDigits(text: string): { whole: string; fraction: string } | 'empty' | 'notANumber' {
  const typed = compact(text)
  if (typed === '') return 'empty'
  const match = /^(\d{0,9})(?:[.,](\d*))?$/.exec(typed)
  if (match === null || !/\d/.test(typed)) return 'notANumber'
  const [, whole = '', fraction = ''] = match
  return { whole: whole === '' ? '0' : whole, fraction }
}

/** A discount as it stands below a row: `−10 %`, `−12,50`. */
export function discountText(discount: Discount, currency: Currency, numerals: Numerals): string {
  return discount.kind === 'percent'
    ? `\u2212${percentText(discount.basisPoints, numerals)}`
    : `\u2212${formatAmount(discount.amountMinor, currency, numerals)}`
}

/** An amount as it is filled into a field: no spaces between thousands, so that it can be edited. */
export function typedAmount(amountMinor: number, currency: Currency, numerals: Numerals): string {
  return formatAmount(Math.min(amountMinor, largestAmountMinor), currency, numerals).replaceAll('\u00A0', '')
}

/** Cash of more than this many times the total is asked about: a slipped digit, most likely. */
const hugeFactor = 1000

export function isHuge(givenMinor: number, leftMinor: number): boolean {
  return leftMinor > 0 && givenMinor > leftMinor * hugeFactor
}
