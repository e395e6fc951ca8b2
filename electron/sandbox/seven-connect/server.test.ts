import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sevenConnectBook } from './book.ts'
import type { Merchant } from './book-types.ts'
import { demoStore } from './demo-data.ts'
import { merchantLimitMs } from './merchant-caller.ts'
import { readPlatformTime } from './platform-time.ts'
import { startSampleMerchant } from './sample-merchant.ts'
import { sandboxClock } from './sandbox-clock.ts'
import { sign } from './signing.ts'
import { startSevenConnectSandbox, type SevenConnectSandbox } from './start.ts'
import { post, wireTill, type Fields } from './till.fake.ts'

const key = '628e936f45884030ac1f34bcde9c28efa6ae9c839623b45b8942bd4490e1f05d'
const noonMs = Date.UTC(2018, 2, 19, 4) // 12:00 in Manila
const tenMinutesMs = 600_000
let sandbox: SevenConnectSandbox
let till: ReturnType<typeof wireTill>

const frozen = () => sandboxClock(() => noonMs)

beforeEach(async () => {
  sandbox = await startSevenConnectSandbox({ clock: frozen() })
  till = wireTill(sandbox.url)
})
afterEach(() => sandbox.close())

function reference(fields: Fields): Fields {
  const all = { merchantID: 'testmerchant', merchantRef: 'R1', amount: '100', ...fields }
  return { token: sign(key, all.merchantID, all.merchantRef), ...all }
}

async function pendingSlip(fields: Fields = {}) {
  const { payID = '' } = await post(`${sandbox.url}/v1/reference`, reference(fields))
  return payID
}

describe('a request for a reference', () => {
  test('gives twelve digits, the amount with two decimals and a signed reply', async () => {
    const reply = await post(`${sandbox.url}/v1/reference`, reference({ amount: '2500' }))
    expect(reply).toMatchObject({ merchantID: 'testmerchant', merchantRef: 'R1', amount: '2500.00' })
    expect(reply['payID']).toMatch(/^\d{12}$/)
    expect(reply['token']).toBe(sign(key, 'testmerchant', 'R1', reply['payID'] ?? ''))
  })

  test.each([
    ['missing', {}],
    ['blank', { expDate: '' }],
    ['malformed', { expDate: '2018-03-20' }],
    ['no day', { expDate: '20180231000000' }],
  ])('whose expDate is %s expires in 2,880 minutes', async (_, fields: Fields) => {
    const { expiryDate } = await post(`${sandbox.url}/v1/reference`, reference(fields))
    expect(expiryDate).toBe('20180321120000')
  })

  test('with an expDate expires then, by Manila’s clocks', async () => {
    const payID = await pendingSlip({ expDate: '20180319235959' })
    expect(sandbox.book.slip(payID)?.expiresAtMs).toBe(Date.UTC(2018, 2, 19, 15, 59, 59))
  })

  test.each([
    ['Invalid token', { token: 'x' }],
    ['Unknown merchant', { merchantID: 'nobody' }],
    ['merchantRef is missing', { merchantRef: '' }],
    ['merchantRef is longer than 40 characters', { merchantRef: 'r'.repeat(41) }],
    ['transactionDescription is longer than 3000 characters', { transactionDescription: 'd'.repeat(3001) }],
    ['receiptRemarks is longer than 660 characters', { receiptRemarks: 'd'.repeat(661) }],
    ['amount must be a number of at most 12 digits, two of them decimals', { amount: '12345678901' }],
    ['amount must be a number of at most 12 digits, two of them decimals', { amount: '1.999' }],
    ['amount must be more than zero', { amount: '0.00' }],
    ['phone must look like 09xxxxxxxxx', { phone: '12345' }],
  ])('is refused with a message: %s', async (message, fields: Fields) => {
    const reply = await post(`${sandbox.url}/v1/reference`, reference(fields))
    expect(reply).toMatchObject({ message, payID: '' })
    expect(sandbox.book.slips()).toEqual([])
  })

  test.each([
    ['Y', true],
    ['N', false],
    ['', false],
  ])('with returnPaymentDetails “%s” asks for payment details: %s', async (returnPaymentDetails, isAsked) => {
    const payID = await pendingSlip({ returnPaymentDetails })
    expect(sandbox.book.slip(payID)?.returnPaymentDetails).toBe(isAsked)
  })

  test('of the largest amount, twelve digits in all, is granted', async () => {
    const reply = await post(`${sandbox.url}/v1/reference`, reference({ amount: '9999999999.99' }))
    expect(reply).toMatchObject({ amount: '9999999999.99' })
    expect(reply['payID']).toMatch(/^\d{12}$/)
  })

  test('without receipt remarks gets merchantID|merchantRef', async () => {
    const payID = await pendingSlip()
    expect(sandbox.book.slip(payID)?.receiptRemarks).toBe('testmerchant|R1')
  })
})

