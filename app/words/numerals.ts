import type { Numerals } from '../domain/numerals.ts'
import type { ShopSettings } from '../domain/shop.ts'

/** How numbers are written for people, by the shop's language. */
export const numerals: Readonly<Record<ShopSettings['language'], Numerals>> = {
  en: { decimalSign: '.', percentSign: '\u00A0%', pieces: 'pcs' },
  sv: { decimalSign: ',', percentSign: '\u00A0%', pieces: 'st' },
}
