import type { Permission } from '../../contract/views.ts'

/** In the order of the page: what a cashier does most often first. */
export const permissions: readonly Permission[] = [
  'discount',
  'priceOverride',
  'returnGoods',
  'refund',
  'cancelReceipt',
  'cashMovement',
  'openDrawer',
  'closeShift',
  'issueSlip',
]

export const onlyDigits = (text: string): string => text.replaceAll(/\D/g, '').slice(0, 12)

export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text)
