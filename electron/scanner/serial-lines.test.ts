import fc from 'fast-check'
import { expect, test } from 'vitest'
import { halfLineLimitMs, noLine, takeText, type LineSettings } from './serial-lines.ts'

const plain: LineSettings = { terminator: '\r', prefix: '' }

function readAll(pieces: readonly string[], settings: LineSettings = plain, gapMs = 1): string[] {
  let half = noLine
  return pieces.flatMap((piece, place) => {
    const step = takeText(half, piece, 1000 + place * gapMs, settings)
    half = step.half
    return step.lines
  })
}

test('a bar code ends at its terminator', () => {
  expect(readAll([']E07310865004703\r'])).toEqual([']E07310865004703'])
})

test('the other half of a line end does not stick to the next bar code', () => {
  expect(readAll(['111\r\n222\r\n'])).toEqual(['111', '222'])
  expect(readAll(['111\r\n222\r\n'], { terminator: '\n', prefix: '' })).toEqual(['111', '222'])
})

test('a line end of two signs may be cut between them', () => {
  expect(readAll(['111\r', '\n222\r', '\n'], { terminator: '\r\n', prefix: '' })).toEqual(['111', '222'])
})

test('empty lines are nothing', () => {
  expect(readAll(['\r\r \r111\r'])).toEqual(['111'])
})

test('what stands before the prefix is noise, and a line without it is none of the scanner’s', () => {
  const settings: LineSettings = { terminator: '\r', prefix: '\u0002' }
  expect(readAll(['\u00FF\u0002111\r', 'noise\r', '\u000222\u0002333\r'], settings)).toEqual(['111', '333'])
})

test('half a line is thrown away when the rest stays out', () => {
  expect(readAll(['111', '222\r'], plain, halfLineLimitMs + 1)).toEqual(['222'])
  expect(readAll(['111', '222\r'], plain, halfLineLimitMs)).toEqual(['111222'])
})

test('a line without end does not fill the memory, and the next one is read', () => {
  const endless = Array.from({ length: 40 }, () => 'x'.repeat(1000))
  expect(readAll([...endless, 'tail\r111\r'])).toEqual(['111'])
  let half = noLine
  for (const piece of endless) half = takeText(half, piece, 1000, plain).half
  expect(half.text.length).toBeLessThan(10_000)
})

test('however the bytes are split or run together, the bar codes are the same', () => {
  const sign = fc.constantFrom(...'0123456789ABCxyz-./ ]åäö'.split(''))
  const line = fc
    .array(sign, { minLength: 1, maxLength: 60 })
    .map((signs) => signs.join(''))
    .filter((text) => text.trim() !== '')
  const settings = fc.record({
    terminator: fc.constantFrom('\r', '\n', '\r\n', '\t'),
    prefix: fc.constantFrom('', '\u0002', '~~'),
  })
  fc.assert(
    fc.property(
      fc.array(line),
      settings,
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (lines, settings, sizes) => {
        const stream = lines.map((text) => settings.prefix + text + settings.terminator).join('')
        const pieces: string[] = []
        for (let at = 0; at < stream.length;) {
          const size = sizes.next().value
          pieces.push(stream.slice(at, at + size))
          at += size
        }
        expect(readAll(pieces, settings)).toEqual(lines)
        expect(readAll([stream], settings)).toEqual(lines)
      },
    ),
  )
})
