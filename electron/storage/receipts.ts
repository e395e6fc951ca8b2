import type { Receipt, ReceiptState, Row, Tender } from '../../app/domain/receipt.ts'
import { discountOn, grossOf, netRows, receiptDiscount, totalOf, vatTable } from '../../app/domain/receipt.ts'
import type { Reader, Writer } from './database.ts'
import { containing } from './database.ts'
import { nextNumber } from './counters.ts'

interface BodyRow {
  readonly body: string
}

const receiptOf = (row: BodyRow): Receipt => JSON.parse(row.body) as Receipt

/**
 * Keeps the whole receipt. A completed one is also taken apart for reports, in the same transaction. A completed or
 * canceled receipt is never changed again: saving it with other content throws, saving it as it is does nothing.
 */
export function saveReceipt(db: Writer, receipt: Receipt): void {
  db.transaction(() => {
    const before = db.one<{ state: ReceiptState }>('SELECT state FROM receipt WHERE id = ?', receipt.id)
    writeReceipt(db, receipt)
    if (receipt.state === 'completed' && before?.state !== 'completed') takeApart(db, receipt)
  })
}

function writeReceipt(db: Writer, receipt: Receipt): void {
  db.run(
    `INSERT INTO receipt (id, kind, state, number, shift_id, cashier_id, cashier_name, opened_at, completed_at,
       canceled_at, currency, total_minor, rounding_minor, discount_minor, refund_of, body)
     VALUES (@id, @kind, @state, @number, @shiftId, @cashierId, @cashierName, @openedAt, @completedAt,
       @canceledAt, @currency, @totalMinor, @roundingMinor, @discountMinor, @refundOf, @body)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, number = excluded.number,
       shift_id = excluded.shift_id, cashier_id = excluded.cashier_id, cashier_name = excluded.cashier_name,
       opened_at = excluded.opened_at, completed_at = excluded.completed_at, canceled_at = excluded.canceled_at,
       currency = excluded.currency, total_minor = excluded.total_minor, rounding_minor = excluded.rounding_minor,
       discount_minor = excluded.discount_minor, refund_of = excluded.refund_of, body = excluded.body`,
    {
      id: receipt.id,
      kind: receipt.kind,
      state: receipt.state,
      number: receipt.number,
      shiftId: receipt.shiftId,
      cashierId: receipt.cashier.id,
      cashierName: receipt.cashier.name,
      openedAt: receipt.openedAtMs,
      completedAt: receipt.completedAtMs,
      canceledAt: receipt.canceled?.atMs ?? null,
      currency: receipt.currency,
      totalMinor: totalOf(receipt),
      roundingMinor: receipt.roundingMinor,
      discountMinor: discountsOf(receipt),
      refundOf: receipt.refundOf?.receiptId ?? null,
      body: JSON.stringify(receipt),
    },
  )
}

/** All that discounts took off: the rows' own and the receipt's. */
function discountsOf(receipt: Receipt): number {
  const ofRow = (row: Row) => discountOn(grossOf(row), row.discount)
  return receipt.rows.reduce((sum, row) => sum + ofRow(row), receiptDiscount(receipt))
}

function takeApart(db: Writer, receipt: Receipt): void {
  addToGrandTotals(db, receipt)
  for (const [position, { row, netMinor }] of netRows(receipt).entries())
    db.run('INSERT INTO receipt_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      receipt.id,
      position,
      row.kind,
      row.articleId,
      row.name,
      row.quantityThousandths,
      netMinor,
      row.vatBasisPoints,
    ])
  for (const line of vatTable(receipt))
    db.run('INSERT INTO receipt_vat VALUES (?, ?, ?, ?, ?)', [
      receipt.id,
      line.vatBasisPoints,
      line.grossMinor,
      line.netMinor,
      line.vatMinor,
    ])
  for (const [position, tender] of receipt.tenders.entries()) {
    const { name, reference, paymentId } = tenderColumns(tender)
    db.run('INSERT INTO receipt_tender VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      receipt.id,
      position,
      tender.kind,
      name,
      tender.amountMinor,
      reference,
      paymentId,
      tender.atMs,
    ])
  }
}

/** A till's sums since its first receipt, kept up to date so that no report has to add them all up again. */
function addToGrandTotals(db: Writer, receipt: Receipt): void {
  const turnover = netRows(receipt).filter(({ row }) => row.kind !== 'slip')
  const sum = (sign: 1 | -1) =>
    turnover.reduce((total, { netMinor }) => total + (netMinor * sign > 0 ? netMinor : 0), 0)
  for (const [name, amountMinor] of [
    ['soldMinor', sum(1)],
    ['returnedMinor', sum(-1)],
  ] as const)
    db.run(
      'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value',
      name,
      amountMinor,
    )
}

function tenderColumns(tender: Tender): { name: string; reference: string; paymentId: string | null } {
  switch (tender.kind) {
    case 'seqr':
      return { name: 'SEQR', reference: tender.ersReference, paymentId: tender.paymentId }
    case 'other':
      return { name: tender.name, reference: tender.reference, paymentId: null }
    case 'cash':
    case 'change':
      return { name: tender.kind, reference: '', paymentId: null }
  }
}

