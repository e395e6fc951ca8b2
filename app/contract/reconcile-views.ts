/** What the window is shown of "Close & Reconcile". Plain data; money in minor units, times in epoch milliseconds. */
import type { Finding, SideTotals, Urgency } from '../domain/reconcile.ts'
import type { ReconciliationStageName, ReportTrouble } from '../domain/reconciliation.ts'

export interface FindingView extends Finding {
  readonly urgency: Urgency
  /** What a person has noted last; null while nobody has. */
  readonly note: {
    readonly done: boolean
    readonly note: string
    readonly by: string
    readonly atMs: number
  } | null
}

export interface ReconciliationView {
  readonly id: string
  readonly number: number | null
  readonly startedAtMs: number
  readonly by: string
  readonly stage: ReconciliationStageName
  /** How often SEQR said that the report is not ready. */
  readonly notReady: number
  /** SEQR did not answer the last question. */
  readonly isSilent: boolean
  readonly markedAtMs: number | null
  readonly periodId: string | null
  readonly lostMarks: number
  /** Why it stands still. */
  readonly trouble: ReportTrouble | null
  /** What SEQR answered to the mark; null when it was not refused. */
  readonly refusal: { readonly code: number | null; readonly description: string } | null
  readonly period: { readonly fromMs: number; readonly toMs: number } | null
  readonly result: {
    readonly matched: number
    readonly matchedMinor: number
    readonly here: SideTotals
    readonly there: SideTotals
    readonly differenceMinor: number
    readonly findings: readonly FindingView[]
  } | null
}

export interface ReconciliationsView {
  /** The one under way; else the last one. Null before the first. */
  readonly current: ReconciliationView | null
}

export interface ReconciliationLine {
  readonly id: string
  readonly number: number | null
  readonly startedAtMs: number
  readonly by: string
  readonly stage: ReconciliationStageName
  readonly matched: number
  readonly findings: number
  /** Of these, what wants a person and has not been noted as done. */
  readonly toDo: number
}
