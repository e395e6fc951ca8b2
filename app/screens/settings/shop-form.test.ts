import { expect, test } from 'vitest'
import { firstShop } from '../../domain/shop.ts'
import { en } from '../../words/en.ts'
import { sv } from '../../words/sv.ts'
import { formOf, readShop } from './shop-form.ts'

const form = formOf(firstShop, en.numerals)

test('settings that nobody has touched are read back as they were', () => {
  expect(readShop(en, form)).toEqual({ ok: true, shop: firstShop })
})

test('VAT rates are typed in percent, in any order, each once', () => {
  const rates = (vatRates: string) => {
    const read = readShop(en, { ...form, vatRates })
    return read.ok ? read.shop.vatRatesBasisPoints : read.faults.vatRates
  }
  expect(rates('6 25 12,5 0 %')).toEqual([2500, 1250, 600, 0])
  expect(formOf({ ...firstShop, vatRatesBasisPoints: [2500, 1250] }, sv.numerals).vatRates).toBe('25 12,5')
  for (const wrong of ['', '25 25', '101', 'abc', '1.234'])
    expect(rates(wrong)).toBe(en.office.settings.vatRatesFault)
})

test('lines of the receipt keep their order and empty lines between them, and are not too many or too long', () => {
  const read = readShop(en, { ...form, headerLines: ' Torggatan 1 \n\nOrg.nr 5\n\n' })
  expect(read.ok && read.shop.headerLines).toEqual(['Torggatan 1', '', 'Org.nr 5'])
  expect(readShop(en, { ...form, footerLines: 'x'.repeat(49) })).toMatchObject({ ok: false })
  expect(readShop(en, { ...form, footerLines: 'x\n'.repeat(9) })).toMatchObject({ ok: false })
})

test('each fault is named by its field', () => {
  const wrong = {
    ...form,
    storeName: ' ',
    timeZone: 'Stockholm',
    reservationMinutes: '0',
    tenderTypes: [
      { id: 'a', name: 'Card', asksReference: false },
      { id: 'b', name: 'card ', asksReference: true },
    ],
  }
  const read = readShop(en, wrong)
  expect(read.ok ? [] : Object.keys(read.faults).sort()).toEqual([
    'reservationMinutes',
    'storeName',
    'tenderTypes',
    'timeZone',
  ])
})
