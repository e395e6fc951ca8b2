import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, startedRegister } from './register.fake.ts'

const always = { fromDay: null, toDay: null }
let till: TestedRegister

beforeEach(async () => {
  till = await startedRegister()
})
afterEach(() => till.stop())

/** A finished cash sale of one open row. */
async function sell(name: string, priceMinor: number): Promise<string> {
  const { ask } = till
  await ask.sale.addOpenRow({ name, priceMinor, vatBasisPoints: 2500, articleId: null }, fromTill)
  const receiptId = (await ask.sale.current(undefined, fromTill)).receipt?.id ?? ''
  expect(await ask.sale.payCash({ receiptId, givenMinor: priceMinor }, fromTill)).toMatchObject({ ok: true })
  await ask.sale.dismissFinished(undefined, fromTill)
  return receiptId
}

async function found(text: string) {
  const search = { ...always, group: 'receipts' as const, text, before: null }
  const { lines } = await till.ask.journal.search(search, fromTill)
  return lines.map(({ receiptNumber }) => receiptNumber)
}

test('a receipt is found by its number, amount, cashier and goods, the newest first', async () => {
  await sell('Coffee', 2500)
  await sell('Thermos', 19_900)
  expect(await found('')).toEqual([2, 1])
  expect(await found('1')).toEqual([1])
  expect(await found('199')).toEqual([2])
  expect(await found('alva')).toEqual([2, 1])
  expect(await found('offe')).toEqual([1])
  expect(await found('nothing')).toEqual([])
})

test('pages of fifty follow each other without a gap or a double', async () => {
  for (let sale = 1; sale <= 52; sale += 1) await sell(`Article ${sale}`, 100 * sale)
  const search = { ...always, group: 'receipts' as const, text: '' }
  const first = await till.ask.journal.search({ ...search, before: null }, fromTill)
  const second = await till.ask.journal.search({ ...search, before: first.next }, fromTill)
  expect(first.lines).toHaveLength(50)
  expect(second.lines.map(({ receiptNumber }) => receiptNumber)).toEqual([2, 1])
  expect(second.next).toBeNull()
})

test('a receipt is shown with rows, tenders, VAT and papers, and its copy is marked', async () => {
  const receiptId = await sell('Coffee', 2500)
  await till.ask.paper.reprint({ receiptId }, fromTill)
  const shown = await till.ask.journal.receipt({ receiptId }, fromTill)
  expect(shown).toMatchObject({
    ok: true,
    receipt: {
      number: 1,
      cashier: 'Alva',
      rows: [{ name: 'Coffee', totalMinor: 2500 }],
      tenders: [{ kind: 'cash', amountMinor: 2500 }],
      vat: [{ vatBasisPoints: 2500, grossMinor: 2500, netMinor: 2000, vatMinor: 500 }],
      papers: [{ copy: true }, { copy: false }],
      entries: [{ kind: 'sale' }, { kind: 'copyPrinted' }],
    },
  })
})

test('the whole journal is proved, and taken out by an administrator as JSON Lines and CSV', async () => {
  await sell('=Coffee', 2500)
  const { ask } = till
  const verified = await ask.journal.verify(undefined, fromTill)
  expect(verified).toMatchObject({ ok: true, check: { ok: true } })
  expect(await ask.journal.exportPart({ format: 'jsonl', after: 0 }, fromTill)).toMatchObject({
    reason: 'needsPermission',
  })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  const lines = await ask.journal.exportPart({ format: 'jsonl', after: 0 }, fromTill)
  if (!lines.ok) throw new Error('not exported')
  expect(lines.next).toBeNull()
  const entries = lines.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number })
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  const csv = await ask.journal.exportPart({ format: 'csv', after: 0 }, fromTill)
  expect(csv).toMatchObject({ text: expect.stringContaining(",sale,,1,25.00,Alva,'=Coffee,") as string })
})

