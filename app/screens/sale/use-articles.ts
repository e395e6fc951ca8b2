import { useState } from 'react'
import type { ArticleView, CategoryView } from '../../contract/views.ts'
import { useAnswer, useShop, useUi } from '../shop.tsx'

export interface Found {
  readonly categories: readonly CategoryView[]
  readonly articles: readonly ArticleView[]
  /** What the articles answer to: the searched text, empty for a category. */
  readonly query: string
  /** The first answer is not there yet. */
  readonly isLoading: boolean
  readonly highlighted: number
  readonly highlight: (index: number) => void
}

const none: readonly never[] = []
const searchMark = 'search '

/** The articles to choose from: as searched, else of the chosen category. */
export function useArticles(): Found {
  const { article } = useShop().pos
  const text = useUi((state) => state.query.trim().slice(0, 80))
  const categoryId = useUi((state) => state.categoryId)
  const categories = useAnswer('categories', () => article.categories())
  const question = text === '' ? `category ${categoryId ?? ''}` : searchMark + text
  const found = useAnswer(question, () => {
    if (text !== '') return article.search({ text })
    return categoryId === null ? article.favourites() : article.inCategory({ categoryId })
  })
  const [highlight, setHighlight] = useState({ question, index: 0 })
  const answered = found?.question ?? ''
  return {
    categories: categories?.answer ?? none,
    articles: found?.answer ?? none,
    query: answered.startsWith(searchMark) ? answered.slice(searchMark.length) : '',
    isLoading: found === null,
    highlighted: highlight.question === question ? highlight.index : 0,
    highlight: (index) => setHighlight({ question, index }),
  }
}
