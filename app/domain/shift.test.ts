import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CashMove, DrawerAccount, ShiftReport, ShiftSales } from './shift.ts'
import {
  countedCash,
  differenceOf,
  drawerLines,
  expectedCash,
  missingNumbers,
  movedCash,
  salesAddUp,
} from './shift.ts'
import { someReport, someSales } from './shift.fake.ts'

const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const account: fc.Arbitrary<DrawerAccount> = fc.record({
  floatMinor: minor,
  takenMinor: minor,
  changeMinor: minor,
  refundedMinor: minor,
  unfinishedMinor: minor,
  inMinor: minor,
  outMinor: minor,
  dropMinor: minor,
  slipsMinor: minor,
})
const move: fc.Arbitrary<CashMove> = fc.record({
  kind: fc.constantFrom('in', 'out', 'drop'),
  amountMinor: fc.integer({ min: 1, max: 1_000_000_000 }),
  reason: fc.constant('change'),
  by: fc.constant('Alva'),
  atMs: fc.constant(0),
})

test('the drawer must hold float, cash sales and cash in, less change, refunds, cash out and drops', () => {
  const drawer = {
    floatMinor: 100_000,
    takenMinor: 55_000,
    changeMinor: -4_000,
    refundedMinor: -2_500,
    unfinishedMinor: 1_000,
    inMinor: 20_000,
    outMinor: -3_000,
    dropMinor: -50_000,
    slipsMinor: 0,
  }
  expect(expectedCash(drawer)).toBe(116_500)
})

test('each minor unit of each line of the drawer counts once', () => {
  fc.assert(
    fc.property(account, fc.constantFrom(...drawerLines), minor, (drawer, line, more) => {
      const changed = { ...drawer, [line]: drawer[line] + more }
      expect(expectedCash(changed) - expectedCash(drawer)).toBe(more)
    }),
  )
})

test('cash in and out and drops explain each minor unit that was moved', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const { inMinor, outMinor, dropMinor } = movedCash(moves)
      const effect = moves.reduce(
        (sum, { kind, amountMinor }) => sum + (kind === 'in' ? amountMinor : -amountMinor),
        0,
      )
      expect(inMinor + outMinor + dropMinor).toBe(effect)
      expect([outMinor, dropMinor].some((amount) => Object.is(amount, -0))).toBe(false)
    }),
  )
})

test('a count by notes and coins is the sum of them', () => {
  expect(countedCash([])).toBe(0)
  expect(
    countedCash([
      { valueMinor: 50_000, count: 2 },
      { valueMinor: 100, count: 37 },
    ]),
  ).toBe(103_700)
})

test('the difference is below zero when cash is missing, and there is none before a count', () => {
  const counted = { countedMinor: 99_900, pieces: [], counts: 1 }
  const report: ShiftReport = { ...someReport, expectedMinor: 100_000, counted }
  expect(differenceOf(report)).toBe(-100)
  expect(differenceOf({ ...report, counted: null })).toBeNull()
})

test('a receipt number without a receipt is noticed', () => {
  const sales: ShiftSales = { ...someSales, firstNumber: 7, lastNumber: 10, sales: 3, refunds: 1 }
  expect(missingNumbers(sales)).toBe(0)
  expect(missingNumbers({ ...sales, sales: 2 })).toBe(1)
  expect(missingNumbers({ ...sales, firstNumber: null, lastNumber: null, sales: 0, refunds: 0 })).toBe(0)
})

test('sales add up only when tenders and VAT cover them to the minor unit', () => {
  expect(salesAddUp(someSales)).toBe(true)
  const [cash, ...others] = someSales.tenders
  const tenders = cash === undefined ? [] : [{ ...cash, amountMinor: cash.amountMinor + 1 }, ...others]
  expect(salesAddUp({ ...someSales, tenders })).toBe(false)
  expect(salesAddUp({ ...someSales, vat: [] })).toBe(false)
})
