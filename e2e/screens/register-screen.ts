import { type Locator, type Page, expect } from '@playwright/test'
import { keyboardOf, scan } from './keyboard.ts'
import { Phone } from './phone.ts'

export const practicePin = { cashier: '1111', administrator: '1234' }
export const practiceSticker = '004610027501'

/** The register's window, as a cashier and an administrator use it. */
export class RegisterScreen {
  readonly page: Page
  readonly payment: Locator
  readonly receipt: Locator
  readonly total: Locator
  readonly paper: Locator

  constructor(page: Page) {
    this.page = page
    this.payment = page.getByRole('dialog', { name: 'SEQR payment' })
    this.receipt = page.getByRole('listbox', { name: 'Receipt' })
    this.total = page.getByRole('status', { name: 'Total' })
    this.paper = page.getByRole('dialog').getByRole('region', { name: 'What the paper looks like' })
  }

  /** Opens the register and fails the spec on any error in the browser's console. */
  static async open(page: Page, address: string): Promise<RegisterScreen> {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(address)
    const screen = new RegisterScreen(page)
    await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible()
    return screen
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  async choose(item: string): Promise<void> {
    await this.button('Menu').click()
    await this.page
      .getByRole('dialog', { name: 'Menu' })
      .getByRole('button', { name: item, exact: true })
      .click()
  }

  async typePin(pin: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Administrator PIN' })
    await dialog.getByRole('textbox').fill(pin)
    await dialog.getByRole('button', { name: /^Unlock/ }).click()
    await expect(dialog).toBeHidden()
  }

  /** Register SEQR terminal, as suggested. */
  async registerTerminal(pin = practicePin.administrator): Promise<void> {
    await this.choose('Register SEQR terminal')
    await this.typePin(pin)
    const dialog = this.page.getByRole('dialog', { name: 'Register SEQR terminal' })
    await dialog.getByRole('button', { name: 'Register', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  /** SEQR ID registration, from wherever the register is. */
  async assignSeqrId(text: string): Promise<void> {
    const heading = this.page.getByRole('heading', { name: 'SEQR ID registration' })
    if (!(await heading.isVisible())) await this.choose('SEQR ID registration')
    await this.page.getByRole('textbox', { name: 'SEQR ID' }).fill(text)
    await this.button('Assign').click()
  }

  /** A till that is ready for SEQR, back on the sale screen. */
  async prepareSeqr(pin = practicePin.administrator): Promise<void> {
    await this.registerTerminal(pin)
    await this.assignSeqrId(practiceSticker)
    await expect(this.page.getByText(`SEQR ID ${practiceSticker} belongs to this till now.`)).toBeVisible()
    await this.button('Sale').click()
  }

  async add(article: string): Promise<void> {
    const tiles = this.page.getByRole('listbox', { name: 'Articles' })
    await tiles.getByRole('option', { name: new RegExp(`^${article}`) }).click()
    await expect(this.receipt.getByRole('option', { name: new RegExp(article) })).toBeVisible()
  }

  /** A bar code as a keyboard scanner types it, wherever the focus is. */
  async scan(code: string): Promise<void> {
    const keyboard = await keyboardOf(this.page)
    await keyboard.strike(scan(code))
    await keyboard.caughtUp()
  }

  /** Opens the SEQR dialog; with an amount, types it over what is filled in. */
  async startSeqr(amount?: string): Promise<void> {
    await this.button('SEQR').click()
    if (amount !== undefined) await this.payment.getByRole('textbox').fill(amount)
    await this.payment.getByRole('button', { name: 'Pay', exact: true }).click()
    await this.awaitsCustomer()
  }

  async awaitsCustomer(): Promise<void> {
    await expect(this.payment.getByRole('heading', { name: 'Await customer' })).toBeVisible()
  }

  async showsPaid(): Promise<void> {
    await expect(this.payment.getByRole('heading', { name: 'Paid' })).toBeVisible()
  }

  async ends(heading: string): Promise<void> {
    await expect(this.payment.getByRole('heading', { name: heading, exact: true })).toBeVisible()
  }

  async backToReceipt(): Promise<void> {
    await this.payment.getByRole('button', { name: 'Back to the receipt' }).click()
    await expect(this.payment).toBeHidden()
  }

  /** The whole SEQR payment of what is left or of the amount, up to Paid: the customer's phone scans and confirms. */
  async payBySeqr(phone: Phone, amount?: string): Promise<void> {
    await this.startSeqr(amount)
    await phone.scan(practiceSticker)
    await phone.confirm()
    await this.showsPaid()
  }

  async nextCustomer(): Promise<void> {
    await this.payment.getByRole('button', { name: 'Next customer' }).click()
    await expect(this.payment).toBeHidden()
  }

  /** The practice phone, by the link in the status bar. */
  async openPhone(): Promise<Phone> {
    const href = await this.page.getByRole('link', { name: /practice phone/ }).getAttribute('href')
    return Phone.open(await this.page.context().newPage(), href ?? '')
  }

  /** The first screen of a till that is not the practice one. */
  async createAdministrator(name: string, pin: string): Promise<void> {
    await expect(this.page.getByRole('textbox', { name: 'Name' })).toBeFocused()
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name)
    await this.page.getByRole('textbox', { name: /^PIN \(/ }).fill(pin)
    await this.page.getByRole('textbox', { name: 'PIN once more' }).fill(pin)
    await this.button('Create administrator').click()
    await expect(this.page.getByRole('dialog', { name: 'Open shift' })).toBeVisible()
  }

  /** Whoever signs in while no shift is open is asked for the float. */
  async openShift(float: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Open shift' })
    await dialog.getByRole('textbox').fill(float)
    await dialog.getByRole('button', { name: 'Open shift', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async signIn(name: string, pin: string): Promise<void> {
    await this.button(name).click()
    await this.page.getByRole('textbox').fill(pin)
    await this.page.keyboard.press('Enter')
  }
}
