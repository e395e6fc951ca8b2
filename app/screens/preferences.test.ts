import { expect, test } from 'vitest'
import { createPreferences, pixelsPerMm } from './preferences.ts'

function shelf(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start))
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('what was chosen is there again after a reload', () => {
  const storage = shelf()
  createPreferences(storage).setState({ theme: 'dark', muted: true })
  expect(createPreferences(storage).getState()).toMatchObject({ theme: 'dark', muted: true, volume: 0.6 })
})

test.each([
  ['nothing kept', {}],
  ['something unreadable', { 'kassa.screen': '{' }],
  ['a number', { 'kassa.screen': '7' }],
])('with %s the screen starts plain', (_what, start) => {
  expect(createPreferences(shelf(start)).getState()).toMatchObject({ theme: 'light', muted: false })
})

test('a window without storage still works', () => {
  const preferences = createPreferences(null)
  preferences.setState({ muted: true })
  expect(preferences.getState().muted).toBe(true)
})

test('keys are sized in millimetres: 20 mm is 79 px on a 15.6 inch till and 67 px on a 15 inch one', () => {
  expect(Math.round(20 * pixelsPerMm(null, { width: 1366, height: 768 }))).toBe(79)
  expect(Math.round(20 * pixelsPerMm(null, { width: 1024, height: 768 }))).toBe(67)
  expect(Math.round(20 * pixelsPerMm(null, { width: 1920, height: 1080 }))).toBe(76)
  expect(pixelsPerMm(5.9, { width: 1366, height: 768 })).toBe(5.9)
  expect(pixelsPerMm(400, { width: 1366, height: 768 })).toBe(12)
})
