import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beginSlip,
  callFor,
  cashOf,
  dueAtMs,
  eventOf,
  next,
  slipInTheWay,
  type SlipAnswer,
  type SlipCall,
  type SlipEvent,
  type SlipStage,
} from '../../app/domain/slip.ts'
import { sevenConnectBook, type SevenConnectBook } from '../sandbox/seven-connect/book.ts'
import type { MerchantWord } from '../sandbox/seven-connect/book-types.ts'

// Three days of a store in a moment: the till's machine against the server's book, both on one virtual clock.
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const daysMs = 72 * hourMs
const at = { storeID: '0189', pos: '1', shift: '1', bdate: '20180319000000' }

type Outage = { readonly fromMs: number; readonly forMs: number }
type Fate = 'arrives' | 'lostOnTheWay' | 'answerLost'
type World = {
  readonly arrivals: readonly number[]
  readonly linkOutages: readonly Outage[]
  readonly merchantOutages: readonly Outage[]
  readonly fates: readonly Fate[]
  readonly deaths: readonly boolean[]
  readonly refusals: readonly boolean[]
}

const anyOutage = fc.record({
  fromMs: fc.integer({ min: 0, max: daysMs }),
  forMs: fc.integer({ min: minuteMs, max: 8 * hourMs }),
})
const anyWorld: fc.Arbitrary<World> = fc.record({
  arrivals: fc.array(fc.integer({ min: 0, max: daysMs }), { minLength: 1, maxLength: 12 }),
  linkOutages: fc.array(anyOutage, { maxLength: 5 }),
  merchantOutages: fc.array(anyOutage, { maxLength: 5 }),
  fates: fc.array(fc.constantFrom<Fate>('arrives', 'arrives', 'lostOnTheWay', 'answerLost'), {
    maxLength: 60,
  }),
  deaths: fc.array(fc.boolean(), { maxLength: 40 }),
  refusals: fc.array(fc.boolean(), { maxLength: 3 }),
})

function isOut(outages: readonly Outage[], nowMs: number): boolean {
  return outages.some(({ fromMs, forMs }) => nowMs >= fromMs && nowMs < fromMs + forMs)
}

async function live(world: World) {
  const clock = { nowMs: 0 }
  const [fates, deaths, refusals] = [world.fates.values(), world.deaths.values(), world.refusals.values()]
  const accepted: string[] = []
  const slips: SlipStage[] = []
  const sent = new Map<string, Set<string>>()
  const workItems: number[] = []
  let made = 0
  const fresh = () => String((made += 1)).padStart(12, '0')

  const book = sevenConnectBook({
    merchants: [
      {
        merchantID: 'm',
        name: 'M',
        transactionKey: 'k',
        endpoint: '',
        validates: true,
        retries: true,
        currency: 'PHP',
        expiryMinutes: 2880,
      },
    ],
    stores: [],
    now: () => clock.nowMs,
    freshPayID: fresh,
    callMerchant(_, type, slip): Promise<MerchantWord> {
      if (isOut(world.merchantOutages, clock.nowMs)) {
        return Promise.resolve({ kind: 'silent', said: 'down', mayHaveArrived: false })
      }
      if (type === 'CONFIRM' && refusals.next().value === true) {
        return Promise.resolve({ kind: 'refused', said: 'Sold out' })
      }
      if (type === 'CONFIRM') accepted.push(slip.payID)
      return Promise.resolve({ kind: 'accepted', authCode: 'A1', remarks: '' })
    },
  })

  function save(index: number, event: SlipEvent) {
    const before = slips[index]
    if (before === undefined || deaths.next().value === true) return
    const after = next(before, event)
    if (after.name === 'needsPerson' && before.name !== 'needsPerson') workItems.push(index)
    slips[index] = after
  }

  async function ask(index: number, call: SlipCall) {
    const fate = isOut(world.linkOutages, clock.nowMs) ? 'lostOnTheWay' : (fates.next().value ?? 'arrives')
    if (call.ask === 'confirm') {
      sent.set(call.payID, (sent.get(call.payID) ?? new Set()).add(call.requestID))
    }
    const answer = fate === 'lostOnTheWay' ? null : await answerOf(book, call)
    const heard = fate === 'arrives' && answer !== null ? answer : lost(call)
    clock.nowMs += 1000
    save(index, eventOf(call, heard, clock.nowMs))
  }

  /** What people do once in a while. */
  function lookAround() {
    const atMs = clock.nowMs
    for (const [index, stage] of slips.entries()) {
      if (stage.name === 'unverified') save(index, { type: 'verifyAgain', requestID: `v${fresh()}`, atMs })
      if (stage.name === 'needsPerson') save(index, { type: 'sendAgain', atMs })
    }
  }

  /** What people do at once: take cash, give it back, read the list. */
  function people(index: number, stage: SlipStage) {
    const atMs = clock.nowMs
    if (stage.name === 'verified') save(index, { type: 'cashTaken', requestID: `c${fresh()}`, atMs })
    if (stage.name === 'confirmDeclined')
      save(index, { type: 'givenBack', by: 'Anna', why: stage.said, atMs })
    if (stage.name === 'paid') {
      const slip = book.slip(stage.payID)
      if (slip === null) return
      const { said, authCode, remarks } = slip
      save(index, { type: 'statusRead', status: book.status(slip), said, authCode, remarks })
    }
  }

  function arrive() {
    const merchant = book.merchant('m')
    if (merchant === null) return
    const { payID } = book.create(merchant, {
      merchantRef: `R${made}`,
      amountMinor: 100 + made,
      description: '',
      receiptRemarks: '',
      email: '',
      phone: '',
      payLoad: '',
      returnPaymentDetails: false,
      expiresAtMs: null,
    })
    if (slipInTheWay(slips, payID) === null) slips.push(beginSlip(payID, `v${fresh()}`, clock.nowMs))
  }

  const looks = { nextMs: 0 }
  const waiting = [...world.arrivals].sort((one, other) => one - other)
  for (let turn = 0; clock.nowMs < daysMs + 12 * hourMs && turn < 5000; turn += 1) {
    const dues = slips.map((stage) => dueAtMs(stage))
    const times = [waiting[0] ?? Infinity, book.dueAtMs() ?? Infinity, ...dues, looks.nextMs]
    clock.nowMs = Math.max(clock.nowMs, Math.min(...times))
    while ((waiting[0] ?? Infinity) <= clock.nowMs) {
      waiting.shift()
      arrive()
    }
    await book.postDue()
    if (clock.nowMs >= looks.nextMs) {
      looks.nextMs = clock.nowMs + 30 * minuteMs
      lookAround()
    }
    for (const index of slips.keys()) {
      const stage = slips[index]
      const call = stage === undefined ? null : callFor(stage)
      if (stage !== undefined && call !== null && dueAtMs(stage) <= clock.nowMs) await ask(index, call)
      const now = slips[index]
      if (now !== undefined) people(index, now)
    }
  }
  return { book, slips, sent, accepted, workItems }
}

