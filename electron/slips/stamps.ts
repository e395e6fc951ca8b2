/** Where 7-CONNECT keeps its clocks. The Philippines have had no summer time since 1990. */
export const sevenConnectZone = 'Asia/Manila'

/** A point in time as the platform writes it, `yyyyMMddHHmmss`, by the clocks of an IANA time zone. */
export function writeStamp(atMs: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  return order.map((type) => parts.get(type) ?? '').join('')
}

const order = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

/**
 * Reads `yyyyMMddHHmmss` by the clocks of a zone, or null when it is no such time. An hour that the clocks go
 * through twice is its later pass; one that they skip is null.
 */
export function readStamp(text: string, zone: string): number | null {
  const stamp = text.trim()
  if (!/^\d{14}$/.test(stamp)) return null
  const asUtcMs = Date.parse(stamp.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z'))
  if (Number.isNaN(asUtcMs)) return null
  // The zone's clocks stood within a day of here: one offset before any change of them, one after.
  const guesses = [asUtcMs + dayMs, asUtcMs - dayMs].map((near) => asUtcMs - offsetMs(near, zone))
  return guesses.find((atMs) => writeStamp(atMs, zone) === stamp) ?? null
}

const dayMs = 86_400_000

/** How far the zone's clocks are ahead of UTC at this point in time. */
function offsetMs(atMs: number, zone: string): number {
  const iso = writeStamp(atMs, zone).replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z')
  return Date.parse(iso) - Math.floor(atMs / 1000) * 1000
}
