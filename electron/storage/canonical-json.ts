/** Names of fields whose values never belong into a record that is kept and exported. */
const secretNames: ReadonlySet<string> = new Set([
  'password',
  'pin',
  'pinHash',
  'secret',
  'token',
  'privateKey',
])

/**
 * JSON text that is the same for the same content: keys in order, nothing undefined. What stands under the name of a
 * secret is left out, so that not even a mistake writes one into a file that cannot be changed again.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`JSON has no ${value}`)
  if (typeof value !== 'object' || value === null) return value ?? null
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => [name, secretNames.has(name) ? '[left out]' : ordered(field)])
  return Object.fromEntries(fields)
}
