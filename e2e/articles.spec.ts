/** The goods of the shop, kept by its administrator. */
import { readFileSync } from 'node:fs'
import { RegisterScreen, practicePin } from './screens/register-screen.ts'
import { expect, test } from './till.ts'

const file = (...lines: readonly string[]) => ({
  name: 'articles.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['name;code;price;vat;category', ...lines].join('\r\n')),
})

test('a file with one wrong line imports nothing and names the line; mended, it is all there, can be sold and exported', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('Articles')
  await expect(page.getByText('64 articles')).toBeVisible()
  await register.button('Import CSV').click()
  const dialog = page.getByRole('dialog', { name: 'Import articles' })
  const chooser = dialog.locator('input[type=file]')
  await chooser.setInputFiles(file('Äppelmust;7310865004703;32,50;12;Must', 'Päronmust;;tjugo;12;Must'))
  await register.typePin(practicePin.administrator)
  await expect(dialog.getByText('1 line is wrong. Nothing was imported.')).toBeVisible()
  await expect(dialog.getByRole('row', { name: /^3 price tjugo/ })).toContainText('is not a number')

  await chooser.setInputFiles(file('Äppelmust;7310865004703;32,50;12;Must', 'Päronmust;;20,00;12;Must'))
  await expect(dialog.getByText('2 added, 0 changed, 0 unchanged')).toBeVisible()
  await expect(dialog.getByText('New categories: Must')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 2 articles' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('66 articles')).toBeVisible()

  await page.getByRole('textbox', { name: 'Search name, code or PLU' }).fill('appel')
  await page.getByRole('button', { name: 'Äppelmust, 32.50' }).click()
  const article = page.getByRole('dialog', { name: 'Article' })
  await expect(article.getByRole('textbox', { name: 'Bar code' })).toHaveValue('7310865004703')
  await article.getByRole('textbox', { name: /^Price/ }).fill('33')
  await article.getByRole('switch', { name: 'Favourite' }).click()
  await article.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Äppelmust, 33.00' })).toBeVisible()

  const downloading = page.waitForEvent('download')
  await register.button('Export CSV').click()
  await page.getByRole('button', { name: /^Semicolons/ }).click()
  const csv = readFileSync(await (await downloading).path(), 'utf8')
  expect(csv).toContain('Äppelmust;7310865004703;;33,00;12;')

  await register.button('Sale').click()
  await register.scan('7310865004703')
  await expect(register.total).toContainText('33.00')

  // Found by its name, it is taken and paid without a hand off the keyboard.
  const search = page.getByRole('combobox', { name: 'Search article' })
  await search.fill('paronmust')
  await expect(page.locator('#article-grid').getByRole('option')).toHaveCount(1)
  await search.press('Enter')
  await expect(register.total).toContainText('53.00')
  await register.scan('4006381333931')
  const unknown = page.getByText(/4006381333931/)
  await expect(unknown).toBeVisible()
  await search.press('+')
  await expect(page.getByText('No change')).toBeVisible()
  await expect(search).toHaveValue('')
  await expect(unknown).toBeHidden()
})
