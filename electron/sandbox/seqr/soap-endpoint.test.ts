import { expect, test } from 'vitest'
import {
  amountXml,
  contextXml,
  envelope,
  invoiceReferenceXml,
  invoiceXml,
  post,
  sandboxFor,
  schemaFaults,
  shopContextXml,
  tillAt,
  valueOf,
} from './soap.fake.ts'

test('every reply of every operation is valid by the schema, refusals too', async () => {
  const clock = { nowMs: Date.parse('2026-03-02T09:00:00Z') }
  await using sandbox = await sandboxFor({ now: () => clock.nowMs })
  const till = await tillAt(sandbox)
  const { book } = sandbox
  const replies: string[] = []
  const call = async (operation: string, children: string) => {
    const text = await till.call(operation, children)
    replies.push(text)
    return text
  }
  const shopCall = async (operation: string, children: string) => {
    const text = await till.shopCall(operation, children)
    replies.push(text)
    return text
  }
  const ask = async (reference: string) =>
    call('getPaymentStatus', `${invoiceReferenceXml(reference)}<invoiceVersion>0</invoiceVersion>`)

  await shopCall(
    'registerTerminal',
    '<externalTerminalId>x</externalTerminalId><password>abcd</password><name>x</name>',
  )
  await call('assignSeqrId', '<seqrId>ABC1</seqrId>')
  const token = '<tokens><description>Card</description><id>c</id><status>0</status><value>1</value></tokens>'
  const first = valueOf(await call('sendInvoice', invoiceXml('10.50') + token), 'invoiceReference') ?? ''
  await ask(first)
  book.confirm(first, '1234')
  const paid = valueOf(await ask(first), 'ersReference') ?? ''
  const document =
    '<receiptDocument><mimeType>text/plain</mimeType><receiptData>QUJD</receiptData></receiptDocument>'
  await call('submitPaymentReceipt', `<ersReference>${paid}</ersReference>${document}`)
  await call('refundPayment', `<ersReference>${paid}</ersReference>${invoiceXml('1.00')}`)
  const reserved = await till.send('50.00', 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT')
  book.confirm(reserved, '1234')
  await ask(reserved)
  await call('updateInvoice', invoiceReferenceXml(reserved) + invoiceXml('40.00'))
  await call('commitReservation', amountXml('amount', '40.00') + invoiceReferenceXml(reserved))
  await ask(reserved)
  await call('cancelInvoice', invoiceReferenceXml(reserved))
  await ask('unheard-of')
  const expired = await till.send('5.00')
  book.lapse(expired)
  expect(valueOf(await ask(expired), 'status')).toBe('EXPIRED')
  const entry = (key: string, value: string) => `<entry><key>${key}</key><value>${value}</value></entry>`
  const terminal = entry('TERMINALID', till.terminalId)
  const marked = await shopCall(
    'markTransactionPeriod',
    `<parameters><parameter>${terminal}</parameter></parameters>`,
  )
  const period = entry('transactionPeriodId', valueOf(marked, 'transactionPeriodId') ?? '')
  const report =
    '<reportId>Reconciliation/STD_RECON_007.xml</reportId><language>en</language>' +
    `<parameters><parameter>${period}${terminal}</parameter></parameters>`
  await shopCall('executeReport', report)
  clock.nowMs += 3000
  expect(valueOf(await shopCall('executeReport', report), 'resultCode')).toBe('0')
  await call('unregisterTerminal', '')
  await call('unregisterTerminal', '')

  expect(replies.length).toBeGreaterThan(18)
  expect(await schemaFaults(...replies)).toEqual([])
  const unordered = (replies[0] ?? '').replace(/(<resultCode>.*<\/resultCode>)(.*)(<\/return>)/, '$2$1$3')
  expect(await schemaFaults(unordered)).not.toEqual([])
})

test('elements in any order, any prefixes, a default namespace, CDATA and comments are understood', async () => {
  await using sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const body = `
    <S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">
      <S:Body>
        <sendInvoice xmlns="http://external.interfaces.ers.seamless.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <!-- the invoice first, and its elements in the order of the alphabet -->
          <q:invoice xmlns:q="urn:whatever">
            <q:acknowledgmentMode>NO_ACKNOWLEDGMENT</q:acknowledgmentMode>
            <q:backURL xsi:nil="true"/>
            <q:clientInvoiceId></q:clientInvoiceId>
            <q:invoiceRows>
              <q:invoiceRow><q:itemTotalAmount><q:value> 12.50 </q:value><q:currency>SEK</q:currency></q:itemTotalAmount>
                <q:itemDescription><![CDATA[Fish & <chips>]]></q:itemDescription></q:invoiceRow>
            </q:invoiceRows>
            <q:title>Caf&#xE9; &#229;</q:title>
            <q:totalAmount><q:value>12.5</q:value><q:currency>SEK</q:currency></q:totalAmount>
          </q:invoice>
          ${contextXml(till.terminalId)}
        </sendInvoice>
      </S:Body>
    </S:Envelope>`
  const { status, text } = await post(sandbox.url, body, { SOAPAction: 'sendInvoice' })
  expect(status).toBe(200)
  const reference = valueOf(text, 'invoiceReference') ?? ''
  expect(sandbox.book.buyerInvoice(reference)).toMatchObject({
    title: 'Caf\u00E9 \u00E5',
    total: '12.50',
    rows: [{ description: 'Fish & <chips>', total: '12.50' }],
  })
})

test('an empty or missing invoiceVersion counts as 0', async () => {
  await using sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const reference = await till.send('10.00')
  expect(valueOf(await till.ask(reference, ''), 'status')).toBe('ISSUED')
  const without = await till.call('getPaymentStatus', invoiceReferenceXml(reference))
  expect(valueOf(without, 'status')).toBe('ISSUED')
})

test('the SOAPAction does not matter, quoted, bare, wrong or empty', async () => {
  await using sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const reference = await till.send('10.00')
  const asked = envelope('getPaymentStatus', contextXml(till.terminalId) + invoiceReferenceXml(reference))
  for (const SOAPAction of ['', '""', '"getPaymentStatus"', 'urn:cancelInvoice'])
    expect(valueOf((await post(sandbox.url, asked, { SOAPAction })).text, 'status')).toBe('ISSUED')
})

test('other encodings than UTF-8 are read by what they say of themselves', async () => {
  await using sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const xml = envelope('sendInvoice', contextXml(till.terminalId) + invoiceXml('10.00'))
  const latin = Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1')
  const wide = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(xml.replace('UTF-8', 'UTF-16'), 'utf16le'),
  ])
  for (const [bytes, type] of [
    [latin, 'text/xml'],
    [latin, 'text/xml; charset="iso-8859-1"'],
    [wide, 'application/xml; charset=utf-16'],
  ] as const) {
    const { text } = await post(sandbox.url, bytes, { 'content-type': type })
    const reference = valueOf(text, 'invoiceReference') ?? ''
    expect(sandbox.book.buyerInvoice(reference)?.title).toBe('Kiosk & caf\u00E9')
  }
  const broken = await post(sandbox.url, Buffer.from(xml, 'latin1'))
  expect(broken).toMatchObject({ status: 500 })
})