async function answerOf(book: SevenConnectBook, call: SlipCall): Promise<SlipAnswer> {
  const { payID, requestID } = call
  const slip = book.slip(payID)
  if (call.ask === 'confirm') {
    const { amountMinor } = call
    const verdict = await book.confirm({ payID, requestID, at, amountMinor })
    const { status, authCode, remarks, responseDesc: said } = verdict
    if (verdict.responseCode === 'SUCCESS' && (status === 'PAID' || status === 'POSTED')) {
      return { ask: 'confirm', answer: { kind: 'ok', value: { status, authCode, remarks } } }
    }
    return { ask: 'confirm', answer: { kind: 'declined', reason: 'merchantRefused', said } }
  }
  const verdict = await book.verify({ payID, requestID, at })
  if (slip === null || verdict.responseCode === 'DECLINED') {
    const said = verdict.responseDesc
    return { ask: 'verify', answer: { kind: 'declined', reason: 'merchantRefused', said } }
  }
  const { merchantID, merchantRef, description, receiptRemarks, amountMinor, currency } = slip
  const value = {
    merchantID,
    merchantName: 'M',
    merchantRef,
    description,
    receiptRemarks,
    amountMinor,
    currency,
    expiresAtMs: slip.expiresAtMs,
  }
  return { ask: 'verify', answer: { kind: 'ok', value } }
}

function lost(call: SlipCall): SlipAnswer {
  const answer = { kind: 'noAnswer', fault: 'unreachable' } as const
  return call.ask === 'verify' ? { ask: 'verify', answer } : { ask: 'confirm', answer }
}

test('after three days of outages, lost answers and deaths the drawer holds what the server has as paid', async () => {
  await fc.assert(
    fc.asyncProperty(anyWorld, async (world) => {
      const { book, slips, sent, accepted } = await live(world)
      const paid = book.slips().filter(({ status }) => status === 'PAID' || status === 'POSTED')
      const owed = paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      expect(slips.reduce((sum, stage) => sum + cashOf(stage), 0)).toBe(owed)
      expect(slips.filter((stage) => callFor(stage) !== null || stage.name === 'needsPerson')).toEqual([])
      for (const [payID, requestIDs] of sent) {
        expect(requestIDs.size).toBe(1)
        const payment = book.slip(payID)?.payment
        if (payment) expect([...requestIDs]).toEqual([payment.requestID])
      }
      const posted = paid.filter(({ status }) => status === 'POSTED').map(({ payID }) => payID)
      expect([...accepted].sort()).toEqual([...posted].sort())
    }),
    { numRuns: 150 },
  )
})

test('after the tenth repeat without an answer there is an item for a person', async () => {
  const quiet = { merchantOutages: [], fates: [], deaths: [], refusals: [] }
  const linkOutages = [{ fromMs: 500, forMs: 2 * hourMs }]
  const { workItems, slips, sent } = await live({ ...quiet, arrivals: [0], linkOutages })
  expect(workItems[0]).toBe(0)
  expect(slips.map((stage) => stage.name)).toEqual(['posted'])
  expect([...sent.values()].map((requestIDs) => requestIDs.size)).toEqual([1])
})
