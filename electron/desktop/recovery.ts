import type { BrowserWindow } from 'electron'
import type { Log } from '../log.ts'

export interface Recovery {
  readonly log: Log
  readonly now: () => number
  readonly later: (ms: number, act: () => void) => void
}

const minuteMs = 60_000
const quickReloads = 3
const slowReloadMs = 5_000

/**
 * Brings a page back that crashed or hangs. Payments are polled in the main process and never notice. After
 * three crashes in a minute it waits five seconds before each new try, and never gives up.
 */
export function keepPageAlive(window: BrowserWindow, { log, now, later }: Recovery): void {
  const { webContents } = window
  const crashes: number[] = []
  const reload = () => {
    if (!window.isDestroyed()) webContents.reload()
  }
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const nowMs = now()
    crashes.push(nowMs)
    const recent = crashes.filter((atMs) => nowMs - atMs < minuteMs).length
    log.error({ reason, exitCode, recent }, 'A page crashed and is loaded again')
    later(recent > quickReloads ? slowReloadMs : 0, reload)
  })
  window.on('unresponsive', () => {
    log.error({}, 'A page hangs and is ended')
    webContents.forcefullyCrashRenderer()
  })
  webContents.on('did-fail-load', (_event, errorCode, description, _url, isMainFrame) => {
    if (!isMainFrame || errorCode === -3) return
    log.error({ errorCode, description }, 'The page could not be loaded')
    later(slowReloadMs, reload)
  })
}
