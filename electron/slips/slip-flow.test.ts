import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  beginSlip,
  callFor,
  cashOf,
  confirmRepeatMs,
  dueAtMs,
  eventOf,
  formatPayId,
  next,
  type SlipEvent,
  type SlipStage,
} from '../../app/domain/slip.ts'
import { sandboxClock } from '../sandbox/seven-connect/sandbox-clock.ts'
import { startSevenConnectSandbox, type SevenConnectSandbox } from '../sandbox/seven-connect/start.ts'
import { openStoreLink, type StoreLink } from './store-link.ts'

// The machine, the link and a server together, over real HTTP and on the till's own virtual clock.
const place = { pos: '1', shift: '1', businessDay: '20180319' }
const never = new AbortController().signal
const startMs = Date.UTC(2018, 2, 19, 4)

type Kill = 'lives' | 'diesBeforeSending' | 'diesBeforeSaving'
type Till = { disk: SlipStage; nowMs: number; readonly requestIDs: Set<string> }

let sandbox: SevenConnectSandbox
let link: StoreLink
const tillClock = { nowMs: startMs }

beforeAll(async () => {
  sandbox = await startSevenConnectSandbox({ clock: sandboxClock(() => startMs) })
  const { storeID, storeKey } = sandbox.demo.store
  const now = () => tillClock.nowMs
  link = openStoreLink({
    baseUrl: sandbox.url,
    storeID,
    storeKey,
    now,
    freshID: () => 's1',
  })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.faults.clear()
  sandbox.sampleMerchant.behave({ validate: 'accept', confirm: 'accept' })
  tillClock.nowMs = startMs
})

function tillWith(payID: string): Till {
  return { disk: beginSlip(payID, crypto.randomUUID(), startMs), nowMs: startMs, requestIDs: new Set() }
}

/** One turn of the loop: ask what the stage on disk asks, and save what came of it. */
async function turn(till: Till, kill: Kill = 'lives'): Promise<void> {
  const call = callFor(till.disk)
  if (call === null) return
  till.nowMs = Math.max(till.nowMs, dueAtMs(till.disk))
  tillClock.nowMs = till.nowMs
  if (kill === 'diesBeforeSending') return
  if (call.ask === 'confirm') till.requestIDs.add(call.requestID)
  const answer = await link.ask(call, place, never)
  if (kill === 'diesBeforeSaving') return
  till.disk = next(till.disk, eventOf(call, answer, till.nowMs))
}

function tell(till: Till, event: SlipEvent) {
  till.disk = next(till.disk, event)
}

async function untilAtRest(till: Till): Promise<void> {
  for (let turns = 0; callFor(till.disk) !== null && turns < 50; turns += 1) await turn(till)
}

function takeCash(till: Till) {
  tell(till, { type: 'cashTaken', requestID: crypto.randomUUID(), atMs: till.nowMs })
}

test('a slip is verified, paid, confirmed and posted', async () => {
  const till = tillWith(sandbox.createDemoSlip().payID)
  await untilAtRest(till)
  expect(till.disk).toMatchObject({ name: 'verified', slip: { amountMinor: 125_050 } })
  takeCash(till)
  await untilAtRest(till)
  expect(till.disk).toMatchObject({ name: 'posted', authCode: expect.stringMatching(/^A\d+$/) as string })
})

test('a server that answers VERIFY after 20 seconds is too late, no cash is taken, and it may be tried again', async () => {
  const till = tillWith(sandbox.createDemoSlip().payID)
  tillClock.nowMs = till.nowMs = startMs + 19_900
  sandbox.faults.put({ kind: 'slow', on: 'verify', ms: 60_000, times: 1 })
  const call = callFor(till.disk)
  if (call === null) throw new Error('a new slip asks to be verified')
  const answer = await link.ask(call, place, never)
  tell(till, eventOf(call, answer, startMs + 20_000))
  expect(till.disk).toMatchObject({ name: 'unverified', why: 'tooLate' })
  tell(till, { type: 'verifyAgain', requestID: crypto.randomUUID(), atMs: startMs + 30_000 })
  await untilAtRest(till)
  expect(till.disk.name).toBe('verified')
})

