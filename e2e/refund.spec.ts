/** Refunds and reconciliation, as the cashier does them: real kiosk shell, real SOAP, real browser. */
import { readFile } from 'node:fs/promises'
import { DayScreen } from './screens/day-screen.ts'
import { RegisterScreen } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a SEQR sale comes back piece by piece, never more than was paid, and the day reconciles', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.add('Bryggkaffe')
  const phone = await register.openPhone()
  await register.payBySeqr(phone)
  await register.nextCustomer()

  await register.choose('Refund')
  await page.getByRole('button', { name: 'Receipt 1' }).click()
  await page.getByRole('button', { name: 'All: Kanelbulle' }).click()
  await expect(page.getByText(/The customer gets 34.00/)).toBeVisible()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(page.getByText('Refunded: Refund receipt 2')).toBeVisible()
  await page.getByRole('button', { name: 'All: Bryggkaffe' }).click()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(page.getByText('Refunded: Refund receipt 3')).toBeVisible()
  await expect(page.getByText('All of it has come back.')).toBeVisible()

  await page.getByRole('button', { name: 'Sale' }).click()
  await register.choose('Close & Reconcile')
  await page.getByRole('button', { name: 'Close & Reconcile', exact: true }).click()
  await expect(page.getByText('Waiting for SEQR’s report…')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Reconciliation 1' })).toBeVisible()
  await expect(page.getByText('3 lines agree')).toBeVisible()
  await expect(page.getByText('Every line agrees. There is nothing to do.')).toBeVisible()
})

test('a refund whose answer is lost is named before the close, found by SEQR’s report, and followed up', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const day = new DayScreen(register)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  const phone = await register.openPhone()
  await register.payBySeqr(phone)
  await register.nextCustomer()

  await phone.page.evaluate(() =>
    fetch('/control/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ operation: 'refundPayment', fault: 'dropAfter' }),
    }),
  )
  await register.choose('Refund')
  await register.button('Receipt 1').click()
  await register.button('All: Kanelbulle').click()
  await register.button('Refund').click()
  await expect(page.getByText('It is not known whether the customer got the money back')).toBeVisible()
  await register.button('Sale').click()
  await day.toShift()
  await day.toClose()
  await expect(page.getByText('1 SEQR refund of 34.00 SEK has no answer')).toBeVisible()
  await expect(page.getByText('Nothing stands in the way.')).toBeVisible()

  const differences = page.getByRole('region', { name: 'Differences' })
  const compared = page.getByRole('region', { name: 'Reconciliations' })
  await register.choose('Close & Reconcile')
  await register.button('Close & Reconcile').click()
  await expect(differences).toContainText('Refund without an answer: made')
  await differences.getByRole('textbox', { name: 'What was found out' }).fill('Seen on the phone')
  await register.button('Done').click()
  await expect(register.button('Not done')).toBeVisible()
  const download = page.waitForEvent('download')
  await register.button('Save as CSV').click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file).toContain('Seen on the phone')
  expect(file).toContain('-34.00')
  await register.button('Print').click()
  await expect(page.getByText('The reconciliation is printed.')).toBeVisible()

  await register.button('Close & Reconcile').click()
  await expect(compared.getByRole('button', { name: 'Reconciliation 2' })).toContainText('agrees')
  await compared.getByRole('button', { name: 'Reconciliation 1' }).click()
  await expect(differences.getByRole('heading', { name: 'Reconciliation 1' })).toBeVisible()
  await expect(differences.getByRole('textbox')).toHaveValue('Seen on the phone')

  await register.choose('SEQR account')
  await register.button('Receipt 2').click()
  await expect(page.getByRole('complementary', { name: 'Refund 2' })).toContainText('Kanelbulle')
})
