/** Bad input and faults: a clear sentence, a next step, and nothing lost. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { seedDemoCatalogue } from '../electron/storage/article-import.ts'
import { openStorage } from '../electron/storage/open.ts'
import { type PracticeSeqr, startPracticeSeqr } from './practice-seqr.ts'
import { Phone } from './screens/phone.ts'
import { RegisterScreen, practiceSticker } from './screens/register-screen.ts'
import { type RunningTill, expect, startTill, test as base } from './till.ts'

/** A real till (not the practice one) against a SEQR service that the spec can break and that outlives the till. */
const test = base.extend<{
  seqr: PracticeSeqr
  shop: { till: RunningTill; restart(): Promise<RunningTill> }
}>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  seqr: async ({}, use) => {
    const seqr = await startPracticeSeqr()
    await use(seqr)
    await seqr.sandbox.close()
  },
  shop: async ({ dataDir, seqr }, use) => {
    stockShop(dataDir)
    const start = () => startTill({ dataDir, environment: seqr.environment })
    const running = { till: await start() }
    await use({
      get till() {
        return running.till
      },
      async restart() {
        await running.till.kill()
        running.till = await start()
        return running.till
      },
    })
    await running.till.stop()
  },
})

/** A shop that has articles already: the demo catalogue, put in before the till starts. */
function stockShop(dataDir: string): void {
  const opened = openStorage({ file: path.join(dataDir, 'kassa.sqlite'), now: Date.now })
  if (!opened.ok) throw new Error(opened.detail)
  const catalogue = readFileSync(path.resolve(import.meta.dirname, '../resources/demo-catalogue.csv'), 'utf8')
  opened.storage.transaction((db) => seedDemoCatalogue(db, catalogue))
  opened.storage.close()
}

const pin = '4321'

async function openShop(page: Page, till: RunningTill): Promise<RegisterScreen> {
  const register = await RegisterScreen.open(page, till.address)
  await register.createAdministrator('Siv', pin)
  await register.openShift('500')
  await page.getByRole('group', { name: 'Categories' }).getByRole('button', { name: 'Fika' }).click()
  return register
}

test('killed between Pay and receipt, the till resumes at once and the payment is recorded exactly once', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  await register.prepareSeqr(pin)
  await register.add('Kanelbulle')
  await register.startSeqr()
  const phone = await Phone.open(await page.context().newPage(), seqr.sandbox.phoneUrl)
  await phone.scan(practiceSticker)
  await expect(phone.page.getByText('34.00 SEK').first()).toBeVisible()
  await phone.confirm()
  const till = await shop.restart()
  await RegisterScreen.open(page, till.address)
  await register.signIn('Siv', pin)
  await register.showsPaid()
  await phone.shows('Paid')
  const { payments } = seqr.sandbox.book.view()
  expect(payments).toHaveLength(1)
  expect(payments[0]).toMatchObject({ reversedAtMs: null })
  await register.nextCustomer()
  await register.button(/^Last receipt/).click()
  await expect(page.getByText(payments[0]?.ersReference ?? 'none').first()).toBeVisible()
})

test('a till that is ended with an open invoice cancels it and waits for the proof', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  await register.prepareSeqr(pin)
  await register.add('Kanelbulle')
  await register.startSeqr()
  await shop.till.stop()
  expect(seqr.sandbox.book.view().invoices.map(({ status }) => status)).toEqual(['CANCELED'])
})

test('a service in trouble for a moment is asked again: the invoice goes out, and cancel is proved', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  await register.prepareSeqr(pin)
  await register.add('Kanelbulle')
  seqr.sandbox.faults.add({ operation: '*', fault: 'down', times: 3 })
  await register.button('SEQR').click()
  await register.payment.getByRole('button', { name: 'Pay', exact: true }).click()
  await register.awaitsCustomer()
  await register.payment.getByRole('button', { name: 'Cancel', exact: true }).click()
  await register.ends('Canceled')
})

test('SEQR is closed with the reason while the service cannot be reached, and cash goes on', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  await register.prepareSeqr(pin)
  await register.add('Kanelbulle')
  await seqr.sandbox.close()
  await expect(register.button('SEQR')).toBeDisabled({ timeout: 30_000 })
  await expect(page.getByRole('group', { name: 'Tenders' })).toContainText('SEQR does not answer')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
})

test('the reseller password is wrong: said plainly, and nothing is registered', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  seqr.sandbox.faults.clear()
  await register.choose('Register SEQR terminal')
  await register.typePin(pin)
  const dialog = page.getByRole('dialog', { name: 'Register SEQR terminal' })
  await dialog.getByRole('textbox', { name: 'Password' }).fill('wrong')
  await dialog.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(dialog.getByRole('alert').first()).toContainText(/password/i)
})

test('a SEQR ID that is not alphanumeric, or taken, is refused with a next step', async ({
  page,
  seqr,
  shop,
}) => {
  const register = await openShop(page, shop.till)
  await register.registerTerminal(pin)
  await register.assignSeqrId('00-46')
  await expect(page.getByRole('alert').first()).toContainText(/letters and digits/i)
  seqr.sandbox.faults.add({ operation: 'assignSeqrId', fault: 'refuse', code: 53 })
  await register.assignSeqrId(practiceSticker)
  await expect(page.getByRole('alert').first()).toContainText(/another|taken/i)
})

test('an amount that is no amount is refused as it is typed', async ({ page, till }) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.button('SEQR').click()
  const field = register.payment.getByRole('textbox')
  for (const text of ['0', '-5', 'abc', '1.234', '10000001']) {
    await field.fill(text)
    await register.payment.getByRole('button', { name: 'Pay', exact: true }).click()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(register.payment.getByRole('alert')).not.toBeEmpty()
  }
  expect(await register.payment.getByRole('heading', { name: 'Await customer' }).isVisible()).toBe(false)
})
