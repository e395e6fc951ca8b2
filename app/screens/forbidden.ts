import { useWords } from '../components/words-context.tsx'
import type { Action } from '../domain/rules.ts'
import type { Words } from '../words/en.ts'
import { useTill } from './shop.tsx'

/** Why an action is not allowed now, in a few words; null when it is. */
export function useForbidden(action: Action): string | null {
  const words = useWords()
  const permit = useTill(({ sale }) => sale?.permits[action])
  return forbidden(words, permit)
}

export function forbidden(
  words: Words,
  permit:
    { readonly allowed: true } | { readonly allowed: false; readonly rule: keyof Words['rule'] } | undefined,
): string | null {
  if (permit === undefined) return words.rule.noReceipt
  return permit.allowed ? null : words.rule[permit.rule]
}
