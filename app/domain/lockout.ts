const freeTries = 3
const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000

/** Wrong PINs in a row for one person, and when the last of them was. */
export interface WrongPins {
  readonly failures: number
  readonly lastFailureAtMs: number
}

export const noWrongPins: WrongPins = { failures: 0, lastFailureAtMs: 0 }

/**
 * Until when no PIN is taken (epoch milliseconds). Two mistakes cost nothing; from the third each one doubles
 * the wait, from 30 seconds up to 15 minutes. Zero when nothing is locked.
 */
export function lockedUntilMs({ failures, lastFailureAtMs }: WrongPins): number {
  if (failures < freeTries) return 0
  const doublings = Math.min(failures - freeTries, 10)
  return lastFailureAtMs + Math.min(firstWaitMs * 2 ** doublings, longestWaitMs)
}

/** Whole seconds left to wait, zero when a PIN may be tried now. A clock set back never waits longer than the longest wait. */
export function secondsLocked(pins: WrongPins, nowMs: number): number {
  const leftMs = Math.min(lockedUntilMs(pins) - nowMs, longestWaitMs)
  return leftMs <= 0 ? 0 : Math.ceil(leftMs / 1000)
}

export function afterWrongPin(pins: WrongPins, nowMs: number): WrongPins {
  return { failures: pins.failures + 1, lastFailureAtMs: nowMs }
}
