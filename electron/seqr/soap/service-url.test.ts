import { expect, test } from 'vitest'
import { wsdl } from './scripted-server.fake.ts'
import { checkServiceUrl } from './service-url.ts'
import { createSeqrSoapService } from './soap-service.ts'

test.each([
  'https://extdev.seqr.com/extclientproxy/service/v2',
  'http://127.0.0.1:9090/port',
  'http://localhost:9090/port',
  'http://[::1]:9090/port',
])('%s is an address that passwords may be sent to', (url) => {
  expect(checkServiceUrl(` ${url}\n`)).toEqual({ ok: true, url })
})

test.each([
  ['', 'notAnAddress'],
  ['seqr.example', 'notAnAddress'],
  ['http://seqr.example/', 'plainHttp'],
  ['http://127.0.0.1.example/', 'plainHttp'],
  ['http://localhost.example/', 'plainHttp'],
  ['http://192.168.0.7/', 'plainHttp'],
  ['ftp://seqr.example/', 'otherProtocol'],
  ['file:///tmp/seqr', 'notAnAddress'],
  ['https://user:secret@seqr.example/', 'holdsCredentials'],
])('%j is not: %s', (url, reason) => {
  expect(checkServiceUrl(url)).toEqual({ ok: false, reason })
})

test('plain HTTP in a network of one’s own must be allowed by name', () => {
  expect(checkServiceUrl('http://192.168.0.7/', true)).toMatchObject({ ok: true })
})

test('a service is not even made for an address that passwords may not be sent to', () => {
  const url = 'http://user:pl4nted@seqr.example/'
  const make = () => createSeqrSoapService({ url, wsdl, version: '1', newClientReference: () => '1' })
  expect(make).toThrow('holdsCredentials')
  expect(make).not.toThrow('pl4nted')
})

test('a WSDL that cannot be read is said at once by prepare', async () => {
  const url = 'https://seqr.example/'
  const broken = createSeqrSoapService({ url, wsdl: 'no WSDL', version: '1', newClientReference: () => '1' })
  await expect(broken.prepare()).rejects.toThrow('not an XML text')
})
