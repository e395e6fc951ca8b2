import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Symbology } from '../../app/domain/barcode.ts'
import type { SlipView } from '../../app/contract/slip-views.ts'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { salesAddUp, type ShiftReport } from '../../app/domain/shift.ts'
import type { SlipStageName } from '../../app/domain/slip.ts'
import { startSevenConnectSandbox, type SevenConnectSandbox } from '../sandbox/seven-connect/start.ts'
import { saveArticle, type ArticleRecord } from '../storage/articles.ts'
import { findJournal } from '../storage/journal.ts'
import { cashMovements, openShift } from '../storage/shifts.ts'
import { slipTotals } from '../storage/slip-accounts.ts'
import { saveSlip, slipById } from '../storage/slips.ts'
import { dayOf } from './shop-days.ts'
import { fromTill, startedRegister, type TestedRegister } from './register.fake.ts'

let sandbox: SevenConnectSandbox
const tills: TestedRegister[] = []

beforeAll(async () => {
  sandbox = await startSevenConnectSandbox({ currency: 'SEK' })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.faults.clear()
  sandbox.sampleMerchant.behave({ validate: 'accept', confirm: 'accept' })
})
afterEach(async () => {
  for (const till of tills.splice(0)) await till.stop()
})

/** A practice till whose 7-CONNECT account is the sandbox's. */
async function started(): Promise<TestedRegister> {
  const till = await startedThen()
  till.clock.nowMs = Date.now()
  return till
}

/** The same, on the clock that it has started with. */
async function startedThen(): Promise<TestedRegister> {
  const { store, merchants } = sandbox.demo
  const { storeID, storeKey } = store
  const till = await startedRegister({ slips: { baseUrl: sandbox.url, storeID, storeKey, merchants } })
  tills.push(till)
  return till
}

/** The same till after a restart: its disk is all it has. */
async function startedAgain({ storage, clock }: TestedRegister): Promise<TestedRegister> {
  const { store, merchants } = sandbox.demo
  const { storeID, storeKey } = store
  const slips = { baseUrl: sandbox.url, storeID, storeKey, merchants }
  const till = { ...(await startedRegister({ slips, storage })), storage }
  till.clock.nowMs = clock.nowMs
  const users = await till.ask.session.users(undefined, fromTill)
  const user = users.find(({ name }) => name === 'Alva')
  must(await till.ask.session.signIn({ userId: user?.id ?? '', pin: '1111' }, fromTill))
  tills.push({ ...till, stop: () => till.register.stop() })
  return till
}

function must<T extends { readonly ok: boolean }>(done: T): Extract<T, { ok: true }> {
  expect(done).toMatchObject({ ok: true })
  return done as Extract<T, { ok: true }>
}

const shown = async ({ ask }: TestedRegister) => (await ask.slip.current(undefined, fromTill)).current
const receiptOf = async ({ ask }: TestedRegister) => (await ask.sale.current(undefined, fromTill)).receipt

/** Waits, on the events of a real server, for the slip to come to a stage. */
async function until(till: TestedRegister, slipId: string, ...names: SlipStageName[]): Promise<void> {
  await vi.waitFor(() => expect(names).toContain(slipById(till.storage.read, slipId)?.stage.name), {
    timeout: 5000,
    interval: 5,
  })
}

/** Scans a slip and waits for its verification. */
async function verified(till: TestedRegister, payID: string): Promise<SlipView> {
  const begun = must(await till.ask.slip.begin({ text: payID }, fromTill))
  await until(till, begun.slipId, 'verified', 'refused', 'unverified')
  const slip = await shown(till)
  if (slip === null) throw new Error('no slip is shown')
  return slip
}

async function onReceipt(till: TestedRegister, payID: string): Promise<SlipView> {
  const slip = await verified(till, payID)
  must(await till.ask.slip.add({ slipId: slip.id }, fromTill))
  return slip
}

