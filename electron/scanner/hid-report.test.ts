import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeReport, halfReadLimitMs, reportsIn, takeReport, type HalfRead } from './hid-report.ts'
import { posReport, posReports } from './hid.fake.ts'

function readAll(reports: readonly Uint8Array[], gapMs = 2): string[] {
  const reads: string[] = []
  let half: HalfRead | null = null
  for (const [place, report] of reports.entries()) {
    const step = takeReport(half, report, place * gapMs)
    half = step.half
    if (step.raw !== null) reads.push(step.raw)
  }
  return reads
}

test('the report of the reader manual is read: ]Q0, 56 bytes, more to follow', () => {
  // Access-IS LSR118 product manual, appendix B.1.1: a boarding pass of 60 bytes in two reports.
  const data = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   '.padEnd(60, '7')
  const [first, second] = posReports(']Q0', data)
  expect(decodeReport(first ?? new Uint8Array())).toMatchObject({ kind: 'part', aim: ']Q0', more: true })
  expect(decodeReport(second ?? new Uint8Array())).toMatchObject({ bytes: [55, 55, 55, 55], more: false })
  expect(readAll(posReports(']Q0', data))).toEqual([`]Q0${data}`])
})

test('a one-report EAN-13 comes with its AIM identifier', () => {
  expect(readAll([posReport(']E0', '7310865004703')])).toEqual([']E07310865004703'])
})

test('a reader that sends id, length and data is read, whatever stands in front of the data', () => {
  const report = new Uint8Array(64)
  report.set([1, 11, ...Buffer.from(']A0KASSA-01', 'latin1')])
  expect(readAll([report])).toEqual([']A0KASSA-01'])
})

test('bytes that are no AIM identifier are left away', () => {
  expect(readAll([posReport('\0\0\0', '7310865004703')])).toEqual(['7310865004703'])
})

test('letters beyond ASCII are read as UTF-8, or as Latin-1 where they are not that', () => {
  expect(readAll([posReport(']Q0', 'Kött å ₱')])).toEqual([']Q0Kött å ₱'])
  expect(readAll([posReport(']Q0', Uint8Array.from([0x4b, 0xf6, 0x74, 0x74]))])).toEqual([']Q0Kött'])
})

test('a letter cut in two by the end of a report is whole again', () => {
  const data = `${'x'.repeat(55)}åäö`
  expect(readAll(posReports(']Q0', data))).toEqual([`]Q0${data}`])
})

test.each([
  ['nothing', new Uint8Array(), 'otherReport'],
  ['another report id', Uint8Array.from([9, 3, 1, 2, 3]), 'otherReport'],
  ['no data', posReport(']E0', ''), 'empty'],
  ['a length beyond the report', Uint8Array.from([2, 57, ...new Uint8Array(62)]), 'lengthIsWrong'],
  ['a report cut short', posReport(']E0', '7310865004703').subarray(0, 12), 'tooShort'],
  ['more to follow a report that is not full', posReport(']E0', '123', true), 'lengthIsWrong'],
])('%s is ignored', (_what, report, reason) => {
  expect(decodeReport(report)).toEqual({ kind: 'ignored', reason })
})

test('a report that ends after its data is read', () => {
  expect(readAll([posReport(']E0', '7310865004703').subarray(0, 18)])).toEqual([']E07310865004703'])
})

test('half a bar code is thrown away when the rest stays out', () => {
  const [first] = posReports(']Q0', 'x'.repeat(100))
  const half = takeReport(null, first ?? new Uint8Array(), 0).half
  expect(takeReport(half, posReport(']E0', '7310865004703'), 3).raw).toBe(']E07310865004703')
  expect(takeReport(half, posReport(']Q0', 'next'), halfReadLimitMs + 1).raw).toBe(']Q0next')
  expect(takeReport(half, posReport(']Q0', 'rest'), halfReadLimitMs).raw).toBe(`]Q0${'x'.repeat(56)}rest`)
})

test('an endless bar code does not fill the memory', () => {
  const endless = Array.from({ length: 1000 }, () => posReport(']Q0', 'x'.repeat(56), true))
  let half: HalfRead | null = null
  for (const report of endless) half = takeReport(half, report, 0).half
  expect(half?.bytes.length ?? 0).toBeLessThanOrEqual(8192)
})

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 300 })
  .map((data) => data.replaceAll('\uFEFF', ''))
const aim = fc.constantFrom(']C0', ']C1', ']E0', ']E4', ']Q1', ']d2')
const barcode = fc.tuple(
  aim,
  text.filter((data) => data !== ''),
)

test('whatever bar codes are sent, split over as many reports as they need, come out the same', () => {
  fc.assert(
    fc.property(fc.array(barcode, { maxLength: 8 }), (codes) => {
      const reads = readAll(codes.flatMap(([aim, data]) => posReports(aim, data)))
      expect(reads).toEqual(codes.map(([aim, data]) => aim + data))
    }),
  )
})

test('reports that a driver runs together are told apart', () => {
  fc.assert(
    fc.property(fc.array(barcode, { minLength: 1, maxLength: 6 }), (codes) => {
      const reports = codes.flatMap(([aim, data]) => posReports(aim, data))
      expect(readAll(reportsIn(Buffer.concat(reports)))).toEqual(codes.map(([aim, data]) => aim + data))
    }),
  )
})

test('other reports in between change nothing', () => {
  const noise = fc.uint8Array({ maxLength: 70 }).filter((bytes) => bytes[0] !== 1 && bytes[0] !== 2)
  fc.assert(
    fc.property(fc.array(fc.tuple(barcode, noise), { maxLength: 8 }), (codes) => {
      const reports = codes.flatMap(([[aim, data], noise]) =>
        posReports(aim, data).flatMap((one) => [noise, one]),
      )
      expect(readAll(reports)).toEqual(codes.map(([[aim, data]]) => aim + data))
    }),
  )
})

test('garbage never throws, and the next bar code after it is read whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 20 }),
      barcode,
      (garbage, [aim, data]) => {
        let half: HalfRead | null = null
        for (const bytes of garbage)
          for (const report of reportsIn(bytes)) half = takeReport(half, report, 0).half
        let raw: string | null = null
        for (const report of posReports(aim, data))
          ({ half, raw } = takeReport(half, report, halfReadLimitMs + 1))
        expect(raw).toBe(aim + data)
      },
    ),
  )
})
