import type { PowerSaveBlocker } from 'electron'

/** Keeps the machine and its screen awake while money is open. Call it with the truth as often as you like. */
export function createStayAwake(
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
): (isMoneyOpen: boolean) => void {
  const now: { id: number | null } = { id: null }
  return (isMoneyOpen) => {
    if (isMoneyOpen && now.id === null) now.id = blocker.start('prevent-display-sleep')
    if (isMoneyOpen || now.id === null) return
    blocker.stop(now.id)
    now.id = null
  }
}