async function payCash(till: TestedRegister, givenMinor: number) {
  const receipt = await receiptOf(till)
  return till.ask.sale.payCash({ receiptId: receipt?.id ?? '', givenMinor }, fromTill)
}

const goods = ({ ask }: TestedRegister, priceMinor: number) =>
  ask.sale.addOpenRow({ name: 'Goods', priceMinor, vatBasisPoints: 2500, articleId: null }, fromTill)

/** The newest paper of a kind, as its lines of text. */
async function paper({ ask }: TestedRegister, kind: string): Promise<string> {
  const jobs = await ask.paper.recent(undefined, fromTill)
  const job = jobs.find((one) => one.kind === kind)
  const view = job === undefined ? null : await ask.paper.show({ jobId: job.id }, fromTill)
  return view === null ? '' : printedLines(view.paper).join('\n')
}

test('a slip is scanned, verified, paid with change, confirmed, and its proof has authCode and remarks', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 100_000, receiptRemarks: 'Line one|Line two' })
  const scan = await till.ask.sale.scan({ data: payID, symbology: 'code128', device: 'wedge' }, fromTill)
  const { slipId } = must(scan) as unknown as { slipId: string }
  await until(till, slipId, 'verified')
  expect(await shown(till)).toMatchObject({
    phase: 'verified',
    merchantName: 'Test Merchant',
    amountMinor: 100_000,
    notNow: null,
  })
  must(await till.ask.slip.add({ slipId }, fromTill))
  expect(await shown(till)).toBeNull()
  must(await payCash(till, 120_000))
  const { finished } = await till.ask.sale.current(undefined, fromTill)
  expect(finished).toMatchObject({ totalMinor: 100_000, changeMinor: 20_000 })
  await until(till, slipId, 'posted')
  expect(sandbox.book.slip(payID)?.status).toBe('POSTED')
  const proof = await paper(till, 'slip')
  for (const text of ['Line one', 'Line two', 'Thank you', String(sandbox.book.slip(payID)?.authCode)])
    expect(proof).toContain(text)
  const receipt = await paper(till, 'receipt')
  expect(receipt).toContain(`${payID.slice(0, 4)}-${payID.slice(4, 8)}-${payID.slice(8)}`)
  const stages = findJournal(till.storage.read, { kinds: ['slip'], limit: 10 }).map(
    ({ body }) => (body as { stage: string }).stage,
  )
  expect(stages.sort()).toEqual(['confirming', 'posted'])
})

test('the confirm is on disk in the very transaction that finishes the receipt', async () => {
  const till = await started()
  const slip = await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  must(await payCash(till, 10_000))
  expect(slipById(till.storage.read, slip.id)?.stage).toMatchObject({ name: 'confirming', attempt: 1 })
  await until(till, slip.id, 'posted')
})

test('a slip that is declined, unknown, expired or already paid is said plainly and takes no cash', async () => {
  const till = await started()
  sandbox.sampleMerchant.behave({ validate: 'decline' })
  const refused = await verified(till, sandbox.createDemoSlip().payID)
  expect(refused).toMatchObject({ phase: 'refused', declined: 'merchantRefused', said: 'Account is closed' })
  expect(await till.ask.slip.add({ slipId: refused.id }, fromTill)).toMatchObject({ ok: false })
  expect(await verified(till, '111122223333')).toMatchObject({ declined: 'unknownSlip' })
  const expired = sandbox.createDemoSlip({ expiresAtMs: Date.now() - 1 })
  expect(await verified(till, expired.payID)).toMatchObject({ declined: 'expired' })
  sandbox.sampleMerchant.behave({ validate: 'accept' })
  const paid = sandbox.createDemoSlip({ amountMinor: 5000 })
  const first = await onReceipt(till, paid.payID)
  must(await payCash(till, 5000))
  await until(till, first.id, 'posted')
  const other = await started()
  expect(await verified(other, paid.payID)).toMatchObject({ declined: 'alreadyPaid' })
  expect(await receiptOf(other)).toBeNull()
})

