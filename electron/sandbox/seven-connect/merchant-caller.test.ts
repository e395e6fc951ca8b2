import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Merchant, Slip } from './book-types.ts'
import { merchantCaller, readReply } from './merchant-caller.ts'
import { sign } from './signing.ts'

const key = '628e936f45884030ac1f34bcde9c28efa6ae9c839623b45b8942bd4490e1f05d'
const merchant: Merchant = {
  merchantID: 'testmerchant',
  name: 'Test Merchant',
  transactionKey: key,
  endpoint: '',
  validates: true,
  retries: true,
  currency: 'PHP',
  expiryMinutes: 2880,
}
const slip: Slip = {
  payID: '991308500305',
  merchantID: 'testmerchant',
  merchantRef: 'testmerchant003',
  amountMinor: 250_000,
  currency: 'PHP',
  description: '',
  receiptRemarks: '',
  email: '',
  phone: '',
  payLoad: '{"account":"0708535737"}',
  returnPaymentDetails: true,
  createdAtMs: 0,
  expiresAtMs: 1,
  status: 'PENDING',
  verifiedBy: [],
  payment: null,
  posting: null,
  postedAtMs: null,
  authCode: '',
  remarks: '',
  said: '',
}
const at = { storeID: '0189', pos: '1', shift: '1', bdate: '20130312000000' }

const reply = (fields: Record<string, string>) => `?${new URLSearchParams(fields).toString()}`
const withAuth = (type: string, authCode: string, code: string) =>
  sign(key, type, 'testmerchant', 'testmerchant003', authCode, code)
