import type { SlipPaperWords } from '../domain/slip-paper.ts'
import type { ShopSettings } from '../domain/shop.ts'
import { numerals } from './numerals.ts'

/** What stands on the papers of 7-CONNECT slips, by the shop's language. */
export const slipPaperWords: Readonly<Record<ShopSettings['language'], SlipPaperWords>> = {
  en: {
    numerals: numerals.en,
    slip: 'Payment slip',
    paid: 'PAID',
    willBeConfirmed: 'WILL BE CONFIRMED',
    willBeConfirmedLong:
      'The till sends the confirmation until the merchant has it. Keep this paper: the money is accounted for.',
    needsPerson: 'The store is looking into it.',
    declined: 'NOT ACCEPTED',
    declinedLong: 'The merchant has not accepted this payment. The cash is given back against this paper.',
    givenBack: 'CASH GIVEN BACK',
    signature: 'Received by',
    reference: 'Reference',
    merchant: 'Merchant',
    merchantRef: 'Merchant ref.',
    amount: 'Amount',
    paidInCash: 'Cash',
    authCode: 'Auth code',
    authCodeLater: 'The merchant sends its auth code later. Keep this paper until then.',
    receipt: 'Receipt',
    taken: 'Taken',
    expires: 'Pay before',
    noExpiry: 'No last day is known',
    description: 'For',
    toPay: 'TO BE PAID IN CASH',
    steps: [
      '1. Take this slip to a counter that accepts 7-CONNECT.',
      '2. The cashier scans the bar code or types the reference.',
      '3. Pay the amount in cash and keep the receipt.',
    ],
  },
  sv: {
    numerals: numerals.sv,
    slip: 'Betalslip',
    paid: 'BETALD',
    willBeConfirmed: 'BEKRÄFTAS SENARE',
    willBeConfirmedLong:
      'Kassan skickar bekräftelsen tills mottagaren har den. Spara papperet: pengarna är bokförda.',
    needsPerson: 'Butiken tar hand om det.',
    declined: 'INTE GODKÄND',
    declinedLong: 'Mottagaren har inte godkänt betalningen. Kontanterna lämnas tillbaka mot detta papper.',
    givenBack: 'KONTANTER TILLBAKA',
    signature: 'Mottaget av',
    reference: 'Referens',
    merchant: 'Mottagare',
    merchantRef: 'Mottagarens ref.',
    amount: 'Belopp',
    paidInCash: 'Kontant',
    authCode: 'Bekräftelsekod',
    authCodeLater: 'Mottagarens bekräftelsekod kommer senare. Spara papperet till dess.',
    receipt: 'Kvitto',
    taken: 'Mottaget',
    expires: 'Betalas före',
    noExpiry: 'Ingen sista dag är känd',
    description: 'Avser',
    toPay: 'BETALAS KONTANT',
    steps: [
      '1. Ta slipen till en kassa som tar emot 7-CONNECT.',
      '2. Kassören skannar streckkoden eller skriver referensen.',
      '3. Betala beloppet kontant och spara kvittot.',
    ],
  },
}
