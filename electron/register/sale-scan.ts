import type { z } from 'zod'
import type { ScanAnswer, scanned } from '../../app/contract/contract.ts'
import type { Done } from '../../app/contract/views.ts'
import type { EmbeddedRule } from '../../app/domain/barcode.ts'
import { isOwnReceipt, valueAt } from '../../app/domain/barcode.ts'
import { currencies } from '../../app/domain/money.ts'
import { thousandths } from '../../app/domain/receipt.ts'
import type { Scan } from '../../app/domain/scan.ts'
import { meaningOf } from '../../app/domain/scan.ts'
import type { ArticleRecord } from '../storage/articles.ts'
import { articleByCode } from '../storage/articles.ts'
import { receiptByNumber } from '../storage/receipts.ts'
import type { Desk } from './desk.ts'
import type { ShopSettings } from './settings.ts'

type ScanInput = z.infer<typeof scanned>

export interface SaleScanOptions {
  readonly desk: Desk
  readonly settings: () => ShopSettings
  readonly embeddedRules: readonly EmbeddedRule[]
  readonly seqrId: () => string | null
  readonly takesSlips: () => boolean
  /** Quantity in thousandths; the price in minor units, or the article's own. */
  readonly addArticle: (article: ArticleRecord, quantityThousandths: number, priceMinor?: number) => Done
  readonly beginSlip: (payId: string) => ScanAnswer
}

/** What a read on the sale screen leads to: a row, a slip, an old receipt, or a sentence why not. */
export function createSaleScan(options: SaleScanOptions): (input: ScanInput) => ScanAnswer {
  const { desk } = options
  let sold: readonly { readonly id: number; readonly answer: ScanAnswer }[] = []

  function findArticle(codes: readonly string[]): ArticleRecord | null {
    for (const code of codes) {
      const article = articleByCode(desk.storage.read, code)
      if (article?.active === true) return article
    }
    return null
  }

  function addScanned(
    article: ArticleRecord,
    quantityThousandths = thousandths,
    priceMinor?: number,
  ): ScanAnswer {
    const added = options.addArticle(article, quantityThousandths, priceMinor)
    return added.ok ? { ok: true, did: 'addedArticle', name: article.name } : added
  }

  /** A read that several windows have heard of is sold once: whoever asks again hears what became of it. */
  function scan({ scanId, ...input }: ScanInput): ScanAnswer {
    const earlier = sold.find(({ id }) => id === scanId)
    if (earlier !== undefined) return earlier.answer
    const answer = readAsSold(input)
    if (scanId !== undefined && answer.ok) sold = [...sold.slice(-31), { id: scanId, answer }]
    return answer
  }

  /** Text and symbology as the scanner told them; what looks like an AIM identifier within the text is text. */
  function readAsSold(input: Omit<ScanInput, 'scanId'>): ScanAnswer {
    const read: Scan = { ...input, atMs: desk.clock.now() }
    const meaning = meaningOf(read, 'sale', {
      embeddedRules: options.embeddedRules,
      takesSlips: options.takesSlips(),
      ownSeqrId: options.seqrId(),
    })
    const unknown: ScanAnswer = { ok: false, reason: 'unknownCode', code: read.data }
    switch (meaning.means) {
      case 'article': {
        const article = findArticle(meaning.codes)
        return article === null ? unknown : addScanned(article)
      }
      case 'slipOrArticle': {
        const article = findArticle(meaning.codes)
        if (article !== null) return addScanned(article)
        const isSticker = meaning.payId === options.seqrId()
        return isSticker
          ? { ok: false, reason: 'notHere', why: 'isASeqrSticker' }
          : options.beginSlip(meaning.payId)
      }
      case 'slip':
        return options.beginSlip(meaning.payId)
      case 'embedded': {
        const whole = findArticle(meaning.wholeCodes)
        if (whole !== null) return addScanned(whole)
        const article = findArticle(meaning.codes)
        if (article === null) return unknown
        const { currency } = options.settings()
        const value = valueAt(
          meaning.embedded,
          meaning.embedded.kind === 'price' ? currencies[currency].decimals : 3,
        )
        if (value === null || value === 0) return unknown
        return meaning.embedded.kind === 'price'
          ? addScanned(article, thousandths, value)
          : addScanned(article, value)
      }
      case 'receipt': {
        const isOwn = isOwnReceipt(meaning, options.settings().tillName)
        const found = isOwn ? receiptByNumber(desk.storage.read, meaning.receiptNumber) : null
        if (found === null) return { ok: false, reason: 'notHere', why: 'noSuchReceipt' }
        return { ok: true, did: 'openedReceipt', receiptId: found.id }
      }
      case 'notHere':
        return { ok: false, reason: 'notHere', why: meaning.reason }
      case 'seqrId':
      case 'test':
        return { ok: false, reason: 'notHere', why: 'noScanHere' }
    }
  }

  return scan
}
