/** Every kind of paper, as the bytes that a printer gets, read back by a reader that knows only the command set. */
import { describe, expect, test } from 'vitest'
import { receiptBarcode } from '../../app/domain/barcode.ts'
import { firstDevices, profileOf } from '../../app/domain/devices.ts'
import type { Paper } from '../../app/domain/paper.ts'
import type { PrintedPaper } from '../../app/domain/printed-paper.ts'
import { printedLines } from '../../app/domain/printed-paper.ts'
import type { PaperHead } from '../../app/domain/receipt-paper.ts'
import { receiptPaper } from '../../app/domain/receipt-paper.ts'
import { seqrTender, someReceipt, someRow } from '../../app/domain/receipt.fake.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { reconciliationPaper } from '../../app/domain/reconciliation-paper.ts'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import { cashMovePaper, shiftPaper } from '../../app/domain/shift-paper.ts'
import { someReport } from '../../app/domain/shift.fake.ts'
import { issuedSlipPaper, slipProofPaper } from '../../app/domain/slip-paper.ts'
import { sampleSlip } from '../../app/domain/slip.fake.ts'
import { paperWords } from '../../app/words/paper.ts'
import { reconciliationWords } from '../../app/words/reconciliation.ts'
import { shiftPaperWords } from '../../app/words/shift-paper.ts'
import { slipPaperWords } from '../../app/words/slip-paper.ts'
import { testPaperWords } from '../../app/words/test-paper.ts'
import { encodePaper } from '../printer/escpos-bytes.ts'
import { readEscpos } from '../printer/escpos-reader.ts'
import { markedCopy } from '../printer/print-copy.ts'
import { testPaper } from '../printer/test-paper.ts'

type Language = 'en' | 'sv'
interface Kind {
  readonly paper: (language: Language) => Paper
  /** What must stand on it, line ends aside. */
  readonly has: readonly string[]
  readonly barcode?: string
}

const head = (language: Language, copy = false): PaperHead => ({
  storeName: 'Åsas Café & Gård',
  headerLines: ['Östra Ågatan 5, 753 22 Uppsala', 'Org.nr 556677-8899'],
  footerLines: ['Tack och välkommen åter'],
  tillName: '1',
  sandbox: false,
  copy,
  words: paperWords[language],
  time: () => '2026-11-21 14:03:22',
})

const goods = [
  someRow({
    id: 'a',
    name: 'Kanelbulle',
    quantityThousandths: 2000,
    unitPriceMinor: 3400,
    vatBasisPoints: 1200,
  }),
  someRow({
    id: 'b',
    name: 'Ost från Västerbotten, lagrad i fjorton månader, skivad över disk',
    quantityThousandths: 345,
    unit: 'kg',
    unitDecimals: 3,
    unitPriceMinor: 24_990,
    vatBasisPoints: 1200,
    note: 'tunna skivor',
  }),
]
const done = (tenders: Receipt['tenders'], rows = goods, change: Partial<Receipt> = {}): Receipt => ({
  ...someReceipt(...rows),
  state: 'completed',
  number: 1042,
  completedAtMs: 1,
  tenders,
  ...change,
})
const cash = { id: 'c', kind: 'cash', amountMinor: 20_000, atMs: 1 } as const
const back = { id: 'g', kind: 'change', amountMinor: -4_600, atMs: 1 } as const
const card = {
  id: 'o',
  kind: 'other',
  tenderTypeId: 'card',
  name: 'Card',
  amountMinor: 5_000,
  reference: 'VISA 4412',
  atMs: 1,
} as const
const slipHead = (language: Language) => {
  const { copy: copyMark, practice } = paperWords[language]
  return { ...head(language), words: slipPaperWords[language], copyMark, practice }
}
const slipLine = { payID: '991308500305', requestID: 'request-1', slip: sampleSlip, takenAtMs: 1 } as const

const slipOnReceipt = someRow({
  id: 's',
  kind: 'slip',
  name: 'Test Merchant',
  unitPriceMinor: 125_050,
  vatBasisPoints: 0,
  slip: { slipId: 's1', payId: '991308500305', merchantName: 'Test Merchant' },
})
const reconciled: Reconciliation = {
  id: 'r1',
  number: 7,
  terminalId: 't1',
  currency: 'SEK',
  startedAtMs: 1,
  by: 'Åsa',
  stage: { name: 'done', periodId: 'P-2026-11', markedAtMs: 1 },
  lostMarks: [1],
  period: { fromMs: 0, toMs: 1 },
  report: [],
  result: {
    matched: 1,
    matchedMinor: 12_022,
    here: { payments: 2, paidMinor: 15_422, refunds: 0, refundedMinor: 0 },
    there: { payments: 1, paidMinor: 12_022, refunds: 0, refundedMinor: 0 },
    findings: [
      {
        key: 'only-here',
        kind: 'onlyHerePayment',
        hereMinor: 3_400,
        thereMinor: 0,
        ersReference: '2012050100000000000000001',
        subjectId: 'payment-1',
        receiptId: 'receipt-1',
        receiptNumber: 1042,
        cashier: 'Åsa',
        atMs: 1,
      },
    ],
  },
  endedAtMs: 1,
}

