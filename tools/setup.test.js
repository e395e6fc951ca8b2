import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findElectron } from './electron.js'
import { project } from './project.js'
import { sourcesHash, whatIsMissing } from './setup.js'

let root = ''
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-tools-'))
})
afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

const write = (name, text) => {
  const file = path.join(root, name)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text))
}
const wanted = {
  packages: {
    '': { name: 'kassa' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
    'node_modules/linked': { resolved: 'node_modules/a/stub', link: true },
    'node_modules/a/stub': {},
  },
}
function install(installed = wanted) {
  write('package-lock.json', wanted)
  write('node_modules/.package-lock.json', installed)
  write('node_modules/a/package.json', {})
  write('node_modules/a/node_modules/b/package.json', {})
}

test('a finished install is complete, links and packages for other systems aside', () => {
  install()
  expect(whatIsMissing(root)).toBeNull()
})

test('this very project is complete', () => {
  expect(whatIsMissing(project)).toBeNull()
})

test('a fresh clone has everything missing', () => {
  write('package-lock.json', wanted)
  expect(whatIsMissing(root)).toContain('not installed yet')
})

test('an install that was interrupted before its list was written is seen', () => {
  install()
  fs.rmSync(path.join(root, 'node_modules/.package-lock.json'))
  expect(whatIsMissing(root)).toContain('not installed yet')
})

test('a package that the lock has gained, changed or lost its folder is seen', () => {
  install({ packages: { 'node_modules/a': { version: '1.0.0' } } })
  expect(whatIsMissing(root)).toBe('a/node_modules/b is missing')
  install({ packages: { ...wanted.packages, 'node_modules/a': { version: '0.9.0' } } })
  expect(whatIsMissing(root)).toBe('a is another version')
  install()
  fs.rmSync(path.join(root, 'node_modules/a'), { recursive: true })
  expect(whatIsMissing(root)).toBe('a is not whole')
})

test('a copy without its lock is refused in a sentence', () => {
  expect(() => whatIsMissing(root)).toThrow('not a whole copy of Kassa')
})

test('a changed, new or removed source asks for a build; a changed test does not', () => {
  write('app/main.ts', 'one')
  write('app/main.test.ts', 'one')
  const before = sourcesHash(root)
  write('app/main.test.ts', 'another')
  expect(sourcesHash(root)).toBe(before)
  write('app/main.ts', 'three')
  const changed = sourcesHash(root)
  expect(changed).not.toBe(before)
  write('electron/new.ts', '')
  const added = sourcesHash(root)
  fs.rmSync(path.join(root, 'electron/new.ts'))
  expect([added === changed, sourcesHash(root) === changed]).toEqual([false, true])
})

test('Electron is found only when its program is whole and of the right version', () => {
  expect(findElectron(root, {})).toBeNull()
  write('package.json', { version: '45.4.1' })
  write('path.txt', 'electron')
  write('dist/version', '45.4.1')
  write('dist/electron', '')
  fs.chmodSync(path.join(root, 'dist/electron'), 0o755)
  expect(findElectron(root, {})).toBe(path.join(root, 'dist/electron'))
  write('dist/version', '44.0.0')
  expect(findElectron(root, {})).toBeNull()
  expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'gone') })).toBeNull()
})
