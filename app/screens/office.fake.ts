/** The shop's day and its administration in the play till: enough to draw every screen. */
import type { Pos } from './link.ts'

const ok = { ok: true } as const
const done = () => Promise.resolve(ok)

export const fakeShift: Omit<Pos['shift'], 'open'> = {
  current: () =>
    Promise.resolve({
      number: 7,
      openedAtMs: Date.now() - 4 * 3_600_000,
      by: 'Anna Berg',
      hasDrawer: true,
      moves: [
        { kind: 'out', amountMinor: 4500, reason: 'Milk', by: 'Anna Berg', atMs: Date.now() - 3_600_000 },
      ],
    }),
  moveCash: done,
  openDrawer: done,
  xReport: () => Promise.resolve({ ok: true, number: 3, jobId: 'j1' }),
  closing: () =>
    Promise.resolve({
      ok: true,
      closing: {
        hindrances: [],
        parked: [],
        reservations: { count: 1, amountMinor: 20_000 },
        unsent: { waiting: 0, needPerson: 0 },
        settledByHand: [],
        expectedMinor: null,
        counted: null,
      },
    }),
  count: ({ countedMinor }) =>
    Promise.resolve({
      ok: true,
      counted: { countedMinor, expectedMinor: countedMinor + 100, differenceMinor: -100, counts: 1 },
    }),
  close: () => Promise.resolve({ ok: true, number: 7, jobId: 'j1', differenceMinor: -100 }),
}
