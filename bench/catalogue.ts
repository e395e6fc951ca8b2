/** Looking things up among 100,000 articles while the cashier types. */
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { articleByCode, saveArticle } from '../electron/storage/articles.ts'
import { searchArticles } from '../electron/storage/article-search.ts'
import { openStorage } from '../electron/storage/open.ts'
import { quantile } from './measure.ts'

const words = [
  'kaffe',
  'bulle',
  'mjölk',
  'bröd',
  'ost',
  'skinka',
  'äpple',
  'banan',
  'choklad',
  'vatten',
  'läsk',
  'te',
  'glass',
  'korv',
]
const count = 100_000

export function catalogue(folder: string): void {
  const opened = openStorage({ file: path.join(folder, 'catalogue.sqlite'), now: Date.now })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  storage.transaction((db) => {
    for (let index = 0; index < count; index++) saveArticle(db, articleAt(index))
  })
  const looks = Array.from({ length: 400 }, (_, index) =>
    timed(() => articleByCode(storage.read, codeAt((index * 7919) % count))),
  )
  const typed = words.flatMap((word) => Array.from(word, (_, end) => word.slice(0, end + 1)))
  const searches = typed.map((text) => timed(() => searchArticles(storage.read, text, 20)))
  const scan = timed(() =>
    storage.read.all('SELECT id FROM article WHERE name LIKE ? LIMIT 20', '%nothing like it%'),
  )
  console.log(
    `\nCatalogue of ${count} articles\n  target: search p95 under 50 ms as typed, and under x1 of a scan of the table`,
  )
  console.log(
    `  by code: p50 ${quantile(looks, 0.5).toFixed(3)} ms, p99 ${quantile(looks, 0.99).toFixed(3)} ms`,
  )
  console.log(
    `  as typed: p50 ${quantile(searches, 0.5).toFixed(1)} ms, p95 ${quantile(searches, 0.95).toFixed(1)} ms, x${(quantile(searches, 0.95) / scan).toFixed(2)} of a scan (${scan.toFixed(1)} ms)`,
  )
  storage.close()
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

const codeAt = (index: number) => String(9_000_000_000_000 + index)

function articleAt(index: number) {
  const name = [index, index * 31, index * 17].map((seed) => words[seed % words.length]).join(' ')
  return {
    id: `a${index}`,
    name: `${name} ${index}`,
    code: codeAt(index),
    plu: null,
    priceMinor: 1000,
    vatBasisPoints: 1200,
    unit: 'pcs',
    unitDecimals: 0,
    categoryId: null,
    favourite: false,
    active: true,
  }
}
