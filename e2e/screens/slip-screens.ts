import { type Locator, type Page, expect } from '@playwright/test'
import { RegisterScreen } from './register-screen.ts'

/** 7-CONNECT as cashier and administrator see it: the slip's dialog, and the screen of slips. */
export class SlipScreens extends RegisterScreen {
  readonly dialog: Locator
  readonly table: Locator
  readonly work: Locator

  constructor(page: Page) {
    super(page)
    this.dialog = page.getByRole('dialog', { name: /^Payment slip/ })
    this.table = page.getByRole('table')
    this.work = page.getByRole('region', { name: 'To look at' })
  }

  static override async open(page: Page, address: string): Promise<SlipScreens> {
    await RegisterScreen.open(page, address)
    // A scan that comes before the window knows its till is not for anything yet.
    await expect(page.locator('[data-connection="up"]')).toBeVisible()
    return new SlipScreens(page)
  }

  /** F12 and the reference, as a cashier types it. */
  async typeSlip(payId: string): Promise<void> {
    await this.page.keyboard.press('F12')
    await this.dialog.getByRole('textbox', { name: 'Reference' }).fill(payId)
    await this.page.keyboard.press('Enter')
  }

  async mayBePaid(): Promise<void> {
    await expect(this.dialog.getByText('The slip may be paid')).toBeVisible()
  }

  async addToReceipt(): Promise<void> {
    await this.mayBePaid()
    await this.dialog.getByRole('button', { name: 'Add to receipt' }).click()
    await expect(this.dialog).toBeHidden()
  }

  async payCash(given: string): Promise<void> {
    await this.page.keyboard.press('F9')
    const cash = this.page.getByRole('dialog', { name: 'Cash' })
    await cash.getByRole('textbox').fill(given)
    await cash.getByRole('button', { name: 'Take cash' }).click()
    await expect(cash).toBeHidden()
  }

  async openSlips(): Promise<void> {
    await this.choose('Payment slips')
    await expect(this.page.getByRole('heading', { name: 'Payment slips', exact: true })).toBeVisible()
  }

  row(reference: string): Locator {
    return this.table.getByRole('row', { name: new RegExp(reference) })
  }
}

/** `9913-0850-0305` */
export function hyphenated(payId: string): string {
  return payId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3')
}
