import { en, type Words } from './en.ts'
import { sv } from './sv.ts'

const languages = { en, sv } as const satisfies Record<string, Words>

export type Language = keyof typeof languages

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code)
}

/** The words of a language such as `sv` or `sv-SE`; English where there are none. */
export function wordsFor(language: string): Words {
  const [code = ''] = language.toLowerCase().split(/[-_]/)
  return isLanguage(code) ? languages[code] : en
}
