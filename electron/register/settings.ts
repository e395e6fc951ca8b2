import { shopSchema } from '../../app/contract/shop-schema.ts'
import { firstShop } from '../../app/domain/shop.ts'
import type { ShopSettings } from '../../app/domain/shop.ts'
import type { Reader } from '../storage/database.ts'
import { openPayments } from '../storage/payments.ts'
import { receiptNumbersIn, receiptsInState } from '../storage/receipts.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import { openShift } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'

export type { ShopSettings } from '../../app/domain/shop.ts'

/** The shop's settings as they are on disk; what is missing or no longer fits falls back to what a till starts with. */
export function shopSettings(desk: Desk): ShopSettings {
  const stored = readSetting<Record<string, unknown>>(desk.storage.read, 'shop', {})
  const merged = shopSchema.safeParse({ ...firstShop, ...stored })
  return merged.success ? merged.data : firstShop
}

/** Saves them; call within a transaction. */
export function saveShopSettings(desk: Desk, settings: ShopSettings, by: string): void {
  writeSetting(desk.storage.write, 'shop', settings, by)
}

/**
 * Why the shop's currency has to stay: amounts are open in it, or a real till's books are kept in it. Null where it is
 * free. What a practice till has finished binds nobody.
 */
export function currencyHeld(read: Reader, isPractice: boolean): CurrencyHold | null {
  const isOpen =
    openShift(read) !== null ||
    receiptsInState(read, ['open', 'parked']).length > 0 ||
    openPayments(read).length > 0
  if (isOpen) return 'currencyInShift'
  return !isPractice && receiptNumbersIn(read, {}).highest > 0 ? 'currencyInBooks' : null
}

export type CurrencyHold = 'currencyInShift' | 'currencyInBooks'
