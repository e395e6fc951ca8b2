import { type Page, expect } from '@playwright/test'

/** The buyer's practice phone. */
export class Phone {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async open(page: Page, address: string): Promise<Phone> {
    await page.goto(address)
    return new Phone(page)
  }

  async scan(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'SEQR ID or QR text' }).fill(text)
    await this.page.getByRole('button', { name: 'Scan', exact: true }).click()
  }

  async confirm(pin = '1111'): Promise<void> {
    await this.page.getByRole('textbox', { name: 'PIN' }).fill(pin)
    await this.page.getByRole('button', { name: 'Confirm' }).click()
  }

  async decline(): Promise<void> {
    await this.page.getByRole('button', { name: 'Decline' }).click()
  }

  async shows(heading: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: heading })).toBeVisible()
  }
}
