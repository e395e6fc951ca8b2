/** A shop's working day, from the float to the Z report. */
import { DayScreen } from './screens/day-screen.ts'
import { RegisterScreen, practicePin } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a day with cash: open with a float, sell, take cash out, X report, blind count, Z report, and the next day', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const day = new DayScreen(register)

  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
  await day.toShift()
  await day.moveCash('Cash out', '30', 'Milk for the coffee')
  await expect(page.getByRole('region', { name: 'Cash in and out' })).toContainText('Milk for the coffee')
  const x = await day.xReport()
  expect(x).toContain('X REPORT 1')
  expect(x).toContain('The drawer is counted without its sum.')

  await day.toClose()
  await expect(page.getByText('Nothing stands in the way.')).toBeVisible()
  await expect(page.getByText('Should be there')).toBeHidden()
  await day.count({ '1 000.00': 1, '2.00': 1 })
  await expect(page.getByText('2.00 SEK is missing.')).toBeVisible()
  const z = await day.close()
  for (const line of [
    /Z REPORT 1/,
    /Turnover +34\.00/,
    /Cash \(1\) +34\.00/,
    /Float +1 000\.00/,
    /Cash taken +34\.00/,
    /Cash out +-30\.00/,
    /Should be there +1 004\.00/,
    /Counted +1 002\.00/,
    /Difference +-2\.00/,
    /Numbers +1 - 1/,
  ])
    expect(z).toMatch(line)

  await register.signIn('Alva', practicePin.cashier)
  await register.openShift('500')
  await register.add('Kanelbulle')
  await expect(page.getByText('Shift 2')).toBeVisible()
})

test('a shift is not closed over a receipt on the screen, and parked ones are carried over', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const day = new DayScreen(register)
  await register.add('Kanelbulle')
  await day.toShift()
  await day.toClose()
  await expect(page.getByText('A receipt is begun on the sale screen')).toBeVisible()
  await register.button('To the sale').click()
  await register.button(/^Park/).click()
  await day.dialog('Park the receipt').getByRole('button', { name: 'Park' }).click()
  await day.toShift()
  await day.toClose()
  await expect(page.getByText('1 receipt is parked', { exact: true })).toBeVisible()
  await day.count({ '1 000.00': 1 })
  await expect(page.getByText('The drawer is even.')).toBeVisible()
  await expect(register.button(/^Close and print Z report/)).toBeDisabled()
  await page.getByRole('switch', { name: 'Carry them over' }).click()
  expect(await day.close()).toMatch(/Parked receipts +1/)
  await register.signIn('Alva', practicePin.cashier)
  await register.openShift('0')
  await register.button(/^Recall/).click()
  await page
    .getByRole('dialog', { name: 'Parked receipts' })
    .getByRole('listitem')
    .getByRole('button')
    .click()
  await expect(register.total).toContainText('34.00')
})

test('a day with everything: cash, SEQR in full, in part and over, parked, canceled, refunded, reconciled, Z report', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const day = new DayScreen(register)
  await register.prepareSeqr()
  const phone = await register.openPhone()
  const payBySeqr = async (amount?: string) => {
    await phone.page.reload()
    await register.payBySeqr(phone, amount)
  }

  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()

  await register.add('Bryggkaffe')
  await payBySeqr()
  await register.nextCustomer()

  // SEQR rule: paid in part, a receipt is neither parked nor canceled; another tender completes it.
  await register.add('Kanelbulle')
  await payBySeqr('20')
  await register.payment.getByRole('button').last().click()
  await expect(register.button(/^Park/)).toBeDisabled()
  await expect(register.button(/^Cancel receipt/)).toBeDisabled()
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 3' })).toBeVisible()

  // SEQR rule: what is paid over is given back in cash.
  await register.add('Kanelbulle')
  await payBySeqr('50')
  await expect(register.payment).toContainText('16.00')
  await register.nextCustomer()

  await register.add('Korv med bröd')
  await register.button(/^Park/).click()
  await day.dialog('Park the receipt').getByRole('textbox').fill('Table 4')
  await day.dialog('Park the receipt').getByRole('button', { name: 'Park' }).click()
  await register.button(/^Recall/).click()
  await day
    .dialog('Parked receipts')
    .getByRole('button', { name: /Table 4/ })
    .click()
  await expect(register.total).toContainText('35.00')
  await register.button(/^Cancel receipt/).click()
  await day.dialog('Cancel the receipt').getByRole('button', { name: 'Customer changed their mind' }).click()
  await day.dialog('Cancel the receipt').getByRole('button', { name: 'Cancel receipt' }).click()

  await register.choose('Refund')
  await page.getByRole('button', { name: 'Receipt 2' }).click()
  await page.getByRole('button', { name: 'All: Bryggkaffe' }).click()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(page.getByText('Refunded: Refund receipt 5')).toBeVisible()
  await register.button('Sale').click()

  await register.choose('Close & Reconcile')
  await register.button('Close & Reconcile').click()
  await expect(page.getByText('Waiting for SEQR’s report…')).toBeVisible()
  await expect(page.getByText('4 lines agree')).toBeVisible()

  // SEQR rule: each request has a clientReference of its own, at most 32 long, timeout 0, and rows with their amounts.
  const service = await page.request.get(new URL('/control/state', phone.page.url()).href)
  expect(await service.json()).toMatchObject({ remarks: [] })

  await day.toShift()
  await day.toClose()
  await day.count({ '1 000.00': 1, '20.00': 1, '10.00': 1, '2.00': 1 })
  await expect(page.getByText('The drawer is even.')).toBeVisible()
  const z = await day.close()
  for (const line of [
    /Turnover +102\.00/,
    /SEQR payment \(4\) +70\.00/,
    /Canceled +1/,
    /Cash taken +48\.00/,
    /Change given +-16\.00/,
    /Should be there +1 032\.00/,
    /Difference +0\.00/,
  ])
    expect(z).toMatch(line)
})
