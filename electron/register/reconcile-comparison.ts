import { edgeMs, reconcile } from '../../app/domain/reconcile.ts'
import type { ReportLine } from '../../app/domain/reconcile.ts'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import { recentReconciliations } from '../storage/reconciliations.ts'
import type { Reader } from '../storage/open.ts'
import { doubtfulPayments, seqrAccountLines } from '../storage/seqr-account.ts'
import { openSeqrRefunds } from '../storage/seqr-refunds.ts'

/** Lines this much older than the period are looked at as well: SEQR may count them late. */
const lookBackMs = 3 * 24 * 3_600_000
/** So many reconciliations back a reference counts as reported before. */
const rememberedReports = 40

/** What SEQR said of a period that has ended. */
export interface ReportOfPeriod {
  readonly toMs: number
  readonly report: readonly ReportLine[]
  readonly summaryMinor: number | null
}

/** SEQR's lines of a period beside the till's own: when the period was, and what differs. */
export function compare(
  read: Reader,
  record: Reconciliation,
  { toMs, report, summaryMinor }: ReportOfPeriod,
) {
  const past = pastOf(read, record)
  const period = { fromMs: past.fromMs, toMs }
  const { terminalId } = record
  const around = { fromMs: Math.max(0, period.fromMs - edgeMs), toMs: toMs + edgeMs }
  const result = reconcile({
    terminalId,
    period,
    report,
    summaryMinor,
    account: accountAround(read, period, terminalId).map((line) => ({
      ...line,
      receiptId: line.receiptId ?? '',
    })),
    uncertainRefunds: openSeqrRefunds(read)
      .filter((refund) => refund.stage.name === 'uncertain' && refund.terminalId === terminalId)
      .map(({ id, startedAtMs: atMs, amountMinor, receiptId, cashier }) => ({
        id,
        atMs,
        amountMinor,
        receiptId,
        cashier,
      })),
    givenUp: doubtfulPayments(read, around, terminalId),
    reportedBefore: past.references,
    lostMarks: [...past.lostMarks, ...record.lostMarks],
  })
  return { period, result }
}

/** The till's own lines of a period, and those around it that SEQR may count into it. */
export function accountAround(
  db: Reader,
  { fromMs, toMs }: NonNullable<Reconciliation['period']>,
  terminalId: string,
) {
  return seqrAccountLines(db, {
    fromMs: Math.max(0, fromMs - lookBackMs),
    toMs: toMs + edgeMs,
    terminalId,
    limit: 1_000_000,
  })
}

/** What came before: the mark that this period began with, marks that nobody has read, and references that were read. */
function pastOf(db: Reader, record: Reconciliation) {
  const earlier = recentReconciliations(db, rememberedReports).filter(
    ({ id, terminalId }) => id !== record.id && terminalId === record.terminalId,
  )
  const last = earlier.findIndex(({ stage }) => stage.name === 'done')
  const since = last < 0 ? earlier : earlier.slice(0, last)
  const before = last < 0 ? undefined : earlier[last]
  return {
    fromMs: before?.period?.toMs ?? 0,
    lostMarks: since.flatMap(({ stage, lostMarks }) =>
      stage.name === 'givenUp' && stage.markedAtMs !== null ? [...lostMarks, stage.markedAtMs] : lostMarks,
    ),
    references: new Set(earlier.flatMap(({ report }) => report.map(({ ersReference }) => ersReference))),
  }
}