test('several slips and goods go on one receipt; SEQR and other tenders pay the goods at most', async () => {
  const till = await started()
  must(await goods(till, 5000))
  await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 20_000, merchantID: 'webshop' }).payID)
  const receipt = await receiptOf(till)
  expect(receipt).toMatchObject({ totalMinor: 35_000, leftWithoutCashMinor: 5000 })
  const card = (amountMinor: number) =>
    till.ask.sale.payOther(
      { receiptId: receipt?.id ?? '', tenderTypeId: 'card', amountMinor, reference: '' },
      fromTill,
    )
  expect(await card(5001)).toMatchObject({ rule: 'slipsNeedCash' })
  must(await card(5000))
  expect(await card(1)).toMatchObject({ rule: 'slipsNeedCash' })
  must(await payCash(till, 30_000))
  const shift = openShift(till.storage.read)
  await vi.waitFor(() =>
    expect(slipTotals(till.storage.read, shift?.id ?? '')).toMatchObject({
      count: 2,
      takenMinor: 30_000,
      postedMinor: 30_000,
      openMinor: 0,
    }),
  )
  must(await till.ask.session.unlock({ pin: '1234' }, fromTill))
  must(await till.ask.shift.xReport(undefined, fromTill))
  const [entry] = findJournal(till.storage.read, { kinds: ['xReport'], limit: 1 })
  const report = entry?.body as ShiftReport
  expect(report.slips).toMatchObject({ count: 2, takenMinor: 30_000, postedMinor: 30_000 })
  expect(report.sales).toMatchObject({ soldMinor: 5000, slipsMinor: 30_000 })
  expect(report.expectedMinor).toBe(100_000 + 30_000)
  expect(salesAddUp(report.sales)).toBe(true)
})

test('slips’ cash is in the drawer that is counted, and has an account of its own on the Z report', async () => {
  const till = await started()
  must(await goods(till, 5000))
  const slip = await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  must(await payCash(till, 15_000))
  await until(till, slip.id, 'posted')
  must(await till.ask.session.unlock({ pin: '1234' }, fromTill))
  must(await till.ask.shift.count({ countedMinor: 115_000, pieces: [] }, fromTill))
  must(await till.ask.shift.close({ carryOver: false }, fromTill))
  const [entry] = findJournal(till.storage.read, { kinds: ['zReport'], limit: 1 })
  const report = entry?.body as ShiftReport
  expect(report).toMatchObject({
    expectedMinor: 115_000,
    counted: { countedMinor: 115_000 },
    sales: { soldMinor: 5000, slipsMinor: 10_000 },
    slips: { count: 1, takenMinor: 10_000, postedMinor: 10_000, openMinor: 0 },
  })
  expect(await paper(till, 'report')).toContain('7-CONNECT SLIPS')
})

test('goods taken away after a card payment do not leave a slip paid by card', async () => {
  const till = await started()
  must(await goods(till, 5000))
  await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  const receipt = await receiptOf(till)
  const receiptId = receipt?.id ?? ''
  must(
    await till.ask.sale.payOther(
      { receiptId, tenderTypeId: 'card', amountMinor: 5000, reference: '' },
      fromTill,
    ),
  )
  must(await till.ask.sale.removeRow({ rowId: receipt?.rows[0]?.id ?? '' }, fromTill))
  expect(await payCash(till, 5000)).toMatchObject({ rule: 'slipsNeedCash' })
})

test('a slip row that is removed lets its slip go, undo does not bring it back, and it can be scanned again', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000 })
  must(await goods(till, 5000))
  const slip = await onReceipt(till, payID)
  const row = (await receiptOf(till))?.rows[1]
  must(await till.ask.sale.removeRow({ rowId: row?.id ?? '' }, fromTill))
  expect(slipById(till.storage.read, slip.id)?.stage.name).toBe('dropped')
  must(await till.ask.sale.undo(undefined, fromTill))
  expect((await receiptOf(till))?.rows).toHaveLength(1)
  const again = await onReceipt(till, payID)
  expect(again.id).not.toBe(slip.id)
})