describe('the transact page', () => {
  const urls = { successURL: 'http://shop.test/thanks?order=1', failURL: 'http://shop.test/sorry' }

  test('shows the slip and leads on to successURL with the signed reference', async () => {
    const query = new URLSearchParams(reference({ ...urls, transactionDescription: '<b>Two & a half</b>' }))
    const body = await (await fetch(`${sandbox.url}/transact?${query}`)).text()
    const [slip] = sandbox.book.slips()
    expect(body).toContain((slip?.payID ?? '').replace(/(....)(....)(....)/, '$1-$2-$3'))
    expect(body).toContain('PHP 100.00')
    expect(body).toContain('<svg')
    expect(body).toContain('&#60;b&#62;Two &#38; a half&#60;/b&#62;')
    expect(body).toContain('http://shop.test/thanks?order=1&#38;merchantID=testmerchant')
    expect(body).toContain(sign(key, 'testmerchant', 'R1', slip?.payID ?? ''))
  })

  test('shows all that a slip shows, and asks for full brightness on a phone', async () => {
    const form = new URLSearchParams(reference({ ...urls, transactionDescription: 'Lights' }))
    const body = await (await fetch(`${sandbox.url}/transact`, { method: 'POST', body: form })).text()
    const [slip] = sandbox.book.slips()
    const shown = [
      slip?.payID.replace(/(....)(....)(....)/, '$1-$2-$3'),
      'PHP 100.00',
      '<svg',
      'Test Merchant',
      'R1',
    ]
    for (const part of [...shown, '21 Mar 2018 12:00', 'Lights', 'brightness']) expect(body).toContain(part)
  })

  test('takes addresses of at most 300 characters', async () => {
    const status = async (length: number) => {
      const failURL = 'http://shop.test/'.padEnd(length, 'x')
      const form = new URLSearchParams(reference({ ...urls, failURL }))
      return (await fetch(`${sandbox.url}/transact?${form}`)).status
    }
    expect([await status(300), await status(301)]).toEqual([200, 400])
  })

  test('sends a bad request to failURL with a message', async () => {
    const fields = new URLSearchParams(reference({ ...urls, token: 'wrong' }))
    const answer = await fetch(`${sandbox.url}/transact`, {
      method: 'POST',
      body: fields,
      redirect: 'manual',
    })
    expect(answer.status).toBe(303)
    const to = new URL(answer.headers.get('location') ?? '')
    expect(to.origin + to.pathname).toBe('http://shop.test/sorry')
    expect(to.searchParams.get('message')).toBe('Invalid token')
  })

  test('sends nobody to what is no web address', async () => {
    const bad = { ...urls, successURL: 'javascript://alert(1)' }
    const answer = await fetch(`${sandbox.url}/transact?${new URLSearchParams(reference(bad))}`)
    expect(answer.status).toBe(400)
  })
})

