/** What becomes of a scan: decided by where the register is, never by the focus. */
import type { ScannedView } from '../contract/device-views.ts'
import type { PaymentView } from '../contract/views.ts'
import { meaningOf, scanOf, type NotHere, type Place, type Scan } from '../domain/scan.ts'

export interface Whereabouts {
  /** Of the screen that is shown. */
  readonly place: Place
  readonly signedIn: boolean
  readonly connected: boolean
  readonly dialogOpen: boolean
  /** The dialog is the one that asks for a slip's reference. */
  readonly slipAsked?: boolean
  readonly payment: Pick<PaymentView, 'phase' | 'receiptId'> | null
  /** The receipt that was finished last, while it is still shown. */
  readonly finishedReceiptId: string | null
  /** A PIN is asked for, or the help is open. */
  readonly layerOpen: boolean
}

export type ScanPlan =
  | { readonly do: 'sell'; readonly scan: Scan }
  /** The paid view of a finished receipt is still open: it closes, and the scan begins the next receipt. */
  | { readonly do: 'nextCustomer'; readonly scan: Scan }
  | { readonly do: 'seqrId'; readonly seqrId: string }
  | { readonly do: 'slip'; readonly payId: string }
  | { readonly do: 'receipt'; readonly data: string }
  /** Scanned while articles are maintained: looked for, or filled in. */
  | { readonly do: 'code'; readonly code: string }
  /** Scanned on the devices' page: shown there as it came, and nothing else. */
  | { readonly do: 'test'; readonly scan: Scan; readonly name: string }
  | { readonly do: 'refuse'; readonly reason: NotHere }
  | { readonly do: 'nothing' }

/** Where the register is, as far as a scan is concerned. */
export function placeOf(where: Whereabouts): Place {
  if (!where.signedIn || where.layerOpen) return 'elsewhere'
  if (where.payment !== null) return isFinished(where) ? 'sale' : 'payment'
  if (where.slipAsked === true) return 'slip'
  return where.dialogOpen ? 'elsewhere' : where.place
}

/** A keyboard's read is only text; a device's is known to be free of its AIM identifier already. */
export type RawScan = { readonly data: string; readonly device: 'wedge'; readonly atMs: number } | ScannedView

export function planFor(raw: RawScan, where: Whereabouts): ScanPlan {
  const scan = readOf(raw)
  if (scan === null || !where.connected) return { do: 'nothing' }
  const place = placeOf(where)
  if (place === 'sale') return { do: where.payment === null ? 'sell' : 'nextCustomer', scan }
  const meaning = meaningOf(scan, place, { embeddedRules: [], takesSlips: false, ownSeqrId: null })
  if (meaning.means === 'article') return { do: 'code', code: meaning.codes[0] ?? scan.data }
  if (meaning.means === 'receipt') return { do: 'receipt', data: scan.data }
  if (meaning.means === 'slip') return { do: 'slip', payId: meaning.payId }
  if (meaning.means === 'test') return { do: 'test', scan, name: 'name' in raw ? raw.name : '' }
  if (meaning.means === 'seqrId') return { do: 'seqrId', seqrId: meaning.seqrId }
  return { do: 'refuse', reason: meaning.means === 'notHere' ? meaning.reason : 'noScanHere' }
}

function isFinished({ payment, finishedReceiptId }: Whereabouts): boolean {
  return payment?.phase === 'paid' && payment.receiptId !== null && payment.receiptId === finishedReceiptId
}

function readOf(raw: RawScan): Scan | null {
  if (!('symbology' in raw)) return scanOf(raw.data, raw.device, raw.atMs)
  const { data, symbology, device, aim, atMs } = raw
  return { data, symbology, device, atMs, ...(aim === '' ? {} : { aim }) }
}
