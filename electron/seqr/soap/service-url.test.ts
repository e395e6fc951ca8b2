import { expect, test } from 'vitest'
import { scriptedServer, serviceFor, succeeds } from './scripted-server.fake.ts'
import { checkServiceUrl } from './service-url.ts'

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

test('SEQR rule: to another machine over plain HTTP nothing is asked, not even whether it is there', async () => {
  const service = serviceFor('http://seqr.example/soap')
  const asked = await service.registerTerminal(
    { resellerId: 'shop', userId: '9900', password: 'pl4nted' },
    { externalTerminalId: '1', password: 'pl4nted', name: 'Till' },
  )
  const detail = 'registerTerminal: no usable address: plainHttp'
  expect(asked).toEqual({ kind: 'noAnswer', reason: 'unreachable', detail })
  expect(await service.probe()).toBe('offline')
})

test('nothing is sent to an address that passwords may not be sent to, and the till starts all the same', async () => {
  const server = await scriptedServer(succeeds())
  const url = server.url.replace('http://', 'http://user:pl4nted@')
  for (const service of [serviceFor(url), serviceFor('')]) {
    await service.prepare()
    const answer = await service.cancelInvoice({ terminalId: '1', password: '2' }, '3')
    expect(answer).toMatchObject({ kind: 'noAnswer', reason: 'unreachable' })
    expect(JSON.stringify(answer)).not.toContain('pl4nted')
    expect(await service.probe()).toBe('offline')
  }
  expect(server.requests).toEqual([])
  await server.close()
})

test('a WSDL that cannot be read is said at once by prepare', async () => {
  const broken = serviceFor('https://seqr.example/', { wsdl: 'no WSDL' })
  await expect(broken.prepare()).rejects.toThrow('not an XML text')
})
