/** The shop's settings as they are typed, and what is wrong with them. */
import { rateText, type Numerals } from '../../domain/numerals.ts'
import type { TenderType } from '../../domain/shop.ts'
import type { ShopSettings } from '../../domain/shop.ts'
import type { Words } from '../../words/en.ts'

export interface ShopForm extends Omit<
  ShopSettings,
  'headerLines' | 'footerLines' | 'vatRatesBasisPoints' | 'reservationMinutes'
> {
  readonly headerLines: string
  readonly footerLines: string
  /** In percent, with spaces between. */
  readonly vatRates: string
  readonly reservationMinutes: string
}

export type ShopFaults = Readonly<Partial<Record<keyof ShopForm, string>>>

export type ReadShop =
  { readonly ok: true; readonly shop: ShopSettings } | { readonly ok: false; readonly faults: ShopFaults }

export function formOf({ vatRatesBasisPoints, ...shop }: ShopSettings, numerals: Numerals): ShopForm {
  return {
    ...shop,
    headerLines: shop.headerLines.join('\n'),
    footerLines: shop.footerLines.join('\n'),
    vatRates: vatRatesBasisPoints.map((rate) => rateText(rate, numerals)).join(' '),
    reservationMinutes: String(shop.reservationMinutes),
  }
}

export function readShop(words: Words, form: ShopForm): ReadShop {
  const says = words.office.settings
  const { vatRates, ...rest } = form
  const shop: ShopSettings = {
    ...rest,
    storeName: form.storeName.trim(),
    tillName: form.tillName.trim(),
    timeZone: form.timeZone.trim(),
    headerLines: linesOf(form.headerLines),
    footerLines: linesOf(form.footerLines),
    vatRatesBasisPoints: ratesOf(vatRates) ?? [],
    reservationMinutes: Number(form.reservationMinutes),
    tenderTypes: form.tenderTypes.map((tender) => ({ ...tender, name: tender.name.trim() })),
  }
  const { reservationMinutes: minutes } = shop
  const faults: ShopFaults = {
    ...(shop.storeName === '' ? { storeName: says.missing } : {}),
    ...(shop.tillName === '' ? { tillName: says.missing } : {}),
    ...(isTimeZone(shop.timeZone) ? {} : { timeZone: says.timeZoneFault }),
    ...(areLines(shop.headerLines) ? {} : { headerLines: says.linesFault }),
    ...(areLines(shop.footerLines) ? {} : { footerLines: says.linesFault }),
    ...(areRates(shop.vatRatesBasisPoints) ? {} : { vatRates: says.vatRatesFault }),
    ...(Number.isInteger(minutes) && minutes >= 1 && minutes <= 44_640
      ? {}
      : { reservationMinutes: says.minutesFault }),
    ...(areTenders(shop.tenderTypes) ? {} : { tenderTypes: says.tenderFault }),
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, shop }
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line, index) => line !== '' || lines.slice(index).some((later) => later !== ''))
}

const areLines = (lines: readonly string[]) => lines.length <= 8 && lines.every((line) => line.length <= 48)

/** `25 12,5 0` in basis points, highest first; null when one of them is not a rate. */
function ratesOf(text: string): readonly number[] | null {
  const rates = text
    .split(/[\s;%]+/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\d{1,3}(?:[.,]\d{1,2})?$/.test(part) ? Math.round(Number(part.replace(',', '.')) * 100) : null,
    )
  const read = rates.filter((rate) => rate !== null)
  return read.length === rates.length ? read.sort((a, b) => b - a) : null
}

function areRates(rates: readonly number[]): boolean {
  const isEachOnce = new Set(rates).size === rates.length
  return rates.length >= 1 && rates.length <= 8 && isEachOnce && rates.every((rate) => rate <= 10_000)
}

function areTenders(tenders: readonly TenderType[]): boolean {
  const names = tenders.map(({ name }) => name.toLowerCase())
  return names.every((name) => name !== '' && name.length <= 24) && new Set(names).size === names.length
}

function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}
