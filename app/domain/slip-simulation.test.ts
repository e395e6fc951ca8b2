import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleSlip, scriptedServer, type Weather } from './slip.fake.ts'
import {
  beginSlip,
  callFor,
  canSendAgain,
  canVerifyAgain,
  cashOf,
  dueAtMs,
  isForAPerson,
  isOver,
  next,
  slipInTheWay,
  type SlipEvent,
  type SlipStage,
} from './slip.ts'

const payIDs = ['100000000001', '100000000002', '100000000003']
const hourMs = 3_600_000

/** Where the till dies in a step: before the event is saved, or after. */
type Kill = 'lives' | 'diesBeforeSave' | 'diesAfterSave'
type Step = { readonly weather: Weather; readonly kill: Kill; readonly answerMs: number }

type Run = {
  readonly verdicts: Record<string, 'POSTED' | 'PAID' | 'DECLINED'>
  readonly verifies: readonly Step[]
  readonly confirms: readonly Step[]
  readonly kills: readonly Kill[]
  readonly rescans: readonly number[]
}

const anyKill = fc.constantFrom<Kill>('lives', 'lives', 'diesBeforeSave', 'diesAfterSave')
const anyStep = fc.record<Step>({
  weather: fc.constantFrom('fine', 'dropBefore', 'dropBefore', 'dropAfter', 'dropAfter', 'late'),
  kill: anyKill,
  answerMs: fc.integer({ min: 0, max: 30_000 }),
})

const anyRun: fc.Arbitrary<Run> = fc.record({
  verdicts: fc
    .array(fc.constantFrom('POSTED', 'PAID', 'DECLINED'), { minLength: 3, maxLength: 3 })
    .map((all) => Object.fromEntries(payIDs.map((payID, index) => [payID, all[index] ?? 'POSTED']))),
  verifies: fc.array(anyStep, { maxLength: 8 }),
  confirms: fc.array(anyStep, { maxLength: 60 }),
  kills: fc.array(anyKill, { maxLength: 8 }),
  rescans: fc.array(fc.nat(2), { maxLength: 12 }),
})

/** A till with a disk: what was not saved before it died never happened. */
function simulate({ verdicts, verifies, confirms, kills, rescans }: Run) {
  const server = scriptedServer(verdicts)
  const disk: SlipStage[] = []
  const sends: { payID: string; requestID: string; atMs: number }[] = []
  let nowMs = 0
  let made = 0
  let drawerMinor = 0
  const scripts = { verify: verifies.values(), confirm: confirms.values() }
  const deaths = kills.values()
  const fresh = () => `r${(made += 1)}`
  const calm: Step = { weather: 'fine', kill: 'lives', answerMs: 100 }

  /** Reads, decides, writes; says whether the till lived to hear itself. */
  function happen(index: number, event: SlipEvent, kill: Kill): boolean {
    const before = disk[index]
    if (before === undefined || kill === 'diesBeforeSave') return false
    disk[index] = next(before, event)
    return kill === 'lives'
  }

  function scan(payID: string) {
    if (slipInTheWay(disk, payID) === null) disk.push(beginSlip(payID, fresh(), nowMs))
  }

  function ask(index: number, stage: SlipStage) {
    const call = callFor(stage)
    if (call === null) return
    const { weather, kill, answerMs } = scripts[call.ask].next().value ?? calm
    if (call.ask === 'confirm') sends.push({ ...call, atMs: nowMs })
    const arrivesAtMs = nowMs + (weather === 'late' ? 25_000 : answerMs)
    const event = server.ask(call, weather, arrivesAtMs)
    nowMs = arrivesAtMs
    happen(index, event, kill)
  }

  /** The cashier counts the cash in, and does so again if the till died before it could say "saved". */
  function takeCash(index: number) {
    const event: SlipEvent = { type: 'cashTaken', requestID: fresh(), atMs: nowMs }
    happen(index, event, deaths.next().value ?? 'lives')
    const stage = disk[index]
    if (stage !== undefined && stage.name === 'confirming') drawerMinor += sampleSlip.amountMinor
  }

  for (const payID of payIDs) scan(payID)
  const scans = rescans.values()
  for (let turn = 0; turn < 2_000; turn += 1) {
    const again = scans.next()
    if (again.done !== true) scan(payIDs[again.value] ?? '')
    const due = [...disk.entries()].filter(([, stage]) => callFor(stage) !== null)
    const [index, stage] = due.sort(([, one], [, other]) => dueAtMs(one) - dueAtMs(other))[0] ?? []
    if (index !== undefined && stage !== undefined) {
      nowMs = Math.max(nowMs, dueAtMs(stage))
      ask(index, stage)
    }
    for (const [each, now] of disk.entries()) {
      if (now.name === 'verified') takeCash(each)
      if (canVerifyAgain(now) && now.name === 'unverified') {
        happen(each, { type: 'verifyAgain', requestID: fresh(), atMs: nowMs }, 'lives')
      }
      if (now.name === 'needsPerson' && canSendAgain(now)) {
        nowMs += hourMs
        happen(each, { type: 'sendAgain', atMs: nowMs }, deaths.next().value ?? 'lives')
      }
    }
    if (due.length === 0 && disk.every((each) => callFor(each) === null && each.name !== 'verified')) break
  }
  return { disk, server, sends, drawerMinor: () => drawerMinor }
}