describe('an inquiry', () => {
  const inquire = (fields: Fields = {}) =>
    post(`${sandbox.url}/inquire`, {
      merchantID: 'testmerchant',
      merchantRef: 'R1',
      token: sign(key, 'R1'),
      ...fields,
    })

  test('says UNPAID while the dashboard says PENDING, signed', async () => {
    const payID = await pendingSlip()
    const reply = await inquire()
    expect(reply).toMatchObject({ payID, status: 'UNPAID', token: sign(key, 'R1', payID, 'UNPAID') })
    expect(await (await fetch(`${sandbox.url}/dashboard/live`)).text()).toContain('class="chip PENDING"')
  })

  test('says PAID, POSTED and EXPIRED', async () => {
    const payID = await pendingSlip()
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    await till.confirm(payID, '100.00')
    expect((await inquire())['status']).toBe('PAID')
    sandbox.sampleMerchant.behave({ confirm: 'accept' })
    await sandbox.advance(tenMinutesMs)
    expect((await inquire())['status']).toBe('POSTED')
    await pendingSlip({ merchantRef: 'R2' })
    await sandbox.advance(2880 * 60_000)
    expect((await inquire({ merchantRef: 'R2', token: sign(key, 'R2') }))['status']).toBe('EXPIRED')
  })

  test('says ERROR with the merchant’s words for a slip that its merchant declined', async () => {
    sandbox.sampleMerchant.behave({ confirm: 'decline' })
    const payID = await pendingSlip()
    await till.confirm(payID, '100.00')
    expect(await inquire()).toMatchObject({
      payID,
      status: 'ERROR',
      message: 'Declined by the merchant: Sold out',
      token: sign(key, 'R1', payID, 'ERROR'),
    })
  })

  test('says ERROR with a message for a reference that is not there and for a wrong token', async () => {
    expect(await inquire()).toMatchObject({ status: 'ERROR', message: 'No such reference' })
    expect(await inquire({ token: '' })).toMatchObject({ status: 'ERROR', message: 'Invalid token' })
  })

  test('answers for the first slip when a reference is not unique, by GET too', async () => {
    const first = await pendingSlip()
    await pendingSlip({ amount: '200' })
    const query = new URLSearchParams({
      merchantID: 'testmerchant',
      merchantRef: 'R1',
      token: sign(key, 'R1'),
    })
    const reply = (await (await fetch(`${sandbox.url}/inquire?${query}`)).json()) as Fields
    expect(reply['payID']).toBe(first)
  })
})

