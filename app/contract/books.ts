/** What may be asked about what has happened: refunds, receipts, journal, SEQR account, reconciliation, the day. */
import { z } from 'zod'
import { largestAmountMinor } from '../domain/money.ts'
import type { PinRefused } from './contract.ts'
import { notice, request } from './define.ts'
import type { ReconciliationLine, ReconciliationView, ReconciliationsView } from './reconcile-views.ts'
import type { FoundSaleView, RefundPlanView, RefundableView, RefundsView } from './refund-views.ts'
import type { Done } from './views.ts'

const id = z.string().min(1).max(64)
const text = (most: number) => z.string().max(most)
const pin = z.string().regex(/^\d{4,12}$/)
const moneyMinor = z.int().min(0).max(largestAmountMinor)

const chosen = z.strictObject({
  receiptId: id,
  rows: z.array(z.strictObject({ rowId: id, quantityThousandths: z.int().min(1).max(9_999_999) })).max(500),
  /** The way of payment that gives back first; null for SEQR, then other tenders, then cash. */
  first: id.nullable(),
})

export const booksContract = {
  refund: {
    /** Finished sales by number, bar code, amount, SEQR reference, cashier or article, the newest first; all for no text. */
    find: request(z.strictObject({ text: text(80) })).answers<readonly FoundSaleView[]>(),
    /** A finished sale, by its id; what of it can come back. */
    open: request(z.strictObject({ receiptId: id })).answers<Done<{ readonly sale: RefundableView }>>(),
    plan: request(chosen).answers<Done<{ readonly plan: RefundPlanView }>>(),
    /** Begins the refund. `refundId` is made by the window, once: a second press finds it begun. */
    start: request(chosen.extend({ refundId: z.uuid(), moneyMinor })).answers<
      Done<{ readonly receiptId: string }>
    >(),
    current: request().answers<RefundsView>(),
    changed: notice<RefundsView>(),
    /** Once more by SEQR, after it is certain that nothing has moved. */
    tryAgain: request(z.strictObject({ receiptId: id })).answers<Done>(),
    /** What SEQR will not give back goes back in cash. */
    inCash: request(z.strictObject({ receiptId: id })).answers<Done>(),
    giveUp: request(z.strictObject({ receiptId: id, reason: text(120).min(3) })).answers<Done>(),
    /** An administrator says how a refund without an answer ended, and on what evidence. */
    settleByHand: request(
      z.strictObject({
        receiptId: id,
        as: z.enum(['refunded', 'notRefunded']),
        /** SEQR's reference of the refund where it is known, else empty. */
        ersReference: text(64),
        reason: text(200).min(3),
        evidence: text(200).min(3),
        pin,
      }),
    ).answers<Done | PinRefused>(),
  },
  reconciliation: {
    current: request().answers<ReconciliationsView>(),
    changed: notice<ReconciliationsView>(),
    /** Ends SEQR's period and begins to ask for its reports. */
    start: request().answers<Done>(),
    /** Marks once more, after the answer to a mark got lost. */
    askAgain: request().answers<Done>(),
    /** Stops waiting for the report. Nothing is lost: it can go on. */
    stop: request().answers<Done>(),
    goOn: request().answers<Done>(),
    giveUp: request().answers<Done>(),
    /** The newest first. */
    list: request().answers<readonly ReconciliationLine[]>(),
    show: request(z.strictObject({ id })).answers<Done<{ readonly reconciliation: ReconciliationView }>>(),
    /** What a person has found out about a difference. */
    note: request(
      z.strictObject({ id, finding: text(200).min(1), isDone: z.boolean(), note: text(300) }),
    ).answers<Done>(),
    print: request(z.strictObject({ id })).answers<Done<{ readonly jobId: string }>>(),
    csv: request(z.strictObject({ id })).answers<Done<{ readonly text: string }>>(),
  },
}
