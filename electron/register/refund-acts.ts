import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { FieldProblem } from '../../app/contract/problems.ts'
import type { Person, Receipt } from '../../app/domain/receipt.ts'
import type { RefundRequest } from '../../app/domain/refund.ts'
import { planRefund, refundReceipt, withPartInCash } from '../../app/domain/refund.ts'
import type { RefundEvent } from '../../app/domain/seqr-refund.ts'
import { isWithoutMoney } from '../../app/domain/seqr-refund.ts'
import type { TerminalLogin } from '../seqr/service.ts'
import { appendJournal } from '../storage/journal.ts'
import { receiptById, saveReceipt } from '../storage/receipts.ts'
import type { SeqrRefundRecord } from '../storage/seqr-refunds.ts'
import { seqrRefundById, seqrRefundsOfReceipt } from '../storage/seqr-refunds.ts'
import { openShift } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import { receiptFinder } from './receipt-finder.ts'
import { refundableView, refundedOf, salesAmong } from './refund-view.ts'
import type { Refunds } from './refunds.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

const mostFound = 30

const signedOut: Refusal = { ok: false, reason: 'rule', rule: 'signedOut' }
const no = (problem: FieldProblem): Refusal => ({ ok: false, reason: 'invalid', field: 'refund', problem })

export interface RefundActsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly refunds: Refunds
  readonly login: () => TerminalLogin | null
  readonly settings: () => ShopSettings
}

