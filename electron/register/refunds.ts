import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { RefundsView } from '../../app/contract/refund-views.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { FieldProblem } from '../../app/contract/problems.ts'
import type { Finding } from '../../app/domain/reconcile.ts'
import type { Person, Receipt, RefundPart, Tender } from '../../app/domain/receipt.ts'
import { withTender } from '../../app/domain/receipt-edit.ts'
import type { RefundRequest } from '../../app/domain/refund.ts'
import { planRefund, refundReceipt, withPartInCash } from '../../app/domain/refund.ts'
import { refundInvoice } from '../../app/domain/refund-invoice.ts'
import { checkAmounts } from '../../app/domain/seqr-invoice.ts'
import type { RefundEvent } from '../../app/domain/seqr-refund.ts'
import { isOpenRefund, isWithoutMoney, mustSend, nextRefund } from '../../app/domain/seqr-refund.ts'
import { invoiceWords } from '../../app/words/paper.ts'
import type { Answer, SeqrService, TerminalLogin } from '../seqr/service.ts'
import { appendJournal } from '../storage/journal.ts'
import { receiptById, saveReceipt } from '../storage/receipts.ts'
import type { SeqrRefundRecord } from '../storage/seqr-refunds.ts'
import {
  insertSeqrRefund,
  openSeqrRefunds,
  saveSeqrRefund,
  seqrRefundById,
  seqrRefundsOfReceipt,
} from '../storage/seqr-refunds.ts'
import { openShift } from '../storage/shifts.ts'
import type { ReceiptPrinter } from './completion.ts'
import { finish } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { receiptFinder } from './receipt-finder.ts'
import { openRefundReceipts, refundableView, refundedOf, refundView, salesAmong } from './refund-view.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

const mostFound = 30

export interface RefundsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly seqr: SeqrService
  /** The terminal's own login, or null while none is registered. */
  readonly login: () => TerminalLogin | null
  readonly printer: ReceiptPrinter
  readonly settings: () => ShopSettings
  readonly changed: () => void
  /** Told of every answer, for the connection shown in the status bar. */
  readonly heard: (answer: Answer<unknown>, tookMs: number) => void
}

export type Refunds = ReturnType<typeof createRefunds>

const signedOut: Refusal = { ok: false, reason: 'rule', rule: 'signedOut' }
const no = (problem: FieldProblem): Refusal => ({ ok: false, reason: 'invalid', field: 'refund', problem })

/** What the disk did not take is tried again this much later: the answer is known, and must not get lost. */
const saveAgainMs = 1000

/**
 * Refunds of finished sales. The refund's own receipt is on disk before any money moves; SEQR is asked once for each
 * part, and cash or other tenders go back only when SEQR has said yes.
 */