test('a slip that is on a receipt or paid here already is shown instead of being taken again', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000 })
  const slip = await onReceipt(till, payID)
  must(await till.ask.slip.begin({ text: payID }, fromTill))
  expect(await shown(till)).toMatchObject({ id: slip.id, knownBefore: true, onReceipt: 'active' })
  must(await till.ask.slip.leave(undefined, fromTill))
  expect((await receiptOf(till))?.rows).toHaveLength(1)
  must(await payCash(till, 10_000))
  await until(till, slip.id, 'posted')
  must(await till.ask.slip.begin({ text: payID }, fromTill))
  expect(await shown(till)).toMatchObject({ id: slip.id, knownBefore: true, phase: 'posted' })
})

test('a slip that expires on the receipt is verified again before cash is taken', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000, expiresAtMs: Date.now() + 600_000 })
  const slip = await onReceipt(till, payID)
  till.clock.nowMs += 3_600_000
  expect(await payCash(till, 10_000)).toMatchObject({ rule: 'slipExpired' })
  const again = await shown(till)
  expect(again).toMatchObject({ payId: payID, knownBefore: false })
  await until(till, again?.id ?? '', 'verified')
  must(await till.ask.slip.add({ slipId: again?.id ?? '' }, fromTill))
  expect((await receiptOf(till))?.rows).toHaveLength(1)
  expect(slipById(till.storage.read, slip.id)?.stage.name).toBe('dropped')
  must(await payCash(till, 10_000))
  await until(till, again?.id ?? '', 'posted')
})

const tea: ArticleRecord = {
  id: 'tea',
  name: 'Tea',
  code: null,
  plu: null,
  priceMinor: 2000,
  vatBasisPoints: 1200,
  unit: 'pcs',
  unitDecimals: 0,
  categoryId: null,
  favourite: false,
  active: true,
}
const scanAs = (till: TestedRegister, data: string, symbology: Symbology) =>
  till.ask.sale.scan({ data, symbology, device: 'wedge' }, fromTill)

test('twelve digits of unknown kind are an article first, and only where there is none a slip', async () => {
  const article = sandbox.createDemoSlip().payID
  const till = await started()
  saveArticle(till.storage.write, { ...tea, code: article })
  expect(await scanAs(till, article, 'unknown')).toMatchObject({ did: 'addedArticle', name: 'Tea' })
  const { payID } = sandbox.createDemoSlip()
  expect(await scanAs(till, payID, 'unknown')).toMatchObject({ ok: true, did: 'startedSlip' })
  must(await till.ask.slip.leave(undefined, fromTill))
  expect(await scanAs(till, '123', 'unknown')).toMatchObject({ ok: false, reason: 'unknownCode' })
})

test('what the scanner says of twelve digits decides: Code 128 is a slip and UPC-A an article, whatever else there is', async () => {
  const both = sandbox.createDemoSlip().payID
  const till = await started()
  saveArticle(till.storage.write, { ...tea, code: both })
  expect(await scanAs(till, both, 'code128')).toMatchObject({ ok: true, did: 'startedSlip' })
  must(await till.ask.slip.leave(undefined, fromTill))
  expect(await scanAs(till, both, 'upca')).toMatchObject({ did: 'addedArticle', name: 'Tea' })
  expect(await scanAs(till, '036000291452', 'upca')).toMatchObject({ ok: false, reason: 'unknownCode' })
})

test('a slip in another currency stays off the receipt', async () => {
  const till = await started()
  const pesos = await startSevenConnectSandbox()
  try {
    const { store, merchants } = pesos.demo
    const { storeID, storeKey } = store
    const other = await startedRegister({ slips: { baseUrl: pesos.url, storeID, storeKey, merchants } })
    tills.push(other)
    other.clock.nowMs = Date.now()
    const slip = await verified(other, pesos.createDemoSlip().payID)
    expect(slip).toMatchObject({ notNow: 'otherCurrency', currency: 'PHP' })
    expect(await other.ask.slip.add({ slipId: slip.id }, fromTill)).toMatchObject({ ok: false })
  } finally {
    await pesos.close()
  }
  expect(await receiptOf(till)).toBeNull()
})