describe('VERIFY', () => {
  test('tells what the slip is once its merchant has validated it', async () => {
    const payID = await pendingSlip({ transactionDescription: 'Lights', expDate: '20180319235959' })
    const reply = await till.verify(payID)
    expect(reply).toMatchObject({
      responseCode: 'SUCCESS',
      payID,
      merchantID: 'testmerchant',
      merchantName: 'Test Merchant',
      merchantRef: 'R1',
      amount: '100.00',
      currency: 'PHP',
      expiryDate: '20180319235959',
      transactionDescription: 'Lights',
      receiptRemarks: 'testmerchant|R1',
      status: 'PENDING',
      token: sign(demoStore.storeKey, 'VERIFY', payID, '100.00', 'SUCCESS'),
    })
    expect(sandbox.sampleMerchant.received.map(({ type }) => type)).toEqual(['VALIDATE'])
  })

  test('asks no merchant that has validation switched off', async () => {
    const { payID } = sandbox.createDemoSlip({ merchantID: 'seattickets' })
    expect(await till.verify(payID)).toMatchObject({ responseCode: 'SUCCESS' })
    expect(sandbox.sampleMerchant.received).toEqual([])
  })

  test('is declined in the merchant’s words when the merchant refuses', async () => {
    sandbox.sampleMerchant.behave({ validate: 'decline' })
    const reply = await till.verify(await pendingSlip())
    expect(reply).toMatchObject({
      responseCode: 'DECLINED',
      responseDesc: 'Account is closed',
      status: 'PENDING',
    })
  })

  test('is declined when the merchant has not answered in its 20 seconds', async () => {
    expect(merchantLimitMs).toBe(20_000)
    const hasty = await startSevenConnectSandbox({ clock: frozen(), merchantLimitMs: 100 })
    hasty.sampleMerchant.behave({ validate: 'late' })
    const reply = await wireTill(hasty.url).verify(hasty.createDemoSlip().payID)
    expect(reply).toMatchObject({ responseCode: 'DECLINED', responseDesc: 'No answer in time' })
    await hasty.close()
  })

  test.each(['down', 'unreadable'] as const)('is declined when the merchant is %s', async (mood) => {
    sandbox.sampleMerchant.behave({ validate: mood })
    expect(await till.verify(await pendingSlip())).toMatchObject({ responseCode: 'DECLINED' })
  })

  test('is declined for a slip that is unknown, expired or already paid', async () => {
    expect(await till.verify('000000000000')).toMatchObject({ responseCode: 'DECLINED', status: 'ERROR' })
    const [old, paid] = [
      await pendingSlip({ expDate: '20180319120001' }),
      await pendingSlip({ merchantRef: 'R2' }),
    ]
    await till.confirm(paid, '100.00')
    await sandbox.advance(1000)
    expect(await till.verify(old)).toMatchObject({ responseCode: 'DECLINED', status: 'EXPIRED' })
    expect(await till.verify(paid)).toMatchObject({ responseCode: 'DECLINED', status: 'POSTED' })
  })

  test('is declined for a slip that expires while its merchant makes up its mind', async () => {
    const time = { nowMs: noonMs }
    const book = sevenConnectBook({
      merchants: sandbox.demo.merchants,
      stores: [demoStore],
      now: () => time.nowMs,
      freshPayID: () => '991308500305',
      callMerchant() {
        time.nowMs += 1000
        return Promise.resolve({ kind: 'accepted', authCode: '', remarks: '' })
      },
    })
    const [merchant] = sandbox.demo.merchants
    if (merchant === undefined) throw new Error('there are demo merchants')
    const slip = { merchantRef: 'R1', amountMinor: 100, description: '', receiptRemarks: '', email: '' }
    const rest = { phone: '', payLoad: '', returnPaymentDetails: false, expiresAtMs: noonMs + 1000 }
    const { payID } = book.create(merchant, { ...slip, ...rest })
    const at = { storeID: demoStore.storeID, pos: '1', shift: '1', bdate: '' }
    expect(await book.verify({ payID, requestID: 'v1', at })).toMatchObject({
      responseCode: 'DECLINED',
      status: 'EXPIRED',
    })
  })

  test('answers no store that it does not know', async () => {
    const answer = await wireTill(sandbox.url, '0189', 'a wrong key').verify(await pendingSlip())
    expect(answer).toEqual({ message: 'Unknown store or invalid token' })
  })
})

