import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLog } from '../log.ts'
import { type KioskServer, startKioskServer } from './server.ts'

let dir = ''
let server: KioskServer
beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-pages-'))
  fs.mkdirSync(path.join(dir, 'page', 'assets'), { recursive: true })
  fs.writeFileSync(path.join(dir, 'page', 'index.html'), '<!doctype html><title>Kassa</title>')
  fs.writeFileSync(path.join(dir, 'page', 'assets', 'main-Ab1_.js'), 'run()')
  fs.writeFileSync(path.join(dir, 'page', 'notes.txt'), 'not part of the build')
  fs.writeFileSync(path.join(dir, 'secret.js'), 'secret')
  server = await startKioskServer({
    port: 0,
    pageDir: path.join(dir, 'page'),
    answer: async (channel, raw, from) => ({ ok: true, answer: { channel, raw, from } }),
    displayMay: ['sale.shown'],
    log: silentLog,
  })
})
afterEach(async () => {
  await server.close()
  fs.rmSync(dir, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
}

/** A request with exactly this path: nothing tidies it up on the way. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

async function admitted(): Promise<{ cookie: string }> {
  const { headers } = await get(ticketPath())
  return { cookie: String(headers['set-cookie']?.[0]).split(';')[0] ?? '' }
}
const ticketPath = () => new URL(server.address()).pathname + new URL(server.address()).search

test('the printed address lets a browser in and takes the ticket out of the address bar', async () => {
  const { status, headers } = await get(ticketPath())
  expect([status, headers.location]).toEqual([303, '/'])
  expect(headers['set-cookie']?.[0]).toMatch(/^kassa-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
})

test('a ticket is good once', async () => {
  const path = ticketPath()
  expect((await get(path)).status).toBe(303)
  const again = await get(path)
  expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined])
  expect(again.body).toContain('fresh address')
})

test('the same browser may open a used address again', async () => {
  expect((await get('/open?k=used', await admitted())).status).toBe(303)
})

test('a HEAD request does not use up a ticket', async () => {
  const path = ticketPath()
  expect((await get(path, {}, 'HEAD')).status).toBe(403)
  expect((await get(path)).status).toBe(303)
})

test('without the cookie there is nothing to see', async () => {
  for (const path of ['/', '/assets/main-Ab1_.js', '/open', '/open?k=', '/open?k=wrong', '/display'])
    expect([path, (await get(path)).status]).toEqual([path, 403])
  expect((await get('/', { cookie: `kassa-${server.port}=wrong` })).status).toBe(403)
})

test('only the eight youngest unused tickets are good', async () => {
  const oldest = ticketPath()
  for (let count = 0; count < 16; count += 1) server.address()
  expect((await get(oldest)).status).toBe(403)
})

test('another name in Host is refused, whatever else is right', async () => {
  const cookie = await admitted()
  for (const host of [
    'evil.example',
    `localhost:${server.port}`,
    '127.0.0.1',
    `127.0.0.1:${server.port}.evil.example`,
  ])
    expect([host, (await get('/', { ...cookie, host })).status]).toEqual([host, 421])
})

test('the page and its files come with a strict policy', async () => {
  const cookie = await admitted()
  for (const [path, type, body] of [
    ['/', 'text/html', 'Kassa'],
    ['/display', 'text/html', 'Kassa'],
    ['/assets/main-Ab1_.js', 'text/javascript', 'run()'],
  ] as const) {
    const answer = await get(path, cookie)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain(type)
    expect(answer.body).toContain(body)
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`)
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  }
})

test.each([
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '/%2e%2e%2fsecret.js',
  '/..%5csecret.js',
  '/..\\secret.js',
  '/%252e%252e/secret.js',
  '//secret.js',
  '/./secret.js',
  '/assets/main-Ab1_.js%00.png',
  '/%',
  '/C:/secret.js',
  '/notes.txt',
  '/assets',
  '/missing.js',
])('the path %s finds nothing', async (path) => {
  const answer = await get(path, await admitted())
  expect([answer.status, answer.body.includes('secret')]).toEqual([404, false])
})

test('only GET and HEAD are answered', async () => {
  const cookie = await admitted()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect([method, (await get('/', cookie, method)).status]).toEqual([method, 405])
  const head = await get('/', cookie, 'HEAD')
  expect([head.status, head.body]).toEqual([200, ''])
})

/** Opens a window's socket by hand and says how that ended: the first message, or how it was closed. */
async function socketTo(path: string, headers: Record<string, string>, send: (socket: WebSocket) => void) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers } as never)
  try {
    return await new Promise<string>((resolve) => {
      socket.addEventListener('open', () => send(socket))
      socket.addEventListener('message', ({ data }) => resolve(String(data)))
      socket.addEventListener('close', ({ code }) => resolve(`closed ${code}`))
    })
  } finally {
    socket.close()
  }
}
const origin = () => ({ origin: `http://127.0.0.1:${server.port}` })
const ask = (socket: WebSocket) => socket.send('{"id":1,"channel":"sale.current"}')

