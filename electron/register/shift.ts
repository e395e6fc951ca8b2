import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type {
  ClosingHindrance,
  ClosingView,
  CountedView,
  ReportLine,
} from '../../app/contract/shift-views.ts'
import type { RefundView } from '../../app/contract/refund-views.ts'
import type { Done, ParkedView, Refusal } from '../../app/contract/views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import type { Person, Receipt } from '../../app/domain/receipt.ts'
import type { CashMove, Pieces, ShiftReport } from '../../app/domain/shift.ts'
import { countedCash, differenceOf, expectedCash } from '../../app/domain/shift.ts'
import { cashMovePaper, shiftPaper } from '../../app/domain/shift-paper.ts'
import { shiftPaperWords } from '../../app/words/shift-paper.ts'
import { nextNumber } from '../storage/counters.ts'
import { appendJournal, findJournal, journalEntry } from '../storage/journal.ts'
import { outboxCounts } from '../storage/outbox.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import { carryOver } from '../storage/receipts.ts'
import type { ShiftRecord } from '../storage/shifts.ts'
import {
  addCashMovement,
  nextShiftId,
  nextXNumber,
  nextZNumber,
  openShift,
  saveShift,
} from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Printing } from './printing.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { drawerOf, movesOf, openRefundsOf, reportOf, reservedOf, settledSinceClose } from './shift-report.ts'

export interface ShiftOptions {
  readonly desk: Desk
  readonly session: Session
  readonly printing: Pick<Printing, 'queue' | 'queueDrawer' | 'head' | 'hasPrinter'>
  readonly settings: () => ShopSettings
  readonly sale: {
    /** The receipt on the sale screen. */
    active(): Receipt | null
    /** All others that are not finished. */
    waiting(): readonly ParkedView[]
  }
  readonly openPayments: () => readonly PaymentRecord[]
  /** Refunds that are not finished. */
  readonly openRefunds: () => readonly RefundView[]
  readonly changed: () => void
}

/** A count of the drawer, good while nothing has moved in it since. */
interface Count extends CountedView {
  readonly shiftId: string
  readonly pieces: readonly Pieces[]
}

/** About three months of a till that is closed once a day. */
const mostReports = 200

const noShift: Refusal = { ok: false, reason: 'rule', rule: 'noShift' }
const signedOut: Refusal = { ok: false, reason: 'rule', rule: 'signedOut' }
const refused = (problem: NamedProblem): Refusal => ({
  ok: false,
  reason: 'invalid',
  field: 'shift',
  problem,
})

