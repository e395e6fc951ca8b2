import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandboxClock } from '../sandbox/seven-connect/sandbox-clock.ts'
import { startSevenConnectSandbox, type SevenConnectSandbox } from '../sandbox/seven-connect/start.ts'
import { openMerchantLink, type MerchantLink, type NewSlip } from './merchant-link.ts'
import { inquiryReplyToken, referenceReplyToken } from './tokens.ts'

const never = new AbortController().signal
const noonMs = Date.UTC(2018, 2, 19, 4)
const wanted: NewSlip = { merchantRef: 'R1', amountMinor: 250_000 }
let sandbox: SevenConnectSandbox
let link: MerchantLink

function linkWith(unlike: Partial<Parameters<typeof openMerchantLink>[0]> = {}) {
  const [merchant] = sandbox.demo.merchants
  const { merchantID = '', transactionKey = '' } = merchant ?? {}
  return openMerchantLink({ baseUrl: sandbox.url, merchantID, transactionKey, ...unlike })
}

beforeEach(async () => {
  sandbox = await startSevenConnectSandbox({ clock: sandboxClock(() => noonMs) })
  link = linkWith()
})
afterEach(() => sandbox.close())

test('a slip is issued with everything it was given', async () => {
  const expiresAtMs = noonMs + 3_600_000
  const answer = await link.createReference(
    {
      ...wanted,
      expiresAtMs,
      description: 'Två biljetter & popcorn',
      receiptRemarks: 'John Santos|789 E. Rodriguez St.',
      email: 'john@example.test',
      phone: '09228792165',
      payLoad: '{"account":"1"}',
      returnPaymentDetails: true,
    },
    never,
  )
  expect(answer).toMatchObject({
    kind: 'ok',
    value: { merchantID: 'testmerchant', merchantRef: 'R1', amountMinor: 250_000, expiresAtMs },
  })
  const [slip] = sandbox.book.slips()
  expect(slip).toMatchObject({
    payID: answer.kind === 'ok' ? answer.value.payID : '',
    description: 'Två biljetter & popcorn',
    receiptRemarks: 'John Santos|789 E. Rodriguez St.',
    email: 'john@example.test',
    phone: '09228792165',
    payLoad: '{"account":"1"}',
    returnPaymentDetails: true,
    expiresAtMs,
  })
})

test('a slip without an expiry gets 2,880 minutes', async () => {
  expect(await link.createReference(wanted, never)).toMatchObject({
    kind: 'ok',
    value: { expiresAtMs: noonMs + 2880 * 60_000 },
  })
})

test.each<[string, Partial<NewSlip>]>([
  ['merchantRef', { merchantRef: ' ' }],
  ['merchantRef', { merchantRef: 'r'.repeat(41) }],
  ['amount', { amountMinor: 0 }],
  ['amount', { amountMinor: -1 }],
  ['amount', { amountMinor: 1.5 }],
  ['amount', { amountMinor: 1_000_000_000_000 }],
  ['description', { description: 'd'.repeat(3001) }],
  ['receiptRemarks', { receiptRemarks: 'd'.repeat(661) }],
  ['payLoad', { payLoad: 'd'.repeat(3001) }],
  ['phone', { phone: '+639228792165' }],
  ['email', { email: 'nobody' }],
])('a slip whose %s the platform would not take is not sent', async (field, unlike) => {
  expect(await link.createReference({ ...wanted, ...unlike }, never)).toEqual({ kind: 'invalid', field })
  expect(sandbox.book.slips()).toEqual([])
})

test('a merchant id of more than 15 characters is not sent', async () => {
  const long = linkWith({ merchantID: 'm'.repeat(16) })
  expect(await long.createReference(wanted, never)).toEqual({ kind: 'invalid', field: 'merchantID' })
})

test('a slip that is as large and long as the platform takes it is issued', async () => {
  const largest = {
    merchantRef: 'r'.repeat(40),
    amountMinor: 999_999_999_999,
    description: 'd'.repeat(3000),
    receiptRemarks: 'm'.repeat(660),
    payLoad: 'p'.repeat(3000),
  }
  expect(await link.createReference(largest, never)).toMatchObject({ kind: 'ok' })
  expect(sandbox.book.slips()).toMatchObject([largest])
})