test('our own window is answered, under its own screen', async () => {
  const own = { ...origin(), ...(await admitted()) }
  expect(JSON.parse(await socketTo('/wire/till', own, ask))).toEqual({
    id: 1,
    reply: { ok: true, answer: { channel: 'sale.current', from: { screen: 'till' } } },
  })
  expect(await socketTo('/wire/display', own, ask)).toContain('"screen":"display"')
})

test.each([
  ['no cookie', (own: Record<string, string>) => ({ origin: own['origin'] ?? '' })],
  ['no origin', (own: Record<string, string>) => ({ cookie: own['cookie'] ?? '' })],
  ['a strange origin', (own: Record<string, string>) => ({ ...own, origin: 'http://evil.example' })],
  ['a null origin', (own: Record<string, string>) => ({ ...own, origin: 'null' })],
  ['a neighbour port', (own: Record<string, string>) => ({ ...own, origin: `${own['origin']}1` })],
])('a window with %s gets no socket', async (_what, change) => {
  const own = { ...origin(), ...(await admitted()) }
  expect(await socketTo('/wire/till', change(own), ask)).toMatch(/^closed 1006/)
})

test('a socket to any other path is refused', async () => {
  const own = { ...origin(), ...(await admitted()) }
  for (const path of ['/', '/wire', '/wire/till/', '/wire/other', '/wire/till?x=1'])
    expect(await socketTo(path, own, ask)).toMatch(/^closed 1006/)
})

test.each([
  ['bytes', (socket: WebSocket) => socket.send(new Uint8Array([1, 2])), 1003],
  ['text that is not JSON', (socket: WebSocket) => socket.send('{'), 1007],
  ['another form', (socket: WebSocket) => socket.send('{"id":"1","channel":"x"}'), 1007],
  ['a stranger in the form', (socket: WebSocket) => socket.send('{"id":1,"channel":"x","extra":1}'), 1007],
  ['too much', (socket: WebSocket) => socket.send('x'.repeat(300_000)), 1009],
])('a window that sends %s is cut off', async (_what, send, code) => {
  const own = { ...origin(), ...(await admitted()) }
  expect(await socketTo('/wire/till', own, send)).toBe(`closed ${code}`)
})

test('a notice reaches the till, and the display only when it may hear it', async () => {
  const own = { ...origin(), ...(await admitted()) }
  const announceBoth = () => {
    server.announce('payment.changed', { secretly: 1 })
    server.announce('sale.shown', { total: 2 })
  }
  expect(await socketTo('/wire/till', own, announceBoth)).toContain('payment.changed')
  expect(await socketTo('/wire/display', own, announceBoth)).toBe(
    '{"channel":"sale.shown","payload":{"total":2}}',
  )
})

test('a port that is taken is an error to be told, not a crash', async () => {
  const second = startKioskServer({
    port: server.port,
    pageDir: dir,
    answer: async () => ({ ok: true, answer: null }),
    displayMay: [],
    log: silentLog,
  })
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('the server listens on this machine alone', () => {
  expect(server.address()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/open\?k=[\w-]{43}$/)
})
