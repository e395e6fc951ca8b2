/**
 * Compares SEQR's report of a period, line by line, with the till's own SEQR account. Whatever does not agree gets a
 * name, and the names together explain the whole difference between the two sums.
 */

/** A line of SEQR's report of details. */
export interface ReportLine {
  readonly terminalId: string
  readonly cashierId: string
  /** Below zero for what went back to the buyer. */
  readonly amountMinor: number
  readonly ersReference: string
}

/** A line of the till's own SEQR account. */
export interface AccountLine {
  /** Of the SEQR payment or refund. */
  readonly id: string
  readonly kind: 'payment' | 'refund'
  readonly atMs: number
  /** Below zero for a refund. */
  readonly amountMinor: number
  /** Empty when an administrator settled it without one. */
  readonly ersReference: string
  readonly receiptId: string
  readonly receiptNumber: number | null
  readonly cashier: string
}

/** A refund without an answer, or a payment that was given up: the report may know better. Amounts above zero. */
export interface OpenQuestion {
  readonly id: string
  readonly atMs: number
  readonly amountMinor: number
  readonly receiptId: string | null
  readonly cashier: string
}

export interface ReconcileInput {
  readonly terminalId: string
  /** By the till's clock: from the period's mark before (0 for the first) to its own. */
  readonly period: { readonly fromMs: number; readonly toMs: number }
  readonly report: readonly ReportLine[]
  /** What the report of sums comes to; null when it was not asked for. */
  readonly summaryMinor: number | null
  /** The till's account from a good while before the period to its end. */
  readonly account: readonly AccountLine[]
  /** Refunds of which it is not known whether they happened. */
  readonly uncertainRefunds: readonly OpenQuestion[]
  /** Payments that an administrator settled as not paid. */
  readonly givenUp: readonly OpenQuestion[]
  /** References that stood in an earlier report. */
  readonly reportedBefore: ReadonlySet<string>
  /** When the answer to a mark got lost: what was paid before may stand in a period whose number nobody knows. */
  readonly lostMarks: readonly number[]
}

export type FindingKind =
  /** Both have it, with different amounts. */
  | 'amountDiffers'
  | 'onlyHerePayment'
  | 'onlyHereRefund'
  | 'onlyTherePayment'
  | 'onlyThereRefund'
  /** SEQR has taken the payment back. */
  | 'reversed'
  | 'twiceThere'
  | 'twiceHere'
  /** One side counts it in another period. */
  | 'outsidePeriod'
  /** SEQR lists it again, after it stood in an earlier report. */
  | 'inTwoPeriods'
  /** It may stand in a period whose number got lost. */
  | 'lostPeriod'
  | 'otherTerminal'
  /** Settled by hand as paid, and the report has a payment of that amount that belongs to no other. */
  | 'handPaidFound'
  | 'handPaidMissing'
  /** Settled by hand as not paid, but the report has a payment of that amount. */
  | 'paidAfterAll'
  /** A refund without an answer: it happened. */
  | 'refundFound'
  /** A refund without an answer: it did not happen. */
  | 'refundMissing'
  /** A refund without an answer: the report does not tell. */
  | 'refundUnclear'
  /** SEQR's own sum is not that of its lines. */
  | 'summaryDiffers'

export interface Finding {
  /** The same whenever the same thing is found again: what a person's note hangs on. */
  readonly key: string
  readonly kind: FindingKind
  /** What it comes to in the till's account of the period, 0 when it does not stand there. */
  readonly hereMinor: number
  readonly thereMinor: number
  readonly ersReference: string
  /** Of the payment or refund; empty when the till has none. */
  readonly subjectId: string
  readonly receiptId: string | null
  readonly receiptNumber: number | null
  readonly cashier: string
  readonly atMs: number | null
}

/** How much a finding wants of a person. */
export type Urgency = 'act' | 'wait' | 'settled'

const urgencies: Readonly<Record<FindingKind, Urgency>> = {
  amountDiffers: 'act',
  onlyHerePayment: 'act',
  onlyHereRefund: 'act',
  onlyTherePayment: 'act',
  onlyThereRefund: 'act',
  reversed: 'act',
  twiceThere: 'act',
  twiceHere: 'act',
  inTwoPeriods: 'act',
  lostPeriod: 'act',
  otherTerminal: 'act',
  handPaidMissing: 'act',
  paidAfterAll: 'act',
  refundMissing: 'act',
  summaryDiffers: 'act',
  outsidePeriod: 'wait',
  refundUnclear: 'wait',
  handPaidFound: 'settled',
  refundFound: 'settled',
}