export function receiptById(db: Reader, id: string): Receipt | null {
  const row = db.one<BodyRow>('SELECT body FROM receipt WHERE id = ?', id)
  return row === undefined ? null : receiptOf(row)
}

export function receiptByNumber(db: Reader, number: number): Receipt | null {
  const row = db.one<BodyRow>('SELECT body FROM receipt WHERE number = ?', number)
  return row === undefined ? null : receiptOf(row)
}

/** The oldest first. */
export function receiptsInState(db: Reader, states: readonly ReceiptState[]): readonly Receipt[] {
  const marks = states.map(() => '?').join(', ')
  return db
    .all<BodyRow>(`SELECT body FROM receipt WHERE state IN (${marks}) ORDER BY opened_at, rowid`, ...states)
    .map(receiptOf)
}

/** The refunds that have been made of a receipt, the oldest first. */
export function refundsOf(db: Reader, receiptId: string): readonly Receipt[] {
  return db
    .all<BodyRow>('SELECT body FROM receipt WHERE refund_of = ? ORDER BY opened_at, rowid', receiptId)
    .map(receiptOf)
}

/** The receipt that is being rung up, so that a restarted till goes on with it. */
export function activeReceiptId(db: Reader): string | null {
  return (
    db.one<{ value: string | null }>("SELECT value FROM till WHERE name = 'activeReceipt'")?.value ?? null
  )
}

export function setActiveReceiptId(db: Writer, id: string | null): void {
  db.run(
    `INSERT INTO till (name, value) VALUES ('activeReceipt', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    id,
  )
}

/** The next receipt number, one above the last. Taken back with the transaction, so that none is ever missing. */
export function nextReceiptNumber(db: Writer): number {
  return nextNumber(db, 'receipt')
}

export interface ReceiptSearch {
  readonly number?: number
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  /** The total, before or after cash rounding; of a sale or a refund. */
  readonly amountMinor?: number
  readonly ersReference?: string
  /** A part of a row's name, of a tender's reference or of the note, or of a cashier's name. No index serves it. */
  readonly text?: string
  readonly limit: number
  /** Only receipts with a lower number: the last of the page before. */
  readonly before?: number
  /** Only this number and higher ones. */
  readonly from?: number
}

/** Completed receipts, the newest first. */
export function findReceipts(db: Reader, search: ReceiptSearch): readonly Receipt[] {
  const { where, values } = conditionsOf(search)
  return db
    .all<BodyRow>(`SELECT body FROM receipt WHERE ${where.join(' AND ')} ORDER BY number DESC LIMIT @limit`, {
      ...values,
      limit: search.limit,
    })
    .map(receiptOf)
}

/** The lowest and the highest number among the receipts of a period; lowest above highest when there is none. */
export function receiptNumbersIn(
  db: Reader,
  { fromMs = 0, toMs = Number.MAX_SAFE_INTEGER }: Pick<ReceiptSearch, 'fromMs' | 'toMs'>,
): { readonly lowest: number; readonly highest: number } {
  const { lowest, highest } = db.one<{ lowest: number | null; highest: number | null }>(
    'SELECT min(number) AS lowest, max(number) AS highest FROM receipt WHERE completed_at >= ? AND completed_at < ?',
    fromMs,
    toMs,
  ) ?? { lowest: null, highest: null }
  return { lowest: lowest ?? 1, highest: highest ?? 0 }
}

type Condition = readonly [keyof ReceiptSearch, string]

const conditions: readonly Condition[] = [
  ['number', 'number = @number'],
  ['before', 'number < @before'],
  ['from', 'number >= @from'],
  // By the number and not by the time, or every receipt of a long period would be read to find the newest fifty.
  ['fromMs', '+completed_at >= @fromMs'],
  ['toMs', '+completed_at < @toMs'],
  [
    'amountMinor',
    `completed_at IS NOT NULL AND (total_minor IN (@amountMinor, -@amountMinor)
       OR total_minor + rounding_minor IN (@amountMinor, -@amountMinor))`,
  ],
  [
    'ersReference',
    "id IN (SELECT receipt_id FROM receipt_tender WHERE reference = @ersReference AND reference <> '')",
  ],
  [
    'text',
    `(cashier_name LIKE @text ESCAPE '\\' OR EXISTS (SELECT 1 FROM receipt_row WHERE receipt_id = receipt.id AND name LIKE @text ESCAPE '\\')
       OR EXISTS (SELECT 1 FROM receipt_tender WHERE receipt_id = receipt.id AND reference LIKE @text ESCAPE '\\')
       OR json_extract(body, '$.note') LIKE @text ESCAPE '\\')`,
  ],
]

function conditionsOf(search: ReceiptSearch) {
  const where: string[] = ['number IS NOT NULL']
  const values: Record<string, string | number> = {}
  for (const [name, condition] of conditions) {
    const value = search[name]
    if (value === undefined) continue
    where.push(condition)
    values[name] = name === 'text' ? containing(String(value)) : value
  }
  return { where, values }
}

/** Receipts that are not finished go on in another shift: what is then paid on them belongs to it. */
export function carryOver(db: Writer, shiftId: string): void {
  db.transaction(() => {
    for (const receipt of receiptsInState(db, ['open', 'parked']))
      if (receipt.shiftId !== shiftId) saveReceipt(db, { ...receipt, shiftId })
  })
}
