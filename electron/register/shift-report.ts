import type { RefundView } from '../../app/contract/refund-views.ts'
import type {
  CashMove,
  DrawerAccount,
  HandSettlement,
  OpenRefunds,
  ShiftReport,
} from '../../app/domain/shift.ts'
import { expectedCash, movedCash } from '../../app/domain/shift.ts'
import { findJournal, hex, journalHead } from '../storage/journal.ts'
import type { Reader } from '../storage/open.ts'
import { outboxCounts } from '../storage/outbox.ts'
import type { PaymentRecord } from '../storage/payments.ts'
import { receiptsInState } from '../storage/receipts.ts'
import { drawerTotals, grandTotals, journalCountsFrom, salesTotals } from '../storage/reports.ts'
import type { ShiftRecord } from '../storage/shifts.ts'
import { slipTotals } from '../storage/slip-accounts.ts'
import { cashMovements } from '../storage/shifts.ts'

/** Where the cash of a shift has come from and gone to, up to now. */
export function drawerOf(db: Reader, shift: ShiftRecord): DrawerAccount {
  return {
    floatMinor: shift.floatMinor,
    ...drawerTotals(db, shift.id),
    unfinishedMinor: unfinishedCash(db, shift.id),
    ...movedCash(cashMovements(db, shift.id)),
    slipsMinor: 0,
  }
}

/** Cash that was taken on receipts before the rest of them was paid. */
function unfinishedCash(db: Reader, shiftId: string): number {
  return receiptsInState(db, ['open', 'parked'])
    .filter((receipt) => receipt.shiftId === shiftId)
    .flatMap((receipt) => receipt.tenders)
    .reduce(
      (sum, { kind, amountMinor }) => (kind === 'cash' || kind === 'change' ? sum + amountMinor : sum),
      0,
    )
}

export function movesOf(db: Reader, shiftId: string): readonly CashMove[] {
  return cashMovements(db, shiftId).map(({ kind, amountMinor, reason, by, atMs }) => ({
    kind,
    amountMinor,
    reason,
    by,
    atMs,
  }))
}

export function reservedOf(open: readonly PaymentRecord[]): ShiftReport['reserved'] {
  const reserved = open.filter(({ stage }) => stage.name === 'reserved')
  return {
    count: reserved.length,
    amountMinor: reserved.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }
}

export function openRefundsOf(open: readonly RefundView[]): OpenRefunds {
  const uncertain = open.filter(({ phase }) => phase === 'uncertain')
  return {
    uncertain: {
      count: uncertain.length,
      amountMinor: uncertain.reduce((sum, { seqr }) => sum + (seqr?.amountMinor ?? 0), 0),
    },
    stuck: open.length - uncertain.length,
  }
}

/** The first journal entry that no Z report has covered: nothing falls between two of them. */
function firstEntryAfterZ(db: Reader): number {
  const [last] = findJournal(db, { kinds: ['zReport'], limit: 1 })
  return last === undefined ? 1 : (last.body as ShiftReport).journal.toSeq + 1
}

function settledByHandSince(db: Reader, fromSeq: number): readonly HandSettlement[] {
  return findJournal(db, { kinds: ['settledByHand'], limit: 500 })
    .filter(({ seq }) => seq >= fromSeq)
    .map(({ atMs, body }) => {
      const { as, amountMinor, reason, by } = body as HandSettlement
      return { as, amountMinor, reason, by, atMs }
    })
    .reverse()
}

/** What administrators have settled by hand since the last Z report, also while no shift was open. */
export function settledSinceClose(db: Reader): readonly HandSettlement[] {
  return settledByHandSince(db, firstEntryAfterZ(db))
}

/** What a report is made of beside the books. */
export type ReportStart = Pick<
  ShiftReport,
  'kind' | 'number' | 'atMs' | 'by' | 'currency' | 'counted' | 'parked' | 'reserved' | 'refunds'
>

/** The report on a shift as its books stand now: read it in the transaction that numbers it. */
export function reportOf(db: Reader, shift: ShiftRecord, start: ReportStart): ShiftReport {
  const fromSeq = firstEntryAfterZ(db)
  const counts = journalCountsFrom(db, fromSeq)
  const drawer = drawerOf(db, shift)
  const head = journalHead(db)
  const { id, number, openedAtMs, openedBy } = shift
  return {
    ...start,
    shift: { id, number, openedAtMs, openedBy },
    sales: salesTotals(db, { shiftId: shift.id }),
    slips: slipTotals(db, shift.id),
    drawer,
    moves: movesOf(db, shift.id),
    expectedMinor: expectedCash(drawer),
    drawerOpenings: counts.get('drawerOpened') ?? 0,
    copies: counts.get('copyPrinted') ?? 0,
    priceOverrides: counts.get('priceOverride') ?? 0,
    settledByHand: settledByHandSince(db, fromSeq),
    unsent: outboxCounts(db),
    grand: grandTotals(db),
    journal: {
      fromSeq,
      toSeq: head?.entries ?? 0,
      hash: hex(head?.last_hash ?? new Uint8Array(32)),
    },
  }
}
