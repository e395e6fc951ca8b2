import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyLimitMs } from '../../app/domain/slip.ts'
import { sandboxClock } from '../sandbox/seven-connect/sandbox-clock.ts'
import { startSevenConnectSandbox, type SevenConnectSandbox } from '../sandbox/seven-connect/start.ts'
import { openStoreLink, type ConfirmCall, type StoreLink, type VerifyCall } from './store-link.ts'
import { tokenOf } from './tokens.ts'

const place = { pos: '3', shift: '2', businessDay: '20180319' }
const never = new AbortController().signal
let sandbox: SevenConnectSandbox
let link: StoreLink

function linkTo(baseUrl: string, unlike: Partial<Parameters<typeof openStoreLink>[0]> = {}) {
  const { storeID, storeKey } = sandbox.demo.store
  return openStoreLink({ baseUrl, storeID, storeKey, now: () => 0, freshID: () => 's1', ...unlike })
}

beforeEach(async () => {
  const clock = sandboxClock(() => Date.UTC(2018, 2, 19, 4))
  sandbox = await startSevenConnectSandbox({ clock })
  link = linkTo(sandbox.url)
})
afterEach(() => sandbox.close())

function verifyCall(payID: string, deadlineMs = verifyLimitMs): VerifyCall {
  return { ask: 'verify', payID, requestID: 'v1', deadlineMs }
}
function confirmCall(payID: string, requestID = 'c1'): ConfirmCall {
  return { ask: 'confirm', payID, requestID, amountMinor: 125_050, currency: 'PHP' }
}

test('VERIFY brings what the cashier reads out', async () => {
  const { payID } = sandbox.createDemoSlip({ merchantRef: 'R1', description: 'Ljus på Åsögatan' })
  expect(await link.verify(verifyCall(payID), place, never)).toEqual({
    kind: 'ok',
    value: {
      merchantID: 'testmerchant',
      merchantName: 'Test Merchant',
      merchantRef: 'R1',
      description: 'Ljus på Åsögatan',
      receiptRemarks: 'Test Merchant|Ref R1',
      amountMinor: 125_050,
      currency: 'PHP',
      expiresAtMs: Date.UTC(2018, 2, 21, 4),
    },
  })
})

test('VERIFY, CONFIRM and status are signed forms with store, till, shift, day and requestID', async () => {
  const asked: { path: string; type: string; fields: Record<string, string> }[] = []
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(body))
      asked.push({
        path: `${request.method} ${request.url}`,
        type: request.headers['content-type'] ?? '',
        fields,
      })
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const there = linkTo(baseUrl, { storeID: '0189', storeKey: 'k' })
  const payID = '991308500305'
  await there.verify(verifyCall(payID), place, never)
  await there.confirm(confirmCall(payID), place, never)
  await there.confirm({ ...confirmCall(payID), amountMinor: 1250, currency: 'JPY' }, place, never)
  await there.status([payID, '111122223333'], never)
  server.close()
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
  const common = { storeID: '0189', pos: '3', shift: '2', bdate: '20180319000000', payID }
  const confirm = (amount: string) => ({
    ...common,
    requestID: 'c1',
    amount,
    token: sha1(`CONFIRM0189${payID}${amount}c1{k}`),
  })
  const list = `${payID},111122223333`
  expect(asked.map(({ path, fields }) => ({ path, fields }))).toEqual([
    {
      path: 'POST /v1/pos/verify',
      fields: { ...common, requestID: 'v1', token: sha1(`VERIFY0189${payID}v1{k}`) },
    },
    { path: 'POST /v1/pos/confirm', fields: confirm('1250.50') },
    { path: 'POST /v1/pos/confirm', fields: confirm('1250.00') },
    {
      path: 'POST /v1/pos/status',
      fields: { storeID: '0189', payIDs: list, requestID: 's1', token: sha1(`STATUS0189${list}s1{k}`) },
    },
  ])
  for (const { type } of asked) expect(type).toContain('application/x-www-form-urlencoded')
})

test('CONFIRM brings the authCode and the merchant’s remarks, and carries the till it was paid at', async () => {
  const { payID } = sandbox.createDemoSlip({ merchantRef: 'R1' })
  expect(await link.confirm(confirmCall(payID), place, never)).toEqual({
    kind: 'ok',
    value: { status: 'POSTED', authCode: 'A000000001', remarks: 'Thank you|Order R1' },
  })
  expect(sandbox.book.slip(payID)?.payment).toMatchObject({
    storeID: '0189',
    pos: '3',
    shift: '2',
    bdate: '20180319000000',
    requestID: 'c1',
  })
})

