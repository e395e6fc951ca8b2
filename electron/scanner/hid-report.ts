// Scanners in HID POS mode (USB-IF HID Point of Sale Usage Tables 1.02, usage page 0x8C) send a bar code in one or
// more reports of fixed length. Where each thing lies in a report is data; the report id says which row holds.

import { textOf } from './scanned-text.ts'

/** Usage page of bar code scanners. */
export const scannerUsagePage = 0x8c

export type ReportFormat = {
  readonly reportId: number
  /** The whole report, the byte of its id included. */
  readonly sizeBytes: number
  /** Where the AIM identifier's three signs are; null when they stand in front of the data, or not at all. */
  readonly aimAt: number | null
  readonly dataAt: number
  readonly mostData: number
  /** The byte whose lowest bit says that more of the same bar code follows, or null. */
  readonly moreAt: number | null
}

export const reportFormats: readonly ReportFormat[] = [
  // Id, length, `]cm`, 56 bytes of data, the maker's own symbology letter, reserved, "continued". Honeywell engines,
  // also within other makers' readers (as the Access-IS LSR118 and ATR110 manuals draw it).
  { reportId: 2, sizeBytes: 64, aimAt: 2, dataAt: 5, mostData: 56, moreAt: 63 },
  // Id, length, 62 bytes of data with what the reader was set to put in front (Microscan HID report format).
  { reportId: 1, sizeBytes: 64, aimAt: null, dataAt: 2, mostData: 62, moreAt: null },
]

const lengthAt = 1

export type DecodedReport =
  | {
      readonly kind: 'part'
      /** `]E0`, or empty when the report has none. */
      readonly aim: string
      readonly bytes: readonly number[]
      readonly more: boolean
    }
  | { readonly kind: 'ignored'; readonly reason: 'empty' | 'otherReport' | 'tooShort' | 'lengthIsWrong' }

/** What one report says. Garbage is ignored with a reason, never guessed at. */
export function decodeReport(report: Uint8Array): DecodedReport {
  const format = reportFormats.find(({ reportId }) => reportId === report[0])
  if (format === undefined) return { kind: 'ignored', reason: 'otherReport' }
  const length = report[lengthAt] ?? 0
  if (length === 0) return { kind: 'ignored', reason: 'empty' }
  if (length > format.mostData) return { kind: 'ignored', reason: 'lengthIsWrong' }
  if (report.length < format.dataAt + length) return { kind: 'ignored', reason: 'tooShort' }
  const bytes = [...report.subarray(format.dataAt, format.dataAt + length)]
  const more = format.moreAt !== null && ((report[format.moreAt] ?? 0) & 1) === 1
  // A report that says more follows is full; anything else is not from a scanner.
  if (more && length < format.mostData) return { kind: 'ignored', reason: 'lengthIsWrong' }
  return { kind: 'part', aim: aimOf(report, format.aimAt), bytes, more }
}

function aimOf(report: Uint8Array, at: number | null): string {
  if (at === null) return ''
  const aim = String.fromCodePoint(...report.subarray(at, at + 3))
  return /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : ''
}

/** Reports that came in one piece, as some drivers hand them over. */
export function reportsIn(chunk: Uint8Array): readonly Uint8Array[] {
  const sizeBytes = reportFormats.find(({ reportId }) => reportId === chunk[0])?.sizeBytes ?? chunk.length
  if (chunk.length <= sizeBytes || chunk.length % sizeBytes !== 0) return [chunk]
  const starts = Array.from({ length: chunk.length / sizeBytes }, (_, place) => place * sizeBytes)
  return starts.map((start) => chunk.subarray(start, start + sizeBytes))
}

/** A bar code of which more is to come. Thrown away when the scanner goes or stays silent. */
export type HalfRead = { readonly aim: string; readonly bytes: readonly number[]; readonly atMs: number }

export type Step = { readonly half: HalfRead | null; readonly raw: string | null }

/** The rest of a bar code follows within milliseconds; after this long it never will. */
export const halfReadLimitMs = 500
/** The most a bar code may hold: a QR code ends at 4,296 letters, 7,089 digits. */
export const longestRead = 8192

/** Takes one report to what was read before it. `raw` is a whole bar code, AIM identifier in front. */
export function takeReport(half: HalfRead | null, report: Uint8Array, atMs: number): Step {
  const decoded = decodeReport(report)
  const kept = half !== null && atMs - half.atMs <= halfReadLimitMs ? half : null
  if (decoded.kind === 'ignored') return { half: kept, raw: null }
  const before = kept !== null && kept.aim === decoded.aim ? kept.bytes : []
  const bytes = [...before, ...decoded.bytes]
  if (bytes.length > longestRead) return { half: null, raw: null }
  if (decoded.more) return { half: { aim: decoded.aim, bytes, atMs }, raw: null }
  return { half: null, raw: decoded.aim + textOf(Uint8Array.from(bytes)) }
}
