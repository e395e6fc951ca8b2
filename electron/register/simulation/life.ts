import type { Clock } from '../clock.ts'
import type { Agenda } from './agenda.ts'

/**
 * One run of the till's program, from power on to its end. A dead one's code may still run to where it next waits,
 * as a ghost: it hears nothing more, and nothing that it does reaches the disk, the service or the cashier.
 */
export interface Life {
  readonly number: number
  readonly startedAtMs: number
  endedAtMs: number | null
  readonly alive: () => boolean
  /** Pulls the plug. */
  readonly end: () => void
}

export function createLife(number: number, agenda: Agenda, ended: (life: Life) => void): Life {
  const life: Life = {
    number,
    startedAtMs: agenda.now(),
    endedAtMs: null,
    alive: () => life.endedAtMs === null,
    end: () => {
      if (life.endedAtMs !== null) return
      life.endedAtMs = agenda.now()
      ended(life)
    },
  }
  return life
}

/** Made once: thousands of them would cost more than the run itself. */
const timeIsOut = new DOMException('The time is out', 'TimeoutError')

/** Waits longer than this look at the clock again, as the system's do. */
const longestWaitMs = 60_000

/** How far the computer's clock is from virtual time: somebody, or a time server, sets it. */
export interface Skew {
  ms: number
}

/** The till's clock on virtual time; for a dead till it stands still. */
export function clockOf(agenda: Agenda, life: Life, skew: Skew): Clock {
  const now = () => agenda.now() + skew.ms
  return {
    now,
    elapsedMs: () => agenda.now(),
    sleepUntil: (atMs, signal) =>
      new Promise((resolve) => {
        if (atMs <= now() || signal?.aborted === true) return resolve()
        const wake = () => {
          entry.cancel()
          if (life.alive()) resolve()
        }
        const entry = agenda.at(agenda.now() + Math.min(atMs - now(), longestWaitMs), wake)
        signal?.addEventListener('abort', wake, { once: true })
      }),
    deadline(ms, signal) {
      const own = new AbortController()
      agenda.at(agenda.now() + ms, () => {
        if (life.alive()) own.abort(timeIsOut)
      })
      return AbortSignal.any([signal, own.signal])
    },
  }
}
