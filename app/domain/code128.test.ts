import { scanGrayBuffer } from '@undecaf/zbar-wasm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  code128Check,
  code128EscPos,
  code128ModuleCount,
  code128Modules,
  code128Of,
  code128Widths,
} from './code128.ts'

/** Draws the bars in grey pixels, three a module, and lets zbar read them: it knows nothing of our tables. */
async function readByZbar(modules: readonly boolean[]): Promise<string[]> {
  const [quiet, dots, height] = [12, 3, 40]
  const line = [...Array<boolean>(quiet).fill(false), ...modules, ...Array<boolean>(quiet).fill(false)]
  const row = line.flatMap((black) => Array<number>(dots).fill(black ? 0 : 255))
  const pixels = Uint8Array.from(Array.from({ length: height }, () => row).flat())
  const found = await scanGrayBuffer(pixels.buffer, row.length, height)
  return found.map((symbol) => `${symbol.typeName} ${symbol.decode()}`)
}

test('a slip of twelve digits is pure set C: start C and six symbol characters', () => {
  const code = code128Of('991308500305')
  expect(code?.segments).toEqual([{ set: 'C', text: '991308500305' }])
  expect(code?.symbols).toEqual([105, 99, 13, 8, 50, 3, 5])
})

test('the check character is the weighted sum modulo 103', () => {
  // 105 + 99 + 2*13 + 3*8 + 4*50 + 5*3 + 6*5 = 499, and 499 mod 103 = 87.
  expect(code128Check([105, 99, 13, 8, 50, 3, 5])).toBe(87)
})

test('bars are eleven modules a character and thirteen for the stop', () => {
  const widths = code128Widths([105, 99, 13, 8, 50, 3, 5])
  expect(widths.reduce((sum, width) => sum + width, 0)).toBe(11 * 8 + 13)
  expect(widths.length % 2).toBe(1)
  expect(code128ModuleCount('991308500305')).toBe(101)
})

test.each([
  '991308500305',
  '000000000000',
  'R2026-000123',
  '12345',
  'abc123456def',
  'A{B}C',
  '\u0001\u001FAb9',
  'x',
])('zbar reads %j back from the bars', async (data) => {
  expect(await readByZbar(code128Modules(data) ?? [])).toEqual([`ZBAR_CODE128 ${data}`])
})

test('zbar reads any slip number back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^\d{12}$/), async (slip) => {
      expect(await readByZbar(code128Modules(slip) ?? [])).toEqual([`ZBAR_CODE128 ${slip}`])
    }),
    { numRuns: 40 },
  )
})

test('zbar reads any printable ASCII back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[ -~]{1,24}$/), async (data) => {
      expect(await readByZbar(code128Modules(data) ?? [])).toEqual([`ZBAR_CODE128 ${data}`])
    }),
    { numRuns: 60 },
  )
})

test('the segments hold the data, and no writing in one set alone is shorter', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z-]{1,30}$/), (data) => {
      const code = code128Of(data)
      expect(code?.segments.map((segment) => segment.text).join('')).toBe(data)
      expect(code?.symbols.length).toBeLessThanOrEqual(data.length + 1)
    }),
  )
})

test('every value has a pattern of its own', () => {
  const drawn = Array.from({ length: 103 }, (_, value) => code128Widths([value]).slice(0, 6).join(''))
  expect(new Set(drawn).size).toBe(103)
})

test('the payload of GS k 73 packs digits in pairs after {C', () => {
  expect([...(code128EscPos('001234567890') ?? [])]).toEqual([0x7b, 0x43, 0, 12, 34, 56, 78, 90])
})

test('the payload switches sets in the middle and doubles a brace', () => {
  const text = (data: string) => String.fromCharCode(...(code128EscPos(data) ?? []))
  expect(text('A{b')).toBe('{BA{{b')
  expect(text('R12345678')).toBe('{BR{C\u000C\u0022\u0038\u004E')
})

test('what Code 128 cannot carry is refused', () => {
  expect(code128Of('')).toBeNull()
  expect(code128Of('Åsa')).toBeNull()
  expect(code128Modules('€')).toBeNull()
  expect(code128EscPos('x'.repeat(254))).toBeNull()
  expect(code128EscPos('x'.repeat(253))).toHaveLength(255)
})