/** A shift: from the float in the drawer, over cash in and out, to the count and the Z report at its end. */
export function createShifts(options: ShiftOptions): Handlers<typeof contract>['shift'] {
  const { desk, session, printing, settings } = options
  const counted: { last: Count | null } = { last: null }

  /** The open shift and who works in it; a refusal when either is missing. */
  function working(): { ok: true; shift: ShiftRecord; person: Person } | Refusal {
    const person = session.person()
    if (person === null) return signedOut
    const shift = openShift(desk.storage.read)
    return shift === null ? noShift : { ok: true, shift, person }
  }

  /** Does something with the open shift in one transaction, when the right is there. */
  function act<T extends Done>(
    permission: 'cashMovement' | 'openDrawer' | 'closeShift',
    work: (shift: ShiftRecord, person: Person) => T | Refusal,
  ): T | Refusal {
    const now = working()
    if (!now.ok) return now
    const lacking = session.needs(permission)
    if (lacking !== null) return lacking
    const done = change(desk, () => work(now.shift, now.person))
    options.changed()
    return done
  }

  const words = () => shiftPaperWords[settings().language]

  function moveCash(
    shift: ShiftRecord,
    person: Person,
    input: Pick<CashMove, 'kind' | 'amountMinor' | 'reason'>,
  ): Done {
    const move: CashMove = { ...input, by: person.name, atMs: desk.clock.now() }
    addCashMovement(desk.storage.write, { ...move, id: desk.newId(), shiftId: shift.id })
    appendJournal(desk.storage.write, {
      atMs: move.atMs,
      kind: 'cashMovement',
      body: { ...move, shiftId: shift.id, shiftNumber: shift.number },
    })
    printing.queueDrawer()
    const head = printing.head(false)
    const paper = cashMovePaper(move, settings().currency, { head, words: words() })
    printing.queue('cashMove', `${words().move[move.kind]} ${head.time(move.atMs)}`, paper)
    return { ok: true }
  }

  function openDrawer(shift: ShiftRecord, person: Person, reason: string): Done {
    if (!printing.hasPrinter()) return { ok: false, reason: 'invalid', field: 'drawer', problem: 'noDrawer' }
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'drawerOpened',
      body: { reason, by: person.name, allowedBy: session.actor(), shiftNumber: shift.number },
    })
    printing.queueDrawer()
    return { ok: true }
  }

  function report(
    shift: ShiftRecord,
    start: Pick<ShiftReport, 'kind' | 'number' | 'by' | 'counted'>,
  ): ShiftReport {
    return reportOf(desk.storage.read, shift, {
      ...start,
      atMs: desk.clock.now(),
      currency: settings().currency,
      parked: options.sale.waiting().length,
      reserved: reservedOf(options.openPayments()),
      refunds: openRefundsOf(options.openRefunds()),
    })
  }

  function printReport(made: ShiftReport, withDrawer: boolean, copyOf?: string): string {
    const head = printing.head(copyOf !== undefined)
    const paper = shiftPaper(made, { head, words: words(), withDrawer })
    return printing.queue('report', titleOf(made), paper, copyOf === undefined ? {} : { copyOf }).id
  }

  function titleOf({ kind, number }: Pick<ShiftReport, 'kind' | 'number'>): string {
    const { xReport, zReport } = words()
    return `${kind === 'z' ? zReport : xReport} ${number}`
  }

  /** A drawer that is counted blind is kept from whoever is to count it; what was closed is no secret. */
  function showsDrawer(kind: ShiftReport['kind']): boolean {
    return kind === 'z' || !settings().blindCount || session.needs('administrator') === null
  }

  function copyReport(seq: number) {
    const entry = journalEntry(desk.storage.read, seq)
    if (entry === null || (entry.kind !== 'xReport' && entry.kind !== 'zReport'))
      return { ok: false, reason: 'notFound' } as const
    const made = entry.body as ShiftReport
    const title = titleOf(made)
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'copyPrinted',
      body: { report: title, seq, by: session.actor() },
    })
    const jobId = printReport(made, showsDrawer(made.kind), `report-${seq}`)
    return { ok: true, jobId, title } as const
  }

  /** Whoever may close a shift may see what was closed, also when none is open. */
  function withReports<T extends Done>(work: () => T | Refusal): T | Refusal {
    if (session.person() === null) return signedOut
    const lacking = session.needs('closeShift')
    if (lacking !== null) return lacking
    const done = change(desk, work)
    options.changed()
    return done
  }

  function xReport(shift: ShiftRecord, person: Person) {
    const number = nextXNumber(desk.storage.write)
    const made = report(shift, { kind: 'x', number, by: person.name, counted: null })
    appendJournal(desk.storage.write, { atMs: made.atMs, kind: 'xReport', body: made })
    return { ok: true, number, jobId: printReport(made, showsDrawer('x')) } as const
  }

  function hindrances(): readonly ClosingHindrance[] {
    const open = options.openPayments()
    const count = open.filter((one) => one.stage.name !== 'reserved' && one.settledByHand === null).length
    const active = options.sale.active()
    const partly = options.sale.waiting().filter(({ state }) => state === 'mustComplete')
    return [
      ...(count === 0 ? [] : [{ kind: 'paymentsOpen', count } as const]),
      ...(options.openRefunds().some(({ phase }) => phase === 'sending')
        ? [{ kind: 'refundSending' } as const]
        : []),
      ...(active === null || (active.rows.length === 0 && active.tenders.length === 0)
        ? []
        : [{ kind: 'receiptOpen' } as const]),
      ...partly.map(({ name, totalMinor }) => ({ kind: 'receiptPartlyPaid', name, totalMinor }) as const),
    ]
  }

  const expected = (shift: ShiftRecord) => expectedCash(drawerOf(desk.storage.read, shift))

  /** The last count, unless cash has moved since. */
  function countOf(shift: ShiftRecord): Count | null {
    const { last } = counted
    return last?.shiftId === shift.id && last.expectedMinor === expected(shift) ? last : null
  }

  function closing(shift: ShiftRecord): ClosingView {
    const count = countOf(shift)
    return {
      hindrances: hindrances(),
      parked: options.sale.waiting().filter(({ state }) => state !== 'mustComplete'),
      reservations: reservedOf(options.openPayments()),
      refunds: openRefundsOf(options.openRefunds()),
      unsent: outboxCounts(desk.storage.read),
      settledByHand: settledSinceClose(desk.storage.read),
      expectedMinor: settings().blindCount && count === null ? null : expected(shift),
      counted: count === null ? null : countedView(count),
    }
  }

  /** Every count is on record, so that a drawer cannot be counted until it fits. */
  function count(shift: ShiftRecord, person: Person, input: Pick<Count, 'countedMinor' | 'pieces'>) {
    const pieces = input.pieces.filter((piece) => piece.count > 0)
    if (pieces.length > 0 && countedCash(pieces) !== input.countedMinor) return refused('piecesDiffer')
    const expectedMinor = expected(shift)
    const { countedMinor } = input
    const counts = (counted.last?.shiftId === shift.id ? counted.last.counts : 0) + 1
    const differenceMinor = countedMinor - expectedMinor
    const view: CountedView = { countedMinor, expectedMinor, differenceMinor, counts }
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'drawerCounted',
      body: { ...view, pieces, by: person.name, shiftNumber: shift.number },
    })
    return { ok: true, kept: { ...view, shiftId: shift.id, pieces } } as const
  }

  /** All of it in one transaction: the numbers, the shift's end, the journal and the paper. */
  function close(shift: ShiftRecord, person: Person, withParked: boolean) {
    if (hindrances().length > 0) return refused('hindered')
    if (!withParked && options.sale.waiting().length > 0) return refused('parkedReceipts')
    const last = countOf(shift)
    if (last === null) return refused('countFirst')
    const db = desk.storage.write
    const { countedMinor, differenceMinor, counts, pieces } = last
    const number = nextZNumber(db)
    const closedAtMs = desk.clock.now()
    saveShift(db, { ...shift, closedAtMs, countedMinor, zNumber: number })
    appendJournal(db, {
      atMs: closedAtMs,
      kind: 'shiftClosed',
      body: {
        id: shift.id,
        number: shift.number,
        zNumber: number,
        countedMinor,
        differenceMinor,
        by: person.name,
      },
    })
    const made = report(shift, {
      kind: 'z',
      number,
      by: person.name,
      counted: { countedMinor, counts, pieces },
    })
    appendJournal(db, { atMs: made.atMs, kind: 'zReport', body: made })
    return { ok: true, number, differenceMinor, jobId: printReport(made, true) } as const
  }

  return {
    open({ floatMinor }): Done {
      const person = session.person()
      if (person === null) return signedOut
      if (openShift(desk.storage.read) !== null) return refused('shiftOpen')
      const saved = change(desk, (): Done => {
        beginShift(desk, person.name, floatMinor)
        return { ok: true }
      })
      options.changed()
      return saved
    },
    current() {
      const shift = openShift(desk.storage.read)
      if (shift === null) return null
      const { number, openedAtMs, openedBy: by } = shift
      return {
        number,
        openedAtMs,
        by,
        moves: movesOf(desk.storage.read, shift.id),
        hasDrawer: printing.hasPrinter(),
      }
    },
    moveCash: (input) => act('cashMovement', (shift, person) => moveCash(shift, person, input)),
    openDrawer: ({ reason }) => act('openDrawer', (shift, person) => openDrawer(shift, person, reason)),
    xReport: () => act('closeShift', xReport),
    reports() {
      const refusal = session.person() === null ? signedOut : session.needs('closeShift')
      if (refusal !== null) return refusal
      const entries = findJournal(desk.storage.read, { kinds: ['xReport', 'zReport'], limit: mostReports })
      return { ok: true, reports: entries.map(({ seq, body }) => reportLine(seq, body as ShiftReport)) }
    },
    copyReport: ({ seq }) => withReports(() => copyReport(seq)),
    closing: () => act('closeShift', (shift) => ({ ok: true, closing: closing(shift) }) as const),
    count(input) {
      const done = act('closeShift', (shift, person) => count(shift, person, input))
      if (!done.ok) return done
      counted.last = done.kept
      return { ok: true, counted: countedView(done.kept) }
    },
    close({ carryOver: withParked }) {
      const closed = act('closeShift', (shift, person) => close(shift, person, withParked))
      if (closed.ok) session.signOut()
      return closed
    },
  }
}

function reportLine(seq: number, report: ShiftReport): ReportLine {
  const { kind, number, atMs, by, sales } = report
  const turnoverMinor = sales.soldMinor + sales.returnedMinor
  return { seq, kind, number, atMs, by, turnoverMinor, differenceMinor: differenceOf(report) }
}

function countedView({ countedMinor, expectedMinor, differenceMinor, counts }: Count): CountedView {
  return { countedMinor, expectedMinor, differenceMinor, counts }
}

/** Opens a shift and journals its float; call within a transaction. */
export function beginShift(desk: Desk, by: string, floatMinor: number): void {
  const db = desk.storage.write
  const shift = {
    id: nextShiftId(db, desk.newId),
    number: nextNumber(db, 'shift'),
    openedAtMs: desk.clock.now(),
    openedBy: by,
    floatMinor,
    closedAtMs: null,
    countedMinor: null,
    zNumber: null,
  }
  saveShift(db, shift)
  carryOver(db, shift.id)
  const { id, number, openedAtMs } = shift
  appendJournal(db, { atMs: openedAtMs, kind: 'shiftOpened', body: { id, number, floatMinor, by } })
}
