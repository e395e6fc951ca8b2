import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from './log.ts'
import { isSensitive } from './redact.ts'

const planted = 'Pl4nted & "Secret" <åäö>'
let dir = ''
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-log-'))
})
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }))
const written = () =>
  fs
    .readdirSync(dir)
    .map((name) => fs.readFileSync(path.join(dir, name), 'utf8'))
    .join('')

test('a line is one JSON object with time, level, room, fields and message', () => {
  openLog({ dir, level: 'info' }).child('seqr').info({ invoice: 'I-7', stage: 'waiting' }, 'Asked')
  expect(JSON.parse(written())).toMatchObject({
    level: 'info',
    room: 'seqr',
    invoice: 'I-7',
    stage: 'waiting',
    msg: 'Asked',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  })
})

test('lines below the level are not written', () => {
  const log = openLog({ dir, level: 'warn' })
  log.info({}, 'quiet')
  log.warn({}, 'loud')
  expect(written()).not.toContain('quiet')
  expect(written()).toContain('loud')
})

test.each([
  ['by its name', { password: planted }],
  ['deep inside', { request: { context: [{ initiator: { terminal_password: planted } }] } }],
  ['as a key', { apiKey: planted, privateKey: planted, k: { token: planted } }],
  ['as a PIN', { pin: '471199', operatorPin: '471199' }],
  ['in a header', { headers: { Authorization: `Basic ${planted}`, cookie: planted } }],
])('a secret is masked %s', (_where, fields) => {
  openLog({ dir, level: 'debug' }).debug(fields, 'Sent')
  expect(written()).toContain('***')
  expect(written()).not.toMatch(/Pl4nted|471199/)
})

test('an error keeps its message and stack, and loses the request that hangs on it', () => {
  const error = Object.assign(new Error('connect refused', { cause: new Error('no route') }), {
    code: 'ECONNREFUSED',
    config: { data: `<password>${planted}</password>` },
  })
  openLog({ dir, level: 'info' }).error({ err: error }, 'Failed')
  expect(JSON.parse(written()).err).toMatchObject({
    type: 'Error',
    message: 'connect refused',
    code: 'ECONNREFUSED',
    cause: { message: 'no route' },
  })
  expect(written()).not.toContain('Pl4nted')
})

test('a hidden value is masked wherever it turns up and however it is spelled', () => {
  const log = openLog({ dir, level: 'info' })
  log.child('vault').hide(planted)
  log.info({ body: `<p>${planted}</p>` }, `plain ${planted}`)
  log.info({ body: '<p>Pl4nted &amp; &quot;Secret&quot; &lt;åäö&gt;</p>' }, 'XML')
  log.info({ url: `http://x/?p=${encodeURIComponent(planted)}` }, 'address')
  log.info({ basic: Buffer.from(planted).toString('base64') }, 'base64')
  log.info({ json: JSON.stringify({ a: planted }) }, 'JSON in JSON')
  expect(written()).not.toMatch(/Pl4nted|UGw0bnRlZC/)
  expect(written().trim().split('\n')).toHaveLength(5)
})

test('names of ordinary things are not masked', () => {
  for (const name of ['amountMinor', 'keyboard', 'spinner', 'shipping', 'invoiceReference', 'telephoneless'])
    expect([name, isSensitive(name)]).toEqual([name, false])
  for (const name of ['PIN', 'Pass-Word', 'resellerPassword', 'accessToken', 'privateKey', 'buyerPhone'])
    expect([name, isSensitive(name)]).toEqual([name, true])
})

test('endless, deep and odd values are written short', () => {
  const ring: Record<string, unknown> = { bytes: Buffer.alloc(9), long: 'x'.repeat(10_000), n: 1n }
  ring['self'] = ring
  openLog({ dir, level: 'info' }).info({ ring, tell: () => 1 }, 'Odd')
  expect(JSON.parse(written())).toMatchObject({ ring: { bytes: '[9 bytes]', n: '1' }, tell: '[function]' })
  expect(written().length).toBeLessThan(60_000)
})

test('a full file moves up one number and the oldest goes', () => {
  const log = openLog({ dir, level: 'info', largestBytes: 400, keptFiles: 2 })
  for (let line = 0; line < 40; line += 1) log.info({ line }, 'A line of the log')
  expect(fs.readdirSync(dir).sort()).toEqual(['kassa.1.log', 'kassa.2.log', 'kassa.log'])
  expect(fs.readFileSync(path.join(dir, 'kassa.log'), 'utf8')).toContain('"line":39')
  for (const name of fs.readdirSync(dir))
    expect(fs.statSync(path.join(dir, name)).size).toBeLessThanOrEqual(400)
})

test('a log that cannot be written does not stop the till', () => {
  const log = openLog({ dir: path.join(dir, 'file', 'below'), level: 'info' })
  fs.rmSync(path.join(dir, 'file'), { recursive: true, force: true })
  fs.writeFileSync(path.join(dir, 'file'), '')
  expect(() => log.info({}, 'lost')).not.toThrow()
})
