import { scanGrayBuffer } from '@undecaf/zbar-wasm'
import { expect, test } from 'vitest'
import { code128Widths } from '../../app/domain/code128.ts'
import type { IssuedStage } from '../../app/domain/issued-slip.ts'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import { sampleSlip } from '../../app/domain/slip.fake.ts'
import { issuedSlipPaper, slipProofPaper, type SlipPaperHead } from '../../app/domain/slip-paper.ts'
import { slipPaperWords } from '../../app/words/slip-paper.ts'
import { encodePaper } from '../printer/escpos-bytes.ts'
import { readEscpos } from '../printer/escpos-reader.ts'

const payId = '991308500305'
const head: SlipPaperHead = {
  storeName: 'Kiosk Solsidan',
  headerLines: [],
  tillName: '1',
  sandbox: false,
  copy: false,
  time: (atMs) => new Date(atMs).toISOString().slice(0, 16),
  words: slipPaperWords.en,
  practice: 'PRACTICE',
  copyMark: 'COPY',
}
const issued: IssuedStage = {
  name: 'PENDING',
  merchantID: 'citypower',
  merchantName: 'City Light & Power',
  merchantRef: 'A-77',
  description: 'Electricity, March',
  currency: 'PHP',
  expiresAtMs: 172_800_000,
  said: '',
}
const taken = {
  payID: payId,
  requestID: 'request-1',
  slip: { ...sampleSlip, receiptRemarks: '' },
  takenAtMs: 0,
} as const

/** Draws the bars that a printer makes of these symbol characters, for a decoder that knows nothing of our tables. */
async function readByZbar(symbols: readonly number[], dots: number): Promise<string[]> {
  const quiet = Array<boolean>(12).fill(false)
  const bars = code128Widths(symbols).flatMap((width, index) => Array<boolean>(width).fill(index % 2 === 0))
  const row = [...quiet, ...bars, ...quiet].flatMap((black) => Array<number>(dots).fill(black ? 0 : 255))
  const pixels = Uint8Array.from(Array.from({ length: 40 }, () => row).flat())
  const found = await scanGrayBuffer(pixels.buffer, row.length, 40)
  return found.map((symbol) => `${symbol.typeName} ${symbol.decode()}`)
}

test.each([printerProfiles.standard58, printerProfiles.standard80])(
  'an issued slip’s printed bytes hold Code 128 set C of the bare digits, and zbar reads them back ($columns columns)',
  async (profile) => {
    const paper = issuedSlipPaper({ payId, amountMinor: 125_050, stage: issued }, head)
    const printed = readEscpos(encodePaper(paper, profile), profile.columns)
    expect(printed.faults).toEqual([])
    const code = printed.items.find((item) => item.kind === 'barcode')
    if (code?.kind !== 'barcode') throw new Error('no bar code was printed')
    expect(code.symbols).toEqual([105, 99, 13, 8, 50, 3, 5])
    expect(await readByZbar(code.symbols, code.moduleDots)).toEqual([`ZBAR_CODE128 ${payId}`])
    const text = printedLines(printed).join('\n')
    for (const part of ['9913-0850-0305', '1 250.50', '1970-01-03T00:00', 'City Light & Power', 'A-77'])
      expect(text).toContain(part)
    expect(text).toContain('For: Electricity, March')
    for (const step of slipPaperWords.en.steps) expect(text.replaceAll(/\s+/g, ' ')).toContain(step)
  },
)

test('remarks are lines of 32 columns: | begins a new one, the excess is cut, and nothing speaks to the printer', () => {
  const remarks = `Thank you|${'x'.repeat(40)}|\u001B@|Order 7`
  const paper = slipProofPaper({ ...taken, name: 'posted', authCode: 'A1', remarks }, 12, head)
  const profile = printerProfiles.standard80
  const printed = readEscpos(encodePaper(paper, profile), profile.columns)
  expect(printed.faults).toEqual([])
  const lines = printedLines(printed).map((line) => line.trimEnd())
  const at = lines.indexOf('Thank you')
  expect(lines.slice(at, at + 4)).toEqual(['Thank you', 'x'.repeat(32), '@', 'Order 7'])
})

test('the paper says whether the slip is confirmed, waits, is declined or was given back', () => {
  const titleOf = (...[stage]: Parameters<typeof slipProofPaper>) =>
    JSON.stringify(slipProofPaper(stage, null, head).blocks)
  expect(titleOf({ ...taken, name: 'posted', authCode: 'A1', remarks: '' }, null, head)).toContain('A1')
  expect(titleOf({ ...taken, name: 'confirming', attempt: 2, nextAtMs: 0 }, null, head)).toContain(
    'WILL BE CONFIRMED',
  )
  expect(
    titleOf({ ...taken, name: 'confirmDeclined', reason: 'merchantRefused', said: '' }, null, head),
  ).toContain('NOT ACCEPTED')
  const back = {
    name: 'givenBack',
    after: 'confirmDeclined',
    by: 'Anna',
    why: 'Sold out',
    backAtMs: 1,
  } as const
  expect(titleOf({ ...taken, ...back }, null, head)).toContain('Sold out')
})
