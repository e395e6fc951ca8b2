/** Days of the shop: from midnight to midnight by its own clock, 23 or 25 hours long when the clocks are set. */
import type { Period } from '../storage/reports.ts'
import { timeIn } from './printing.ts'

const quarterMs = 15 * 60_000
const dayMs = 86_400_000
const farAwayMs = 8_000_000_000_000_000

/** `2026-11-21`: the day that a time is in. */
export function dayOf(atMs: number, timeZone: string): string {
  return timeIn(atMs, timeZone).slice(0, 10)
}

/** Its first moment. Days begin at a quarter of an hour in every time zone there is. */
export function dayStart(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) / quarterMs
  let before = midnight - 4 * 16
  let within = midnight + 4 * 16
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dayOf(middle * quarterMs, timeZone) < day) before = middle
    else within = middle
  }
  return within * quarterMs
}

/** The day so many days later, or earlier when below zero. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

export function periodOfDay(day: string, timeZone: string): Period {
  return { fromMs: dayStart(day, timeZone), toMs: dayStart(dayAfter(day, 1), timeZone) }
}

/** From the first to the last day, both included; null for no limit. */
export function periodOfDays(fromDay: string | null, toDay: string | null, timeZone: string): Period {
  return {
    fromMs: fromDay === null ? 0 : Math.max(0, dayStart(fromDay, timeZone)),
    toMs: toDay === null ? farAwayMs : Math.max(0, periodOfDay(toDay, timeZone).toMs),
  }
}
