import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashIntoDrawer } from '../../app/domain/receipt-edit.ts'
import { cashOf, confirmRepeatMs, confirmRepeats } from '../../app/domain/slip.ts'
import { findJournal } from '../storage/journal.ts'
import { receiptsInState } from '../storage/receipts.ts'
import {
  createSlipWorld,
  worldStartMs,
  type LinkFate,
  type SlipWorld,
  type SlipWorldOptions,
} from './simulation/slip-world.ts'

const minuteMs = 60_000
const slips = [12_500, 80_000]
const goodsMinor = 3000

async function lived(options: Partial<SlipWorldOptions>, untilMs = 30 * minuteMs): Promise<SlipWorld> {
  const world = createSlipWorld({ killAt: [], fates: [], slips, goodsMinor, ...options })
  await world.run(worldStartMs + untilMs)
  return world
}

/** What must hold however the till died: one requestID and one payment a slip, and a drawer that is explained. */
function checkMoney({ storage, book, payIDs, confirms, accepted, slips: stages }: SlipWorld): void {
  const drawer = receiptsInState(storage.read, ['completed']).reduce(
    (sum, receipt) => sum + cashIntoDrawer(receipt),
    0,
  )
  const held = stages().reduce((sum, stage) => sum + cashOf(stage), 0)
  expect(drawer).toBe(held + (drawer === 0 ? 0 : goodsMinor))
  for (const payID of payIDs) {
    expect(new Set((confirms.get(payID) ?? []).map(({ requestID }) => requestID)).size).toBeLessThanOrEqual(1)
    expect(accepted.get(payID) ?? 0).toBeLessThanOrEqual(1)
    const holding = stages().filter((stage) => stage.payID === payID && cashOf(stage) > 0)
    expect(holding.length).toBeLessThanOrEqual(1)
    const paid = book.slip(payID)?.payment ?? null
    if (paid !== null) expect(holding).toMatchObject([{ requestID: paid.requestID }])
  }
  const taken = findJournal(storage.read, { kinds: ['slip'], limit: 100 }).filter(
    ({ body }) => (body as { event: string }).event === 'cashTaken',
  )
  expect(taken).toHaveLength(stages().filter((stage) => cashOf(stage) > 0).length)
}

function checkPosted(world: SlipWorld): void {
  checkMoney(world)
  for (const payID of world.payIDs) {
    expect(world.book.slip(payID)?.status).toBe('POSTED')
    expect(world.accepted.get(payID)).toBe(1)
  }
  expect(
    world
      .slips()
      .filter((stage) => cashOf(stage) > 0)
      .map(({ name }) => name),
  ).toEqual(['posted', 'posted'])
}

test('without a mishap goods and two slips are paid, confirmed and posted', async () => {
  const world = await lived({})
  checkPosted(world)
  expect(world.lives()).toBe(1)
  await world.stop()
})

test('a till that is killed at any one step confirms each slip exactly once, under one requestID', async () => {
  const calm = await lived({})
  const steps = calm.steps()
  await calm.stop()
  expect(steps).toBeGreaterThan(20)
  for (let step = 1; step <= steps; step += 1) {
    const world = await lived({ killAt: [step] })
    checkPosted(world)
    expect(world.lives()).toBe(2)
    await world.stop()
  }
}, 20_000)

test('answers that are lost, and kills on top of them, change nothing but the time it takes', async () => {
  const anyFate = fc.constantFrom<LinkFate>('answered', 'lostOnTheWay', 'answerLost')
  const anyWorld = fc.record({
    killAt: fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 4 }),
    fates: fc.array(anyFate, { maxLength: 12 }),
  })
  await fc.assert(
    fc.asyncProperty(anyWorld, async (options) => {
      const world = await lived(options, 130 * minuteMs)
      checkPosted(world)
      await world.stop()
    }),
    { numRuns: 12 },
  )
}, 20_000)

test('a server that is away gets the confirm at once and ten times more, ten minutes apart, then a person is asked', async () => {
  const world = await lived({ slips: [10_000], awayUntilMs: 150 * minuteMs }, 140 * minuteMs)
  const [payID = ''] = world.payIDs
  const sent = world.confirms.get(payID) ?? []
  expect(sent).toHaveLength(1 + confirmRepeats)
  for (const [index, { atMs }] of sent.entries())
    if (index > 0) {
      const pauseMs = atMs - (sent[index - 1]?.atMs ?? 0)
      expect(pauseMs).toBeGreaterThanOrEqual(confirmRepeatMs)
      expect(pauseMs).toBeLessThan(confirmRepeatMs + 2000)
    }
  expect(world.slips()).toMatchObject([{ name: 'needsPerson' }])
  checkMoney(world)
  await world.run(worldStartMs + 160 * minuteMs)
  world.sendAgain()
  await world.run(worldStartMs + 161 * minuteMs)
  expect(world.slips()).toMatchObject([{ name: 'posted' }])
  checkMoney(world)
  await world.stop()
})

test('the schedule of a confirm goes on across restarts: a till that comes back does not begin it anew', async () => {
  const calm = await lived({ slips: [10_000], awayUntilMs: 150 * minuteMs }, 5 * minuteMs)
  const steps = calm.steps()
  await calm.stop()
  const killAt = [steps + 1, steps + 9, steps + 17]
  const world = await lived({ slips: [10_000], awayUntilMs: 150 * minuteMs, killAt }, 145 * minuteMs)
  expect(world.lives()).toBe(4)
  const sent = world.confirms.get(world.payIDs[0] ?? '') ?? []
  expect(sent.length).toBeLessThanOrEqual(1 + confirmRepeats + killAt.length)
  expect(world.slips()).toMatchObject([{ name: 'needsPerson' }])
  checkMoney(world)
  await world.stop()
})