test('an amount has two decimals, also of a currency that has none', async () => {
  const yen = await startSevenConnectSandbox({ currency: 'JPY' })
  const theirs = linkWith({ baseUrl: yen.url, currency: 'JPY' })
  expect(await theirs.createReference({ ...wanted, amountMinor: 9_999_999_999 }, never)).toMatchObject({
    value: { amountMinor: 9_999_999_999 },
  })
  expect(await theirs.createReference({ ...wanted, amountMinor: 10_000_000_000 }, never)).toEqual({
    kind: 'invalid',
    field: 'amount',
  })
  await yen.close()
})

test('a wrong transaction key is refused in the server’s words', async () => {
  const stranger = linkWith({ transactionKey: 'wrong' })
  expect(await stranger.createReference(wanted, never)).toEqual({ kind: 'declined', said: 'Invalid token' })
})

test('a reply that is not signed with our key, or is for another slip, is no answer', async () => {
  sandbox.faults.put({ kind: 'wrongToken', on: 'reference', times: 1 })
  expect(await link.createReference(wanted, never)).toEqual({ kind: 'noAnswer', fault: 'wrongToken' })
  sandbox.faults.put({ kind: 'otherSlip', on: 'reference', times: 1 })
  expect(await link.createReference(wanted, never)).toEqual({ kind: 'noAnswer', fault: 'wrongToken' })
})

test('a rightly signed reply for another account, reference or amount is no answer', async () => {
  const answer = { body: {} }
  const server = http.createServer((_, response) => response.end(JSON.stringify(answer.body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const there = linkWith({ baseUrl, merchantID: 'm', transactionKey: 'k' })
  const issue = (unlike: object) => {
    const reply = { merchantID: 'm', merchantRef: 'R1', amount: '2500.00', payID: '991308500305', ...unlike }
    answer.body = { ...reply, expiryDate: '', token: referenceReplyToken('k', reply) }
    return there.createReference(wanted, never)
  }
  const inquire = (merchantRef: string) => {
    const reply = { merchantRef, payID: '991308500305', status: 'UNPAID' }
    answer.body = { ...reply, token: inquiryReplyToken('k', reply) }
    return there.inquire('R1', never)
  }
  expect(await issue({})).toMatchObject({ kind: 'ok' })
  expect(await inquire('R1')).toMatchObject({ kind: 'ok' })
  const other = { kind: 'noAnswer', fault: 'otherRequest' }
  for (const unlike of [{ merchantID: 'n' }, { merchantRef: 'R2' }, { amount: '25.00' }])
    expect(await issue(unlike)).toEqual(other)
  expect(await inquire('R2')).toEqual(other)
  server.close()
})

test('after a lost answer an inquiry tells whether the slip was made', async () => {
  sandbox.faults.put({ kind: 'dropBefore', on: 'reference', times: 1 })
  expect(await link.createReference(wanted, never)).toEqual({ kind: 'noAnswer', fault: 'unreachable' })
  expect(await link.inquire('R1', never)).toEqual({
    kind: 'ok',
    value: { payID: null, status: 'ERROR', message: 'No such reference' },
  })
  sandbox.faults.put({ kind: 'dropAfter', on: 'reference', times: 1 })
  expect(await link.createReference(wanted, never)).toEqual({ kind: 'noAnswer', fault: 'unreachable' })
  const [slip] = sandbox.book.slips()
  expect(await link.inquire('R1', never)).toMatchObject({ value: { payID: slip?.payID, status: 'UNPAID' } })
})

test('an inquiry says UNPAID, then POSTED', async () => {
  const { payID } = sandbox.createDemoSlip({ merchantRef: 'R1' })
  expect(await link.inquire('R1', never)).toEqual({
    kind: 'ok',
    value: { payID, status: 'UNPAID', message: '' },
  })
  const at = { storeID: '0189', pos: '1', shift: '1', bdate: '' }
  await sandbox.book.confirm({ payID, requestID: 'c1', amountMinor: 125_050, at })
  expect(await link.inquire('R1', never)).toMatchObject({ value: { status: 'POSTED' } })
})