test('CONFIRM says PAID while the merchant is down', async () => {
  sandbox.sampleMerchant.behave({ confirm: 'down' })
  const { payID } = sandbox.createDemoSlip()
  expect(await link.confirm(confirmCall(payID), place, never)).toMatchObject({
    kind: 'ok',
    value: { status: 'PAID' },
  })
})

test('a refusal says why, and what the merchant said', async () => {
  const expired = sandbox.createDemoSlip({ expiresAtMs: 0 }).payID
  const paid = sandbox.createDemoSlip().payID
  const refused = sandbox.createDemoSlip({ merchantRef: 'closed' }).payID
  const soldOut = sandbox.createDemoSlip({ merchantRef: 'soldout' }).payID
  sandbox.sampleMerchant.behave({ validate: 'decline' }, 'closed')
  sandbox.sampleMerchant.behave({ confirm: 'decline' }, 'soldout')
  await link.confirm(confirmCall(paid), place, never)
  const verified = (payID: string) => link.verify(verifyCall(payID), place, never)
  expect(await verified('000000000000')).toMatchObject({ kind: 'declined', reason: 'unknownSlip' })
  expect(await verified(expired)).toMatchObject({ kind: 'declined', reason: 'expired' })
  expect(await verified(paid)).toMatchObject({ kind: 'declined', reason: 'alreadyPaid' })
  expect(await verified(refused)).toEqual({
    kind: 'declined',
    reason: 'merchantRefused',
    said: 'Account is closed',
  })
  expect(await link.confirm(confirmCall(soldOut, 'c2'), place, never)).toEqual({
    kind: 'declined',
    reason: 'merchantRefused',
    said: 'Sold out',
  })
  expect(await link.confirm(confirmCall(paid, 'c3'), place, never)).toMatchObject({
    kind: 'declined',
    reason: 'alreadyPaid',
  })
})

test('VERIFY waits until its deadline and no longer', async () => {
  sandbox.faults.put({ kind: 'slow', on: 'verify', ms: 60_000 })
  const { payID } = sandbox.createDemoSlip()
  const atDeadlineLess50 = linkTo(sandbox.url, { now: () => verifyLimitMs - 50 })
  expect(await atDeadlineLess50.verify(verifyCall(payID), place, never)).toEqual({
    kind: 'noAnswer',
    fault: 'late',
  })
})

test('a VERIFY that is past its deadline, as after a restart, is not sent', async () => {
  const { payID } = sandbox.createDemoSlip()
  const late = linkTo(sandbox.url, { now: () => verifyLimitMs })
  expect(await late.verify(verifyCall(payID), place, never)).toEqual({ kind: 'noAnswer', fault: 'late' })
  expect(sandbox.sampleMerchant.received).toEqual([])
})

test('stopping the till stops the waiting', async () => {
  sandbox.faults.put({ kind: 'slow', on: 'confirm', ms: 60_000 })
  const quit = new AbortController()
  const answer = link.confirm(confirmCall(sandbox.createDemoSlip().payID), place, quit.signal)
  quit.abort()
  expect(await answer).toEqual({ kind: 'noAnswer', fault: 'stopped' })
})

describe.each([
  ['down', 'unreachable'],
  ['dropBefore', 'unreachable'],
  ['dropAfter', 'unreachable'],
  ['cutShort', 'unreachable'],
  ['slow', 'late'],
  ['html', 'unreadable'],
  ['serverError', 'httpError'],
  ['redirect', 'redirected'],
  ['wrongToken', 'wrongToken'],
  ['otherSlip', 'wrongToken'],
  ['huge', 'tooLarge'],
] as const)('a server with the fault %s', (kind, fault) => {
  const order = (on: 'verify' | 'confirm' | 'status') => ({ kind, on, ms: 60_000, times: 1 })
  const impatient = { confirmLimitMs: 100, now: () => verifyLimitMs - 100 }
  const asking = () => linkTo(sandbox.url, kind === 'slow' ? impatient : {})

  test('gives no answer to VERIFY, and a good one when asked again', async () => {
    const { payID } = sandbox.createDemoSlip()
    sandbox.faults.put(order('verify'))
    expect(await asking().verify(verifyCall(payID), place, never)).toEqual({ kind: 'noAnswer', fault })
    expect(await link.verify(verifyCall(payID), place, never)).toMatchObject({ kind: 'ok' })
  })

  test('gives no answer to CONFIRM, and one payment when it is sent again', async () => {
    const { payID } = sandbox.createDemoSlip()
    sandbox.faults.put(order('confirm'))
    expect(await asking().confirm(confirmCall(payID), place, never)).toEqual({ kind: 'noAnswer', fault })
    expect(await link.confirm(confirmCall(payID), place, never)).toMatchObject({
      kind: 'ok',
      value: { status: 'POSTED' },
    })
    expect(sandbox.sampleMerchant.confirmed.size).toBe(1)
    expect(sandbox.book.slip(payID)?.payment?.requestID).toBe('c1')
  })
})

