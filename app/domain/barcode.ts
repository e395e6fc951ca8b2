/** What kind of mark was read, as far as the scanner says. */
export const symbologies = [
  'code128',
  'gs1-128',
  'ean13',
  'ean8',
  'upca',
  'upce',
  'itf',
  'code39',
  'code93',
  'codabar',
  'databar',
  'qr',
  'datamatrix',
  'pdf417',
  'aztec',
  'unknown',
] as const

export type Symbology = (typeof symbologies)[number]

export type Read = {
  readonly data: string
  readonly symbology: Symbology
  /** The three signs the scanner put in front (`]C0`), when it did. */
  readonly aim?: string
}

// ISO/IEC 15424, the code character of an AIM identifier. E and C need a closer look, see symbologyOf.
const aimSymbologies: Readonly<Record<string, Symbology>> = {
  A: 'code39',
  C: 'code128',
  E: 'ean13',
  F: 'codabar',
  G: 'code93',
  I: 'itf',
  L: 'pdf417',
  Q: 'qr',
  d: 'datamatrix',
  e: 'databar',
  z: 'aztec',
}

/** What an AIM identifier such as `]E0` says of the data behind it. EAN-13, UPC-A and UPC-E share one. */
export function symbologyOf(aim: string, data: string): Symbology {
  const [flag, code = '', modifier = ''] = aim
  if (flag !== ']') return 'unknown'
  if (code === 'C' && modifier === '1') return 'gs1-128'
  if (code !== 'E') return aimSymbologies[code] ?? 'unknown'
  if (modifier === '4') return 'ean8'
  if (data.length === 12) return 'upca'
  return data.length === 8 ? 'upce' : 'ean13'
}

/** Takes the AIM identifier, which a scanner may be set to send, off the data. */
export function splitAim(text: string): Read {
  const match = /^(\][A-Za-z][0-9A-Za-z])(.+)$/s.exec(text)
  if (match === null) return { data: text, symbology: 'unknown' }
  const [, aim = '', data = ''] = match
  return { data, symbology: symbologyOf(aim, data), aim }
}

/** The GS1 check digit for the digits before it: weights 3 and 1 from the right. */
export function checkDigitOf(digits: string): number {
  const fromRight = digits.split('').reverse()
  const weighted = fromRight.map((digit, place) => Number(digit) * (place % 2 === 0 ? 3 : 1))
  return (10 - (weighted.reduce((sum, value) => sum + value, 0) % 10)) % 10
}

function isChecked(code: string, length: number): boolean {
  if (code.length !== length || !/^\d+$/.test(code)) return false
  return checkDigitOf(code.slice(0, -1)) === Number(code.at(-1))
}

export const isEan13 = (code: string): boolean => isChecked(code, 13)
export const isEan8 = (code: string): boolean => isChecked(code, 8)
export const isUpcA = (code: string): boolean => isChecked(code, 12)
export const isItf14 = (code: string): boolean => isChecked(code, 14)

/** A UPC-A is an EAN-13 that begins with 0: both name the same article. Other text comes back as it was. */
export function ean13Of(code: string): string {
  return isUpcA(code) ? `0${code}` : code
}

/** The 12 digits of an EAN-13 that is a UPC-A, or null. */
export function upcAOf(ean: string): string | null {
  return ean.startsWith('0') && isEan13(ean) ? ean.slice(1) : null
}

/**
 * Under which codes an article may be kept, in the order to look them up: as it was read, then the other way
 * of writing a UPC-A, then the GTIN within a GS1-128.
 */
export function articleCodesOf(data: string, symbology: Symbology): readonly string[] {
  const gtin = symbology === 'gs1-128' ? /^01(\d{14})/.exec(data)?.[1] : undefined
  const others = gtin === undefined ? [data] : [gtin, gtin.replace(/^0/, '')]
  const codes = [data, ...others.flatMap((code) => [code, ean13Of(code), upcAOf(code) ?? code])]
  return [...new Set(codes)]
}

/** How a shop's own EAN-13 carries a price or a weight: the prefix, item and value digits make up 12. */
export type EmbeddedRule = {
  readonly prefix: string
  readonly kind: 'price' | 'weight'
  readonly itemDigits: number
  /** Digits between item and value that check the value and are passed over. */
  readonly skippedDigits?: number
  readonly valueDigits: number
  /** Decimals of the value: of the price in whole currency units, or of the weight in kilograms. */
  readonly decimals: number
}