describe('CONFIRM', () => {
  test('posts the payment to the merchant and brings its authCode and remarks', async () => {
    const payID = await pendingSlip({ returnPaymentDetails: 'Y' })
    const reply = await till.confirm(payID, '100.00')
    expect(reply).toMatchObject({
      responseCode: 'SUCCESS',
      status: 'POSTED',
      authCode: 'A000000001',
      remarks: 'Thank you|Order R1',
      token: sign(demoStore.storeKey, 'CONFIRM', payID, 'POSTED', 'SUCCESS'),
    })
  })

  test('repeated under its requestID gets the first answer, and the merchant is told once', async () => {
    const payID = await pendingSlip()
    const replies = await Promise.all([
      till.confirm(payID, '100.00'),
      till.confirm(payID, '100.00'),
      till.confirm(payID, '100.00'),
    ])
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(await till.confirm(payID, '100.00')).toEqual(replies[0])
    expect(sandbox.sampleMerchant.received.filter(({ type }) => type === 'CONFIRM')).toHaveLength(1)
  })

  test('the first answer stays the answer although the slip was posted since', async () => {
    const payID = await pendingSlip()
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    const first = await till.confirm(payID, '100.00')
    expect(first).toMatchObject({ responseCode: 'SUCCESS', status: 'PAID' })
    sandbox.sampleMerchant.behave({ confirm: 'accept' })
    await sandbox.advance(tenMinutesMs)
    expect(await till.confirm(payID, '100.00')).toEqual(first)
    expect(await till.status(payID)).toMatchObject({ slips: [{ payID, status: 'POSTED' }] })
  })

  test('under another requestID for a paid slip is declined, at the same moment too', async () => {
    const payID = await pendingSlip()
    const [one, other] = await Promise.all([
      till.confirm(payID, '100.00', 'c1'),
      till.confirm(payID, '100.00', 'c2'),
    ])
    expect([one['responseCode'], other['responseCode']]).toEqual(['SUCCESS', 'DECLINED'])
    expect(await till.confirm(payID, '100.00', 'c3')).toMatchObject({
      responseCode: 'DECLINED',
      status: 'POSTED',
    })
    expect(await till.confirm(payID, '100.00', 'c2')).toEqual(other)
  })

  test('of another amount is declined and takes nothing', async () => {
    const payID = await pendingSlip()
    expect(await till.confirm(payID, '99.99')).toMatchObject({
      responseCode: 'DECLINED',
      status: 'PENDING',
    })
    expect(await till.confirm(payID, '100.00', 'c2')).toMatchObject({ status: 'POSTED' })
  })

  test('of an expired slip is declined, unless this store had verified it in time', async () => {
    const [verified, other] = [
      await pendingSlip({ expDate: '20180319120001' }),
      await pendingSlip({ merchantRef: 'R2', expDate: '20180319120001' }),
    ]
    await till.verify(verified)
    await sandbox.advance(1000)
    expect(await till.confirm(verified, '100.00', 'c1')).toMatchObject({ status: 'POSTED' })
    expect(await till.confirm(other, '100.00', 'c2')).toMatchObject({
      responseCode: 'DECLINED',
      status: 'EXPIRED',
    })
  })

  test('that the merchant declines after it had validated makes the slip DECLINED', async () => {
    const payID = await pendingSlip()
    await till.verify(payID)
    sandbox.sampleMerchant.behave({ confirm: 'decline' })
    const reply = await till.confirm(payID, '100.00')
    expect(reply).toMatchObject({ responseCode: 'DECLINED', responseDesc: 'Sold out', status: 'DECLINED' })
    expect(await till.confirm(payID, '100.00')).toEqual(reply)
  })
})

