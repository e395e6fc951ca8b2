/** 7-CONNECT in the play till: set up, with nothing on its way. */
import type { Pos } from './link.ts'

export const fakeSlips: Partial<Pos['slip']> = {
  current: () =>
    Promise.resolve({
      ready: true,
      current: null,
      work: [],
      waiting: [],
      merchants: [{ merchantID: 'citypower', name: 'City Light & Power' }],
    }),
  list: () => Promise.resolve({ slips: [], totals: [], days: [], settledMinor: 0, truncated: false }),
  leave: () => Promise.resolve({ ok: true }),
}
