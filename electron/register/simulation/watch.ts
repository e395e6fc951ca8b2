/** What is checked while a run goes on: the rhythm of the questions, the sticker, and what the cashier is shown. */
import type { PaymentPhase, PaymentView } from '../../../app/contract/views.ts'
import type { BuyerInvoice } from '../../sandbox/seqr/buyer-side.ts'
import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { Reader } from '../../storage/database.ts'
import type { PaymentRecord } from '../../storage/payments.ts'
import { openPayments } from '../../storage/payments.ts'
import type { Agenda } from './agenda.ts'
import type { Life } from './life.ts'
import type { Asked } from './line.ts'
import type { SimulatedTill } from './till.ts'

/** Architecture, "What must hold": no longer than this without a question on its way while an invoice is open. */
const longestIdleMs = 2000
/** A service that answers within a second is asked for the status at least this often. */
const longestBetweenMs = 2000
/** However the till waits for a silent service, this long never passes between the starts of two status questions. */
export const longestUnaskedMs = 18_500
/** More questions than this about one payment within a second would flood the service. */
const mostASecond = 6

/** What was asked about one invoice by one life of the till. */
interface Rhythm {
  readonly life: Life
  onItsWay: number
  lastEndedMs: number
  lastStatus: { readonly atMs: number; readonly followed: boolean; readonly promptly: () => boolean } | null
  readonly recent: number[]
}

export interface WatchOptions {
  readonly agenda: Agenda
  readonly book: SeqrBook
  readonly read: Reader
  readonly diskFailedAtMs: () => number
  readonly fail: (rule: string, detail: string) => void
}

/** What the service made: each invoice by its reference, and which of them the till cannot know of. */
export interface MadeInvoice {
  readonly reference: string
  readonly clientInvoiceId: string
  readonly twice: boolean
}

const finalPhases: ReadonlySet<PaymentPhase> = new Set([
  'paid',
  'canceled',
  'lapsed',
  'failed',
  'refused',
  'notSent',
])

export type Watch = ReturnType<typeof createWatch>

