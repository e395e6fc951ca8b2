import { type Locator, type Page, expect } from '@playwright/test'

/** The set-up page of the devices. */
export class DevicesScreen {
  readonly page: Page
  readonly scanTest: Locator

  constructor(page: Page) {
    this.page = page
    this.scanTest = page.getByRole('region', { name: 'Scan test' })
  }

  card(name: string): Locator {
    return this.page.getByRole('region', { name })
  }
}

/** Scanner, printer and drawer of the practice till, beside the screen. */
export class PracticeDevices {
  readonly panel: Locator

  constructor(page: Page) {
    this.panel = page.getByRole('complementary', { name: 'Practice devices' })
  }

  static async open(page: Page): Promise<PracticeDevices> {
    await page.getByRole('button', { name: /^Practice devices/ }).click()
    const devices = new PracticeDevices(page)
    await expect(devices.panel).toBeVisible()
    return devices
  }

  async scan(code: string, withAim = true): Promise<void> {
    await this.panel.getByRole('checkbox', { name: 'Send the AIM identifier' }).setChecked(withAim)
    await this.panel.getByRole('textbox', { name: 'Code to scan' }).fill(code)
    await this.panel.getByRole('button', { name: 'Scan', exact: true }).click()
  }

  async press(name: string): Promise<void> {
    await this.panel.getByRole('button', { name, exact: true }).click()
  }
}
