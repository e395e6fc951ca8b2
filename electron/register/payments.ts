import type { Done, PaymentsView } from '../../app/contract/views.ts'
import type { Receipt, Tender } from '../../app/domain/receipt.ts'
import { withTender } from '../../app/domain/receipt-edit.ts'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import type { Call, PaymentEvent, Stage } from '../../app/domain/seqr-payment.ts'
import { holdsSticker, callFor, canCancel, dueAtMs, isOver, next } from '../../app/domain/seqr-payment.ts'
import type { Answer, SeqrService, TerminalLogin } from '../seqr/service.ts'
import { appendJournal } from '../storage/journal.ts'
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
import { saveTendered } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Follower } from './follow.ts'
import { follow } from './follow.ts'
import { isUnseenEnd, paymentsView } from './payment-view.ts'
import { eventOf } from './seqr-events.ts'

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

export interface NewPayment {
  readonly mode: PaymentRecord['mode']
  readonly receipt: Receipt | null
  readonly label: string
  readonly amountMinor: number
  readonly invoice: SeqrInvoice
}

/** A payment in memory: what is on disk, and what need not be. */
interface Live {
  record: PaymentRecord
  /** When it was started, by the clock as it stands now: the record keeps what the clock said then. */
  startedAtMs: number
  /** The computer's clock less the time that has run, as of the last look. */
  clockSetMs: number
  lastAnswerAtMs: number | null
  silentSinceMs: number | null
  refusal: { readonly code: number; readonly description: string } | null
  /** Time-outs in a row: a slow service is given longer before it is asked again. */
  timeouts: number
  /** An answer came that the disk did not take. Until that is on record no invoice is sent again. */
  unsavedDoubt: boolean
  follower: Follower | null
}

export type Payments = ReturnType<typeof createPayments>

/**
 * How long one question may take: short at first, then long enough for a slow service. A cancel or commit between two
 * status questions is always short, so that the starts of those two stay under the 20 s after which SEQR reverses.
 */
const questionMs = { first: 6000, patient: 12_000 }

/** A payment that a till finds open after this long is nobody's any more. */
const staleAfterMs = 10 * 60_000

const isBeingEnded = (stage: Stage): boolean => holdsSticker(stage) || stage.name === 'canceling'

/** After a fault of our own a payment is taken up again this much later, not in a tight loop. */
const takeUpAgainMs = 1000

/** The two clocks run apart by less than this without anybody having set one. */
const clockTremblesMs = 500

