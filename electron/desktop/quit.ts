import type { BrowserWindow } from 'electron'
import type { Log } from '../log.ts'
import type { ElectronParts } from './electron-parts.ts'

export interface QuitOptions {
  readonly openMoney: () => readonly string[]
  /** Stops the register: what is open stays open on disk. */
  readonly stop: () => Promise<void>
  readonly log: Log
}

/**
 * Ends the program in order. Closing the window while money is open asks first. A shutdown of the system asks
 * nothing: the truth is on the disk at every moment, and polling goes on at the next start.
 */
export function guardQuit({ app, dialog }: ElectronParts, window: BrowserWindow, options: QuitOptions): void {
  const now = { isAsking: false, isStopping: false }
  const end = async () => {
    if (now.isStopping) return
    now.isStopping = true
    try {
      await options.stop()
    } catch (error) {
      options.log.error({ err: error }, 'The register did not stop as it should')
    }
    app.exit(0)
  }
  const ask = async (open: readonly string[]) => {
    now.isAsking = true
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Kassa',
      message: 'Money is open',
      detail: [...open, 'If you end now, the register asks for the outcome at its next start.'].join('\n'),
      buttons: ['Stay', 'End all the same'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    now.isAsking = false
    if (response === 1) await end()
  }
  const leave = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (now.isAsking || now.isStopping) return
    const open = options.openMoney()
    void (open.length === 0 ? end() : ask(open))
  }
  window.on('close', leave)
  app.on('before-quit', leave)
  window.on('session-end', () => void end())
  app.on('window-all-closed', () => void end())
}
