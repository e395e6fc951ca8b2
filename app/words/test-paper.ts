import type { TestPaperWords } from '../domain/printer-profile.ts'
import type { ShopSettings } from '../domain/shop.ts'

/** What stands on the test print, by the shop's language. */
export const testPaperWords: Readonly<Record<ShopSettings['language'], TestPaperWords>> = {
  en: {
    title: 'Test print',
    left: 'left',
    center: 'centered',
    right: 'right',
    bold: 'bold',
    double: 'double',
    codePage: 'Code page',
  },
  sv: {
    title: 'Provutskrift',
    left: 'vänster',
    center: 'mitten',
    right: 'höger',
    bold: 'fet',
    double: 'dubbel',
    codePage: 'Teckentabell',
  },
}
