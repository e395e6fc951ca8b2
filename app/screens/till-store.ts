import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PaymentsView, PrintJobView, RowView, SaleView, TillView } from '../contract/views.ts'
import type { SlipsView } from '../contract/slip-views.ts'
import type { Link } from './link.ts'

/** What the window knows of the till. It only ever holds what the main process last said. */
export interface TillState {
  readonly connection: 'connecting' | 'up' | 'lost'
  readonly till: TillView | null
  readonly sale: SaleView | null
  readonly payments: PaymentsView | null
  readonly papers: readonly PrintJobView[]
  readonly slips: SlipsView | null
  /** Since when each payment was seen being canceled: if one of them ends as paid, the customer was faster. */
  readonly cancelingSinceMs: ReadonlyMap<string, number>
}

export type TillStore = StoreApi<TillState>

const empty: TillState = {
  connection: 'connecting',
  till: null,
  sale: null,
  payments: null,
  papers: [],
  slips: null,
  cancelingSinceMs: new Map(),
}

export function createTillStore(start: Partial<TillState> = {}): TillStore {
  return createStore<TillState>(() => ({ ...empty, ...start }))
}

/** A sale after another, with the rows that did not change kept as the same objects: they need not be painted anew. */
export function keepRows(before: SaleView | null, after: SaleView): SaleView {
  const old = before?.receipt
  const now = after.receipt
  if (old == null || now === null || old.id !== now.id) return after
  const byId = new Map(old.rows.map((row) => [row.id, row]))
  const rows = now.rows.map((row) => {
    const known = byId.get(row.id)
    return known !== undefined && isSameRow(known, row) ? known : row
  })
  return { ...after, receipt: { ...now, rows } }
}

function isSameRow(a: RowView, b: RowView): boolean {
  return (Object.keys(b) as (keyof RowView)[]).every(
    (key) => a[key] === b[key] || JSON.stringify(a[key]) === JSON.stringify(b[key]),
  )
}

export function withPayments(state: TillState, payments: PaymentsView, nowMs: number): Partial<TillState> {
  const canceling = [payments.current, ...payments.open].filter((each) => each?.phase === 'canceling')
  const added = canceling.flatMap((each) =>
    // A time in the future was noted before the clock was set back.
    each === null || (state.cancelingSinceMs.get(each.id) ?? Infinity) <= nowMs
      ? []
      : [[each.id, nowMs] as const],
  )
  if (added.length === 0) return { payments }
  return { payments, cancelingSinceMs: new Map([...state.cancelingSinceMs, ...added]) }
}

/**
 * Asks for everything once, then listens; after a lost connection it asks for everything again. Returns how to stop.
 * A view that a notice brought while the question was under way is newer than the answer, and stands.
 */
export function followTill({ pos, onConnection }: Link, store: TillStore, retryMs = 1000): () => void {
  const life = { stopped: false, round: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined }
  const heard = new Set<'till' | 'sale' | 'payments' | 'papers' | 'slips'>()
  const set = store.setState

  const stops = [
    pos.till.onChanged((till) => {
      heard.add('till')
      set({ till })
    }),
    pos.sale.onChanged((sale) => {
      heard.add('sale')
      set(({ sale: old }) => ({ sale: keepRows(old, sale) }))
    }),
    pos.payment.onChanged((payments) => {
      heard.add('payments')
      set((state) => withPayments(state, payments, Date.now()))
    }),
    pos.paper.onChanged((papers) => {
      heard.add('papers')
      set({ papers })
    }),
    pos.slip.onChanged((slips) => {
      heard.add('slips')
      set({ slips })
    }),
    onConnection((connected) => {
      if (connected) void askAll()
      else lose()
    }),
  ]

  function lose() {
    life.round += 1
    clearTimeout(life.timer)
    set(({ connection }) => ({ connection: connection === 'connecting' ? 'connecting' : 'lost' }))
  }

  async function askAll() {
    life.round += 1
    const { round } = life
    clearTimeout(life.timer)
    heard.clear()
    try {
      const [till, sale, payments, papers, slips] = await Promise.all([
        pos.till.current(),
        pos.sale.current(),
        pos.payment.current(),
        pos.paper.recent(),
        pos.slip.current(),
      ])
      if (round !== life.round || life.stopped) return
      if (!heard.has('till')) set({ till })
      if (!heard.has('sale')) set({ sale })
      if (!heard.has('payments')) set((state) => withPayments(state, payments, Date.now()))
      if (!heard.has('papers')) set({ papers })
      if (!heard.has('slips')) set({ slips })
      set({ connection: 'up' })
    } catch {
      if (round !== life.round || life.stopped) return
      lose()
      life.timer = setTimeout(() => void askAll(), retryMs)
    }
  }

  return () => {
    life.stopped = true
    clearTimeout(life.timer)
    for (const stop of stops) stop()
  }
}
