import type { Done, PaymentsView } from '../../app/contract/views.ts'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import type { Call, PaymentEvent, Stage } from '../../app/domain/seqr-payment.ts'
import { holdsSticker, callFor, canCancel, dueAtMs, isOver, next } from '../../app/domain/seqr-payment.ts'
import type { Answer, SeqrService, TerminalLogin } from '../seqr/service.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import {
  StickerTaken,
  appendPaymentHistory,
  insertPayment,
  openPayments,
  paymentById,
  savePayment,
  unseenReservations,
} from '../storage/payments.ts'
import { receiptById } from '../storage/receipts.ts'
import type { ReceiptPrinter } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { follow } from './follow.ts'
import type { LivePayment } from './live-payment.ts'
import { goWithClock, livePayment, noteAnswer } from './live-payment.ts'
import type { NewPayment } from './new-payment.ts'
import { newRecord } from './new-payment.ts'
import { bookMove } from './payment-books.ts'
import { isUnseenEnd, paymentsView } from './payment-view.ts'
import { eventOf } from './seqr-events.ts'
import { askSeqr, patienceMs } from './seqr-questions.ts'

export interface PaymentsOptions {
  readonly desk: Desk
  readonly seqr: SeqrService
  /** The terminal's own login, or null while none is registered. */
  readonly login: () => TerminalLogin | null
  readonly seqrId: () => string
  readonly printer: ReceiptPrinter
  /** Called after anything that a screen shows has changed. */
  readonly changed: () => void
  /** Told of every answer, for the connection shown in the status bar. */
  readonly heard: (answer: Answer<unknown>, tookMs: number) => void
  /** Told when a SEQR payment has finished a receipt. */
  readonly finished: (receiptId: string) => void
  /** Told of a reservation that ended while no dialog showed it. */
  readonly endedUnseen?: (record: PaymentRecord) => void
  /** Other rules than the till's own: the simulation takes one away at a time and sees that it is missed. */
  readonly machine?: Machine
}

/** The rules by which payments move. */
export interface Machine {
  readonly next: typeof next
  readonly callFor: typeof callFor
  readonly dueAtMs: typeof dueAtMs
  readonly eventOf: typeof eventOf
}

export const seqrMachine: Machine = { next, callFor, dueAtMs, eventOf }

export type Payments = ReturnType<typeof createPayments>

/** A payment that a till finds open after this long is nobody's any more. */
const staleAfterMs = 10 * 60_000

const isBeingEnded = (stage: Stage): boolean => holdsSticker(stage) || stage.name === 'canceling'

/** After a fault of our own a payment is taken up again this much later, not in a tight loop. */
const takeUpAgainMs = 1000

