import { expect, test } from 'vitest'
import { chromiumArguments, findChromium, hasDisplay } from './chromium.ts'

const having = (...files: string[]) => ({ isProgram: (file: string) => files.includes(file) })

test('chromium is found on the PATH before another browser', () => {
  const places = { platform: 'linux', variables: { PATH: '/usr/local/bin:/usr/bin' } } as const
  expect(findChromium({ ...places, ...having('/usr/bin/google-chrome', '/usr/bin/chromium') })).toBe(
    '/usr/bin/chromium',
  )
  expect(findChromium({ ...places, ...having('/usr/local/bin/google-chrome') })).toBe(
    '/usr/local/bin/google-chrome',
  )
  expect(findChromium({ ...places, ...having() })).toBeNull()
})

test('a folder of the PATH that is not absolute is never looked in', () => {
  const variables = { PATH: '.:bin:' }
  expect(
    findChromium({ platform: 'linux', variables, isProgram: (file) => !file.startsWith('/snap') }),
  ).toBeNull()
})

test('KASSA_CHROMIUM decides alone', () => {
  const variables = { KASSA_CHROMIUM: '/opt/chromium', PATH: '/usr/bin' }
  expect(findChromium({ platform: 'linux', variables, ...having('/opt/chromium') })).toBe('/opt/chromium')
  expect(findChromium({ platform: 'linux', variables, ...having('/usr/bin/chromium') })).toBeNull()
})

test('on Windows and macOS it is found in its usual places', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  const variables = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }
  expect(findChromium({ platform: 'win32', variables, ...having(edge) })).toBe(edge)
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  expect(findChromium({ platform: 'darwin', variables: {}, ...having(chrome) })).toBe(chrome)
})

const window = {
  address: 'http://127.0.0.1:1/open?k=x',
  profileDir: '/data/chromium',
  fullScreen: false,
  asRoot: false,
}

test('the window has its own profile and keeps the sandbox, except for root', () => {
  const normal = chromiumArguments(window)
  expect(normal).toContain('--app=http://127.0.0.1:1/open?k=x')
  expect(normal).toContain('--user-data-dir=/data/chromium')
  expect(normal).not.toContain('--no-sandbox')
  expect(chromiumArguments({ ...window, asRoot: true })).toContain('--no-sandbox')
})

test('the screen is filled only when that is set', () => {
  expect(chromiumArguments(window)).not.toContain('--kiosk')
  expect(chromiumArguments({ ...window, fullScreen: true })).toContain('--kiosk')
})

test('without a display nothing could be seen', () => {
  expect(hasDisplay({ platform: 'linux', variables: {} })).toBe(false)
  expect(hasDisplay({ platform: 'linux', variables: { DISPLAY: ':0' } })).toBe(true)
  expect(hasDisplay({ platform: 'linux', variables: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true)
  expect(hasDisplay({ platform: 'win32', variables: {} })).toBe(true)
})
