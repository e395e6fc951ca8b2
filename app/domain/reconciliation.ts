/**
 * "Close & Reconcile" as a pure machine (SEQR guide): end the period, wait for its reports, read them. Ending a period
 * is asked once and never repeated by itself: a second mark opens a new period, and what was paid before would then
 * stand in one whose number nobody knows. Reading a report changes nothing and is asked again and again.
 */
import type { Currency } from './money.ts'
import type { ReconcileResult, ReportLine } from './reconcile.ts'

export type ReconciliationStage =
  /** On disk before the mark goes out. */
  | { readonly name: 'marking' }
  /** Whether SEQR has ended the period is not known: a person decides to ask again. */
  | { readonly name: 'markUnknown' }
  /** The period has ended; its reports are asked for until they are ready. */
  | {
      readonly name: 'waiting'
      readonly periodId: string
      readonly markedAtMs: number
      readonly report: 'summary' | 'details'
      /** How often SEQR said that the report is not ready. */
      readonly notReady: number
      readonly isSilent: boolean
      readonly summaryMinor: number | null
    }
  /** A person has stopped the waiting, or SEQR will not give the report. It can go on with the same period. */
  | {
      readonly name: 'stopped'
      readonly periodId: string
      readonly markedAtMs: number
      readonly trouble: ReportTrouble | null
    }
  | { readonly name: 'done'; readonly periodId: string; readonly markedAtMs: number }
  /** Nothing was marked: SEQR refused, or could not be reached. */
  | { readonly name: 'failed'; readonly code: number | null; readonly description: string }
  /** A person has let it go. `markedAtMs` is null when no period is known to have ended. */
  | { readonly name: 'givenUp'; readonly markedAtMs: number | null }

export type ReconciliationStageName = ReconciliationStage['name']

export type ReportTrouble =
  | { readonly kind: 'refused'; readonly code: number; readonly description: string }
  /** The report holds an amount or a frame that cannot be read, or is about another period. */
  | { readonly kind: 'unreadable'; readonly description: string }

export type ReconciliationEvent =
  | { readonly type: 'marked'; readonly periodId: string; readonly atMs: number }
  | { readonly type: 'markRefused'; readonly code: number; readonly description: string }
  | { readonly type: 'markNotSent' }
  /** No answer, or a refusal that passes: the period may have ended. */
  | { readonly type: 'markLost' }
  | { readonly type: 'notReady' }
  | { readonly type: 'noAnswer' }
  | { readonly type: 'summaryRead'; readonly totalMinor: number }
  | { readonly type: 'detailsRead' }
  | { readonly type: 'reportRefused'; readonly code: number; readonly description: string }
  | { readonly type: 'unreadable'; readonly description: string }
  | { readonly type: 'tillRestarted' }
  /** What people do. */
  | { readonly type: 'askAgainPressed' }
  | { readonly type: 'stopPressed' }
  | { readonly type: 'goOnPressed' }
  | { readonly type: 'giveUpPressed' }

export type ReconciliationCall =
  { readonly ask: 'mark' } | { readonly ask: 'summary' | 'details'; readonly periodId: string }

/** Where it is after this event. An event that says nothing new gives back the same stage. */
export function nextReconciliation(
  stage: ReconciliationStage,
  event: ReconciliationEvent,
): ReconciliationStage {
  switch (stage.name) {
    case 'marking':
      return fromMarking(stage, event)
    case 'markUnknown':
      if (event.type === 'askAgainPressed') return { name: 'marking' }
      return event.type === 'giveUpPressed' ? { name: 'givenUp', markedAtMs: null } : stage
    case 'waiting':
      return fromWaiting(stage, event)
    case 'stopped': {
      const { periodId, markedAtMs } = stage
      if (event.type === 'goOnPressed') return waiting(periodId, markedAtMs)
      return event.type === 'giveUpPressed' ? { name: 'givenUp', markedAtMs } : stage
    }
    case 'done':
    case 'failed':
    case 'givenUp':
      return stage
  }
}

