/** The desktop program itself, where Electron's binary is; its wiring is tested everywhere by unit tests. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { findElectron } from '../tools/electron.js'

const program = findElectron()
test.skip(program === null, 'Electron is not installed on this machine')

let dataDir = ''
let app: ElectronApplication
let page: Page

test.beforeEach(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-electron-'))
  await start()
})
test.afterEach(async () => {
  await app.evaluate(({ app }) => app.exit(0)).catch(() => {})
  fs.rmSync(dataDir, { recursive: true, force: true })
})

async function start() {
  const asRoot = process.getuid?.() === 0
  app = await _electron.launch({
    executablePath: program ?? '',
    args: [...(asRoot ? ['--no-sandbox'] : []), path.resolve(import.meta.dirname, '..')],
    env: { ...process.env, KASSA_DATA_DIR: dataDir, KASSA_SEQR_URL: '' },
  })
  page = await app.firstWindow()
}

test('the first start opens a register in a page of its own, without Node', async () => {
  await expect(page).toHaveURL('kassa://till/')
  await expect(page).toHaveTitle(/Kassa/)
  await expect(page.locator('#root')).not.toBeEmpty()
  const reach = await page.evaluate(() => [
    typeof Reflect.get(window, 'require'),
    typeof Reflect.get(window, 'process'),
  ])
  expect(reach).toEqual(['undefined', 'undefined'])
})

test('the page stays where it is and opens nothing', async () => {
  await page.evaluate(() => window.open('https://example.invalid/'))
  await page.evaluate(() => void (location.href = 'https://example.invalid/'))
  await expect(page).toHaveURL('kassa://till/')
  expect(app.windows()).toHaveLength(1)
})

test('a page that is loaded again shows the same register', async () => {
  await expect(page.locator('#root')).not.toBeEmpty()
  const before = await page.locator('#root').innerText()
  await page.reload()
  await expect(page.locator('#root')).toHaveText(before, { useInnerText: true })
})

test('a page that crashes is brought back', async () => {
  await expect(page.locator('#root')).not.toBeEmpty()
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        return contents !== undefined && !contents.isCrashed() && !contents.isLoading()
      }),
    )
    .toBe(true)
})

test('a second start leaves the first one alone', async () => {
  const second = _electron.launch({
    executablePath: program ?? '',
    args: [path.resolve(import.meta.dirname, '..')],
    env: { ...process.env, KASSA_DATA_DIR: dataDir },
    timeout: 15_000,
  })
  await expect(second).rejects.toThrow()
  await expect(page.locator('#root')).not.toBeEmpty()
})
