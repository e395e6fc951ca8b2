import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSampleMerchant, type SampleMerchant } from './sample-merchant.ts'
import { sign } from './signing.ts'

let merchant: SampleMerchant
beforeEach(async () => {
  merchant = await startSampleMerchant([{ merchantID: 'shop', transactionKey: 'k' }])
})
afterEach(() => merchant.close())

/** Posts what the platform posts, and reads the pairs behind the question mark. */
async function told(type: string, sevenConnectId: string, token = sign('k', type, 'shop', 'R1')) {
  const body = new URLSearchParams({
    sevenConnectId,
    type,
    merchantRef: 'R1',
    amount: '100.00',
    token,
    payLoad: '',
  })
  const text = await (await fetch(merchant.endpointOf('shop'), { method: 'POST', body })).text()
  expect(text).toMatch(/^\?type=/)
  return Object.fromEntries(new URLSearchParams(text.trim().slice(1)))
}

test('a CONFIRM is answered with an authCode, signed, and a second one of the same slip is refused', async () => {
  const first = await told('CONFIRM', '9913-0850-0305')
  expect(first).toMatchObject({
    type: 'CONFIRM',
    merchantID: 'shop',
    merchantRef: 'R1',
    amount: '100.00',
    responseCode: 'SUCCESS',
    token: sign('k', 'CONFIRM', 'shop', 'R1', first['authCode'] ?? '', 'SUCCESS'),
  })
  expect(first['authCode']).toMatch(/^.{1,20}$/)
  expect(await told('CONFIRM', '9913-0850-0305')).toMatchObject({
    responseCode: 'DECLINED',
    responseDesc: 'Already confirmed',
  })
  expect(await told('CONFIRM', '9913-0850-0306')).toMatchObject({ responseCode: 'SUCCESS' })
})

test('a call with a wrong token or of an unknown type is refused and confirms nothing', async () => {
  expect(await told('CONFIRM', '9913-0850-0305', 'x')).toMatchObject({ responseCode: 'DECLINED' })
  expect(await told('REFUND', '9913-0850-0305')).toMatchObject({ responseDesc: 'Unknown type' })
  expect(merchant.confirmed.size).toBe(0)
})
