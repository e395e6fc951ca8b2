/** Preliminary payments: reserve now, take the final amount later. */
import { RegisterScreen, practiceSticker } from './screens/register-screen.ts'
import type { Phone } from './screens/phone.ts'
import { expect, startTill, test } from './till.ts'

async function reserve(register: RegisterScreen, phone: Phone, label: string, amount: string): Promise<void> {
  const { page } = register
  await register.button('Preliminary payment').click()
  await page
    .getByRole('dialog', { name: 'Reservations' })
    .getByRole('button', { name: 'Preliminary payment' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Preliminary payment' })
  await dialog.getByRole('textbox', { name: 'Name, table or pump' }).fill(label)
  await dialog.getByRole('textbox', { name: 'Amount to reserve' }).fill(amount)
  await dialog.getByRole('button', { name: 'Reserve', exact: true }).click()
  await register.awaitsCustomer()
  await phone.scan(practiceSticker)
  await phone.confirm()
  await register.ends('Reserved')
  await register.backToReceipt()
  await phone.page.getByRole('button', { name: /Done|Back/ }).click()
}

test('reserve, take less than reserved, and the receipt says what was paid', async ({ page, till }) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  const phone = await register.openPhone()
  await reserve(register, phone, 'Pump 3', '500')
  await register.add('Kanelbulle')
  await register.button(/1 reservation/).click()
  await register.button('Take final amount: Pump 3').click()
  const take = page.getByRole('dialog', { name: 'Take final amount' })
  await expect(take.getByRole('textbox')).toHaveValue('34.00')
  await take.getByRole('textbox').fill('600')
  await take.getByRole('button', { name: 'Take final amount' }).click()
  await expect(take).toContainText('Only 500.00 SEK is reserved')
  await take.getByRole('textbox').fill('34')
  await take.getByRole('button', { name: 'Take final amount' }).click()
  await register.showsPaid()
  await expect(register.paper).toContainText('SEQR payment')
  await expect(register.paper).toContainText('34.00')
  await register.nextCustomer()
})

test('three reservations survive a power cut, and one is released', async ({ page, dataDir }) => {
  const first = await startTill({ dataDir })
  const register = await RegisterScreen.open(page, first.address)
  await register.prepareSeqr()
  const phone = await register.openPhone()
  for (const table of ['Table 1', 'Table 2', 'Table 3']) await reserve(register, phone, table, '200')
  await first.kill()
  const second = await startTill({ dataDir })
  await RegisterScreen.open(page, second.address)
  await register.button(/3 reservations/).click()
  const list = page.getByRole('dialog', { name: 'Reservations' })
  for (const table of ['Table 1', 'Table 2', 'Table 3']) await expect(list.getByText(table)).toBeVisible()
  await register.button('Release: Table 2').click()
  await register.ends('Canceled')
  await second.stop()
})
