/** What stands on X and Z reports, and on the slip that goes into the drawer with moved cash. */
import { formatAmount, percentText } from './numerals.ts'
import type { Block, Paper } from './paper.ts'
import { marks, type PaperHead } from './receipt-paper.ts'
import type {
  CashMove,
  DrawerLine,
  HandSettlement,
  OpenRefunds,
  ShiftReport,
  SlipAccount,
  TenderSum,
} from './shift.ts'
import { differenceOf, drawerLines, missingNumbers, salesAddUp } from './shift.ts'

/** The words that these papers use beside those of {@link PaperHead}, in the shop's language. */
export interface ShiftWords {
  readonly xReport: string
  readonly zReport: string
  readonly shift: string
  readonly from: string
  readonly to: string
  readonly openedBy: string
  readonly printedBy: string
  readonly closedBy: string
  readonly sales: string
  readonly sold: string
  readonly returned: string
  readonly turnover: string
  readonly slips: string
  readonly slipAccount: string
  readonly slipLines: Readonly<Record<Exclude<keyof SlipAccount, 'count'>, string>>
  readonly tenders: string
  readonly paid: string
  readonly receipts: string
  readonly salesCount: string
  readonly refundCount: string
  readonly canceledCount: string
  readonly numbers: string
  readonly missingNumbers: string
  readonly sumsDiffer: string
  readonly priceOverrides: string
  readonly drawerOpenings: string
  readonly copies: string
  readonly drawer: string
  readonly drawerLine: Readonly<Record<DrawerLine, string>>
  readonly moves: string
  readonly move: Readonly<Record<CashMove['kind'], string>>
  readonly expected: string
  readonly counted: string
  readonly countedTimes: string
  readonly difference: string
  /** In the place of the drawer's account where the drawer is counted blind. */
  readonly blind: string
  readonly open: string
  readonly parked: string
  readonly reserved: string
  readonly uncertainRefunds: string
  readonly stuckRefunds: string
  readonly unsent: string
  readonly settledByHand: string
  readonly settledAs: Readonly<Record<HandSettlement['as'], string>>
  readonly grand: string
  readonly grandSold: string
  readonly grandReturned: string
  readonly grandNet: string
  readonly journal: string
  readonly entries: string
  readonly hash: string
  readonly signature: string
  readonly reason: string
}

const noRefunds: OpenRefunds = { uncertain: { count: 0, amountMinor: 0 }, stuck: 0 }

export interface ShiftPaperOptions {
  readonly head: PaperHead
  readonly words: ShiftWords
  /** False leaves out what the drawer should hold: for whoever is to count it blind. */
  readonly withDrawer: boolean
}

/** The paper of an X or Z report: every amount with its name, and the part of the journal that proves it. */
export function shiftPaper(report: ShiftReport, options: ShiftPaperOptions): Paper {
  const print = printer(report, options)
  return {
    blocks: [
      ...marks(options.head),
      ...print.head(),
      ...print.sales(),
      ...print.slips(),
      ...print.tenders(),
      ...print.receipts(),
      ...(options.withDrawer ? print.drawer() : print.blind()),
      ...print.open(),
      ...print.grand(),
      ...print.journal(),
      ...marks(options.head),
      { kind: 'cut' },
    ],
  }
}

/** The paper that goes into the drawer with cash that was moved, to be signed. */
export function cashMovePaper(
  move: CashMove,
  currency: ShiftReport['currency'],
  { head, words }: Omit<ShiftPaperOptions, 'withDrawer'>,
): Paper {
  return {
    blocks: [
      ...marks(head),
      { kind: 'text', text: head.storeName, align: 'center', bold: true },
      { kind: 'columns', left: words.move[move.kind], right: head.time(move.atMs), bold: true },
      {
        kind: 'columns',
        left: `${head.words.till} ${head.tillName}`,
        right: `${head.words.cashier} ${move.by}`,
      },
      {
        kind: 'columns',
        left: currency,
        right: formatAmount(
          move.kind === 'in' ? move.amountMinor : -move.amountMinor,
          currency,
          head.words.numerals,
        ),
        bold: true,
        size: 2,
      },
      { kind: 'text', text: `${words.reason}: ${move.reason}` },
      ...signature(words),
      ...marks(head),
      { kind: 'cut' },
    ],
  }
}