test('a merchant that declines at confirm makes work: the cash goes back against a PIN, a reason and a paper', async () => {
  const till = await started()
  sandbox.sampleMerchant.behave({ confirm: 'decline' })
  const slip = await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  must(await payCash(till, 10_000))
  await until(till, slip.id, 'confirmDeclined')
  const { work } = await till.ask.slip.current(undefined, fromTill)
  expect(work).toMatchObject([{ id: slip.id, said: 'Sold out' }])
  const giveBack = (pin: string) =>
    till.ask.slip.giveBack({ slipId: slip.id, reason: 'Sold out', pin }, fromTill)
  expect(await giveBack('0000')).toMatchObject({ ok: false, reason: 'pin' })
  must(await giveBack('1234'))
  expect(await giveBack('1234')).toMatchObject({ ok: false })
  const shift = openShift(till.storage.read)
  expect(cashMovements(till.storage.read, shift?.id ?? '')).toMatchObject([
    { kind: 'out', amountMinor: 10_000, by: 'Administrator' },
  ])
  expect(slipTotals(till.storage.read, shift?.id ?? '')).toMatchObject({ givenBackMinor: 10_000 })
  expect(await paper(till, 'slip')).toContain('CASH GIVEN BACK')
})

test('a server that is down at confirm is asked again under the same requestID, and the customer has a paper', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000 })
  const slip = await onReceipt(till, payID)
  sandbox.faults.put({ kind: 'dropAfter', on: 'confirm', times: 1 })
  must(await payCash(till, 10_000))
  await vi.waitFor(() => expect(slipById(till.storage.read, slip.id)?.stage).toMatchObject({ attempt: 2 }))
  expect(await paper(till, 'slip')).toContain('WILL BE CONFIRMED')
  const before = slipById(till.storage.read, slip.id)?.requestIds
  expect(till.register.openMoney()).toHaveLength(1)
  expect((await till.ask.slip.current(undefined, fromTill)).waiting).toMatchObject([
    { attempt: 2, nextAtMs: till.clock.nowMs + 600_000 },
  ])
  expect((await till.ask.till.current(undefined, fromTill)).outbox).toMatchObject({ waiting: 1 })
  must(await till.ask.slip.sendAgain({ slipId: slip.id }, fromTill))
  await until(till, slip.id, 'posted')
  expect(slipById(till.storage.read, slip.id)?.requestIds).toEqual(before)
  expect(
    sandbox.sampleMerchant.received.filter(
      ({ merchantRef, type }) => type === 'CONFIRM' && merchantRef === sandbox.book.slip(payID)?.merchantRef,
    ),
  ).toHaveLength(1)
  const late = await paper(till, 'slip')
  expect(late).toContain(String(sandbox.book.slip(payID)?.authCode))
  expect(late).not.toContain('COPY')
  must(await till.ask.slip.print({ slipId: slip.id }, fromTill))
  expect(await paper(till, 'slip')).toContain('COPY')
})

test('a merchant that is down keeps the slip PAID until it is posted; its authCode is printed when it comes', async () => {
  const till = await started()
  sandbox.sampleMerchant.behave({ confirm: 'down' })
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000 })
  const slip = await onReceipt(till, payID)
  must(await payCash(till, 10_000))
  await until(till, slip.id, 'paid')
  expect(await paper(till, 'slip')).toContain('sends its auth code later')
  sandbox.sampleMerchant.behave({ confirm: 'accept' })
  await sandbox.advance(11 * 60_000)
  must(await till.ask.slip.refresh(undefined, fromTill))
  const { authCode } = sandbox.book.slip(payID) ?? {}
  expect(authCode).not.toBe('')
  expect(slipById(till.storage.read, slip.id)?.stage).toMatchObject({ name: 'posted', authCode })
  const late = await paper(till, 'slip')
  for (const text of [String(authCode), 'Thank you']) expect(late).toContain(text)
})