/** Every SEQR payment and reservation of this till: starts them, follows them, and books what the service ends. */
export function createPayments(options: PaymentsOptions) {
  const { desk, machine = seqrMachine } = options
  const live = new Map<string, LivePayment>()
  const stopping = new AbortController()

  function start(payment: NewPayment): Done<{ readonly paymentId: string }> {
    const login = options.login()
    if (login === null) return { ok: false, reason: 'rule', rule: 'noTerminal' }
    const record = newRecord(desk, payment, login.terminalId)
    try {
      const saved = change(desk, () => insertPayment(desk.storage.write, record))
      if (saved !== undefined) return saved
    } catch (error) {
      if (error instanceof StickerTaken) return { ok: false, reason: 'rule', rule: 'stickerBusy' }
      throw error
    }
    begin(record)
    options.changed()
    return { ok: true, paymentId: record.id }
  }

  function begin(record: PaymentRecord, unsavedDoubt = false): void {
    const entry = livePayment(record, desk.clock, unsavedDoubt)
    live.set(record.id, entry)
    entry.follower = follow<Call>(
      {
        call: () => machine.callFor(entry.record.stage),
        dueAtMs: (last) => machine.dueAtMs(entry.record.stage, last),
        ask: (call, signal) => askAndApply(entry, call, signal),
      },
      desk.clock,
      stopping.signal,
    )
    void entry.follower.done.catch(async (error: unknown) => {
      desk.log.error({ err: error, payment: record.id }, 'Following a payment stopped; it is taken up again')
      await desk.clock.sleepUntil(desk.clock.now() + takeUpAgainMs, stopping.signal)
      if (!stopping.signal.aborted) begin(paymentById(desk.storage.read, record.id) ?? record)
    })
  }

  /** A till that died while asking does not know what came of it: that is told before it asks again. */
  function takeUp(record: PaymentRecord): void {
    const stage = machine.next(record.stage, { type: 'inDoubt' })
    const isRound = stage.name === 'waiting' || stage.name === 'sending'
    const roundStartedAtMs = isRound ? desk.clock.now() : record.roundStartedAtMs
    const isAtRest = stage.name === 'reserved'
    const again: PaymentRecord = {
      ...record,
      stage,
      roundStartedAtMs,
      dismissed: record.dismissed || isAtRest,
    }
    // Believed even when the disk does not take it: a doubt does no harm, and the next start has it again.
    const isNews = stage.name === 'sending' || stage !== record.stage
    begin(again, isNews && !saveDoubt(record, again))
    if (isStale(again)) press(again.id, { type: 'cancelPressed' })
  }

  /** Left open by a till that was gone for long: its customer has left, so nobody else may be offered it. */
  function isStale({ stage, startedAtMs }: PaymentRecord): boolean {
    return holdsSticker(stage) && desk.clock.now() - startedAtMs > staleAfterMs
  }

  /** False while the disk does not take it. */
  function saveDoubt(before: PaymentRecord, after: PaymentRecord): boolean {
    const saved = change(desk, () => {
      saveMove(before, { type: 'inDoubt' }, after)
      return { ok: true as const }
    })
    return saved.ok
  }

  async function askAndApply(entry: LivePayment, call: Call, signal: AbortSignal): Promise<void> {
    // A failing disk may bring back what it refused: nothing is sent that its word could then deny.
    if (call.ask === 'send' && entry.unsavedDoubt && !saveDoubt(entry.record, entry.record)) return
    entry.unsavedDoubt = entry.unsavedDoubt && call.ask !== 'send'
    const startedAtMs = desk.clock.elapsedMs()
    const answer = await ask(entry, call, signal)
    if (signal.aborted) return
    goWithClock(entry, desk.clock)
    const nowMs = desk.clock.now()
    options.heard(answer, desk.clock.elapsedMs() - startedAtMs)
    noteAnswer(entry, answer, nowMs)
    const event = machine.eventOf(call, answer, {
      nowMs,
      reserveForSeconds: entry.record.commitReservationTimeoutSeconds,
    })
    apply(entry, event)
    options.changed()
  }

  function ask(entry: LivePayment, call: Call, signal: AbortSignal): Promise<Answer<unknown>> {
    const login = options.login()
    const { record } = entry
    if (login === null || login.terminalId !== record.terminalId) {
      const detail = 'The terminal that this payment belongs to is not registered on this till'
      return Promise.resolve({ kind: 'noAnswer', reason: 'aborted', detail })
    }
    const deadline = desk.clock.deadline(patienceMs(call, entry.timeouts), signal)
    return askSeqr(options.seqr, { login, record, call }, deadline)
  }

  /** Moves a payment: saved first, then believed. False when the event said nothing new, or the disk refused it. */
  function apply(entry: LivePayment, event: PaymentEvent, beside: Partial<PaymentRecord> = {}): boolean {
    const before = entry.record
    const stage = machine.next(before.stage, event)
    if (stage === before.stage) return false
    const after: PaymentRecord = {
      ...before,
      ...beside,
      ...keptForLater(before, stage),
      stage,
      lastAnswerAtMs: entry.lastAnswerAtMs,
    }
    const saved = saveBooked(entry, event, after)
    entry.unsavedDoubt = !saved.ok
    if (!saved.ok) {
      // The answer is lost with the write, but not that there was something to answer.
      entry.record = { ...before, stage: machine.next(before.stage, { type: 'inDoubt' }) }
      return false
    }
    entry.record = saved.record
    tellEnd(saved.record)
    desk.log.info(
      { payment: before.id, from: before.stage.name, event: event.type, to: stage.name },
      'SEQR payment',
    )
    return true
  }

  /** The move, what it books, and a doubt that the disk did not take before: all in one transaction. */
  function saveBooked(
    { record: before, unsavedDoubt }: LivePayment,
    event: PaymentEvent,
    after: PaymentRecord,
  ) {
    return change(desk, () => {
      const record = bookMove(desk, options.printer, { before, after })
      if (unsavedDoubt) saveMove(before, { type: 'inDoubt' }, before)
      saveMove(before, event, record)
      return { ok: true as const, record }
    })
  }

  function saveMove(before: PaymentRecord, event: PaymentEvent, after: PaymentRecord): void {
    savePayment(desk.storage.write, after)
    appendPaymentHistory(desk.storage.write, {
      paymentId: before.id,
      atMs: desk.clock.now(),
      from: before.stage.name,
      event,
      to: after.stage.name,
    })
  }

  function tellEnd(record: PaymentRecord): void {
    if (isUnseenEnd(record)) options.endedUnseen?.(record)
    if (record.stage.name !== 'paid' || record.receiptId === null || record.setAside) return
    const receipt = receiptById(desk.storage.read, record.receiptId)
    if (receipt?.state === 'completed') options.finished(receipt.id)
  }

  function press(paymentId: string, event: PaymentEvent, beside: Partial<PaymentRecord> = {}): Done {
    const entry = live.get(paymentId)
    if (entry === undefined) return { ok: false, reason: 'notFound' }
    goWithClock(entry, desk.clock)
    const isWoken = entry.record.stage.name === 'reserved'
    // Nobody was asked while it rested: its patience begins now.
    if (isWoken) entry.lastAnswerAtMs = null
    const round = isWoken ? { roundStartedAtMs: desk.clock.now() } : {}
    const moved = apply(entry, event, { ...round, ...beside })
    entry.follower?.wake()
    options.changed()
    return moved || !desk.disk.full ? { ok: true } : { ok: false, reason: 'storage', problem: 'diskFull' }
  }

  /** Changes what is kept beside the stage, in one transaction: patience, whether its dialog is open, a settlement. */
  function keep(paymentId: string, update: (record: PaymentRecord) => PaymentRecord): Done {
    const entry = live.get(paymentId)
    if (entry !== undefined) goWithClock(entry, desk.clock)
    const record = entry?.record ?? paymentById(desk.storage.read, paymentId)
    if (record === null) return { ok: false, reason: 'notFound' }
    const saved = change(desk, () => {
      const updated = update(record)
      savePayment(desk.storage.write, updated)
      return { ok: true as const, updated }
    })
    if (!saved.ok) return saved
    if (entry !== undefined) entry.record = saved.updated
    options.changed()
    return { ok: true }
  }

  return {
    start,
    /** Asks the service to cancel (or lets go of a reservation). It can lose to paid. */
    cancel(paymentId: string): Done {
      const entry = live.get(paymentId)
      if (entry !== undefined && !canCancel(entry.record.stage)) return { ok: true }
      return press(paymentId, { type: 'cancelPressed' })
    },
    /** Takes the final amount, the total of `invoice`, from a reservation and pays a receipt with it. */
    complete(
      paymentId: string,
      final: { readonly invoice: SeqrInvoice; readonly receiptId: string | null },
    ): Done {
      const { invoice, receiptId } = final
      const amount = { askedMinor: invoice.totalMinor, sentMinor: invoice.totalMinor }
      const amounts = { ...amount, echoedMinor: null, bookedMinor: null }
      const event: PaymentEvent = { type: 'completePressed', finalMinor: invoice.totalMinor }
      return press(paymentId, event, { invoice, receiptId, amounts })
    },
    /** A new 30 seconds on the same invoice. */
    tryAgain: (paymentId: string) =>
      keep(paymentId, (record) => ({
        ...record,
        roundStartedAtMs: desk.clock.now(),
        attempt: record.attempt + 1,
      })),
    keep,
    /** Takes up every payment that is not over: the first question goes out at once. */
    resume(): void {
      for (const record of openPayments(desk.storage.read)) takeUp(record)
      for (const record of unseenReservations(desk.storage.read)) begin(record)
      options.changed()
    },
    record: (paymentId: string): PaymentRecord | null =>
      live.get(paymentId)?.record ?? paymentById(desk.storage.read, paymentId),
    /** Payments without a final answer, reservations at rest included. */
    open: (): readonly PaymentRecord[] =>
      [...live.values()].map((entry) => entry.record).filter((record) => !isOver(record.stage)),
    view(): PaymentsView {
      return paymentsView([...live.values()], options.seqrId())
    },
    /** Drops from memory what is over and has been dismissed. */
    forget(paymentId: string): void {
      const entry = live.get(paymentId)
      if (entry !== undefined && isOver(entry.record.stage)) live.delete(paymentId)
    },
    /**
     * Before the till ends: asks the service to cancel what stands on the sticker and waits for its word, at most so
     * long. Paid still wins; what has no answer by then stays open on disk and is taken up at the next start.
     */
    async clearSticker(mostMs: number): Promise<void> {
      const untilMs = desk.clock.elapsedMs() + mostMs
      const standing = () => [...live.values()].filter(({ record }) => holdsSticker(record.stage))
      for (const { record } of standing()) press(record.id, { type: 'cancelPressed' })
      while (
        desk.clock.elapsedMs() < untilMs &&
        [...live.values()].some(({ record }) => isBeingEnded(record.stage))
      )
        await desk.clock.sleepUntil(desk.clock.now() + 50)
    },
    /** Resolves when no question is on its way any more. What is open stays open, on disk. */
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.allSettled(
        [...live.values()].flatMap(({ follower }) => (follower === null ? [] : [follower.done])),
      )
    },
  }
}

/** A reservation that ends at rest has no dialog: it stays on the list until somebody has read that. */
function keptForLater(before: PaymentRecord, stage: Stage): Partial<PaymentRecord> {
  const endsAtRest = before.stage.name === 'reserved' && before.dismissed && isOver(stage)
  return endsAtRest ? { setAside: true, dismissed: false } : {}
}
