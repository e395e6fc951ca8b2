/** A whole sale on disk against a bare append with fdatasync: what the floor of durability costs, and what we add. */
import fs from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { completed, withCash, withRow } from '../app/domain/receipt-edit.ts'
import type { Receipt, Row } from '../app/domain/receipt.ts'
import { newReceipt } from '../app/domain/receipt.ts'
import { appendJournal } from '../electron/storage/journal.ts'
import { openStorage } from '../electron/storage/open.ts'
import { nextReceiptNumber, saveReceipt } from '../electron/storage/receipts.ts'
import { compare, printResults } from './measure.ts'

export function durableSale(folder: string): void {
  const opened = openStorage({ file: path.join(folder, 'bench.sqlite'), now: Date.now })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  const file = fs.openSync(path.join(folder, 'floor'), 'a')
  const record = Buffer.alloc(512, 65)
  const sell = () => {
    storage.transaction((db) => {
      const receipt = completed(soldReceipt(), nextReceiptNumber(db), Date.now())
      saveReceipt(db, receipt)
      appendJournal(db, {
        atMs: Date.now(),
        kind: 'sale',
        receiptId: receipt.id,
        receiptNumber: receipt.number ?? 0,
        body: { ...receipt },
      })
    })
  }
  const floor = () => {
    fs.writeSync(file, record)
    fs.fdatasyncSync(file)
  }
  const results = compare(
    [
      { name: 'floor: append 512 B + fdatasync', work: floor },
      { name: 'a sale: receipt, rows, tenders, number, chained journal', work: sell },
    ],
    { blocks: 9, units: 60 },
  )
  printResults('Durable sale', 'x1.3 of the floor for the disk, plus the work of the sale itself', results)
  fs.closeSync(file)
  storage.close()
}

function soldReceipt(): Receipt {
  const start = newReceipt({
    id: randomUUID(),
    currency: 'SEK',
    cashier: { id: 'c', name: 'Cashier' },
    shiftId: null,
    openedAtMs: Date.now(),
  })
  const rows = ['Coffee', 'Bun', 'Water'].map((name) => rowOf(name))
  const marks = { cash: { id: randomUUID(), atMs: 0 }, change: { id: randomUUID(), atMs: 0 } }
  return withCash(rows.reduce(withRow, start), 20_000, marks)
}

function rowOf(name: string): Row {
  return {
    id: randomUUID(),
    kind: 'article',
    articleId: name,
    code: null,
    name,
    quantityThousandths: 1000,
    unit: 'pcs',
    unitDecimals: 0,
    unitPriceMinor: 2500,
    listPriceMinor: null,
    vatBasisPoints: 1200,
    discount: null,
    note: '',
    slip: null,
    refundOfRowId: null,
  }
}
