/** The main job, driven as cashier, administrator and buyer: real kiosk shell, real SOAP, real browser. */
import { RegisterScreen, practiceSticker } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a newcomer registers, assigns, sells, is paid and gets the receipt', async ({ page, till }) => {
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  const register = await RegisterScreen.open(page, till.address)
  await expect(page.getByText('SANDBOX')).toBeVisible()
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.add('Bryggkaffe')
  await expect(register.total).toContainText('66.00')
  await register.startSeqr()
  await expect(register.payment).toContainText(practiceSticker)
  const phone = await register.openPhone()
  await phone.scan(practiceSticker)
  await expect(phone.page.getByText('66.00 SEK')).toBeVisible()
  await phone.confirm()
  await register.showsPaid()
  const reference = await register.payment.getByRole('definition').first().textContent()
  await expect(register.paper).toContainText('SEQR payment')
  await expect(register.paper).toContainText(reference ?? 'no reference')
  await expect(register.paper).toContainText('Kanelbulle')
  await phone.shows('Paid')
  await expect(phone.page.getByText('SEQR payment')).toBeVisible()
  await register.nextCustomer()
  expect(errors).toEqual([])
})

test('SEQR rule: of the terminal menu only what applies can be pressed; an unregistered till takes no SEQR payment', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const menu = page.getByRole('dialog', { name: 'Menu' })
  const canPress = async (item: string, other: string) => {
    await register.button('Menu').click()
    await expect(menu.getByRole('button', { name: new RegExp(`^${item}`) })).toBeEnabled()
    await expect(menu.getByRole('button', { name: new RegExp(`^${other}`) })).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
  }
  await canPress('Register SEQR terminal', 'Unregister SEQR terminal')
  await register.prepareSeqr()
  await canPress('Unregister SEQR terminal', 'Register SEQR terminal')
  await register.add('Kanelbulle')
  await expect(register.button(/^SEQR$/)).toBeEnabled()
  await register.choose('Unregister SEQR terminal')
  const dialog = page.getByRole('dialog', { name: 'Unregister SEQR terminal' })
  await dialog.getByRole('button', { name: 'Unregister', exact: true }).click()
  await expect(page.getByText('The till is no longer registered with SEQR.')).toBeVisible()
  await canPress('Register SEQR terminal', 'Unregister SEQR terminal')
  await expect(register.button(/^SEQR$/)).toBeDisabled()
})

test('a declined payment says so, and the receipt is paid in cash', async ({ page, till }) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.startSeqr()
  const phone = await register.openPhone()
  await phone.scan(practiceSticker)
  await phone.decline()
  await register.ends('Canceled')
  await register.backToReceipt()
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
})

test('the cashier cancels: SEQR rule, only the service ends it; then the same receipt can be paid again', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.startSeqr()
  const phone = await register.openPhone()
  await register.payment.getByRole('button', { name: 'Cancel', exact: true }).click()
  await register.ends('Canceled')
  await phone.scan(practiceSticker)
  await phone.shows('Waiting for amount')
  await register.backToReceipt()
  await register.startSeqr()
  await phone.confirm()
  await register.showsPaid()
})

test('SEQR rules: a partial amount forbids park, cancel and correction, and another tender completes it', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.payBySeqr(await register.openPhone(), '20')
  await expect(register.payment).toContainText('14.00 SEK is left to pay')
  await register.payment.getByRole('button', { name: 'Continue' }).click()
  await expect(register.button(/^Park/)).toBeDisabled()
  await expect(register.button(/^Cancel receipt/)).toBeDisabled()
  await expect(register.button(/^Correct/)).toBeDisabled()
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
})

test('SEQR rule: what is paid above the total is given back in cash', async ({ page, till }) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.startSeqr('50')
  const phone = await register.openPhone()
  await phone.scan(practiceSticker)
  await expect(phone.page.getByText('Cash back')).toBeVisible()
  await phone.confirm()
  await register.showsPaid()
  await expect(register.paper).toContainText('Change')
  await expect(register.paper).toContainText('16.00')
})

test('after 30 s: polling goes on behind the question, Try again, and then it is paid while the question is open', async ({
  page,
  till,
}) => {
  test.setTimeout(150_000)
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await register.startSeqr()
  const phone = await register.openPhone()
  const question = register.payment.getByRole('heading', { name: '30 seconds are over' })
  await expect(question).toBeVisible({ timeout: 45_000 })
  await register.payment.getByRole('button', { name: 'Try again' }).click()
  await register.awaitsCustomer()
  await expect(register.payment).toContainText('Attempt 2')
  await expect(question).toBeVisible({ timeout: 45_000 })
  await phone.scan(practiceSticker)
  await phone.confirm()
  await register.showsPaid()
  await expect(question).toBeHidden()
  await phone.shows('Paid')
})

test('a keyboard scanner adds articles wherever the focus is, and never presses a button', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.button('Recall').focus()
  const articles = page.getByRole('listbox', { name: 'Articles' })
  await articles.getByRole('option').first().waitFor()
  await register.scan('0000000000000')
  await expect(page.getByText('0000000000000').first()).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
})
