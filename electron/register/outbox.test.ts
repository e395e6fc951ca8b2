import { expect, test } from 'vitest'
import { storageAt } from '../storage/storage.fake.ts'
import { addOutbox, outboxItem, saveOutbox } from '../storage/outbox.ts'
import { createAgenda } from './simulation/agenda.ts'
import { clockOf, createLife } from './simulation/life.ts'
import type { Skew } from './simulation/life.ts'
import type { Sent } from './outbox.ts'
import { createOutbox, pauseBefore } from './outbox.ts'

const startMs = 1_700_000_000_000

/** An outbox on virtual time, whose service answers as it is told. */
function outboxWith(answers: Sent[]) {
  const agenda = createAgenda(startMs)
  const skew: Skew = { ms: 0 }
  const { storage } = storageAt()
  const sentAtMs: number[] = []
  const desk = {
    storage,
    clock: clockOf(
      agenda,
      createLife(1, agenda, () => {}),
      skew,
    ),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    newId: () => 'id',
    announce: {} as never,
    disk: { full: false },
  }
  const open = () =>
    createOutbox({
      desk,
      random: () => 0.5,
      changed: () => {},
      send() {
        sentAtMs.push(agenda.now() - startMs)
        return Promise.resolve(answers.shift() ?? 'tryAgain')
      },
    })
  addOutbox(storage.write, {
    id: 'a',
    kind: 'seqrReceipt',
    body: {},
    nextAtMs: startMs,
    createdAtMs: startMs,
  })
  return { agenda, skew, storage, sentAtMs, open, item: () => outboxItem(storage.read, 'a') }
}

test('what could not be sent is sent again, each time after a longer pause', async () => {
  const { agenda, open, sentAtMs, item } = outboxWith(['tryAgain', 'tryAgain', 'tryAgain', 'done'])
  open().start()
  await agenda.runUntil(startMs + 60_000)
  expect(sentAtMs).toEqual([0, 2000, 6000, 14_000])
  expect(item()?.state).toBe('done')
})

test('what the service refuses for good is left to a person, with the reason', async () => {
  const { agenda, open, sentAtMs, item } = outboxWith([{ needsPerson: '23 INVALID_ERS_REFERENCE' }])
  open().start()
  await agenda.runUntil(startMs + 3_600_000)
  expect(sentAtMs).toEqual([0])
  expect(item()).toMatchObject({ state: 'needsPerson', lastFault: '23 INVALID_ERS_REFERENCE' })
})

test('a clock that is set back an hour does not make it wait an hour', async () => {
  const { agenda, skew, open, sentAtMs } = outboxWith([])
  open().start()
  await agenda.runUntil(startMs + 1000)
  skew.ms = -3_600_000
  await agenda.runUntil(startMs + 62_000)
  expect(sentAtMs.length).toBeGreaterThan(1)
})

test('a started till tries at once what waits', async () => {
  const { agenda, storage, open, sentAtMs, item } = outboxWith(['done'])
  const waiting = item()
  if (waiting !== null) saveOutbox(storage.write, { ...waiting, attempts: 9, nextAtMs: startMs + 900_000 })
  open().start()
  await agenda.runUntil(startMs + 100)
  expect(sentAtMs).toEqual([0])
})

test('the pause doubles from two seconds to a quarter of an hour, give or take a fifth', () => {
  expect([1, 2, 3, 4].map((attempt) => pauseBefore(attempt, 0.5))).toEqual([2000, 4000, 8000, 16_000])
  expect(pauseBefore(50, 0.5)).toBe(900_000)
  expect(pauseBefore(1, 0)).toBe(1600)
  expect(pauseBefore(1, 0.999)).toBeLessThanOrEqual(2400)
})
