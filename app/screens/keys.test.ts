import { expect, test } from 'vitest'
import { en } from '../words/en.ts'
import { actionOf, capOf, capText, keepsSigns, keysWith, keyTable, type PressedKey } from './keys.ts'

const press = (key: string, part: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrl: false,
  alt: false,
  meta: false,
  inField: false,
  ...part,
})

test.each([
  ['F1', 'help'],
  ['F2', 'search'],
  ['F3', 'quantity'],
  ['F4', 'price'],
  ['F5', 'park'],
  ['F6', 'recall'],
  ['F7', 'takeBack'],
  ['F8', 'lastReceipt'],
  ['F9', 'cash'],
  ['F10', 'otherTender'],
  ['F11', 'seqr'],
  ['F12', 'slip'],
  ['*', 'quantity'],
  ['+', 'exactCash'],
  ['Delete', 'remove'],
  ['Escape', 'back'],
] as const)('%s means %s', (key, action) => {
  expect(actionOf(press(key), keyTable)).toBe(action)
})

test('no key stands for two things', () => {
  const keys = keyTable.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

test('function keys and Esc work inside a field, signs that are typed there do not', () => {
  expect(actionOf(press('F9', { inField: true }), keyTable)).toBe('cash')
  expect(actionOf(press('Escape', { inField: true }), keyTable)).toBe('back')
  for (const key of ['*', '+', 'Delete', 'ArrowUp'])
    expect(actionOf(press(key, { inField: true }), keyTable)).toBeNull()
})

test('a key held with Alt is left to the system', () => {
  expect(actionOf(press('F4', { alt: true }), keyTable)).toBeNull()
})

test('a shop may set its own key: the cap on the button and the help follow', () => {
  const keys = keysWith({ cash: 'F2' })
  expect(actionOf(press('F2'), keys)).toBe('cash')
  expect(capOf('cash', keys)).toBe('F2')
  expect(capOf('search', keys)).toBeUndefined()
  expect(actionOf(press('F9'), keys)).toBeNull()
})

test('caps are short, and every action has words in the help', () => {
  expect(capText('Escape')).toBe('Esc')
  expect(capText('Control+z')).toBe('Ctrl Z')
  for (const { action } of keyTable) expect(en.keys[action]).not.toBe('')
})

test('the search field leaves the keys to the till while it is empty, as after an article was found', () => {
  expect(keepsSigns({ id: 'article-search', value: '' })).toBe(false)
  expect(keepsSigns({ id: 'article-search', value: '3' })).toBe(true)
  expect(keepsSigns({ id: 'a-name', value: '' })).toBe(true)
})
