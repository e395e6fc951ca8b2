export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * The one list of names whose values are never written: a name that contains one of the first, or ends with
 * one of the second, in any spelling (`terminal_password`, `apiKey`). Buyers' telephone numbers are on it too.
 */
const namesWith = ['password', 'passwd', 'passphrase', 'secret', 'token', 'authorization', 'cookie', 'msisdn']
const namesEnding = ['pin', 'key', 'pincode', 'phone', 'credentials']

const mask = '***'
const deepest = 6
const longestText = 4_000
const longestList = 100

/** A copy of log fields without anything on the list, with errors as plain text and nothing endless. */
export function redacted(fields: object): Record<string, unknown> {
  return cleanObject(fields, 0)
}

export function isSensitive(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '')
  return namesWith.some((part) => plain.includes(part)) || namesEnding.some((end) => plain.endsWith(end))
}

/** The line with every hidden value masked, however JSON, XML, an address or base64 would spell it. */
export function secretsHidden(line: string, hidden: Iterable<string>): string {
  let clean = line
  for (const secret of hidden)
    for (const spelling of spellingsOf(secret)) clean = clean.replaceAll(spelling, mask)
  return clean
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[deep]'
  if (value instanceof Error) return cleanError(value, depth)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.slice(0, longestList).map((item) => clean(item, depth + 1))
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`
  return cleanObject(value, depth)
}

function cleanObject(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    isSensitive(name) && inner !== undefined && inner !== null ? mask : clean(inner, depth + 1),
  ])
  return Object.fromEntries(entries)
}

/** Only what every error has: HTTP clients hang the whole request, password included, on theirs. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) }
  return { type: error.name, message: error.message, stack: error.stack, ...code, ...cause }
}

function spellingsOf(secret: string): Set<string> {
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const xmlQuotes = xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;')
  const inJson = [secret, xml, xmlQuotes].map(escaped)
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return new Set([...inJson.map(escaped), ...inJson, secret, encodeURIComponent(secret), base64])
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
