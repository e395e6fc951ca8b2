/** Where 7-CONNECT keeps its clocks. The Philippines have had no summer time since 1990. */
export const sevenConnectZone = 'Asia/Manila'

/** A point in time as the platform writes it, `yyyyMMddHHmmss`, by the clocks of an IANA time zone. */
export function writeStamp(atMs: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  return (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(part).join('')
}

/**
 * Reads `yyyyMMddHHmmss` by the clocks of a zone, or null when it is no such time. An hour that the clocks go
 * through twice is its later pass; one that they skip is null.
 */
export function readStamp(text: string, zone: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text.trim())
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second)
  const guesses = [asUtcMs + 86_400_000, asUtcMs - 86_400_000].map((near) => asUtcMs - offsetMs(near, zone))
  return guesses.find((atMs) => writeStamp(atMs, zone) === text.trim()) ?? null
}

function offsetMs(atMs: number, zone: string): number {
  const stamp = writeStamp(atMs, zone)
  const [year, month, day, hour, minute, second] = [
    stamp.slice(0, 4),
    stamp.slice(4, 6),
    stamp.slice(6, 8),
    stamp.slice(8, 10),
    stamp.slice(10, 12),
    stamp.slice(12),
  ].map(Number)
  const asUtcMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
  return asUtcMs - Math.floor(atMs / 1000) * 1000
}
