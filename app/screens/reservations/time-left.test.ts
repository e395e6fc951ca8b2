import { expect, test } from 'vitest'
import { timeLeft } from './time-left.ts'

const minute = 60_000

test('a reservation counts down coarsely while there is plenty of time', () => {
  expect(timeLeft(51 * 60 * minute, 0)).toEqual({ kind: 'plenty', text: '2 d 3 h' })
  expect(timeLeft(65 * minute, 0)).toEqual({ kind: 'plenty', text: '1 h 05 min' })
  expect(timeLeft(59 * minute, 0)).toEqual({ kind: 'plenty', text: '59 min' })
})

test('the last quarter of an hour is a warning, to the second', () => {
  expect(timeLeft(15 * minute, 0)).toEqual({ kind: 'soon', text: '15:00' })
  expect(timeLeft(minute, 0.5)).toEqual({ kind: 'soon', text: '1:00' })
  expect(timeLeft(9001, 0)).toEqual({ kind: 'soon', text: '0:10' })
})

test('over is over, however long ago', () => {
  expect(timeLeft(0, 0)).toEqual({ kind: 'over', text: '0:00' })
  expect(timeLeft(0, 99 * minute)).toEqual({ kind: 'over', text: '0:00' })
})
