import { afterEach, expect, test } from 'vitest'
import type { Answer, Reachability, SeqrService } from '../seqr/service.ts'
import { createConnection } from './connection.ts'
import { createAgenda } from './simulation/agenda.ts'
import { clockOf, createLife } from './simulation/life.ts'

const running: { stop: () => void }[] = []
afterEach(() => {
  for (const one of running.splice(0)) one.stop()
})

/** A connection on virtual time, and a service that is found as `found` says, `tookMs` after it was looked for. */
function looked() {
  const agenda = createAgenda(0)
  const clock = clockOf(
    agenda,
    createLife(1, agenda, () => {}),
    { ms: 0 },
  )
  const world = { found: 'online' as Reachability, tookMs: 20, idle: true, probes: [] as number[], told: 0 }
  const seqr = {
    async probe() {
      world.probes.push(agenda.now())
      await clock.sleepUntil(agenda.now() + world.tookMs)
      return world.found
    },
  } as unknown as SeqrService
  const connection = createConnection({
    clock,
    seqr,
    idle: () => world.idle,
    changed: () => (world.told += 1),
  })
  running.push(connection)
  connection.start()
  return { world, connection, pass: (ms: number) => agenda.runUntil(agenda.now() + ms) }
}

const noAnswer = (reason: string) => ({ kind: 'noAnswer', reason, detail: '' }) as Answer<unknown>
const answer = { kind: 'ok', value: {} } as Answer<unknown>

test('whether SEQR answers is known before anybody presses Pay', async () => {
  const { world, connection, pass } = looked()
  expect(connection.view().connection).toBe('unknown')
  expect(connection.usable()).toBe(true)
  await pass(100)
  expect(connection.view()).toMatchObject({ connection: 'online', lastAnswerAtMs: 20 })
  world.found = 'slow'
  await pass(10_100)
  expect(connection.view().connection).toBe('slow')
  expect(connection.usable()).toBe(true)
})

test('SEQR rule: a payment cannot be made while the till is offline; it is back by itself within seconds', async () => {
  const { world, connection, pass } = looked()
  world.found = 'offline'
  await pass(100)
  expect(connection.view().connection).toBe('offline')
  expect(connection.usable()).toBe(false)
  world.found = 'online'
  await pass(5100)
  expect(connection.usable()).toBe(true)
  expect(world.told).toBe(2)
})

test('an hour of looking is a question each ten seconds, each five while it is away, never two at once', async () => {
  const { world, pass } = looked()
  await pass(3_600_000)
  expect(world.probes.length).toBeLessThanOrEqual(361)
  Object.assign(world, { found: 'offline', tookMs: 4000, probes: [] })
  await pass(3_600_000)
  expect(world.probes.length).toBeLessThanOrEqual(721)
  const gaps = world.probes.slice(1).map((at, index) => at - (world.probes[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(world.tookMs)
})

test('while a payment is open nothing is looked for beside it: its own questions tell', async () => {
  const { world, connection, pass } = looked()
  await pass(100)
  Object.assign(world, { idle: false, probes: [] })
  await pass(60_000)
  expect(world.probes).toEqual([])
  connection.heard(noAnswer('unreachable'), 5)
  expect(connection.view().connection).toBe('offline')
  connection.heard(answer, 200)
  expect(connection.view().connection).toBe('online')
  connection.heard(noAnswer('timeout'), 6000)
  expect(connection.view().connection).toBe('slow')
  connection.heard(answer, 3500)
  expect(connection.view().connection).toBe('slow')
  world.idle = true
  await pass(10_100)
  expect(world.probes.length).toBeGreaterThan(0)
})
