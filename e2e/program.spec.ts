/** The program itself, as an administrator looks at it. */
import fs from 'node:fs'
import { practicePin, RegisterScreen } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('an administrator saves a support bundle, and nobody else can', async ({ page, till }) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('This program')
  await expect(page.getByRole('heading', { name: 'This program' })).toBeVisible()
  await expect(page.getByText('The register runs in a browser here')).toBeVisible()
  await page.getByRole('button', { name: 'Licences' }).click()
  await expect(page.getByLabel('Licences').filter({ hasText: 'better-sqlite3' })).toBeVisible()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Support bundle' }).click()
  await register.typePin(practicePin.administrator)
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^kassa-support-\d{8}T\d{4}\.txt$/)
  const text = fs.readFileSync(await saved.path(), 'utf8')
  expect(text).toContain('"shell": "kiosk"')
  expect(text).toContain('Kassa starts')
  expect(text).not.toContain('Alva')
  await expect(page.getByText('is saved where your downloads are')).toBeVisible()
})
