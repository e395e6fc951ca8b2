/** 7-CONNECT slips as cashier and administrator take, follow and issue them: real kiosk shell, real server, real browser. */
import { readFileSync } from 'node:fs'
import { startVirtualTcpPrinter } from '../electron/printer/virtual-tcp-printer.ts'
import { readEscpos } from '../electron/printer/escpos-reader.ts'
import { codesIn } from './bar-code.ts'
import { type PracticeSlips, startPracticeSlips } from './practice-slips.ts'
import { practicePin } from './screens/register-screen.ts'
import { SlipScreens, hyphenated } from './screens/slip-screens.ts'
import { type RunningTill, expect, startTill, test as base } from './till.ts'

/** A till whose 7-CONNECT server is outside it. */
const test = base.extend<{ slips: PracticeSlips; till: RunningTill }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  slips: async ({}, use) => {
    const slips = await startPracticeSlips()
    await use(slips)
    await slips.server.close()
  },
  till: async ({ dataDir, slips }, use) => {
    const till = await startTill({ dataDir, environment: slips.environment })
    await use(till)
    await till.stop()
  },
})

test('a slip is scanned, verified, paid with goods and change, and its proof has authCode and remarks', async ({
  page,
  till,
  slips: { server },
}) => {
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  const screen = await SlipScreens.open(page, till.address)
  const slip = server.createDemoSlip({ amountMinor: 100_000, receiptRemarks: 'First line|Second line' })
  await screen.scan(slip.payID)
  await screen.mayBePaid()
  const expiry = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Stockholm' })
  const shown = ['Test Merchant', slip.merchantRef, 'Order of a sample article', '1 000.00 SEK']
  for (const text of [...shown, 'Pay before', expiry.format(slip.expiresAtMs)])
    await expect(screen.dialog).toContainText(text)
  await page.keyboard.press('Enter')
  await expect(screen.dialog).toBeHidden()
  await expect(screen.button('SEQR')).toContainText('Slips: cash only')
  await screen.add('Kanelbulle')
  await expect(screen.total).toContainText('1 034.00')
  await screen.payCash('1100')
  await expect(page.getByText('66.00').first()).toBeVisible()
  await page.keyboard.press('F8')
  await screen.button(`Payment slip ${hyphenated(slip.payID)}`).click()
  const paper = page.getByRole('region', { name: 'What the paper looks like' })
  for (const text of ['First line', 'Second line', 'Thank you', hyphenated(slip.payID)])
    await expect(paper).toContainText(text)
  await expect(paper).toContainText(server.book.slip(slip.payID)?.authCode ?? 'no authCode')
  expect(server.book.slip(slip.payID)?.status).toBe('POSTED')
  expect(errors).toEqual([])
})

test('a slip that is declined, unknown, expired or already paid is said plainly and takes no cash', async ({
  page,
  till,
  slips: { server },
}) => {
  const screen = await SlipScreens.open(page, till.address)
  server.sampleMerchant.behave({ validate: 'decline' }, 'closed')
  const search = page.getByRole('combobox', { name: 'Search article' })
  await search.focus()
  await screen.typeSlip(server.createDemoSlip({ merchantRef: 'closed' }).payID)
  await expect(screen.dialog.getByRole('alert')).toContainText('Account is closed')
  await expect(screen.dialog.getByRole('button', { name: 'Add to receipt' })).toBeHidden()
  await page.keyboard.press('Escape')
  await screen.typeSlip('1111-2222-3333')
  await expect(screen.dialog.getByRole('alert')).toContainText('No slip has this reference')
  await page.keyboard.press('Enter')
  await expect(screen.dialog).toBeHidden()
  await expect(search).toBeFocused()
  const at = { storeID: 'other', pos: '1', shift: '1', bdate: '' }
  const [expired, paid] = [server.createDemoSlip({ expiresAtMs: 0 }), server.createDemoSlip()]
  await server.book.confirm({ payID: paid.payID, requestID: 'c', amountMinor: paid.amountMinor, at })
  for (const [slip, says] of [
    [expired, 'The slip has expired'],
    [paid, 'The slip is paid already'],
  ] as const) {
    await screen.typeSlip(slip.payID)
    await expect(screen.dialog.getByRole('alert')).toContainText(says)
    await expect(screen.dialog.getByRole('alert')).toContainText('Take no cash')
    await page.keyboard.press('Escape')
  }
  await expect(screen.total).toContainText('0.00')
})

