import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExportFormat } from './article-file.ts'
import { exportArticles } from './article-file.ts'
import { importArticles } from './article-import.ts'
import { searchArticles } from './article-search.ts'
import {
  articleByCode,
  articleByPlu,
  articlePage,
  countArticles,
  generationOf,
  insertArticle,
  saveArticle,
} from './articles.ts'
import type { ArticleRecord } from './articles.ts'
import { listCategories } from './categories.ts'
import type { Storage } from './open.ts'
import { storageAt } from './storage.fake.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

const bytes = (text: string) => new TextEncoder().encode(text)
const take = (text: string | Uint8Array) =>
  importArticles(storage, typeof text === 'string' ? bytes(text) : text, { currency: 'SEK' })
const all = (of = storage) => articlePage(of.read, null, 10_000)
const exported = (of = storage, format: ExportFormat = { currency: 'SEK', separator: ';' }) =>
  [...exportArticles(of.read, format)].join('')

const faultsOf = async (text: string) => {
  const result = await take(text)
  return !result.ok && result.reason === 'lines'
    ? result.faults.map(({ line, column, problem }) => [line, column, problem])
    : result
}

test('a file with commas, semicolons or tabs is taken in, with its categories', async () => {
  expect(await take('name,code,price,vat,category\nKaffe,K1,"32,50",12,Varmt\n')).toEqual({
    ok: true,
    added: 1,
    changed: 0,
    unchanged: 0,
  })
  expect(await take('\uFEFFname;code;price;vat;category\r\nTe;K2;30,5;12 %;varmt\r\n')).toMatchObject({
    added: 1,
  })
  expect(await take('name\tcode\tprice\tvat\nSaft\tK3\t1 020.00\t6\n')).toMatchObject({ added: 1 })
  expect(all().map(({ name, priceMinor }) => [name, priceMinor])).toEqual([
    ['Kaffe', 3250],
    ['Te', 3050],
    ['Saft', 102_000],
  ])
  expect(listCategories(storage.read).map(({ name }) => name)).toEqual(['Varmt'])
})

test('Swedish headings and files of Windows spreadsheets are understood', async () => {
  const text = 'Benämning;Streckkod;Pris;Moms;Favorit\nSmörgås;;59,00;12;ja\n'
  const windows = Buffer.from(text, 'latin1')
  expect(await take(windows)).toMatchObject({ ok: true, added: 1 })
  expect(all()[0]).toMatchObject({ name: 'Smörgås', priceMinor: 5900, favourite: true, code: null })
})

test('a file with some columns changes only those', async () => {
  await take('name,code,plu,price,vat,favourite,category\nKaffe,K1,7,32,12,yes,Varmt\n')
  expect(await take('code,price\nK1,35\n')).toMatchObject({ changed: 1, added: 0 })
  expect(articleByCode(storage.read, 'K1')).toMatchObject({
    name: 'Kaffe',
    priceMinor: 3500,
    favourite: true,
    plu: '7',
  })
  expect(await take('plu,name\n7,Bryggkaffe\n')).toMatchObject({ changed: 1 })
  expect(searchArticles(storage.read, 'brygg')).toHaveLength(1)
  expect(searchArticles(storage.read, 'kaffe')).toHaveLength(1)
  expect(articleByPlu(storage.read, '7')?.id).toBe(articleByCode(storage.read, 'K1')?.id)
})

test('every fault is told with its line, and nothing is imported', async () => {
  await take('name,code,plu,vat\nKaffe,K1,1,12\nTe,K2,2,12\n')
  const before = all()
  const faults = await faultsOf(
    [
      'name,code,plu,price,vat,favourite,decimals,colour',
      ',A,,1,12,,,',
      'B,7.35E+12,,1,12,,,',
      'C,9520001001370,,1,12,,,',
      'D,D,,abc,12,,,',
      'E,E,,-1,12,,,',
      'F,F,,99999999999,12,,,',
      'G,G,,1,,,,',
      'H,H,,1,101,,,',
      'I,I,,1,12,maybe,,',
      'J,J,,1,12,,7,',
      'K,K,,1,12,,,red',
      'L,Same,,1,12,,,',
      'M,Same,,1,12,,,',
      'N,K1,2,1,12,,,',
      `${'x'.repeat(200)},O,,1,12,,,`,
      'P,P,,1,12,,,,,surplus',
      'Fine,Q,,1,12,,,',
    ].join('\n'),
  )
  expect(faults).toEqual([
    [2, 'name', 'missing'],
    [3, 'code', 'roundedBySpreadsheet'],
    [4, 'code', 'checkDigit'],
    [5, 'price', 'notANumber'],
    [6, 'price', 'negative'],
    [7, 'price', 'tooLarge'],
    [8, 'vat', 'missing'],
    [9, 'vat', 'tooLarge'],
    [10, 'favourite', 'notYesOrNo'],
    [11, 'decimals', 'notANumber'],
    [12, 'colour', 'notAColour'],
    [14, 'code', 'twice'],
    [15, 'plu', 'taken'],
    [16, 'name', 'tooLong'],
    [17, null, 'tooManyCells'],
  ])
  expect(all()).toEqual(before)
  expect(listCategories(storage.read)).toEqual([])
})

test('a file that cannot be a catalogue is refused as such', async () => {
  expect(await take('')).toMatchObject({ reason: 'empty' })
  expect(await take('\n\n')).toMatchObject({ reason: 'empty' })
  expect(await take('colour,taste\nred,sweet\n')).toMatchObject({ reason: 'noHeading' })
  expect(await faultsOf('name,vat\n"Kaffe,12\nTe,12\n')).toMatchObject([
    [expect.any(Number), null, 'unreadable'],
  ])
})

