import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWesternCharacter, printableText } from './paper-text.ts'

const western = (text: string) => printableText(text, isWesternCharacter)
const ascii = (text: string) => printableText(text, (char) => /^[ -~]$/.test(char))

test('what the printer has is printed as it is', () => {
  expect(western('Åsa Öberg, räksmörgås 25 €, señor Dupré')).toBe('Åsa Öberg, räksmörgås 25 €, señor Dupré')
})

test('letters that arrive in pieces are put together first', () => {
  expect(western('A\u030Asa')).toBe('Åsa')
})

test('a currency sign that no code page has becomes its ISO code, apart from its digits', () => {
  expect(western('₱1 234.50')).toBe('PHP\u00A01 234.50')
  expect(western('1 234.50₱')).toBe('1 234.50\u00A0PHP')
  expect(western('₱')).toBe('PHP')
  expect(ascii('€ 10')).toBe('EUR 10')
})

test('other signs become what people read them as', () => {
  expect(western('“Fish” – ½ price… 2 × \u221210')).toBe('"Fish" - ½ price... 2 × -10')
  expect(ascii('½ ‒ Ærø Łódź, naïve Größe ﬁn')).toBe('1/2 - AEro Lodz, naive Grosse fin')
})

test('what cannot be written is a question mark, one a character', () => {
  expect(western('魚 😀 \uD800')).toBe('? ? ?')
})

test('no control or format character comes through, and a line break stays', () => {
  expect(western('a\u001B@b\u001DVA\u0010\u0014c\u202Ed\u0000\u007F\u0090')).toBe('a@bVAcd')
  expect(western('one\r\ntwo\rthree\nfour\tfive')).toBe('one\ntwo\nthree\nfour five')
})

test('whatever comes in, only printable characters come out, and twice is as once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const printable of [western, ascii]) {
        const once = printable(text)
        expect(once.replaceAll(/[\n\u00A0]/g, '')).toMatch(/^[ -~¡-ÿ€]*$/)
        expect(printable(once)).toBe(once)
      }
    }),
  )
})
