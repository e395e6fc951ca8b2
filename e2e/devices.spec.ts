/** Printer, scanner, drawer and customer display in the whole till, with a printer on the network that has every trouble. */
import { receiptBarcode } from '../app/domain/barcode.ts'
import { startVirtualTcpPrinter, type VirtualTcpPrinter } from '../electron/printer/virtual-tcp-printer.ts'
import { DevicesScreen, PracticeDevices } from './screens/devices-screen.ts'
import { keyboardOf, scan, type Stroke } from './screens/keyboard.ts'
import { RegisterScreen, practicePin, practiceSticker } from './screens/register-screen.ts'
import { type RunningTill, test as base, expect, startTill } from './till.ts'

/** A till that prints on a printer of the network. */
const test = base.extend<{ printer: VirtualTcpPrinter; printingTill: RunningTill }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  printer: async ({}, use) => {
    const printer = await startVirtualTcpPrinter({ columns: 48 })
    await use(printer)
    await printer.stop()
  },
  printingTill: async ({ dataDir, printer }, use) => {
    const environment = { KASSA_PRINTER: `tcp://127.0.0.1:${printer.port}` }
    const till = await startTill({ dataDir, environment })
    await use(till)
    await till.stop()
  },
})

const swedishKeys: readonly Stroke[] = [
  { key: 'Ö', code: 'Semicolon', shift: true, gapMs: 4 },
  { key: '-', code: 'Slash', gapMs: 4 },
  { key: '+', code: 'Minus', gapMs: 4 },
]

const textOf = (printer: VirtualTcpPrinter) =>
  printer.mechanism.papers
    .flatMap(({ items }) => items)
    .map((item) => (item.kind === 'line' ? item.runs.map(({ text }) => text).join('') : ''))
    .join('\n')

test('a receipt reaches the printer whole: its bytes read back without a fault, and the drawer opens', async ({
  page,
  printer,
  printingTill,
}) => {
  const register = await RegisterScreen.open(page, printingTill.address)
  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
  await expect(page.getByText('The receipt is printed')).toBeVisible()
  await expect.poll(() => printer.mechanism.drawerOpenings).toBe(1)
  const { papers } = printer.mechanism
  expect(papers).toHaveLength(1)
  expect(papers.flatMap(({ faults }) => faults)).toEqual([])
  expect(textOf(printer)).toContain('Kanelbulle')
  expect(papers[0]?.items).toContainEqual(
    expect.objectContaining({ kind: 'barcode', data: receiptBarcode(1, '1') }),
  )
})

test('out of paper: said by name, the sale goes on, and after a new roll the receipt comes out once', async ({
  page,
  printer,
  printingTill,
}) => {
  printer.mechanism.change({ paperLines: 0 })
  const register = await RegisterScreen.open(page, printingTill.address)
  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
  await expect(page.getByText('The printer is out of paper')).toBeVisible()
  await expect(page.getByText('The receipt is not printed')).toBeVisible()
  await register.add('Bryggkaffe')
  await expect(register.total).toContainText('32.00')
  printer.mechanism.change({ paperLines: null })
  await expect(page.getByText('The printer is out of paper')).toBeHidden({ timeout: 20_000 })
  await expect.poll(() => textOf(printer).split('Kanelbulle').length - 1).toBe(1)
  await page.keyboard.press('+')
  await expect.poll(() => textOf(printer).split('Bryggkaffe').length - 1).toBe(1)
  expect(printer.mechanism.papers).toHaveLength(2)
})

test('a printer that is switched off stops no sale: the receipt waits, and is printed when it is back', async ({
  page,
  printer,
  printingTill,
}) => {
  await printer.changeNetwork({ isRefused: true })
  const register = await RegisterScreen.open(page, printingTill.address)
  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await expect(page.getByRole('heading', { name: 'Receipt 1' })).toBeVisible()
  await expect(page.getByText('The printer cannot be reached')).toBeVisible()
  await page.getByRole('button', { name: /^Printer/ }).click()
  await expect(page.getByRole('dialog')).toContainText('1 print waits')
  await page.keyboard.press('Escape')
  await printer.changeNetwork({ isRefused: false })
  await expect.poll(() => textOf(printer), { timeout: 30_000 }).toContain('Kanelbulle')
  expect(printer.mechanism.papers).toHaveLength(1)
})

test('a print that broke off is asked about, and comes again marked COPY when somebody says so', async ({
  page,
  printer,
  printingTill,
}) => {
  const register = await RegisterScreen.open(page, printingTill.address)
  await printer.changeNetwork({ closesAfterBytes: 300 })
  await register.add('Kanelbulle')
  await page.keyboard.press('+')
  await page.getByRole('button', { name: 'Printer: Look' }).click({ timeout: 30_000 })
  await printer.changeNetwork({ closesAfterBytes: null })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Receipt 1: is the paper complete?')
  await dialog.getByRole('button', { name: 'Print again, marked COPY' }).click()
  await expect.poll(() => textOf(printer), { timeout: 20_000 }).toContain('COPY')
})

