import { afterEach, expect, test } from 'vitest'
import { findJournal } from '../storage/journal.ts'
import { receiptsInState, saveReceipt } from '../storage/receipts.ts'
import { seqrTender } from '../../app/domain/receipt.fake.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, startedRegister } from './register.fake.ts'

const tills: TestedRegister[] = []
afterEach(async () => {
  for (const till of tills.splice(0)) await till.stop()
})

async function started(): Promise<TestedRegister> {
  const till = await startedRegister()
  tills.push(till)
  return till
}

const ok = { ok: true }

/** Adds an open row; below zero it comes back. */
async function add({ ask }: TestedRegister, priceMinor: number): Promise<void> {
  const row = { name: 'A', priceMinor: Math.abs(priceMinor), vatBasisPoints: 2500, articleId: null }
  expect(await ask.sale.addOpenRow(row, fromTill)).toEqual(ok)
  const rowId = (await receiptOf({ ask })).rows.at(-1)?.id ?? ''
  if (priceMinor < 0)
    expect(await ask.sale.setQuantity({ rowId, quantityThousandths: -1000 }, fromTill)).toEqual(ok)
}

async function receiptOf({ ask }: Pick<TestedRegister, 'ask'>) {
  const { receipt } = await ask.sale.current(undefined, fromTill)
  if (receipt === null) throw new Error('No receipt is rung up')
  return receipt
}

async function giveBack(till: TestedRegister) {
  return await till.ask.sale.giveBack({ receiptId: (await receiptOf(till)).id }, fromTill)
}

const sold = ({ storage }: TestedRegister) => receiptsInState(storage.read, ['completed'])

test.each([
  ['an even exchange', [4000, -4000], 0],
  ['a thing for nothing', [0], 0],
  ['less than the smallest coin', [40], -40],
])('%s is finished with nothing paid', async (_, prices, roundingMinor) => {
  const till = await started()
  for (const price of prices) await add(till, price === 0 ? 100 : price)
  const { rows } = await receiptOf(till)
  expect(await till.ask.session.unlock({ pin: '1234' }, fromTill)).toEqual(ok)
  if (prices[0] === 0) await till.ask.sale.setPrice({ rowId: rows[0]?.id ?? '', unitPriceMinor: 0 }, fromTill)
  expect(await giveBack(till)).toEqual(ok)
  expect(sold(till)).toMatchObject([{ number: 1, roundingMinor, tenders: [] }])
})

test('goods that come back for just what SEQR has paid leave a receipt that can be finished', async () => {
  const till = await started()
  const { ask } = till
  const [juice] = await ask.article.search({ text: 'a' }, fromTill)
  if (juice?.priceMinor == null) throw new Error('The practice shop has nothing to sell')
  await add(till, 10_000 + juice.priceMinor)
  const [open] = receiptsInState(till.storage.read, ['open'])
  if (open === undefined) throw new Error('No receipt is open')
  saveReceipt(till.storage.write, { ...open, tenders: [seqrTender(10_000)] })
  expect(await ask.sale.addArticle({ articleId: juice.id, quantityThousandths: -1000 }, fromTill)).toEqual(ok)
  expect((await receiptOf(till)).leftToPayMinor).toBe(0)
  expect(await giveBack(till)).toEqual(ok)
  expect(sold(till)).toMatchObject([{ number: 1, tenders: [{ kind: 'seqr', amountMinor: 10_000 }] }])
})

test('cash on a receipt whose rows have all been removed keeps the shift open: it is not counted twice', async () => {
  const till = await started()
  const { ask } = till
  await add(till, 10_000)
  const { id: receiptId, rows } = await receiptOf(till)
  expect(await ask.sale.payCash({ receiptId, givenMinor: 4000 }, fromTill)).toEqual(ok)
  expect(await ask.sale.removeRow({ rowId: rows[0]?.id ?? '' }, fromTill)).toEqual(ok)
  expect(await ask.shift.count({ countedMinor: 104_000, pieces: [] }, fromTill)).toMatchObject(ok)
  expect(await ask.shift.close({ carryOver: true }, fromTill)).toMatchObject({ problem: 'hindered' })
  const [tender] = (await receiptOf(till)).tenders
  expect(await ask.sale.correctTender({ tenderId: tender?.id ?? '' }, fromTill)).toEqual(ok)
  expect(await ask.shift.count({ countedMinor: 100_000, pieces: [] }, fromTill)).toMatchObject(ok)
  expect(await ask.shift.close({ carryOver: true }, fromTill)).toMatchObject({ ok: true, differenceMinor: 0 })
})

test('a receipt is kept to amounts that add up exactly, and says so before it grows beyond them', async () => {
  const till = await started()
  const { ask } = till
  await add(till, 1_000_000_000)
  const { rows } = await receiptOf(till)
  const rowId = rows[0]?.id ?? ''
  const tooLarge = { ok: false, field: 'total', problem: 'tooLarge' }
  const other = { name: 'B', priceMinor: 1, vatBasisPoints: 0, articleId: null }
  expect(await ask.sale.addOpenRow(other, fromTill)).toMatchObject(tooLarge)
  for (const quantityThousandths of [2000, -9_999_000])
    expect(await ask.sale.setQuantity({ rowId, quantityThousandths }, fromTill)).toMatchObject(tooLarge)
  const price = { rowId, unitPriceMinor: 900_000_000 }
  expect(await ask.session.unlock({ pin: '1234' }, fromTill)).toMatchObject(ok)
  expect(await ask.sale.setPrice(price, fromTill)).toEqual(ok)
  expect(await ask.sale.addOpenRow({ ...other, priceMinor: 100_000_000 }, fromTill)).toEqual(ok)
  expect(await ask.sale.setPrice({ rowId, unitPriceMinor: 1_000_000_000 }, fromTill)).toMatchObject(tooLarge)
  // What was refused has left no word of itself in the journal.
  expect(findJournal(till.storage.read, { kinds: ['priceOverride'], limit: 9 })).toHaveLength(1)
  expect((await receiptOf(till)).totalMinor).toBe(1_000_000_000)
  const { id: receiptId } = await receiptOf(till)
  expect(await ask.sale.payCash({ receiptId, givenMinor: 1_000_000_000 }, fromTill)).toEqual(ok)
  expect(await ask.shift.xReport(undefined, fromTill)).toMatchObject(ok)
  const [report] = findJournal(till.storage.read, { kinds: ['xReport'], limit: 1 })
  expect(report?.body).toMatchObject({ sales: { soldMinor: 1_000_000_000 } })
})
