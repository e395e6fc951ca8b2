/** A shift's money: what the drawer must hold, and what X and Z reports say. Amounts in minor units. */
import type { Currency } from './money.ts'
import type { Tender, VatLine } from './receipt.ts'

/** Where the cash in the drawer has come from and gone to. What left the drawer is zero or below. */
export interface DrawerAccount {
  readonly floatMinor: number
  /** Handed over by customers on sales. */
  readonly takenMinor: number
  /** Given back to them as change. */
  readonly changeMinor: number
  /** Given back on refund receipts. */
  readonly refundedMinor: number
  /** Part payments on receipts that are not finished. */
  readonly unfinishedMinor: number
  readonly inMinor: number
  readonly outMinor: number
  /** Brought to the safe. */
  readonly dropMinor: number
  /** Cash of 7-CONNECT slips that stands on no receipt. */
  readonly slipsMinor: number
}

export type DrawerLine = keyof DrawerAccount

/** The lines of the account in the order of every report. */
export const drawerLines: readonly DrawerLine[] = [
  'floatMinor',
  'takenMinor',
  'changeMinor',
  'refundedMinor',
  'unfinishedMinor',
  'inMinor',
  'outMinor',
  'dropMinor',
  'slipsMinor',
]

/** What must lie in the drawer: every line of its account, and nothing else. */
export function expectedCash(account: DrawerAccount): number {
  return drawerLines.reduce((sum, line) => sum + account[line], 0)
}

/** So many notes or coins of one value. */
export interface Pieces {
  readonly valueMinor: number
  readonly count: number
}

export function countedCash(pieces: readonly Pieces[]): number {
  return pieces.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0)
}

/** Cash put into the drawer, taken out of it, or brought to the safe. The amount is above zero. */
export interface CashMove {
  readonly kind: 'in' | 'out' | 'drop'
  readonly amountMinor: number
  readonly reason: string
  readonly by: string
  readonly atMs: number
}

/** The moves as lines of the drawer's account. */
export function movedCash(
  moves: readonly CashMove[],
): Pick<DrawerAccount, 'inMinor' | 'outMinor' | 'dropMinor'> {
  const sum = (kind: CashMove['kind']) =>
    moves.reduce((total, move) => (move.kind === kind ? total + move.amountMinor : total), 0)
  return { inMinor: sum('in'), outMinor: 0 - sum('out'), dropMinor: 0 - sum('drop') }
}

export interface TenderSum {
  readonly kind: Tender['kind']
  readonly name: string
  readonly count: number
  readonly amountMinor: number
}

/** What was sold in a shift. Slips are another's money and stand outside turnover and VAT. */
export interface ShiftSales {
  readonly sales: number
  readonly refunds: number
  readonly canceled: number
  readonly firstNumber: number | null
  readonly lastNumber: number | null
  readonly soldMinor: number
  /** Zero or below. */
  readonly returnedMinor: number
  readonly slipsMinor: number
  readonly discountMinor: number
  readonly roundingMinor: number
  readonly vat: readonly VatLine[]
  readonly tenders: readonly TenderSum[]
}

/** The account of the shift's 7-CONNECT slips, as they stand when the report is made. */
export interface SlipAccount {
  readonly count: number
  readonly takenMinor: number
  /** Acknowledged by the merchant: only this is settled. */
  readonly postedMinor: number
  /** The server has it, the merchant has not acknowledged it. */
  readonly paidMinor: number
  /** Not confirmed, or for a person to look at. */
  readonly openMinor: number
  /** Given back since; it left the drawer as a cash movement. */
  readonly givenBackMinor: number
}

/** How many receipt numbers of the shift have no receipt. Anything but 0 is damage and stands on the report. */
export function missingNumbers({ firstNumber, lastNumber, sales, refunds }: ShiftSales): number {
  if (firstNumber === null || lastNumber === null) return 0
  return lastNumber - firstNumber + 1 - sales - refunds
}

/** Does every minor unit have its place: tenders pay for what was sold, and VAT covers all of the turnover? */
export function salesAddUp(sales: ShiftSales): boolean {
  const paid = sales.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const turnover = sales.soldMinor + sales.returnedMinor
  const taxed = sales.vat.reduce((sum, { netMinor, vatMinor }) => sum + netMinor + vatMinor, 0)
  return paid === turnover + sales.slipsMinor + sales.roundingMinor && taxed === turnover
}

/** A SEQR payment or refund that an administrator has decided on, because the service gave no answer. */
export interface HandSettlement {
  readonly as: 'paid' | 'notPaid' | 'refunded' | 'notRefunded'
  /** Below zero for a refund. */
  readonly amountMinor: number
  readonly reason: string
  readonly by: string
  readonly atMs: number
}

/** Refunds that are not finished: nothing of them is in any sum. */
export interface OpenRefunds {
  /** Sent to SEQR without an answer: it is not known whether the customer has the money. */
  readonly uncertain: { readonly count: number; readonly amountMinor: number }
  /** Those that wait for a person: SEQR refused them or could not be reached, and a way to give back has to be chosen. */
  readonly stuck: number
}

/** An X report, which changes nothing, or the Z report that closes a shift. */
export interface ShiftReport {
  readonly kind: 'x' | 'z'
  /** Gap-free within its kind. */
  readonly number: number
  readonly atMs: number
  /** A person's name. */
  readonly by: string
  readonly currency: Currency
  readonly shift: {
    readonly id: string
    readonly number: number
    readonly openedAtMs: number
    readonly openedBy: string
  }
  readonly sales: ShiftSales
  /** Left out of reports that were made before the till kept it. */
  readonly slips?: SlipAccount
  readonly drawer: DrawerAccount
  readonly moves: readonly CashMove[]
  readonly expectedMinor: number
  /** Null on an X report. */
  readonly counted: DrawerCount | null
  readonly drawerOpenings: number
  readonly copies: number
  readonly priceOverrides: number
  readonly settledByHand: readonly HandSettlement[]
  /** Preliminary SEQR payments that are held now. */
  readonly reserved: { readonly count: number; readonly amountMinor: number }
  /** Left out of reports that were made before the till kept it. */
  readonly refunds?: OpenRefunds
  /** What has not reached a service yet. */
  readonly unsent: { readonly waiting: number; readonly needPerson: number }
  /** Parked receipts, which go on in the next shift. */
  readonly parked: number
  /** Since the till's first receipt. */
  readonly grand: { readonly soldMinor: number; readonly returnedMinor: number }
  /**
   * The part of the journal that the report covers, from where the last Z report ended; the hash is that of its last
   * entry.
   */
  readonly journal: { readonly fromSeq: number; readonly toSeq: number; readonly hash: string }
}

export interface DrawerCount {
  readonly countedMinor: number
  readonly pieces: readonly Pieces[]
  /** 1 when it was counted once. */
  readonly counts: number
}

/** What was counted less what should be there: below zero when cash is missing. Null while nothing was counted. */
export function differenceOf({ counted, expectedMinor }: ShiftReport): number | null {
  return counted === null ? null : counted.countedMinor - expectedMinor
}
