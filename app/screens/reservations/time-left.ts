/** A reservation's clock as people read it. The service decides when it lapses; this only warns in good time. */

export const soonMs = 15 * 60_000

export type TimeLeft =
  | { readonly kind: 'plenty' | 'soon'; readonly text: string }
  /** The till's clock says that it is over: SEQR is asked. */
  | { readonly kind: 'over'; readonly text: string }

/** `2 d 3 h`, `1 h 05 min`, `14:59`: coarse while there is plenty, to the second when it matters. */
export function timeLeft(deadlineMs: number, nowMs: number): TimeLeft {
  const leftMs = deadlineMs - nowMs
  if (leftMs <= 0) return { kind: 'over', text: '0:00' }
  if (leftMs <= soonMs) return { kind: 'soon', text: minutesText(leftMs) }
  const minutes = Math.floor(leftMs / 60_000)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return { kind: 'plenty', text: `${days} d ${hours % 24} h` }
  if (hours > 0) return { kind: 'plenty', text: `${hours} h ${String(minutes % 60).padStart(2, '0')} min` }
  return { kind: 'plenty', text: `${minutes} min` }
}

function minutesText(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
