/** A clock that stands until it is moved on; whoever sleeps wakes when it passes their time. */
export function standingClock() {
  let nowMs = 1_000_000
  let sleepers: { readonly dueMs: number; readonly wake: () => void }[] = []

  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  return {
    now: () => nowMs,
    sleep(durationMs: number, signal: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        if (signal.aborted) return resolve()
        sleepers.push({ dueMs: nowMs + durationMs, wake: resolve })
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
    settle,
    /** Moves on, and lets everyone woken do what they woke for. */
    async pass(durationMs: number) {
      await settle()
      nowMs += durationMs
      const due = sleepers.filter(({ dueMs }) => dueMs <= nowMs)
      sleepers = sleepers.filter(({ dueMs }) => dueMs > nowMs)
      for (const { wake } of due) wake()
      await settle()
    },
    sleeping: () => sleepers.length,
  }
}
