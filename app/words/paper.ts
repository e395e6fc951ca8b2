import type { BalancingWords } from '../domain/receipt-invoice.ts'
import type { PaperWords } from '../domain/receipt-paper.ts'
import type { ShopSettings } from '../domain/shop.ts'
import { numerals } from './numerals.ts'

type Language = ShopSettings['language']

/** What stands on printed papers, by the shop's language. */
export const paperWords: Readonly<Record<Language, PaperWords>> = {
  en: {
    numerals: { ...numerals.en, percentSign: '%' },
    receipt: 'Receipt',
    refundReceipt: 'Refund receipt',
    copy: 'COPY',
    practice: 'PRACTICE, NOT A RECEIPT',
    cashier: 'Cashier',
    till: 'Till',
    total: 'Total',
    discount: 'Discount',
    rounding: 'Rounding',
    cash: 'Cash',
    change: 'Change',
    seqrPayment: 'SEQR payment',
    seqrRefund: 'SEQR refund',
    reference: 'Ref.',
    settledByHand: 'Settled by hand',
    vatRate: 'VAT',
    vatNet: 'Net',
    vatTax: 'Tax',
    vatGross: 'Gross',
    refundOf: 'Refund of receipt',
    listPrice: 'Ordinary price',
    slipsForOthers: 'Received for others',
    slipProof: 'Confirmation on a paper of its own',
  },
  sv: {
    numerals: numerals.sv,
    receipt: 'Kvitto',
    refundReceipt: 'Returkvitto',
    copy: 'KOPIA',
    practice: 'ÖVNING, EJ KVITTO',
    cashier: 'Kassör',
    till: 'Kassa',
    total: 'Totalt',
    discount: 'Rabatt',
    rounding: 'Avrundning',
    cash: 'Kontant',
    change: 'Växel',
    seqrPayment: 'SEQR-betalning',
    seqrRefund: 'SEQR-återbetalning',
    reference: 'Ref.',
    settledByHand: 'Avgjord för hand',
    vatRate: 'Moms',
    vatNet: 'Netto',
    vatTax: 'Moms',
    vatGross: 'Brutto',
    refundOf: 'Retur av kvitto',
    listPrice: 'Ordinarie pris',
    slipsForOthers: 'Mottaget för andra',
    slipProof: 'Bekräftelse på eget papper',
  },
}

/** What stands on the buyer's phone beside the articles. */
export const invoiceWords: Readonly<Record<Language, BalancingWords & { readonly title: string }>> = {
  en: {
    title: 'Receipt',
    otherPayments: 'Other payments',
    cashBack: 'Cash back',
    toReserve: 'Amount to reserve',
  },
  sv: {
    title: 'Kvitto',
    otherPayments: 'Andra betalningar',
    cashBack: 'Kontant tillbaka',
    toReserve: 'Belopp att reservera',
  },
}
