import type { QuitWords } from '../contract/program.ts'
import type { ShopSettings } from '../domain/shop.ts'

/** What the till itself has to say, outside of any screen: its warnings, and what stands in a dialog of the system. */
export interface MachineWords {
  readonly practicePins: string
  readonly noKeychain: string
  readonly currencyKept: (asked: string, kept: string) => string
  readonly unreadable: (names: readonly string[]) => string
  readonly noBackup: (detail: string) => string
  readonly openPayment: (amount: string) => string
  readonly openRefund: (amount: string) => string
  readonly openSlip: (payId: string) => string
  readonly quit: QuitWords
}

export const machineWords: Readonly<Record<ShopSettings['language'], MachineWords>> = {
  en: {
    practicePins:
      'The practice people can still sign in with the PINs that everybody knows. Give them others under People, or take them away.',
    noKeychain:
      'This system has no keychain that is unlocked. Passwords are kept under a key file in the data folder instead: keep other people out of this user account.',
    currencyKept: (asked, kept) =>
      `KASSA_CURRENCY asks for ${asked}, but this till has amounts in ${kept} and keeps it. Another currency needs a till with a data folder of its own.`,
    unreadable: (names) =>
      `Passwords of this till cannot be read here (${names.join(', ')}). Start the program that kept them and choose to prepare the data for the kiosk, or enter them again.`,
    noBackup: (detail) => `The last backup was not made: ${detail}`,
    openPayment: (amount) => `A SEQR payment of ${amount} has no answer yet.`,
    openRefund: (amount) => `A SEQR refund of ${amount} has no answer yet.`,
    openSlip: (payId) => `The payment slip ${payId} is paid and not confirmed yet.`,
    quit: {
      message: 'Money is open',
      next: 'If you end now, the register asks for the outcome at its next start.',
      stay: 'Stay',
      end: 'End all the same',
    },
  },
  sv: {
    practicePins:
      'Övningens personer kan fortfarande logga in med PIN-koder som alla känner till. Ge dem andra under Personer, eller ta bort dem.',
    noKeychain:
      'Systemet har ingen upplåst nyckelring. Lösenorden förvaras i stället med en nyckelfil i datamappen: släpp inte in andra i det här användarkontot.',
    currencyKept: (asked, kept) =>
      `KASSA_CURRENCY begär ${asked}, men kassan har belopp i ${kept} och behåller den valutan. En annan valuta kräver en kassa med en egen datamapp.`,
    unreadable: (names) =>
      `Kassans lösenord kan inte läsas här (${names.join(', ')}). Starta programmet som sparade dem och välj att förbereda för kiosken, eller skriv in dem igen.`,
    noBackup: (detail) => `Den senaste säkerhetskopian blev inte av: ${detail}`,
    openPayment: (amount) => `En SEQR-betalning på ${amount} har inte fått svar än.`,
    openRefund: (amount) => `En SEQR-återbetalning på ${amount} har inte fått svar än.`,
    openSlip: (payId) => `Slipen ${payId} är betald men inte bekräftad än.`,
    quit: {
      message: 'Pengar är på väg',
      next: 'Avslutar du nu frågar kassan efter utfallet vid nästa start.',
      stay: 'Stanna kvar',
      end: 'Avsluta ändå',
    },
  },
}