/** Every SEQR payment and reservation of this till: starts them, follows them, and books what the service ends. */
export function createPayments(options: PaymentsOptions) {
  const { desk, machine = seqrMachine } = options
  const live = new Map<string, Live>()
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
    const nowMs = desk.clock.now()
    const entry: Live = {
      record: { ...record, roundStartedAtMs: Math.min(record.roundStartedAtMs, nowMs) },
      startedAtMs: Math.min(record.startedAtMs, nowMs),
      clockSetMs: clockSetMs(),
      lastAnswerAtMs: null,
      silentSinceMs: null,
      refusal: null,
      timeouts: 0,
      unsavedDoubt,
      follower: null,
    }
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

  /** Epoch milliseconds at which the clock that never jumps stood at zero: another number when somebody sets the clock. */
  function clockSetMs(): number {
    return Math.round(desk.clock.now() - desk.clock.elapsedMs())
  }

  /**
   * A clock set back would put the round's 30 seconds, and every silence, into the future: they go back with it. One
   * set ahead only makes them look longer, as does a computer that slept.
   */
  function goWithClock(entry: Live): void {
    const byMs = clockSetMs() - entry.clockSetMs
    entry.clockSetMs += byMs
    if (byMs > -clockTremblesMs) return
    entry.startedAtMs += byMs
    entry.record = { ...entry.record, roundStartedAtMs: entry.record.roundStartedAtMs + byMs }
    entry.lastAnswerAtMs = entry.lastAnswerAtMs === null ? null : entry.lastAnswerAtMs + byMs
    entry.silentSinceMs = entry.silentSinceMs === null ? null : entry.silentSinceMs + byMs
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

  async function askAndApply(entry: Live, call: Call, signal: AbortSignal): Promise<void> {
    // A failing disk may bring back what it refused: nothing is sent that its word could then deny.
    if (call.ask === 'send' && entry.unsavedDoubt && !saveDoubt(entry.record, entry.record)) return
    entry.unsavedDoubt = entry.unsavedDoubt && call.ask !== 'send'
    const startedAtMs = desk.clock.elapsedMs()
    const answer = await ask(entry, call, signal)
    if (signal.aborted) return
    goWithClock(entry)
    const nowMs = desk.clock.now()
    options.heard(answer, desk.clock.elapsedMs() - startedAtMs)
    const heard = noteAnswer(entry, answer, nowMs)
    const event = machine.eventOf(call, answer, {
      nowMs,
      reserveForSeconds: entry.record.commitReservationTimeoutSeconds,
    })
    if (apply(entry, event) || heard) options.changed()
  }

  /** Remembers when the service was last heard; true when a screen would show a difference. */
  function noteAnswer(entry: Live, answer: Answer<unknown>, nowMs: number): boolean {
    const silent = answer.kind === 'noAnswer'
    entry.timeouts =
      silent && (answer.reason === 'timeout' || answer.reason === 'aborted') ? entry.timeouts + 1 : 0
    entry.silentSinceMs = silent ? (entry.silentSinceMs ?? nowMs) : null
    if (!silent) entry.lastAnswerAtMs = nowMs
    entry.refusal = answer.kind === 'refused' ? { code: answer.code, description: answer.description } : null
    return true
  }

  function ask(entry: Live, call: Call, signal: AbortSignal): Promise<Answer<unknown>> {
    const login = options.login()
    const { record } = entry
    if (login === null || login.terminalId !== record.terminalId) {
      const detail = 'The terminal that this payment belongs to is not registered on this till'
      return Promise.resolve({ kind: 'noAnswer', reason: 'aborted', detail })
    }
    const isBetween = call.ask === 'cancel' || call.ask === 'commit'
    const patience = isBetween || entry.timeouts % 2 === 0 ? questionMs.first : questionMs.patient
    return askSeqr(options.seqr, login, record, call, desk.clock.deadline(patience, signal))
  }

  /** Moves a payment: saved first, then believed. False when the event said nothing new, or the disk refused it. */
  function apply(entry: Live, event: PaymentEvent, beside: Partial<PaymentRecord> = {}): boolean {
    const before = entry.record
    const stage = machine.next(before.stage, event)
    if (stage === before.stage) return false
    const moved: PaymentRecord = {
      ...before,
      ...beside,
      ...keptForLater(before, stage),
      stage,
      lastAnswerAtMs: entry.lastAnswerAtMs,
    }
    const saved = change(desk, () => {
      const booked = stage.name === 'paid' ? book(moved, stage) : moved
      const ended = isOver(stage) ? withWordOfService(booked) : booked
      noteReservation(before, ended)
      if (entry.unsavedDoubt) saveMove(before, { type: 'inDoubt' }, before)
      saveMove(before, event, ended)
      return { ok: true as const, record: ended }
    })
    entry.unsavedDoubt = !saved.ok
    if (!saved.ok) {
      // The answer is lost with the write, but not that there was something to answer.
      entry.record = { ...before, stage: machine.next(before.stage, { type: 'inDoubt' }) }
      return false
    }
    entry.record = saved.record
    if (stage.name === 'paid') tellFinished(saved.record)
    if (isUnseenEnd(saved.record)) options.endedUnseen?.(saved.record)
    desk.log.info(
      { payment: before.id, from: before.stage.name, event: event.type, to: stage.name },
      'SEQR payment',
    )
    return true
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

  /** The transaction post and the tender: in the journal exactly once, whatever became of the receipt meanwhile. */
  function book(record: PaymentRecord, stage: Stage & { name: 'paid' }): PaymentRecord {
    const db = desk.storage.write
    const atMs = desk.clock.now()
    const bookedMinor = bookedAmount(record, stage)
    const receipt = record.receiptId === null ? null : receiptById(db, record.receiptId)
    const takesTender = receipt !== null && receipt.state !== 'completed' && receipt.state !== 'canceled'
    const alreadyTendered = record.settledByHand?.as === 'paid'
    appendJournal(db, {
      atMs,
      kind: 'seqrPayment',
      ...(record.receiptId === null ? {} : { receiptId: record.receiptId }),
      body: {
        description: 'SEQR payment',
        amountMinor: bookedMinor,
        currency: record.currency,
        ersReference: stage.ersReference,
        paymentId: record.id,
        invoiceReference: stage.reference,
        clientInvoiceId: record.clientInvoiceId,
        tender:
          takesTender && !alreadyTendered
            ? 'booked'
            : alreadyTendered
              ? 'settledByHandBefore'
              : 'receiptWasClosed',
      },
    })
    const amounts = { ...record.amounts, echoedMinor: stage.echoedMinor, bookedMinor }
    recordDifference(record.id, amounts, atMs)
    if (takesTender && !alreadyTendered) {
      const tender: Tender = {
        id: desk.newId(),
        kind: 'seqr',
        amountMinor: bookedMinor,
        paymentId: record.id,
        ersReference: stage.ersReference,
        atMs,
        settledByHand: false,
      }
      saveTendered(desk, options.printer, withTender({ ...receipt, state: 'open' }, tender))
    }
    return { ...record, amounts }
  }

  /** What the buyer confirmed and what became of it: never a sale, but an accountant has to see it. */
  function noteReservation(before: PaymentRecord, after: PaymentRecord): void {
    if (after.mode !== 'reservation' || before.stage.name === after.stage.name) return
    const act = reservationActs[after.stage.name]
    // What the buyer never confirmed was never held, so it is not released either.
    const wasHeld = !holdsSticker(before.stage)
    if (act === undefined || (isOver(after.stage) && after.stage.name !== 'paid' && !wasHeld)) return
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'reservation',
      body: {
        act,
        paymentId: after.id,
        label: after.label,
        reservedMinor: after.amountMinor,
        currency: after.currency,
        reference: 'reference' in after.stage ? after.stage.reference : '',
      },
    })
  }

  function tellFinished(record: PaymentRecord): void {
    const receipt = record.receiptId === null ? null : receiptById(desk.storage.read, record.receiptId)
    if (receipt?.state === 'completed' && !record.setAside) options.finished(receipt.id)
  }

  function recordDifference(paymentId: string, amounts: PaymentRecord['amounts'], atMs: number): void {
    const { askedMinor, sentMinor, echoedMinor, bookedMinor } = amounts
    const same = [sentMinor, echoedMinor ?? sentMinor, bookedMinor].every((amount) => amount === askedMinor)
    if (!same)
      appendJournal(desk.storage.write, { atMs, kind: 'amountDifference', body: { paymentId, ...amounts } })
  }

  function press(paymentId: string, event: PaymentEvent, beside: Partial<PaymentRecord> = {}): Done {
    const entry = live.get(paymentId)
    if (entry === undefined) return { ok: false, reason: 'notFound' }
    goWithClock(entry)
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
    if (entry !== undefined) goWithClock(entry)
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

/** The stages of a reservation that the journal keeps, as it calls them. */
const reservationActs: Partial<Record<Stage['name'], string>> = {
  reserved: 'reserved',
  completing: 'completing',
  paid: 'taken',
  canceled: 'released',
  lapsed: 'lapsed',
  failed: 'failed',
}

function newRecord(desk: Desk, payment: NewPayment, terminalId: string): PaymentRecord {
  const nowMs = desk.clock.now()
  return {
    id: desk.newId(),
    mode: payment.mode,
    receiptId: payment.receipt?.id ?? null,
    label: payment.label,
    terminalId,
    clientInvoiceId: payment.invoice.clientInvoiceId,
    amountMinor: payment.amountMinor,
    currency: payment.invoice.currency,
    invoice: payment.invoice,
    stage: { name: 'sending', mayExist: false, cancelWanted: false },
    startedAtMs: nowMs,
    roundStartedAtMs: nowMs,
    attempt: 1,
    lastAnswerAtMs: null,
    silentSinceMs: null,
    setAside: false,
    dismissed: false,
    settledByHand: null,
    amounts: {
      askedMinor: payment.amountMinor,
      sentMinor: payment.invoice.totalMinor,
      echoedMinor: null,
      bookedMinor: null,
    },
    commitReservationTimeoutSeconds: payment.invoice.commitReservationTimeoutSeconds ?? null,
  }
}

/** A reservation that ends at rest has no dialog: it stays on the list until somebody has read that. */
function keptForLater(before: PaymentRecord, stage: Stage): Partial<PaymentRecord> {
  const endsAtRest = before.stage.name === 'reserved' && before.dismissed && isOver(stage)
  return endsAtRest ? { setAside: true, dismissed: false } : {}
}

/** What an administrator decided stands beside what the service said in the end. */
function withWordOfService(record: PaymentRecord): PaymentRecord {
  const { settledByHand, stage } = record
  return settledByHand === null
    ? record
    : { ...record, settledByHand: { ...settledByHand, serviceSays: stage.name } }
}

/** What the service says it took counts; for a reservation, what was committed. */
function bookedAmount(record: PaymentRecord, stage: Stage & { name: 'paid' }): number {
  if (record.mode === 'reservation') return record.amounts.sentMinor
  return stage.echoedMinor !== null && stage.echoedMinor > 0 ? stage.echoedMinor : record.amounts.sentMinor
}

function askSeqr(
  seqr: SeqrService,
  login: TerminalLogin,
  record: PaymentRecord,
  call: Call,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  switch (call.ask) {
    case 'send':
      return seqr.sendInvoice(login, record.invoice, signal)
    case 'status':
      return seqr.getPaymentStatus(login, call.reference, call.version, signal)
    case 'cancel':
      return seqr.cancelInvoice(login, call.reference, signal)
    case 'update':
      return seqr.updateInvoice(login, call.reference, record.invoice, signal)
    case 'commit':
      return seqr.commitReservation(login, call.reference, call.finalMinor, record.currency, signal)
  }
}
