import { expect, test } from 'vitest'
import { en } from '../../words/en.ts'
import { formOf, readArticle } from './article-form.ts'

const fresh = { vatBasisPoints: 2500, categoryId: 'dryck' }

test('a new article begins in the chosen category, and needs a name', () => {
  const form = formOf(null, fresh, 'SEK', en.numerals)
  expect(form).toMatchObject({ category: 'dryck', vat: '2500', active: true })
  expect(readArticle(en, null, form, 'SEK')).toEqual({ ok: false, faults: { name: 'Fill this in.' } })
})

test('no price is an open price, a zero is free of charge, and a comma is a decimal mark', () => {
  const priceOf = (price: string) => {
    const read = readArticle(
      en,
      null,
      { ...formOf(null, fresh, 'SEK', en.numerals), name: 'Te', price },
      'SEK',
    )
    return read.ok ? read.article.priceMinor : read.faults.price
  }
  expect(['', '0', '0,00', '12,50', '1 234'].map(priceOf)).toEqual([null, 0, 0, 1250, 123_400])
  expect(priceOf('1,234')).toContain('decimals')
})

test('what was read into a form is written out of it unchanged', () => {
  const article = {
    id: 'a1',
    name: 'Äpple',
    code: '7310865004703',
    plu: '12',
    priceMinor: 123_450,
    vatBasisPoints: 1200,
    unit: 'kg',
    unitDecimals: 3,
    categoryId: null,
    favourite: true,
    active: false,
  }
  expect(readArticle(en, 'a1', formOf(article, fresh, 'SEK', en.numerals), 'SEK')).toEqual({
    ok: true,
    article,
  })
})
