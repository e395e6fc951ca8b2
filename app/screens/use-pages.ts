import { useState } from 'react'
import { asked, isUnanswered } from './ask.ts'
import { useAnswer } from './shop.tsx'

interface Page<N> {
  readonly lines: readonly unknown[]
  readonly next: N | null
}

export interface Pages<P extends Page<unknown>> {
  /** The first page as it came; null until it has. */
  readonly first: P | null
  readonly lines: readonly P['lines'][number][]
  /** Fetches the next page; null after the last one. */
  readonly more: (() => Promise<void>) | null
}

/** A long list, page by page. Another question begins it anew. */
export function usePages<N, P extends Page<N>>(
  question: string,
  ask: (before: N | null) => Promise<P>,
): Pages<P> {
  const got = useAnswer(question, () => ask(null))
  const [rest, setRest] = useState<(Pick<P, 'lines' | 'next'> & { readonly of: P }) | null>(null)
  const first = got?.answer ?? null
  const own = rest !== null && rest.of === first ? rest : null
  const next = own === null ? (first?.next ?? null) : own.next
  const more = async () => {
    if (first === null || next === null) return
    const page = await asked(() => ask(next))
    if (isUnanswered(page)) return
    setRest({ of: first, lines: [...(own?.lines ?? []), ...page.lines], next: page.next })
  }
  return {
    first,
    lines: [...(first?.lines ?? []), ...(own?.lines ?? [])],
    more: next === null ? null : more,
  }
}
