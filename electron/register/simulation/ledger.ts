/** The till's books on disk against the service's ledger, to the minor unit. */
import { addsUp } from '../../../app/domain/receipt-edit.ts'
import type { Receipt } from '../../../app/domain/receipt.ts'
import type { PaymentView } from '../../sandbox/seqr/seqr-book.ts'
import type { Reader } from '../../storage/database.ts'
import type { JournalEntry } from '../../storage/journal.ts'
import { findJournal } from '../../storage/journal.ts'
import { verifyJournal } from '../../storage/journal-verify.ts'
import type { PaymentRecord } from '../../storage/payments.ts'
import { recentPayments } from '../../storage/payments.ts'
import { receiptsInState } from '../../storage/receipts.ts'

/** Told of every rule that does not hold. */
export type Fail = (rule: string, detail: string) => void

/** A payment's post in the journal. */
export interface Booked {
  readonly paymentId: string
  readonly amountMinor: number
  readonly ersReference: string
  readonly invoiceReference: string
  readonly tender: 'booked' | 'settledByHandBefore' | 'receiptWasClosed'
}

export interface Books {
  readonly payments: readonly PaymentRecord[]
  readonly receipts: readonly Receipt[]
  readonly journal: readonly JournalEntry[]
  readonly booked: readonly Booked[]
}

export interface LedgerOptions {
  /** Every payment of this till that the service ever took, reversed ones among them. */
  readonly payments: readonly PaymentView[]
  readonly fail: Fail
  /** The service told another amount for this invoice than it took: then the books hold what was told. */
  readonly isOtherAmountTold: (invoiceReference: string) => boolean
}

/** Checks everything that must hold of a till's books whatever happened to it. */
export function compareLedgers(read: Reader, options: LedgerOptions): Books {
  const books = booksOf(read)
  compareWithService(books, options)
  checkReceipts(books, options.fail)
  checkAmounts(books, options.fail)
  const proof = verifyJournal(read)
  if (!proof.ok)
    options.fail('the journal proves itself', proof.faults.map((fault) => fault.detail).join(' '))
  return books
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
function compareWithService({ booked }: Books, { payments, fail, isOtherAmountTold }: LedgerOptions): void {
  const held = payments.filter((payment) => payment.reversedAtMs === null)
  for (const payment of held) {
    const entries = booked.filter((one) => one.ersReference === payment.ersReference)
    if (entries.length !== 1)
      fail(
        'paid is booked exactly once',
        `${payment.ersReference} stands in the journal ${entries.length} times`,
      )
    for (const entry of entries) {
      if (entry.amountMinor !== payment.amountMinor && !isOtherAmountTold(payment.invoiceReference))
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

function checkReceipts({ receipts, journal }: Books, fail: Fail): void {
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
function checkAmounts({ payments, booked, journal }: Books, fail: Fail): void {
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