test('a spreadsheet that dropped the zero in front of a bar code does no harm', async () => {
  await take('name,code,vat\nTuggummi,0036000291452,6\n')
  expect(await take('code,price\n36000291452,10\n')).toMatchObject({ ok: false })
  expect(await take('code,price\n036000291452,10\n')).toMatchObject({ changed: 1 })
})

const goods: readonly ArticleRecord[] = [
  ['=1+1', null],
  ['+46 70', 'A1'],
  ['-5 %', 'A2'],
  ['@home', 'A3'],
  ["'quoted'", 'A4'],
  ["'=x", 'A5'],
  ['Ost; "mild", 1 kg', 'A6'],
  ['Två\nrader', 'A7'],
  ['é €', '9520001001376'],
].map(([name, code], index) => ({
  id: `id${index}`,
  name: name ?? '',
  code: code ?? null,
  plu: index === 0 ? '77' : null,
  priceMinor: index === 1 ? null : index * 5,
  vatBasisPoints: [0, 600, 1250, 2500][index % 4] ?? 0,
  unit: index === 2 ? 'kg' : 'pcs',
  unitDecimals: index === 2 ? 3 : 0,
  categoryId: null,
  favourite: index % 2 === 0,
  active: index !== 3,
}))

test('what was exported is imported again unchanged, with either separator', async () => {
  for (const article of goods) saveArticle(storage.write, article)
  for (const separator of [';', ','] as const) {
    const file = exported(storage, { currency: 'SEK', separator })
    expect(await take(file)).toEqual({ ok: true, added: 0, changed: 0, unchanged: goods.length })
    const other = storageAt().storage
    expect(await importArticles(other, bytes(file), { currency: 'SEK' })).toMatchObject({
      added: goods.length,
    })
    expect(all(other)).toEqual(goods)
    other.close()
  }
})

test('no cell of an export begins like a formula', async () => {
  for (const article of goods) saveArticle(storage.write, article)
  const cells = exported()
    .replace('\uFEFF', '')
    .split(/[;\n\r]+/)
  expect(cells.filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([])
  expect(exported().startsWith('\uFEFFname;code;')).toBe(true)
})

test('any name survives export and import', async () => {
  const odd = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const names = [...fc.sample(odd, 150), ...fc.sample(fc.stringMatching(/^['=+@;,"\t -]{1,4}x?$/), 150)]
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.includes('\r') && !name.includes('\0'))
  storage.transaction((db) => {
    for (const [index, name] of names.entries())
      saveArticle(db, { ...(goods[4] as ArticleRecord), id: `n${index}`, code: null, name })
  })
  const into = storageAt().storage
  expect(await importArticles(into, bytes(exported()), { currency: 'SEK' })).toMatchObject({ ok: true })
  expect(all(into).map(({ name }) => name)).toEqual(names)
  into.close()
})

test('nobody sees an import before it is complete, and progress is told', async () => {
  saveArticle(storage.write, { ...(goods[4] as ArticleRecord), id: 'old', code: 'C1', name: 'Gammal' })
  const lines = Array.from({ length: 1000 }, (_, index) => `Vara ${index},C${index},${index},12`)
  const seen: number[] = []
  const shares: number[] = []
  const importing = importArticles(storage, bytes(`name,code,price,vat\n${lines.join('\n')}`), {
    currency: 'SEK',
    onProgress: (step, share) => {
      if (step === 'reading') return
      shares.push(share)
      seen.push(countArticles(storage.read))
      expect(searchArticles(storage.read, 'vara')).toEqual([])
      expect(articleByCode(storage.read, 'C1')?.name).toBe('Gammal')
    },
  })
  expect(await importing).toEqual({ ok: true, added: 999, changed: 1, unchanged: 0 })
  expect(new Set(seen)).toEqual(new Set([1]))
  expect(shares.at(-1)).toBe(1)
  expect(countArticles(storage.read)).toBe(1000)
  expect(articleByCode(storage.read, 'C1')).toMatchObject({ id: 'old', name: 'Vara 1' })
  expect(searchArticles(storage.read, 'gammal')).toEqual([])
  expect(storage.read.one('SELECT count(*) AS n FROM article')).toEqual({ n: 1000 })
})

test('an import that the power cut leaves nothing that anybody sees', async () => {
  const old = { ...(goods[4] as ArticleRecord), id: 'old', code: 'O', name: 'Gammal' }
  saveArticle(storage.write, old)
  insertArticle(storage.write, { ...old, name: 'Halv' }, generationOf(storage.read) + 1)
  storage.write.run('UPDATE article SET until_generation = 2 WHERE from_generation = 1')
  expect([countArticles(storage.read), searchArticles(storage.read, 'halv')]).toEqual([1, []])
  expect(await take('name,code,vat\nHel,H,12\n')).toMatchObject({ added: 1 })
  expect(all().map(({ name }) => name)).toEqual(['Gammal', 'Hel'])
  expect(storage.read.one('SELECT count(*) AS n FROM article')).toEqual({ n: 2 })
})

test('an article that got the same code meanwhile stops the whole import', async () => {
  const result = importArticles(storage, bytes('name,code,vat\nNy,C1,12\nEn till,C2,12\n'), {
    currency: 'SEK',
    onProgress: (step) => {
      if (step === 'writing')
        saveArticle(storage.write, { ...(goods[4] as ArticleRecord), id: 'z', code: 'C1' })
    },
  })
  expect(await result).toEqual({ ok: false, reason: 'changedMeanwhile' })
  expect(all().map(({ id }) => id)).toEqual(['z'])
})
