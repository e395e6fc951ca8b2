import { afterAll, expect, test } from 'vitest'
import type { SeqrInvoice } from '../../../app/domain/seqr-invoice.ts'
import { replyTo, results, says, scriptedServer, serviceFor, succeeds } from './scripted-server.fake.ts'
import type { Play } from './scripted-server.fake.ts'

const reseller = { resellerId: 'shop', userId: '9900', password: 'shop-secret' }
const terminal = { terminalId: '87e7', password: 'till-secret' }
const invoice: SeqrInvoice = {
  paymentMode: 'IMMEDIATE_DEBIT',
  title: 'Shop',
  clientInvoiceId: '1',
  issuedAtMs: 0,
  currency: 'SEK',
  totalMinor: 100,
  rows: [{ description: 'Coffee', quantityThousandths: 1000, totalMinor: 100 }],
  cashierId: 'Bo',
}

const server = await scriptedServer(succeeds())
afterAll(() => server.close())
const service = serviceFor(server.url)
const status = (play: Play) => {
  server.play = play
  return service.getPaymentStatus(terminal, '000123', 0)
}

test('registering gives the terminal its ID', async () => {
  server.play = succeeds('<terminalId>87e791f9e24148a6892c52aa85bb0331</terminalId>')
  const registered = await service.registerTerminal(reseller, {
    externalTerminalId: 'a',
    password: 'b',
    name: 'c',
  })
  expect(registered).toEqual({ kind: 'ok', value: { terminalId: '87e791f9e24148a6892c52aa85bb0331' } })
})

test('an invoice that was taken has a reference, and perhaps a QR code', async () => {
  server.play = succeeds(
    '<invoiceQRCode>HTTP://SEQR.SE/R17</invoiceQRCode><invoiceReference>17</invoiceReference>',
  )
  expect(await service.sendInvoice(terminal, invoice)).toEqual({
    kind: 'ok',
    value: { invoiceReference: '17', qrCode: 'HTTP://SEQR.SE/R17' },
  })
  server.play = succeeds('<invoiceReference>0017</invoiceReference>')
  expect(await service.sendInvoice(terminal, invoice)).toEqual({
    kind: 'ok',
    value: { invoiceReference: '0017' },
  })
})

test('operations that only say yes give nothing else', async () => {
  server.play = succeeds('<resultDescription>SUCCESS</resultDescription>')
  const yes = { kind: 'ok', value: null }
  expect(await service.unregisterTerminal(terminal)).toEqual(yes)
  expect(await service.assignSeqrId(terminal, '004610027501')).toEqual(yes)
  expect(await service.updateInvoice(terminal, '17', invoice)).toEqual(yes)
  expect(await service.cancelInvoice(terminal, '17')).toEqual(yes)
  expect(await service.commitReservation(terminal, '17', 100, 'SEK')).toEqual(yes)
  const document = { mimeType: 'text/plain', data: new Uint8Array(), receiptType: 'receipt' }
  expect(await service.submitPaymentReceipt(terminal, '17', document)).toEqual(yes)
})

test('a refund and a closed period have references', async () => {
  server.play = succeeds(
    '<ersReference>2012103012</ersReference><transactionPeriodId>42</transactionPeriodId>',
  )
  const refund = {
    title: 'Refund',
    cashierId: 'Bo',
    currency: 'SEK',
    totalMinor: 100,
    rows: invoice.rows,
  } as const
  expect(await service.refundPayment(terminal, '1', refund)).toEqual({
    kind: 'ok',
    value: { ersReference: '2012103012' },
  })
  expect(await service.markTransactionPeriod(reseller, '87e7')).toEqual({
    kind: 'ok',
    value: { transactionPeriodId: '42' },
  })
})

test('a success that lacks what it must hold is no answer', async () => {
  server.play = succeeds()
  expect(await service.sendInvoice(terminal, invoice)).toMatchObject({ kind: 'noAnswer', reason: 'garbled' })
  expect(await service.markTransactionPeriod(reseller)).toMatchObject({ reason: 'garbled' })
  const refund = { title: '', cashierId: '', currency: 'SEK', totalMinor: 100, rows: invoice.rows } as const
  expect(await service.refundPayment(terminal, '1', refund)).toMatchObject({ reason: 'garbled' })
  server.play = succeeds('<invoiceReference> </invoiceReference>')
  expect(await service.sendInvoice(terminal, invoice)).toMatchObject({ reason: 'garbled' })
})

