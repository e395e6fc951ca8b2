import type { ShiftReport, ShiftSales } from './shift.ts'

/** Sales of a small day, adding up to the minor unit. */
export const someSales: ShiftSales = {
  sales: 3,
  refunds: 1,
  canceled: 1,
  firstNumber: 1,
  lastNumber: 4,
  soldMinor: 22_470,
  returnedMinor: -2_500,
  slipsMinor: 30_000,
  discountMinor: 500,
  roundingMinor: 30,
  vat: [
    { vatBasisPoints: 2500, grossMinor: 10_000, netMinor: 8_000, vatMinor: 2_000 },
    { vatBasisPoints: 1200, grossMinor: 9_970, netMinor: 8_902, vatMinor: 1_068 },
  ],
  tenders: [
    { kind: 'cash', name: 'cash', count: 2, amountMinor: 50_000 },
    { kind: 'change', name: 'change', count: 2, amountMinor: -6_500 },
    { kind: 'other', name: 'Card', count: 1, amountMinor: 1_500 },
    { kind: 'seqr', name: 'SEQR', count: 1, amountMinor: 5_000 },
  ],
}

/** A Z report for tests. */
export const someReport: ShiftReport = {
  kind: 'z',
  number: 12,
  atMs: 3_600_000,
  by: 'Alva',
  currency: 'SEK',
  shift: { id: 'shift-1', number: 12, openedAtMs: 0, openedBy: 'Alva' },
  sales: someSales,
  drawer: {
    floatMinor: 100_000,
    takenMinor: 50_000,
    changeMinor: -4_000,
    refundedMinor: -2_500,
    unfinishedMinor: 0,
    inMinor: 0,
    outMinor: -3_000,
    dropMinor: 0,
    slipsMinor: 0,
  },
  moves: [{ kind: 'out', amountMinor: 3_000, reason: 'Milk', by: 'Alva', atMs: 60_000 }],
  expectedMinor: 140_500,
  counted: { countedMinor: 140_400, pieces: [{ valueMinor: 100, count: 1404 }], counts: 1 },
  drawerOpenings: 1,
  copies: 2,
  priceOverrides: 1,
  settledByHand: [
    { as: 'paid', amountMinor: 5_000, reason: 'Network down', by: 'Administrator', atMs: 90_000 },
    { as: 'refunded', amountMinor: -2_500, reason: 'Seen on the phone', by: 'Administrator', atMs: 95_000 },
  ],
  reserved: { count: 1, amountMinor: 20_000 },
  refunds: { uncertain: { count: 2, amountMinor: 7_500 }, stuck: 1 },
  unsent: { waiting: 1, needPerson: 0 },
  parked: 1,
  grand: { soldMinor: 1_022_470, returnedMinor: -12_500 },
  journal: {
    fromSeq: 40,
    toSeq: 61,
    hash: '0f3a9c7e5b1d2f4680ace13579bdf02468ace13579bdf02468ace13579bdf024',
  },
}
