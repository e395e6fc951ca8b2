/** Time as the register sees it; tests and the simulation turn their own. */
export interface Clock {
  now(): number
  /** Milliseconds since some moment. Unlike `now` it never jumps when somebody sets the computer's clock. */
  elapsedMs(): number
  /**
   * Resolves at a time (epoch ms), or at once when it is past; also when the signal aborts. Never rejects. It may be
   * early after the computer's clock was set: look again at what is due.
   */
  sleepUntil(atMs: number, signal?: AbortSignal): Promise<void>
  /** A signal that aborts after so many milliseconds, or with the one it is given. */
  deadline(ms: number, signal: AbortSignal): AbortSignal
}

/** Longer waits are cut into pieces, and look at the clock again between them. */
const longestPieceMs = 60_000

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  deadline: (ms, signal) => AbortSignal.any([signal, AbortSignal.timeout(ms)]),
  async sleepUntil(atMs, signal) {
    const isStopped = () => signal?.aborted === true
    // A short wait is measured once: a clock set back meanwhile must not make an hour of it.
    for (let leftMs = atMs - Date.now(); leftMs > 0 && !isStopped();) {
      await timeout(Math.min(leftMs, longestPieceMs), signal)
      leftMs = leftMs > longestPieceMs ? atMs - Date.now() : 0
    }
  },
}

function timeout(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
  })
}
