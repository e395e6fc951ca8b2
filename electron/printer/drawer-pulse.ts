import { commandAt } from './escpos-commands.ts'

/**
 * The real-time form (DLE DC4 1) of a job that is one drawer pulse and nothing else; null for any other job.
 * A printer obeys it at once, even without paper or with its cover open, so the customer gets the change.
 */
export function realTimePulseOf(bytes: Uint8Array): Uint8Array | null {
  const command = commandAt(bytes, 0)
  if (command?.name !== 'pulse' || command.length !== bytes.length) return null
  const [pin = 0, on = 0] = command.params
  // ESC p counts in steps of 2 ms, DLE DC4 in steps of 100 ms from 1 to 8.
  const steps = Math.min(8, Math.max(1, Math.ceil(on / 50)))
  return Uint8Array.of(0x10, 0x14, 1, pin % 48, steps)
}
