import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isEan13, isEan8 } from '../../app/domain/barcode.ts'
import { searchArticles } from './article-search.ts'
import { seedDemoCatalogue } from './article-import.ts'
import type { ArticleRecord } from './articles.ts'
import {
  articleByCode,
  articleById,
  articleByPlu,
  articlePage,
  articlesInCategory,
  countArticles,
  deleteArticle,
  favourites,
  saveArticle,
} from './articles.ts'
import { deleteCategory, listCategories, orderCategories, saveCategory } from './categories.ts'
import type { Storage } from './open.ts'
import { storageAt } from './storage.fake.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

const article = (id: string, name: string, more: Partial<ArticleRecord> = {}): ArticleRecord => ({
  id,
  name,
  code: null,
  plu: null,
  priceMinor: 2500,
  vatBasisPoints: 1200,
  unit: 'pcs',
  unitDecimals: 0,
  categoryId: null,
  favourite: false,
  active: true,
  ...more,
})

const names = (text: string, limit?: number) =>
  searchArticles(storage.read, text, limit).map((found) => found.name)

function put(...articles: readonly ArticleRecord[]): void {
  for (const one of articles) expect(saveArticle(storage.write, one)).toEqual({ ok: true })
}

test('an article comes back as it was saved, by id, code and PLU', () => {
  const coffee = article('1', 'Kaffe', { code: '9520001001376', plu: '7', priceMinor: null, favourite: true })
  put(coffee)
  expect(articleById(storage.read, '1')).toEqual(coffee)
  expect(articleByCode(storage.read, '9520001001376')).toEqual(coffee)
  expect(articleByPlu(storage.read, '7')).toEqual(coffee)
})

test('a UPC-A and the EAN-13 that begins with 0 are one article', () => {
  put(article('1', 'Tuggummi', { code: '036000291452' }))
  expect(articleByCode(storage.read, '0036000291452')?.id).toBe('1')
  expect(articleByCode(storage.read, '036000291452')?.id).toBe('1')
})

test('a code or PLU that another article has is refused, and which one has it', () => {
  const coffee = article('1', 'Kaffe', { code: 'K1', plu: '1' })
  put(coffee)
  expect(saveArticle(storage.write, article('2', 'Te', { code: 'K1' }))).toEqual({
    ok: false,
    reason: 'codeTaken',
    article: coffee,
  })
  expect(saveArticle(storage.write, article('2', 'Te', { plu: '1' }))).toMatchObject({ reason: 'pluTaken' })
  expect(countArticles(storage.read)).toBe(1)
})

test('a changed name is found under the new one only, a deleted article not at all', () => {
  put(article('1', 'Kanelbulle'))
  put(article('1', 'Kardemummabulle'))
  expect(names('kanel')).toEqual([])
  expect(names('karde')).toEqual(['Kardemummabulle'])
  deleteArticle(storage.write, '1')
  expect(names('karde')).toEqual([])
})

test('search finds what begins so first, with or without accents, then any part of a name', () => {
  put(
    article('1', 'Smörgås'),
    article('2', 'Ost & smör'),
    article('3', 'Jordnötssmör'),
    article('4', 'Crème brûlée'),
  )
  expect(names('smör')).toEqual(['Smörgås', 'Ost & smör', 'Jordnötssmör'])
  expect(names('smor')).toEqual(['Smörgås', 'Ost & smör', 'Jordnötssmör'])
  expect(names('brulee')).toEqual(['Crème brûlée'])
  expect(names('ost smö')).toEqual(['Ost & smör'])
  expect(names('nöts')).toEqual(['Jordnötssmör'])
})

test('digits find a PLU before the codes that begin with them', () => {
  put(article('1', 'Cola', { code: '9520001001376' }), article('2', 'Banan', { plu: '952' }))
  expect(names('952')).toEqual(['Banan', 'Cola'])
})

test('favourites come before others that fit as well, and limits are kept', () => {
  put(article('1', 'Kaffe A'), article('2', 'Kaffe B', { favourite: true }), article('3', 'Kaffe C'))
  expect(names('kaffe', 2)).toEqual(['Kaffe B', 'Kaffe A'])
})

test('what is out of use is found only by those who maintain the catalogue', () => {
  put(article('1', 'Semla', { active: false, favourite: true, categoryId: null }))
  expect(names('semla')).toEqual([])
  expect(favourites(storage.read)).toEqual([])
  expect(searchArticles(storage.read, 'semla', 20, { inactiveToo: true })).toHaveLength(1)
})

test('no text that is typed breaks the search', () => {
  put(article('1', 'Ost & skinka, 100%'))
  for (const text of [
    '',
    ' ',
    '"',
    "'",
    '*',
    'a*',
    '(',
    'NEAR',
    'AND OR',
    '100%',
    '😀',
    '-',
    '\u0000',
    'ost"*',
  ])
    expect(() => names(text)).not.toThrow()
  expect(names('100%')).toHaveLength(1)
})

test('categories keep their order, and their articles when they go', () => {
  saveCategory(storage.write, { id: 'a', name: 'Fika', colour: '#111111' })
  saveCategory(storage.write, { id: 'b', name: 'Mat', colour: '#222222' })
  orderCategories(storage.write, ['b', 'a'])
  expect(listCategories(storage.read).map(({ id }) => id)).toEqual(['b', 'a'])
  put(article('1', 'Bulle', { categoryId: 'a' }))
  expect(articlesInCategory(storage.read, 'a')).toHaveLength(1)
  deleteCategory(storage.write, 'a')
  expect(articleById(storage.read, '1')?.categoryId).toBeNull()
  expect(() => saveCategory(storage.write, { id: 'c', name: 'MAT', colour: '#333333' })).toThrow(/UNIQUE/)
})

test('the catalogue is paged through from its first article to its last', () => {
  put(article('1', 'A'), article('2', 'B'), article('3', 'C'))
  const first = articlePage(storage.read, null, 2)
  expect(first.map(({ id }) => id)).toEqual(['1', '2'])
  expect(articlePage(storage.read, '2', 2).map(({ id }) => id)).toEqual(['3'])
})

test('the demo catalogue is that of a kiosk: codes that scan, three VAT rates, weights and open prices', () => {
  const csv = readFileSync(new URL('../../resources/demo-catalogue.csv', import.meta.url), 'utf8')
  seedDemoCatalogue(storage.write, csv)
  const all = articlePage(storage.read, null, 1000)
  expect(all.length).toBeGreaterThanOrEqual(60)
  for (const code of all.flatMap(({ code }) => (code !== null && /^\d+$/.test(code) ? [code] : [])))
    expect(isEan13(code) || isEan8(code), code).toBe(true)
  const rates = new Set(all.map(({ vatBasisPoints }) => vatBasisPoints))
  expect([2500, 1200, 600].every((rate) => rates.has(rate))).toBe(true)
  expect(all.some(({ unit, unitDecimals }) => unit === 'kg' && unitDecimals === 3)).toBe(true)
  expect(all.some(({ priceMinor }) => priceMinor === null)).toBe(true)
  expect(names('lösgodis')).toEqual(['Lösgodis'])
  expect(favourites(storage.read).length).toBeGreaterThan(5)
  for (const { id, colour } of listCategories(storage.read)) {
    expect(colour).toMatch(/^#[0-9a-f]{6}$/)
    expect(articlesInCategory(storage.read, id).length).toBeGreaterThan(0)
  }
})
