import { expect, test } from 'vitest'
import type { RowView } from '../../contract/views.ts'
import { selectionAfter } from './selected-row.ts'

const row = (id: string, quantityThousandths = 1000) => ({ id, quantityThousandths }) as RowView
const [a, b, c] = [row('a'), row('b'), row('c')] as const

test('the newest row is selected after a scan', () => {
  expect(selectionAfter([a], [a, b], 'a')).toBe('b')
  expect(selectionAfter([], [a], null)).toBe('a')
})

test('a row that grew by another scan is selected', () => {
  expect(selectionAfter([a, b], [row('a', 2000), b], 'b')).toBe('a')
})

test('after a row is removed its neighbour is selected', () => {
  expect(selectionAfter([a, b, c], [a, c], 'b')).toBe('c')
  expect(selectionAfter([a, b], [a], 'b')).toBe('a')
  expect(selectionAfter([a], [], 'a')).toBeNull()
})

test('a window that has just been reloaded selects the last row', () => {
  expect(selectionAfter([a, b], [a, b], null)).toBe('b')
})