describe('a merchant that is down at CONFIRM', () => {
  const confirms = () => sandbox.sampleMerchant.received.filter(({ type }) => type === 'CONFIRM').length

  test('is called ten times more, ten minutes apart, and the payment stands', async () => {
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    const payID = await pendingSlip()
    expect(await till.confirm(payID, '100.00')).toMatchObject({ responseCode: 'SUCCESS', status: 'PAID' })
    for (let retry = 1; retry <= 10; retry += 1) {
      await sandbox.advance(tenMinutesMs - 1)
      expect(confirms()).toBe(retry)
      await sandbox.advance(1)
      expect(confirms()).toBe(retry + 1)
    }
    await sandbox.advance(86_400_000)
    expect(confirms()).toBe(11)
    expect(await till.status(payID)).toMatchObject({ slips: [{ status: 'PAID' }] })
  })

  test('gets the payment when it is back', async () => {
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    const payID = await pendingSlip()
    await till.confirm(payID, '100.00')
    await sandbox.advance(3 * tenMinutesMs)
    sandbox.sampleMerchant.behave({ confirm: 'accept' })
    await sandbox.advance(tenMinutesMs)
    expect(sandbox.book.slip(payID)).toMatchObject({ status: 'POSTED', authCode: 'A000000001' })
    expect(confirms()).toBe(5)
  })

  test('is called again when its time comes, without anybody turning the clock', async () => {
    const running = await startSevenConnectSandbox()
    running.sampleMerchant.behave({ confirm: 'down' })
    const { payID } = running.createDemoSlip({ amountMinor: 100 })
    await wireTill(running.url).confirm(payID, '1.00')
    running.sampleMerchant.behave({ confirm: 'accept' })
    await running.advance((running.book.dueAtMs() ?? 0) - Date.now() - 50)
    await expect.poll(() => running.book.slip(payID)?.status).toBe('POSTED')
    await running.close()
  })

  test('and has its retry flag off is not called again', async () => {
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    const { payID } = sandbox.createDemoSlip({ merchantID: 'webshop', amountMinor: 100 })
    await till.confirm(payID, '1.00')
    await sandbox.advance(86_400_000)
    expect(confirms()).toBe(1)
    expect(sandbox.book.slip(payID)?.status).toBe('PAID')
  })

  test('so that no call can have reached it, and declines later, makes the slip DECLINED', async () => {
    const theirs = await startSampleMerchant([{ merchantID: 'newshop', transactionKey: 'k' }])
    await theirs.close()
    const newshop = { ...sandbox.demo.merchants[0], merchantID: 'newshop', transactionKey: 'k' } as Merchant
    const merchants = [{ ...newshop, endpoint: theirs.endpointOf('newshop') }]
    const own = await startSevenConnectSandbox({ clock: frozen(), merchants })
    const { payID } = own.createDemoSlip({ merchantID: 'newshop', amountMinor: 100 })
    expect(await wireTill(own.url).confirm(payID, '1.00')).toMatchObject({ status: 'PAID' })
    expect(own.book.slip(payID)?.posting?.mayHaveArrived).toBe(false)
    const port = Number(new URL(theirs.endpointOf('newshop')).port)
    const back = await startSampleMerchant([{ merchantID: 'newshop', transactionKey: 'k' }], port)
    back.behave({ confirm: 'decline' })
    await own.advance(tenMinutesMs)
    expect(own.book.slip(payID)).toMatchObject({ status: 'DECLINED', said: 'Sold out' })
    await back.close()
    await own.close()
  })

  test('whose answer was lost and who then refuses “again” leaves the slip PAID for people to ask', async () => {
    sandbox.sampleMerchant.behave({ confirm: 'lost' })
    const payID = await pendingSlip()
    expect(await till.confirm(payID, '100.00')).toMatchObject({ status: 'PAID' })
    sandbox.sampleMerchant.behave({ confirm: 'accept' })
    await sandbox.advance(tenMinutesMs)
    expect(sandbox.book.slip(payID)).toMatchObject({
      status: 'PAID',
      said: 'Ask the merchant: Already confirmed',
      posting: { attempts: 2, nextAtMs: null },
    })
  })
})

describe('the server’s memory', () => {
  test('a sandbox that starts again knows its slips, its answers and what it still has to post', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'seven-connect-'))
    const persistTo = path.join(folder, 'seven-connect.json')
    const first = await startSevenConnectSandbox({ clock: frozen(), persistTo })
    first.sampleMerchant.behave({ confirm: 'down' })
    const { payID } = first.createDemoSlip({ amountMinor: 10_000 })
    const answer = await wireTill(first.url).confirm(payID, '100.00')
    await first.close()

    const second = await startSevenConnectSandbox({ clock: frozen(), persistTo })
    expect(await wireTill(second.url).confirm(payID, '100.00')).toEqual(answer)
    await second.advance(tenMinutesMs)
    expect(second.book.slip(payID)?.status).toBe('POSTED')
    await second.close()
    rmSync(folder, { recursive: true })
  })
})

