import type { IconName } from '../components/icons.tsx'
import type { TillView } from '../contract/views.ts'
import type { Words } from '../words/en.ts'
import type { StatusTopic } from './ui-store.ts'

export interface Chip {
  readonly id: StatusTopic | 'payments' | 'reservations'
  readonly label: string
  /** The state in a word: colour and icon only say it again. */
  readonly state: string
  readonly tone: 'good' | 'plain' | 'attention' | 'bad'
  readonly icon: IconName
}

export function chipsOf(words: Words, till: TillView): readonly Chip[] {
  return [
    seqrChip(words, till),
    printerChip(words, till),
    scannerChip(words, till),
    outboxChip(words, till),
    paymentsChip(words, till),
  ]
}

function seqrChip(words: Words, { seqr }: TillView): Chip {
  const label = words.bar.seqr
  const says = words.status.seqr
  if (seqr.terminal === null)
    return { id: 'seqr', label, state: says.noTerminal, tone: 'attention', icon: 'warning' }
  if (seqr.seqrId === null)
    return { id: 'seqr', label, state: says.noSeqrId, tone: 'attention', icon: 'warning' }
  const state = says[seqr.connection]
  switch (seqr.connection) {
    case 'online':
      return { id: 'seqr', label, state, tone: 'good', icon: 'online' }
    case 'slow':
      return { id: 'seqr', label, state, tone: 'attention', icon: 'hourglass' }
    case 'offline':
      return { id: 'seqr', label, state, tone: 'bad', icon: 'offline' }
    case 'unknown':
      return { id: 'seqr', label, state, tone: 'plain', icon: 'online' }
  }
}

function printerChip(words: Words, { printer }: TillView): Chip {
  const base = { id: 'printer', label: words.bar.printer } as const
  const state = words.status.printer[printer.state]
  switch (printer.state) {
    case 'ready':
      return { ...base, state, tone: 'good', icon: 'printer' }
    case 'none':
    case 'busy':
      return { ...base, state, tone: 'plain', icon: 'printer' }
    case 'warning':
      return { ...base, state, tone: 'attention', icon: 'warning' }
    case 'fault':
      return { ...base, state, tone: 'bad', icon: 'stop' }
  }
}

/** The worst of the scanners speaks; without any, the keyboard kind still works everywhere. */
function scannerChip(words: Words, { scanners }: TillView): Chip {
  const base = { id: 'scanner', label: words.bar.scanner } as const
  const says = words.status.scanner
  if (scanners.some(({ state }) => state === 'failing'))
    return { ...base, state: says.failing, tone: 'bad', icon: 'stop' }
  if (scanners.some(({ state }) => state === 'absent'))
    return { ...base, state: says.absent, tone: 'attention', icon: 'warning' }
  if (scanners.length === 0) return { ...base, state: says.keyboard, tone: 'plain', icon: 'scan' }
  return { ...base, state: says.ready, tone: 'good', icon: 'scan' }
}

function outboxChip(words: Words, { outbox }: TillView): Chip {
  const base = { id: 'outbox', label: words.bar.outbox } as const
  const { status } = words
  if (outbox.needPerson > 0)
    return { ...base, state: status.outboxLook(outbox.needPerson), tone: 'bad', icon: 'stop' }
  if (outbox.waiting > 0)
    return { ...base, state: status.outboxWaiting(outbox.waiting), tone: 'attention', icon: 'outbox' }
  return { ...base, state: status.outboxEmpty, tone: 'good', icon: 'tick' }
}

function paymentsChip(words: Words, { openPayments, openRefunds }: TillView): Chip {
  const open = openPayments + openRefunds
  const base = { id: 'payments', label: words.bar.payments } as const
  return open === 0
    ? { ...base, state: words.status.paymentsNone, tone: 'plain', icon: 'phone' }
    : { ...base, state: words.status.paymentsOpen(open), tone: 'attention', icon: 'hourglass' }
}
