import { expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { follow } from './follow.ts'

/** A clock that only moves when told to, as people see it and as it has run. */
function clockByHand() {
  const time = { wallMs: 1_000_000, elapsedMs: 0 }
  const sleepers = new Set<() => void>()
  const clock: Clock = {
    now: () => time.wallMs,
    elapsedMs: () => time.elapsedMs,
    sleepUntil: (atMs, signal) =>
      new Promise((resolve) => {
        const untilElapsedMs = time.elapsedMs + (atMs - time.wallMs)
        const look = () => {
          if (time.elapsedMs < untilElapsedMs && signal?.aborted !== true) return
          sleepers.delete(look)
          resolve()
        }
        sleepers.add(look)
        signal?.addEventListener('abort', look)
        look()
      }),
    deadline: (_ms, signal) => signal,
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    clock,
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 100) {
        time.wallMs += 100
        time.elapsedMs += 100
        for (const look of sleepers) look()
        await settled()
      }
    },
    /** Somebody sets the computer's clock. */
    set(byMs: number) {
      time.wallMs += byMs
    },
  }
}

function asking(clock: Clock, answer: () => Promise<void> = () => Promise.resolve()) {
  const asked: string[] = []
  const stage = { call: 'status' as string | null }
  const stopping = new AbortController()
  const follower = follow<string>(
    {
      call: () => stage.call,
      dueAtMs: (last) =>
        last === null ? 0 : last.call === stage.call ? last.startedAtMs + 1000 : last.startedAtMs,
      ask: (call) => {
        asked.push(call)
        return answer()
      },
    },
    clock,
    stopping.signal,
  )
  return { asked, stage, stopping, follower }
}

test('one question a second, and the first at once', async () => {
  const time = clockByHand()
  const { asked, stopping } = asking(time.clock)
  expect(asked).toHaveLength(1)
  await time.pass(3500)
  expect(asked).toHaveLength(4)
  stopping.abort()
})

test('setting the computer’s clock back an hour, or ahead, stops no question', async () => {
  for (const byMs of [-3_600_000, 3_600_000]) {
    const time = clockByHand()
    const { asked, stopping } = asking(time.clock)
    await time.pass(2100)
    time.set(byMs)
    await time.pass(4000)
    expect(asked.length).toBeGreaterThanOrEqual(7)
    expect(asked.length).toBeLessThanOrEqual(8)
    stopping.abort()
  }
})

test('a clock set back while a question is on its way stops no question', async () => {
  const time = clockByHand()
  const waiting: (() => void)[] = []
  const { asked, stopping } = asking(time.clock, () => new Promise((resolve) => waiting.push(resolve)))
  time.set(-3_600_000)
  waiting.pop()?.()
  await time.pass(1100)
  expect(asked).toHaveLength(2)
  stopping.abort()
})

test('a person’s press is looked at at once', async () => {
  const time = clockByHand()
  const { asked, stage, follower, stopping } = asking(time.clock)
  await time.pass(100)
  stage.call = 'cancel'
  follower.wake()
  await time.pass(100)
  expect(asked).toEqual(['status', 'cancel'])
  stopping.abort()
})

test('it ends when there is nothing more to ask, and when the till stops', async () => {
  const time = clockByHand()
  const over = asking(time.clock)
  over.stage.call = null
  await time.pass(1100)
  await over.follower.done
  const stopped = asking(time.clock)
  stopped.stopping.abort()
  await stopped.follower.done
  expect(stopped.asked).toHaveLength(1)
})

test('the system’s clock sleeps until a time, and no longer when it is called off', async () => {
  const stopping = new AbortController()
  const long = systemClock.sleepUntil(Date.now() + 3_600_000, stopping.signal)
  await systemClock.sleepUntil(Date.now() + 20)
  stopping.abort()
  await long
  await systemClock.sleepUntil(Date.now() - 1000)
  expect(systemClock.elapsedMs()).toBeGreaterThan(0)
})
