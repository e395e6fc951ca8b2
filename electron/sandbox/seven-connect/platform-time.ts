const dayMs = 86_400_000

// Making a format costs far more than using it.
const formats = new Map<string, Intl.DateTimeFormat>()

/** `yyyyMMddHHmmss` by the clocks of an IANA zone. */
export function platformTime(atMs: number, zone: string): string {
  const known = formats.get(zone)
  const format =
    known ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  if (known === undefined) formats.set(zone, format)
  return format.format(atMs).replaceAll(/\D/g, '')
}

/** Reads `yyyyMMddHHmmss`, or null when it is blank, malformed or no time that the zone's clocks show. */
export function readPlatformTime(text: string, zone: string): number | null {
  if (!/^\d{14}$/.test(text)) return null
  const iso = text.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z')
  const shownMs = Date.parse(iso)
  if (Number.isNaN(shownMs)) return null
  for (const nearMs of [shownMs - dayMs, shownMs + dayMs]) {
    const zoneAheadMs = Date.parse(isoOf(platformTime(nearMs, zone))) - nearMs
    const atMs = shownMs - zoneAheadMs
    if (platformTime(atMs, zone) === text) return atMs
  }
  return null
}

function isoOf(text: string): string {
  return text.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z')
}
