import { createContext, use, type ReactNode } from 'react'
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