test('a server that is down at CONFIRM is asked by the clock, then by a person, and gets one payment', async () => {
  const { payID } = sandbox.createDemoSlip()
  const till = tillWith(payID)
  await untilAtRest(till)
  takeCash(till)
  sandbox.faults.put({ kind: 'down', on: 'confirm' })
  await untilAtRest(till)
  expect(till.disk.name).toBe('needsPerson')
  expect(till.nowMs - startMs).toBe(10 * confirmRepeatMs)
  expect(sandbox.book.slip(payID)?.status).toBe('PENDING')
  sandbox.faults.clear()
  tell(till, { type: 'sendAgain', atMs: till.nowMs })
  await untilAtRest(till)
  expect(till.disk.name).toBe('posted')
  expect(till.requestIDs.size).toBe(1)
})

test('a till that was off for a day sends when it starts, and the slip counts although it expired since', async () => {
  const { payID } = sandbox.createDemoSlip({ expiresAtMs: startMs + 3_600_000 })
  const till = tillWith(payID)
  await untilAtRest(till)
  takeCash(till)
  await sandbox.advance(3 * 3_600_000)
  await untilAtRest(till)
  expect(till.disk.name).toBe('posted')
})

test('while the merchant is down the slip is paid, and posted once the merchant is back', async () => {
  const { payID } = sandbox.createDemoSlip()
  const till = tillWith(payID)
  await untilAtRest(till)
  takeCash(till)
  sandbox.sampleMerchant.behave({ confirm: 'down' })
  await untilAtRest(till)
  expect(till.disk.name).toBe('paid')
  sandbox.sampleMerchant.behave({ confirm: 'accept' })
  await sandbox.advance(confirmRepeatMs)
  const answer = await link.status([payID], never)
  if (answer.kind !== 'ok') throw new Error('the server is up')
  for (const { payID: _, ...line } of answer.value) tell(till, { type: 'statusRead', ...line })
  expect(till.disk.name).toBe('posted')
})

test('a merchant that declines at CONFIRM what it validated leaves cash to be given back', async () => {
  const till = tillWith(sandbox.createDemoSlip().payID)
  await untilAtRest(till)
  takeCash(till)
  sandbox.sampleMerchant.behave({ confirm: 'decline' })
  await untilAtRest(till)
  expect(till.disk).toMatchObject({ name: 'confirmDeclined', reason: 'merchantRefused', said: 'Sold out' })
  expect(cashOf(till.disk)).toBe(125_050)
  tell(till, { type: 'givenBack', by: 'Anna', why: 'Sold out', atMs: till.nowMs })
  expect(cashOf(till.disk)).toBe(0)
})

test('a slip that two tills take at once is paid at one, and the other gives its cash back', async () => {
  const { payID } = sandbox.createDemoSlip()
  const tills = [tillWith(payID), tillWith(payID)]
  for (const till of tills) await untilAtRest(till)
  for (const till of tills) takeCash(till)
  await Promise.all(tills.map((till) => untilAtRest(till)))
  expect(tills.map((till) => till.disk.name).sort()).toEqual(['confirmDeclined', 'posted'])
})

const anyTrouble = fc.constantFrom(
  'none',
  'down',
  'dropBefore',
  'dropAfter',
  'cutShort',
  'html',
  'serverError',
  'redirect',
  'wrongToken',
  'otherSlip',
)
const anyKill = fc.constantFrom<Kill>('lives', 'lives', 'diesBeforeSending', 'diesBeforeSaving')
const anySteps = fc.array(fc.record({ trouble: anyTrouble, kill: anyKill }), { maxLength: 7 })

test('whatever the link and the till suffer at CONFIRM, the server has the payment once, under one requestID', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      sandbox.faults.clear()
      tillClock.nowMs = startMs
      const { payID } = sandbox.createDemoSlip({ merchantID: 'seattickets' })
      const till = tillWith(payID)
      await untilAtRest(till)
      takeCash(till)
      for (const { trouble, kill } of steps) {
        if (trouble !== 'none') sandbox.faults.put({ kind: trouble, on: 'confirm', times: 1 })
        await turn(till, kill)
        sandbox.faults.clear()
      }
      await untilAtRest(till)
      const slip = sandbox.book.slip(payID)
      expect(till.disk.name).toBe('posted')
      expect(slip?.status).toBe('POSTED')
      expect([...till.requestIDs]).toEqual([slip?.payment?.requestID])
      const told = sandbox.sampleMerchant.received.filter(
        ({ type, sevenConnectId }) => type === 'CONFIRM' && sevenConnectId === formatPayId(payID),
      )
      expect(told).toHaveLength(1)
    }),
    { numRuns: 60 },
  )
})