describe('the dashboard', () => {
  test('only POSTED slips will be settled, and are in the CSV report', async () => {
    const [posted, paid] = [
      await pendingSlip({ merchantRef: '=1+1' }),
      await pendingSlip({ merchantRef: 'R2' }),
    ]
    await till.confirm(posted, '100.00', 'c1')
    sandbox.sampleMerchant.behave({ confirm: 'down' })
    await till.confirm(paid, '100.00', 'c2')
    const live = await (await fetch(`${sandbox.url}/dashboard/live`)).text()
    expect(live).toMatch(/POSTED, to be settled<\/h2>\s*<b>PHP 100\.00<\/b>/)
    const csv = await (await fetch(`${sandbox.url}/dashboard/posted.csv`)).text()
    const hyphenated = posted.replace(/(....)(....)(....)/, '$1-$2-$3')
    expect(csv.trimEnd().split('\r\n')).toEqual([
      'payID,merchantID,merchantRef,amount,currency,store,pos,paid,posted,authCode',
      `${hyphenated},testmerchant,'=1+1,100.00,PHP,0189,1,20180319120000,20180319120000,A000000001`,
    ])
  })

  test('filters by status, merchant and text', async () => {
    await pendingSlip({ transactionDescription: 'Lights in March' })
    sandbox.createDemoSlip({ merchantID: 'webshop' })
    const rows = async (query: string) =>
      (await (await fetch(`${sandbox.url}/dashboard/live?${query}`)).text()).split('class="chip').length - 1
    expect(await rows('')).toBe(2)
    expect(await rows('merchantID=webshop')).toBe(1)
    expect(await rows('text=lights')).toBe(1)
    expect(await rows('status=POSTED')).toBe(0)
  })

  test('escapes what merchants write', async () => {
    await pendingSlip({ transactionDescription: '<script>alert(1)</script>' })
    const page = await (await fetch(`${sandbox.url}/dashboard`)).text()
    expect(page).not.toContain('<script>alert')
  })
})

test('a page of another origin can give no orders', async () => {
  const answer = await fetch(`${sandbox.url}/control/faults`, { method: 'POST', body: 'kind=down' })
  expect(answer.status).toBe(415)
  expect(sandbox.faults.list()).toEqual([])
})

test('orders make faults, manners, slips and time', async () => {
  const headers = { 'content-type': 'application/json' }
  const order = (where: string, body: unknown) =>
    fetch(`${sandbox.url}/control/${where}`, { method: 'POST', headers, body: JSON.stringify(body) })
  await order('faults', { kind: 'slow', on: 'confirm', ms: 5, times: 2 })
  expect(sandbox.faults.list()).toEqual([{ kind: 'slow', on: 'confirm', ms: 5, times: 2 }])
  await fetch(`${sandbox.url}/control/faults`, { method: 'DELETE', headers })
  expect(sandbox.faults.list()).toEqual([])
  for (const [where, nonsense] of [
    ['faults', { kind: 'fire' }],
    ['merchants', { validate: 'shout' }],
    ['advance', { ms: -1 }],
    ['slips', { merchantID: 'nobody', amount: '1' }],
  ] as const) {
    expect((await order(where, nonsense)).status).toBe(400)
  }
  await order('merchants', { validate: 'decline' })
  await order('slips', { merchantID: 'testmerchant', amount: '12.50' })
  const [slip] = sandbox.book.slips()
  expect(slip?.amountMinor).toBe(1250)
  const listed = (await (await fetch(`${sandbox.url}/control/slips`)).json()) as unknown
  expect(listed).toMatchObject([{ payID: slip?.payID, status: 'PENDING' }])
  expect(await till.verify(slip?.payID ?? '')).toMatchObject({ responseCode: 'DECLINED' })
  await order('advance', { ms: 1000 })
  expect((await (await fetch(`${sandbox.url}/control`)).json()) as unknown).toMatchObject({
    now: noonMs + 1000,
  })
})

test('addresses that lead nowhere are answered and break nothing', async () => {
  const status = async (path: string, init?: RequestInit) => (await fetch(sandbox.url + path, init)).status
  expect(await status('/nowhere')).toBe(404)
  expect(await status('/slip/123')).toBe(404)
  expect(await status('//')).toBe(404)
  expect(await status('/v1/reference')).toBe(405)
  expect(await status('/v1/reference', { method: 'POST', body: 'x'.repeat(70_000) })).toBe(413)
})

test('platform time is read by a zone’s clocks and refused when they never show it', () => {
  expect(readPlatformTime('20180319120000', 'Asia/Manila')).toBe(noonMs)
  expect(readPlatformTime('20240710120000', 'Europe/Stockholm')).toBe(Date.UTC(2024, 6, 10, 10))
  expect(readPlatformTime('20240331023000', 'Europe/Stockholm')).toBeNull()
  expect(readPlatformTime('20240230120000', 'Asia/Manila')).toBeNull()
})
