import type { ReconciliationLine, ReconciliationView } from '../../app/contract/reconcile-views.ts'
import { differenceOf, urgencyOf } from '../../app/domain/reconcile.ts'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import type { FindingNote } from '../storage/reconciliations.ts'

export function viewOf(record: Reconciliation, notes: readonly FindingNote[]): ReconciliationView {
  const { id, number, startedAtMs, by, stage, lostMarks, period, result } = record
  return {
    id,
    number,
    startedAtMs,
    by,
    stage: stage.name,
    notReady: stage.name === 'waiting' ? stage.notReady : 0,
    isSilent: stage.name === 'waiting' && stage.isSilent,
    markedAtMs: 'markedAtMs' in stage ? stage.markedAtMs : null,
    periodId: 'periodId' in stage ? stage.periodId : null,
    lostMarks: lostMarks.length,
    trouble: stage.name === 'stopped' ? stage.trouble : null,
    refusal: stage.name === 'failed' ? { code: stage.code, description: stage.description } : null,
    period,
    result:
      result === null
        ? null
        : {
            matched: result.matched,
            matchedMinor: result.matchedMinor,
            here: result.here,
            there: result.there,
            differenceMinor: differenceOf(result).differenceMinor,
            findings: result.findings.map((finding) => {
              const note = notes.find((one) => one.finding === finding.key)
              return {
                ...finding,
                urgency: urgencyOf(finding),
                note: note === undefined ? null : noteOf(note),
              }
            }),
          },
  }
}

function noteOf({ done, note, by, atMs }: FindingNote) {
  return { done, note, by, atMs }
}

export function lineOf(record: Reconciliation, notes: readonly FindingNote[]): ReconciliationLine {
  const findings = record.result?.findings ?? []
  const isDone = (key: string) => notes.some(({ finding, done }) => finding === key && done)
  return {
    id: record.id,
    number: record.number,
    startedAtMs: record.startedAtMs,
    by: record.by,
    stage: record.stage.name,
    matched: record.result?.matched ?? 0,
    findings: findings.length,
    toDo: findings.filter((finding) => urgencyOf(finding) === 'act' && !isDone(finding.key)).length,
  }
}
