/** The main job in each of the two shells: first start, a sale, a SEQR payment, and what may come between. */
import path from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { findElectron } from '../tools/electron.js'
import { practiceSticker, RegisterScreen } from './screens/register-screen.ts'
import { expect, startTill, test } from './till.ts'

/** A shell that runs, with its window. */
interface Shell {
  readonly page: Page
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const electron = findElectron()

async function startElectron(dataDir: string): Promise<Shell> {
  const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    executablePath: electron ?? '',
    args: [...rootArguments, path.resolve(import.meta.dirname, '..')],
    env: { ...process.env, KASSA_DATA_DIR: dataDir, KASSA_SEQR_URL: '' },
  })
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()))
  return {
    page: await app.firstWindow(),
    async stop() {
      await app.evaluate(({ app: program }) => program.exit(0)).catch(() => {})
      await ended
    },
    async kill() {
      app.process().kill('SIGKILL')
      await ended
    },
  }
}

async function startKiosk(dataDir: string, page: Page): Promise<Shell> {
  const till = await startTill({ dataDir })
  await page.goto(till.address)
  return { page, stop: till.stop, kill: till.kill }
}

/** What the buyer does on the practice phone, without a window of its own. */
async function buyer(page: Page): Promise<(step: string, body: object) => Promise<string>> {
  const link = await page.getByRole('link', { name: /practice phone/ }).getAttribute('href')
  return async (step, body) => {
    const response = await fetch(new URL(`/phone/${step}`, link ?? ''), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { invoice?: { invoiceReference: string } }
    return answer.invoice?.invoiceReference ?? ''
  }
}

async function pay(page: Page): Promise<void> {
  const act = await buyer(page)
  await act('confirm', { invoiceReference: await act('scan', { text: practiceSticker }), pin: '1111' })
}

async function ready(page: Page): Promise<RegisterScreen> {
  await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible()
  return new RegisterScreen(page)
}

for (const name of ['kiosk', 'electron'] as const) {
  const isThere = name === 'kiosk' || electron !== null

  test(`${name}: first start, cash sale, SEQR payment; a reload and a power cut in the middle lose nothing`, async ({
    page: browserPage,
    dataDir,
  }) => {
    test.skip(!isThere, 'Electron is not installed on this machine')
    test.setTimeout(120_000)
    const start = () => (name === 'electron' ? startElectron(dataDir) : startKiosk(dataDir, browserPage))
    let shell = await start()
    let register = await ready(shell.page)
    await test.step('a cash sale on a till that has just been installed', async () => {
      await register.add('Kanelbulle')
      await shell.page.keyboard.press('+')
      await expect(shell.page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
      await expect(register.receipt.getByRole('option')).toHaveCount(0)
    })
    await test.step('a SEQR payment', async () => {
      await register.prepareSeqr()
      await register.add('Kanelbulle')
      await register.startSeqr()
      await pay(shell.page)
      await register.showsPaid()
      await register.nextCustomer()
    })
    await test.step('a payment whose page is loaded anew', async () => {
      await register.add('Bryggkaffe')
      await register.startSeqr()
      await shell.page.reload()
      register = await ready(shell.page)
      await register.awaitsCustomer()
      await pay(shell.page)
      await register.showsPaid()
      await register.nextCustomer()
    })
    await test.step('a payment whose till loses its power', async () => {
      await register.add('Bryggkaffe')
      await register.startSeqr()
      await shell.kill()
      shell = await start()
      register = await ready(shell.page)
      await register.awaitsCustomer()
      await pay(shell.page)
      await register.showsPaid()
    })
    await shell.stop()
  })
}
