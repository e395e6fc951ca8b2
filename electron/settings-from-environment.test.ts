import fs from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { environmentNames, settingsFromEnvironment } from './settings-from-environment.ts'

const linux = { platform: 'linux', homeDir: '/home/anna' } as const
const read = (variables: Record<string, string | undefined>) => {
  const result = settingsFromEnvironment(variables, linux)
  if (!result.ok) throw new Error(result.problems.join('\n'))
  return result.settings
}
const problemsOf = (variables: Record<string, string>) => {
  const result = settingsFromEnvironment(variables, linux)
  return result.ok ? [] : result.problems
}

test('with nothing set the till runs by itself in the sandbox', () => {
  expect(read({})).toEqual({
    dataDir: '/home/anna/.local/share/kassa',
    log: 'info',
    kiosk: { port: 0, open: true, fullScreen: false },
    seqr: {},
  })
})

test.each([
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/kassa'],
  ['darwin', {}, '/home/anna/Library/Application Support/Kassa'],
  ['win32', { APPDATA: 'C:\\Users\\anna\\AppData\\Roaming' }, 'C:\\Users\\anna\\AppData\\Roaming\\Kassa'],
  ['win32', { KASSA_DATA_DIR: 'D:\\till' }, 'D:\\till'],
] as const)('data lives in the place that %s has for it', (platform, variables, dataDir) => {
  expect(settingsFromEnvironment(variables, { platform, homeDir: '/home/anna' })).toMatchObject({
    settings: { dataDir },
  })
})

test('everything can be set from outside', () => {
  const settings = read({
    KASSA_DATA_DIR: '/srv/till',
    KASSA_SHELL: 'kiosk',
    KASSA_PORT: '8123',
    KASSA_OPEN: 'no',
    KASSA_WINDOW: 'kiosk',
    KASSA_CHROMIUM: '/opt/chromium',
    KASSA_SEQR_URL: 'https://seqr.example/soap',
    KASSA_SEQR_RESELLER: 'shop',
    KASSA_SEQR_USER: '9900',
    KASSA_SEQR_PASSWORD: 'hunter22',
    KASSA_PRINTER: 'tcp://10.0.0.9:9101',
    KASSA_CURRENCY: 'eur',
    KASSA_LOG: 'DEBUG',
  })
  expect(settings).toEqual({
    dataDir: '/srv/till',
    log: 'debug',
    kiosk: { port: 8123, open: false, fullScreen: true, chromium: '/opt/chromium' },
    seqr: { url: 'https://seqr.example/soap', reseller: 'shop', user: '9900', password: 'hunter22' },
    printer: 'tcp://10.0.0.9:9101',
    currency: 'EUR',
  })
})

test('an empty variable counts as unset', () => {
  expect(read({ KASSA_PRINTER: '', KASSA_CURRENCY: '  ', KASSA_PORT: '' })).toEqual(read({}))
})

test.each([
  ['KASSA_PORT', '80a'],
  ['KASSA_PORT', '70000'],
  ['KASSA_PORT', '-1'],
  ['KASSA_OPEN', 'maybe'],
  ['KASSA_WINDOW', 'big'],
  ['KASSA_SHELL', 'browser'],
  ['KASSA_SEQR_URL', 'seqr.example'],
  ['KASSA_SEQR_URL', 'ftp://seqr.example'],
  ['KASSA_SEQR_URL', 'http://seqr.example/'],
  ['KASSA_SEQR_URL', 'https://user:pass@seqr.example'],
  ['KASSA_PRINTER', 'usb://1'],
  ['KASSA_PRINTER', 'serial:'],
  ['KASSA_PRINTER', 'serial:COM3?baud=quick'],
  ['KASSA_PRINTER', 'file:lp0'],
  ['KASSA_PRINTER', 'virtual:'],
  ['KASSA_PRINTER', '192.168.1.50'],
  ['KASSA_PRINTER', 'tcp://'],
  ['KASSA_PRINTER', 'tcp://host:0'],
  ['KASSA_PRINTER', 'tcp://host:99999'],
  ['KASSA_CURRENCY', 'XXX'],
  ['KASSA_UPDATE_URL', 'http://updates.example/'],
  ['KASSA_LOG', 'loud'],
])('%s=%s is refused with a sentence that names it', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)])
})

test.each([
  'tcp://printer.local',
  'tcp://[fd00::5]:9100',
  'serial:COM3?baud=19200',
  'serial:///dev/ttyUSB0?baud=115200&flow=rtscts',
  'file:/dev/usb/lp0',
  'file:\\\\localhost\\RECEIPTS',
])('a printer may be on the network, on a serial port or behind a file: %s', (printer) => {
  expect(read({ KASSA_PRINTER: ` ${printer} ` }).printer).toBe(printer)
})

test('a printer that is named wrongly is told what would be right', () => {
  expect(problemsOf({ KASSA_PRINTER: 'usb:/dev/usb/lp0' })).toEqual([
    expect.stringContaining('file:/dev/usb/lp0 on Linux'),
  ])
  expect(problemsOf({ KASSA_PRINTER: 'printer' })).toEqual([
    expect.stringContaining('tcp://HOST:PORT, serial:PORT?baud=9600, file:PATH'),
  ])
})

test('a 7-CONNECT server is named by address, store and key together, and its key is never repeated', () => {
  const slips = {
    KASSA_SLIPS_URL: 'https://slips.example',
    KASSA_SLIPS_STORE: '0189',
    KASSA_SLIPS_KEY: 'store-secret',
  }
  expect(read(slips).slips).toEqual({
    url: 'https://slips.example',
    storeID: '0189',
    storeKey: 'store-secret',
  })
  expect(read({}).slips).toBeUndefined()
  for (const name of Object.keys(slips)) {
    const problems = problemsOf({ ...slips, [name]: '' })
    expect(problems).toEqual([expect.stringContaining('belong together')])
    expect(problems.join(' ')).not.toContain('store-secret')
  }
  expect(problemsOf({ ...slips, KASSA_SLIPS_URL: 'slips.example' })).toEqual([
    expect.stringContaining('KASSA_SLIPS_URL'),
  ])
})

test('half a reseller account is refused, all problems are told at once, and no password is repeated', () => {
  const problems = problemsOf({ KASSA_SEQR_PASSWORD: 'hunter22', KASSA_PORT: 'x', KASSA_LOG: 'y' })
  expect(problems).toHaveLength(3)
  expect(problems.join(' ')).toContain('belong together')
  expect(problems.join(' ')).not.toContain('hunter22')
})

test('a misspelled name is pointed out', () => {
  expect(settingsFromEnvironment({ KASSA_PRNTER: 'tcp://x' }, linux)).toMatchObject({
    ok: true,
    warnings: [expect.stringContaining('KASSA_PRNTER')],
  })
})

test('whatever is set, reading never crashes', () => {
  const variables = fc.dictionary(fc.constantFrom(...environmentNames), fc.string())
  fc.assert(
    fc.property(variables, (set) => void settingsFromEnvironment(set, linux)),
    { numRuns: 2_000 },
  )
})

test('docs/configuration.md explains every variable', () => {
  const page = fs.readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')
  for (const name of environmentNames) expect(page).toContain(`\`${name}\``)
})
