import { type Locator, expect } from '@playwright/test'
import type { RegisterScreen } from './register-screen.ts'

/** The shift: opening, cash in and out, reports, and the close. */
export class DayScreen {
  readonly register: RegisterScreen

  constructor(register: RegisterScreen) {
    this.register = register
  }

  dialog(name: string | RegExp): Locator {
    return this.register.page.getByRole('dialog', { name })
  }

  async toShift(): Promise<void> {
    await this.register.choose('Shift')
    await expect(this.register.page.getByRole('heading', { name: 'Shift', exact: true })).toBeVisible()
  }

  async moveCash(
    what: 'Cash in' | 'Cash out' | 'To the safe',
    amount: string,
    reason: string,
  ): Promise<void> {
    await this.register.button(what).click()
    const dialog = this.dialog(what)
    await dialog.getByRole('textbox', { name: 'Amount' }).fill(amount)
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await dialog.getByRole('button', { name: what, exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  /** Makes an X report and gives its paper. */
  async xReport(): Promise<string> {
    await this.register.button('X report').click()
    const dialog = this.dialog(/^X report/)
    const text = (await dialog.getByRole('region').textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()
    return text
  }

  async toClose(): Promise<void> {
    await this.register.button('Close shift').click()
    await expect(this.register.page.getByRole('heading', { name: 'Close shift' })).toBeVisible()
  }

  /** Counts by notes and coins: how many of which. */
  async count(pieces: Readonly<Record<string, number>>): Promise<void> {
    const counting = this.register.page.getByRole('region', { name: 'Count the drawer' })
    for (const [value, count] of Object.entries(pieces))
      await counting.getByRole('textbox', { name: `How many of ${value}`, exact: true }).fill(String(count))
    await counting.getByRole('button', { name: 'Counted: compare' }).click()
    await expect(this.register.button(/^Close and print Z report/)).toBeVisible()
  }

  /** Closes, and gives the Z report's paper. */
  async close(): Promise<string> {
    await this.register.button(/^Close and print Z report/).click()
    const dialog = this.dialog(/^The shift is closed/)
    const text = (await dialog.getByRole('region').textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()
    return text
  }
}
