/** What an entry of the receipt file tells of. The words for each stand in app/words. */
export type JournalKind =
  | 'programStarted'
  | 'programStopped'
  /** The till goes on from a backup: what came after it is not in this file. */
  | 'restored'
  | 'sale'
  | 'refund'
  | 'receiptCanceled'
  | 'seqrPayment'
  | 'seqrRefund'
  | 'reservation'
  | 'settledByHand'
  /** Two of the amounts asked, sent, echoed and booked did not agree. */
  | 'amountDifference'
  | 'slip'
  | 'shiftOpened'
  | 'shiftClosed'
  | 'cashMovement'
  | 'drawerCounted'
  | 'xReport'
  | 'zReport'
  | 'reconciliation'
  | 'priceOverride'
  | 'drawerOpened'
  | 'copyPrinted'
  | 'terminal'
  | 'audit'

/** The kinds that use up a receipt number: among them the numbers follow each other without a gap. */
export const numberedKinds: ReadonlySet<JournalKind> = new Set(['sale', 'refund'])
