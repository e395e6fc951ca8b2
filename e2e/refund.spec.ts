/** Refunds and reconciliation, as the cashier does them: real kiosk shell, real SOAP, real browser. */
import { RegisterScreen, practiceSticker } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a SEQR sale comes back piece by piece, never more than was paid, and the day reconciles', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.add('Bryggkaffe')
  await register.startSeqr()
  const phone = await register.openPhone()
  await phone.scan(practiceSticker)
  await phone.confirm()
  await register.showsPaid()
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
