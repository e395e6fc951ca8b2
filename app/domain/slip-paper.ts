/** The papers of 7-CONNECT slips: the proof of one that was paid, and one that the shop issues. */
import type { IssuedStage } from './issued-slip.ts'
import { formatAmount, type Numerals } from './numerals.ts'
import type { Block, Paper } from './paper.ts'
import type { PaperHead } from './receipt-paper.ts'
import { formatPayId, remarkLines, type SlipStage } from './slip.ts'

/** The words that these papers use, in the shop's language. */
export interface SlipPaperWords {
  readonly numerals: Numerals
  readonly slip: string
  readonly paid: string
  readonly willBeConfirmed: string
  readonly willBeConfirmedLong: string
  readonly needsPerson: string
  readonly declined: string
  readonly declinedLong: string
  readonly givenBack: string
  readonly signature: string
  readonly reference: string
  readonly merchant: string
  readonly merchantRef: string
  readonly amount: string
  readonly paidInCash: string
  readonly authCode: string
  /** Beside a slip that is paid and whose merchant has given no authCode yet. */
  readonly authCodeLater: string
  readonly receipt: string
  readonly taken: string
  readonly expires: string
  readonly noExpiry: string
  readonly description: string
  readonly toPay: string
  /** What the customer does with the slip. */
  readonly steps: readonly string[]
}

/** What stands at both ends of the paper. */
export type SlipPaperHead = Pick<
  PaperHead,
  'storeName' | 'headerLines' | 'tillName' | 'sandbox' | 'copy' | 'time'
> & {
  readonly words: SlipPaperWords
  readonly practice: string
  readonly copyMark: string
}

/** A stage that has taken cash: only such a slip has a proof. */
export type TakenStage = Extract<SlipStage, { readonly takenAtMs: number }>

export function hasTakenCash(stage: SlipStage): stage is TakenStage {
  return 'takenAtMs' in stage
}

/**
 * The customer's proof of a paid slip: reference, merchant and amount, and once it is confirmed authCode and remarks,
 * in lines of 32 columns where `|` begins a new one (7-CONNECT merchant guide).
 */
export function slipProofPaper(stage: TakenStage, receiptNumber: number | null, head: SlipPaperHead): Paper {
  const { words, time } = head
  const { payID, slip, takenAtMs } = stage
  const line = (left: string, right: string): Block => ({ kind: 'columns', left, right })
  return {
    blocks: [
      ...headBlocks(head),
      { kind: 'text', text: titleOf(stage, words), align: 'center', bold: true, size: 2 },
      { kind: 'feed', lines: 1 },
      line(words.reference, formatPayId(payID)),
      line(words.merchant, slip.merchantName),
      line(words.merchantRef, slip.merchantRef),
      ...descriptionBlocks(slip.description, words),
      { kind: 'rule' },
      {
        kind: 'columns',
        left: `${words.paidInCash} ${slip.currency}`,
        right: formatAmount(slip.amountMinor, slip.currency, words.numerals),
        bold: true,
        size: 2,
      },
      { kind: 'rule' },
      line(words.taken, time(takenAtMs)),
      ...(receiptNumber === null ? [] : [line(words.receipt, String(receiptNumber))]),
      ...outcomeBlocks(stage, words),
      ...remarkBlocks(stage),
      ...marks(head),
      { kind: 'cut' },
    ],
  }
}

function titleOf(stage: TakenStage, words: SlipPaperWords): string {
  switch (stage.name) {
    case 'confirming':
    case 'needsPerson':
      return words.willBeConfirmed
    case 'paid':
    case 'posted':
      return `${words.slip} ${words.paid}`
    case 'confirmDeclined':
      return words.declined
    case 'givenBack':
      return words.givenBack
  }
}