function fromMarking(stage: ReconciliationStage, event: ReconciliationEvent): ReconciliationStage {
  switch (event.type) {
    case 'marked':
      return waiting(event.periodId, event.atMs)
    case 'markRefused':
      return { name: 'failed', code: event.code, description: event.description }
    case 'markNotSent':
      return { name: 'failed', code: null, description: '' }
    case 'markLost':
    case 'tillRestarted':
      return { name: 'markUnknown' }
    default:
      return stage
  }
}

function fromWaiting(
  stage: ReconciliationStage & { name: 'waiting' },
  event: ReconciliationEvent,
): ReconciliationStage {
  const { periodId, markedAtMs } = stage
  switch (event.type) {
    case 'notReady':
      return { ...stage, notReady: stage.notReady + 1, isSilent: false }
    case 'noAnswer':
      return stage.isSilent ? stage : { ...stage, isSilent: true }
    case 'summaryRead':
      return { ...stage, report: 'details', isSilent: false, summaryMinor: event.totalMinor }
    case 'detailsRead':
      return { name: 'done', periodId, markedAtMs }
    case 'reportRefused':
    case 'unreadable':
      // The sums only check the lines: without them the lines still tell all.
      return stage.report === 'summary'
        ? { ...stage, report: 'details', isSilent: false }
        : { name: 'stopped', periodId, markedAtMs, trouble: troubleOf(event) }
    case 'stopPressed':
      return { name: 'stopped', periodId, markedAtMs, trouble: null }
    default:
      return stage
  }
}

function troubleOf(event: ReconciliationEvent & { type: 'reportRefused' | 'unreadable' }): ReportTrouble {
  const { description } = event
  return event.type === 'unreadable'
    ? { kind: 'unreadable', description }
    : { kind: 'refused', code: event.code, description }
}

function waiting(periodId: string, markedAtMs: number): ReconciliationStage {
  return {
    name: 'waiting',
    periodId,
    markedAtMs,
    report: 'summary',
    notReady: 0,
    isSilent: false,
    summaryMinor: null,
  }
}

/** What to ask the service now, or null when a person has the next word. */
export function reconciliationCall(stage: ReconciliationStage): ReconciliationCall | null {
  switch (stage.name) {
    case 'marking':
      return { ask: 'mark' }
    case 'waiting':
      return { ask: stage.report, periodId: stage.periodId }
    case 'markUnknown':
    case 'stopped':
    case 'done':
    case 'failed':
    case 'givenUp':
      return null
  }
}

/** A report is first asked for about 3 s after the mark, and then every 3 to 5 s (SEQR API 2.6). */
export const firstReportMs = 3000
export const nextReportMs = 4000

/** When the next question is due. */
export function reconciliationDueAtMs(
  stage: ReconciliationStage,
  last: { readonly call: ReconciliationCall; readonly startedAtMs: number } | null,
): number {
  if (stage.name !== 'waiting') return 0
  const first = stage.markedAtMs + firstReportMs
  if (last === null || last.call.ask === 'mark') return first
  // The other report of a period is ready when one of them was.
  return last.call.ask === stage.report ? last.startedAtMs + nextReportMs : last.startedAtMs
}

/** Is it still under way? Then no other one begins. */
export function isOpenReconciliation({ name }: ReconciliationStage): boolean {
  return name === 'marking' || name === 'markUnknown' || name === 'waiting' || name === 'stopped'
}

/** A reconciliation as it is kept. */
export interface Reconciliation {
  readonly id: string
  /** Gap-free, given when it has a result. */
  readonly number: number | null
  readonly terminalId: string
  readonly currency: Currency
  readonly startedAtMs: number
  /** A person's name. */
  readonly by: string
  readonly stage: ReconciliationStage
  /** When the answer to a mark got lost. */
  readonly lostMarks: readonly number[]
  /** The period by the till's clock, from the mark before; null until it is done. */
  readonly period: { readonly fromMs: number; readonly toMs: number } | null
  readonly report: readonly ReportLine[]
  readonly result: ReconcileResult | null
  readonly endedAtMs: number | null
}
