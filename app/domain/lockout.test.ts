import { expect, test } from 'vitest'
import { afterWrongPin, atTheLatest, lockedUntilMs, noWrongPins, secondsLocked } from './lockout.ts'

test.each([
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 30],
  [4, 60],
  [5, 120],
  [8, 900],
  [500, 900],
])('after %i wrong PINs the till waits %i seconds', (failures, seconds) => {
  expect(secondsLocked({ failures, lastFailureAtMs: 1_000_000 }, 1_000_000)).toBe(seconds)
})

test('the wait counts down from the last wrong PIN and then ends', () => {
  const pins = { failures: 3, lastFailureAtMs: 1_000_000 }
  expect(lockedUntilMs(pins)).toBe(1_030_000)
  expect(secondsLocked(pins, 1_029_001)).toBe(1)
  expect(secondsLocked(pins, 1_030_000)).toBe(0)
})

test('each wrong PIN counts, and a clock that was set back makes nobody wait longer than a right one', () => {
  let pins = noWrongPins
  for (let tries = 0; tries < 4; tries += 1) pins = afterWrongPin(pins, 90_000_000)
  expect(pins.failures).toBe(4)
  expect(secondsLocked(pins, 0)).toBe(60)
  expect(secondsLocked(atTheLatest(pins, 0), 59_000)).toBe(1)
  expect(secondsLocked(atTheLatest(pins, 0), 60_000)).toBe(0)
  expect(atTheLatest(pins, 90_000_000)).toBe(pins)
})
