import { createContext, use, type ReactNode } from 'react'
import type { Currency } from '../domain/money.ts'
import { formatAmount, type Numerals } from '../domain/numerals.ts'
import { en, type Words } from '../words/en.ts'
import { wordsFor } from '../words/words.ts'

const WordsContext = createContext<Words>(en)

/** All words below it are of this language. */
export function WordsProvider({
  language,
  children,
}: {
  readonly language: string
  readonly children: ReactNode
}) {
  return <WordsContext value={wordsFor(language)}>{children}</WordsContext>
}

export function useWords(): Words {
  return use(WordsContext)
}

/** How numbers are written in the language of the words. */
export function useNumerals(): Numerals {
  return useWords().numerals
}

/** Writes amounts of this currency in the language of the words. */
export function useAmounts(currency: Currency): (amountMinor: number) => string {
  const numerals = useNumerals()
  return (amountMinor) => formatAmount(amountMinor, currency, numerals)
}
