import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAmount } from '../domain/money.ts'
import { formatAmount, measuredText, percentText, quantityText, unitText } from '../domain/numerals.ts'
import { numerals } from './numerals.ts'
import { paperWords } from './paper.ts'
import { wordsFor } from './words.ts'

const { en, sv } = numerals

test('an amount has a point in English and a comma in Swedish, and a space between thousands in both', () => {
  expect(formatAmount(123_450, 'SEK', en)).toBe('1\u00A0234.50')
  expect(formatAmount(123_450, 'SEK', sv)).toBe('1\u00A0234,50')
  expect(formatAmount(-5, 'SEK', sv)).toBe('\u22120,05')
  expect(formatAmount(1234, 'JPY', sv)).toBe('1\u00A0234')
})

test('quantities and rates have the same sign as amounts', () => {
  expect([1000, 1352, -2500].map((each) => quantityText(each, en))).toEqual(['1', '1.352', '\u22122.5'])
  expect([1000, 1352, -2500].map((each) => quantityText(each, sv))).toEqual(['1', '1,352', '\u22122,5'])
  expect([measuredText(1250, 3, en), measuredText(1250, 3, sv)]).toEqual(['1.250', '1,250'])
  expect([2500, 1250, 5].map((each) => percentText(each, en))).toEqual([
    '25\u00A0%',
    '12.5\u00A0%',
    '0.05\u00A0%',
  ])
  expect([2500, 1250].map((each) => percentText(each, sv))).toEqual(['25\u00A0%', '12,5\u00A0%'])
})

test("the till's own unit has a Swedish name, and an article's own unit stays as it was typed", () => {
  expect(['pcs', 'kg', 'burk'].map((unit) => unitText(unit, sv))).toEqual(['st', 'kg', 'burk'])
  expect(unitText('pcs', en)).toBe('pcs')
})

test('screens and papers of a language agree on the sign', () => {
  for (const language of ['en', 'sv'] as const)
    expect([wordsFor(language).numerals.decimalSign, paperWords[language].numerals.decimalSign]).toEqual([
      numerals[language].decimalSign,
      numerals[language].decimalSign,
    ])
})

test('what people read can be typed again, in both languages', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.constantFrom(en, sv),
      (amountMinor, language) => {
        const text = formatAmount(amountMinor, 'SEK', language)
        expect(parseAmount(text, 'SEK')).toEqual({ ok: true, amountMinor })
      },
    ),
  )
})
