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

/** Whole seconds left to wait, zero when a PIN may be tried now. */
export function secondsLocked(pins: WrongPins, nowMs: number): number {
  const leftMs = lockedUntilMs(atTheLatest(pins, nowMs)) - nowMs
  return leftMs <= 0 ? 0 : Math.ceil(leftMs / 1000)
}

/**
 * A mistake that lies in the future was made before the clock was set back, nobody knows how long ago: it counts as
 * made now. To be kept, else the wait would begin anew with every look at it and last until the old time is reached.
 */
export function atTheLatest<T extends WrongPins>(pins: T, nowMs: number): T {
  return pins.lastFailureAtMs > nowMs ? { ...pins, lastFailureAtMs: nowMs } : pins
}

export function afterWrongPin(pins: WrongPins, nowMs: number): WrongPins {
  return { failures: pins.failures + 1, lastFailureAtMs: nowMs }
}
