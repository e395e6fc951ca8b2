import { decimalOf, type Currency } from '../../../app/domain/money.ts'
import { accepted, settle, type Shelf } from './book-state.ts'
import type { ExecuteReportReply, MarkTransactionPeriodReply, ParameterArgs, Period } from './book-types.ts'
import { resellerCalling } from './caller.ts'
import { reply } from './result-codes.ts'
import type { WithContext } from './terminals.ts'
import { escapeXml } from './xml-text.ts'

export type MarkTransactionPeriodArgs = WithContext & { readonly parameters?: ParameterArgs | undefined }
export type ExecuteReportArgs = WithContext & {
  readonly reportId?: string | undefined
  readonly language?: string | undefined
  readonly parameters?: ParameterArgs | undefined
}

/** One line of money: a sale, or a refund with a negative amount. */
type Entry = {
  readonly terminalId: string
  readonly cashierId: string
  readonly ersReference: string
  readonly amountMinor: number
  readonly atMs: number
}

type ReportKind = {
  readonly title: string
  readonly scope: 'terminal' | 'shop'
  readonly root: 'TransactionDetails' | 'TransactionSummary'
  readonly rowsOf: (entries: readonly Entry[], currency: Currency) => readonly Row[]
}
type Row = readonly (readonly [name: string, value: string])[]

const kinds: Readonly<Record<string, ReportKind>> = {
  STD_RECON_006: { title: 'Terminal summary', scope: 'terminal', root: 'TransactionSummary', rowsOf: sums },
  STD_RECON_007: {
    title: 'Terminal details',
    scope: 'terminal',
    root: 'TransactionDetails',
    rowsOf: details,
  },
  STD_RECON_001: { title: 'Shop summary', scope: 'shop', root: 'TransactionSummary', rowsOf: sums },
  Shop: { title: 'Shop summary', scope: 'shop', root: 'TransactionSummary', rowsOf: sums },
  STD_RECON_002: { title: 'Shop by terminal', scope: 'shop', root: 'TransactionSummary', rowsOf: byTerminal },
  STD_RECON_003: { title: 'Shop details', scope: 'shop', root: 'TransactionDetails', rowsOf: details },
  STD_RECON_004: { title: 'Shop by cashier', scope: 'shop', root: 'TransactionSummary', rowsOf: byCashier },
}

/** Closes the period since the mark before it, of one terminal or (without TERMINALID) of the whole shop. */
export function markTransactionPeriod(
  shelf: Shelf,
  args: MarkTransactionPeriodArgs,
): MarkTransactionPeriodReply {
  const signed = resellerCalling(shelf, 'markTransactionPeriod', args.context)
  if (!signed.ok) return reply(signed.code)
  const terminalId = parameter(args.parameters, 'TERMINALID') ?? null
  const { resellerId } = signed.caller
  if (terminalId !== null && shelf.terminals.get(terminalId)?.resellerId !== resellerId) return reply(29)
  const earlier = [...shelf.periods.values()].filter(
    (period) => period.resellerId === resellerId && period.terminalId === terminalId,
  )
  const fromMs = Math.max(0, ...earlier.map((period) => period.toMs))
  const transactionPeriodId = shelf.options.newId('period')
  const toMs = shelf.options.now()
  shelf.periods.set(transactionPeriodId, { transactionPeriodId, resellerId, terminalId, fromMs, toMs })
  shelf.revision += 1
  return { ...accepted(shelf), transactionPeriodId }
}

/**
 * 2 until the period's reports are ready; a terminal's report of a period that was marked for the whole shop never is.
 * 10 for a report or period that is unknown. Reversed payments stand in no report.
 */
