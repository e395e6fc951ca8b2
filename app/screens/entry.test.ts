import { expect, test } from 'vitest'
import { en } from '../words/en.ts'
import { sv } from '../words/sv.ts'
import {
  discountText,
  isHuge,
  readAmount,
  readCounted,
  readPercent,
  readQuantity,
  typedAmount,
} from './entry.ts'

test.each([
  ['66', 6600],
  ['66,5', 6650],
  ['66.50', 6650],
  ['1 234,50', 123_450],
  ['10000000', 1_000_000_000],
])('the amount %s is read with comma or point', (text, value) => {
  expect(readAmount(en, text, 'SEK')).toEqual({ ok: true, value })
})

test.each([
  ['', 'Type an amount.'],
  ['0', 'The amount must be above zero.'],
  ['0,00', 'The amount must be above zero.'],
  ['-5', 'The amount must be above zero.'],
  ['abc', 'An amount has only digits and one comma or point.'],
  ['1,2,3', 'An amount has only digits and one comma or point.'],
  ['1.999', 'Too many decimals: at most two after the comma.'],
  ['10000000.01', 'The amount is too large: at most 10 000 000.'],
  ['99999999999999999999', 'The amount is too large: at most 10 000 000.'],
])('the amount "%s" is refused in words a cashier understands', (text, says) => {
  expect(readAmount(en, text, 'SEK')).toEqual({ ok: false, says })
})

test('a currency without decimals says so', () => {
  expect(readAmount(en, '1.5', 'JPY')).toEqual({ ok: false, says: en.amount.noDecimals })
})

test('a quantity has as many decimals as its unit', () => {
  expect(readQuantity(en, '3', 0)).toEqual({ ok: true, value: 3000 })
  expect(readQuantity(en, '0,352', 3)).toEqual({ ok: true, value: 352 })
  expect(readQuantity(en, ',5', 3)).toEqual({ ok: true, value: 500 })
  expect(readQuantity(en, '1.5', 0)).toEqual({ ok: false, says: en.amount.quantity.wholeOnly })
  expect(readQuantity(en, '1.5555', 3)).toEqual({ ok: false, says: 'At most 3 decimals here.' })
})

test.each([
  ['', en.amount.quantity.empty],
  ['0', en.amount.quantity.zero],
  ['-1', en.amount.quantity.notANumber],
  ['x', en.amount.quantity.notANumber],
  ['10000', en.amount.quantity.tooLarge],
])('the quantity "%s" is refused', (text, says) => {
  expect(readQuantity(en, text, 0)).toEqual({ ok: false, says })
})

test('a percentage is above 0 and at most 100', () => {
  expect(readPercent(en, '12,5 %')).toEqual({ ok: true, value: 1250 })
  expect(readPercent(en, '100')).toEqual({ ok: true, value: 10_000 })
  expect(readPercent(en, '100.01')).toEqual({ ok: false, says: en.amount.percent.tooLarge })
  expect(readPercent(en, '0')).toEqual({ ok: false, says: en.amount.percent.zero })
  expect(readPercent(en, '1.234')).toEqual({ ok: false, says: en.amount.percent.tooManyDecimals })
})

test('a discount and what is filled in stand as the language writes numbers', () => {
  expect(discountText({ kind: 'amount', amountMinor: 1050 }, 'SEK', en.numerals)).toBe('−10.50')
  expect(discountText({ kind: 'amount', amountMinor: 1050 }, 'SEK', sv.numerals)).toBe('−10,50')
  expect(discountText({ kind: 'percent', basisPoints: 1250 }, 'SEK', sv.numerals)).toBe('−12,5\u00A0%')
  expect(typedAmount(123_450, 'SEK', en.numerals)).toBe('1234.50')
  expect(typedAmount(123_450, 'SEK', sv.numerals)).toBe('1234,50')
})

test('comma and point are both read in both languages', () => {
  for (const words of [en, sv])
    for (const sign of ['.', ',']) {
      expect(readAmount(words, `66${sign}50`, 'SEK')).toEqual({ ok: true, value: 6650 })
      expect(readQuantity(words, `0${sign}352`, 3)).toEqual({ ok: true, value: 352 })
      expect(readPercent(words, `12${sign}5`)).toEqual({ ok: true, value: 1250 })
    }
})

test('what is filled in reads back as the same amount', () => {
  for (const amountMinor of [1, 99, 100, 6650, 123_456_789, 1_000_000_000])
    for (const words of [en, sv]) {
      const filledIn = typedAmount(amountMinor, 'SEK', words.numerals)
      expect(readAmount(words, filledIn, 'SEK')).toEqual({ ok: true, value: amountMinor })
    }
})

test('cash of more than 1,000 times the total is asked about', () => {
  expect(isHuge(100_000, 100)).toBe(false)
  expect(isHuge(100_001, 100)).toBe(true)
  expect(isHuge(100_000, 0)).toBe(false)
})

test('the float may be zero, but the zero is typed: an Enter too many opens no shift', () => {
  expect(readCounted(en, '0', 'SEK')).toEqual({ ok: true, value: 0 })
  expect(readCounted(en, '1 000,50', 'SEK')).toEqual({ ok: true, value: 100_050 })
  expect(readCounted(en, ' ', 'SEK')).toEqual({ ok: false, says: en.amount.fault.empty })
})
