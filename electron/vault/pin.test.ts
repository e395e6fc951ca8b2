import { expect, test } from 'vitest'
import { hashPin, newTerminalPassword, verifyPin } from './pin.ts'

test('a PIN fits its own hash and no other PIN does', async () => {
  const hash = await hashPin('4711')
  expect(await verifyPin('4711', hash)).toBe(true)
  expect(await verifyPin('4712', hash)).toBe(false)
  expect(await verifyPin('', hash)).toBe(false)
})

test('two people with the same PIN have different hashes, and neither shows the PIN', async () => {
  const [one, two] = [await hashPin('4711'), await hashPin('4711')]
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$32768\$8\$1\$/)
})

test.each([
  '',
  '4711',
  'scrypt$1$1$1',
  'scrypt$x$8$1$AAAA$AAAA',
  'scrypt$99999999999$8$1$AAAA$AAAA',
  'bcrypt$1$2$3$4$5',
])('a stored text that is no hash fits no PIN: %s', async (stored) => {
  expect(await verifyPin('4711', stored)).toBe(false)
})

test('a terminal password has at least 128 bits, of letters that survive every transport', () => {
  const passwords = Array.from({ length: 200 }, newTerminalPassword)
  expect(new Set(passwords).size).toBe(200)
  for (const password of passwords) expect(password).toMatch(/^[A-Za-z2-9]{24}$/)
  expect(24 * Math.log2(57)).toBeGreaterThan(128)
})
