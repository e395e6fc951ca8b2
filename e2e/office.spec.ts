/** People and settings, kept by an administrator. */
import { RegisterScreen, practicePin } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a new cashier signs in with a PIN, may do what was switched on, and is stopped from the rest', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('People')
  await register.button('Add a person').click()
  const person = page.getByRole('dialog', { name: 'Add a person' })
  await person.getByRole('textbox', { name: 'Name' }).fill('Bo')
  await person.getByRole('button', { name: 'Save' }).click()
  await expect(person.getByText('A PIN has 4 to 12 digits.')).toBeVisible()
  await person.getByRole('textbox', { name: 'New PIN' }).fill('7777')
  await person.getByRole('switch', { name: 'Close the shift' }).click()
  await person.getByRole('button', { name: 'Save' }).click()
  await register.typePin(practicePin.administrator)
  await expect(page.getByRole('list', { name: 'People' }).getByRole('button', { name: 'Bo' })).toBeVisible()

  await register.choose('Sign out: Alva')
  await register.signIn('Bo', '7777')
  await register.choose('Shift')
  await register.button('X report').click()
  await expect(page.getByText('“Close the shift” needs an administrator.')).toBeVisible()
  await register.typePin(practicePin.administrator)
  await expect(page.getByRole('dialog', { name: /^X report/ })).toBeVisible()
})

test('settings are checked, used at once, and in the audit trail with before and after', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('Settings')
  const name = page.getByRole('textbox', { name: 'Name of the shop' })
  await expect(name).toHaveValue('Kiosk Solsidan')
  await name.fill('')
  await register.button('Save').click()
  await expect(page.getByText('Fill this in.')).toBeVisible()
  await name.fill('Kiosk Norra')
  await register.button('Save').click()
  await register.typePin(practicePin.administrator)
  await expect(page.getByText('The settings are saved.')).toBeVisible()
  await expect(page.getByText('Kiosk Norra').first()).toBeVisible()
  await register.button('Audit trail').click()
  const entry = page
    .getByRole('list', { name: 'Audit trail' })
    .getByRole('listitem')
    .filter({ hasText: 'Kiosk Norra' })
  await expect(entry).toContainText('Kiosk Solsidan → Kiosk Norra')
  await expect(entry).toContainText('Administrator')

  await register.button('Shop').click()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Svenska')
  await register.button('Save').click()
  await expect(page.getByText('Inställningarna är sparade.')).toBeVisible()
  await register.button('Försäljning').click()
  await page.getByRole('option', { name: /^Kanelbulle/ }).click()
  await expect(page.getByRole('status', { name: 'Summa' })).toContainText('34,00')
  await register.button('Kontant').click()
  const cash = page.getByRole('dialog', { name: 'Kontant' })
  await expect(cash.getByRole('textbox')).toHaveValue('34,00')
  await cash.getByRole('button', { name: '5', exact: true }).click()
  await cash.getByRole('button', { name: '0', exact: true }).click()
  await cash.getByRole('button', { name: 'Decimaltecken' }).click()
  await expect(cash.getByRole('textbox')).toHaveValue('50,')
})
