import type { BookedReceiptView, JournalLineView } from '../../app/contract/journal-views.ts'
import type { JournalAct } from '../../app/domain/journal-kind.ts'
import { journalActOf } from '../../app/domain/journal-kind.ts'
import type { Receipt, Tender } from '../../app/domain/receipt.ts'
import { receiptDiscount, rowTotal, totalOf, vatTable } from '../../app/domain/receipt.ts'
import type { JournalEntry } from '../storage/journal.ts'
import { journalOfReceipt } from '../storage/journal.ts'
import type { Reader } from '../storage/open.ts'
import { printJobsOfReceipt } from '../storage/print-jobs.ts'
import { refundsOf } from '../storage/receipts.ts'
import { jobView } from './paper-desk.ts'

export function lineOfReceipt(receipt: Receipt): JournalLineView {
  const { id, kind, number, completedAtMs, openedAtMs, cashier, rows } = receipt
  return {
    key: id,
    seq: null,
    atMs: completedAtMs ?? openedAtMs,
    kind,
    act: null,
    receiptId: id,
    receiptNumber: number,
    amountMinor: totalOf(receipt) + receipt.roundingMinor,
    who: cashier.name,
    about: namesOf(rows),
  }
}

/** What bodies of entries have in common; each kind has some of it. */
type EntryBody = Readonly<
  Partial<
    Record<
      | 'amountMinor'
      | 'totalMinor'
      | 'roundingMinor'
      | 'cashier'
      | 'by'
      | 'user'
      | 'reason'
      | 'ersReference'
      | 'number'
      | 'act'
      | 'as'
      | 'kind'
      | 'label'
      | 'reservedMinor'
      | 'payID'
      | 'merchantName'
      | 'seqrId'
      | 'rows',
      unknown
    >
  >
>

export function lineOfEntry(entry: JournalEntry): JournalLineView {
  const { seq, atMs, kind, receiptId, receiptNumber } = entry
  const body = (typeof entry.body === 'object' && entry.body !== null ? entry.body : {}) as EntryBody
  const isReceipt = kind === 'sale' || kind === 'refund'
  const totalMinor = (numberOf(body.totalMinor) ?? 0) + (numberOf(body.roundingMinor) ?? 0)
  const said = [body.label, body.seqrId, body.merchantName, body.payID, body.reason, body.ersReference]
    .map(textOf)
    .concat(ownNumber(entry, body))
  const act = isReceipt ? null : journalActOf(body.act ?? body.as ?? body.kind)
  return {
    key: String(seq),
    seq,
    atMs,
    kind,
    act,
    receiptId,
    receiptNumber: receiptNumber ?? (kind === 'copyPrinted' ? numberOf(body.number) : null),
    amountMinor: isReceipt ? totalMinor : amountOf(body, act),
    who: nameOf(body.cashier) || nameOf(body.by) || nameOf(body.user),
    about: isReceipt ? namesOf(body.rows) : said.filter((one) => one !== '').join(' · '),
  }
}

/** Cash that leaves the drawer stands below zero. */
function amountOf(body: EntryBody, act: JournalAct | null): number | null {
  const amountMinor = numberOf(body.amountMinor) ?? numberOf(body.reservedMinor)
  return amountMinor !== null && (act === 'out' || act === 'drop') ? 0 - amountMinor : amountMinor
}

/** The number that a report has among its own kind. */
function ownNumber({ kind }: JournalEntry, { number }: EntryBody): string {
  const isNumbered =
    kind === 'xReport' || kind === 'zReport' || kind === 'reconciliation' || kind === 'shiftOpened'
  return isNumbered && typeof number === 'number' ? String(number) : ''
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function nameOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'name' in value ? textOf(value.name) : ''
}

function namesOf(rows: unknown): string {
  return Array.isArray(rows) ? [...new Set(rows.map(nameOf))].join(', ') : ''
}

/** A finished receipt with all that the till knows of it: its papers, its refunds, its entries. */
export function bookedReceipt(db: Reader, receipt: Receipt): BookedReceiptView {
  const { id, kind, number, completedAtMs, cashier, note, roundingMinor, refundOf } = receipt
  return {
    receiptId: id,
    number: number ?? 0,
    kind,
    atMs: completedAtMs ?? 0,
    cashier: cashier.name,
    note,
    rows: receipt.rows.map((row) => ({
      id: row.id,
      name: row.name,
      quantityThousandths: row.quantityThousandths,
      unit: row.unit,
      unitDecimals: row.unitDecimals,
      totalMinor: rowTotal(row),
      note: row.note,
    })),
    discountMinor: receiptDiscount(receipt),
    totalMinor: totalOf(receipt),
    roundingMinor,
    vat: vatTable(receipt),
    tenders: receipt.tenders.map(tenderLine),
    refundOf: refundOf === null ? null : { receiptId: refundOf.receiptId, number: refundOf.number },
    refunds: refundsOf(db, id)
      .filter(({ state }) => state === 'completed')
      .map((one) => ({ receiptId: one.id, number: one.number ?? 0, totalMinor: totalOf(one) })),
    papers: printJobsOfReceipt(db, id).map(jobView),
    entries: journalOfReceipt(db, id).map(({ seq, atMs, kind: what, hash }) => ({
      seq,
      atMs,
      kind: what,
      hash,
    })),
  }
}

function tenderLine(tender: Tender): BookedReceiptView['tenders'][number] {
  const { id, kind, amountMinor } = tender
  return {
    id,
    kind,
    name: kind === 'other' ? tender.name : '',
    amountMinor,
    reference: kind === 'seqr' ? tender.ersReference : kind === 'other' ? tender.reference : '',
    byHand: kind === 'seqr' && tender.settledByHand,
  }
}
