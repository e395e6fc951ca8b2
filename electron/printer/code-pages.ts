import type { CodePage } from '../../app/domain/printer-profile.ts'

interface CodePageTable {
  /** The n of `ESC t n` (Epson's numbers, which nearly every maker of ESC/POS printers uses). */
  readonly number: number
  /** The characters of the bytes 0x80 to 0xFF; the replacement character where the page has none. */
  readonly upper: string
}

export const codePages = {
  cp437: {
    number: 0,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
      'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
      '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
      'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
  },
  cp850: {
    number: 2,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
      'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
      '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
      'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0',
  },
  cp865: {
    number: 5,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒ' +
      'áíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
      '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
      'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
  },
  wpc1252: {
    number: 16,
    upper:
      '€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ' +
      '\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿' +
      'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß' +
      'àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  },
  cp866: {
    number: 17,
    upper:
      'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' +
      'абвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
      '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
      'рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00A0',
  },
  cp852: {
    number: 18,
    upper:
      'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č' +
      'áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
      '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀' +
      'ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00AD˝˛ˇ˘§÷¸°¨˙űŘř■\u00A0',
  },
  cp858: {
    number: 19,
    upper:
      'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
      'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
      '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀' +
      'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0',
  },
} as const satisfies Record<CodePage, CodePageTable>

const bytesByPage = new Map(
  Object.entries(codePages).map(([page, { upper }]) => [
    page,
    new Map(Array.from(upper, (char, index) => [char, index + 0x80])),
  ]),
)

/** The byte of a character on a page, or null when the page lacks it. ASCII is the same on all of them. */
export function byteOn(page: CodePage, char: string): number | null {
  const code = char.codePointAt(0) ?? 0
  if (code >= 0x20 && code <= 0x7e) return code
  return char === '\uFFFD' ? null : (bytesByPage.get(page)?.get(char) ?? null)
}

/** The character of a printable byte on a page, or null when there is none. */
export function charOn(page: CodePage, byte: number): string | null {
  if (byte < 0x80) return byte >= 0x20 && byte !== 0x7f ? String.fromCharCode(byte) : null
  const char = codePages[page].upper.charAt(byte - 0x80)
  return char === '\uFFFD' || char === '' ? null : char
}

/** The page that `ESC t n` chooses, or null for a number that stands for none of ours. */
export function codePageOfNumber(number: number): CodePage | null {
  const names = Object.keys(codePages) as CodePage[]
  return names.find((name) => codePages[name].number === number) ?? null
}
