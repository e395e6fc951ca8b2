import { expect, test } from 'vitest'
import { readPieces } from './count-view.ts'

test('notes and coins add up, what is not typed is none, and what is not a number is named', () => {
  const read = readPieces({ 50_000: '2', 2000: ' 7 ', 100: '', 500: 'x' }, 'SEK')
  expect(read).toEqual({
    pieces: [
      { valueMinor: 50_000, count: 2 },
      { valueMinor: 2000, count: 7 },
    ],
    sumMinor: 114_000,
    faults: [500],
  })
})
