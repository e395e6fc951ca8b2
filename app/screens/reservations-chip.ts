import type { PaymentsView } from '../contract/views.ts'
import type { Words } from '../words/en.ts'
import type { Chip } from './status-chips.ts'
import { timeLeft } from './reservations/time-left.ts'

/** What the status bar says of money that is held, or null while there is none: the most pressing comes first. */
export function reservationsChip(words: Words, payments: PaymentsView | null, nowMs: number): Chip | null {
  const held = payments?.reservations ?? []
  const ended = payments?.endedReservations ?? []
  if (held.length + ended.length === 0) return null
  const { reservation: says } = words
  const base = { id: 'reservations', label: says.chip } as const
  if (ended.length > 0)
    return { ...base, state: says.ended(ended.length), tone: 'attention', icon: 'warning' }
  const deadlines = held.flatMap(({ phase, deadlineMs }) =>
    phase === 'reserved' && deadlineMs !== null ? [deadlineMs] : [],
  )
  const soonest = timeLeft(Math.min(...deadlines, Number.MAX_SAFE_INTEGER), nowMs)
  if (soonest.kind === 'plenty')
    return { ...base, state: says.held(held.length), tone: 'plain', icon: 'clock' }
  return { ...base, state: says.soonest(held.length, soonest.text), tone: 'attention', icon: 'warning' }
}
