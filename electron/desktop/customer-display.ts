import type { BrowserWindow, Display } from 'electron'
import type { StateFile } from './desktop-state.ts'
import type { ElectronParts } from './electron-parts.ts'

export interface CustomerDisplay {
  /** On or off, as the settings say. */
  want(wanted: boolean): void
}

export interface CustomerDisplayOptions {
  readonly electron: Pick<ElectronParts, 'screen'>
  readonly state: StateFile
  readonly till: BrowserWindow
  readonly open: (bounds: Display['bounds']) => BrowserWindow
}

/**
 * Shows the customer's display on a second screen: the one it was on before when that is there, else the first
 * one that the till is not on. Screens come and go while the till runs.
 */
export function createCustomerDisplay({
  electron,
  state,
  till,
  open,
}: CustomerDisplayOptions): CustomerDisplay {
  const { screen } = electron
  const now: { wanted: boolean; shown: { window: BrowserWindow; id: number } | null } = {
    wanted: false,
    shown: null,
  }
  const close = () => {
    const { shown } = now
    now.shown = null
    if (shown !== null && !shown.window.isDestroyed()) shown.window.destroy()
  }
  const look = () => {
    const found = now.wanted
      ? secondScreen(screen.getAllDisplays(), tillScreen(), state.read().displayId)
      : null
    if (found?.id === now.shown?.id) return
    close()
    if (found === null) return
    now.shown = { window: open(found.bounds), id: found.id }
    state.change({ displayId: found.id })
  }
  const tillScreen = () => screen.getDisplayMatching(till.getBounds()).id
  screen.on('display-added', look)
  screen.on('display-removed', look)
  till.once('closed', close)
  return {
    want(wanted) {
      now.wanted = wanted
      look()
    },
  }
}

export function secondScreen(
  screens: readonly Display[],
  tillOn: number,
  remembered?: number,
): Display | null {
  const others = screens.filter(({ id }) => id !== tillOn)
  return others.find(({ id }) => id === remembered) ?? others[0] ?? null
}