function outcomeBlocks(stage: TakenStage, words: SlipPaperWords): readonly Block[] {
  switch (stage.name) {
    case 'paid':
    case 'posted':
      if (stage.authCode === '' && stage.name === 'paid') return [{ kind: 'text', text: words.authCodeLater }]
      return stage.authCode === '' ? [] : [{ kind: 'columns', left: words.authCode, right: stage.authCode }]
    case 'confirming':
      return [{ kind: 'text', text: words.willBeConfirmedLong }]
    case 'needsPerson':
      return [{ kind: 'text', text: words.needsPerson }]
    case 'confirmDeclined':
      return [{ kind: 'text', text: words.declinedLong }]
    case 'givenBack':
      return [
        { kind: 'text', text: stage.why },
        { kind: 'feed', lines: 2 },
        { kind: 'columns', left: `${words.signature}:`, right: '____________________' },
      ]
  }
}

/** What the merchant asked for when the slip was made, then what came with the confirmation. */
function remarkBlocks(stage: TakenStage): readonly Block[] {
  const confirmed = 'remarks' in stage ? stage.remarks : ''
  const lines = [...remarkLines(stage.slip.receiptRemarks), ...remarkLines(confirmed)]
  if (lines.length === 0 || stage.name === 'givenBack' || stage.name === 'confirmDeclined') return []
  return [{ kind: 'feed', lines: 1 }, ...lines.map((text): Block => ({ kind: 'text', text }))]
}

/**
 * A slip that the shop issues: reference, amount, bar code, expiry, merchant, merchant reference and description, and
 * the steps for the customer. The bare 12 digits are in Code 128, so in its set C (7-CONNECT merchant guide).
 */
export function issuedSlipPaper(
  issued: { readonly payId: string; readonly amountMinor: number; readonly stage: IssuedStage },
  head: SlipPaperHead,
): Paper {
  const { words, time } = head
  const { stage, payId, amountMinor } = issued
  const expires = stage.expiresAtMs === null ? words.noExpiry : time(stage.expiresAtMs)
  return {
    blocks: [
      ...headBlocks(head),
      { kind: 'text', text: words.slip, align: 'center', bold: true, size: 2 },
      { kind: 'text', text: words.toPay, align: 'center' },
      { kind: 'feed', lines: 1 },
      {
        kind: 'columns',
        left: `${words.amount} ${stage.currency}`,
        right: formatAmount(amountMinor, stage.currency, words.numerals),
        bold: true,
        size: 2,
      },
      { kind: 'feed', lines: 1 },
      { kind: 'barcode', symbology: 'code128', data: payId, humanReadable: formatPayId(payId) },
      { kind: 'feed', lines: 1 },
      { kind: 'columns', left: words.reference, right: formatPayId(payId), bold: true },
      { kind: 'columns', left: words.expires, right: expires },
      { kind: 'columns', left: words.merchant, right: stage.merchantName },
      { kind: 'columns', left: words.merchantRef, right: stage.merchantRef },
      ...descriptionBlocks(stage.description, words),
      { kind: 'rule' },
      ...words.steps.map((text): Block => ({ kind: 'text', text })),
      ...marks(head),
      { kind: 'cut' },
    ],
  }
}

/** Merchants may write 3,000 characters; paper takes the first few lines of them. */
const longestDescription = 240

function descriptionBlocks(description: string, words: SlipPaperWords): readonly Block[] {
  const text = description.replaceAll(/\p{C}+/gu, ' ').trim()
  if (text === '') return []
  const cut = Array.from(text).slice(0, longestDescription).join('')
  return [{ kind: 'text', text: `${words.description}: ${cut}` }]
}

function headBlocks(head: SlipPaperHead): readonly Block[] {
  return [
    ...marks(head),
    { kind: 'text', text: head.storeName, align: 'center', bold: true },
    ...head.headerLines.map((text): Block => ({ kind: 'text', text, align: 'center' })),
    { kind: 'feed', lines: 1 },
  ]
}

function marks({ copy, sandbox, practice, copyMark }: SlipPaperHead): readonly Block[] {
  const mark = (text: string): Block => ({
    kind: 'text',
    text: `*** ${text} ***`,
    align: 'center',
    bold: true,
  })
  return [...(copy ? [mark(copyMark)] : []), ...(sandbox ? [mark(practice)] : [])]
}
