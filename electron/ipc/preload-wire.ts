import type { IpcRenderer } from 'electron'
import type { PreloadWire } from '../../app/contract/bridge.ts'

/** The names are repeated from the other side so that the preload bundles nothing else of it. */
const askChannel = 'kassa.ask'
const noticeChannel = 'kassa.notice'

/** The wire that is handed to the page: never Electron's own objects, never an event with a sender in it. */
export function preloadOver(ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on'>): PreloadWire {
  return {
    ask: (channel, input) => ipcRenderer.invoke(askChannel, channel, input),
    listen(listener) {
      ipcRenderer.on(noticeChannel, (_event, channel: string, payload: unknown) => listener(channel, payload))
    },
  }
}
