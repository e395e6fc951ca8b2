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
  await page.getByRole('dialog', { name: 'Parked receipts' }).getByRole('button').last().click()
  await expect(register.total).toContainText('34.00')
})
