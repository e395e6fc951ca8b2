import { expect, test } from 'vitest'
import { isWorthTelling, troubleOf } from '../../app/domain/printer-status.ts'
import { isAnswerInOrder, isStatusAnswer, statusFrom } from './escpos-status.ts'

const well = [0x12, 0x12, 0x12, 0x12]
const answers = (change: Partial<Record<0 | 1 | 2 | 3, number>>) =>
  well.map((byte, at) => byte | (change[at as 0] ?? 0))

test.each([
  [
    'a printer that is well',
    {},
    { online: true, coverOpen: false, paper: 'ok', error: 'none', drawerSignal: false },
    null,
  ],
  ['an open cover', { 0: 0x08, 1: 0x04 }, { online: false, coverOpen: true }, 'coverOpen'],
  ['paper that is out', { 0: 0x08, 1: 0x20, 3: 0x6c }, { paper: 'out' }, 'paperOut'],
  ['paper that is out, by its sensor alone', { 3: 0x60 }, { paper: 'out' }, 'paperOut'],
  ['paper that is low', { 3: 0x0c }, { paper: 'low', online: true }, null],
  ['a stuck cutter', { 0: 0x08, 1: 0x40, 2: 0x08 }, { error: 'cutter' }, 'error'],
  ['an error beyond repair', { 0: 0x08, 1: 0x40, 2: 0x20 }, { error: 'unrecoverable' }, 'error'],
  ['a print head that is too hot', { 0: 0x08, 1: 0x40, 2: 0x40 }, { error: 'recoverable' }, 'error'],
  ['the feed button held', { 0: 0x08 }, { online: false }, 'offline'],
  ['a drawer switch', { 0: 0x04 }, { drawerSignal: true, online: true }, null],
] as const)('%s is read from the answers to DLE EOT', (_, change, expected, trouble) => {
  const status = statusFrom(answers(change))
  expect(status).toMatchObject({ kind: 'answered', ...expected })
  expect(troubleOf(status)).toBe(trouble)
})

test('a printer that leaves an answer out is silent, and silence is no trouble', () => {
  expect(statusFrom([])).toEqual({ kind: 'silent' })
  expect(statusFrom([0x12, 0x12, 0x12])).toEqual({ kind: 'silent' })
  expect(troubleOf({ kind: 'silent' })).toBeNull()
  expect(troubleOf({ kind: 'unreachable' })).toBe('unreachable')
})

test('answers of different kinds are told apart by their fixed bits', () => {
  for (let variable = 0; variable < 256; variable += 1) {
    const status = 0x12 | (variable & 0x6c)
    expect([isStatusAnswer(status), isAnswerInOrder(status)]).toEqual([true, false])
  }
  for (const paper of [0x00, 0x03, 0x0c, 0x0f]) {
    expect([isStatusAnswer(paper), isAnswerInOrder(paper)]).toEqual([false, true])
  }
  for (const flowControl of [0x11, 0x13]) {
    expect([isStatusAnswer(flowControl), isAnswerInOrder(flowControl)]).toEqual([false, false])
  }
})

test('low paper is told before it runs out, and a well printer is not mentioned', () => {
  expect(isWorthTelling(statusFrom(answers({ 3: 0x0c })))).toBe(true)
  expect(isWorthTelling(statusFrom(answers({ 1: 0x04 })))).toBe(true)
  expect(isWorthTelling(statusFrom(well))).toBe(false)
  expect(isWorthTelling(null)).toBe(false)
})
