/** A space that holds its neighbours together when lines are broken; it is printed as a plain space. */
export const holdingSpace = '\u00A0'

// What a sign becomes when the printer doesn't have it. All of it is ASCII.
const substitutes: Readonly<Record<string, string>> = {
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2015': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201A': "'",
  '\u2032': "'",
  '´': "'",
  '\u201C': '"',
  '\u201D': '"',
  '\u201E': '"',
  '\u2033': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '…': '...',
  '•': '*',
  '·': '.',
  '×': 'x',
  '÷': '/',
  '⁄': '/',
  '→': '->',
  '←': '<-',
  '✓': 'v',
  '©': '(C)',
  '®': '(R)',
  '™': 'TM',
  '№': 'No',
  '°': 'o',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ẞ: 'SS',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
}

const currencyCodes: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₱': 'PHP',
  '₹': 'INR',
  '₩': 'KRW',
  '₫': 'VND',
  '₽': 'RUB',
  '₺': 'TRY',
  '₴': 'UAH',
  '₪': 'ILS',
  '฿': 'THB',
  '₦': 'NGN',
  '₡': 'CRC',
  '₲': 'PYG',
  '₵': 'GHS',
  '₸': 'KZT',
  '₼': 'AZN',
  '₾': 'GEL',
  '₮': 'MNT',
  '₭': 'LAK',
  '៛': 'KHR',
  '₿': 'BTC',
  '₧': 'ESP',
}

/**
 * The text in characters that the printer has, besides line feeds and the holding space.
 * Control and format characters are gone; a currency sign becomes its ISO code, an accent is dropped before a letter
 * is; what is left over becomes a question mark. Doing it twice changes nothing.
 */
export function printableText(text: string, canPrint: (char: string) => boolean): string {
  const plain = text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[^\P{C}\n]/gu, (char) => (/\p{Cs}|\p{Co}|\p{Cn}/u.test(char) ? '?' : ''))
    .normalize('NFC')
  const spelled = plain.replaceAll(/\p{Sc}/gu, (sign, offset: number) =>
    canPrint(sign) ? sign : spelledCurrency(sign, plain[offset - 1], plain[offset + sign.length]),
  )
  return Array.from(spelled, (char) => printableChar(char, canPrint)).join('')
}

/** What printers in Western Europe have: ASCII, Latin-1 and the euro sign. */
export function isWesternCharacter(char: string): boolean {
  return /^[ -~\u00A1-\u00AC\u00AE-\u00FF€]$/u.test(char)
}

function spelledCurrency(sign: string, before: string | undefined, after: string | undefined): string {
  const code = currencyCodes[sign]
  if (code === undefined) return sign
  const isDigit = (char: string | undefined) => char !== undefined && /[\d.,]/.test(char)
  return (isDigit(before) ? holdingSpace : '') + code + (isDigit(after) ? holdingSpace : '')
}

function printableChar(char: string, canPrint: (char: string) => boolean): string {
  if (char === '\n' || char === ' ' || char === holdingSpace) return char
  if (/[\u202F\u2007]/.test(char)) return holdingSpace
  if (/\p{Zs}/u.test(char)) return ' '
  if (/\p{M}/u.test(char)) return ''
  if (canPrint(char)) return char
  const substitute = substitutes[char]
  if (substitute !== undefined) return substitute
  const parts = Array.from(
    char.normalize('NFKD').replaceAll(/\p{M}/gu, ''),
    (part) => substitutes[part] ?? part,
  )
  const joined = parts.join('')
  const isClean = joined !== '' && joined !== char && Array.from(joined).every((part) => canPrint(part))
  return isClean ? joined : '?'
}
