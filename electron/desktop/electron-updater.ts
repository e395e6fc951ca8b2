import type { AppUpdater, CancellationToken } from 'electron-updater'
import type { Log } from '../log.ts'
import type { Updater } from './updates.ts'

/** The part of electron-updater that is used. */
export interface ElectronUpdater {
  readonly autoUpdater: Pick<
    AppUpdater,
    | 'autoDownload'
    | 'autoInstallOnAppQuit'
    | 'allowDowngrade'
    | 'allowPrerelease'
    | 'logger'
    | 'on'
    | 'setFeedURL'
    | 'checkForUpdates'
    | 'downloadUpdate'
    | 'quitAndInstall'
  >
  readonly CancellationToken: new () => CancellationToken
}

/** Does nothing by itself: what is fetched and when it is installed is decided by the till. */
export function updaterOver({ autoUpdater, CancellationToken }: ElectronUpdater, log: Log): Updater {
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  autoUpdater.allowPrerelease = false
  const said = (message: unknown) => log.debug({}, String(message))
  autoUpdater.logger = { info: said, warn: said, error: said, debug: said }
  // Every failure rejects its own promise too; without a listener it would end the program besides.
  autoUpdater.on('error', (error) => said(error.message))
  const progress = { tell: (_percent: number) => {} }
  autoUpdater.on('download-progress', ({ percent }) => progress.tell(percent))
  return {
    setAddress: (url) => autoUpdater.setFeedURL({ provider: 'generic', url }),
    async check() {
      const found = await autoUpdater.checkForUpdates()
      if (found === null) throw new Error('Only an installed program can be updated.')
      return found.updateInfo.version
    },
    download(onPercent) {
      const token = new CancellationToken()
      progress.tell = onPercent
      const fetched = async () => {
        await autoUpdater.downloadUpdate(token)
      }
      return { done: fetched(), cancel: () => token.cancel() }
    },
    install: (startAgain) => autoUpdater.quitAndInstall(true, startAgain),
  }
}
