/** What stands on the printed reconciliation: both sums, their difference, and what each difference is. */
import { formatAmount } from './numerals.ts'
import type { Block, Paper } from './paper.ts'
import { marks, type PaperHead } from './receipt-paper.ts'
import type { Finding, FindingKind, SideTotals, Urgency } from './reconcile.ts'
import { differenceOf, totalMinor } from './reconcile.ts'
import type { Reconciliation } from './reconciliation.ts'

/** The words of a reconciliation on paper, in CSV and on the screen. */
export interface ReconciliationWords {
  readonly title: string
  readonly period: string
  readonly sinceBeginning: string
  readonly periodNumber: string
  readonly by: string
  readonly here: string
  readonly there: string
  readonly payments: string
  readonly refunds: string
  readonly sum: string
  readonly difference: string
  readonly matched: string
  readonly allAgrees: string
  readonly differences: string
  readonly receipt: string
  readonly done: string
  readonly lostMark: string
  readonly urgency: Readonly<Record<Urgency, string>>
  /** What a difference is called, what it means, and what to do next. */
  readonly findings: Readonly<
    Record<FindingKind, { readonly name: string; readonly says: string; readonly next: string }>
  >
  /** The heading of the CSV file. */
  readonly columns: readonly string[]
}

export interface ReconciliationPaperOptions {
  readonly head: PaperHead
  readonly words: ReconciliationWords
  readonly notes: readonly {
    readonly finding: string
    readonly done: boolean
    readonly note: string
    readonly by: string
  }[]
}

export function reconciliationPaper(record: Reconciliation, options: ReconciliationPaperOptions): Paper {
  const { head, words } = options
  const { result, period, by, number, stage } = record
  const money = (amountMinor: number) => formatAmount(amountMinor, record.currency, head.words.numerals)
  const line = (left: string, amountMinor: number, bold = false): Block => ({
    kind: 'columns',
    left,
    right: money(amountMinor),
    bold,
  })
  const side = (name: string, totals: SideTotals): readonly Block[] => [
    { kind: 'text', text: name, bold: true },
    line(`  ${words.payments} (${totals.payments})`, totals.paidMinor),
    line(`  ${words.refunds} (${totals.refunds})`, totals.refundedMinor),
    line(`  ${words.sum}`, totalMinor(totals), true),
  ]
  const from = period === null || period.fromMs === 0 ? words.sinceBeginning : head.time(period.fromMs)
  return {
    blocks: [
      ...marks(head),
      { kind: 'text', text: head.storeName, align: 'center', bold: true },
      { kind: 'text', text: `${words.title} ${number ?? ''}`, align: 'center', bold: true, size: 2 },
      { kind: 'columns', left: `${head.words.till} ${head.tillName}`, right: `${words.by} ${by}` },
      { kind: 'text', text: `${words.period}: ${from} - ${period === null ? '' : head.time(period.toMs)}` },
      ...('periodId' in stage
        ? [{ kind: 'text', text: `${words.periodNumber} ${stage.periodId}` } as const]
        : []),
      ...(record.lostMarks.length === 0 ? [] : [{ kind: 'text', text: words.lostMark, bold: true } as const]),
      { kind: 'rule' },
      ...(result === null
        ? []
        : [
            ...side(words.here, result.here),
            ...side(words.there, result.there),
            line(words.difference, differenceOf(result).differenceMinor, true),
            { kind: 'rule' } as const,
            line(`${words.matched} (${result.matched})`, result.matchedMinor),
            ...(result.findings.length === 0
              ? [{ kind: 'text', text: words.allAgrees } as const]
              : [
                  { kind: 'feed', lines: 1 } as const,
                  {
                    kind: 'text',
                    text: `${words.differences} (${result.findings.length})`,
                    bold: true,
                  } as const,
                  ...result.findings.flatMap((finding) => findingBlocks(finding, options, money)),
                ]),
          ]),
      ...marks(head),
      { kind: 'cut' },
    ],
  }
}

function findingBlocks(
  finding: Finding,
  { head, words, notes }: ReconciliationPaperOptions,
  money: (amountMinor: number) => string,
): readonly Block[] {
  const { name, says, next } = words.findings[finding.kind]
  const { hereMinor, thereMinor, ersReference, receiptNumber, atMs, cashier } = finding
  const about = [
    ...(receiptNumber === null ? [] : [`${words.receipt} ${receiptNumber}`]),
    ...(atMs === null ? [] : [head.time(atMs)]),
    ...(cashier === '' ? [] : [cashier]),
  ].join(', ')
  const note = notes.find((one) => one.finding === finding.key)
  return [
    { kind: 'rule' },
    { kind: 'columns', left: name, right: money(thereMinor - hereMinor), bold: true },
    { kind: 'text', text: `  ${words.here} ${money(hereMinor)}, ${words.there} ${money(thereMinor)}` },
    ...(about === '' ? [] : [{ kind: 'text', text: `  ${about}` } as const]),
    ...(ersReference === ''
      ? []
      : [{ kind: 'text', text: `  ${head.words.reference} ${ersReference}` } as const]),
    { kind: 'text', text: `  ${says} ${next}` },
    ...(note === undefined
      ? []
      : [
          { kind: 'text', text: `  ${note.done ? `${words.done}: ` : ''}${note.note} (${note.by})` } as const,
        ]),
  ]
}
