import type { BrowserWindow } from 'electron'
import type { QuitWords } from '../../app/contract/program.ts'
import type { Log } from '../log.ts'
import type { DesktopUpdates } from './updates.ts'
import type { ElectronParts } from './electron-parts.ts'

export interface QuitOptions {
  readonly openMoney: () => readonly string[]
  readonly words: () => QuitWords
  /** Stops the register: what is open stays open on disk. */
  readonly stop: () => Promise<void>
  readonly log: Log
  readonly later: (ms: number, act: () => void) => void
  /** What replaces the program by a new version, where one is ready. */
  readonly update?: Pick<DesktopUpdates, 'mayTakeOver' | 'takeOver'>
  /** True when an update may be put in place without anybody asking for it, whenever the till is ended. */
  readonly updatesOnQuit: boolean
}

/** The installer ends the program by itself within seconds; when it has not, the till ends or starts again as it was. */
const installerWaitMs = 20_000

/**
 * Ends the program in order. Closing the window while money is open asks first. A shutdown of the system asks
 * nothing: the truth is on the disk at every moment, and polling goes on at the next start.
 */
export function guardQuit(
  { app, dialog }: ElectronParts,
  window: BrowserWindow,
  options: QuitOptions,
): { restart(): void; end(): void } {
  const now = { isAsking: false, isStopping: false, isReplaced: false }
  const end = async (how: 'plain' | 'update' | 'restart') => {
    if (now.isStopping) return
    now.isStopping = true
    const replaces = how !== 'plain' && options.update?.mayTakeOver() === true
    try {
      await options.stop()
    } catch (error) {
      options.log.error({ err: error }, 'The register did not stop as it should')
    }
    if (replaces && replace(how === 'restart')) return
    leaveAsItWas(how === 'restart')
  }
  const replace = (startAgain: boolean) => {
    now.isReplaced = true
    try {
      options.update?.takeOver(startAgain)
      options.later(installerWaitMs, () => leaveAsItWas(startAgain))
      return true
    } catch (error) {
      options.log.error({ err: error }, 'The new version could not be put in place')
      return false
    }
  }
  const leaveAsItWas = (startAgain: boolean) => {
    if (startAgain) app.relaunch()
    app.exit(0)
  }
  const ask = async (open: readonly string[]) => {
    now.isAsking = true
    const says = options.words()
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Kassa',
      message: says.message,
      detail: [...open, says.next].join('\n'),
      buttons: [says.stay, says.end],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    now.isAsking = false
    if (response === 1) await end('plain')
  }
  const leave = (event: { preventDefault(): void }) => {
    if (now.isReplaced) return
    event.preventDefault()
    if (now.isAsking || now.isStopping) return
    const open = options.openMoney()
    void (open.length === 0 ? end(options.updatesOnQuit ? 'update' : 'plain') : ask(open))
  }
  window.on('close', leave)
  app.on('before-quit', leave)
  window.on('session-end', () => void end('plain'))
  app.on('window-all-closed', () => void end('plain'))
  return {
    restart: () => void end('restart'),
    end: () => void end(options.updatesOnQuit ? 'update' : 'plain'),
  }
}
