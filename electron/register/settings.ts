import { shopSchema } from '../../app/contract/shop-schema.ts'
import { firstShop } from '../../app/domain/shop.ts'
import type { ShopSettings } from '../../app/domain/shop.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
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