const nordic = (prefix: string, kind: EmbeddedRule['kind'], decimals: number): EmbeddedRule => ({
  prefix,
  kind,
  itemDigits: 6,
  valueDigits: 4,
  decimals,
})

/** GS1 Sweden, variable measure numbers: 20 to 22 carry the price in kronor, 23 to 25 the weight in kilograms. */
export const nordicRules: readonly EmbeddedRule[] = [
  nordic('20', 'price', 2),
  nordic('21', 'price', 1),
  nordic('22', 'price', 0),
  nordic('23', 'weight', 3),
  nordic('24', 'weight', 2),
  nordic('25', 'weight', 1),
]

/** Does the rule fill an EAN-13 exactly, with a prefix that is a shop's own to use? */
export function isUsableRule(rule: EmbeddedRule): boolean {
  const counts = [rule.itemDigits, rule.skippedDigits ?? 0, rule.valueDigits, rule.decimals]
  if (!/^(?:02|04|2)\d{0,3}$/.test(rule.prefix)) return false
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) return false
  if (rule.itemDigits < 1 || rule.valueDigits < 1 || rule.decimals > 3) return false
  return rule.prefix.length + rule.itemDigits + (rule.skippedDigits ?? 0) + rule.valueDigits === 12
}

export type Embedded = {
  readonly kind: 'price' | 'weight'
  /** The article's own code with the value left at zero, a valid EAN-13: what the catalogue keeps it under. */
  readonly articleCode: string
  /** The item digits alone, without prefix: the number a scale knows the article by. */
  readonly item: string
  readonly value: number
  readonly decimals: number
}

/** The price or weight that an EAN-13 carries by the first rule with its prefix, or null when it carries none. */
export function readEmbedded(ean: string, rules: readonly EmbeddedRule[]): Embedded | null {
  if (!isEan13(ean)) return null
  const rule = rules.find((rule) => isUsableRule(rule) && ean.startsWith(rule.prefix))
  if (rule === undefined) return null
  const itemEnd = rule.prefix.length + rule.itemDigits
  const stem = ean.slice(0, itemEnd).padEnd(12, '0')
  return {
    kind: rule.kind,
    articleCode: `${stem}${checkDigitOf(stem)}`,
    item: ean.slice(rule.prefix.length, itemEnd),
    value: Number(ean.slice(12 - rule.valueDigits, 12)),
    decimals: rule.decimals,
  }
}

/** The value as an integer of so many decimals (2 for öre, 3 for grams), or null where digits would be lost. */
export function valueAt(embedded: Embedded, decimals: number): number | null {
  const scaled =
    decimals >= embedded.decimals
      ? embedded.value * 10 ** (decimals - embedded.decimals)
      : embedded.value / 10 ** (embedded.decimals - decimals)
  return Number.isInteger(scaled) ? scaled : null
}

/** The bar code of a receipt, for Code 128: `R-00000123`, with a till's own mark `R-00000123-T2`. */
export function receiptBarcode(receiptNumber: number, terminal = ''): string {
  const number = `R-${String(receiptNumber).padStart(8, '0')}`
  return terminal === '' ? number : `${number}-${terminal}`
}

/**
 * What tells one till's receipts from another's in their bar codes: its name, where Code 128 can carry it briefly
 * enough for narrow paper; else empty.
 */
export function tillMark(tillName: string): string {
  const mark = tillName.trim().toUpperCase()
  return /^[0-9A-Z]{1,4}$/.test(mark) ? mark : ''
}

/** Is it a receipt of the till with this name? A code without a mark could be of any; it is taken for its own. */
export function isOwnReceipt({ terminal }: ReceiptCode, tillName: string): boolean {
  return terminal === '' || terminal === tillMark(tillName)
}

export type ReceiptCode = { readonly receiptNumber: number; readonly terminal: string }

/**
 * Reads {@link receiptBarcode} back, or null. A keyboard scanner set to another country's keys turns the hyphen
 * into another sign, so any one of those will do.
 */
export function readReceiptBarcode(text: string): ReceiptCode | null {
  const match = /^R[-+/'?_](\d{8,15})(?:[-+/'?_]([0-9A-Z]{1,12}))?$/i.exec(text.trim())
  if (match === null) return null
  return { receiptNumber: Number(match[1]), terminal: (match[2] ?? '').toUpperCase() }
}

/** The reference when what was read can be that of a 7-CONNECT slip: 12 digits, hyphens allowed. */
export function slipReferenceOf(data: string): string | null {
  return /^(?:\d{12}|\d{4}-\d{4}-\d{4})$/.test(data) ? data.replaceAll('-', '') : null
}
