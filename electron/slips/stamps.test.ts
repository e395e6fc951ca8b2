import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStamp, sevenConnectZone, writeStamp } from './stamps.ts'

test('dates are yyyyMMddHHmmss by Manila’s clocks', () => {
  const atMs = Date.UTC(2013, 2, 11, 16, 0, 0)
  expect(writeStamp(atMs, sevenConnectZone)).toBe('20130312000000')
  expect(readStamp('20130312000000', sevenConnectZone)).toBe(atMs)
})

test('another zone can be told, and its summer time is kept', () => {
  expect(writeStamp(Date.UTC(2024, 6, 1, 10), 'Europe/Stockholm')).toBe('20240701120000')
  expect(writeStamp(Date.UTC(2024, 0, 1, 11), 'Europe/Stockholm')).toBe('20240101120000')
  expect(readStamp('20240701120000', 'Europe/Stockholm')).toBe(Date.UTC(2024, 6, 1, 10))
})

test('what is no such time is null', () => {
  for (const text of [
    '',
    '2013-03-12',
    '20130230000000',
    '20131301000000',
    '20130312250000',
    '2013031200000',
  ]) {
    expect(readStamp(text, sevenConnectZone)).toBeNull()
  }
  expect(readStamp('20240331023000', 'Europe/Stockholm')).toBeNull()
})

test('what was written is read back, to the second, in any zone', () => {
  const anyTime = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
  const anyZone = fc.constantFrom('Asia/Manila', 'UTC', 'America/St_Johns', 'Pacific/Kiritimati')
  fc.assert(
    fc.property(anyTime, anyZone, (atMs, zone) => {
      const stamp = writeStamp(atMs, zone)
      const read = readStamp(stamp, zone)
      expect(read).not.toBeNull()
      expect(writeStamp(read ?? 0, zone)).toBe(stamp)
    }),
    { numRuns: 300 },
  )
})
