import type { TenderView } from '../contract/views.ts'
import type { Words } from '../words/en.ts'

/** What a tender is called: the till's own kinds by their words, the shop's by the name it gave them. */
export function tenderName(words: Words, { kind, name }: Pick<TenderView, 'kind' | 'name'>): string {
  return kind === 'other' ? name : words.tender[kind]
}
