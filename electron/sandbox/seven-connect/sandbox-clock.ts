/** A clock that runs on its base and can be turned forward, so that ten minutes pass when somebody says so. */
export type SandboxClock = {
  now(): number
  /** Never backwards. */
  turnTo(atMs: number): void
}

export function sandboxClock(base: () => number = Date.now): SandboxClock {
  const turned = { byMs: 0 }
  const now = () => base() + turned.byMs
  return {
    now,
    turnTo(atMs) {
      turned.byMs += Math.max(0, atMs - now())
    },
  }
}
