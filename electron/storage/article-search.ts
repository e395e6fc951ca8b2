/** Search as one types. Each step looks at so many rows at most, so that one letter costs no more than ten. */
import type { ArticleRecord, ArticleRow } from './articles.ts'
import { articleByPlu, articleOf } from './articles.ts'
import type { Reader } from './database.ts'

/** How many finds are weighed against each other before the best are shown. */
const mostWeighed = 200

export interface ArticleSearchOptions {
  /** Articles out of use as well: for those who maintain the catalogue. */
  readonly inactiveToo?: boolean
}

/**
 * The best articles for what has been typed so far: by PLU or the beginning of a code, by words that begin so, and,
 * where these are few, by any part of the name. Letters with and without accents are the same.
 */
export function searchArticles(
  db: Reader,
  text: string,
  limit = 20,
  options: ArticleSearchOptions = {},
): readonly ArticleRecord[] {
  const words = wordsOf(text)
  if (words.length === 0) return []
  const active = options.inactiveToo === true ? '' : 'AND active = 1'
  const found = new Map<string, ArticleRecord>()
  const add = (articles: readonly ArticleRecord[]) => {
    for (const article of articles) if (!found.has(article.id)) found.set(article.id, article)
  }
  add(byNumber(db, text.trim(), limit, active))
  add(best(byWords(db, words, active), text))
  if (found.size < limit) add(best(byParts(db, words, active), text))
  return [...found.values()].slice(0, limit)
}

/** As the index splits names: letters and digits belong together, all else separates. */
function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

function byNumber(db: Reader, text: string, limit: number, active: string): readonly ArticleRecord[] {
  if (!/^\d+$/.test(text)) return []
  const plu = articleByPlu(db, text)
  const byCode = db.all<ArticleRow>(
    `SELECT * FROM live_article WHERE code >= ? AND code < ? ${active}
     ORDER BY code LIMIT ?`,
    [text, `${text}:`, limit],
  )
  const isShown = plu !== null && (plu.active || active === '')
  return [...(isShown ? [plu] : []), ...byCode.map(articleOf)]
}

function byWords(db: Reader, words: readonly string[], active: string): readonly ArticleRecord[] {
  const match = words.map((word) => `"${word}"*`).join(' ')
  return matching(db, 'article_word', match, active)
}

/** Three letters at least make a part; shorter words are looked for in what those have found. */
function byParts(db: Reader, words: readonly string[], active: string): readonly ArticleRecord[] {
  const parts = words.filter((word) => /^.{3}/u.test(word))
  if (parts.length === 0) return []
  const match = parts.map((part) => `"${part}"`).join(' ')
  const short = words.filter((word) => !parts.includes(word)).map(plain)
  return matching(db, 'article_part', match, active).filter((article) =>
    short.every((word) => plain(article.name).includes(word)),
  )
}

function matching(
  db: Reader,
  index: 'article_word' | 'article_part',
  match: string,
  active: string,
): readonly ArticleRecord[] {
  return db
    .all<ArticleRow>(
      `SELECT article.* FROM ${index} CROSS JOIN article ON article.n = ${index}.rowid
       WHERE ${index} MATCH ? AND from_generation <= (SELECT generation FROM catalogue)
         AND until_generation > (SELECT generation FROM catalogue) ${active} ORDER BY ${index}.rowid LIMIT ?`,
      [match, mostWeighed],
    )
    .map(articleOf)
}

/** Names that begin with the very text first, favourites before others, short names before long ones. */
function best(articles: readonly ArticleRecord[], text: string): readonly ArticleRecord[] {
  const typed = text.trim().toLowerCase()
  const bare = plain(typed)
  const weigh = (article: ArticleRecord): number => {
    const name = article.name.toLowerCase()
    const begins = name.startsWith(typed) ? 0 : plain(name).startsWith(bare) ? 1 : 2
    return begins * 2 + (article.favourite ? 0 : 1)
  }
  return articles
    .map((article) => ({ article, weight: weigh(article) }))
    .sort((a, b) => a.weight - b.weight || a.article.name.length - b.article.name.length)
    .map(({ article }) => article)
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