test('a slip is issued, printed as set C, paid at another till, and stands in the report of posted ones', async () => {
  const till = await started()
  const issued = must(
    await till.ask.slip.issue(
      {
        merchantID: 'citypower',
        amountMinor: 12_345,
        merchantRef: '=SUM(A1)',
        description: 'Electricity',
        remarks: '',
        expiresInMinutes: 60,
      },
      fromTill,
    ),
  )
  const view = await till.ask.slip.issued({ issuedId: issued.issuedId }, fromTill)
  expect(view).toMatchObject({ status: 'PENDING', merchantName: 'City Light & Power', amountMinor: 12_345 })
  expect(view?.expiresAtMs).toBe(Math.floor(till.clock.nowMs / 1000) * 1000 + 3_600_000)
  const slip = await onReceipt(till, view?.payId ?? '')
  must(await payCash(till, 12_300))
  await until(till, slip.id, 'posted')
  must(await till.ask.slip.inquire({ issuedId: issued.issuedId }, fromTill))
  expect((await till.ask.slip.issued({ issuedId: issued.issuedId }, fromTill))?.status).toBe('POSTED')
  const list = await till.ask.slip.list({ kind: 'issued', days: 7 }, fromTill)
  expect(list).toMatchObject({ settledMinor: 12_345, slips: [{ status: 'POSTED' }] })
  expect(list.days).toHaveLength(7)
  expect(list.days.at(-1)).toMatchObject({ postedMinor: 12_345, count: 1 })
  const { text } = await till.ask.slip.report({ kind: 'taken', days: 1 }, fromTill)
  expect(text).toContain(`,'=SUM(A1),123.45,SEK,`)
  expect(text.split('\r\n')).toHaveLength(3)
})

test('an inquiry that ends in an error says so, and the slip stays what it was', async () => {
  const till = await started()
  sandbox.sampleMerchant.behave({ confirm: 'decline' })
  const input = { merchantID: 'citypower', amountMinor: 4200, description: '', remarks: '' }
  const { issuedId } = must(await till.ask.slip.issue({ ...input, merchantRef: 'sold-out' }, fromTill))
  const statusOf = async () => (await till.ask.slip.issued({ issuedId }, fromTill))?.status
  const payID = (await till.ask.slip.issued({ issuedId }, fromTill))?.payId ?? ''
  const slip = await onReceipt(till, payID)
  must(await payCash(till, 4200))
  await until(till, slip.id, 'confirmDeclined')
  must(await till.ask.slip.refresh(undefined, fromTill))
  expect(await statusOf()).toBe('DECLINED')
  expect(await till.ask.slip.inquire({ issuedId }, fromTill)).toEqual({
    ok: false,
    reason: 'slipServer',
    problem: 'refused',
    said: 'Declined by the merchant: Sold out',
  })
  expect(await statusOf()).toBe('DECLINED')
  must(await till.ask.slip.issue({ ...input, merchantRef: 'pending' }, fromTill))
  sandbox.faults.put({ kind: 'down', on: 'all' })
  expect(await till.ask.slip.inquire({ issuedId }, fromTill)).toMatchObject({ problem: 'noAnswer' })
  expect(await till.ask.slip.refresh(undefined, fromTill)).toMatchObject({ problem: 'noAnswer' })
})

