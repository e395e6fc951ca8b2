/** Virtual time: what is to happen, in order. Nothing waits for real; a day passes as fast as its events run. */
export interface Agenda {
  now(): number
  /** Puts something on the agenda. Of several at one time the first put there happens first. */
  at(atMs: number, happen: () => void): Entry
  /** Lets everything happen up to a time; the clock then stands there. */
  runUntil(atMs: number): Promise<void>
  /** How many things have happened. */
  happened(): number
}

export interface Entry {
  cancel(): void
}

interface Planned {
  readonly atMs: number
  readonly order: number
  happen: (() => void) | null
}

export function createAgenda(startMs: number): Agenda {
  const heap: Planned[] = []
  const state = { nowMs: startMs, order: 0, happened: 0 }

  const isBefore = (a: Planned, b: Planned) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

  function push(planned: Planned): void {
    let index = heap.push(planned) - 1
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(planned, parent)) break
      heap[index] = parent
      index = above
    }
    heap[index] = planned
  }

  function pop(): Planned | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (last !== undefined && heap.length > 0) sink(last)
    return first
  }

  function sink(planned: Planned): void {
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const [a, b] = [heap[left], heap[left + 1]]
      if (a === undefined) break
      const [child, at] = b !== undefined && isBefore(b, a) ? [b, left + 1] : [a, left]
      if (!isBefore(child, planned)) break
      heap[index] = child
      index = at
    }
    heap[index] = planned
  }

  return {
    now: () => state.nowMs,
    happened: () => state.happened,
    at(atMs, happen) {
      state.order += 1
      const planned: Planned = { atMs: Math.max(atMs, state.nowMs), order: state.order, happen }
      push(planned)
      return {
        cancel: () => {
          planned.happen = null
        },
      }
    },
    async runUntil(untilMs) {
      await untilQuiet()
      for (let first = heap[0]; first !== undefined && first.atMs <= untilMs; first = heap[0]) {
        pop()
        if (first.happen === null) continue
        state.nowMs = first.atMs
        state.happened += 1
        first.happen()
        await untilQuiet()
      }
      state.nowMs = Math.max(state.nowMs, untilMs)
    },
  }
}

/** Everything that awaits nothing but settled promises has run when this resolves. */
function untilQuiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
