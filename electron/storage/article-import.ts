import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import type { Info } from 'csv-parse'
import type { Currency } from '../../app/domain/money.ts'
import type { NumberedLine } from './article-file.ts'
import { lineReader, readArticleFile } from './article-file.ts'
import type { ArticleLine, LineFault } from './article-line.ts'
import { articleFrom } from './article-line.ts'
import type { ArticleRecord } from './articles.ts'
import {
  articleByCode,
  articleById,
  articleByPlu,
  forever,
  generationOf,
  insertArticle,
  saveArticle,
} from './articles.ts'
import type { CategoryRecord } from './categories.ts'
import { categoryByName, nextColour, saveCategory } from './categories.ts'
import type { Reader, Writer } from './database.ts'
import type { Storage } from './open.ts'

export interface ImportOptions {
  readonly currency: Currency
  /** `share` from 0 to 1, first of reading, then of writing. */
  readonly onProgress?: (step: 'reading' | 'writing', share: number) => void
}

export type ImportResult =
  | { readonly ok: true; readonly added: number; readonly changed: number; readonly unchanged: number }
  | { readonly ok: false; readonly reason: 'empty' | 'noHeading' | 'tooLarge' | 'changedMeanwhile' }
  /** Nothing was imported. The first {@link mostFaults} are told, of so many. */
  | {
      readonly ok: false
      readonly reason: 'lines'
      readonly faults: readonly LineFault[]
      readonly count: number
    }

const mostFaults = 200

/** So few that the till's other work never waits long. */
const batch = 250

/**
 * Takes a CSV file into the catalogue: an article with the same id, code or PLU is changed, others are added. All of
 * it or nothing: the lines are put aside in small steps while the till works on, and become the catalogue in one.
 * One import at a time.
 */
