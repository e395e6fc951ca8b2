import { readFileSync } from 'node:fs'
import path from 'node:path'
import { validateXML } from 'xmllint-wasm'
import { shop } from './shop.fake.ts'
import { startSeqrSandbox, type SeqrSandbox, type SeqrSandboxOptions } from './seqr-server.ts'

export const wsdl = readFileSync(path.join(import.meta.dirname, '../../../resources/seqr.wsdl'), 'utf8')
const schema = /<xs:schema[\s\S]*<\/xs:schema>/.exec(wsdl)?.[0] ?? ''

/** Starts a service for one test, which closes it by `await using`. */
export async function sandboxFor(options: Partial<SeqrSandboxOptions> = {}) {
  const sandbox = await startSeqrSandbox({ wsdl, resellers: [shop], ...options })
  return { ...sandbox, [Symbol.asyncDispose]: sandbox.close }
}

/** Sends text as it is, with the headers of a Java stack unless told otherwise. */
export async function post(url: string, body: string | Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', SOAPAction: '""', ...headers },
    // A fetch body is typed for browsers, where a shared buffer could not be sent.
    body: body as string,
  })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

export function envelope(operation: string, children: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:ext="http://external.interfaces.ers.seamless.com/"><soapenv:Header/><soapenv:Body>' +
    `<ext:${operation}>${children}</ext:${operation}></soapenv:Body></soapenv:Envelope>`
  )
}

export const shopContextXml =
  '<context><channel>ClientWS</channel><clientId>Test till</clientId><clientReference>1</clientReference>' +
  '<clientRequestTimeout>0</clientRequestTimeout><initiatorPrincipalId><id>SHOP1</id><type>RESELLERUSER</type>' +
  '<userId>9900</userId></initiatorPrincipalId><password>shop-password</password></context>'

export function contextXml(terminalId: string): string {
  return (
    '<context><channel>ClientWS</channel><clientId>Test till</clientId><clientReference>1</clientReference>' +
    `<clientRequestTimeout>0</clientRequestTimeout><initiatorPrincipalId><id>${terminalId}</id>` +
    '<type>TERMINALID</type></initiatorPrincipalId><password>till-password</password></context>'
  )
}

export function amountXml(name: string, value: string): string {
  return `<${name}><currency>SEK</currency><value>${value}</value></${name}>`
}

export function invoiceXml(total: string, mode = 'IMMEDIATE_DEBIT'): string {
  return (
    `<invoice><paymentMode>${mode}</paymentMode><acknowledgmentMode>NO_ACKNOWLEDGMENT</acknowledgmentMode>` +
    '<issueDate>2026-03-02T10:00:00+01:00</issueDate><title>Kiosk &amp; café</title><clientInvoiceId>R-1</clientInvoiceId>' +
    `<invoiceRows><invoiceRow><itemDescription>Kaffe</itemDescription><itemQuantity>1</itemQuantity>` +
    `<itemTaxRate>25</itemTaxRate>${amountXml('itemTotalAmount', total)}</invoiceRow></invoiceRows>` +
    `${amountXml('totalAmount', total)}<cashierId>anna</cashierId><footer>Tack!</footer></invoice>`
  )
}

export function invoiceReferenceXml(reference: string): string {
  return `<invoiceReference>${reference}</invoiceReference>`
}

/** The text of the first element of that name in a reply. */
export function valueOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
}

/** What the schema objects to in the Bodies of replies; empty when all are valid. */
export async function schemaFaults(...replies: readonly string[]): Promise<readonly string[]> {
  const xml = replies.map((reply, index) => ({
    fileName: `reply${index}.xml`,
    contents: /<soap:Body>([\s\S]*)<\/soap:Body>/.exec(reply)?.[1] ?? '',
  }))
  const { errors } = await validateXML({ xml, schema: [schema] })
  return errors.map((error) => error.rawMessage)
}

/** Calls by hand-written envelopes, as a till does. */
export async function tillAt(sandbox: SeqrSandbox) {
  const call = async (operation: string, children: string) =>
    (await post(sandbox.url, envelope(operation, children))).text
  const registered = await call(
    'registerTerminal',
    `${shopContextXml}<externalTerminalId>Till 1</externalTerminalId><password>till-password</password><name>Till 1</name>`,
  )
  const terminalId = valueOf(registered, 'terminalId') ?? ''
  const context = contextXml(terminalId)
  return {
    terminalId,
    call: (operation: string, children: string) => call(operation, context + children),
    shopCall: (operation: string, children: string) => call(operation, shopContextXml + children),
    send: async (total: string, mode?: string) =>
      valueOf(await call('sendInvoice', context + invoiceXml(total, mode)), 'invoiceReference') ?? '',
    ask: (reference: string, version = '0') =>
      call(
        'getPaymentStatus',
        `${context}${invoiceReferenceXml(reference)}<invoiceVersion>${version}</invoiceVersion>`,
      ),
  }
}
