/** What is checked at the end of a run: the till's books against the service's, to the minor unit. */
import type { Tender } from '../../../app/domain/receipt.ts'
import { isOver } from '../../../app/domain/seqr-payment.ts'
import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { Reader } from '../../storage/database.ts'
import { pendingOutbox } from '../../storage/outbox.ts'
import type { PaymentRecord } from '../../storage/payments.ts'
import { paymentHistory, paymentsOfReceipt, recentPayments } from '../../storage/payments.ts'
import { phaseOf } from '../payment-view.ts'
import type { Booked, Books, Fail } from './ledger.ts'
import { compareLedgers } from './ledger.ts'
import type { Life } from './life.ts'
import type { Asked } from './line.ts'
import type { Watch } from './watch.ts'
import { longestUnaskedMs } from './watch.ts'

export interface AuditOptions {
  readonly read: Reader
  readonly book: SeqrBook
  readonly watch: Watch
  readonly lives: readonly Life[]
  /** Receipts that the cashier can get at: the active one and those in the list of waiting ones. */
  readonly reachable: ReadonlySet<string>
  /** Virtual time, and what the computer's clock says. */
  readonly nowMs: number
  readonly wallMs: number
  /** After the closing nothing may be open any more; before it, only what waits for a person. */
  readonly closed: boolean
  readonly fail: Fail
}

export function audit(options: AuditOptions): void {
  const { book, fail, read, watch } = options
  const isOtherAmountTold = (reference: string) =>
    watch.questions().some((one) => one.reference === reference && one.fate === 'otherAmount')
  const books = compareLedgers(read, { payments: book.view().payments, fail, isOtherAmountTold })
  auditPayments(options, books)
  auditOpen(options, books)
  auditReversals(options)
}

/** Each payment against its own journal entry, its tender, and what the service holds. */
function auditPayments({ read, fail, watch }: AuditOptions, { payments, booked, receipts }: Books): void {
  const tenders = receipts.flatMap((receipt) => receipt.tenders.filter((tender) => tender.kind === 'seqr'))
  for (const payment of payments) {
    const entries = booked.filter((one) => one.paymentId === payment.id)
    const expected = payment.stage.name === 'paid' ? 1 : 0
    if (entries.length !== expected)
      fail(
        'paid is booked exactly once',
        `${payment.id} (${payment.stage.name}) is booked ${entries.length} times`,
      )
    const own = tenders.filter((tender) => tender.paymentId === payment.id)
    auditTender(fail, payment, entries[0], own, read)
    const reference = 'reference' in payment.stage ? payment.stage.reference : null
    const mayExist = payment.stage.name === 'refused' && payment.stage.mayExist
    const wrong = watch.contradiction(phaseOf(payment.stage), mayExist, reference, payment.clientInvoiceId)
    if (wrong !== null)
      fail('what is shown is what the service holds', `${payment.id} is ${payment.stage.name}, ${wrong}`)
    if (isOver(payment.stage) && payment.settledByHand !== null && payment.settledByHand.serviceSays === null)
      fail(
        'a hand-settled payment is watched to its end',
        `${payment.id} does not say how the service ended it`,
      )
  }
  if (new Set(tenders.map((tender) => tender.paymentId)).size !== tenders.length)
    fail('one tender a payment', 'two tenders stand for one payment')
}

function auditTender(
  fail: Fail,
  payment: PaymentRecord,
  entry: Booked | undefined,
  tenders: readonly (Tender & { kind: 'seqr' })[],
  read: Reader,
): void {
  const byHand = payment.settledByHand?.as === 'paid'
  const [tender] = tenders
  if (entry === undefined) {
    if (tender !== undefined && !byHand)
      fail('nothing is invented', `${payment.id} has a tender and was not paid`)
    return
  }
  if (
    entry.tender === 'booked' &&
    (tender?.amountMinor !== entry.amountMinor || tender.ersReference !== entry.ersReference)
  )
    fail('one tender a payment', `${payment.id} is booked, and its receipt has no such tender`)
  if (entry.tender !== 'receiptWasClosed' || payment.receiptId === null) return
  // An administrator's word opens the receipt for another payment, and may turn out wrong: then both are on record.
  const ofReceipt = paymentsOfReceipt(read, payment.receiptId)
  const surprised = ofReceipt.some((one) => one.settledByHand !== null || wasCommitLost(one, read))
  if (!surprised) fail('no receipt is paid twice', `${payment.id} was paid for a receipt that was closed`)
}

