import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test, vi } from 'vitest'
import { selfSigned } from './certificate.fake.ts'
import { replyTo, serviceFor } from './scripted-server.fake.ts'

const ours = selfSigned()
const bodies: string[] = []
const server = https.createServer(ours, (request, response) => {
  request.setEncoding('utf8').on('data', (text: string) => bodies.push(text))
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'text/xml' })
    response.end(replyTo('cancelInvoice', '<resultCode>0</resultCode>'))
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
afterAll(() => server.close())

const login = { terminalId: '87e7', password: 'till-secret' }

test('with its certificate known, the service is asked over TLS', async () => {
  const service = serviceFor(url, { caCertificate: ours.cert })
  expect(await service.cancelInvoice(login, '1')).toEqual({ kind: 'ok', value: null })
  expect(await service.probe()).toBe('online')
  expect(bodies.join('')).toContain('till-secret')
})

test('a service whose certificate nobody vouches for is unreachable, and never gets the password', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  bodies.length = 0
  for (const options of [{}, { caCertificate: selfSigned().cert }]) {
    const service = serviceFor(url, options)
    expect(await service.cancelInvoice(login, '1')).toMatchObject({ kind: 'noAnswer', reason: 'unreachable' })
    expect(await service.probe()).toBe('offline')
  }
  vi.unstubAllEnvs()
  expect(bodies).toEqual([])
})
