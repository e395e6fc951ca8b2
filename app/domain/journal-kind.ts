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

/** What happened, where an entry's kind alone does not say it. The words for each stand in app/words. */
export const journalActs = [
  // of a terminal
  'registered',
  'unregistered',
  'forgotten',
  'seqrIdAssigned',
  // of a reservation
  'reserved',
  'completing',
  'taken',
  'released',
  'lapsed',
  'failed',
  // of a cash movement
  'in',
  'out',
  'drop',
  // of a settlement by hand
  'paid',
  'notPaid',
  'refunded',
  'notRefunded',
] as const

export type JournalAct = (typeof journalActs)[number]

/** Null for what is none. */
export function journalActOf(text: unknown): JournalAct | null {
  return journalActs.find((act) => act === text) ?? null
}
