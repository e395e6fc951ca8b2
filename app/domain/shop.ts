import type { Currency } from './money.ts'
import type { PaperColumns } from './printer-profile.ts'

/** A way to pay that the till only records, such as a card on a terminal of its own. */
export interface TenderType {
  readonly id: string
  readonly name: string
  readonly asksReference: boolean
}

/** The shop's own settings: what stands on paper, what may be tendered, how SEQR is used. */
export interface ShopSettings {
  readonly storeName: string
  readonly tillName: string
  /** Address, organisation number and the like: each a line of the receipt. */
  readonly headerLines: readonly string[]
  readonly footerLines: readonly string[]
  readonly currency: Currency
  readonly language: 'en' | 'sv'
  /** IANA name, such as `Europe/Stockholm`: what times on paper and a day's limits are in. */
  readonly timeZone: string
  readonly vatRatesBasisPoints: readonly number[]
  readonly tenderTypes: readonly TenderType[]
  /** How long a preliminary payment is held unless the cashier says otherwise. */
  readonly reservationMinutes: number
  readonly paperColumns: PaperColumns
  /** The cashier counts the drawer without seeing what should be in it. */
  readonly blindCount: boolean
}

/** What a till starts with. */
export const firstShop: ShopSettings = {
  storeName: 'Kassa',
  tillName: '1',
  headerLines: [],
  footerLines: ['Thank you and welcome back'],
  currency: 'SEK',
  language: 'en',
  timeZone: 'Europe/Stockholm',
  vatRatesBasisPoints: [2500, 1200, 600, 0],
  tenderTypes: [
    { id: 'card', name: 'Card', asksReference: false },
    { id: 'voucher', name: 'Gift voucher', asksReference: true },
  ],
  reservationMinutes: 60,
  paperColumns: 42,
  blindCount: true,
}