export function urgencyOf({ kind }: Pick<Finding, 'kind'>): Urgency {
  return urgencies[kind]
}

export interface SideTotals {
  readonly payments: number
  readonly paidMinor: number
  readonly refunds: number
  /** Zero or below. */
  readonly refundedMinor: number
}

export interface ReconcileResult {
  /** Lines that agree, reference and amount. */
  readonly matched: number
  readonly matchedMinor: number
  readonly here: SideTotals
  readonly there: SideTotals
  /** What wants a person first. */
  readonly findings: readonly Finding[]
}

export const totalMinor = ({ paidMinor, refundedMinor }: SideTotals): number => paidMinor + refundedMinor

/** The difference between the two sums, and what of it the findings do not explain: nothing, always. */
export function differenceOf({ here, there, findings }: ReconcileResult): {
  readonly differenceMinor: number
  readonly unexplainedMinor: number
} {
  const differenceMinor = totalMinor(there) - totalMinor(here)
  const explained = findings
    .filter(({ kind }) => kind !== 'summaryDiffers')
    .reduce((sum, { hereMinor, thereMinor }) => sum + thereMinor - hereMinor, 0)
  return { differenceMinor, unexplainedMinor: differenceMinor - explained }
}

/** The clocks of till and service differ, and answers take time: this near to a mark a line may be on either side. */
export const edgeMs = 2 * 60_000

/** What the two sides hold under one reference. */
interface Pair {
  readonly reference: string
  readonly there: readonly ReportLine[]
  readonly here: readonly AccountLine[]
}

const sumOf = (lines: readonly { readonly amountMinor: number }[]): number =>
  lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/** A finding, and the till's lines that it speaks of: they count in the till's sum as much as the matched ones. */
interface Told {
  readonly finding: Finding
  readonly lines: readonly AccountLine[]
}

/** The comparison. It reads nothing but its input, so it can be made again at any time. */
export function reconcile(input: ReconcileInput): ReconcileResult {
  const isOwn = ({ terminalId }: ReportLine) => terminalId === '' || terminalId === input.terminalId
  const hasReference = ({ ersReference }: { readonly ersReference: string }) => ersReference !== ''
  const own = input.report.filter(isOwn)
  const referenced = input.account.filter(hasReference)
  const byHand = input.account.filter((line) => !hasReference(line) && isIn(line, input))

  const matched: AccountLine[] = []
  const unknown = own.filter((line) => !hasReference(line))
  const told: Told[] = input.report
    .filter((line) => !isOwn(line))
    .map((line) => fromThere('otherTerminal', [line]))
  for (const pair of pairsOf(own.filter(hasReference), referenced)) {
    if (pair.here.length === 0) {
      const strange = strangers(pair, input)
      unknown.push(...strange.unknown)
      told.push(...strange.told)
    } else if (pair.there.length === 0) told.push(...onlyHere(pair.here, input))
    else if (agrees(pair, input)) matched.push(...pair.here)
    else told.push(between(pair, input))
  }
  told.push(...answered(input, byHand, unknown), ...summaryOf(input))
  return {
    matched: matched.length,
    matchedMinor: sumOf(matched),
    here: totalsOf([...matched, ...told.flatMap(({ lines }) => lines)]),
    there: totalsOf(input.report),
    findings: told.map(({ finding }) => finding).sort((a, b) => rank(a) - rank(b)),
  }
}

/** SEQR's own sum beside the sum of its lines. */
function summaryOf({ report, summaryMinor }: ReconcileInput): readonly Told[] {
  const hereMinor = sumOf(report)
  if (summaryMinor === null || summaryMinor === hereMinor) return []
  return [{ finding: { ...blank('summaryDiffers', ''), hereMinor, thereMinor: summaryMinor }, lines: [] }]
}

const ranks: readonly Urgency[] = ['act', 'wait', 'settled']
const rank = (finding: Finding): number => ranks.indexOf(urgencyOf(finding))

