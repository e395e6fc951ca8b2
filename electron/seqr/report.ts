import { minorOf } from '../../app/domain/money.ts'
import type { Currency } from '../../app/domain/money.ts'

/** What a reconciliation report is about; a part that it leaves out is ''. */
export interface ReportMeta {
  readonly resellerId: string
  readonly terminalId: string
  readonly transactionPeriodId: string
  /** As the service wrote it, such as `2012-10-30 12:20`: its zone is not said. */
  readonly generatedAt: string
}

/** One payment in a report of details, or one sum in a summary. A text that the row leaves out is ''. */
export interface ReportRow {
  readonly terminalId: string
  readonly cashierId: string
  /** Negative for what went back to the buyer. */
  readonly salesMinor: number
  /** How many payments a sum is made of; only in summaries. */
  readonly salesCount?: number
  readonly ersReference: string
}

export type ReportFault = 'notAReport' | 'brokenOff' | 'unreadableAmount' | 'unreadableCount' | 'tooManyRows'

export type ReadReport =
  | { readonly ok: true; readonly meta: ReportMeta; readonly rows: readonly ReportRow[] }
  | { readonly ok: false; readonly reason: ReportFault }

type Fields = Map<string, string>

const mostRows = 100_000

/**
 * Reads a reconciliation report. Lenient about the frame, as the published samples close with another root element
 * than they opened; strict about money: one amount that can't be read spoils the whole report.
 */
export function readReport(xml: string, currency: Currency): ReadReport {
  const { meta, rows, seen, whole } = takeApart(xml)
  if (!seen) return { ok: false, reason: 'notAReport' }
  if (!whole) return { ok: false, reason: 'brokenOff' }
  if (rows.length > mostRows) return { ok: false, reason: 'tooManyRows' }
  const read: ReportRow[] = []
  for (const fields of rows) {
    const row = rowOf(fields, currency)
    if (typeof row === 'string') return { ok: false, reason: row }
    read.push(row)
  }
  return { ok: true, meta: metaOf(meta), rows: read }
}

/**
 * The texts of the report by element name, in lower case: those of each row, and all that stand outside rows.
 * It is whole when as many elements are closed as were opened, whatever their names.
 */
function takeApart(xml: string) {
  const meta: Fields = new Map()
  const rows: Fields[] = []
  let row: Fields | null = null
  let seen = false
  let depth = 0
  for (const [, slash, prefixed = '', rest = '', text = ''] of xml.matchAll(tag)) {
    const name = prefixed.slice(prefixed.indexOf(':') + 1).toLowerCase()
    const opens = slash === ''
    const empty = rest.endsWith('/')
    depth += opens ? Number(!empty) : -1
    seen ||= name === 'meta' || name === 'row'
    if (name === 'row') {
      row = opens ? new Map() : null
      if (row !== null) rows.push(row)
      if (empty) row = null
    } else if (opens && text.trim() !== '') (row ?? meta).set(name, decoded(text.trim()))
  }
  return { meta, rows, seen, whole: depth === 0 }
}

/** A tag, and the text after it when that ends with a closing tag. */
const tag = /<(\/?)([A-Za-z_][\w:.-]{0,60})([^<>]*)>(?:([^<]*)(?=<\/))?/g

function metaOf(fields: Fields): ReportMeta {
  return {
    resellerId: fields.get('resellerid') ?? '',
    terminalId: fields.get('terminalid') ?? '',
    transactionPeriodId: fields.get('transactionperiodid') ?? '',
    generatedAt: fields.get('generatedat') ?? '',
  }
}

function rowOf(fields: Fields, currency: Currency): ReportRow | ReportFault {
  const salesMinor = minorOf(fields.get('salesamount') ?? fields.get('salestotal') ?? '', currency)
  if (salesMinor === null) return 'unreadableAmount'
  const count = fields.get('salescount')
  if (count !== undefined && !/^\d{1,9}$/.test(count)) return 'unreadableCount'
  return {
    terminalId: fields.get('terminalid') ?? '',
    cashierId: fields.get('cashierid') ?? '',
    salesMinor,
    ...(count !== undefined && { salesCount: Number(count) }),
    ersReference: fields.get('ersreference') ?? '',
  }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '')
}
