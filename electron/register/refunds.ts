import type { RefundsView } from '../../app/contract/refund-views.ts'
import type { Done } from '../../app/contract/views.ts'
import type { Finding } from '../../app/domain/reconcile.ts'
import type { Receipt, RefundPart, Tender } from '../../app/domain/receipt.ts'
import { withTender } from '../../app/domain/receipt-edit.ts'
import { refundInvoice } from '../../app/domain/refund-invoice.ts'
import { checkAmounts } from '../../app/domain/seqr-invoice.ts'
import type { RefundEvent } from '../../app/domain/seqr-refund.ts'
import { isOpenRefund, mustSend, nextRefund } from '../../app/domain/seqr-refund.ts'
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
import type { ReceiptPrinter } from './completion.ts'
import { finish } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { openRefundReceipts, refundView } from './refund-view.ts'
import type { ShopSettings } from './settings.ts'

export interface RefundsOptions {
  readonly desk: Desk
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

/** What the disk did not take is tried again this much later: the answer is known, and must not get lost. */
const saveAgainMs = 1000

/**
 * Refunds of finished sales. The refund's own receipt is on disk before any money moves; SEQR is asked once for each
 * part, and cash or other tenders go back only when SEQR has said yes.
 */
export function createRefunds(options: RefundsOptions) {
  const { desk } = options
  const stopping = new AbortController()
  const under = new Map<string, Promise<void>>()
  const shown: { lastId: string | null } = { lastId: null }

  /** Runs a change in one transaction. What it has put on disk as `sending` goes out after it. */
  function changeAndSend(work: () => Done<{ readonly send: string | null }>): Done {
    return sent(change(desk, work))
  }

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
    while (!apply(id, event)) {
      await desk.clock.sleepUntil(desk.clock.now() + saveAgainMs, stopping.signal)
      if (stopping.signal.aborted) return
    }
  }

  /** Moves a refund: saved first, then believed, then what follows from it. False while the disk does not take it. */
  function apply(id: string, event: RefundEvent): boolean {
    const saved = change(desk, (): Done<{ send: string | null }> => ({
      ok: true,
      send: move(id, event)?.next ?? null,
    }))
    if (saved.ok) sent(saved)
    return saved.ok
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

  function view(): RefundsView {
    const { read } = desk.storage
    const last = shown.lastId === null ? null : receiptById(read, shown.lastId)
    return {
      open: openRefundReceipts(read).map((receipt) => refundView(read, receipt)),
      last: last === null ? null : refundView(read, last),
    }
  }

  return {
    changeAndSend,
    goOn,
    move,
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
function refundEventOf(answer: Answer<{ readonly ersReference: string }>): RefundEvent {
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
