/** Time as the register sees it; tests and the simulation turn their own. */
export interface Clock {
  now(): number
  /** Resolves at a time (epoch ms), or at once when it is past; also when the signal aborts. Never rejects. */
  sleepUntil(atMs: number, signal?: AbortSignal): Promise<void>
  /** A signal that aborts after so many milliseconds, or with the one it is given. */
  deadline(ms: number, signal: AbortSignal): AbortSignal
}

/** setTimeout takes at most this long; longer waits are cut into pieces. */
const longestTimeoutMs = 2_000_000_000

export const systemClock: Clock = {
  now: () => Date.now(),
  deadline: (ms, signal) => AbortSignal.any([signal, AbortSignal.timeout(ms)]),
  async sleepUntil(atMs, signal) {
    const isStopped = () => signal?.aborted === true
    while (Date.now() < atMs && !isStopped()) {
      await timeout(Math.min(atMs - Date.now(), longestTimeoutMs), signal)
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
