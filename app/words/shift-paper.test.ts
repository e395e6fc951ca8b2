import { expect, test } from 'vitest'
import { paperText } from '../domain/paper.ts'
import { cashMovePaper, shiftPaper } from '../domain/shift-paper.ts'
import { someReport } from '../domain/shift.fake.ts'
import { paperWords } from './paper.ts'
import { shiftPaperWords } from './shift-paper.ts'

const optionsIn = (language: 'en' | 'sv', withDrawer = true) => ({
  head: {
    storeName: 'Kiosk Solsidan',
    headerLines: ['Org.nr 555555-5555'],
    footerLines: [],
    tillName: '1',
    sandbox: false,
    copy: false,
    words: paperWords[language],
    time: (atMs: number) => new Date(atMs).toISOString().slice(0, 16),
  },
  words: shiftPaperWords[language],
  withDrawer,
})

test('the Z report says what was sold, paid, counted and left open, with the journal that proves it', () => {
  const lines = paperText(shiftPaper(someReport, optionsIn('en')), 42)
  const says = (left: string, right: string) => expect(lines).toMatch(new RegExp(`^${left} +${right}$`, 'm'))
  expect(lines).toContain('Z REPORT 12')
  says('Turnover', '199.70')
  says('Discount \\(-\\)', '-5.00')
  says('Rounding', '0.30')
  says('25%', '20.00 +80.00 +100.00')
  says('Cash \\(2\\)', '500.00')
  says('SEQR payment \\(1\\)', '50.00')
  says('Numbers', '1 - 4')
  says('Float', '1 000.00')
  says('Should be there', '1 405.00')
  says('Counted', '1 404.00')
  says('Difference', '-1.00')
  says('Drawer opened without a sale', '1')
  says('Copies printed', '2')
  says('Prices changed', '1')
  says('Parked receipts', '1')
  says('SEQR reserved \\(1\\)', '200.00')
  says('SEQR refunds, no answer \\(2\\)', '75.00')
  says('Refunds to be finished', '1')
  says('SEQR settled by hand as paid', '50.00')
  says('SEQR settled by hand as refunded', '-25.00')
  says('Net', '10 099.70')
  says('Entries', '40 - 61')
  says('Hash of the last', '0f3a9c7e5b1d2f46')
  expect(lines).not.toContain('MISSING')
})

test('a report in Swedish has Swedish amounts and rates', () => {
  const lines = paperText(shiftPaper(someReport, optionsIn('sv')), 42)
  expect(lines).toMatch(/^Omsättning +199,70$/m)
  expect(lines).toMatch(/^25 % +20,00 +80,00 +100,00$/m)
  expect(lines).toMatch(/^Ska finnas +1 405,00$/m)
  expect(lines).not.toMatch(/\d\.\d/)
})

test('an X report for whoever counts blind does not say what should be in the drawer', () => {
  const report = { ...someReport, kind: 'x', counted: null } as const
  const text = paperText(shiftPaper(report, optionsIn('sv', false)), 42)
  expect(text).toContain('X-RAPPORT 12')
  expect(text).toContain('Lådan räknas utan att summan visas.')
  expect(text).not.toContain('Ska finnas')
  expect(text).not.toContain('Växelkassa')
})

test('missing receipt numbers cannot be overlooked', () => {
  const report = { ...someReport, sales: { ...someReport.sales, lastNumber: 6 } }
  expect(paperText(shiftPaper(report, optionsIn('en')), 42)).toMatch(/!!! NUMBERS MISSING +2/)
})

test('sums that do not agree cannot be overlooked', () => {
  expect(paperText(shiftPaper(someReport, optionsIn('en')), 42)).not.toContain('DO NOT AGREE')
  const report = { ...someReport, sales: { ...someReport.sales, roundingMinor: 31 } }
  expect(paperText(shiftPaper(report, optionsIn('en')), 42)).toContain('!!! SUMS DO NOT AGREE')
})

test('cash that is taken out stands below zero on its slip, with reason, name and a line to sign', () => {
  const [move] = someReport.moves
  if (move === undefined) throw new Error('there is no move')
  const text = paperText(cashMovePaper(move, 'SEK', optionsIn('en')), 32)
  expect(text).toContain('-30.00')
  expect(text).toContain('Reason: Milk')
  expect(text).toContain('Cashier Alva')
  expect(text).toContain('Signature')
})

test('every width of paper takes the report', () => {
  for (const columns of [32, 42, 48] as const)
    for (const line of paperText(shiftPaper(someReport, optionsIn('sv')), columns).split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns)
})