test('a server that is not there gives no answer', async () => {
  const nowhere = linkTo('http://127.0.0.1:9')
  expect(await nowhere.confirm(confirmCall('1'.repeat(12)), place, never)).toEqual({
    kind: 'noAnswer',
    fault: 'unreachable',
  })
  expect(await linkTo('not a url').status([], never)).toEqual({ kind: 'noAnswer', fault: 'unreachable' })
})

test('a store key that is wrong gives no answer, and no payment', async () => {
  const { payID } = sandbox.createDemoSlip()
  const stranger = linkTo(sandbox.url, { storeKey: 'wrong' })
  expect(await stranger.confirm(confirmCall(payID), place, never)).toEqual({
    kind: 'noAnswer',
    fault: 'httpError',
  })
  expect(sandbox.book.slip(payID)?.status).toBe('PENDING')
})

test('the status of many slips comes in one signed answer', async () => {
  const [one, other] = [sandbox.createDemoSlip().payID, sandbox.createDemoSlip().payID]
  await link.confirm(confirmCall(one), place, never)
  expect(await link.status([one, other, '000000000000'], never)).toEqual({
    kind: 'ok',
    value: [
      {
        payID: one,
        status: 'POSTED',
        said: '',
        authCode: sandbox.book.slip(one)?.authCode,
        remarks: sandbox.book.slip(one)?.remarks,
      },
      { payID: other, status: 'PENDING', said: '', authCode: '', remarks: '' },
      { payID: '000000000000', status: 'ERROR', said: '', authCode: '', remarks: '' },
    ],
  })
  sandbox.faults.put({ kind: 'wrongToken', on: 'status' })
  expect(await link.status([one], never)).toEqual({ kind: 'noAnswer', fault: 'wrongToken' })
})

test('a rightly signed reply about another slip is no answer', async () => {
  const key = sandbox.demo.store.storeKey
  const [asked, payID] = ['991308500305', '111122223333']
  const verify = { payID, amount: '5.00', currency: 'PHP', status: 'PENDING', responseCode: 'SUCCESS' }
  const confirm = { payID, status: 'POSTED', responseCode: 'SUCCESS', authCode: 'A1' }
  const replies: Record<string, object> = {
    '/v1/pos/verify': { ...verify, token: tokenOf(key, 'VERIFY', payID, '5.00', 'SUCCESS') },
    '/v1/pos/confirm': { ...confirm, token: tokenOf(key, 'CONFIRM', payID, 'POSTED', 'SUCCESS') },
  }
  const server = http.createServer(({ url = '' }, response) => response.end(JSON.stringify(replies[url])))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const there = linkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  expect(await there.verify(verifyCall(payID), place, never)).toMatchObject({ kind: 'ok' })
  expect(await there.confirm(confirmCall(payID), place, never)).toMatchObject({ kind: 'ok' })
  const other = { kind: 'noAnswer', fault: 'otherRequest' }
  expect(await there.verify(verifyCall(asked), place, never)).toEqual(other)
  expect(await there.confirm(confirmCall(asked), place, never)).toEqual(other)
  server.close()
})

test('signed nonsense is no answer either', async () => {
  const { storeKey } = sandbox.demo.store
  const payID = '991308500305'
  const sign = (amount: string) => tokenOf(storeKey, 'VERIFY', payID, amount, 'SUCCESS')
  const good = { responseCode: 'SUCCESS', payID, currency: 'PHP', status: 'PENDING' }
  const replies = [
    { ...good, amount: 'free', token: sign('free') },
    { ...good, amount: '-5.00', token: sign('-5.00') },
    { ...good, amount: '0.00', token: sign('0.00') },
    { ...good, amount: '5.001', token: sign('5.001') },
    { ...good, amount: '5.00', currency: 'XXX', token: sign('5.00') },
    { ...good, amount: '5.00', status: 'PAID', token: sign('5.00') },
    { ...good, amount: 5, token: sign('5') },
    { ...good, amount: '5.00', responseCode: 'MAYBE', token: sign('5.00') },
  ]
  for (const reply of replies) {
    const server = http.createServer((_, response) => response.end(JSON.stringify(reply)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const there = linkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(await there.verify(verifyCall(payID), place, never)).toEqual({
      kind: 'noAnswer',
      fault: 'unreadable',
    })
    server.close()
  }
})
