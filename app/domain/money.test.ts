import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalOf, divideRounded, minorOf, parseAmount, shareOf } from './money.ts'

test.each([
  ['100', 10_000],
  ['100.5', 10_050],
  ['100,50', 10_050],
  ['1 234,00', 123_400],
  ['.5', 50],
  ['0001', 100],
  ['10000000', 1_000_000_000],
])('an amount typed as %s is read', (text, amountMinor) => {
  expect(parseAmount(text, 'SEK')).toEqual({ ok: true, amountMinor })
})

test.each([
  ['', 'empty'],
  ['  ', 'empty'],
  ['abc', 'notANumber'],
  ['1.2.3', 'notANumber'],
  ['12 kr', 'notANumber'],
  ['.', 'notANumber'],
  ['1e3', 'notANumber'],
  ['0', 'zero'],
  ['0,00', 'zero'],
  ['-0', 'zero'],
  ['-5', 'negative'],
  ['\u22125', 'negative'],
  ['1.234', 'tooManyDecimals'],
  ['10000000.01', 'tooLarge'],
  ['99999999999999999999', 'tooLarge'],
])('an amount typed as "%s" is refused as %s', (text, reason) => {
  expect(parseAmount(text, 'SEK')).toEqual({ ok: false, reason })
})

test('yen have no decimals', () => {
  expect(parseAmount('100', 'JPY')).toEqual({ ok: true, amountMinor: 100 })
  expect(parseAmount('100.5', 'JPY')).toEqual({ ok: false, reason: 'tooManyDecimals' })
  expect(decimalOf(-1234, 'JPY')).toBe('-1234')
})

test('every amount from 0.01 to 1,000.00 goes through protocol text and back without a difference', () => {
  for (let amountMinor = 1; amountMinor <= 100_000; amountMinor++) {
    const back = minorOf(decimalOf(amountMinor, 'SEK'), 'SEK')
    if (back !== amountMinor) expect(back).toBe(amountMinor)
  }
  expect(minorOf('19.99', 'SEK')).toBe(1999)
})

test('a protocol decimal with more than the currency holds is no amount, unless the rest is zeros', () => {
  expect(minorOf('10.00000', 'SEK')).toBe(1000)
  expect(minorOf('10.005', 'SEK')).toBeNull()
  expect(minorOf('ten', 'SEK')).toBeNull()
  expect(minorOf('99999999999999999', 'SEK')).toBeNull()
})

test('shares are rounded half away from zero, on both sides of it', () => {
  expect(shareOf(5, 1, 2)).toBe(3)
  expect(shareOf(-5, 1, 2)).toBe(-3)
  expect(divideRounded(-7, 2)).toBe(-4)
  expect(shareOf(0, -1, 2)).toBe(0)
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 10_000 }), (amount, share) => {
      expect(shareOf(-amount, share, 10_000) + shareOf(amount, share, 10_000)).toBe(0)
    }),
  )
})