function pairsOf(there: readonly ReportLine[], here: readonly AccountLine[]): readonly Pair[] {
  const pairs = new Map<string, { there: ReportLine[]; here: AccountLine[] }>()
  const of = (reference: string) => {
    const pair = pairs.get(reference) ?? { there: [], here: [] }
    pairs.set(reference, pair)
    return pair
  }
  for (const line of there) of(line.ersReference).there.push(line)
  for (const line of here) of(line.ersReference).here.push(line)
  return [...pairs].map(([reference, pair]) => ({ reference, ...pair }))
}

/** Does the till's line belong to this period, give or take the edge? */
function isIn({ atMs }: AccountLine, { period }: ReconcileInput): boolean {
  return atMs >= period.fromMs - edgeMs && atMs <= period.toMs + edgeMs
}

function agrees({ there, here }: Pair, input: ReconcileInput): boolean {
  const [line, ...more] = here
  if (line === undefined || more.length > 0 || there.length > 1) return false
  return there[0]?.amountMinor === line.amountMinor && isIn(line, input)
}

/** Both sides have the reference, and something about it differs. */
function between(pair: Pair, input: ReconcileInput): Told {
  const lines = pair.here.filter((line) => isIn(line, input))
  const about = lines[0] ?? pair.here[0]
  const finding = {
    ...blank(kindBetween(pair, input), pair.reference),
    ...(about === undefined ? {} : aboutLine(about)),
    hereMinor: sumOf(lines),
    thereMinor: sumOf(pair.there),
  }
  return { finding, lines }
}

function kindBetween({ reference, there, here }: Pair, input: ReconcileInput): FindingKind {
  const isLate = here.every((line) => !isIn(line, input))
  if (isLate) return input.reportedBefore.has(reference) ? 'inTwoPeriods' : 'outsidePeriod'
  if (there.length > 1 && sumOf(there) === 0) return 'reversed'
  if (there.length > 1 && sameAmounts(there)) return 'twiceThere'
  return here.length > 1 && sameAmounts(here) ? 'twiceHere' : 'amountDiffers'
}

function sameAmounts(lines: readonly { readonly amountMinor: number }[]): boolean {
  return lines.every(({ amountMinor }) => amountMinor === lines[0]?.amountMinor)
}

/** Lines of the report under a reference that the till does not have. What SEQR took and gave back is no difference. */
function strangers(
  { reference, there }: Pair,
  { reportedBefore }: ReconcileInput,
): { readonly unknown: readonly ReportLine[]; readonly told: readonly Told[] } {
  if (there.length > 1 && sumOf(there) === 0) return { unknown: [], told: [] }
  if (reportedBefore.has(reference)) return { unknown: [], told: [fromThere('inTwoPeriods', there)] }
  return { unknown: there, told: [] }
}

/** Lines of the till under a reference that the report does not have. */
function onlyHere(here: readonly AccountLine[], input: ReconcileInput): readonly Told[] {
  const { period, lostMarks, reportedBefore } = input
  const wasReported = (line: AccountLine) =>
    line.atMs <= period.fromMs + edgeMs && reportedBefore.has(line.ersReference)
  return here
    .filter((line) => isIn(line, input) && line.atMs <= period.toMs && !wasReported(line))
    .map((line) => {
      const usual = line.kind === 'payment' ? 'onlyHerePayment' : 'onlyHereRefund'
      if (lostMarks.some((markMs) => line.atMs <= markMs + edgeMs)) return fromHere('lostPeriod', line)
      return fromHere(line.atMs > period.toMs - edgeMs ? 'outsidePeriod' : usual, line)
    })
}

/** Questions that the till could not answer by itself, put to the lines of the report that belong to nothing else. */
function answered(
  input: ReconcileInput,
  byHand: readonly AccountLine[],
  unknown: readonly ReportLine[],
): readonly Told[] {
  const left = [...unknown]
  const take: Take = (amountMinor) => {
    const index = left.findIndex((line) => line.amountMinor === amountMinor)
    return index < 0 ? null : (left.splice(index, 1)[0] ?? null)
  }
  const settled = byHand.map((line) => settledLine(line, take(line.amountMinor)))
  const refunds = answeredRefunds(input, left, take)
  const paid = input.givenUp.flatMap((payment) => {
    const found = take(payment.amountMinor)
    return found === null ? [] : [answer('paidAfterAll', payment, found)]
  })
  const strange = [...Map.groupBy(left, strangeKey).values()].map((lines) =>
    fromThere(sumOf(lines) > 0 ? 'onlyTherePayment' : 'onlyThereRefund', lines),
  )
  return [...settled, ...refunds, ...paid, ...strange]
}

