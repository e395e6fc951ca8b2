// What a network and a broken service can do to a question, over real HTTP, and that nothing of it ends a payment.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { replyTo, results, says, scriptedServer, serviceFor, succeeds } from './scripted-server.fake.ts'
import type { Play } from './scripted-server.fake.ts'

const password = 'pl4nted-<&-password'
const login = { terminalId: '87e7', password }

const server = await scriptedServer(succeeds())
afterAll(() => server.close())
const service = serviceFor(server.url)
const hasty = serviceFor(server.url, { deadlineMs: 400 })

const ask = (play: Play, asked = service) => {
  server.play = play
  return asked.getPaymentStatus(login, '000123', 0)
}

const issued = '<resultCode>0</resultCode><status>ISSUED</status><version>1</version>'
const good = replyTo('getPaymentStatus', issued)
const echo =
  (type: string, status: number): Play =>
  (response, socket, body) =>
    says(`<html><body>${body}</body></html>`, status, type)(response, socket, body)
const fault = (code: string, words: string, detail = '') =>
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>' +
  `<faultcode>${code}</faultcode><faultstring>${words}</faultstring><detail>${detail}</detail>` +
  '</soap:Fault></soap:Body></soap:Envelope>'
const escaped = 'pl4nted-&lt;&amp;-password'

const plays: readonly (readonly [name: string, play: Play, reason: string])[] = [
  ['a SOAP fault with HTTP 500', says(fault('soap:Server', escaped, escaped), 500), 'http'],
  ['a SOAP fault with HTTP 200', says(fault(escaped, escaped)), 'http'],
  ['HTTP 500 with an ordinary answer', says(good, 500), 'http'],
  ['HTTP 500 and nothing more', says('', 500), 'http'],
  ['HTTP 503', says('busy', 503, 'text/plain'), 'http'],
  ['HTTP 401 that repeats the request', echo('text/html', 401), 'http'],
  ['HTTP 201 with an ordinary answer', says(good, 201), 'http'],
  ['a web page', echo('text/html; charset=utf-8', 200), 'http'],
  ['a web page that calls itself XML', echo('text/xml', 200), 'garbled'],
  ['JSON', says('{"resultCode":0}', 200, 'application/json'), 'http'],
  ['an answer without a content type', (response) => void response.writeHead(200).end(good), 'http'],
  ['a redirect', (response) => void response.writeHead(302, { Location: server.url }).end(), 'http'],
  ['a multipart answer', says(good, 200, 'multipart/related; type="text/xml"'), 'http'],
  [
    'a compressed answer',
    (response) =>
      void response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Encoding': 'gzip' }).end(good),
    'http',
  ],
  ['HTTP 200 and nothing more', says(''), 'garbled'],
  ['an answer that is cut short', says(good.slice(0, -20)), 'garbled'],
  ['an answer twice', says(good + good), 'garbled'],
  ['another charset in the header', says(good, 200, 'text/xml; charset=ISO-8859-1'), 'garbled'],
  ['another charset in the bytes', says(Buffer.from(good.replace('ISSUED', 'ISSUÉD'), 'latin1')), 'garbled'],
  ['an external entity', says(`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>${good}`), 'garbled'],
  ['a document type after the XML declaration', says(good.replace('?>', '?><!DOCTYPE a>')), 'garbled'],
  ['an answer to another operation', says(replyTo('cancelInvoice', issued)), 'garbled'],
  ['an answer in another namespace', says(good.replace('http://external', 'http://internal')), 'garbled'],
  [
    'a result in another namespace',
    says(
      good
        .replaceAll('return', 'ns3:return')
        .replace('<ns3', '<ns3:return xmlns:ns3="urn:x"')
        .replace('"urn:x":return', '"urn:x"'),
    ),
    'garbled',
  ],
  [
    'a SOAP 1.2 envelope',
    says(
      good.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
    ),
    'garbled',
  ],
  ['an empty body', says(good.replace(/<soap:Body>.*<\/soap:Body>/, '<soap:Body/>')), 'garbled'],
  ['an empty wrapper', says(good.replace(/<return>.*<\/return>/, '')), 'garbled'],
  ['a wrapper with two results', says(good.replace(/<return>.*<\/return>/, '$&$&')), 'garbled'],
  ['an empty result', results(''), 'garbled'],
  ['a result without a code', results('<status>PAID</status><version>1</version>'), 'garbled'],
  ['a result code that is no number', results(issued.replace('0', '0abc')), 'garbled'],
  ['a result code beyond an int', results(issued.replace('0', '99999999999999999999')), 'garbled'],
  [
    'a result code that is nil',
    results(
      issued.replace('>0<', ' xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">0<'),
    ),
    'garbled',
  ],
  ['two result codes', results(`<resultCode>0</resultCode>${issued}`), 'garbled'],
  ['a result code with children', results(issued.replace('>0<', '><a>0</a><')), 'garbled'],
  ['a status without a version', results('<resultCode>0</resultCode><status>PAID</status>'), 'garbled'],
  ['a version that is no whole number', results(issued.replace('>1<', '>1.5<')), 'garbled'],
  ['no status', results('<resultCode>0</resultCode><version>1</version>'), 'garbled'],
  ['a status that is no word', results(issued.replace('ISSUED', escaped)), 'garbled'],
  [
    'elements with the names of object parts',
    results(`${issued}<__proto__><status>PAID</status></__proto__>`),
    'garbled',
  ],
  ['a reply nested too deep', results('<a>'.repeat(10_000) + '</a>'.repeat(10_000)), 'garbled'],
  ['a flood of open tags', says('<'.repeat(1_000_000)), 'garbled'],
  [
    'a flood of XML declarations in CDATA',
    results(`<status><![CDATA[${'<?xml '.repeat(150_000)}]]></status>`),
    'garbled',
  ],
  [
    'a flood of ampersands in CDATA',
    results(`<resultCode><![CDATA[${'&'.repeat(1_000_000)}]]></resultCode>`),
    'garbled',
  ],
  ['a result code of a megabyte', results(`<resultCode>${'0'.repeat(1_000_000)}</resultCode>`), 'garbled'],
  ['more than a megabyte', says(`${good}${' '.repeat(1_100_000)}`), 'tooLarge'],
  ['an endless reply', endless, 'tooLarge'],
  [
    'headers without end',
    (_, socket) => void socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`),
    'tooLarge',
  ],
  ['something that is not HTTP', (_, socket) => void socket.end('220 mail.example ESMTP\r\n'), 'http'],
  ['a connection that breaks before the answer', (_, socket) => void socket.destroy(), 'reset'],
  ['a connection that breaks within the answer', breaksOff, 'reset'],
  ['a connection that is reset', (_, socket) => void socket.resetAndDestroy(), 'reset'],
]

function endless(response: Parameters<Play>[0]) {
  response.writeHead(200, { 'Content-Type': 'text/xml' })
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  }
  response.on('drain', more)
  more()
}

function breaksOff(response: Parameters<Play>[0], socket: Parameters<Play>[1]) {
  response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '5000' })
  response.write(good, () => socket.destroy())
}

test.each(plays)('%s is no answer', async (_, play, reason) => {
  const answer = await ask(play)
  expect(answer).toMatchObject({ kind: 'noAnswer', reason })
  expect(JSON.stringify(answer)).not.toMatch(/pl4nted/)
  expect(server.bodies.at(-1)).toContain(escaped)
})

test('a server that stays silent is given up at the deadline', async () => {
  expect(await ask(() => undefined, hasty)).toMatchObject({ kind: 'noAnswer', reason: 'timeout' })
})

test('so is one that goes on sending a byte at a time', async () => {
  const drip: Play = (response) => {
    response.writeHead(200, { 'Content-Type': 'text/xml' })
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  }
  expect(await ask(drip, hasty)).toMatchObject({ kind: 'noAnswer', reason: 'timeout' })
})

test('and one whose headers never end', async () => {
  const drip: Play = (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => socket.write('X: y\r\n'), 20)
    socket.on('close', () => clearInterval(timer))
  }
  expect(await ask(drip, hasty)).toMatchObject({ kind: 'noAnswer', reason: 'timeout' })
})

test('without anything listening the service is unreachable, and has read nothing', async () => {
  const gone = await scriptedServer(succeeds())
  await gone.close()
  expect(await serviceFor(gone.url).cancelInvoice(login, '1')).toMatchObject({
    kind: 'noAnswer',
    reason: 'unreachable',
    detail: 'cancelInvoice: ECONNREFUSED',
  })
})

test('a server that takes the connection but speaks no TLS is unreachable: it has not been sent the password', async () => {
  const seen: Buffer[] = []
  const plain = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      seen.push(bytes)
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}/`
  const answer = await serviceFor(url).cancelInvoice(login, '1')
  plain.close()
  expect(answer).toMatchObject({ kind: 'noAnswer', reason: 'unreachable' })
  expect(Buffer.concat(seen).toString('latin1')).not.toMatch(/pl4nted/)
})

