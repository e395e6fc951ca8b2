import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalOf } from '../../app/domain/money.ts'
import { readReport } from './report.ts'

const meta = `<Meta><ResellerId>shop 1</ResellerId><TerminalId>87e7</TerminalId>
  <TransactionPeriodId>42</TransactionPeriodId><GeneratedAt>2012-10-30 12:20</GeneratedAt></Meta>`

const row = (amount: string, reference: string) =>
  `<Row><TerminalId>87e7</TerminalId><CashierId>Åsa &amp; Bo</CashierId>
    <SalesAmount>${amount}</SalesAmount><ErsReference>${reference}</ErsReference></Row>`

test("a terminal's details are read payment by payment", () => {
  const xml = `<TransactionDetails>${meta}${row('10.00000', '2012103012')}${row('-2.5', '2012103013')}</TransactionDetails>`
  expect(readReport(xml, 'SEK')).toEqual({
    ok: true,
    meta: {
      resellerId: 'shop 1',
      terminalId: '87e7',
      transactionPeriodId: '42',
      generatedAt: '2012-10-30 12:20',
    },
    rows: [
      { terminalId: '87e7', cashierId: 'Åsa & Bo', salesMinor: 1000, ersReference: '2012103012' },
      { terminalId: '87e7', cashierId: 'Åsa & Bo', salesMinor: -250, ersReference: '2012103013' },
    ],
  })
})

test('a report that closes with another root element than it opened is read all the same', () => {
  const xml = `<?xml version="1.0"?>\n<TransactionDetails>${meta}${row('10.00000', 'a')}</TransactionSummary>`
  expect(readReport(xml, 'SEK')).toMatchObject({ ok: true, rows: [{ salesMinor: 1000 }] })
})

test('a summary holds how many payments there were, and their sum', () => {
  const xml = `<TransactionSummary>${meta}
    <Row><TerminalId>87e7</TerminalId><SalesCount>3</SalesCount><SalesTotal>30.00000</SalesTotal></Row></TransactionSummary>`
  expect(readReport(xml, 'SEK')).toMatchObject({
    ok: true,
    rows: [{ terminalId: '87e7', cashierId: '', salesMinor: 3000, salesCount: 3, ersReference: '' }],
  })
})

test('a period without payments is a report without rows', () => {
  expect(readReport(`<TransactionDetails>${meta}</TransactionDetails>`, 'SEK')).toMatchObject({
    ok: true,
    rows: [],
  })
})

test.each([
  ['', 'notAReport'],
  ['<html><body>Sign in</body></html>', 'notAReport'],
  [`<A>${meta}${row('ten', 'a')}</A>`, 'unreadableAmount'],
  [`<A>${meta}${row('10.005', 'a')}</A>`, 'unreadableAmount'],
  [`<A>${meta}<Row><TerminalId>1</TerminalId></Row></A>`, 'unreadableAmount'],
  [`<A>${meta}<Row/></A>`, 'unreadableAmount'],
  [`<A>${meta}<Row><SalesCount>3x</SalesCount><SalesTotal>1</SalesTotal></Row></A>`, 'unreadableCount'],
])('%j is not reconciled against: %s', (xml, reason) => {
  expect(readReport(xml, 'SEK')).toEqual({ ok: false, reason })
})

test('a report that breaks off anywhere is never taken for a shorter one', () => {
  const xml = `<TransactionDetails>${meta}${row('10.00', 'a')}${row('20.00', 'b')}</TransactionSummary>`
  for (let length = 0; length < xml.length; length += 1)
    expect(readReport(xml.slice(0, length), 'SEK')).toMatchObject({ ok: false })
})

test('every amount comes through the report unchanged', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -100_000_000, max: 100_000_000 }), { maxLength: 30 }),
      (amounts) => {
        const rows = amounts.map((amount, index) => row(`${decimalOf(amount, 'SEK')}000`, String(index)))
        const read = readReport(`<R>${meta}${rows.join('\n')}</R>`, 'SEK')
        expect(read.ok && read.rows.map(({ salesMinor }) => salesMinor)).toEqual(amounts)
      },
    ),
  )
})

test('no text makes the reader throw', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    'Row',
    '<Row>',
    '</Row>',
    '<Meta/>',
    '&amp;',
    '<![CDATA[',
    ' ',
    '1.00',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      expect(readReport(parts.join(''), 'SEK')).toHaveProperty('ok')
    }),
  )
})
