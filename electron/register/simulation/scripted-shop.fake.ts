/** A till, the practice service and virtual time, without chance: each question goes as the test says, else well. */
import { createSeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { ResellerAccount } from '../../sandbox/seqr/book-types.ts'
import type { JournalKind } from '../../../app/domain/journal-kind.ts'
import type { PaymentView } from '../../../app/contract/views.ts'
import type { Receipt } from '../../../app/domain/receipt.ts'
import { findJournal } from '../../storage/journal.ts'
import { openStorage } from '../../storage/open.ts'
import { receiptById } from '../../storage/receipts.ts'
import { createAgenda } from './agenda.ts'
import { createDisk } from './disk.ts'
import type { DiskFault } from './disk.ts'
import type { Life } from './life.ts'
import { clockOf, createLife } from './life.ts'
import type { Asked } from './line.ts'
import { seqrOver } from './line.ts'
import type { SimulatedTill } from './till.ts'
import { createSimulatedTill, furnish } from './till.ts'
import type { Fate, Operation } from './weather.ts'

const startMs = Date.parse('2026-03-02T09:00:00Z')
const seqrId = '004610027501'
const reseller: ResellerAccount = {
  resellerId: 'S',
  userId: '1',
  password: 'shop',
  name: 'Shop',
  currency: 'SEK',
}
const from = { screen: 'till' } as const

export type ScriptedShop = ReturnType<typeof scriptedShop>

export function scriptedShop() {
  const agenda = createAgenda(startMs)
  const skew = { ms: 0 }
  const opened = openStorage({ file: ':memory:', now: () => agenda.now() })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  const ids = { last: 0 }
  const newId = () => `id-${(ids.last += 1)}`
  const book = createSeqrBook({
    now: () => agenda.now(),
    newId: (kind) => `${kind}-${(ids.last += 1)}`,
    resellers: [reseller],
  })
  const login = registered(book)
  const script = new Map<Operation, { fate: Fate; code: number }[]>()
  const asked: Asked[] = []
  const clientIds = new Map<string, string>()
  const disk: { fault: DiskFault | null } = { fault: null }
  const platter = createDisk(storage, {
    fault: () => (disk.fault === null ? null : { fault: disk.fault, place: 'commit' }),
    powerCut: () => null,
  })
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const now: { life: Life | null; till: SimulatedTill | null } = { life: null, till: null }

  const line = {
    agenda,
    book,
    clientIdOf: (reference: string) => clientIds.get(reference) ?? '',
    weather: {
      cutOff: () => {},
      fateOf(operation: Operation) {
        const next = script.get(operation)?.shift() ?? { fate: 'answered' as const, code: 0 }
        return { ...next, outMs: 40, backMs: 40 }
      },
    },
    watcher: {
      leaving: () => {},
      left: () => {},
      arriving: () => {},
      ended: () => {},
      note: () => {},
      asked: (one: Asked) => void asked.push(one),
      invoiceMade: (clientInvoiceId: string, reference: string) =>
        void clientIds.set(reference, clientInvoiceId),
    },
  }

  function powerOn(): void {
    platter.powerOn()
    const life = createLife(1, agenda, () => {})
    const clock = clockOf(agenda, life, skew)
    const seqr = seqrOver(line, life)
    const parts = {
      storage: platter.plugInto(life),
      clock,
      seqr,
      log,
      newId,
      random: () => 0.5,
      login,
      seqrId,
      changed: () => {},
    }
    Object.assign(now, { life, till: createSimulatedTill(parts) })
    till().start()
  }

  function till(): SimulatedTill {
    if (now.till === null) throw new Error('The till is off')
    return now.till
  }

  furnish({
    storage,
    clock: clockOf(
      agenda,
      createLife(0, agenda, () => {}),
      skew,
    ),
    log,
    newId,
  })
  powerOn()

  return {
    book,
    storage,
    asked,
    disk,
    /** How far the till's clock is before the service's. */
    skew,
    till,
    pass: (ms: number) => agenda.runUntil(agenda.now() + ms),
    /** The next questions of this kind go so, one after the other. */
    next(operation: Operation, ...fates: readonly (Fate | readonly [Fate, number])[]): void {
      script.set(
        operation,
        fates.map((one) =>
          typeof one === 'string' ? { fate: one, code: 0 } : { fate: one[0], code: one[1] },
        ),
      )
    },
    /** Pulls the plug; the till is on again after so long. */
    async restartAfter(ms: number): Promise<void> {
      now.life?.end()
      await agenda.runUntil(agenda.now() + ms)
      powerOn()
    },
    /** Rings up one row, and returns the receipt's id. */
    ringUp(priceMinor: number): string {
      const row = { name: 'Goods', priceMinor, vatBasisPoints: 1200, articleId: null }
      void till().sale.handlers.addOpenRow(row, from)
      return till().sale.active()?.id ?? ''
    },
    /** Starts a SEQR payment and returns its id. */
    start(receiptId: string, amountMinor: number): string {
      const answer = till().acts.start({ receiptId, amountMinor }, from) as {
        ok: boolean
        paymentId?: string
      }
      if (answer.paymentId === undefined) throw new Error(JSON.stringify(answer))
      return answer.paymentId
    },
    /** The buyer scans the sticker and confirms. */
    buyerPays(): string {
      const found = book.scan(seqrId)
      if (found.found !== 'invoice') throw new Error('The phone waits for an amount')
      book.confirm(found.invoice.invoiceReference, '1234')
      return found.invoice.invoiceReference
    },
    view(paymentId: string): PaymentView | undefined {
      const { current, open, reservations } = till().payments.view()
      return [current, ...open, ...reservations].find((one) => one?.id === paymentId) ?? undefined
    },
    receipt: (id: string): Receipt | null => receiptById(storage.read, id),
    journal: (kind: JournalKind): readonly unknown[] =>
      findJournal(storage.read, { kinds: [kind], limit: 100 }).map((entry) => entry.body),
    close: () => storage.close(),
  }
}

function registered(book: ReturnType<typeof createSeqrBook>) {
  const password = 'till-password'
  const context = { initiatorPrincipalId: { type: 'RESELLERUSER', id: 'S', userId: '1' }, password: 'shop' }
  const { terminalId = '' } = book.registerTerminal({
    context,
    externalTerminalId: '1',
    password,
    name: 'Till',
  })
  book.assignSeqrId({
    context: { initiatorPrincipalId: { type: 'TERMINALID', id: terminalId }, password },
    seqrId,
  })
  return { terminalId, password }
}
