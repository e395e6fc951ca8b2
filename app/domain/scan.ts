import type { Embedded, EmbeddedRule, Symbology } from './barcode.ts'
import { articleCodesOf, readEmbedded, readReceiptBarcode, slipReferenceOf, splitAim } from './barcode.ts'
import { seqrIdOf } from './seqr-invoice.ts'

export const scanDevices = ['wedge', 'hid', 'serial', 'virtual'] as const

export type ScanDevice = (typeof scanDevices)[number]

/** One bar code as a scanner read it, free of AIM identifier and line end. */
export type Scan = {
  readonly data: string
  readonly symbology: Symbology
  readonly device: ScanDevice
  readonly deviceId?: string
  /** The AIM identifier when the scanner sent one, for the scan test. */
  readonly aim?: string
  readonly atMs: number
}

/** A scan from what a device delivered: splits off the AIM identifier, drops line ends. Null when nothing is left. */
export function scanOf(raw: string, device: ScanDevice, atMs: number, deviceId?: string): Scan | null {
  const { data, symbology, aim } = splitAim(raw.replaceAll(/^[\r\n]+|[\r\n]+$/g, ''))
  if (data.trim() === '') return null
  const named = deviceId === undefined ? {} : { deviceId }
  return { data, symbology, device, ...named, ...(aim === undefined ? {} : { aim }), atMs }
}

/** Where the register is, as far as a scan is concerned. */
export type Place =
  'sale' | 'slip' | 'refund' | 'payment' | 'seqrIdRegistration' | 'article' | 'setup' | 'elsewhere'

export type ScanSettings = {
  readonly embeddedRules: readonly EmbeddedRule[]
  /** Are 7-CONNECT slips taken at this till? If not, 12 digits can only be an article. */
  readonly takesSlips: boolean
  /** The SEQR ID of the sticker on this counter, so that scanning it by mistake can be told; null when it has none. */
  readonly ownSeqrId: string | null
}

export type NotHere =
  | 'paymentIsOpen'
  | 'noScanHere'
  | 'notASeqrId'
  | 'notAReceipt'
  | 'notASlip'
  | 'notAnArticle'
  | 'isASeqrSticker'
  /** Of another till, or of a number that this one has not given yet. */
  | 'noSuchReceipt'

export type Meaning =
  | { readonly means: 'article'; readonly codes: readonly string[] }
  /** An article that is kept under the whole code comes first and has its own price; else the codes, with the value. */
  | {
      readonly means: 'embedded'
      readonly embedded: Embedded
      readonly wholeCodes: readonly string[]
      readonly codes: readonly string[]
    }
  | { readonly means: 'slip'; readonly payId: string }
  /** Look the codes up first; only when no article has any of them it is the slip. */
  | { readonly means: 'slipOrArticle'; readonly payId: string; readonly codes: readonly string[] }
  | { readonly means: 'receipt'; readonly receiptNumber: number; readonly terminal: string }
  | { readonly means: 'seqrId'; readonly seqrId: string }
  | { readonly means: 'test'; readonly scan: Scan }
  | { readonly means: 'notHere'; readonly reason: NotHere }

const notHere = (reason: NotHere): Meaning => ({ means: 'notHere', reason })

/** What a scan means is decided by where the register is, never by the focus. */
export function meaningOf(scan: Scan, place: Place, settings: ScanSettings): Meaning {
  switch (place) {
    case 'sale':
      return onSale(scan, settings)
    case 'slip':
      return asSlip(scan)
    case 'refund':
      return asReceipt(scan) ?? notHere('notAReceipt')
    case 'payment':
      return notHere('paymentIsOpen')
    case 'seqrIdRegistration':
      return asSeqrId(scan)
    case 'article':
      return isSeqrAddress(scan.data) ? notHere('notAnArticle') : asArticle(scan)
    case 'setup':
      return { means: 'test', scan }
    case 'elsewhere':
      return notHere('noScanHere')
  }
}

function onSale(scan: Scan, settings: ScanSettings): Meaning {
  if (isSeqrAddress(scan.data)) return notHere('isASeqrSticker')
  const receipt = asReceipt(scan)
  if (receipt !== null) return receipt
  const payId = slipReferenceOf(scan.data)
  if (payId !== null && settings.takesSlips) return slipOrArticle(scan, payId, settings)
  const embedded = readEmbedded(scan.data, settings.embeddedRules)
  if (embedded === null) return asArticle(scan)
  const wholeCodes = articleCodesOf(scan.data, scan.symbology)
  return { means: 'embedded', embedded, wholeCodes, codes: [embedded.articleCode, embedded.item] }
}

/**
 * Twelve digits are a slip (always Code 128) or an article (a UPC-A, or the shop's own code). Only the scanner
 * can tell by the symbology; where it doesn't, the articles are asked first.
 */
function slipOrArticle(scan: Scan, payId: string, settings: ScanSettings): Meaning {
  switch (scan.symbology) {
    case 'code128':
      return payId === settings.ownSeqrId ? notHere('isASeqrSticker') : { means: 'slip', payId }
    case 'unknown':
      return { means: 'slipOrArticle', payId, codes: articleCodesOf(scan.data, scan.symbology) }
    case 'qr':
    case 'gs1-128':
    case 'ean13':
    case 'ean8':
    case 'upca':
    case 'upce':
    case 'itf':
    case 'code39':
    case 'code93':
    case 'codabar':
    case 'databar':
    case 'datamatrix':
    case 'pdf417':
    case 'aztec':
      return asArticle(scan)
  }
}

function asArticle(scan: Scan): Meaning {
  return { means: 'article', codes: articleCodesOf(scan.data, scan.symbology) }
}

function asReceipt(scan: Scan): Meaning | null {
  const receipt = readReceiptBarcode(scan.data)
  return receipt === null ? null : { means: 'receipt', ...receipt }
}

function asSlip(scan: Scan): Meaning {
  const payId = slipReferenceOf(scan.data)
  const retail = ['ean13', 'ean8', 'upca', 'upce'].includes(scan.symbology)
  return payId === null || retail ? notHere('notASlip') : { means: 'slip', payId }
}

/** The sticker's Code 128 holds the bare ID, its QR code an address of seqr.se. An EAN or UPC is never a sticker. */
function asSeqrId(scan: Scan): Meaning {
  const retail = ['ean13', 'ean8', 'upca', 'upce'].includes(scan.symbology)
  const read = seqrIdOf(scan.data)
  return read.ok && !retail ? { means: 'seqrId', seqrId: read.seqrId } : notHere('notASeqrId')
}

function isSeqrAddress(data: string): boolean {
  return /^https?:\/\/(?:www\.)?seqr\.se\//i.test(data.trim())
}
