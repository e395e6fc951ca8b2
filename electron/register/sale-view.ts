import type {
  FinishedView,
  ReceiptView,
  RowView,
  SaleView,
  TenderTypeView,
  TenderView,
} from '../../app/contract/views.ts'
import { likelyCash, roundToCash } from '../../app/domain/cash.ts'
import type { Receipt, Row, Tender } from '../../app/domain/receipt.ts'
import {
  leftToPay,
  leftWithoutCash,
  paidOf,
  receiptDiscount,
  rowTotal,
  totalOf,
  vatTable,
} from '../../app/domain/receipt.ts'
import type { Circumstances, Permit } from '../../app/domain/rules.ts'
import { permit, permitsOf } from '../../app/domain/rules.ts'

export interface Shown {
  readonly receipt: Receipt | null
  readonly around: Circumstances
  readonly tenderTypes: readonly TenderTypeView[]
  readonly finished: FinishedView | null
  readonly canUndo: boolean
}

export function saleView({ receipt, around, tenderTypes, finished, canUndo }: Shown): SaleView {
  const leftMinor = receipt === null ? 0 : leftToPay(receipt)
  return {
    receipt: receipt === null ? null : receiptView(receipt, around),
    permits: permitsOf(receipt, around),
    likelyCashMinor: receipt === null ? [] : likelyCash(leftMinor, receipt.currency),
    tenderTypes,
    finished,
    canUndo,
  }
}

export function receiptView(receipt: Receipt, around: Circumstances): ReceiptView {
  const { id, kind, state, number, discount, roundingMinor, note } = receipt
  const leftMinor = leftToPay(receipt)
  return {
    id,
    kind,
    state,
    number,
    rows: receipt.rows.map(rowView),
    discount,
    discountMinor: receiptDiscount(receipt),
    totalMinor: totalOf(receipt),
    vat: vatTable(receipt),
    tenders: receipt.tenders.map((tender) => tenderView(tender, correctable(tender, receipt, around))),
    paidMinor: paidOf(receipt),
    leftToPayMinor: leftMinor,
    leftInCashMinor: roundToCash(leftMinor, receipt.currency),
    leftWithoutCashMinor: leftMinor < 0 ? leftMinor : Math.max(0, leftWithoutCash(receipt)),
    roundingMinor,
    note,
  }
}

/** SEQR guide: a SEQR payment cannot be corrected. Anything else can, until the receipt is finished. */
function correctable(tender: Tender, receipt: Receipt, around: Circumstances): Permit {
  if (tender.kind === 'seqr') return { allowed: false, rule: 'seqrPaidPart' }
  return permit('correctTender', receipt, around)
}

function rowView(row: Row): RowView {
  const { id, kind, name, code, quantityThousandths, unit, unitDecimals } = row
  const { unitPriceMinor, listPriceMinor, vatBasisPoints, discount, note } = row
  return {
    id,
    kind,
    name,
    code,
    quantityThousandths,
    unit,
    unitDecimals,
    unitPriceMinor,
    listPriceMinor,
    vatBasisPoints,
    discount,
    totalMinor: rowTotal(row),
    note,
  }
}

export function tenderView(tender: Tender, correctableNow: Permit): TenderView {
  return {
    id: tender.id,
    kind: tender.kind,
    name: tender.kind === 'other' ? tender.name : '',
    amountMinor: tender.amountMinor,
    reference: tender.kind === 'seqr' ? tender.ersReference : tender.kind === 'other' ? tender.reference : '',
    atMs: tender.atMs,
    correctable: correctableNow,
  }
}

/** The receipt that was finished last, as the screen shows it until the next one begins. */
export function finishedView(receipt: Receipt, printed: FinishedView['printed']): FinishedView {
  const change = receipt.tenders.filter((tender) => tender.kind === 'change')
  const closed: Permit = { allowed: false, rule: 'receiptClosed' }
  return {
    receiptId: receipt.id,
    number: receipt.number ?? 0,
    totalMinor: totalOf(receipt),
    changeMinor: -change.reduce((sum, tender) => sum + tender.amountMinor, 0),
    tenders: receipt.tenders.map((tender) => tenderView(tender, closed)),
    printed,
  }
}
