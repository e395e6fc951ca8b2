import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { CodePage } from '../../app/domain/printer-profile.ts'
import { byteOn, charOn, codePageOfNumber, codePages } from './code-pages.ts'

const encodings: Record<CodePage, string> = {
  cp437: 'cp437',
  cp850: 'cp850',
  cp852: 'cp852',
  cp858: 'cp858',
  cp865: 'cp865',
  cp866: 'cp866',
  wpc1252: 'cp1252',
}
const names = Object.keys(codePages) as CodePage[]

test.each(names)('%s is what iconv-lite knows it as, byte by byte', (page) => {
  for (let byte = 0x20; byte < 0x100; byte += 1) {
    if (byte === 0x7f) continue
    const known = iconv.decode(Buffer.from([byte]), encodings[page])
    expect(charOn(page, byte) ?? '\uFFFD').toBe(known)
    if (known !== '\uFFFD') expect(byteOn(page, known)).toBe(byte)
  }
})

test('no page gives a byte to a control character or to what it lacks', () => {
  for (const page of names) {
    expect(
      ['\u001B', '\u001D', '\n', '\u007F', '\uFFFD', '₱', '魚'].map((char) => byteOn(page, char)),
    ).toEqual(Array(7).fill(null))
    expect(charOn(page, 0x1b)).toBeNull()
  }
})

test('the numbers of ESC t are those of the command reference', () => {
  expect(names.map((page) => [page, codePages[page].number])).toEqual([
    ['cp437', 0],
    ['cp850', 2],
    ['cp865', 5],
    ['wpc1252', 16],
    ['cp866', 17],
    ['cp852', 18],
    ['cp858', 19],
  ])
  expect(names.map((page) => codePageOfNumber(codePages[page].number))).toEqual(names)
  expect(codePageOfNumber(255)).toBeNull()
})
