import { expect, test } from 'vitest'
import type { BookOptions } from './book-state.ts'
import type { SeqrBook } from './seqr-book.ts'
import { invoiceOf, sek, shop, shopContext, shopOnClock, tillIn, type TestTill } from './shop.fake.ts'

function paid(book: SeqrBook, till: TestTill, total: string, cashierId = 'anna'): string {
  const reference = till.send(total, { cashierId })
  book.confirm(reference, '1234')
  return till.ask(reference).ersReference ?? ''
}

test('a payment is refunded in parts, and never beyond what was paid: 98', () => {
  const { book, till } = shopOnClock()
  const ersReference = paid(book, till, '100.00')
  const first = till.refund(ersReference, '60.00')
  expect(first.resultCode).toBe(0)
  expect(first.ersReference).not.toBe(ersReference)
  expect(till.refund(ersReference, '40.01').resultCode).toBe(98)
  expect(till.refund(ersReference, '40.00').resultCode).toBe(0)
  expect(till.refund(ersReference, '0.01').resultCode).toBe(98)
  expect(book.view().payments[0]?.refundedMinor).toBe(10_000)
})

test('a refund can be made at another till, and its receipt submitted under its own reference', () => {
  const { book, till } = shopOnClock()
  const other = tillIn(book, 'Till 2')
  const refund = other.refund(paid(book, till, '10.00'), '10.00')
  expect(other.receipt(refund.ersReference ?? '')).toBe(0)
})

test('refunds are refused with 23, 97, 99, and 49 for bad amounts', () => {
  const { book, till } = shopOnClock()
  const ersReference = paid(book, till, '100.00')
  expect(till.refund('unheard-of', '1.00').resultCode).toBe(23)
  expect(till.refund(ersReference, '0.00').resultCode).toBe(49)
  const refused = (refunds: 'resellerMayNot' | 'accountDoesNotAllow') => {
    const made = shopOnClock({ resellers: [{ ...shop, refunds }] })
    return made.till.refund(paid(made.book, made.till, '1.00'), '1.00').resultCode
  }
  expect(refused('resellerMayNot')).toBe(97)
  expect(refused('accountDoesNotAllow')).toBe(99)
})

test('a refund may come without rows, but not with rows that do not add up', () => {
  const { book, till } = shopOnClock()
  const ersReference = paid(book, till, '100.00')
  const refund = (invoiceRows: NonNullable<ReturnType<typeof invoiceOf>['invoiceRows']>) =>
    book.refundPayment({
      context: till.context,
      ersReference,
      invoice: { title: 'Return', cashierId: 'anna', totalAmount: sek('5.00'), invoiceRows },
    }).resultCode
  expect(refund([])).toBe(0)
  expect(refund([{ itemQuantity: '1', itemTotalAmount: sek('4.00') }])).toBe(49)
})

function shopWithTrade(options: Partial<BookOptions> = {}) {
  const made = shopOnClock(options)
  const { book, till, pass } = made
  const second = tillIn(book, 'Till 2')
  const references = [paid(book, till, '10.00'), paid(book, till, '20.50', 'bo'), paid(book, second, '5.00')]
  pass(1000)
  const refund = till.refund(references[0] ?? '', '4.00').ersReference ?? ''
  book.confirm(till.send('99.00'), '1234')
  pass(20_001)
  return { ...made, second, references, refund }
}

function mark(book: SeqrBook, terminalId?: string): string {
  const parameters = terminalId === undefined ? [] : [{ key: 'TERMINALID', value: terminalId }]
  return book.markTransactionPeriod({ context: shopContext, parameters }).transactionPeriodId ?? ''
}

function execute(book: SeqrBook, reportId: string, period: string, terminalId?: string) {
  return book.executeReport({
    context: shopContext,
    reportId: `Reconciliation/${reportId}.xml`,
    language: 'en',
    parameters: [
      { key: 'transactionPeriodId', value: period },
      ...(terminalId === undefined ? [] : [{ key: 'TERMINALID', value: terminalId }]),
    ],
  })
}

function rowsOf(xml: string | undefined): string[] {
  return [...(xml ?? '').matchAll(/<Row>(.*?)<\/Row>/g)].map(([, row = '']) => row)
}

test('reports are not ready (2) for the first seconds after the mark', () => {
  const { book, pass, till } = shopWithTrade()
  const period = mark(book, till.terminalId)
  expect(execute(book, 'STD_RECON_006', period, till.terminalId).resultCode).toBe(2)
  pass(2999)
  expect(execute(book, 'STD_RECON_006', period, till.terminalId).resultCode).toBe(2)
  pass(1)
  expect(execute(book, 'STD_RECON_006', period, till.terminalId).resultCode).toBe(0)
})