/** What the cashier and the administrator may do with refunds. */
export function refundActs(options: RefundActsOptions): Handlers<typeof contract>['refund'] {
  const { desk, session, refunds } = options

  /** Who refunds, in which shift; or why it cannot be done now. */
  function working(): { readonly ok: true; readonly person: Person; readonly shiftId: string } | Refusal {
    const person = session.person()
    if (person === null) return signedOut
    const shift = openShift(desk.storage.read)
    if (shift === null) return { ok: false, reason: 'rule', rule: 'noShift' }
    if (desk.disk.full) return { ok: false, reason: 'rule', rule: 'diskFull' }
    return session.needs('refund') ?? { ok: true, person, shiftId: shift.id }
  }

  type Chosen = Parameters<Handlers<typeof contract>['refund']['plan']>[0]

  function requestOf({ receiptId, rows, first }: Chosen): RefundRequest | null {
    const refunded = refundedOf(desk.storage.read, receiptId)
    return refunded === null ? null : { ...refunded, chosen: rows, first }
  }

  function start(
    input: Parameters<Handlers<typeof contract>['refund']['start']>[0],
  ): Done<{ receiptId: string }> {
    const now = working()
    if (!now.ok) return now
    const { refundId } = input
    if (receiptById(desk.storage.read, refundId) !== null) return { ok: true, receiptId: refundId }
    const request = requestOf(input)
    if (request === null) return { ok: false, reason: 'notFound' }
    const plan = planRefund(request)
    if (!plan.ok) return no(plan.reason)
    if (plan.moneyMinor !== input.moneyMinor) return no('changed')
    const bySeqr = plan.parts.some(({ kind }) => kind === 'seqr')
    if (bySeqr && options.login() === null) return { ok: false, reason: 'rule', rule: 'noTerminal' }
    const receipt = refundReceipt(request, plan, {
      id: refundId,
      cashier: now.person,
      shiftId: now.shiftId,
      openedAtMs: desk.clock.now(),
      newRowId: desk.newId,
    })
    const saved = refunds.changeAndSend(() => {
      saveReceipt(desk.storage.write, receipt)
      return { ok: true, send: refunds.goOn(receipt) }
    })
    return saved.ok ? { ok: true, receiptId: refundId } : saved
  }

  /** The open refund receipt whose last SEQR part has certainly moved no money. */
  function stuck(receiptId: string): { ok: true; receipt: Receipt; part: SeqrRefundRecord } | Refusal {
    const receipt = receiptById(desk.storage.read, receiptId)
    const part = seqrRefundsOfReceipt(desk.storage.read, receiptId).at(-1)
    if (receipt === null || part === undefined) return { ok: false, reason: 'notFound' }
    if (receipt.state !== 'open') return { ok: false, reason: 'rule', rule: 'receiptClosed' }
    return isWithoutMoney(part.stage) ? { ok: true, receipt, part } : no('refundOpen')
  }

  function tryAgain({ receiptId }: { receiptId: string }): Done {
    const now = working()
    if (!now.ok) return now
    const found = stuck(receiptId)
    if (!found.ok) return found
    if (options.login() === null) return { ok: false, reason: 'rule', rule: 'noTerminal' }
    return refunds.changeAndSend(() => ({ ok: true, send: refunds.goOn(found.receipt) }))
  }

  function inCash({ receiptId }: { receiptId: string }): Done {
    const now = working()
    if (!now.ok) return now
    const lacking = session.needs('administrator')
    if (lacking !== null) return lacking
    const found = stuck(receiptId)
    if (!found.ok) return found
    const { receipt, part } = found
    const source = receipt.refundOf?.parts?.find((one) => one.ofReference === part.ofReference)?.source ?? ''
    return refunds.changeAndSend(() => {
      session.audit(session.actor(), 'refund.inCash', { receiptId, amountMinor: part.amountMinor })
      const changed = withPartInCash({ ...receipt, shiftId: now.shiftId }, source)
      saveReceipt(desk.storage.write, changed)
      return { ok: true, send: refunds.goOn(changed) }
    })
  }

  function giveUp({ receiptId, reason }: { receiptId: string; reason: string }): Done {
    const now = working()
    if (!now.ok) return now
    const found = stuck(receiptId)
    if (!found.ok) return found
    if (found.receipt.tenders.length > 0) return { ok: false, reason: 'rule', rule: 'seqrPaidPart' }
    return refunds.changeAndSend(() => {
      const atMs = desk.clock.now()
      const { receipt } = found
      saveReceipt(desk.storage.write, {
        ...receipt,
        state: 'canceled',
        canceled: { atMs, reason, by: now.person },
      })
      const body = { reason, by: now.person, kind: 'refund', refundOf: receipt.refundOf, rows: receipt.rows }
      appendJournal(desk.storage.write, { atMs, kind: 'receiptCanceled', receiptId, body })
      return { ok: true, send: null }
    })
  }

  async function settleByHand(
    input: Parameters<Handlers<typeof contract>['refund']['settleByHand']>[0],
  ): ReturnType<typeof session.unlock> {
    const record = seqrRefundsOfReceipt(desk.storage.read, input.receiptId).at(-1)
    if (record === undefined) return { ok: false, reason: 'notFound' }
    if (record.stage.name !== 'uncertain') return no('alreadyFinal')
    const tried = await session.tryAdministrators(input.pin)
    if (!tried.ok) return tried
    const { as, reason, evidence, ersReference } = input
    const atMs = desk.clock.now()
    const settledByHand = { as, reason, evidence, by: tried.by, atMs }
    const event: RefundEvent =
      as === 'refunded'
        ? { type: 'settledAsRefunded', ersReference: ersReference.trim() }
        : { type: 'settledAsNotRefunded' }
    return refunds.changeAndSend(() => {
      if (seqrRefundById(desk.storage.read, record.id)?.stage.name !== 'uncertain') return no('alreadyFinal')
      appendJournal(desk.storage.write, {
        atMs,
        kind: 'settledByHand',
        receiptId: record.receiptId,
        body: { ...settledByHand, refundId: record.id, amountMinor: 0 - record.amountMinor, ersReference },
      })
      session.audit(tried.by, 'refund.settled', { receiptId: record.receiptId, as, reason })
      return { ok: true, send: refunds.move(record.id, event, { settledByHand })?.next ?? null }
    })
  }

  const find = receiptFinder(desk.storage.read, options.settings)

  return {
    async find({ text }) {
      if (session.person() === null) return []
      const { receipts } = await find(text, { limit: mostFound })
      return salesAmong(receipts)
    },
    open({ receiptId }) {
      if (session.person() === null) return signedOut
      const refunded = refundedOf(desk.storage.read, receiptId)
      if (refunded === null) return { ok: false, reason: 'notFound' }
      return { ok: true, sale: refundableView(refunded) }
    },
    plan(input) {
      if (session.person() === null) return signedOut
      const request = requestOf(input)
      if (request === null) return { ok: false, reason: 'notFound' }
      const plan = planRefund(request)
      if (!plan.ok) return no(plan.reason)
      const { goodsMinor, moneyMinor, parts } = plan
      return { ok: true, plan: { goodsMinor, moneyMinor, parts } }
    },
    start,
    current: refunds.view,
    tryAgain,
    inCash,
    giveUp,
    settleByHand,
  }
}
