import type { Clock } from './clock.ts'

/** Long-running money as the loop sees it: a stage that says what to ask next, and when. */
export interface Followed<Call> {
  /** What to ask now, or null when it is over. */
  call(): Call | null
  /** When that question is due, epoch ms. */
  dueAtMs(last: Asked<Call> | null): number
  /** Asks, and saves what came back. Never rejects for what the world does. */
  ask(call: Call, signal: AbortSignal): Promise<void>
}

export interface Asked<Call> {
  readonly call: Call
  readonly startedAtMs: number
}

export interface Follower {
  /** A person has done something: look again at once what to ask. */
  wake(): void
  readonly done: Promise<void>
}

/**
 * The one loop that asks. One question at a time; the next is due by its own schedule, so a slow answer does not
 * push the rhythm. Aborting ends the waiting and changes nothing on disk.
 */
export function follow<Call>(followed: Followed<Call>, clock: Clock, signal: AbortSignal): Follower {
  const waker = { current: new AbortController() }
  const run = async () => {
    for (let last: { call: Call; atElapsedMs: number } | null = null; !signal.aborted;) {
      const call = followed.call()
      if (call === null) return
      const due = followed.dueAtMs(
        last === null ? null : { call: last.call, startedAtMs: inTodaysTime(last) },
      )
      if (due > clock.now()) {
        waker.current = new AbortController()
        await clock.sleepUntil(due, AbortSignal.any([signal, waker.current.signal]))
        continue
      }
      const atElapsedMs = clock.elapsedMs()
      await followed.ask(call, signal)
      last = { call, atElapsedMs }
    }
  }
  /** When it was, by the clock as it stands now: setting the computer's clock must not stop the questions. */
  const inTodaysTime = ({ atElapsedMs }: { atElapsedMs: number }) =>
    Math.round(clock.now() - (clock.elapsedMs() - atElapsedMs))
  return { wake: () => waker.current.abort(), done: run() }
}