test('an unexpected request is a SOAP 1.1 fault and changes nothing', async () => {
  await using sandbox = await sandboxFor()
  const bomb =
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>' +
    envelope('getPaymentStatus', '&c;').replace(/^<\?xml[^>]*>/, '')
  const requests = [
    bomb,
    '<!doctype html><html></html>',
    'not xml at all',
    '',
    '<a><b></a>',
    envelope('unheardOf', ''),
    envelope('constructor', ''),
    envelope('sendInvoice', '<__proto__><x/></__proto__>'),
    '<Envelope><Body/></Envelope>',
    '<x/>',
    '<a>'.repeat(20_000) + '</a>'.repeat(20_000),
  ]
  const before = sandbox.book.revision()
  for (const request of requests) {
    const { status, text, type } = await post(sandbox.url, request)
    expect(status, request.slice(0, 60)).toBe(500)
    expect(type).toMatch(/^text\/xml/)
    expect(text).toContain('<soap:Fault><faultcode>soap:Client</faultcode><faultstring>')
  }
  expect(sandbox.book.revision()).toBe(before)
})

test('SOAP 1.2 is told that 1.1 is spoken here', async () => {
  await using sandbox = await sandboxFor()
  const twelve = envelope('unregisterTerminal', '').replace(
    'http://schemas.xmlsoap.org/soap/envelope/',
    'http://www.w3.org/2003/05/soap-envelope',
  )
  const { text } = await post(sandbox.url, twelve, { 'content-type': 'application/soap+xml' })
  expect(text).toContain('<faultcode>soap:VersionMismatch</faultcode>')
})

test('what is no XML by its type, or too long, is turned away', async () => {
  await using sandbox = await sandboxFor()
  const { status } = await post(sandbox.url, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })
  expect(status).toBe(415)
  expect((await post(sandbox.url, 'x'.repeat(1_100_000))).status).toBe(413)
})

test('operations of no use to a cash register are unsupported: 91', async () => {
  await using sandbox = await sandboxFor()
  const { status, text } = await post(sandbox.url, envelope('requestTopup', shopContextXml))
  expect(status).toBe(200)
  expect(valueOf(text, 'resultCode')).toBe('91')
})

test('what a shop writes comes back escaped, and without what XML cannot hold', async () => {
  await using sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const xml = invoiceXml('10.00').replace('Kaffe', 'A &lt;b&gt; &amp; "c" &#x1F600; &#7;')
  const sent = await till.call('sendInvoice', xml)
  const reference = valueOf(sent, 'invoiceReference') ?? ''
  sandbox.book.confirm(reference, '1234')
  const paid = await till.ask(reference)
  expect(valueOf(paid, 'itemDescription')).toBe('A &lt;b&gt; &amp; "c" \u{1F600}')
  expect(await schemaFaults(paid)).toEqual([])
})
