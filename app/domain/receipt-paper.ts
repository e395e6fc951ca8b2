/** What stands on the printed receipt. How it becomes lines and bytes is for the paper and the printer. */
import { receiptBarcode, tillMark } from './barcode.ts'
import { formatAmount, measuredText, percentText, type Numerals } from './numerals.ts'
import type { Block, Paper } from './paper.ts'
import type { Receipt, Row, Tender } from './receipt.ts'
import {
  discountOn,
  grossOf,
  receiptDiscount,
  rowTotal,
  slipsOf,
  thousandths,
  totalOf,
  vatTable,
} from './receipt.ts'
import { formatPayId } from './slip.ts'

/** The shop's own part of every paper. */
export interface PaperHead {
  readonly storeName: string
  /** Address, organisation number and the like, a line each. */
  readonly headerLines: readonly string[]
  readonly footerLines: readonly string[]
  readonly tillName: string
  /** Practice: printed large at both ends, so that it can never pass for a receipt. */
  readonly sandbox: boolean
  readonly copy: boolean
  /** `2026-11-21 14:03:22` in the shop's own time. */
  readonly time: (atMs: number) => string
  readonly words: PaperWords
}

/** The words that papers use, in the shop's language. */
export interface PaperWords {
  readonly numerals: Numerals
  readonly receipt: string
  readonly refundReceipt: string
  readonly copy: string
  readonly practice: string
  readonly cashier: string
  readonly till: string
  readonly total: string
  readonly discount: string
  readonly rounding: string
  readonly cash: string
  readonly change: string
  readonly seqrPayment: string
  readonly seqrRefund: string
  readonly reference: string
  readonly settledByHand: string
  readonly vatRate: string
  readonly vatNet: string
  readonly vatTax: string
  readonly vatGross: string
  readonly refundOf: string
  readonly listPrice: string
  readonly slipsForOthers: string
  /** Where a slip's confirmation is to be found. */
  readonly slipProof: string
}

/** The receipt's paper: rows, VAT, tenders; for SEQR amount, ersReference and "SEQR payment" (SEQR guide). */
export function receiptPaper(receipt: Receipt, head: PaperHead): Paper {
  return {
    blocks: [
      ...headBlocks(receipt, head),
      { kind: 'rule' },
      ...receipt.rows.flatMap((row) => rowBlocks(receipt, row, head)),
      ...discountBlocks(receipt, head),
      { kind: 'rule' },
      ...totalBlocks(receipt, head),
      ...receipt.tenders.flatMap((tender) => tenderBlocks(receipt, tender, head)),
      ...vatBlocks(receipt, head),
      ...footBlocks(receipt, head),
    ],
  }
}

function headBlocks(receipt: Receipt, head: PaperHead): readonly Block[] {
  const { words } = head
  const title = receipt.kind === 'refund' ? words.refundReceipt : words.receipt
  return [
    ...marks(head),
    { kind: 'text', text: head.storeName, align: 'center', bold: true, size: 2 },
    ...head.headerLines.map((text): Block => ({ kind: 'text', text, align: 'center' })),
    { kind: 'feed', lines: 1 },
    {
      kind: 'columns',
      left: `${title} ${receipt.number ?? ''}`,
      right: head.time(receipt.completedAtMs ?? receipt.openedAtMs),
      bold: true,
    },
    {
      kind: 'columns',
      left: `${words.till} ${head.tillName}`,
      right: `${words.cashier} ${receipt.cashier.name}`,
    },
    ...(receipt.refundOf === null
      ? []
      : [{ kind: 'text', text: `${words.refundOf} ${receipt.refundOf.number}` } as const]),
  ]
}

/** What stands at both ends of a paper that is no first print, or of practice. */
export function marks({ copy, sandbox, words }: PaperHead): readonly Block[] {
  const mark = (text: string): Block => ({
    kind: 'text',
    text: `*** ${text} ***`,
    align: 'center',
    bold: true,
  })
  return [...(copy ? [mark(words.copy)] : []), ...(sandbox ? [mark(words.practice)] : [])]
}

function rowBlocks(receipt: Receipt, row: Row, { words }: PaperHead): readonly Block[] {
  const money = (amountMinor: number) => formatAmount(amountMinor, receipt.currency, words.numerals)
  const gross = grossOf(row)
  const off = discountOn(gross, row.discount)
  const single = row.quantityThousandths === thousandths
  const detail = `  ${measuredQuantity(row, words.numerals)} x ${money(row.unitPriceMinor)}`
  return [
    { kind: 'columns', left: row.name, right: money(off === 0 ? rowTotal(row) : gross) },
    ...(single ? [] : [{ kind: 'text', text: detail } as const]),
    ...(row.listPriceMinor === null
      ? []
      : [{ kind: 'text', text: `  ${words.listPrice} ${money(row.listPriceMinor)}` } as const]),
    ...(off === 0 ? [] : [{ kind: 'columns', left: `  ${words.discount}`, right: money(-off) } as const]),
    ...slipBlocks(row, words),
    ...(row.note === '' ? [] : [{ kind: 'text', text: `  ${row.note}` } as const]),
  ]
}