test('a paid slip is asked about every 15 seconds, and is to be settled once it is posted, not before', async () => {
  const till = await startedThen()
  sandbox.sampleMerchant.behave({ confirm: 'down' })
  const slip = await onReceipt(till, sandbox.createDemoSlip({ amountMinor: 10_000 }).payID)
  must(await payCash(till, 10_000))
  await until(till, slip.id, 'paid')
  const list = () => till.ask.slip.list({ kind: 'taken', days: 1 }, fromTill)
  const report = async () => (await till.ask.slip.report({ kind: 'taken', days: 1 }, fromTill)).text
  expect(await list()).toMatchObject({ settledMinor: 0, slips: [{ status: 'PAID' }] })
  expect((await report()).trimEnd().split('\r\n')).toHaveLength(1)
  sandbox.sampleMerchant.behave({ confirm: 'accept' })
  await sandbox.advance(11 * 60_000)
  till.pass(15_000)
  await until(till, slip.id, 'posted')
  expect(await list()).toMatchObject({
    settledMinor: 10_000,
    slips: [{ status: 'POSTED' }],
    totals: [{ status: 'POSTED', count: 1, amountMinor: 10_000 }],
  })
  expect((await report()).trimEnd().split('\r\n')).toHaveLength(2)
})

test('a slip’s requests carry a UUID: one to verify it, and one for its cash however often that is sent', async () => {
  const till = await started()
  const { payID } = sandbox.createDemoSlip({ amountMinor: 10_000 })
  const slip = await onReceipt(till, payID)
  sandbox.faults.put({ kind: 'dropBefore', on: 'confirm', times: 1 })
  must(await payCash(till, 10_000))
  await vi.waitFor(() => expect(slipById(till.storage.read, slip.id)?.stage).toMatchObject({ attempt: 2 }))
  must(await till.ask.slip.sendAgain({ slipId: slip.id }, fromTill))
  await until(till, slip.id, 'posted')
  const { requestIds = [] } = slipById(till.storage.read, slip.id) ?? {}
  expect(requestIds).toHaveLength(2)
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (const requestId of requestIds) expect(requestId).toMatch(uuid)
  expect(requestIds[1]).toBe(sandbox.book.slip(payID)?.payment?.requestID)
})

test('an answer that is lost while a slip is made does not make two of them', async () => {
  const till = await started()
  sandbox.faults.put({ kind: 'dropAfter', on: 'reference', times: 1 })
  sandbox.faults.put({ kind: 'down', on: 'inquire', times: 1 })
  const input = {
    merchantID: 'citypower',
    amountMinor: 5000,
    merchantRef: 'lost-answer',
    description: '',
    remarks: '',
  }
  expect(await till.ask.slip.issue(input, fromTill)).toMatchObject({ ok: false, problem: 'noAnswer' })
  expect(await till.ask.slip.issue({ ...input, amountMinor: 6000 }, fromTill)).toMatchObject({
    problem: 'otherAmount',
  })
  must(await till.ask.slip.issue(input, fromTill))
  expect(sandbox.book.slips().filter(({ merchantRef }) => merchantRef === 'lost-answer')).toHaveLength(1)
  must(await till.ask.slip.issue(input, fromTill))
  expect(sandbox.book.slips().filter(({ merchantRef }) => merchantRef === 'lost-answer')).toHaveLength(2)
})

test('a lost answer never hands one customer the slip of another who has the same reference', async () => {
  const till = await started()
  const input = {
    merchantID: 'citypower',
    amountMinor: 5000,
    merchantRef: 'account-7',
    description: '',
    remarks: '',
  }
  const first = must(await till.ask.slip.issue(input, fromTill))
  sandbox.faults.put({ kind: 'dropAfter', on: 'reference', times: 1 })
  expect(await till.ask.slip.issue(input, fromTill)).toMatchObject({ problem: 'noAnswer' })
  const second = must(await till.ask.slip.issue(input, fromTill))
  const payIdOf = async ({ issuedId }: { issuedId: string }) =>
    (await till.ask.slip.issued({ issuedId }, fromTill))?.payId
  expect(await payIdOf(second)).not.toBe(await payIdOf(first))
})