export function executeReport(shelf: Shelf, args: ExecuteReportArgs): ExecuteReportReply {
  const signed = resellerCalling(shelf, 'executeReport', args.context)
  if (!signed.ok) return reply(signed.code)
  settle(shelf)
  const kind = kinds[(args.reportId ?? '').replace(/^Reconciliation\//, '').replace(/\.xml$/, '')]
  const period = shelf.periods.get(parameter(args.parameters, 'TRANSACTIONPERIODID') ?? '')
  if (kind === undefined || period?.resellerId !== signed.caller.resellerId) return reply(10)
  const terminalId = parameter(args.parameters, 'TERMINALID') ?? period.terminalId
  const isReady = shelf.options.now() - period.toMs >= shelf.options.reportReadyMs
  if (!isReady || (kind.scope === 'terminal' && period.terminalId === null)) return reply(2)
  if (period.terminalId !== null && terminalId !== period.terminalId) return reply(10)
  const entries = entriesIn(shelf, period)
  const rows = kind.rowsOf(entries, signed.caller.currency)
  const xml = reportXml(kind.root, period, rows, shelf)
  return {
    ...accepted(shelf),
    report: {
      title: kind.title,
      mimeType: 'text/xml',
      content: Buffer.from(xml, 'utf8').toString('base64'),
      contentString: xml,
    },
  }
}

function parameter(parameters: ParameterArgs | undefined, key: string): string | undefined {
  return parameters?.find((entry) => entry.key?.toUpperCase() === key)?.value
}

function entriesIn(shelf: Shelf, period: Period): readonly Entry[] {
  return [...sales(shelf, period.resellerId), ...refunds(shelf, period.resellerId)]
    .filter(({ atMs }) => atMs > period.fromMs && atMs <= period.toMs)
    .filter(({ terminalId }) => period.terminalId === null || terminalId === period.terminalId)
    .sort((one, other) => one.atMs - other.atMs)
}

function sales(shelf: Shelf, resellerId: string): readonly Entry[] {
  return [...shelf.invoices.values()].flatMap((invoice) => {
    const { payment, terminalId, terms } = invoice
    if (invoice.resellerId !== resellerId || invoice.status !== 'PAID' || payment === null) return []
    const { ersReference, amountMinor, paidAtMs: atMs } = payment
    return [{ terminalId, cashierId: terms.sent.cashierId ?? '', ersReference, amountMinor, atMs }]
  })
}

function refunds(shelf: Shelf, resellerId: string): readonly Entry[] {
  return shelf.refunds
    .filter((refund) => shelf.invoices.get(refund.invoiceReference)?.resellerId === resellerId)
    .map(({ terminalId, cashierId, ersReference, amountMinor, refundedAtMs: atMs }) => ({
      terminalId,
      cashierId,
      ersReference,
      amountMinor: -amountMinor,
      atMs,
    }))
}

function details(entries: readonly Entry[], currency: Currency): readonly Row[] {
  return entries.map((entry) => [
    ['TerminalId', entry.terminalId],
    ['CashierId', entry.cashierId],
    ['SalesAmount', fiveDecimals(entry.amountMinor, currency)],
    ['ErsReference', entry.ersReference],
  ])
}

function sums(entries: readonly Entry[], currency: Currency): readonly Row[] {
  return [summed(entries, currency)]
}

function byTerminal(entries: readonly Entry[], currency: Currency): readonly Row[] {
  return grouped(entries, currency, 'TerminalId', (entry) => entry.terminalId)
}

function byCashier(entries: readonly Entry[], currency: Currency): readonly Row[] {
  return grouped(entries, currency, 'CashierId', (entry) => entry.cashierId)
}

function grouped(
  entries: readonly Entry[],
  currency: Currency,
  name: string,
  keyOf: (entry: Entry) => string,
): readonly Row[] {
  const groups = Map.groupBy(entries, keyOf)
  return [...groups].map(([key, members]) => [[name, key], ...summed(members, currency)])
}

/** Counts sales and refunds alike, so that a summary and its details have the same number of rows and the same sum. */
function summed(entries: readonly Entry[], currency: Currency): Row {
  const totalMinor = entries.reduce((sum, entry) => sum + entry.amountMinor, 0)
  return [
    ['SalesCount', String(entries.length)],
    ['SalesTotal', fiveDecimals(totalMinor, currency)],
  ]
}

/** Report amounts have five decimals: `10.00000`. */
function fiveDecimals(amountMinor: number, currency: Currency): string {
  const [whole = '0', fraction = ''] = decimalOf(amountMinor, currency).split('.')
  return `${whole}.${fraction.padEnd(5, '0')}`
}

function reportXml(root: ReportKind['root'], period: Period, rows: readonly Row[], shelf: Shelf): string {
  const other = root === 'TransactionDetails' ? 'TransactionSummary' : 'TransactionDetails'
  const generatedAt = new Date(shelf.options.now()).toISOString().slice(0, 16).replace('T', ' ')
  const meta: Row = [
    ['ResellerId', period.resellerId],
    ...(period.terminalId === null ? [] : [['TerminalId', period.terminalId] as const]),
    ['TransactionPeriodId', period.transactionPeriodId],
    ['GeneratedAt', generatedAt],
  ]
  const elements = [element('Meta', meta), ...rows.map((row) => element('Row', row))].join('\n')
  return `<${root}>\n${elements}\n</${shelf.options.oddReportRoot ? other : root}>\n`
}

function element(name: string, row: Row): string {
  const children = row.map(([child, value]) => `<${child}>${escapeXml(value)}</${child}>`)
  return `<${name}>${children.join('')}</${name}>`
}
