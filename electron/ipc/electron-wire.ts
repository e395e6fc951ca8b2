import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import type { Answerer, Caller, Reply } from '../../app/contract/define.ts'
import type { Log } from '../log.ts'
import { pageHost, pageScheme } from './page-scheme.ts'

/** The one channel that questions come in on, and the one that notices go out on. */
export const askChannel = 'kassa.ask'
export const noticeChannel = 'kassa.notice'

/** Our windows, and nobody else's: which screen each one shows. */
export interface OwnWindows {
  screenOf(contents: WebContents): Caller['screen'] | null
  all(): Iterable<readonly [WebContents, Caller['screen']]>
}

export interface IpcOptions {
  readonly answer: Answerer
  readonly windows: OwnWindows
  readonly log: Log
}

const refused: Reply = { ok: false, fault: 'notAllowed' }

/** Answers questions from the page of our own windows. Any other frame, page or window is refused and logged. */
export function serveIpc(ipcMain: Pick<IpcMain, 'handle'>, { answer, windows, log }: IpcOptions): void {
  ipcMain.handle(askChannel, async (event, channel: unknown, input: unknown) => {
    const screen = isOurPage(event) ? windows.screenOf(event.sender) : null
    if (screen === null || typeof channel !== 'string') {
      log.warn({ from: event.senderFrame?.url ?? 'a frame that is gone' }, 'A strange window was refused')
      return refused
    }
    return answer(channel, input, { screen })
  })
}

/** Sends notices to every window of ours that may hear them. */
export function announceIpc(windows: OwnWindows, displayMay: readonly string[]) {
  return (channel: string, payload: unknown): void => {
    for (const [contents, screen] of windows.all())
      if (!contents.isDestroyed() && (screen === 'till' || displayMay.includes(channel)))
        contents.send(noticeChannel, channel, payload)
  }
}

/** Only the window's own page asks: no frame inside it, and no page that it could have been led to. */
function isOurPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  if (senderFrame === null || senderFrame.parent !== null || !URL.canParse(senderFrame.url)) return false
  const { protocol, host } = new URL(senderFrame.url)
  return protocol === `${pageScheme}:` && host === pageHost
}
