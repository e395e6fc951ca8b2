import { expect, test } from 'vitest'
import { createSounds, tunes } from './sounds.ts'

test('every meaning has a tune of its own', () => {
  const written = Object.values(tunes).map((tune) => JSON.stringify(tune))
  expect(new Set(written).size).toBe(written.length)
})

test('a muted till opens no sound at all', () => {
  const opened = { count: 0 }
  const open = () => {
    opened.count += 1
    throw new Error('no sound device')
  }
  createSounds(open, () => ({ muted: true, volume: 1 }))('paid')
  createSounds(open, () => ({ muted: false, volume: 0 }))('paid')
  expect(opened.count).toBe(0)
})

test('a machine without sound stays silent without a fault', () => {
  const open = () => {
    throw new Error('no sound device')
  }
  const play = createSounds(open, () => ({ muted: false, volume: 1 }))
  expect(() => play('paid')).not.toThrow()
})
