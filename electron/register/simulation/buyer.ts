import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { Agenda } from './agenda.ts'
import type { Random } from './random.ts'

export interface BuyerOptions {
  readonly agenda: Agenda
  readonly book: SeqrBook
  readonly random: Random
  readonly seqrId: string
  /** Nobody scans any more from then on; what was begun is ended. */
  readonly untilMs: number
  readonly note: (text: () => string) => void
}

type Intent = 'pays' | 'declines' | 'walksAway' | 'standsAtPin' | 'wrongPin' | 'noMoney' | 'serviceLetsGo'

const intents: Readonly<Record<Intent, number>> = {
  pays: 70,
  declines: 6,
  walksAway: 8,
  standsAtPin: 6,
  wrongPin: 3,
  noMoney: 4,
  serviceLetsGo: 3,
}

/** Somebody with a phone at the sticker, again and again: pays, declines, hesitates or leaves, at any moment. */
export function letBuyersCome({ agenda, book, random, seqrId, untilMs, note }: BuyerOptions): void {
  const eager = random.chance(0.5)
  const pauseMs = () => (eager ? random.between(200, 2500) : random.between(1000, 20_000))

  function come(): void {
    if (agenda.now() > untilMs) return
    const found = book.scan(seqrId)
    if (found.found === 'invoice' && found.invoice.stage === 'confirm') {
      const intent = random.weighted<Intent>(intents)
      const reference = found.invoice.invoiceReference
      note(() => `scans ${reference} of ${found.invoice.total}, ${intent}`)
      agenda.at(agenda.now() + random.between(100, 6000), () => act(reference, intent))
    }
    agenda.at(agenda.now() + pauseMs(), come)
  }

  function act(reference: string, intent: Intent): void {
    switch (intent) {
      case 'pays':
        if (random.chance(0.5)) book.startConfirming(reference)
        agenda.at(agenda.now() + random.between(0, 3000), () => {
          const { ok } = book.confirm(reference, '1234')
          note(() => `confirms ${reference}: ${ok ? 'done' : 'too late'}`)
        })
        return
      case 'declines':
        book.decline(reference)
        return
      case 'standsAtPin':
        book.startConfirming(reference)
        if (random.chance(0.5))
          agenda.at(agenda.now() + random.between(1000, 20_000), () => book.confirm(reference, '1234'))
        return
      case 'wrongPin':
        for (const _ of [1, 2, 3]) book.confirm(reference, '0000')
        return
      case 'noMoney':
        book.confirm(reference, '9999')
        return
      case 'serviceLetsGo':
        book.lapse(reference)
        return
      case 'walksAway':
        return
    }
  }

  agenda.at(agenda.now() + pauseMs(), come)
}
