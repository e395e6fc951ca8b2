/** What was sold is found again, printed again, proved, and seen at a glance. */
import { RegisterScreen } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

test('a receipt is found by its number and printed as a copy; the chain is unbroken, and the day adds up', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  for (const number of [1, 2]) {
    await register.add('Kanelbulle')
    await page.keyboard.press('+')
    await expect(page.getByRole('heading', { name: `Receipt ${number}` })).toBeVisible()
  }

  await register.choose('Journal')
  await page.getByRole('searchbox', { name: 'Find' }).fill('1')
  const list = page.getByRole('list', { name: 'Receipts' })
  await expect(list.getByRole('button')).toHaveCount(1)
  await list.getByRole('button', { name: 'Receipt 1' }).click()
  const receipt = page.getByRole('complementary', { name: 'Receipt 1' })
  await expect(receipt.getByRole('table', { name: 'Rows' })).toContainText('Kanelbulle')
  await receipt.getByRole('button', { name: 'Print copy' }).click()
  await expect(receipt.getByRole('region', { name: 'What the paper looks like' })).toContainText('COPY')
  await register.button('Prove the chain').click()
  await expect(page.getByText(/^The chain is unbroken/)).toBeVisible()
  await receipt.getByRole('button', { name: 'Refund' }).click()
  await expect(page.getByRole('button', { name: 'All: Kanelbulle' })).toBeVisible()
  await register.button('Sale').click()

  await register.choose('The day')
  await expect(page.getByRole('group', { name: 'Sold' })).toContainText('68.00')
  await expect(page.getByRole('group', { name: 'Receipts' })).toContainText('2')
  await expect(page.getByRole('region', { name: 'Sold most' })).toContainText('Kanelbulle')

  await register.choose('SEQR account')
  await expect(page.getByText('No SEQR money has moved in these days.')).toBeVisible()
})
