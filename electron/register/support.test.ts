import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { firstShop } from '../../app/domain/shop.ts'
import { openLog } from '../log.ts'
import { writeSecret } from '../storage/secrets.ts'
import { appendPaymentHistory, insertPayment } from '../storage/payments.ts'
import { paymentWith } from '../storage/storage.fake.ts'
import { writeSetting } from '../storage/settings.ts'
import { saveUser } from '../storage/users.ts'
import { startedRegister } from './register.fake.ts'
import { supportBundle, withoutPersons } from './support.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-support-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const planted = {
  pin: '492817',
  terminalPassword: 'Zr7-terminal-password',
  resellerPassword: 'q9!reseller&password',
  storeKey: 'store-key-5512-abc',
  sealed: 'keyFile1:c2VhbGVkLXNlY3JldA==',
  cashier: 'Gunilla Ekström',
  owner: 'Sten Åkerblom',
  buyer: '46700643344',
  card: '4111 1111 1111 1111',
  mail: 'buyer@example.com',
  label: 'Table of Ms Lindgren',
  invoiceReference: '1000000000042',
  ersReference: '2026112100000000000001',
}

/** A till that has seen money, with a secret or a person planted in every place that could have one. */
async function busyTill() {
  const till = await startedRegister({}, (storage) => {
    const user = {
      role: 'cashier',
      permissions: [],
      active: true,
      ...noWrongPins,
    } as const
    saveUser(storage.write, {
      ...user,
      id: 'gunilla',
      name: planted.cashier,
      pinHash: `scrypt$${planted.pin}`,
    })
    for (const name of ['seqr.terminalPassword', 'slips.storeKey'])
      writeSecret(storage.write, name, planted.sealed)
    writeSetting(
      storage.write,
      'shop',
      { ...firstShop, headerLines: [planted.owner, planted.mail] },
      planted.cashier,
    )
  })
  const paid = { type: 'paid', version: 3, ersReference: planted.ersReference, echoedMinor: 6600 } as const
  insertPayment(till.storage.write, paymentWith('p1', { label: planted.label, terminalId: 'terminal-1' }))
  appendPaymentHistory(till.storage.write, {
    paymentId: 'p1',
    atMs: Date.UTC(2026, 10, 21),
    from: 'waiting',
    event: paid,
    to: 'paid',
  })
  const log = openLog({ dir: folder, level: 'info' })
  log.info({ cashier: planted.cashier, password: planted.terminalPassword }, `Signed in: ${planted.cashier}`)
  log.warn(
    { text: `sent ${planted.resellerPassword} for ${planted.buyer}` },
    `Buyer ${planted.card} ${planted.mail}`,
  )
  log.error(
    { err: new Error(`key ${planted.storeKey} was refused`), home: path.join(os.homedir(), 'kassa') },
    'Refused',
  )
  const bundle = await supportBundle({
    desk: {
      storage: till.storage,
      clock: { now: () => Date.UTC(2026, 10, 21, 14, 3) } as never,
      log,
      newId: () => '',
      announce: {} as never,
      disk: { full: false },
    },
    version: '1.2.3',
    shell: 'kiosk',
    logDir: folder,
    secrets: () => [planted.terminalPassword, planted.resellerPassword, planted.storeKey],
  })
  await till.stop()
  return bundle
}

test('a support bundle holds no secret and no person, wherever they were planted', async () => {
  const { text } = await busyTill()
  for (const [what, value] of Object.entries(planted)) {
    expect(text, what).not.toContain(value)
    expect(text, `${what} in JSON`).not.toContain(JSON.stringify(value).slice(1, -1))
  }
  expect(text).not.toContain('Gunilla')
  expect(text).not.toContain('Ekström')
  expect(text).not.toContain('c2VhbGVk')
  expect(text).not.toContain(os.homedir())
})

test('a support bundle says what whoever helps must know', async () => {
  const { name, text } = await busyTill()
  expect(name).toBe('kassa-support-20261121T1403.txt')
  const facts = JSON.parse(text.split('\n\n')[1] ?? '') as Record<string, unknown>
  expect(facts).toMatchObject({
    version: '1.2.3',
    shell: 'kiosk',
    database: { migration: expect.any(Number), diskFull: false },
    journal: { found: 'sound', entries: expect.any(Number), lastHash: expect.stringMatching(/…$/) },
    shiftOpen: false,
    settings: {
      shop: { currency: 'SEK', headerLines: 2 },
      secrets: [
        { name: 'seqr.terminalPassword', keptBy: 'keyFile1' },
        { name: 'slips.storeKey', keptBy: 'keyFile1' },
      ],
    },
    people: expect.arrayContaining([expect.objectContaining({ role: 'cashier', active: true })]),
    work: { outbox: { waiting: 0, needPerson: 0 } },
    payments: [{ moves: [expect.stringMatching(/ms: waiting -paid-> paid$/)] }],
    slips: [],
  })
  expect(text).toMatch(/"msg":"Signed in: person \d"/)
  expect(text).toContain('Refused')
})

const anna = { names: ['Anna', 'Anna Berg'], account: 'till7', homeDir: '/home/till7' }

test.each([
  ['Anna Berg sold', 'person 2 sold'],
  ['Berg', 'person 2'],
  ['Annas', 'Annas'],
  ['the file /home/till7/x', 'the file ~/x'],
  ['by till7', 'by user'],
  ['at 2026-11-21T14:03:22.123Z', 'at 2026-11-21T14:03:22.123Z'],
  ['on 2026-11-21 it', 'on 2026-11-21 it'],
  ['call +46 70-064 33 44 now', 'call …344 now'],
  ['reference 20121114000000000042', 'reference …042'],
  ['pid 12345 port 9100 host 192.168.1.50', 'pid 12345 port 9100 host 192.168.1.50'],
])('%s becomes %s', (text, expected) => {
  expect(withoutPersons(text, anna)).toBe(expected)
})

test('only the youngest part of long logs is taken', async () => {
  for (const name of ['kassa.log', 'kassa.1.log', 'kassa.2.log'])
    fs.writeFileSync(path.join(folder, name), `${'old '.repeat(250_000)}end of ${name}\n`)
  const { text } = await busyTill()
  expect(text.length).toBeLessThan(1_700_000)
  expect(text).toContain('end of kassa.1.log')
  expect(text).not.toContain('end of kassa.2.log')
})
