import type { Writer } from '../storage/open.ts'
import type { OutboxItem } from '../storage/outbox.ts'
import { dueOutbox, nextOutboxAtMs, saveOutbox } from '../storage/outbox.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'

/** How one thing in the outbox went. */
export type Sent = 'done' | 'tryAgain' | { readonly needsPerson: string }

export interface OutboxOptions {
  readonly desk: Desk
  /** Sends one item. A rejection counts as `tryAgain`. */
  readonly send: (item: OutboxItem, signal: AbortSignal) => Promise<Sent>
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number
  readonly changed: () => void
}

const firstPauseMs = 2000
const longestPauseMs = 15 * 60_000
/** The clock is looked at this often, should somebody set it. */
const longestSleepMs = 60_000
/** About two days of trying; then a person has to look. */
const mostAttempts = 200

/** The wait before another try: doubling from two seconds to a quarter of an hour, give or take a fifth. */
export function pauseBefore(attempt: number, random: number): number {
  const pause = Math.min(firstPauseMs * 2 ** Math.min(attempt - 1, 20), longestPauseMs)
  return Math.round(pause * (0.8 + 0.4 * random))
}

export type Outbox = ReturnType<typeof createOutbox>

/** Sends what must reach a service but need not be waited for; what cannot be sent is left for a person, never lost. */
export function createOutbox(options: OutboxOptions) {
  const { desk } = options
  const stopping = new AbortController()
  const waker = { current: new AbortController() }
  const clockSet = { ms: Number.POSITIVE_INFINITY }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const item of dueOutbox(desk.storage.read, dueBefore())) {
        await sendOne(item)
        if (stopping.signal.aborted) return
      }
      waker.current = new AbortController()
      const next = nextOutboxAtMs(desk.storage.read) ?? desk.clock.now() + longestPauseMs
      await desk.clock.sleepUntil(
        Math.min(Math.max(next, desk.clock.now() + 50), desk.clock.now() + longestSleepMs),
        AbortSignal.any([stopping.signal, waker.current.signal]),
      )
    }
  }

  /** Now; or everything, at the start and when the clock was set back: what waits may stand hours in the future. */
  function dueBefore(): number {
    const setMs = desk.clock.now() - desk.clock.elapsedMs()
    const wasSetBack = setMs < clockSet.ms - 1000
    clockSet.ms = setMs
    return wasSetBack ? Number.MAX_SAFE_INTEGER : desk.clock.now()
  }

  async function sendOne(item: OutboxItem): Promise<void> {
    const sent = await options.send(item, stopping.signal).catch((error: unknown): Sent => {
      desk.log.error({ err: error, item: item.id }, 'Sending from the outbox failed')
      return 'tryAgain'
    })
    if (stopping.signal.aborted && sent !== 'done') return
    change(desk, () => saveOutbox(desk.storage.write, afterTry(item, sent)))
    options.changed()
  }

  function afterTry(item: OutboxItem, sent: Sent): OutboxItem {
    const attempts = item.attempts + 1
    if (sent === 'done') return { ...item, attempts, state: 'done', lastFault: null }
    if (sent !== 'tryAgain') return { ...item, attempts, state: 'needsPerson', lastFault: sent.needsPerson }
    if (attempts >= mostAttempts) return { ...item, attempts, state: 'needsPerson', lastFault: 'noAnswer' }
    const nextAtMs = desk.clock.now() + pauseBefore(attempts, options.random())
    return { ...item, attempts, nextAtMs, lastFault: 'noAnswer' }
  }

  return {
    start(): void {
      void run()
    },
    /** Something new is due. */
    wake: () => waker.current.abort(),
    /** A person wants another try. */
    again(db: Writer, item: OutboxItem): void {
      saveOutbox(db, { ...item, state: 'waiting', attempts: 0, nextAtMs: desk.clock.now() })
    },
    stop: () => stopping.abort(),
  }
}
