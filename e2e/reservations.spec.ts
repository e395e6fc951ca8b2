/** Preliminary payments: reserve now, take the final amount later. */
import { DayScreen } from './screens/day-screen.ts'
import { RegisterScreen, practicePin, practiceSticker } from './screens/register-screen.ts'
import type { Phone } from './screens/phone.ts'
import { expect, startTill, test } from './till.ts'

async function reserve(register: RegisterScreen, phone: Phone, label: string, amount: string): Promise<void> {
  await confirmed(register, phone, label, amount)
  await phone.page.getByRole('button', { name: /Done|Back/ }).click()
}

/** The buyer has confirmed, and looks at it on the phone still. */
async function confirmed(
  register: RegisterScreen,
  phone: Phone,
  label: string,
  amount: string,
): Promise<void> {
  await ask(register, label, amount)
  await phone.scan(practiceSticker)
  await phone.confirm()
  await register.ends('Reserved')
  await expect(register.payment).toContainText(`${label}: held until`)
  await register.backToReceipt()
}

/** The buyer is asked to confirm. */
async function ask(register: RegisterScreen, label: string, amount: string): Promise<void> {
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
  await expect(register.payment.getByRole('list', { name: 'Progress of the payment' })).toContainText(
    'Reserved',
  )
}

/** Takes what the dialog suggests. */
async function take(register: RegisterScreen, label: string, suggested: string): Promise<void> {
  const { page } = register
  await register.button(/^Held/).click()
  await register.button(`Take final amount: ${label}`).click()
  const dialog = page.getByRole('dialog', { name: 'Take final amount' })
  await expect(dialog.getByRole('textbox')).toHaveValue(suggested)
  await dialog.getByRole('button', { name: 'Take final amount' }).click()
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

test('more than reserved, a commit without an answer, a reservation that lapsed, one that was declined', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.prepareSeqr()
  const phone = await register.openPhone()
  const trouble = (data: object) =>
    page.request.post(new URL('/control/faults', phone.page.url()).href, { data })
  await reserve(register, phone, 'Pump 3', '50')
  await register.add('Kanelbulle')
  await register.add('Bryggkaffe')
  await trouble({ operation: 'commitReservation', fault: 'dropAfter' })
  await trouble({ operation: 'getPaymentStatus', fault: 'down', times: 2 })
  await take(register, 'Pump 3', '50.00')
  await register.ends('Taking the final amount')
  await expect(register.payment).toContainText('Nothing is lost')
  await register.showsPaid()
  await expect(register.payment).toContainText('16.00 SEK is left to pay')
  await register.payment.getByRole('button', { name: 'Continue' }).click()
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
  await page.keyboard.press('F8')
  const paper = page.getByRole('region', { name: 'What the paper looks like' })
  await expect(paper).toContainText(/SEQR payment +50\.00/)
  await expect(paper).toContainText(/Cash +16\.00/)
  await register.button('Sale').click()

  await confirmed(register, phone, 'Table 4', '200')
  await phone.page.getByRole('button', { name: 'Let it lapse' }).click()
  await expect(phone.page.getByText('The time ran out. Nothing was taken.')).toBeVisible()
  await register.add('Kanelbulle')
  await take(register, 'Table 4', '34.00')
  await register.ends('Reservation lapsed')
  await expect(register.payment).toContainText('Nothing has been paid')
  await register.backToReceipt()
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 2' })).toBeVisible()

  await phone.page.reload()
  await ask(register, 'Scale', '100')
  await phone.scan(practiceSticker)
  await phone.decline()
  await register.ends('Canceled')
  await register.backToReceipt()
  await expect(register.button(/^Held/)).toBeHidden()
})

test('a reservation outlives the close of the day, which names it, and is taken in the next shift', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const day = new DayScreen(register)
  await register.prepareSeqr()
  const phone = await register.openPhone()
  await reserve(register, phone, 'Table 4', '200')
  await day.toShift()
  expect(await day.xReport()).toMatch(/SEQR reserved \(1\) +200\.00/)
  await day.toClose()
  await expect(page.getByText('1 SEQR reservation of 200.00 SEK is held')).toBeVisible()
  await expect(page.getByText('Table 4 200.00 SEK. They are kept')).toBeVisible()
  await day.count({ '1 000.00': 1 })
  const z = await day.close()
  expect(z).toMatch(/SEQR reserved \(1\) +200\.00/)
  expect(z).toMatch(/Turnover +0\.00/)
  await register.signIn('Alva', practicePin.cashier)
  await register.openShift('1000')
  await register.add('Kanelbulle')
  await take(register, 'Table 4', '34.00')
  await register.showsPaid()
  await expect(register.paper).toContainText('34.00')
})
