import { decimalOf } from '../../app/domain/money.ts'
import { urgencyOf } from '../../app/domain/reconcile.ts'
import type { Finding } from '../../app/domain/reconcile.ts'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import type { ReconciliationWords } from '../../app/domain/reconciliation-paper.ts'
import type { FindingNote } from '../storage/reconciliations.ts'
import type { SeqrAccountLine } from '../storage/seqr-account.ts'
import { csvLines, csvStart } from './csv.ts'
import { timeIn } from './printing.ts'

export interface ReconciliationCsvOptions {
  readonly words: ReconciliationWords
  readonly timeZone: string
  readonly notes: readonly FindingNote[]
  readonly account: readonly SeqrAccountLine[]
}

/** Every line of the two sides, the differences first, each with what it means: UTF-8 with a byte order mark. */
export function reconciliationCsv(record: Reconciliation, options: ReconciliationCsvOptions): string {
  const { words } = options
  const findings = record.result?.findings ?? []
  const heading = words.columns
  return (
    csvStart +
    csvLines([
      [...heading],
      ...findings.map((finding) => findingCells(record, finding, options)),
      ...matchedCells(record, findings, options),
    ])
  )
}

function findingCells(
  { currency, number }: Reconciliation,
  finding: Finding,
  { words, timeZone, notes }: ReconciliationCsvOptions,
): readonly string[] {
  const { name, says, next } = words.findings[finding.kind]
  const note = notes.find((one) => one.finding === finding.key)
  return [
    String(number ?? ''),
    name,
    words.urgency[urgencyOf(finding)],
    finding.atMs === null ? '' : timeIn(finding.atMs, timeZone),
    finding.receiptNumber === null ? '' : String(finding.receiptNumber),
    finding.cashier,
    finding.ersReference,
    decimalOf(finding.hereMinor, currency),
    decimalOf(finding.thereMinor, currency),
    decimalOf(finding.thereMinor - finding.hereMinor, currency),
    currency,
    `${says} ${next}`,
    note === undefined ? '' : `${note.done ? `${words.done}: ` : ''}${note.note} (${note.by})`,
  ]
}

function matchedCells(
  { report, currency, number }: Reconciliation,
  findings: readonly Finding[],
  { words, timeZone, account }: ReconciliationCsvOptions,
): readonly (readonly string[])[] {
  const told = new Set(findings.map(({ ersReference }) => ersReference))
  const own = new Map(account.map((line) => [line.ersReference, line]))
  return report
    .filter(({ ersReference }) => !told.has(ersReference) && own.has(ersReference))
    .map(({ ersReference, amountMinor, cashierId }) => {
      const line = own.get(ersReference)
      const amount = decimalOf(amountMinor, currency)
      return [
        String(number ?? ''),
        words.matched,
        '',
        line === undefined ? '' : timeIn(line.atMs, timeZone),
        line?.receiptNumber == null ? '' : String(line.receiptNumber),
        line?.cashier ?? cashierId,
        ersReference,
        amount,
        amount,
        decimalOf(0, currency),
        currency,
        '',
        '',
      ]
    })
}
