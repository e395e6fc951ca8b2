import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  inquiryReplyToken,
  inquiryToken,
  isToken,
  referenceReplyToken,
  referenceToken,
  tokenOf,
} from './tokens.ts'

const key = '628e936f45884030ac1f34bcde9c28efa6ae9c839623b45b8942bd4490e1f05d'

test('the guide’s CONFIRM token comes out', () => {
  expect(tokenOf(key, 'CONFIRM', 'testmerchant', 'testmerchant003')).toBe(
    'f46c33a0e2f35cb2321a4054ec2750f38a8f7a25',
  )
})

test('the guide’s token for a merchant’s reply comes out', () => {
  const theirKey = '197f13e7ce767852ea56d15d8b3af9decb5c642be2dc7e5d09d588ce5b0b3590'
  const parts = ['CONFIRM', 'Kiosk_BillsPayment', '837143358', 'B30F3454191E', 'SUCCESS']
  expect(tokenOf(theirKey, ...parts)).toBe('9a96ebd5c4ef2b1d9b82fde2bb4a2d70dbbc0717')
})

test('each token is the SHA-1 of its parts in a row and the key in braces', () => {
  const reply = { merchantID: 'M', merchantRef: 'R', payID: '123' }
  expect(referenceToken('k', 'M', 'R')).toBe(tokenOf('k', 'MR'))
  expect(referenceReplyToken('k', reply)).toBe(tokenOf('k', 'MR123'))
  expect(inquiryToken('k', 'R')).toBe(tokenOf('k', 'R'))
  expect(inquiryReplyToken('k', { merchantRef: 'R', payID: '123', status: 'UNPAID' })).toBe(
    tokenOf('k', 'R123UNPAID'),
  )
})

test('one changed character in a part, the key or the token is noticed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (part, keyText) => {
      const token = tokenOf(keyText, part)
      expect(isToken(token, tokenOf(keyText, part))).toBe(true)
      expect(isToken(token.toUpperCase(), token)).toBe(true)
      expect(isToken(token, tokenOf(keyText, `${part}x`))).toBe(false)
      expect(isToken(token, tokenOf(`${keyText}x`, part))).toBe(false)
      expect(isToken(token.slice(1), token)).toBe(false)
    }),
  )
})