test('whatever is dropped, refused, late or killed, each slip is confirmed exactly once and no cash is lost', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const { disk, server, sends, drawerMinor } = simulate(run)
      for (const payID of payIDs) {
        const taken = disk.filter((stage) => stage.payID === payID && cashOf(stage) > 0)
        expect(taken.length).toBeLessThanOrEqual(1)
        const sent = sends.filter((send) => send.payID === payID).map((send) => send.requestID)
        expect(new Set(sent).size).toBe(taken.length)
        expect(server.confirmIDs.get(payID)?.size ?? 0).toBe(taken.length)
        expect(server.paid.has(payID)).toBe(taken.some((stage) => !isForAPerson(stage)))
      }
      const inDrawer = disk.reduce((sum, stage) => sum + cashOf(stage), 0)
      expect(inDrawer).toBe(drawerMinor())
    }),
    { numRuns: 400 },
  )
})

test('in the end every slip is where a person or the server left it, and none hangs', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const { disk } = simulate(run)
      const resting = new Set(['posted', 'paid', 'confirmDeclined', 'refused', 'unverified', 'dropped'])
      expect(disk.filter((stage) => !resting.has(stage.name))).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('after the declined cash is given back, the drawer holds what the server holds as PAID and POSTED', () => {
  fc.assert(
    fc.property(anyRun, (run) => {
      const { disk, server } = simulate(run)
      const settled = disk.map((stage) =>
        stage.name === 'confirmDeclined'
          ? next(stage, { type: 'givenBack', by: 'Anna', why: 'refused', atMs: 0 })
          : stage,
      )
      const inDrawer = settled.reduce((sum, stage) => sum + cashOf(stage), 0)
      expect(inDrawer).toBe(server.paid.size * sampleSlip.amountMinor)
      expect(settled.filter(isOver).length).toBeGreaterThanOrEqual(
        server.paid.size - countOf(settled, 'paid'),
      )
    }),
    { numRuns: 200 },
  )
})

test('a server that is down for days is asked by the clock, then by a person, under one requestID', () => {
  const down: Step = { weather: 'dropBefore', kill: 'lives', answerMs: 0 }
  const confirms = Array.from({ length: 3 * 60 }, () => down)
  const { sends, server, disk } = simulate({ verdicts: {}, verifies: [], confirms, kills: [], rescans: [] })
  expect(disk.map((stage) => stage.name)).toEqual(['posted', 'posted', 'posted'])
  for (const [payID, { requestID }] of server.paid) {
    const own = sends.filter((send) => send.payID === payID)
    expect(new Set(own.map((send) => send.requestID))).toEqual(new Set([requestID]))
    const gapsMs = own.slice(1).map((send, index) => send.atMs - (own[index]?.atMs ?? 0))
    expect(gapsMs.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 600_000))
    expect(Math.min(...gapsMs.slice(9))).toBeGreaterThanOrEqual(600_000)
  }
})

function countOf(stages: readonly SlipStage[], name: SlipStage['name']): number {
  return stages.filter((stage) => stage.name === name).length
}
