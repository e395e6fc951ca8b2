import { expect, test } from 'vitest'
import { dayPlus, timesOf } from './times.ts'

const newYearMs = Date.UTC(2026, 11, 31, 23, 30, 5)

test('a moment is read on the shop’s clock, not the window’s', () => {
  expect(timesOf('en-GB', 'Europe/Stockholm').clock(newYearMs)).toBe('00:30')
  expect(timesOf('en-GB', 'Asia/Manila').clock(newYearMs)).toBe('07:30')
})

test('a moment after the shop’s midnight is of the shop’s next day', () => {
  expect(timesOf('en-GB', 'Europe/Stockholm').day(newYearMs)).toBe('2027-01-01')
  expect(timesOf('en-GB', 'UTC').day(newYearMs)).toBe('2026-12-31')
})

test('a time to the second has its seconds', () => {
  expect(timesOf('sv-SE', 'Europe/Stockholm').exact(newYearMs)).toBe('2027-01-01 00:30:05')
})

test('days are counted over a change to summer time and a new year', () => {
  expect(dayPlus('2026-03-28', 2)).toBe('2026-03-30')
  expect(dayPlus('2027-01-01', -1)).toBe('2026-12-31')
})
