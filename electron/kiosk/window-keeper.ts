import type { RunningChromium } from './chromium.ts'

export interface WindowKeeper {
  /** Opens the window, or null when there is none to open. */
  readonly open: () => RunningChromium | null
  readonly openMoney: () => readonly string[]
  readonly tell: (sentence: string) => void
  readonly now: () => number
}

const minuteMs = 60_000
const mostCrashes = 3

/**
 * Keeps the register's window open. Resolves with `closed` when the cashier has closed it, and with `gone` when
 * it cannot be kept open, so that the register goes on without it. A window that crashed is opened again. One
 * that was closed while money is open comes back once, with a warning: closing it again in the next minute means it.
 */
export async function keepWindow(keeper: WindowKeeper): Promise<'closed' | 'gone'> {
  const crashes: number[] = []
  let warnedAtMs = Number.NEGATIVE_INFINITY
  for (let window = keeper.open(); window !== null; window = keeper.open()) {
    const { crashed } = await window.closed
    const nowMs = keeper.now()
    if (crashed) {
      crashes.push(nowMs)
      if (crashes.filter((atMs) => nowMs - atMs < minuteMs).length >= mostCrashes) break
      continue
    }
    const open = keeper.openMoney()
    if (open.length === 0 || nowMs - warnedAtMs < minuteMs) return 'closed'
    warnedAtMs = nowMs
    keeper.tell(
      [...open, 'The register opens again. Close it once more within a minute to end it all the same.'].join(
        ' ',
      ),
    )
  }
  return 'gone'
}