/** A commit without an answer that comes through after the service has refused another try. */
function wasCommitLost(payment: PaymentRecord, read: Reader): boolean {
  if (payment.mode !== 'reservation') return false
  return paymentHistory(read, payment.id).some((move) => move.from === 'completing' && move.to !== 'paid')
}

function auditOpen(options: AuditOptions, { payments, receipts }: Books): void {
  const { read, book, closed, fail, watch, reachable } = options
  const stillOpen = payments.filter((payment) => !isOver(payment.stage))
  if (closed) for (const { id, stage } of stillOpen) fail('nothing is stuck', `${id} is still ${stage.name}`)
  for (const receipt of receipts)
    if (receipt.state !== 'completed' && receipt.tenders.length > 0 && !reachable.has(receipt.id))
      fail('nothing is stuck', `receipt ${receipt.id} holds money and nobody can get at it`)
  if (!closed) return
  auditOrphans(book, payments, watch, fail, read)
  const late = pendingOutbox(read).filter((item) => item.state === 'waiting')
  if (late.length > 0) fail('nothing is stuck', `${late.length} things wait in the outbox`)
}

/**
 * Open payments that do not wait for a person: the till and the service do not agree about them. One that has just
 * moved may be among them for a second.
 */
export function stuckPayments({
  read,
  book,
  wallMs,
}: Pick<AuditOptions, 'read' | 'book' | 'wallMs'>): readonly string[] {
  return recentPayments(read, 1000).flatMap(({ id, stage }) => {
    if (isOver(stage)) return []
    const there = 'reference' in stage ? book.buyerInvoice(stage.reference)?.stage : undefined
    const waits = stage.name === 'waiting' && there === 'confirm'
    const rests = stage.name === 'reserved' && (there === 'reserved' || wallMs < stage.deadlineMs + 10_000)
    // While the buyer stands at the PIN a cancel is refused; that passes by itself.
    const refused = stage.name === 'canceling' && there === 'confirm'
    return waits || rests || refused ? [] : [`${id} is ${stage.name}, the service says ${there}`]
  })
}

/** An invoice that is still offered on the sticker though the till knows of none: only one that was lost on the way. */
function auditOrphans(
  book: SeqrBook,
  payments: readonly PaymentRecord[],
  watch: Watch,
  fail: Fail,
  read: Reader,
): void {
  const offered = book.view().invoices.filter((invoice) => invoice.status === 'ISSUED')
  if (offered.length > 1) fail('one live invoice on the sticker', `the service offers ${offered.length}`)
  for (const invoice of offered) {
    const made = watch.invoices().find((one) => one.reference === invoice.invoiceReference)
    const payment = payments.find((one) => one.clientInvoiceId === invoice.clientInvoiceId)
    const doubts = payment === undefined ? [] : paymentHistory(read, payment.id)
    const recorded = doubts.some(({ from, event }) => from === 'sending' && isDoubt(event.type))
    if (made?.twice !== true && !recorded)
      fail(
        'one live invoice on the sticker',
        `${invoice.invoiceReference} is offered, and the till knows nothing of it`,
      )
  }
}

const isDoubt = (type: string) => type === 'noAnswer' || type === 'inDoubt'

/**
 * The service reverses a payment that nobody asks about for 20 s. Where that happened, the till was not running, or
 * its questions were lost: it never kept silent itself.
 */
function auditReversals({ book, watch, lives, nowMs, fail }: AuditOptions): void {
  const status = Map.groupBy(
    watch.questions().filter((one) => one.operation === 'status'),
    (one) => one.reference ?? '',
  )
  for (const payment of book.view().payments) {
    const asked = status.get(payment.invoiceReference) ?? []
    const [first] = asked
    if (payment.reversedAtMs === null || first === undefined) continue
    const fromMs = Math.max(payment.paidAtMs, first.atMs)
    const silence = longestSilence(fromMs, payment.reversedAtMs, asked, lives, nowMs)
    if (silence > longestUnaskedMs)
      fail('asked within 20 s', `${payment.invoiceReference} was reversed: not asked about for ${silence} ms`)
  }
}

/** The longest stretch of one life within these times in which no question began. */
function longestSilence(
  fromMs: number,
  untilMs: number,
  asked: readonly Asked[],
  lives: readonly Life[],
  nowMs: number,
): number {
  const stretches = lives.map((life) => {
    const begin = Math.max(fromMs, life.startedAtMs)
    const end = Math.min(untilMs, life.endedAtMs ?? nowMs)
    const starts = asked
      .filter((one) => one.life === life && one.atMs > begin && one.atMs < end)
      .map((one) => one.atMs)
    const marks = [begin, ...starts, end]
    return Math.max(0, ...marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark)))
  })
  return Math.max(0, ...stretches)
}