/** Takes a line of this amount out of those that belong to nothing; null when there is none. */
type Take = (amountMinor: number) => ReportLine | null

/** Lines without a reference stand each for itself. */
function strangeKey({ ersReference, amountMinor }: ReportLine): string {
  return `${ersReference === '' ? String(amountMinor) : ersReference}/${amountMinor > 0 ? 'paid' : 'back'}`
}

/** What an administrator settled as paid or refunded, and the line of the report that proves it, if there is one. */
function settledLine(line: AccountLine, found: ReportLine | null): Told {
  const isPayment = line.kind === 'payment'
  if (found === null) return fromHere(isPayment ? 'handPaidMissing' : 'onlyHereRefund', line)
  const { finding, lines } = fromHere(isPayment ? 'handPaidFound' : 'refundFound', line)
  const { amountMinor: thereMinor, ersReference } = found
  return { finding: { ...finding, thereMinor, ersReference }, lines }
}

/**
 * Refunds without an answer. Only amounts tell: as many lines as refunds of an amount prove them all, none disproves
 * them all, and anything between does not tell which. Near a mark, or before a lost one, absence proves nothing.
 */
function answeredRefunds(
  { period, lostMarks, uncertainRefunds }: ReconcileInput,
  left: readonly ReportLine[],
  take: Take,
): readonly Told[] {
  const isCovered = ({ atMs }: OpenQuestion) =>
    atMs >= period.fromMs - edgeMs &&
    atMs <= period.toMs - edgeMs &&
    !lostMarks.some((markMs) => atMs <= markMs + edgeMs)
  const inOrder = [...uncertainRefunds].sort((a, b) => a.atMs - b.atMs)
  const byAmount = Map.groupBy(inOrder, ({ amountMinor }) => amountMinor)
  return [...byAmount].flatMap(([amountMinor, refunds]) => {
    const lines = left.filter((line) => line.amountMinor === -amountMinor).length
    return refunds.map((refund) => {
      if (lines === 0) return answer(isCovered(refund) ? 'refundMissing' : 'refundUnclear', refund, null)
      return answer(lines >= refunds.length ? 'refundFound' : 'refundUnclear', refund, take(-amountMinor))
    })
  })
}

function answer(kind: FindingKind, of: OpenQuestion, found: ReportLine | null): Told {
  const { id: subjectId, atMs, receiptId, cashier } = of
  const thereMinor = found?.amountMinor ?? 0
  const ersReference = found?.ersReference ?? ''
  const finding = { ...blank(kind, subjectId), subjectId, atMs, receiptId, cashier, thereMinor, ersReference }
  return { finding, lines: [] }
}

function fromHere(kind: FindingKind, line: AccountLine): Told {
  const finding = { ...blank(kind, line.id), ...aboutLine(line), hereMinor: line.amountMinor }
  return { finding, lines: [line] }
}

function fromThere(kind: FindingKind, there: readonly ReportLine[]): Told {
  const { ersReference = '', cashierId: cashier = '' } = there[0] ?? {}
  const thereMinor = sumOf(there)
  return {
    finding: { ...blank(kind, `${ersReference}/${thereMinor}`), ersReference, cashier, thereMinor },
    lines: [],
  }
}

function aboutLine(
  line: AccountLine,
): Pick<Finding, 'ersReference' | 'subjectId' | 'receiptId' | 'receiptNumber' | 'cashier' | 'atMs'> {
  const { ersReference, id: subjectId, receiptId, receiptNumber, cashier, atMs } = line
  return { ersReference, subjectId, receiptId, receiptNumber, cashier, atMs }
}

function blank(kind: FindingKind, about: string): Finding {
  return {
    key: `${kind}/${about}`,
    kind,
    hereMinor: 0,
    thereMinor: 0,
    ersReference: '',
    subjectId: '',
    receiptId: null,
    receiptNumber: null,
    cashier: '',
    atMs: null,
  }
}

function totalsOf(lines: readonly { readonly amountMinor: number }[]): SideTotals {
  const paid = lines.filter(({ amountMinor }) => amountMinor >= 0)
  const back = lines.filter(({ amountMinor }) => amountMinor < 0)
  return { payments: paid.length, paidMinor: sumOf(paid), refunds: back.length, refundedMinor: sumOf(back) }
}