const paid = `<ersReference>2012102908294045</ersReference><resultCode>0</resultCode>
  <resultDescription>SUCCESS</resultDescription><status>PAID</status>
  <receipt><terminalId>87e7</terminalId><paymentDate>2012-10-29T08:29:40.000+01:00</paymentDate>
    <clientInvoiceId>1</clientInvoiceId><invoiceReference>000123</invoiceReference>
    <paymentReference>2012102908294045</paymentReference><payerTerminalId>abc</payerTerminalId>
    <receiverName>The Shop</receiverName>
    <invoice><totalAmount><currency>SEK</currency><value>100.10</value></totalAmount></invoice></receipt>
  <version>3</version>`

const paidValue = {
  status: 'PAID',
  rawStatus: 'PAID',
  version: 3,
  ersReference: '2012102908294045',
  receipt: {
    amountMinor: 10_010,
    rawAmount: '100.10',
    currency: 'SEK',
    paymentDate: '2012-10-29T08:29:40.000+01:00',
    clientInvoiceId: '1',
    invoiceReference: '000123',
    paymentReference: '2012102908294045',
    payerTerminalId: 'abc',
    receiverName: 'The Shop',
  },
}

test('a paid invoice tells the reference, the version and what was paid', async () => {
  expect(await status(results(paid))).toEqual({ kind: 'ok', value: paidValue })
})

test('an answer may have its elements in any order, its own prefixes, CDATA, comments and unknown elements', async () => {
  const [version = ''] = /<version>.*/.exec(paid) ?? []
  const shuffled =
    version + paid.replace(version, '').replace('PAID', '<![CDATA[PAID]]>') + '<!-- x --><new>1</new>'
  expect(await status(results(shuffled))).toEqual({ kind: 'ok', value: paidValue })
  const prefixed = replyTo('getPaymentStatus', paid)
    .replaceAll('soap:', 'SOAP-ENV:')
    .replaceAll('xmlns:soap', 'xmlns:SOAP-ENV')
    .replaceAll('ns2:getPaymentStatusResponse', 'getPaymentStatusResponse')
    .replaceAll('xmlns:ns2', 'xmlns')
    .replace('<SOAP-ENV:Body>', '<SOAP-ENV:Header><x xmlns="urn:x">1</x></SOAP-ENV:Header><SOAP-ENV:Body>')
  expect(await status(says(`\uFEFF${prefixed}`))).toEqual({ kind: 'ok', value: paidValue })
  expect(await status(says(prefixed, 200, 'application/xml'))).toEqual({ kind: 'ok', value: paidValue })
})

test.each([
  'ISSUED',
  'PENDING_ISSUER_ACKNOWLEDGE',
  'PARTIALLY_PAID',
  'CANCELED',
  'FAILED',
  'RESERVED',
  'EXPIRED',
])('the status %s is known', async (name) => {
  const play = results(`<resultCode> 0\n</resultCode><status>${name}</status><version>1</version><receipt/>`)
  expect(await status(play)).toEqual({ kind: 'ok', value: { status: name, rawStatus: name, version: 1 } })
})

test('a status that nobody documented is unknown, and kept as it was written', async () => {
  const play = results('<resultCode>0</resultCode><status>ON_ITS_WAY</status><version>2</version>')
  expect(await status(play)).toEqual({
    kind: 'ok',
    value: { status: 'UNKNOWN', rawStatus: 'ON_ITS_WAY', version: 2 },
  })
})

test('an echoed amount that cannot be read is kept as it was written', async () => {
  const unread = { rawAmount: '100.105', currency: 'SEK' }
  expect(await status(results(paid.replace('100.10', '100.105')))).toMatchObject({
    value: { receipt: unread },
  })
  const answer = await status(results(paid.replace('SEK', 'XXX')))
  expect(answer).toMatchObject({ value: { receipt: { rawAmount: '100.10', currency: 'XXX' } } })
  expect(JSON.stringify(answer)).not.toContain('amountMinor')
})