const kinds: Readonly<Record<string, Kind>> = {
  'a cash sale with change and rounding': {
    paper: (language) => receiptPaper(done([cash, back], goods, { roundingMinor: -22 }), head(language)),
    has: ['Kanelbulle', '200.00', '46.00', '0.345 kg', '1042'],
    barcode: receiptBarcode(1042, '1'),
  },
  'a sale paid with SEQR': {
    paper: (language) => receiptPaper(done([seqrTender(15_422)]), head(language)),
    has: ['SEQR', '2012050100000000000000001', '154.22'],
  },
  'a mixed sale: SEQR, card and cash': {
    paper: (language) => receiptPaper(done([seqrTender(5_000), card, cash, back]), head(language)),
    has: ['Card', 'VISA 4412', '50.00'],
  },
  'a receipt with a VAT rate between two whole ones': {
    paper: (language) => receiptPaper(done([cash], [someRow({ vatBasisPoints: 1250 })]), head(language)),
    has: ['12.5'],
  },
  'a receipt in pesos': {
    paper: (language) =>
      receiptPaper(
        {
          ...done([{ ...cash, amountMinor: 125_050 }], [someRow({ name: 'Adobo', unitPriceMinor: 125_050 })]),
          currency: 'PHP',
        },
        head(language),
      ),
    has: ['Adobo', 'PHP', '1 250.50'],
  },
  'a receipt in euro with signs of many languages': {
    paper: (language) =>
      receiptPaper(
        { ...done([cash], [someRow({ name: 'Jalapeño, crème brûlée, €' })]), currency: 'EUR' },
        head(language),
      ),
    has: ['Jalapeño', 'crème brûlée', '€', 'EUR'],
  },
  'a slip beside goods': {
    paper: (language) => receiptPaper(done([cash, back], [...goods, slipOnReceipt]), head(language)),
    has: ['Test Merchant', '9913-0850-0305', '1 250.50', 'Kanelbulle'],
  },
  'a SEQR refund': {
    paper: (language) =>
      receiptPaper(
        done(
          [{ ...seqrTender(-3_400), ersReference: '2012050100000000000000009' }],
          [someRow({ name: 'Kanelbulle', quantityThousandths: -1000, unitPriceMinor: 3400 })],
        ),
        head(language),
      ),
    has: ['SEQR', '-34.00', '2012050100000000000000009'],
  },
  'a refund': {
    paper: (language) =>
      receiptPaper(
        done(
          [{ ...back, amountMinor: -3_400 }],
          [someRow({ name: 'Kanelbulle', quantityThousandths: -1000, unitPriceMinor: 3400 })],
        ),
        head(language),
      ),
    has: ['Kanelbulle', '34.00'],
  },
  'a copy': {
    paper: (language) => receiptPaper(done([cash, back]), head(language, true)),
    has: ['Kanelbulle'],
  },
  'a practice receipt': {
    paper: (language) => receiptPaper(done([cash, back]), { ...head(language), sandbox: true }),
    has: ['Kanelbulle'],
  },
  'an X report': {
    paper: (language) =>
      shiftPaper(
        { ...someReport, kind: 'x', counted: null },
        { head: head(language), words: shiftPaperWords[language], withDrawer: true },
      ),
    has: ['224.70', '10 224.70'],
  },
  'a Z report': {
    paper: (language) =>
      shiftPaper(someReport, { head: head(language), words: shiftPaperWords[language], withDrawer: true }),
    has: ['1 404.00', 'Milk'],
  },
  'a cash movement to be signed': {
    paper: (language) =>
      cashMovePaper({ kind: 'drop', amountMinor: 150_000, reason: 'Nattfack', by: 'Åsa', atMs: 1 }, 'SEK', {
        head: head(language),
        words: shiftPaperWords[language],
      }),
    has: ['1 500.00', 'Nattfack'],
  },
  'cash put into the drawer': {
    paper: (language) =>
      cashMovePaper({ kind: 'in', amountMinor: 50_000, reason: 'Växel', by: 'Åsa', atMs: 1 }, 'SEK', {
        head: head(language),
        words: shiftPaperWords[language],
      }),
    has: ['500.00', 'Växel'],
  },
  'cash taken out of the drawer': {
    paper: (language) =>
      cashMovePaper({ kind: 'out', amountMinor: 12_300, reason: 'Mjölk', by: 'Åsa', atMs: 1 }, 'SEK', {
        head: head(language),
        words: shiftPaperWords[language],
      }),
    has: ['-123.00', 'Mjölk'],
  },
  'a reconciliation with a difference': {
    paper: (language) =>
      reconciliationPaper(reconciled, {
        head: head(language),
        words: reconciliationWords[language],
        notes: [{ finding: 'only-here', done: true, note: 'Ringde SEQR', by: 'Åsa' }],
      }),
    has: ['154.22', '120.22', '34.00', 'P-2026-11', 'Ringde SEQR'],
  },
  'a slip that is still to be confirmed': {
    paper: (language) =>
      slipProofPaper({ ...slipLine, name: 'confirming', attempt: 2, nextAtMs: 0 }, 1042, slipHead(language)),
    has: ['Test Merchant', '1 250.50'],
  },
  'a slip that was declined after its cash was taken': {
    paper: (language) =>
      slipProofPaper(
        { ...slipLine, name: 'confirmDeclined', reason: 'merchantRefused', said: '' },
        1042,
        slipHead(language),
      ),
    has: ['Test Merchant'],
  },
  'a slip whose cash was given back': {
    paper: (language) =>
      slipProofPaper(
        { ...slipLine, name: 'givenBack', after: 'confirmDeclined', by: 'Åsa', why: 'Nekad', backAtMs: 1 },
        1042,
        slipHead(language),
      ),
    has: ['Test Merchant', 'Nekad'],
  },
  'the proof of a paid slip': {
    paper: (language) =>
      slipProofPaper(
        { ...slipLine, name: 'posted', authCode: 'A1B2C3', remarks: sampleSlip.receiptRemarks },
        1042,
        slipHead(language),
      ),
    has: ['Test Merchant', '1 250.50'],
  },
  'an issued slip': {
    paper: (language) =>
      issuedSlipPaper(
        {
          payId: '991308500305',
          amountMinor: 125_050,
          stage: {
            name: 'PENDING',
            merchantID: 'testmerchant',
            merchantName: 'Test Merchant',
            merchantRef: 'testmerchant003',
            description: 'El, mars: 1 250,50 ₱',
            currency: 'PHP',
            expiresAtMs: 1,
            said: '',
          },
        },
        slipHead(language),
      ),
    has: ['Test Merchant', 'PHP'],
    barcode: '991308500305',
  },
}

