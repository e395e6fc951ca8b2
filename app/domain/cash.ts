import type { Currency } from './money.ts'

interface CashOf {
  /** The smallest coin, in minor units: what an amount in cash is rounded to. */
  readonly smallestMinor: number
  /** Notes and coins, largest first, in minor units. */
  readonly denominationsMinor: readonly number[]
}

const hundreds = (...wholes: readonly number[]): readonly number[] => wholes.map((whole) => whole * 100)

/** What each currency's drawer holds. SEK has had no coin under 1 krona since 2010, NOK since 2012. */
export const cashOf: Readonly<Record<Currency, CashOf>> = {
  SEK: { smallestMinor: 100, denominationsMinor: hundreds(1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) },
  NOK: { smallestMinor: 100, denominationsMinor: hundreds(1000, 500, 200, 100, 50, 20, 10, 5, 1) },
  DKK: { smallestMinor: 50, denominationsMinor: [...hundreds(1000, 500, 200, 100, 50, 20, 10, 5, 2, 1), 50] },
  EUR: {
    smallestMinor: 1,
    denominationsMinor: [...hundreds(200, 100, 50, 20, 10, 5, 2, 1), 50, 20, 10, 5, 2, 1],
  },
  PHP: { smallestMinor: 25, denominationsMinor: [...hundreds(1000, 500, 200, 100, 50, 20, 10, 5, 1), 25] },
  USD: { smallestMinor: 1, denominationsMinor: [...hundreds(100, 50, 20, 10, 5, 1), 25, 10, 5, 1] },
  GBP: { smallestMinor: 1, denominationsMinor: [...hundreds(50, 20, 10, 5, 2, 1), 50, 20, 10, 5, 2, 1] },
  JPY: { smallestMinor: 1, denominationsMinor: [10_000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1] },
}

/** The amount as cash can pay it: to the nearest smallest coin, halves away from zero. */
export function roundToCash(amountMinor: number, currency: Currency): number {
  const { smallestMinor } = cashOf[currency]
  const rounded = Math.floor((Math.abs(amountMinor) + smallestMinor / 2) / smallestMinor) * smallestMinor
  return amountMinor < 0 && rounded !== 0 ? -rounded : rounded
}

/**
 * The change for cash of so much more than is to pay: to the nearest smallest coin, halves down, so that a total with
 * a half comes to the same for exact cash ({@link roundToCash} takes it up) and for cash with change.
 */
export function changeInCash(overMinor: number, currency: Currency): number {
  const { smallestMinor } = cashOf[currency]
  const odd = overMinor % smallestMinor
  return overMinor - odd + (odd * 2 > smallestMinor ? smallestMinor : 0)
}

/** Up to `most` sums that a customer is likely to hand over for an amount, exact first, each paying it whole. */
export function likelyCash(amountMinor: number, currency: Currency, most = 4): readonly number[] {
  if (amountMinor <= 0) return []
  const exact = roundToCash(amountMinor, currency)
  const notes = cashOf[currency].denominationsMinor.filter((value) => value >= exact / 40)
  const rounded = notes.map((note) => Math.ceil(exact / note) * note)
  return [...new Set([exact, ...rounded])]
    .filter((sum) => sum > 0)
    .sort((a, b) => a - b)
    .slice(0, most)
}
