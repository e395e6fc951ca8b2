import { z } from 'zod'
import type { Currency } from '../domain/money.ts'
import { currencies } from '../domain/money.ts'
import type { ShopSettings } from '../domain/shop.ts'

const line = z.string().max(48)

/** Checks the shop's settings where they come in: from the settings page and from disk. */
export const shopSchema: z.ZodType<ShopSettings> = z.strictObject({
  storeName: z.string().min(1).max(40),
  tillName: z.string().min(1).max(24),
  headerLines: z.array(line).max(8),
  footerLines: z.array(line).max(8),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
  language: z.enum(['en', 'sv']),
  timeZone: z
    .string()
    .max(64)
    .refine((zone) => isTimeZone(zone)),
  vatRatesBasisPoints: z.array(z.int().min(0).max(10_000)).min(1).max(8),
  tenderTypes: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(32),
        name: z.string().min(1).max(24),
        asksReference: z.boolean(),
      }),
    )
    .max(12),
  reservationMinutes: z.int().min(1).max(44_640),
  paperColumns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
  blindCount: z.boolean(),
})

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
