import { expect, test } from 'vitest'
import { afterKey, type KeypadKey, type Typed } from './keypad.tsx'

const type = (start: Typed, ...keys: readonly KeypadKey[]) =>
  keys.reduce((typed, key) => afterKey(typed, key), start)
const filledIn: Typed = { text: '219.00', fresh: true }

test('the first digit replaces what was filled in, the next ones follow it', () => {
  expect(type(filledIn, '3', '0', '0').text).toBe('300')
})

test('erasing what was filled in clears it, erasing what was typed takes one digit', () => {
  expect(type(filledIn, 'erase').text).toBe('')
  expect(type(filledIn, '1', '2', 'erase').text).toBe('1')
})

test('a decimal mark at the beginning gets its zero', () => {
  expect(type(filledIn, '.', '5').text).toBe('0.5')
  expect(type(filledIn, ',', '5').text).toBe('0,5')
  expect(type({ text: '', fresh: false }, '1', '00', ',', '5').text).toBe('100,5')
})