test('to stop waiting is an answer of its own, before sending and while waiting', async () => {
  const before = server.bodies.length
  expect(await service.cancelInvoice(login, '1', AbortSignal.abort())).toMatchObject({ reason: 'aborted' })
  expect(server.bodies).toHaveLength(before)
  const stop = new AbortController()
  server.play = () => stop.abort()
  expect(await service.cancelInvoice(login, '1', stop.signal)).toMatchObject({ reason: 'aborted' })
})

test("a signal's own deadline is a deadline like ours, also before there is a connection", async () => {
  server.play = () => undefined
  const silent = service.cancelInvoice(login, '1', AbortSignal.timeout(400))
  expect(await silent).toMatchObject({ reason: 'timeout' })
  const deaf = createServer()
  await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(deaf.address() as AddressInfo).port}/`
  const unconnected = serviceFor(url).cancelInvoice(login, '1', AbortSignal.timeout(50))
  expect(await unconnected).toMatchObject({ reason: 'unreachable' })
  deaf.close()
})

test('after any trouble the next question is answered as usual', async () => {
  await ask((_, socket) => void socket.destroy())
  expect(await ask(results(issued))).toMatchObject({ kind: 'ok', value: { status: 'ISSUED', version: 1 } })
})

test('a proxy in the environment is left alone', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9')
  vi.stubEnv('http_proxy', 'http://127.0.0.1:9')
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  expect(await ask(results(issued))).toMatchObject({ kind: 'ok' })
})

const written: unknown[] = []
beforeEach(() => {
  vi.stubEnv('DEBUG', 'node-soap,axios,follow-redirects')
  for (const stream of [process.stderr, process.stdout])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(chunk) > 0)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  expect(written.map(String).join('')).not.toMatch(/pl4nted/)
})