export function createWatch({ agenda, book, read, diskFailedAtMs, fail }: WatchOptions) {
  const rhythms = new Map<string, Rhythm>()
  const asked: Asked[] = []
  const made: MadeInvoice[] = []
  const judged = new Set<string>()

  function rhythmOf(life: Life, clientInvoiceId: string): Rhythm {
    const known = rhythms.get(clientInvoiceId)
    if (known?.life === life) return known
    const fresh: Rhythm = { life, onItsWay: 0, lastEndedMs: agenda.now(), lastStatus: null, recent: [] }
    rhythms.set(clientInvoiceId, fresh)
    return fresh
  }

  function noteAsked(one: Asked): void {
    if (one.operation === 'receipt') return
    asked.push(one)
    const rhythm = rhythmOf(one.life, one.clientInvoiceId)
    const nowMs = agenda.now()
    rhythm.onItsWay += 1
    if (rhythm.onItsWay > 1)
      fail('one question at a time', `${one.clientInvoiceId} has ${rhythm.onItsWay} on their way`)
    rhythm.recent.push(nowMs)
    while ((rhythm.recent[0] ?? nowMs) <= nowMs - 1000) rhythm.recent.shift()
    if (rhythm.recent.length > mostASecond)
      fail('no flood', `${one.clientInvoiceId} was asked about too often`)
    if (one.operation === 'status') noteStatus(rhythm, one)
    else if (rhythm.lastStatus !== null) alsoPrompt(rhythm, one)
  }

  function noteStatus(rhythm: Rhythm, one: Asked): void {
    const { lastStatus } = rhythm
    const betweenMs = lastStatus === null ? 0 : one.atMs - lastStatus.atMs
    if (lastStatus !== null && betweenMs > longestBetweenMs && lastStatus.promptly())
      fail('a status question each second', `${one.clientInvoiceId} was not asked about for ${betweenMs} ms`)
    rhythm.lastStatus = { atMs: one.atMs, followed: false, promptly: () => wasPrompt(one) }
  }

  /** One prompt cancel may stand between two status questions; what takes longer is for the rules on gaps. */
  function alsoPrompt(rhythm: Rhythm, one: Asked): void {
    const { lastStatus } = rhythm
    if (lastStatus === null) return
    const isFirst = one.operation === 'cancel' && !lastStatus.followed
    const promptly = () => isFirst && lastStatus.promptly() && wasPrompt(one)
    rhythm.lastStatus = { atMs: lastStatus.atMs, followed: true, promptly }
  }

  const wasPrompt = (one: Asked) => one.answered && one.endedAtMs !== null && one.endedAtMs - one.atMs <= 1000

  function noteEnded(one: Asked): void {
    if (one.operation === 'receipt') return
    const rhythm = rhythmOf(one.life, one.clientInvoiceId)
    rhythm.onItsWay -= 1
    rhythm.lastEndedMs = agenda.now()
  }

  /** Looked at several times a second: every open payment has a question on its way, or had one just now. */
  function look(life: Life | null, till: SimulatedTill | null): void {
    if (life === null || till === null || !life.alive()) return
    for (const record of openPayments(read)) {
      const rhythm = rhythms.get(record.clientInvoiceId)
      const mine = rhythm?.life === life ? rhythm : null
      if (record.stage.name === 'reserved') {
        if (mine !== null) rest(mine)
        continue
      }
      if (mine !== null && mine.onItsWay > 0) continue
      if (waitsForDisk(record, till)) {
        held.set(record.id, agenda.now())
        continue
      }
      const lastMs = mine?.lastEndedMs ?? Math.max(life.startedAtMs, startedAt(record))
      const sinceMs = Math.max(lastMs, held.get(record.id) ?? 0)
      if (agenda.now() - sinceMs > longestIdleMs)
        fail(
          'no gap without a question',
          `${record.id} (${record.stage.name}) idles for ${agenda.now() - sinceMs} ms`,
        )
    }
    if (stickers() > 1) fail('one live invoice on the sticker', `${stickers()} payments hold it`)
  }

  /** An invoice that has no reference yet is not sent again while the disk takes no word of it. */
  function waitsForDisk(record: PaymentRecord, till: SimulatedTill): boolean {
    const justFailed = agenda.now() - diskFailedAtMs() < 1000
    return record.stage.name === 'sending' && (till.desk.disk.full || justFailed)
  }
  const held = new Map<string, number>()

  /** A reservation at rest is not asked about: what was asked before counts no more. */
  function rest(rhythm: Rhythm): void {
    rhythm.lastEndedMs = agenda.now()
    rhythm.lastStatus = null
  }

  const firstSeen = new Map<string, number>()
  function startedAt(record: PaymentRecord): number {
    const seen = firstSeen.get(record.id) ?? agenda.now()
    firstSeen.set(record.id, seen)
    return seen
  }

  function stickers(): number {
    const sql = 'SELECT count(*) AS held FROM payment WHERE holds_sticker = 1'
    return read.one<{ held: number }>(sql)?.held ?? 0
  }

  /** Right after a start: what was open has been asked about at once. */
  function lookAfterStart(life: Life, till: SimulatedTill): void {
    for (const record of openPayments(read)) {
      if (record.stage.name === 'reserved' || waitsForDisk(record, till)) continue
      const rhythm = rhythms.get(record.clientInvoiceId)
      if (rhythm?.life !== life)
        fail('asked at once after a start', `${record.id} (${record.stage.name}) was not`)
    }
  }

  /** Everything that a screen shows now, against what the service holds. */
  function lookAtScreen(till: SimulatedTill): void {
    const { current, open, reservations } = till.payments.view()
    for (const view of [...(current === null ? [] : [current]), ...open, ...reservations]) judge(view)
  }

  function judge(view: PaymentView): void {
    if (!finalPhases.has(view.phase)) return
    const key = `${view.id} ${view.phase}`
    if (judged.has(key)) return
    judged.add(key)
    const clientInvoiceId = clientIdOf(view.id)
    const wrong = contradiction(view.phase, view.mayExist, view.invoiceReference, clientInvoiceId)
    if (wrong !== null)
      fail('what is shown is what the service holds', `${view.id} shows ${view.phase}, ${wrong}`)
  }

  function clientIdOf(paymentId: string): string {
    const sql = 'SELECT client_invoice_id AS id FROM payment WHERE id = ?'
    return read.one<{ id: string }>(sql, paymentId)?.id ?? ''
  }

  function contradiction(
    phase: PaymentPhase,
    mayExist: boolean,
    reference: string | null,
    clientInvoiceId: string,
  ): string | null {
    const there = reference === null ? null : book.buyerInvoice(reference)
    switch (phase) {
      case 'paid':
        return there?.stage === 'paid' ? null : `but the service says ${there?.stage ?? 'nothing'}`
      case 'canceled':
      case 'lapsed':
      case 'failed':
        return there !== null && livesOn(there) ? `but the service says ${there.stage}` : null
      case 'notSent':
      case 'refused':
        return !mayExist && made.some((one) => one.clientInvoiceId === clientInvoiceId)
          ? 'but the service made an invoice of it'
          : null
      case 'sending':
      case 'askCustomer':
      case 'customerApproves':
      case 'canceling':
      case 'reserved':
      case 'completing':
        return null
    }
  }

  return {
    asked: noteAsked,
    ended: noteEnded,
    invoiceMade(clientInvoiceId: string, reference: string, twice: boolean): void {
      made.push({ reference, clientInvoiceId, twice })
    },
    look,
    lookAfterStart,
    lookAtScreen,
    contradiction,
    questions: (): readonly Asked[] => asked,
    invoices: (): readonly MadeInvoice[] => made,
  }
}

function livesOn({ stage }: BuyerInvoice): boolean {
  return stage === 'paid' || stage === 'confirm' || stage === 'reserved' || stage === 'shopDecides'
}
