import type { Merchant, Store } from './book-types.ts'

/** The store that a till in sandbox mode is set up as. */
export const demoStore: Store = {
  storeID: '0189',
  name: 'Kassa Demo Store',
  storeKey: '0f3a5c1d9b7e42868a1c3e5f7092b4d6',
}

/** Merchant accounts to try with. The first one's key is the sample key of the public guide. */
export const demoAccounts = [
  account(
    'testmerchant',
    'Test Merchant',
    '628e936f45884030ac1f34bcde9c28efa6ae9c839623b45b8942bd4490e1f05d',
  ),
  account(
    'citypower',
    'City Light & Power',
    '5d1f7c3e9a2b4860b7e5d3c1a9f80462e4c6a8b0d2f4163857a9cbed0f213243',
  ),
  account(
    'seattickets',
    'Front Row Tickets',
    '9b8a7c6d5e4f30211203f4e5d6c7b8a9908172635445362718a9b0c1d2e3f405',
    {
      validates: false,
    },
  ),
  account('webshop', 'Island Webshop', '31415926535897932384626433832795028841971693993751058209749445923', {
    retries: false,
  }),
]

export const demoDescriptions: Readonly<Record<string, string>> = {
  testmerchant: 'Order of a sample article',
  citypower: 'Electricity bill, account 0708535737',
  seattickets: 'Concert, two seats, row F',
  webshop: 'Order 1184: rice cooker, free delivery',
}

type Account = Omit<Merchant, 'endpoint'>

function account(
  merchantID: string,
  name: string,
  transactionKey: string,
  unlike: Partial<Account> = {},
): Account {
  const usual = { validates: true, retries: true, currency: 'PHP', expiryMinutes: 2880 } as const
  return { merchantID, name, transactionKey, ...usual, ...unlike }
}