/** 7-CONNECT: reference, merchant and amount; authCode and remarks follow on the slip's own paper. */
function slipBlocks({ slip }: Row, words: PaperWords): readonly Block[] {
  if (slip === null) return []
  return [
    { kind: 'text', text: `  ${words.reference} ${formatPayId(slip.payId)}` },
    { kind: 'text', text: `  ${words.slipProof}` },
  ]
}

/** `2`, `0.352 kg`, `-1`: the quantity as people read it. */
export function measuredQuantity(
  row: Pick<Row, 'quantityThousandths' | 'unit' | 'unitDecimals'>,
  numerals: Numerals,
): string {
  const number = measuredText(row.quantityThousandths, row.unitDecimals, numerals)
  return row.unitDecimals === 0 ? number : `${number} ${row.unit}`
}

function discountBlocks(receipt: Receipt, { words }: PaperHead): readonly Block[] {
  const off = receiptDiscount(receipt)
  if (off === 0) return []
  return [
    { kind: 'columns', left: words.discount, right: formatAmount(-off, receipt.currency, words.numerals) },
  ]
}

function totalBlocks(receipt: Receipt, { words }: PaperHead): readonly Block[] {
  const { currency, roundingMinor } = receipt
  const total: Block = {
    kind: 'columns',
    left: `${words.total} ${currency}`,
    right: formatAmount(totalOf(receipt), currency, words.numerals),
    bold: true,
    size: 2,
  }
  const slips = slipsOf(receipt)
  const forOthers: readonly Block[] =
    slips === 0 || slips === totalOf(receipt)
      ? []
      : [
          {
            kind: 'columns',
            left: `  ${words.slipsForOthers}`,
            right: formatAmount(slips, currency, words.numerals),
          },
        ]
  if (roundingMinor === 0) return [total, ...forOthers]
  return [
    total,
    ...forOthers,
    { kind: 'columns', left: words.rounding, right: formatAmount(roundingMinor, currency, words.numerals) },
  ]
}

function tenderBlocks(receipt: Receipt, tender: Tender, { words, time }: PaperHead): readonly Block[] {
  const amount = formatAmount(tender.amountMinor, receipt.currency, words.numerals)
  switch (tender.kind) {
    case 'cash':
      return [{ kind: 'columns', left: words.cash, right: amount }]
    case 'change':
      return [{ kind: 'columns', left: words.change, right: amount }]
    case 'other':
      return [
        { kind: 'columns', left: tender.name, right: amount },
        ...(tender.reference === ''
          ? []
          : [{ kind: 'text', text: `  ${words.reference} ${tender.reference}` } as const]),
      ]
    case 'seqr': {
      const name = tender.amountMinor < 0 ? words.seqrRefund : words.seqrPayment
      const reference = tender.settledByHand
        ? words.settledByHand
        : `${words.reference} ${tender.ersReference}`
      return [
        { kind: 'columns', left: name, right: amount },
        { kind: 'text', text: `  ${reference}` },
        { kind: 'text', text: `  ${time(tender.atMs)}` },
      ]
    }
  }
}

function vatBlocks(receipt: Receipt, { words }: PaperHead): readonly Block[] {
  const money = (amountMinor: number) => formatAmount(amountMinor, receipt.currency, words.numerals)
  const lines = vatTable(receipt)
  if (lines.length === 0) return []
  return [
    { kind: 'feed', lines: 1 },
    {
      kind: 'table',
      header: [words.vatRate, words.vatTax, words.vatNet, words.vatGross],
      rows: lines.map((line) => [
        percentText(line.vatBasisPoints, words.numerals),
        money(line.vatMinor),
        money(line.netMinor),
        money(line.grossMinor),
      ]),
    },
  ]
}

function footBlocks(receipt: Receipt, head: PaperHead): readonly Block[] {
  const code = receiptBarcode(receipt.number ?? 0, tillMark(head.tillName))
  return [
    { kind: 'feed', lines: 1 },
    ...head.footerLines.map((text): Block => ({ kind: 'text', text, align: 'center' })),
    ...(receipt.note === '' ? [] : [{ kind: 'text', text: receipt.note } as const]),
    { kind: 'feed', lines: 1 },
    { kind: 'barcode', symbology: 'code128', data: code, humanReadable: code },
    ...marks(head),
    { kind: 'cut' },
  ]
}
