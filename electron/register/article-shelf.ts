import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import { searchArticles } from '../storage/article-search.ts'
import { articlesInCategory, favourites } from '../storage/articles.ts'
import { listCategories } from '../storage/categories.ts'
import type { Storage } from '../storage/open.ts'

/** More than fits a screen is a reason to type another letter. */
const mostFound = 20

/** What the sale screen offers to choose from. */
export function articleShelf({ read }: Storage): Handlers<typeof contract>['article'] {
  return {
    search: ({ text }) => searchArticles(read, text, mostFound),
    categories: () => listCategories(read),
    inCategory: ({ categoryId }) => articlesInCategory(read, categoryId),
    favourites: () => favourites(read),
  }
}