test('a merchant that does not answer within 20 seconds is rejected, with the seconds counted down', async ({
  page,
  till,
  slips: { server },
}) => {
  const screen = await SlipScreens.open(page, till.address)
  server.sampleMerchant.behave({ validate: 'late' }, 'slow')
  await screen.typeSlip(server.createDemoSlip({ merchantRef: 'slow' }).payID)
  const countdown = screen.dialog.getByRole('timer')
  await expect(countdown).toHaveAccessibleName(/^(20|1\d) seconds left$/)
  await expect(countdown).toHaveAccessibleName(/^[1-9] seconds left$/, { timeout: 20_000 })
  await expect(screen.dialog.getByRole('alert')).toContainText('No answer', { timeout: 15_000 })
  await expect(screen.dialog.getByRole('alert')).toContainText('Take no cash')
})

test('the server is down at confirm and the till dies: after a restart the slip is confirmed once and posted', async ({
  page,
  dataDir,
  slips: { server, environment },
}) => {
  const first = await startTill({ dataDir, environment })
  const screen = await SlipScreens.open(page, first.address)
  const slip = server.createDemoSlip({ amountMinor: 50_000 })
  await screen.scan(slip.payID)
  await screen.addToReceipt()
  server.faults.put({ kind: 'dropAfter', on: 'confirm', times: 1 })
  server.faults.put({ kind: 'down', on: 'confirm' })
  await screen.payCash('500')
  await expect(page.getByText(/is paid, not confirmed yet/)).toBeVisible()
  await expect(page.getByText(/is being confirmed\. Its own paper follows/)).toBeVisible()
  await first.kill()
  const second = await startTill({ dataDir, environment })
  await SlipScreens.open(page, second.address)
  await screen.openSlips()
  await expect(screen.row(hyphenated(slip.payID))).toContainText('Confirming')
  server.faults.clear()
  await screen.button('Send again').click()
  await expect(screen.row(hyphenated(slip.payID))).toContainText('Posted')
  expect(server.sampleMerchant.received.filter(({ type }) => type === 'CONFIRM')).toHaveLength(1)
  await second.stop()
})

test('a slip is issued, read off screen and paper, paid, posted, and stands in the CSV report', async ({
  page,
  dataDir,
  slips: { server, environment },
}) => {
  const printer = await startVirtualTcpPrinter({ columns: 42 })
  const till = await startTill({
    dataDir,
    environment: { ...environment, KASSA_PRINTER: `tcp://127.0.0.1:${printer.port}` },
  })
  const screen = await SlipScreens.open(page, till.address)
  await addAccount(screen, server)
  await screen.openSlips()
  await screen.button('Issue slip').click()
  const form = page.getByRole('dialog', { name: 'Issue a payment slip' })
  await form.getByRole('textbox', { name: 'Amount' }).fill('123,50')
  await form.getByRole('textbox', { name: 'For' }).fill('Electricity, March')
  await form.getByRole('textbox', { name: 'Merchant reference' }).fill('=1+1')
  await form.getByRole('button', { name: 'Issue and print' }).click()
  const sheet = page.getByRole('article', { name: /^Payment slip/ })
  for (const text of ['123.50 SEK', 'Pay before', 'City Light & Power', '=1+1', 'Electricity, March'])
    await expect(sheet).toContainText(text)
  await expect(sheet).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(page.getByText(/screen to full brightness/)).toBeVisible()
  const payID = (await sheet.getByRole('img').getAttribute('aria-label'))?.replaceAll('-', '') ?? ''
  expect(await codesIn(await sheet.screenshot())).toEqual([{ kind: 'ZBAR_CODE128', data: payID }])
  await expect.poll(() => symbolsOf(printer.received, payID)?.[0]).toBe(105)

  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await screen.scan(payID)
  await screen.addToReceipt()
  await screen.payCash('124')
  await screen.openSlips()
  await expect(screen.row(hyphenated(payID))).toContainText('Posted')
  await expect(page.getByRole('status').filter({ hasText: 'Will be settled' })).toContainText('123.50')
  await expect(page.getByRole('region', { name: 'Amounts by day' })).toContainText('Not posted yet')
  await screen.button('Issued here').click()
  await screen.button('Ask now').click()
  await expect(screen.row(hyphenated(payID))).toContainText('Posted')
  await screen.row(hyphenated(payID)).getByRole('button', { name: /^Show/ }).click()
  await expect(sheet).toContainText(hyphenated(payID))
  await expect(sheet.getByRole('img')).toBeHidden()
  await page.keyboard.press('Escape')
  const other = await issuedAs(screen, 'Water')
  await page.getByRole('button', { name: /^Pending: 1 slip/ }).click()
  await expect(screen.row(hyphenated(payID))).toBeHidden()
  await page.getByRole('button', { name: /^All: 2 slips/ }).click()
  await page.getByRole('searchbox', { name: /^Search reference/ }).fill('electric')
  await expect(screen.row(hyphenated(payID))).toBeVisible()
  await expect(screen.row(other)).toBeHidden()
  await screen.button('Taken here').click()
  const [download] = await Promise.all([page.waitForEvent('download'), screen.button('Report (CSV)').click()])
  const csv = readFileSync(await download.path(), 'utf8')
  expect(csv).toContain(`${hyphenated(payID)},citypower,City Light & Power,'=1+1,123.50,SEK`)
  await till.stop()
  await printer.stop()
})

