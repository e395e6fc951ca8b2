/** What is checked at the end of a run: the till's books against the service's, to the minor unit. */
import { addsUp } from '../../../app/domain/receipt-edit.ts'
import type { Receipt, Tender } from '../../../app/domain/receipt.ts'
import { isOver } from '../../../app/domain/seqr-payment.ts'
import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { Reader } from '../../storage/database.ts'
import type { JournalEntry } from '../../storage/journal.ts'
import { findJournal } from '../../storage/journal.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import { pendingOutbox } from '../../storage/outbox.ts'
import type { PaymentRecord } from '../../storage/payments.ts'
import { paymentHistory, recentPayments } from '../../storage/payments.ts'
import { receiptsInState } from '../../storage/receipts.ts'
import { phaseOf } from '../payment-view.ts'
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
  readonly fail: (rule: string, detail: string) => void
}

interface Booked {
  readonly paymentId: string
  readonly amountMinor: number
  readonly ersReference: string
  readonly invoiceReference: string
  readonly tender: 'booked' | 'settledByHandBefore' | 'receiptWasClosed'
}

interface Books {
  readonly payments: readonly PaymentRecord[]
  readonly receipts: readonly Receipt[]
  readonly journal: readonly JournalEntry[]
  readonly booked: readonly Booked[]
}

export function audit(options: AuditOptions): void {
  const books = booksOf(options.read)
  auditService(options, books)
  auditPayments(options, books)
  auditReceipts(options, books)
  auditAmounts(options, books)
  auditOpen(options, books)
  auditReversals(options)
  const proof = verifyJournal(options.read)
  if (!proof.ok)
    options.fail('the journal proves itself', proof.faults.map((fault) => fault.detail).join(' '))
}

const all = 100_000

function booksOf(read: Reader): Books {
  const journal = findJournal(read, { limit: all })
  return {
    payments: recentPayments(read, all),
    receipts: receiptsInState(read, ['open', 'parked', 'completed', 'canceled']),
    journal,
    booked: journal.filter((entry) => entry.kind === 'seqrPayment').map((entry) => entry.body as Booked),
  }
}

/** Paid at the service and not reversed: in the journal exactly once. In the journal: paid at the service. */
function auditService({ book, fail, watch }: AuditOptions, { booked }: Books): void {
  const { payments } = book.view()
  const held = payments.filter((payment) => payment.reversedAtMs === null)
  for (const payment of held) {
    const entries = booked.filter((one) => one.ersReference === payment.ersReference)
    if (entries.length !== 1)
      fail(
        'paid is booked exactly once',
        `${payment.ersReference} stands in the journal ${entries.length} times`,
      )
    for (const entry of entries) {
      const lied = watch
        .questions()
        .some((one) => one.reference === payment.invoiceReference && one.fate === 'otherAmount')
      if (entry.amountMinor !== payment.amountMinor && !lied)
        fail(
          'booked is what was paid',
          `${payment.ersReference}: ${entry.amountMinor} for ${payment.amountMinor}`,
        )
      if (entry.invoiceReference !== payment.invoiceReference)
        fail('booked is what was paid', `${payment.ersReference} is booked for another invoice`)
    }
  }
  for (const entry of booked)
    if (!held.some((payment) => payment.ersReference === entry.ersReference))
      fail('nothing is invented', `${entry.ersReference} is booked and the service does not hold it as paid`)
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
  fail: AuditOptions['fail'],
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
  const surprised = payment.settledByHand !== null || wasCommitLost(payment, read)
  if (!surprised) fail('no receipt is paid twice', `${payment.id} was paid for a receipt that was closed`)
}

/** A commit without an answer that comes through after the service has refused another try. */
function wasCommitLost(payment: PaymentRecord, read: Reader): boolean {
  if (payment.mode !== 'reservation') return false
  return paymentHistory(read, payment.id).some((move) => move.from === 'completing' && move.to !== 'paid')
}

function auditReceipts({ fail }: AuditOptions, { receipts, journal }: Books): void {
  const completed = receipts.filter((receipt) => receipt.state === 'completed')
  for (const receipt of completed) {
    if (!addsUp(receipt)) fail('tenders add up', `receipt ${receipt.number} does not`)
    const entries = journal.filter((entry) => entry.kind === 'sale' && entry.receiptId === receipt.id)
    if (entries.length !== 1)
      fail('a sale is journaled once', `receipt ${receipt.number}: ${entries.length} entries`)
  }
  const numbers = completed.map((receipt) => receipt.number ?? 0).toSorted((a, b) => a - b)
  if (numbers.some((number, index) => number !== index + 1))
    fail('receipt numbers have no gap', numbers.join(' '))
  const canceled = receipts.filter((receipt) => receipt.state === 'canceled')
  if (canceled.some((receipt) => receipt.tenders.length > 0))
    fail('no canceled receipt holds money', 'one does')
}

/** Asked, sent, echoed, booked: whatever differs is in the journal, and nothing else is. */
function auditAmounts({ fail }: AuditOptions, { payments, booked, journal }: Books): void {
  const told = new Set(
    journal
      .filter((entry) => entry.kind === 'amountDifference')
      .map((entry) => (entry.body as { paymentId: string }).paymentId),
  )
  for (const { id, stage, amounts } of payments) {
    if (stage.name !== 'paid') continue
    const entry = booked.find((one) => one.paymentId === id)
    if (amounts.bookedMinor !== entry?.amountMinor) fail('four amounts', `${id} books other than the journal`)
    const four = [
      amounts.askedMinor,
      amounts.sentMinor,
      amounts.echoedMinor ?? amounts.sentMinor,
      amounts.bookedMinor,
    ]
    if (new Set(four).size > 1 !== told.has(id))
      fail('four amounts', `${id}: ${four.join(' ')} and told ${told.has(id)}`)
  }
}

/** Nothing is stuck: what is open waits for a person, and the service holds it as open too. */
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
  return recentPayments(read, all).flatMap(({ id, stage }) => {
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
  fail: AuditOptions['fail'],
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