export async function importArticles(
  storage: Storage,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportResult> {
  const read = await readArticleFile(bytes, options.currency, (share) =>
    options.onProgress?.('reading', share),
  )
  if (!read.ok) return read
  const plan = await planned(storage.read, read.lines)
  const faults = faultsOf(read.faults, plan)
  if (faults !== null) return faults
  await sweepArticles(storage)
  const next = generationOf(storage.read) + 1
  await inBatches(plan.articles, (articles, share) => {
    storage.transaction((db) => {
      for (const article of articles) putAside(db, article, next)
    })
    options.onProgress?.('writing', share)
  })
  const made = show(storage, plan.categories, next)
  await sweepArticles(storage)
  const { added, changed, unchanged } = plan
  return made ? { ok: true, added, changed, unchanged } : { ok: false, reason: 'changedMeanwhile' }
}

export interface ImportCheck {
  readonly ok: true
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly newCategories: readonly string[]
  /** The first of what would be added or changed. */
  readonly first: readonly { readonly article: ArticleRecord; readonly isNew: boolean }[]
}

const mostShown = 12

/** What {@link importArticles} would do with a file. Changes nothing. */
export async function checkImport(
  storage: Storage,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportCheck | Extract<ImportResult, { ok: false }>> {
  const read = await readArticleFile(bytes, options.currency, (share) =>
    options.onProgress?.('reading', share),
  )
  if (!read.ok) return read
  const plan = await planned(storage.read, read.lines)
  const faults = faultsOf(read.faults, plan)
  if (faults !== null) return faults
  const { added, changed, unchanged, categories, articles } = plan
  const first = articles
    .slice(0, mostShown)
    .map((article) => ({ article, isNew: articleById(storage.read, article.id) === null }))
  return { ok: true, added, changed, unchanged, newCategories: categories.map(({ name }) => name), first }
}

function faultsOf(
  unreadable: readonly LineFault[],
  plan: Plan,
): Extract<ImportResult, { reason: 'lines' }> | null {
  const faults = [...unreadable, ...plan.faults].sort((a, b) => a.line - b.line)
  if (faults.length === 0) return null
  return { ok: false, reason: 'lines', faults: faults.slice(0, mostFaults), count: faults.length }
}

/** Puts the demo catalogue in, in one transaction. For a till that has no articles yet. */
export function seedDemoCatalogue(db: Writer, csvText: string, currency: Currency = 'SEK'): void {
  const reader = lineReader(currency)
  const entries: unknown = parse(csvText, { bom: true, info: true, skip_empty_lines: true })
  for (const entry of entries as readonly Entry[]) reader.take(entry)
  const read = reader.result()
  if (!read.ok || read.faults.length > 0) throw new Error('The demo catalogue cannot be read')
  db.transaction(() => {
    const plan = newPlan(db)
    for (const { at, line } of read.lines) plan.take(at, line)
    for (const category of plan.categories) saveCategory(db, category)
    for (const article of plan.articles) saveArticle(db, article)
  })
}

type Entry = { readonly info: Info; readonly record: readonly string[] }

async function planned(db: Reader, lines: readonly NumberedLine[]): Promise<Plan> {
  const plan = newPlan(db)
  await inBatches(lines, (some) => {
    for (const { at, line } of some) plan.take(at, line)
  })
  return plan
}

interface Plan {
  readonly articles: readonly ArticleRecord[]
  /** Categories that are not there yet. */
  readonly categories: readonly CategoryRecord[]
  readonly faults: readonly LineFault[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  take(at: number, line: ArticleLine): void
}

/** What the lines come to: compared with the catalogue and with each other, nothing written yet. */
function newPlan(db: Reader): Plan {
  const articles: ArticleRecord[] = []
  const categories = new Map<string, CategoryRecord>()
  const newCategories: CategoryRecord[] = []
  const faults: LineFault[] = []
  const seen = { id: new Set<string>(), code: new Set<string>(), plu: new Set<string>() }
  const counts = { added: 0, changed: 0, unchanged: 0 }

  function categoryOf(line: ArticleLine): CategoryRecord | null {
    const name = line.category ?? null
    if (name === null) return null
    const key = name.toLowerCase()
    const known = categories.get(key) ?? categoryByName(db, name)
    const colour = line.colour ?? nextColour(db, newCategories.length)
    const category = known ?? { id: randomUUID(), name, colour }
    categories.set(key, category)
    if (known === null) newCategories.push(category)
    return category
  }

  function faultsOf(at: number, article: ArticleRecord, before: ArticleRecord | null): readonly LineFault[] {
    const found: LineFault[] = []
    if (article.name === '') found.push({ line: at, column: 'name', value: '', problem: 'missing' })
    const keys = { id: article.id, code: article.code, plu: article.plu }
    for (const column of ['id', 'code', 'plu'] as const) {
      const value = keys[column]
      if (value === null) continue
      if (seen[column].has(value)) found.push({ line: at, column, value, problem: 'twice' })
      seen[column].add(value)
    }
    for (const [column, other] of others(article))
      if (other.id !== (before?.id ?? ''))
        found.push({ line: at, column, value: keys[column] ?? '', problem: 'taken' })
    return found
  }

  function others(article: ArticleRecord): readonly (readonly ['code' | 'plu', ArticleRecord])[] {
    const byCode = article.code === null ? null : articleByCode(db, article.code)
    const byPlu = article.plu === null ? null : articleByPlu(db, article.plu)
    return [
      ...(byCode === null ? [] : [['code', byCode] as const]),
      ...(byPlu === null ? [] : [['plu', byPlu] as const]),
    ]
  }

  return {
    articles,
    categories: newCategories,
    faults,
    get added() {
      return counts.added
    },
    get changed() {
      return counts.changed
    },
    get unchanged() {
      return counts.unchanged
    },
    take(at, line) {
      const before = existing(db, line)
      const article = articleFrom(line, before, categoryOf(line)?.id ?? null, randomUUID)
      const wrong = faultsOf(at, article, before)
      faults.push(...wrong)
      if (wrong.length > 0) return
      const isSame = before !== null && JSON.stringify(before) === JSON.stringify(article)
      counts[before === null ? 'added' : isSame ? 'unchanged' : 'changed'] += 1
      if (!isSame) articles.push(article)
    },
  }
}

/** The article that a line is about: by its id, else by its code, else by its PLU. */
function existing(db: Reader, line: ArticleLine): ArticleRecord | null {
  if (line.id !== undefined) return articleById(db, line.id)
  if (line.code !== undefined && line.code !== null) return articleByCode(db, line.code)
  return line.plu === undefined || line.plu === null ? null : articleByPlu(db, line.plu)
}

/** Puts an article in for the next generation, and marks the row that it replaces as the last of this one. */
function putAside(db: Writer, article: ArticleRecord, next: number): void {
  db.run('UPDATE article SET until_generation = ? WHERE n = (SELECT n FROM live_article WHERE id = ?)', [
    next,
    article.id,
  ])
  insertArticle(db, article, next)
}

/**
 * The one short step that shows what was put aside. False, and nothing is shown, when an article was changed meanwhile
 * so that two would have the same code.
 */
function show(storage: Storage, categories: readonly CategoryRecord[], next: number): boolean {
  return storage.transaction((db) => {
    if (['id', 'code', 'plu'].some((column) => isTwice(db, column as 'id' | 'code' | 'plu', next)))
      return false
    for (const category of categories) saveCategory(db, category)
    db.run('UPDATE catalogue SET generation = ?', next)
    return true
  })
}

function isTwice(db: Reader, column: 'id' | 'code' | 'plu', generation: number): boolean {
  const twice = db.one(
    `SELECT 1 FROM article WHERE ${column} IS NOT NULL AND from_generation <= @generation
       AND until_generation > @generation GROUP BY ${column} HAVING count(*) > 1 LIMIT 1`,
    { generation },
  )
  return twice !== undefined
}

/**
 * Clears away, a few rows at a time, what imports have left: rows that were replaced, and what an import that was not
 * completed put aside or marked.
 */
async function sweepArticles(storage: Storage): Promise<void> {
  const generation = generationOf(storage.read)
  const some = (where: string) => `WHERE n IN (SELECT n FROM article WHERE ${where} LIMIT ${batch})`
  const sweeps = [
    `DELETE FROM article ${some(`until_generation <= @generation AND until_generation < ${forever}`)}`,
    `DELETE FROM article ${some('from_generation > @generation')}`,
    `UPDATE article SET until_generation = ${forever} ${some(`until_generation > @generation AND until_generation < ${forever}`)}`,
  ]
  for (const sweep of sweeps) while (storage.write.run(sweep, { generation }) > 0) await setImmediate()
}

async function inBatches<T>(
  all: readonly T[],
  work: (some: readonly T[], share: number) => void,
): Promise<void> {
  for (let start = 0; start < all.length; start += batch) {
    work(all.slice(start, start + batch), Math.min(1, (start + batch) / all.length))
    await setImmediate()
  }
}