describe.each([32, 42, 48] as const)('on paper of %i characters', (columns) => {
  const profile = profileOf(firstDevices, columns)
  const cases = Object.entries(kinds).flatMap(([name, kind]) =>
    (['en', 'sv'] as const).map((language) => [name, language, kind] as const),
  )

  test.each(cases)(
    '%s, %s: every byte is a command or a letter that the printer has',
    (_, language, kind) => {
      const paper = readEscpos(encodePaper(kind.paper(language), profile), columns)
      expect(paper.faults).toEqual([])
      const text = flatText(paper)
      for (const part of kind.has) expect(text).toContain(asWritten(part, language).replaceAll(' ', ''))
      if (language === 'sv') expect(text).not.toMatch(/\d\.\d\d(?!\d)/)
      expect(widestOf(paper)).toBeLessThanOrEqual(columns)
      if (kind.barcode !== undefined) expect(barcodesOf(paper)).toContain(kind.barcode)
      expect(paper.items.at(-1)).toMatchObject({ kind: profile.cutter === 'none' ? 'line' : 'cut' })
    },
  )

  test.each(['en', 'sv'] as const)(
    'the test print, %s: code pages, alignment, bar code and QR code',
    (language) => {
      const bytes = encodePaper(testPaper(profile, testPaperWords[language]), profile)
      const paper = readEscpos(bytes, columns)
      expect(paper.faults).toEqual([])
      expect(paper.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['barcode', 'qr']))
      expect(flatText(paper)).toContain('åäöÅÄÖéñ€PHP')
      expect(widestOf(paper)).toBe(columns)
      const lines = printedLines(paper)
      const { left, center, right } = testPaperWords[language]
      const margin = ' '.repeat(Math.floor((columns - center.length) / 2))
      for (const line of [left, margin + center, right.padStart(columns)]) expect(lines).toContain(line)
    },
  )

  test('a receipt that is printed again after a fault is marked and opens no drawer', () => {
    const bytes = encodePaper(receiptPaper(done([cash, back]), head('sv')), profile)
    const copy = readEscpos(markedCopy(bytes, paperWords.sv.copy, profile), columns)
    expect(copy.faults).toEqual([])
    expect(flatText(copy)).toContain('KOPIA')
    expect(copy.items.some(({ kind }) => kind === 'drawerPulse')).toBe(false)
  })
})

/** A number that a Swedish paper must write with a comma. */
function asWritten(part: string, language: Language): string {
  return language === 'sv' ? part.replaceAll(/(?<=\d)\.(?=\d)/g, ',') : part
}

/** All letters in their order, without the spaces and line ends that the width decides. */
function flatText(paper: PrintedPaper): string {
  return linesOf(paper)
    .map((runs) => runs.map(({ text }) => text).join(''))
    .join('')
    .replaceAll(/[\s\u00A0]/g, '')
}

function widestOf(paper: PrintedPaper): number {
  return Math.max(
    ...linesOf(paper).map((runs) => runs.reduce((sum, { text, width }) => sum + text.length * width, 0)),
  )
}

function linesOf(paper: PrintedPaper) {
  return paper.items.flatMap((item) => (item.kind === 'line' ? [item.runs] : []))
}

function barcodesOf(paper: PrintedPaper): readonly string[] {
  return paper.items.flatMap((item) => (item.kind === 'barcode' ? [item.data] : []))
}