test('the terminal details list each sale and refund with five decimals, and no reversed payment', () => {
  const { book, pass, refund, references, till } = shopWithTrade()
  const period = mark(book, till.terminalId)
  pass(3000)
  const { report } = execute(book, 'STD_RECON_007', period, till.terminalId)
  const row = (cashier: string, amount: string, reference: string | undefined) =>
    `<TerminalId>${till.terminalId}</TerminalId><CashierId>${cashier}</CashierId>` +
    `<SalesAmount>${amount}</SalesAmount><ErsReference>${reference}</ErsReference>`
  expect(rowsOf(report?.contentString)).toEqual([
    row('anna', '10.00000', references[0]),
    row('bo', '20.50000', references[1]),
    row('anna', '-4.00000', refund),
  ])
  expect(report?.contentString).toContain(
    `<Meta><ResellerId>SHOP1</ResellerId><TerminalId>${till.terminalId}</TerminalId>` +
      `<TransactionPeriodId>${period}</TransactionPeriodId><GeneratedAt>2026-03-02 09:00</GeneratedAt></Meta>`,
  )
  expect(Buffer.from(report?.content ?? '', 'base64').toString()).toBe(report?.contentString)
})

test('the summaries count and add what the details list', () => {
  const { book, pass, second, till } = shopWithTrade()
  const ofTill = mark(book, till.terminalId)
  const ofShop = mark(book)
  pass(3000)
  const sum = (count: number, total: string) =>
    `<SalesCount>${count}</SalesCount><SalesTotal>${total}</SalesTotal>`
  const rows = (reportId: string, period: string) =>
    rowsOf(execute(book, reportId, period).report?.contentString)
  expect(rows('STD_RECON_006', ofTill)).toEqual([sum(3, '26.50000')])
  expect(rows('STD_RECON_001', ofShop)).toEqual([sum(4, '31.50000')])
  expect(rows('Shop', ofShop)).toEqual([sum(4, '31.50000')])
  expect(rows('STD_RECON_002', ofShop)).toEqual([
    `<TerminalId>${till.terminalId}</TerminalId>${sum(3, '26.50000')}`,
    `<TerminalId>${second.terminalId}</TerminalId>${sum(1, '5.00000')}`,
  ])
  expect(rows('STD_RECON_003', ofShop)).toHaveLength(4)
  expect(rows('STD_RECON_004', ofShop)).toEqual([
    `<CashierId>anna</CashierId>${sum(3, '11.00000')}`,
    `<CashierId>bo</CashierId>${sum(1, '20.50000')}`,
  ])
})

test('a period begins where the one before it ended', () => {
  const { book, pass, till } = shopWithTrade()
  mark(book, till.terminalId)
  pass(1000)
  paid(book, till, '7.00')
  pass(1000)
  const second = mark(book, till.terminalId)
  pass(3000)
  paid(book, till, '8.00')
  const { report } = execute(book, 'STD_RECON_006', second, till.terminalId)
  expect(report?.contentString).toContain('<SalesTotal>7.00000</SalesTotal>')
})

test('terminal reports of a period that was marked for the whole shop never get ready', () => {
  const { book, pass, till } = shopWithTrade()
  const period = mark(book)
  pass(86_400_000)
  expect(execute(book, 'STD_RECON_006', period, till.terminalId).resultCode).toBe(2)
  expect(execute(book, 'STD_RECON_001', period).resultCode).toBe(0)
})

test('an unknown report, period or terminal is refused', () => {
  const { book, pass, till } = shopWithTrade()
  const period = mark(book, till.terminalId)
  pass(3000)
  expect(execute(book, 'STD_RECON_999', period).resultCode).toBe(10)
  expect(execute(book, 'STD_RECON_006', 'unheard-of').resultCode).toBe(10)
  const parameters = [{ key: 'TERMINALID', value: 'nobody' }]
  expect(book.markTransactionPeriod({ context: shopContext, parameters }).resultCode).toBe(29)
  expect(book.executeReport({ context: till.context }).resultCode).toBe(29)
})

test('on request the report closes with another root than it opened, as published samples do', () => {
  const { book, pass, till } = shopWithTrade({ oddReportRoot: true })
  const period = mark(book, till.terminalId)
  pass(3000)
  const xml = execute(book, 'STD_RECON_007', period).report?.contentString.trim()
  expect(xml).toMatch(/^<TransactionDetails>[\s\S]*<\/TransactionSummary>$/)
})