test('the customer sees the rows, the sticker to scan, and the thanks with the change', async ({
  page,
  context,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  const opened = context.waitForEvent('page')
  await register.choose('Open customer display')
  const display = await opened
  await expect(display.getByRole('heading', { name: 'Welcome' })).toBeVisible()
  await expect(display.getByText('SANDBOX')).toBeVisible()
  await page.bringToFront()
  await register.prepareSeqr()
  await register.add('Kanelbulle')
  await expect(display.getByText('Kanelbulle')).toBeVisible()
  await expect(display.getByRole('status')).toContainText('34.00')
  await register.startSeqr()
  await expect(display.getByRole('heading', { name: 'Scan the sticker with your phone' })).toBeVisible()
  await expect(display.getByRole('status')).toContainText(practiceSticker)
  await register.payment.getByRole('button', { name: 'Cancel', exact: true }).click()
  await register.ends('Canceled')
  await register.backToReceipt()
  await expect(display.getByText('Kanelbulle')).toBeVisible()
  await page.keyboard.press('F9')
  await page.getByRole('dialog', { name: 'Cash' }).getByRole('textbox').fill('50')
  await page.getByRole('button', { name: 'Take cash' }).click()
  await expect(display.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await expect(display.getByRole('status')).toContainText('16.00')
  await expect(display.locator('body')).not.toContainText('Alva')
})

test('the scan test shows kind and AIM identifier of what is scanned, and sells nothing', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('Devices')
  const { scanTest } = new DevicesScreen(page)
  const practice = await PracticeDevices.open(page)
  await practice.scan('991308500305')
  await expect(scanTest.getByRole('row').nth(1)).toContainText('991308500305Code 128]C0Practice scanner')
  await practice.scan('HTTP://SEQR.SE/R12345')
  await expect(scanTest.getByRole('row').nth(1)).toContainText('QR]Q1')
  await practice.scan('991308500305', false)
  await expect(scanTest).toContainText('cannot tell a payment slip from an article')
  await register.scan('7310865004703')
  await expect(scanTest.getByRole('row').nth(1)).toContainText('7310865004703')
  await expect(scanTest.getByRole('row').nth(1)).toContainText('Keyboard')
})

test('a keyboard scanner as delivered types on a US keyboard: set so, it is read by where its keys are', async ({
  page,
  till,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('Devices')
  const devices = new DevicesScreen(page)
  const newest = devices.scanTest.getByRole('row').nth(1)
  const keyboard = await keyboardOf(page)
  // What a Swedish keyboard makes of the keys for SEQR:/-
  const letters = scan('SEQR')
    .slice(0, 4)
    .map((stroke) => ({ ...stroke, shift: true }))
  const keys = [...letters, ...swedishKeys, { key: 'Enter', gapMs: 4 }]
  await keyboard.strike(keys)
  await expect(newest).toContainText('SEQRÖ-+')
  await devices.card('Scanners').getByLabel('Keyboard it types on').selectOption('US, as delivered')
  await register.typePin(practicePin.administrator)
  await expect(page.getByText('Saved, and in use at once.')).toBeVisible()
  await (await keyboardOf(page)).strike(keys)
  await expect(newest).toContainText('SEQR:/-')
})

test('a newcomer tries a slip: the practice scanner reads one that a customer brought, and the till verifies it', async ({
  page,
  till,
}) => {
  await RegisterScreen.open(page, till.address)
  const practice = await PracticeDevices.open(page)
  await practice.press('A customer’s slip')
  const dialog = page.getByRole('dialog', { name: 'Payment slip' })
  await expect(dialog).toContainText('Test Merchant')
  await dialog.getByRole('button', { name: 'Add to receipt' }).click()
  await expect(page.getByRole('listbox', { name: 'Receipt' })).toContainText('Test Merchant')
})

test('practice devices: a scan sells, the drawer opens without paper, a new roll brings the receipt, whose code opens it', async ({
  page,
  till,
}) => {
  await RegisterScreen.open(page, till.address)
  const practice = await PracticeDevices.open(page)
  await practice.press('Kvällstidning')
  await expect(page.getByRole('listbox', { name: 'Receipt' })).toContainText('Kvällstidning')
  await practice.press('Out of paper')
  await page.getByRole('listbox', { name: 'Receipt' }).click()
  await page.keyboard.press('+')
  await expect(page.getByText('The printer is out of paper')).toBeVisible()
  await expect(practice.panel).toContainText('Drawer: Open')
  await practice.press('New roll')
  await expect(practice.panel.getByRole('region', { name: 'Paper in the printer' })).toContainText(
    'Kvällstidning',
    { timeout: 20_000 },
  )
  await practice.press('Receipt 1')
  await expect(page.getByRole('heading', { name: 'Refund', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'All: Kvällstidning' })).toBeVisible()
})

test('an administrator chooses a printer while the till works, and tests it', async ({
  page,
  till,
  printer,
}) => {
  const register = await RegisterScreen.open(page, till.address)
  await register.choose('Devices')
  const card = new DevicesScreen(page).card('Receipt printer')
  await expect(card).toContainText('Practice printer')
  await card.getByRole('textbox', { name: 'Address' }).fill(`tcp://127.0.0.1:${printer.port}`)
  await card
    .getByRole('combobox', { name: 'Model' })
    .selectOption({ label: 'ESC/POS, 80 mm (48 characters on a line)' })
  await card.getByRole('button', { name: 'Save' }).click()
  await register.typePin(practicePin.administrator)
  await expect(card).toContainText(`tcp://127.0.0.1:${printer.port}: Ready`)
  await card.getByRole('button', { name: 'Test print' }).click()
  await expect.poll(() => textOf(printer)).toContain('Test print')
  expect(printer.mechanism.papers.flatMap(({ faults }) => faults)).toEqual([])
})
