/** The changes a receipt goes through. Each gives back a new receipt; whether it may be done is for rules.ts. */
import { changeInCash, roundToCash } from './cash.ts'
import type { Discount, Receipt, Row, Tender } from './receipt.ts'
import { leftToPay, paidOf, totalOf } from './receipt.ts'

/** Adds a row. The same article at the same price, without discount or note, joins the last row's quantity. */
export function withRow(receipt: Receipt, row: Row): Receipt {
  const last = receipt.rows.at(-1)
  if (last === undefined || !joins(last, row)) return { ...receipt, rows: [...receipt.rows, row] }
  const joined = { ...last, quantityThousandths: last.quantityThousandths + row.quantityThousandths }
  return { ...receipt, rows: [...receipt.rows.slice(0, -1), joined] }
}

function joins(last: Row, row: Row): boolean {
  return (
    row.kind === 'article' &&
    last.kind === 'article' &&
    last.articleId === row.articleId &&
    last.unitPriceMinor === row.unitPriceMinor &&
    last.vatBasisPoints === row.vatBasisPoints &&
    row.unitDecimals === 0 &&
    last.discount === null &&
    last.note === '' &&
    last.refundOfRowId === null &&
    row.refundOfRowId === null &&
    Math.sign(last.quantityThousandths) === Math.sign(row.quantityThousandths)
  )
}

/** Changes one row; a receipt without that row comes back as it was. */
export function withChangedRow(receipt: Receipt, rowId: string, change: Partial<Row>): Receipt {
  return { ...receipt, rows: receipt.rows.map((row) => (row.id === rowId ? { ...row, ...change } : row)) }
}

export function withoutRow(receipt: Receipt, rowId: string): Receipt {
  return { ...receipt, rows: receipt.rows.filter((row) => row.id !== rowId) }
}

export function withDiscount(receipt: Receipt, discount: Discount | null): Receipt {
  return { ...receipt, discount }
}

/** A new price by a person; the catalogue's own is remembered for the journal. */
export function withPrice(receipt: Receipt, rowId: string, unitPriceMinor: number): Receipt {
  const row = receipt.rows.find((candidate) => candidate.id === rowId)
  if (row === undefined) return receipt
  const list = row.listPriceMinor ?? row.unitPriceMinor
  return withChangedRow(receipt, rowId, {
    unitPriceMinor,
    listPriceMinor: list === unitPriceMinor ? null : list,
  })
}

interface TenderMark {
  readonly id: string
  readonly atMs: number
}

/** Ids for the tenders that one act may add: what was given, and the change. */
export interface CashMarks {
  readonly cash: TenderMark
  readonly change: TenderMark
}

/**
 * Cash over the counter. Enough of it settles the receipt: the total is rounded to the smallest coin and the change
 * goes back; less than enough stays as a part payment. The total to the minor unit is the total as coins can pay it.
 */
export function withCash(receipt: Receipt, saidMinor: number, marks: CashMarks): Receipt {
  const left = leftToPay(receipt)
  const dueInCash = roundToCash(left, receipt.currency)
  const givenMinor = saidMinor === left ? dueInCash : saidMinor
  if (givenMinor === 0) return evenedOut(receipt, marks.change, 0)
  const paid = withTender(receipt, { ...marks.cash, kind: 'cash', amountMinor: givenMinor })
  if (givenMinor < dueInCash) return paid
  return evenedOut(paid, marks.change, changeInCash(-leftToPay(paid), receipt.currency))
}

/**
 * Gives back in cash what has been paid too much, rounded to the smallest coin; the receipt is then even. So it is where
 * less is left than coins can pay. What has more to pay comes back as it was.
 */
export function withChange(receipt: Receipt, mark: TenderMark): Receipt {
  const backMinor = 0 - roundToCash(leftToPay(receipt), receipt.currency)
  return backMinor >= 0 ? evenedOut(receipt, mark, backMinor) : receipt
}

/** So much goes back; what cash cannot pay or give back is rounding. */
function evenedOut(receipt: Receipt, mark: TenderMark, backMinor: number): Receipt {
  const rounded = { ...receipt, roundingMinor: receipt.roundingMinor - leftToPay(receipt) - backMinor }
  return backMinor === 0 ? rounded : withTender(rounded, { ...mark, kind: 'change', amountMinor: -backMinor })
}

export function withTender(receipt: Receipt, tender: Tender): Receipt {
  return { ...receipt, tenders: [...receipt.tenders, tender] }
}

/** Takes back a tender that was keyed wrongly. A SEQR payment stands: it has been taken from the buyer. */
export function withoutTender(receipt: Receipt, tenderId: string): Receipt {
  return {
    ...receipt,
    roundingMinor: 0,
    tenders: receipt.tenders.filter((tender) => tender.id !== tenderId || tender.kind === 'seqr'),
  }
}

/** Has everything been paid, to the minor unit? */
export function isSettled(receipt: Receipt): boolean {
  return receipt.rows.length > 0 && leftToPay(receipt) === 0
}

export function completed(receipt: Receipt, number: number, atMs: number): Receipt {
  if (!isSettled(receipt)) throw new Error(`Receipt ${receipt.id} is not settled`)
  return { ...receipt, state: 'completed', number, completedAtMs: atMs, parkedAs: '' }
}

/** What must hold of every completed receipt: tenders add up to total and rounding, exactly. */
export function addsUp(receipt: Receipt): boolean {
  return totalOf(receipt) + receipt.roundingMinor === paidOf(receipt)
}

/** Cash that this receipt put into the drawer, change taken off; below zero when it took cash out. */
export function cashIntoDrawer(receipt: Receipt): number {
  return receipt.tenders.reduce(
    (sum, tender) => (tender.kind === 'cash' || tender.kind === 'change' ? sum + tender.amountMinor : sum),
    0,
  )
}