export function createRefunds(options: RefundsOptions) {
  const { desk, session } = options
  const stopping = new AbortController()
  const under = new Map<string, Promise<void>>()
  const shown: { lastId: string | null } = { lastId: null }

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
    const saved = sent(
      change(desk, (): Done<{ send: string | null }> => {
        saveReceipt(desk.storage.write, receipt)
        return { ok: true, send: goOn(receipt) }
      }),
    )
    return saved.ok ? { ok: true, receiptId: refundId } : saved
  }

  /** After the transaction: what it has put on disk as `sending` goes out. */
  function sent(saved: Done<{ readonly send: string | null }>): Done {
    if (saved.ok && saved.send !== null) send(saved.send)
    options.changed()
    return saved.ok ? { ok: true } : saved
  }

  /**
   * The next thing to be given back: a SEQR part is put on disk as `sending` and its id given back; when none is left,
   * the other tenders and the cash go back and the receipt is finished. In the caller's transaction.
   */
  function goOn(receipt: Receipt): string | null {
    const parts = receipt.refundOf?.parts ?? []
    const records = seqrRefundsOfReceipt(desk.storage.read, receipt.id)
    const isDone = (part: RefundPart) =>
      records.some(({ ofReference, stage }) => ofReference === part.ofReference && stage.name === 'refunded')
    const next = parts.find((part) => part.kind === 'seqr' && !isDone(part))
    if (next !== undefined) return putSending(receipt, next)
    finish(desk, options.printer, parts.filter(({ kind }) => kind !== 'seqr').reduce(withPartTender, receipt))
    shown.lastId = receipt.id
    return null
  }

  function putSending(receipt: Receipt, part: RefundPart): string {
    const { terminalId = '' } = options.login() ?? {}
    const { storeName: title, language } = options.settings()
    const { otherPayments } = invoiceWords[language]
    const invoice = refundInvoice(receipt, part.amountMinor, { title, otherPayments })
    const check = checkAmounts(invoice)
    if (!check.ok) throw new Error(`A refund that SEQR would not take: ${check.reason}`)
    const record: SeqrRefundRecord = {
      id: desk.newId(),
      receiptId: receipt.id,
      ofReceiptId: receipt.refundOf?.receiptId ?? '',
      ofReference: part.ofReference,
      terminalId,
      amountMinor: part.amountMinor,
      currency: receipt.currency,
      cashier: receipt.cashier.name,
      invoice,
      stage: { name: 'sending' },
      startedAtMs: desk.clock.now(),
      endedAtMs: null,
      settledByHand: null,
    }
    insertSeqrRefund(desk.storage.write, record)
    return record.id
  }

  function withPartTender(receipt: Receipt, part: RefundPart): Receipt {
    const amountMinor = 0 - part.amountMinor
    if (amountMinor === 0) return receipt
    const mark = { id: desk.newId(), atMs: desk.clock.now(), amountMinor }
    const tender: Tender =
      part.kind === 'other'
        ? { ...mark, kind: 'other', tenderTypeId: part.source, name: part.name, reference: '' }
        : { ...mark, kind: 'cash' }
    return withTender(receipt, tender)
  }

  /** Asks SEQR, exactly once: only a record that stands on disk as `sending`, and only in the life that put it there. */
  function send(id: string): void {
    const record = seqrRefundById(desk.storage.read, id)
    if (record === null || !mustSend(record.stage) || under.has(id)) return
    under.set(
      id,
      ask(record)
        .then((event) => (event === null ? undefined : applied(id, event)))
        .catch((error: unknown) =>
          desk.log.error({ err: error, refund: id }, 'A refund could not be followed'),
        )
        .finally(() => under.delete(id)),
    )
  }

  /** Null when the waiting was ended: what became of it is then not known, and the next start says so. */
  async function ask(record: SeqrRefundRecord): Promise<RefundEvent | null> {
    const login = options.login()
    if (login === null || login.terminalId !== record.terminalId) return { type: 'notReached' }
    const startedAtMs = desk.clock.elapsedMs()
    const answer = await options.seqr.refundPayment(
      login,
      record.ofReference,
      record.invoice,
      stopping.signal,
    )
    if (stopping.signal.aborted && answer.kind === 'noAnswer') return null
    options.heard(answer, desk.clock.elapsedMs() - startedAtMs)
    return refundEventOf(answer)
  }

  /** Puts an answer on disk, however long the disk takes. */
  async function applied(id: string, event: RefundEvent): Promise<void> {
    for (;;) {
      if (apply(id, event) !== 'notSaved') return
      await desk.clock.sleepUntil(desk.clock.now() + saveAgainMs, stopping.signal)
      if (stopping.signal.aborted) return
    }
  }

  /** Moves a refund: saved first, then believed, then what follows from it. */
  function apply(
    id: string,
    event: RefundEvent,
    more: Partial<SeqrRefundRecord> = {},
  ): 'moved' | 'same' | 'notSaved' {
    const saved = change(desk, (): Done<{ moved: boolean; send: string | null }> => {
      const moved = move(id, event, more)
      return { ok: true, moved: moved !== null, send: moved?.next ?? null }
    })
    if (saved.ok) sent(saved)
    return saved.ok ? (saved.moved ? 'moved' : 'same') : 'notSaved'
  }

  /** The same within the caller's transaction. Null when the event says nothing new; `next` must then be sent. */
  function move(
    id: string,
    event: RefundEvent,
    more: Partial<SeqrRefundRecord> = {},
  ): { readonly next: string | null } | null {
    const before = seqrRefundById(desk.storage.read, id)
    if (before === null) return null
    const stage = nextRefund(before.stage, event)
    if (stage === before.stage) return null
    const atMs = desk.clock.now()
    const endedAtMs = isOpenRefund(stage) ? null : atMs
    const after: SeqrRefundRecord = { ...before, ...more, stage, endedAtMs }
    saveSeqrRefund(desk.storage.write, after, { atMs, from: before.stage.name, event, to: stage.name })
    desk.log.info({ refund: id, from: before.stage.name, event: event.type, to: stage.name }, 'SEQR refund')
    return { next: stage.name === 'refunded' && before.stage.name !== 'refunded' ? book(after) : null }
  }

  /** The transaction post and the tender of money that SEQR has given back, exactly once. */
  function book(record: SeqrRefundRecord): string | null {
    const { stage } = record
    if (stage.name !== 'refunded') return null
    const atMs = desk.clock.now()
    const receipt = receiptById(desk.storage.read, record.receiptId)
    if (receipt === null) throw new Error(`Refund ${record.id} has no receipt`)
    appendJournal(desk.storage.write, {
      atMs,
      kind: 'seqrRefund',
      receiptId: record.receiptId,
      body: {
        description: 'SEQR refund',
        amountMinor: 0 - record.amountMinor,
        currency: record.currency,
        ersReference: stage.ersReference,
        ofReference: record.ofReference,
        refundId: record.id,
        knownBy: stage.knownBy,
        cashier: record.cashier,
      },
    })
    const tender: Tender = {
      id: desk.newId(),
      kind: 'seqr',
      amountMinor: 0 - record.amountMinor,
      paymentId: record.id,
      ersReference: stage.ersReference,
      atMs,
      settledByHand: stage.knownBy === 'administrator',
    }
    const tendered = withTender(receipt, tender)
    saveReceipt(desk.storage.write, tendered)
    return goOn(tendered)
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
    return sent(change(desk, (): Done<{ send: string | null }> => ({ ok: true, send: goOn(found.receipt) })))
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
    return sent(
      change(desk, (): Done<{ send: string | null }> => {
        session.audit(session.actor(), 'refund.inCash', { receiptId, amountMinor: part.amountMinor })
        const changed = withPartInCash({ ...receipt, shiftId: now.shiftId }, source)
        saveReceipt(desk.storage.write, changed)
        return { ok: true, send: goOn(changed) }
      }),
    )
  }

  function giveUp({ receiptId, reason }: { receiptId: string; reason: string }): Done {
    const now = working()
    if (!now.ok) return now
    const found = stuck(receiptId)
    if (!found.ok) return found
    if (found.receipt.tenders.length > 0) return { ok: false, reason: 'rule', rule: 'seqrPaidPart' }
    const saved = change(desk, (): Done => {
      const atMs = desk.clock.now()
      const { receipt } = found
      saveReceipt(desk.storage.write, {
        ...receipt,
        state: 'canceled',
        canceled: { atMs, reason, by: now.person },
      })
      const body = { reason, by: now.person, kind: 'refund', refundOf: receipt.refundOf, rows: receipt.rows }
      appendJournal(desk.storage.write, { atMs, kind: 'receiptCanceled', receiptId, body })
      return { ok: true }
    })
    options.changed()
    return saved
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
    return sent(
      change(desk, (): Done<{ send: string | null }> => {
        if (seqrRefundById(desk.storage.read, record.id)?.stage.name !== 'uncertain')
          return no('alreadyFinal')
        appendJournal(desk.storage.write, {
          atMs,
          kind: 'settledByHand',
          receiptId: record.receiptId,
          body: { ...settledByHand, refundId: record.id, amountMinor: 0 - record.amountMinor, ersReference },
        })
        session.audit(tried.by, 'refund.settled', { receiptId: record.receiptId, as, reason })
        return { ok: true, send: move(record.id, event, { settledByHand })?.next ?? null }
      }),
    )
  }

  function view(): RefundsView {
    const { read } = desk.storage
    const last = shown.lastId === null ? null : receiptById(read, shown.lastId)
    return {
      open: openRefundReceipts(read).map((receipt) => refundView(read, receipt)),
      last: last === null ? null : refundView(read, last),
    }
  }

  const find = receiptFinder(desk.storage.read, options.settings)

  const handlers: Handlers<typeof contract>['refund'] = {
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
    current: view,
    tryAgain,
    inCash,
    giveUp,
    settleByHand,
  }

  return {
    handlers,
    view,
    /** How many refund receipts are not finished. */
    unfinished: (): number => openRefundReceipts(desk.storage.read).length,
    /** Refunds of which it is not known what became of the money. */
    open: (): readonly SeqrRefundRecord[] => openSeqrRefunds(desk.storage.read),
    /** A till that died while sending does not know whether its refund went out, and never sends it again. */
    resume(): void {
      for (const { id, stage } of openSeqrRefunds(desk.storage.read))
        if (mustSend(stage) && !under.has(id)) void applied(id, { type: 'tillRestarted' })
    },
    /**
     * What the reconciliation report says of refunds without an answer, in the transaction that keeps the report.
     * Gives back what must be sent after it.
     */
    settleByReport(findings: readonly Finding[]): readonly string[] {
      return findings
        .flatMap(({ kind, subjectId, ersReference }) => {
          if (kind === 'refundFound')
            return [move(subjectId, { type: 'foundInReport', ersReference })?.next ?? null]
          return kind === 'refundMissing'
            ? [move(subjectId, { type: 'missingFromReport' })?.next ?? null]
            : []
        })
        .filter((id) => id !== null)
    },
    send,
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.allSettled(under.values())
    },
  }
}

/** What an answer to refundPayment means. Whatever says nothing about the money leaves it uncertain. */
export function refundEventOf(answer: Answer<{ readonly ersReference: string }>): RefundEvent {
  switch (answer.kind) {
    case 'ok':
      return { type: 'accepted', ersReference: answer.value.ersReference }
    case 'refused': {
      const { code, description } = answer
      return answer.passing ? { type: 'passing', code } : { type: 'refused', code, description }
    }
    case 'noAnswer':
      return { type: answer.reason === 'unreachable' ? 'notReached' : 'noAnswer' }
  }
}