test('a merchant that refuses after the cash is taken makes work for an administrator', async ({
  page,
  till,
  slips: { server },
}) => {
  const screen = await SlipScreens.open(page, till.address)
  server.sampleMerchant.behave({ confirm: 'decline' }, 'sold-out')
  const slip = server.createDemoSlip({ amountMinor: 40_000, merchantRef: 'sold-out' })
  await screen.scan(slip.payID)
  await screen.addToReceipt()
  await screen.payCash('400')
  await expect(page.getByText(/refused after the cash/)).toBeVisible()
  await expect(page.getByText(/is not confirmed\. See Payment slips/)).toBeVisible()
  await screen.openSlips()
  await expect(screen.work).toContainText('Sold out')
  await screen.work.getByRole('button', { name: 'Give cash back' }).click()
  const dialog = page.getByRole('dialog', { name: /^Give cash back/ })
  await dialog.getByRole('textbox', { name: 'Administrator PIN' }).fill(practicePin.administrator)
  await dialog.getByRole('button', { name: 'Give cash back' }).click()
  await expect(dialog).toBeHidden()
  await expect(screen.row(hyphenated(slip.payID))).toContainText('Given back')
  await expect(screen.work).toBeHidden()
})

base(
  'a practice till has a 7-CONNECT server inside, whose page makes slips to try with',
  async ({ page, till }) => {
    const screen = await SlipScreens.open(page, till.address)
    await screen.openSlips()
    const address = await page.getByRole('link', { name: 'Practice server' }).getAttribute('href')
    const data = { merchantID: 'seattickets', amount: '640.00' }
    const made = await page.request.post(new URL('/control/slips', address ?? '').href, { data })
    const { payID } = (await made.json()) as { payID: string }
    await page.keyboard.press('Escape')
    await screen.typeSlip(hyphenated(payID))
    await screen.mayBePaid()
    await expect(screen.dialog).toContainText('640.00 SEK')
  },
)

/** Issues a slip from the list of slips, and gives its reference as people read it. */
async function issuedAs(screen: SlipScreens, description: string): Promise<string> {
  const { page } = screen
  await screen.button('Issue slip').click()
  const form = page.getByRole('dialog', { name: 'Issue a payment slip' })
  await form.getByRole('textbox', { name: 'Amount' }).fill('50')
  await form.getByRole('textbox', { name: 'For' }).fill(description)
  await form.getByRole('button', { name: 'Issue and print' }).click()
  const bars = page.getByRole('article', { name: /^Payment slip/ }).getByRole('img')
  const reference = (await bars.getAttribute('aria-label')) ?? ''
  await page.keyboard.press('Escape')
  return reference
}

/** A merchant account of the store, as an administrator sets it up. */
async function addAccount(screen: SlipScreens, server: PracticeSlips['server']): Promise<void> {
  const { page } = screen
  const merchant = server.demo.merchants.find(({ merchantID }) => merchantID === 'citypower')
  await screen.choose('7-CONNECT')
  await screen.button('Add account').click()
  const dialog = page.getByRole('dialog', { name: 'Add account' })
  await dialog.getByRole('textbox', { name: 'Merchant id' }).fill('citypower')
  await dialog.getByRole('textbox', { name: 'Name' }).fill(merchant?.name ?? '')
  await dialog.getByRole('textbox', { name: 'Transaction key' }).fill(merchant?.transactionKey ?? '')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await screen.typePin(practicePin.administrator)
  await expect(page.getByRole('region', { name: 'Merchant accounts' })).toContainText('citypower')
  await page.keyboard.press('Escape')
}

/** The symbol characters of the bar code with this data among all that was printed: the first says in which set. */
function symbolsOf(received: readonly Uint8Array[], data: string): readonly number[] | undefined {
  const { items } = readEscpos(Buffer.concat(received), 42)
  const item = items.find((each) => each.kind === 'barcode' && each.data === data)
  return item?.kind === 'barcode' ? item.symbols : undefined
}
