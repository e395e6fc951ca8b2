import { expect, test } from 'vitest'
import { icnsOf, icoOf } from './icons.js'
import { licencesText, shippedPackages } from './licences.js'
import { project } from './project.js'

test('the licences of what the till runs on and of what its screens are made of are listed', () => {
  const shipped = shippedPackages(project)
  for (const name of ['better-sqlite3', 'soap', 'zod', 'react', 'react-dom', 'scheduler', 'zustand'])
    expect(shipped).toContain(`node_modules/${name}`)
  expect(shipped.filter((place) => /electron$|vite|playwright|typescript|@types/.test(place))).toEqual([])
})

test('each shipped package has a chapter with its version and its licence', () => {
  const text = licencesText(project)
  for (const start of ['better-sqlite3 13.', 'react 19.', 'ws 8.']) expect(text).toContain(`\n${start}`)
  expect(text).toMatch(/Permission is hereby granted/)
  expect(text.match(/brings no licence text/g)?.length ?? 0).toBeLessThan(3)
})

const pictures = [
  { size: 16, png: Buffer.from('small') },
  { size: 256, png: Buffer.from('large one') },
]

test('a Windows icon lists its pictures and where they begin', () => {
  const ico = icoOf(pictures)
  expect([...ico.subarray(0, 6)]).toEqual([0, 0, 1, 0, 2, 0])
  expect(ico[6]).toBe(16)
  expect(ico[22]).toBe(0)
  expect(ico.subarray(ico.readUInt32LE(34), ico.readUInt32LE(34) + ico.readUInt32LE(30)).toString()).toBe(
    'large one',
  )
})

test('a macOS icon is as long as it says', () => {
  const icns = icnsOf(pictures)
  expect(icns.subarray(0, 4).toString()).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  expect(icns.includes('ic08')).toBe(true)
})
