import type { Row } from './receipt.ts'
import { newReceipt } from './receipt.ts'
import type { Circumstances } from './rules.ts'

/** A row for tests: one piece of something with 25 % VAT. */
export function someRow(change: Partial<Row> = {}): Row {
  return {
    id: 'row-1',
    kind: 'article',
    articleId: 'coffee',
    code: null,
    name: 'Coffee',
    quantityThousandths: 1000,
    unit: 'pcs',
    unitDecimals: 0,
    unitPriceMinor: 2500,
    listPriceMinor: null,
    vatBasisPoints: 2500,
    discount: null,
    note: '',
    slip: null,
    refundOfRowId: null,
    ...change,
  }
}

/** An open receipt for tests, in SEK. */
export function someReceipt(...rows: readonly Row[]) {
  const cashier = { id: 'alva', name: 'Alva' }
  return newReceipt({ id: 'receipt-1', currency: 'SEK', cashier, shiftId: 'shift-1', openedAtMs: 0, rows })
}

/** A SEQR tender as the paid event books it. */
export function seqrTender(amountMinor: number) {
  return {
    id: `seqr-${amountMinor}`,
    kind: 'seqr',
    amountMinor,
    paymentId: 'payment-1',
    ersReference: '2012050100000000000000001',
    atMs: 1,
    settledByHand: false,
  } as const
}

export const someMarks = { cash: { id: 'cash-1', atMs: 1 }, change: { id: 'change-1', atMs: 1 } }

/** A till on which nothing stands in the way of anything. */
export const calm: Circumstances = {
  signedIn: true,
  shiftOpen: true,
  openPayments: 0,
  stickerBusy: false,
  terminalRegistered: true,
  seqrIdAssigned: true,
  seqrOnline: true,
  diskFull: false,
  confirmedSlips: 0,
  staleSlips: 0,
  slipsReady: true,
}
