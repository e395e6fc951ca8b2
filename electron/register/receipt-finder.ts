import { setImmediate as breath } from 'node:timers/promises'
import { isOwnReceipt, readReceiptBarcode } from '../../app/domain/barcode.ts'
import { parseAmount } from '../../app/domain/money.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import type { Reader } from '../storage/database.ts'
import type { ReceiptSearch } from '../storage/receipts.ts'
import { findReceipts, receiptNumbersIn } from '../storage/receipts.ts'
import type { ShopSettings } from './settings.ts'

/** How many receipts are looked through in one go: some milliseconds, so that no open payment waits for a search. */
const usualStretch = 1000

type Bounded = ReceiptSearch & Required<Pick<ReceiptSearch, 'from' | 'before'>>

export interface FoundReceipts {
  /** The newest first. */
  readonly receipts: readonly Receipt[]
  /** Whether there may be more below the last, or below this number; null when that was all. */
  readonly next: number | null
}

/**
 * Finds receipts by what a person types: a number, a bar code, an amount, a SEQR reference, a cashier, a part of an
 * article's name. One text can be several things, and all that it can be is looked for. What no index serves is
 * looked for a stretch at a time, with the till at work in between; a newer search breaks it off.
 */
export function receiptFinder(db: Reader, settings: () => ShopSettings, stretch = usualStretch) {
  let newest = 0

  /** Both its bounds are known: only receipts of the period have such numbers. */
  async function throughAll(search: Bounded): Promise<FoundReceipts> {
    newest += 1
    const mine = newest
    const { limit, from: lowest } = search
    const receipts: Receipt[] = []
    let below = search.before
    while (below > lowest && receipts.length < limit) {
      if (mine !== newest) return { receipts, next: below }
      const from = Math.max(lowest, below - stretch)
      receipts.push(...findReceipts(db, { ...search, from, before: below, limit: limit - receipts.length }))
      below = from
      await breath()
    }
    return { receipts, next: null }
  }

  return async (asked: string, { before = Infinity, ...wanted }: ReceiptSearch): Promise<FoundReceipts> => {
    const text = asked.trim()
    const { lowest, highest } = receiptNumbersIn(db, wanted)
    const page = { ...wanted, from: lowest, before: Math.min(before, highest + 1) }
    const { byIndex, through } = searchesFor(text, settings())
    const found = new Map<string, Receipt>()
    const keep = (receipts: readonly Receipt[]) => receipts.forEach((one) => found.set(one.id, one))
    for (const one of byIndex) keep(findReceipts(db, { ...page, ...one, limit: page.limit + 1 }))
    const rest = through === null ? null : await throughAll({ ...page, ...through, limit: page.limit + 1 })
    keep(rest?.receipts ?? [])
    const brokenOffAt = rest?.next ?? null
    const receipts = [...found.values()]
      .filter(({ number }) => brokenOffAt === null || (number ?? 0) >= brokenOffAt)
      .sort((a, b) => (b.number ?? 0) - (a.number ?? 0))
    const shown = receipts.slice(0, page.limit)
    return {
      receipts: shown,
      next: receipts.length > page.limit ? (shown.at(-1)?.number ?? null) : brokenOffAt,
    }
  }
}

function searchesFor(
  text: string,
  { currency, tillName }: Pick<ShopSettings, 'currency' | 'tillName'>,
): { readonly byIndex: readonly Partial<ReceiptSearch>[]; readonly through: Partial<ReceiptSearch> | null } {
  if (text === '') return { byIndex: [{}], through: null }
  const scanned = readReceiptBarcode(text)
  if (scanned !== null) {
    const isOwn = isOwnReceipt(scanned, tillName)
    return { byIndex: isOwn ? [{ number: scanned.receiptNumber }] : [], through: null }
  }
  // A refund's total is negative, and typed as it stands there.
  const amount = parseAmount(text.replace(/^[-\u2212]/, ''), currency)
  const isNumber = /^\d{1,9}$/.test(text)
  const byIndex = [...(isNumber ? [{ number: Number(text) }] : []), { ersReference: text }]
  if (amount.ok) return { byIndex, through: { amountMinor: amount.amountMinor } }
  return { byIndex, through: isNumber ? null : { text } }
}
