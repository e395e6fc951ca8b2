import type { Currency } from '../../app/domain/money.ts'
import type { ReportLine } from '../../app/domain/reconcile.ts'
import type { ReconciliationCall, ReconciliationEvent } from '../../app/domain/reconciliation.ts'
import type { ReportRow } from '../seqr/report.ts'
import { readReport } from '../seqr/report.ts'
import type { Answer, SeqrReport } from '../seqr/service.ts'

/** REPORT_NOT_READY (SEQR API 2.6). */
const notReadyCode = 2

/** What an answer to markTransactionPeriod means: a mark that may have been made is lost, never made again. */
export function markEventOf(
  answer: Answer<{ readonly transactionPeriodId: string }>,
  atMs: number,
): ReconciliationEvent {
  switch (answer.kind) {
    case 'ok':
      return { type: 'marked', periodId: answer.value.transactionPeriodId, atMs }
    case 'refused': {
      const { code, description, name } = answer
      return answer.passing
        ? { type: 'markLost' }
        : { type: 'markRefused', code, description: description || name }
    }
    case 'noAnswer':
      return { type: answer.reason === 'unreachable' ? 'markNotSent' : 'markLost' }
  }
}

export interface ReportEvent {
  readonly event: ReconciliationEvent
  readonly lines: readonly ReportLine[]
}

/** What an answer to executeReport means, with the lines of a details report. */
export function reportEventOf(
  answer: Answer<SeqrReport>,
  call: Exclude<ReconciliationCall, { ask: 'mark' }>,
  currency: Currency,
): ReportEvent {
  const event = (one: ReconciliationEvent): ReportEvent => ({ event: one, lines: [] })
  switch (answer.kind) {
    case 'noAnswer':
      return event({ type: 'noAnswer' })
    case 'refused': {
      const { code, description, name } = answer
      if (code === notReadyCode) return event({ type: 'notReady' })
      if (answer.passing) return event({ type: 'noAnswer' })
      return event({ type: 'reportRefused', code, description: description || name })
    }
    case 'ok':
      return readingOf(answer.value.content, call, currency)
  }
}

function readingOf(
  content: string,
  call: Exclude<ReconciliationCall, { ask: 'mark' }>,
  currency: Currency,
): ReportEvent {
  const unreadable = (description: string): ReportEvent => ({
    event: { type: 'unreadable', description },
    lines: [],
  })
  const read = readReport(content, currency)
  if (!read.ok) return unreadable(read.reason)
  const { transactionPeriodId } = read.meta
  if (transactionPeriodId !== '' && transactionPeriodId !== call.periodId) return unreadable('otherPeriod')
  if (call.ask === 'details') return { event: { type: 'detailsRead' }, lines: read.rows.map(lineOfReport) }
  const totalMinor = read.rows.reduce((sum, { salesMinor }) => sum + salesMinor, 0)
  return { event: { type: 'summaryRead', totalMinor }, lines: [] }
}

function lineOfReport({
  terminalId,
  cashierId,
  salesMinor: amountMinor,
  ersReference,
}: ReportRow): ReportLine {
  return { terminalId, cashierId, amountMinor, ersReference }
}
