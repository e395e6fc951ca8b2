import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies, largestAmountMinor } from '../../../app/domain/money.ts'
import type { Currency } from '../../../app/domain/money.ts'
import { amountArguments, quantityOf } from './arguments.ts'
import { answerOf, paymentStatus } from './results.ts'
import { escapeXml, readXml } from './xml.ts'

/** Writes the amount as a request does, reads the XML, and takes it as an answer would echo it. */
function echoed(amountMinor: number, currency: Currency): number | undefined {
  const written = Object.entries(amountArguments(amountMinor, currency))
  const xml = written.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('')
  const read = readXml(`<totalAmount>${xml}</totalAmount>`)
  const totalAmount = Object.fromEntries(
    read.ok ? read.root.children.map(({ name, text }) => [name, text]) : [],
  )
  const result = { resultCode: '0', status: 'PAID', version: '1', receipt: { invoice: { totalAmount } } }
  const answer = answerOf(result, paymentStatus, [])
  return answer.kind === 'ok' ? answer.value.receipt?.amountMinor : undefined
}

test('each of the 100,000 amounts from 0.01 to 1000.00 comes back as it was sent', () => {
  const wrong: number[] = []
  for (let amountMinor = 1; amountMinor <= 100_000; amountMinor += 1)
    if (echoed(amountMinor, 'SEK') !== amountMinor) wrong.push(amountMinor)
  expect(wrong).toEqual([])
})

test('so does any amount in any currency, refunds included', () => {
  const currency = fc.constantFrom(...(Object.keys(currencies) as Currency[]))
  fc.assert(
    fc.property(
      fc.integer({ min: -largestAmountMinor, max: largestAmountMinor }),
      currency,
      (amountMinor, code) => {
        expect(echoed(amountMinor, code)).toBe(amountMinor)
      },
    ),
  )
})

test('an amount is a plain decimal, never a floating number', () => {
  expect(amountArguments(1, 'SEK')).toEqual({ currency: 'SEK', value: '0.01' })
  expect(amountArguments(-1050, 'EUR')).toEqual({ currency: 'EUR', value: '-10.50' })
  expect(amountArguments(100_000_000_000, 'SEK').value).toBe('1000000000.00')
  expect(amountArguments(700, 'JPY').value).toBe('700')
})

test('a quantity is as short as it can be, and exact', () => {
  const written = [1000, 0, 1, 450, -1500, 12_340, 999_999_999].map(quantityOf)
  expect(written).toEqual(['1', '0', '0.001', '0.45', '-1.5', '12.34', '999999.999'])
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (thousandths) => {
      expect(Math.round(Number(quantityOf(thousandths)) * 1000)).toBe(thousandths)
    }),
  )
})