test.each(['', 'lost-in-the-dark'])(
  'a slip whose answer was lost is found again after a restart, not made twice (reference “%s”)',
  async (merchantRef) => {
    const till = await started()
    const amountMinor = 7700 + merchantRef.length
    const input = { merchantID: 'citypower', amountMinor, merchantRef, description: '', remarks: '' }
    sandbox.faults.put({ kind: 'dropAfter', on: 'reference', times: 1 })
    sandbox.faults.put({ kind: 'down', on: 'inquire', times: 1 })
    expect(await till.ask.slip.issue(input, fromTill)).toMatchObject({ problem: 'noAnswer' })
    await till.register.stop()
    const again = await startedAgain(till)
    const { issuedId } = must(await again.ask.slip.issue(input, fromTill))
    const made = sandbox.book.slips().filter((slip) => slip.amountMinor === amountMinor)
    expect(made).toMatchObject([{ status: 'PENDING' }])
    expect(await again.ask.slip.issued({ issuedId }, fromTill)).toMatchObject({ payId: made[0]?.payID })
    const own = must(await again.ask.slip.issue({ ...input, merchantRef: '' }, fromTill))
    // Its own numbers begin again on a till that is installed anew: the day keeps them apart.
    const day = dayOf(again.clock.nowMs, 'Asia/Manila').replaceAll('-', '')
    const issued = await again.ask.slip.issued(own, fromTill)
    expect(issued?.merchantRef.replace(/\d{6}$/, '')).toBe(`0189-1-${day}-`)
    expect(sandbox.book.slips().filter((slip) => slip.amountMinor === amountMinor)).toHaveLength(2)
  },
)

test('keys of the store and of merchants are sealed, never shown, and only for an administrator', async () => {
  const till = await startedRegister({
    sealer: { seal: (plain) => `sealed ${btoa(plain)}`, open: (text) => atob(text.slice(7)) },
  })
  tills.push(till)
  const settings = {
    baseUrl: 'https://slips.example',
    storeID: '0189',
    storeKey: 'store-secret',
    pos: '',
    timeZone: 'Asia/Manila',
  }
  expect((await till.ask.slip.current(undefined, fromTill)).ready).toBe(false)
  expect(await till.ask.slip.begin({ text: '991308500305' }, fromTill)).toMatchObject({ rule: 'noSlips' })
  expect(await till.ask.slip.saveSettings(settings, fromTill)).toMatchObject({ reason: 'needsPermission' })
  must(await till.ask.session.unlock({ pin: '1234' }, fromTill))
  expect(await till.ask.slip.saveSettings({ ...settings, baseUrl: 'nowhere' }, fromTill)).toMatchObject({
    field: 'baseUrl',
  })
  must(await till.ask.slip.saveSettings(settings, fromTill))
  const merchant = { merchantID: 'shop', name: 'Shop', transactionKey: 'merchant-secret' }
  must(await till.ask.slip.saveMerchant(merchant, fromTill))
  expect(await till.ask.slip.current(undefined, fromTill)).toMatchObject({
    ready: true,
    merchants: [{ merchantID: 'shop', name: 'Shop' }],
  })
  saveSlip(till.storage.write, {
    id: 'waits',
    payId: '991308500305',
    receiptId: null,
    stage: { name: 'confirming' },
    openMoney: true,
    amountMinor: 100,
    requestIds: [],
    createdAtMs: 1,
    changedAtMs: 1,
  })
  expect(await till.ask.slip.saveSettings({ ...settings, storeID: '0190' }, fromTill)).toMatchObject({
    problem: 'slipsOpen',
  })
  const shownSettings = JSON.stringify(await till.ask.slip.settings(undefined, fromTill))
  expect(shownSettings).not.toContain('secret')
  const onDisk = JSON.stringify([
    till.storage.read.all('SELECT * FROM setting'),
    till.storage.read.all('SELECT * FROM secret'),
    till.storage.read.all('SELECT * FROM audit'),
  ])
  expect(onDisk).not.toContain('store-secret')
  expect(onDisk).not.toContain('merchant-secret')
})