test("the buyer's loyalty tokens come along", async () => {
  const token =
    '<token><description>10 % off</description><id>7</id><status>0</status><value>10</value></token>'
  const play = results(
    `<resultCode>0</resultCode><status>PENDING_ISSUER_ACKNOWLEDGE</status><customerTokens>${token}${token}</customerTokens><version>1</version>`,
  )
  const read = { id: '7', status: 0, description: '10 % off', value: '10' }
  expect(await status(play)).toMatchObject({ kind: 'ok', value: { customerTokens: [read, read] } })
})

test('any other result code is a refusal with its documented name', async () => {
  expect(
    await status(results('<resultCode>54</resultCode><resultDescription>No such</resultDescription>')),
  ).toEqual({
    kind: 'refused',
    code: 54,
    name: 'INVALID_INVOICE_REFERENCE',
    description: 'No such',
    passing: false,
  })
  expect(await status(results('<resultCode>93</resultCode>'))).toMatchObject({
    name: 'SYSTEM_BUSY',
    passing: true,
  })
  expect(await status(results('<resultCode>-7</resultCode>'))).toMatchObject({
    code: -7,
    name: 'UNLISTED',
    passing: true,
  })
})

test('what the service writes beside a refusal is kept short and without the passwords', async () => {
  const words = (text: string) =>
    results(`<resultCode>20</resultCode><resultDescription>${text}</resultDescription>`)
  expect(await status(words('wrong: till-secret'))).toMatchObject({ description: 'wrong: ***' })
  expect(await status(words('x'.repeat(500)))).toMatchObject({ description: 'x'.repeat(200) })
  server.play = words('shop-secret or new-secret')
  const terminalToBe = { externalTerminalId: 'a', password: 'new-secret', name: 'c' }
  expect(await service.registerTerminal(reseller, terminalToBe)).toMatchObject({ description: '*** or ***' })
})

const reportXml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<TransactionDetails><Meta/>åäö</TransactionDetails>'
const report = (content: string) =>
  results(
    `<resultCode>0</resultCode><report><title>T</title><mimeType>text/xml</mimeType>${content}</report>`,
  )
const asked = () =>
  service.executeReport(reseller, 'Reconciliation/STD_RECON_007.xml', { transactionPeriodId: '1' })

test('a report is read from its base64 content, with line breaks or without', async () => {
  const base64 = Buffer.from(reportXml).toString('base64')
  const value = { title: 'T', mimeType: 'text/xml', content: reportXml }
  server.play = report(`<content>${base64}</content>`)
  expect(await asked()).toEqual({ kind: 'ok', value })
  server.play = report(
    `<content>\n${base64.slice(0, 40)}\n${base64.slice(40)}\n</content><contentString>x</contentString>`,
  )
  expect(await asked()).toEqual({ kind: 'ok', value })
})

test('or else from its contentString, escaped or in CDATA', async () => {
  const escaped = reportXml.replaceAll('<', '&lt;')
  for (const text of [`<![CDATA[${reportXml}]]>`, escaped]) {
    server.play = report(`<contentString>${text}</contentString>`)
    expect(await asked()).toMatchObject({ kind: 'ok', value: { content: reportXml } })
  }
})

test('a report of half a megabyte comes whole', async () => {
  const content = `<R>${'<Row><CashierId>Åsa</CashierId></Row>\r\n'.repeat(12_000)}</R>`
  server.play = report(`<content>${Buffer.from(content).toString('base64')}</content>`)
  expect(await asked()).toMatchObject({ kind: 'ok', value: { content } })
})

test('a report without content, or with content that is none, is no answer', async () => {
  for (const content of ['', '<content>%%%</content>', '<content>/w==</content>', '<content>abc</content>']) {
    server.play = report(content)
    expect(await asked()).toMatchObject({ kind: 'noAnswer', reason: 'garbled' })
  }
})

test('a report that is not ready yet is refused with 2', async () => {
  server.play = results('<resultCode>2</resultCode>')
  expect(await asked()).toMatchObject({ kind: 'refused', code: 2, name: 'REPORT_NOT_READY' })
})