test('an entry says what happened, with what left the drawer below zero', async () => {
  const { ask } = till
  await ask.shift.moveCash({ kind: 'in', amountMinor: 5000, reason: 'Change' }, fromTill)
  await ask.shift.moveCash({ kind: 'out', amountMinor: 3000, reason: 'Milk' }, fromTill)
  await ask.shift.moveCash({ kind: 'drop', amountMinor: 1000, reason: 'Evening' }, fromTill)
  const search = { ...always, group: 'cash' as const, text: '', before: null }
  const { lines } = await ask.journal.search(search, fromTill)
  expect(lines.map(({ act, amountMinor, about }) => [act, amountMinor, about])).toEqual([
    ['drop', -1000, 'Evening'],
    ['out', -3000, 'Milk'],
    ['in', 5000, 'Change'],
  ])
})

test('a day that is not over is compared with as much of the same weekday a week before', async () => {
  await sell('Coffee', 2500)
  till.clock.nowMs += 5 * 3_600_000
  await sell('Tea', 3000)
  till.clock.nowMs += 7 * 86_400_000 - 3 * 3_600_000
  await sell('Thermos', 19_900)
  expect(await till.ask.overview.day({ day: null }, fromTill)).toMatchObject({
    day: '2026-11-28',
    isToday: true,
    receipts: 1,
    totalMinor: 19_900,
    averageMinor: 19_900,
    weekBefore: { day: '2026-11-21', receipts: 2, totalMinor: 5500, comparedMinor: 2500 },
    hours: [
      { hour: 10, totalMinor: 0, weekBeforeMinor: 2500 },
      { hour: 11 },
      { hour: 12, receipts: 1, totalMinor: 19_900 },
      { hour: 13 },
      { hour: 14 },
      { hour: 15, totalMinor: 0, weekBeforeMinor: 3000 },
    ],
    tenders: [{ kind: 'cash', count: 1, amountMinor: 19_900 }],
    articles: [{ name: 'Thermos', netMinor: 19_900 }],
  })
  expect(await till.ask.overview.day({ day: '2026-11-20' }, fromTill)).toMatchObject({
    hours: [],
    receipts: 0,
  })
})

test('an empty SEQR account has sums of zero and a CSV file with nothing but its heading', async () => {
  const page = await till.ask.account.search({ ...always, text: '', before: null }, fromTill)
  expect(page).toEqual({
    lines: [],
    hasMore: false,
    sums: { payments: 0, paidMinor: 0, refunds: 0, refundedMinor: 0 },
  })
  await till.ask.session.unlock({ pin: '1234' }, fromTill)
  const saved = await till.ask.account.exportPart({ ...always, text: '', after: null }, fromTill)
  if (!saved.ok) throw new Error(saved.reason)
  expect(saved.fileName).toBe('seqr-account-2026-11-21.csv')
  expect(saved.text.trim().split('\n')).toHaveLength(1)
})

test('the books are closed to whoever is not signed in, and leave the till only by somebody’s right', async () => {
  const receiptId = await sell('Coffee', 2500)
  const noRight = { ok: false, reason: 'needsPermission' }
  expect(await till.ask.journal.exportPart({ format: 'csv', after: 0 }, fromTill)).toMatchObject(noRight)
  await till.ask.session.signOut(undefined, fromTill)
  expect(await till.ask.account.exportPart({ ...always, text: '', after: null }, fromTill)).toMatchObject(
    noRight,
  )
  expect(await found('')).toEqual([])
  const signedOut = { ok: false, reason: 'rule', rule: 'signedOut' }
  expect(await till.ask.journal.receipt({ receiptId }, fromTill)).toEqual(signedOut)
  expect(await till.ask.journal.verify(undefined, fromTill)).toEqual(signedOut)
  expect(await till.ask.overview.day({ day: null }, fromTill)).toMatchObject({ receipts: 0, totalMinor: 0 })
  expect(await till.ask.refund.find({ text: '' }, fromTill)).toEqual([])
  expect(await till.ask.refund.open({ receiptId }, fromTill)).toEqual(signedOut)
  const asked = { receiptId, rows: [{ rowId: 'row', quantityThousandths: 1000 }], first: null }
  expect(await till.ask.refund.plan(asked, fromTill)).toEqual(signedOut)
  expect(await till.ask.reconciliation.list(undefined, fromTill)).toEqual([])
  expect(await till.ask.reconciliation.show({ id: 'any' }, fromTill)).toMatchObject(noRight)
})