const confirmed = {
  type: 'CONFIRM',
  merchantID: 'testmerchant',
  merchantRef: 'testmerchant003',
  amount: '2500',
  authCode: '1040249589',
  responseCode: 'SUCCESS',
  responseDesc: 'SUCCESSFUL',
  remarks: 'Thank you',
  token: withAuth('CONFIRM', '1040249589', 'SUCCESS'),
}
const validated = {
  ...confirmed,
  type: 'VALIDATE',
  authCode: '',
  token: withAuth('VALIDATE', '', 'SUCCESS'),
}

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function service(answer: (body: string, response: http.ServerResponse) => void): Promise<Merchant> {
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => answer(body, response))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { ...merchant, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pay` }
}

test('a merchant is posted the fields of the guide, signed, with the payment details it asked for', async () => {
  const bodies: string[] = []
  const theirs = await service((body, response) => {
    bodies.push(body)
    response.end(reply(confirmed))
  })
  const word = await merchantCaller()(theirs, 'CONFIRM', slip, at)
  expect(word).toEqual({ kind: 'accepted', authCode: '1040249589', remarks: 'Thank you' })
  expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({
    sevenConnectId: '9913-0850-0305',
    type: 'CONFIRM',
    merchantRef: 'testmerchant003',
    amount: '2500.00',
    token: 'f46c33a0e2f35cb2321a4054ec2750f38a8f7a25',
    payLoad: '{"account":"0708535737"}',
    paymentDetails:
      '{"payID":"9913-0850-0305","store":"0189","pos":"1","shift":"1","bdate":"20130312000000"}',
  })
})

test('no payment details go to a merchant that asked for none', async () => {
  const bodies: string[] = []
  const theirs = await service((body, response) => {
    bodies.push(body)
    response.end(reply(validated))
  })
  await merchantCaller()(theirs, 'VALIDATE', { ...slip, returnPaymentDetails: false }, at)
  expect(bodies[0]).not.toContain('paymentDetails')
})

describe('a reply is understood', () => {
  const read = (body: string, type: 'VALIDATE' | 'CONFIRM' = 'CONFIRM') =>
    readReply(body, merchant, type, slip)

  test('with or without the question mark, in any order, with a line end after it', () => {
    const backwards = reply(Object.fromEntries(Object.entries(confirmed).reverse()))
    for (const body of [reply(confirmed), reply(confirmed).slice(1), `\n${backwards}\r\n`]) {
      expect(read(body)).toMatchObject({ kind: 'accepted', authCode: '1040249589' })
    }
  })

  test('without its type, as the guide’s sample service sends it', () => {
    const { type: _, ...rest } = confirmed
    expect(read(reply(rest)).kind).toBe('accepted')
  })

  test('to VALIDATE signed with the authCode or without it', () => {
    const byGuide = {
      ...validated,
      token: sign(key, 'VALIDATE', 'testmerchant', 'testmerchant003', 'SUCCESS'),
    }
    const bySample = { ...validated, authCode: '1111', token: withAuth('VALIDATE', '1111', 'SUCCESS') }
    const mixed = { ...byGuide, authCode: '1111' }
    for (const body of [byGuide, bySample, mixed]) expect(read(reply(body), 'VALIDATE').kind).toBe('accepted')
  })

  test('when it refuses with every other field left blank', () => {
    const token = sign(key, 'CONFIRM', 'testmerchant', '', '', 'DECLINED')
    const body = `?type=CONFIRM&merchantID=testmerchant&merchantRef=&amount=&authCode=&responseCode=DECLINED&responseDesc=DONT LEAVE ANY FIELDS BLANK&token=${token}`
    expect(read(body)).toEqual({ kind: 'refused', said: 'DONT LEAVE ANY FIELDS BLANK' })
  })

  test('of an authCode, words and remarks that are too long, 20, 40 and 160 characters are kept', () => {
    const authCode = '1'.repeat(25)
    const long = { ...confirmed, authCode, remarks: 'r'.repeat(170), responseDesc: 'd'.repeat(50) }
    const signed = (code: string) => ({
      ...long,
      responseCode: code,
      token: withAuth('CONFIRM', authCode, code),
    })
    expect(read(reply(signed('SUCCESS')))).toEqual({
      kind: 'accepted',
      authCode: '1'.repeat(20),
      remarks: 'r'.repeat(160),
    })
    expect(read(reply(signed('DECLINED')))).toEqual({ kind: 'refused', said: 'd'.repeat(40) })
  })

  test.each([
    ['a wrong token', { ...confirmed, token: 'f46c33a0e2f35cb2321a4054ec2750f38a8f7a25' }],
    [
      'the formula of VALIDATE',
      { ...confirmed, token: sign(key, 'CONFIRM', 'testmerchant', 'testmerchant003', 'SUCCESS') },
    ],
    ['no token', { ...confirmed, token: '' }],
    ['another order', { ...confirmed, merchantRef: 'other' }],
    ['another amount', { ...confirmed, amount: '25.00' }],
    ['the wrong type', { ...confirmed, type: 'VALIDATE' }],
    ['no authCode', { ...confirmed, authCode: '', token: withAuth('CONFIRM', '', 'SUCCESS') }],
    ['no response code', { ...confirmed, responseCode: '' }],
  ])('but %s in a CONFIRM is no clear word, and the call may have arrived', (_, fields) => {
    expect(read(reply(fields))).toMatchObject({ kind: 'silent', mayHaveArrived: true })
  })

  test('a page of HTML is no clear word', () => {
    expect(read('<html>maintenance</html>').kind).toBe('silent')
  })
})

describe('no clear word', () => {
  test('comes from a service that is switched off, and nothing arrived there', async () => {
    const off = { ...merchant, endpoint: 'http://127.0.0.1:9/' }
    expect(await merchantCaller()(off, 'CONFIRM', slip, at)).toMatchObject({
      kind: 'silent',
      mayHaveArrived: false,
    })
  })

  test.each([
    ['answers too late', () => {}],
    ['hangs up', (_: string, response: http.ServerResponse) => response.destroy()],
    ['answers 500', (_: string, response: http.ServerResponse) => response.writeHead(500).end()],
    ['answers without end', (_: string, response: http.ServerResponse) => response.end('x'.repeat(100_000))],
  ])('comes from a service that %s', async (_, answer) => {
    const theirs = await service(answer)
    expect(await merchantCaller(100)(theirs, 'CONFIRM', slip, at)).toMatchObject({
      kind: 'silent',
      mayHaveArrived: true,
    })
  })
})