function signature({ signature: word }: ShiftWords): readonly Block[] {
  return [{ kind: 'feed', lines: 3 }, { kind: 'rule' }, { kind: 'text', text: word }]
}

function printer(report: ShiftReport, { head, words }: ShiftPaperOptions) {
  const { sales, shift, currency } = report
  const money = (amountMinor: number) => formatAmount(amountMinor, currency, head.words.numerals)
  const line = (left: string, amountMinor: number, bold = false): Block => ({
    kind: 'columns',
    left,
    right: money(amountMinor),
    bold,
  })
  const count = (left: string, number: number): Block => ({ kind: 'columns', left, right: String(number) })
  const title = (text: string): readonly Block[] => [
    { kind: 'feed', lines: 1 },
    { kind: 'text', text, bold: true },
    { kind: 'rule' },
  ]

  return {
    head: (): readonly Block[] => [
      { kind: 'text', text: head.storeName, align: 'center', bold: true, size: 2 },
      ...head.headerLines.map((text): Block => ({ kind: 'text', text, align: 'center' })),
      { kind: 'feed', lines: 1 },
      {
        kind: 'text',
        text: `${report.kind === 'z' ? words.zReport : words.xReport} ${report.number}`,
        align: 'center',
        bold: true,
        size: 2,
      },
      {
        kind: 'columns',
        left: `${head.words.till} ${head.tillName}`,
        right: `${words.shift} ${shift.number}`,
      },
      { kind: 'columns', left: words.from, right: head.time(shift.openedAtMs) },
      { kind: 'columns', left: words.to, right: head.time(report.atMs) },
      { kind: 'columns', left: words.openedBy, right: shift.openedBy },
      {
        kind: 'columns',
        left: report.kind === 'z' ? words.closedBy : words.printedBy,
        right: report.by,
      },
    ],

    sales: (): readonly Block[] => [
      ...title(`${words.sales} ${currency}`),
      line(words.sold, sales.soldMinor),
      line(words.returned, sales.returnedMinor),
      line(words.turnover, sales.soldMinor + sales.returnedMinor, true),
      ...(salesAddUp(sales) ? [] : [{ kind: 'text', text: `!!! ${words.sumsDiffer}`, bold: true } as const]),
      line(`${head.words.discount} (-)`, 0 - sales.discountMinor),
      line(head.words.rounding, sales.roundingMinor),
      ...(sales.slipsMinor === 0 ? [] : [line(words.slips, sales.slipsMinor)]),
      ...(sales.vat.length === 0
        ? []
        : [
            { kind: 'feed', lines: 1 } as const,
            {
              kind: 'table',
              header: [head.words.vatRate, head.words.vatTax, head.words.vatNet, head.words.vatGross],
              rows: sales.vat.map((vat) => [
                percentText(vat.vatBasisPoints, head.words.numerals),
                money(vat.vatMinor),
                money(vat.netMinor),
                money(vat.grossMinor),
              ]),
            } as const,
          ]),
    ],

    slips: (): readonly Block[] => {
      const { slips } = report
      if (slips === undefined || slips.count === 0) return []
      const { count: many, takenMinor, ...parts } = slips
      const names = ['postedMinor', 'paidMinor', 'openMinor', 'givenBackMinor'] as const
      return [
        ...title(`${words.slipAccount} (${many})`),
        line(words.slipLines.takenMinor, takenMinor, true),
        ...names.map((name) => line(`  ${words.slipLines[name]}`, parts[name])),
      ]
    },

    tenders: (): readonly Block[] => [
      ...title(words.tenders),
      ...sales.tenders.map((tender) =>
        line(`${tenderName(tender, head)} (${tender.count})`, tender.amountMinor),
      ),
      line(
        words.paid,
        sales.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
        true,
      ),
    ],

    receipts: (): readonly Block[] => {
      const missing = missingNumbers(sales)
      return [
        ...title(words.receipts),
        count(words.salesCount, sales.sales),
        count(words.refundCount, sales.refunds),
        count(words.canceledCount, sales.canceled),
        ...(sales.firstNumber === null
          ? []
          : [
              {
                kind: 'columns',
                left: words.numbers,
                right: `${sales.firstNumber} - ${sales.lastNumber}`,
              } as const,
            ]),
        ...(missing === 0
          ? []
          : [
              {
                kind: 'columns',
                left: `!!! ${words.missingNumbers}`,
                right: String(missing),
                bold: true,
              } as const,
            ]),
        count(words.priceOverrides, report.priceOverrides),
        count(words.drawerOpenings, report.drawerOpenings),
        count(words.copies, report.copies),
      ]
    },

    drawer: (): readonly Block[] => {
      const difference = differenceOf(report)
      return [
        ...title(words.drawer),
        ...drawerLines
          .filter((each) => each === 'floatMinor' || report.drawer[each] !== 0)
          .map((each) => line(words.drawerLine[each], report.drawer[each])),
        line(words.expected, report.expectedMinor, true),
        ...(report.counted === null || difference === null
          ? []
          : [
              line(words.counted, report.counted.countedMinor, true),
              line(words.difference, difference, true),
              ...(report.counted.counts > 1 ? [count(words.countedTimes, report.counted.counts)] : []),
            ]),
        ...(report.moves.length === 0 ? [] : title(words.moves)),
        ...report.moves.flatMap((move): readonly Block[] => [
          line(words.move[move.kind], move.kind === 'in' ? move.amountMinor : -move.amountMinor),
          { kind: 'text', text: `  ${head.time(move.atMs)} ${move.by}: ${move.reason}` },
        ]),
      ]
    },

    blind: (): readonly Block[] => [...title(words.drawer), { kind: 'text', text: words.blind }],

    open: (): readonly Block[] => {
      const { waiting, needPerson } = report.unsent
      const { uncertain, stuck } = report.refunds ?? noRefunds
      const blocks: readonly Block[] = [
        ...(report.parked === 0 ? [] : [count(words.parked, report.parked)]),
        ...(report.reserved.count === 0
          ? []
          : [line(`${words.reserved} (${report.reserved.count})`, report.reserved.amountMinor)]),
        ...(uncertain.count === 0
          ? []
          : [line(`${words.uncertainRefunds} (${uncertain.count})`, uncertain.amountMinor)]),
        ...(stuck === 0 ? [] : [count(words.stuckRefunds, stuck)]),
        ...(waiting + needPerson === 0 ? [] : [count(words.unsent, waiting + needPerson)]),
        ...report.settledByHand.flatMap((settled): readonly Block[] => [
          line(`${words.settledByHand} ${words.settledAs[settled.as]}`, settled.amountMinor),
          { kind: 'text', text: `  ${head.time(settled.atMs)} ${settled.by}: ${settled.reason}` },
        ]),
      ]
      return blocks.length === 0 ? [] : [...title(words.open), ...blocks]
    },

    grand: (): readonly Block[] => [
      ...title(words.grand),
      line(words.grandSold, report.grand.soldMinor),
      line(words.grandReturned, report.grand.returnedMinor),
      line(words.grandNet, report.grand.soldMinor + report.grand.returnedMinor),
    ],

    journal: (): readonly Block[] => [
      ...title(words.journal),
      {
        kind: 'columns',
        left: words.entries,
        right: `${report.journal.fromSeq} - ${report.journal.toSeq}`,
      },
      { kind: 'columns', left: words.hash, right: report.journal.hash.slice(0, 16) },
      ...(report.kind === 'z' ? signature(words) : []),
    ],
  }
}

function tenderName({ kind, name }: TenderSum, { words }: PaperHead): string {
  switch (kind) {
    case 'cash':
      return words.cash
    case 'change':
      return words.change
    case 'seqr':
      return words.seqrPayment
    case 'other':
      return name
  }
}
