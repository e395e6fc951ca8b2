import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents,
  WebPreferences,
} from 'electron'
import type { Log } from '../log.ts'
import { displayPage, tillPage } from '../ipc/page-scheme.ts'
import type { ElectronParts } from './electron-parts.ts'

export interface WindowOptions {
  readonly preload: string
  readonly isDevelopment: boolean
}

/** What every page of ours runs under: its own sandboxed world, with no Node, no frames with powers and no gadgets. */
export function pagePreferences({ preload, isDevelopment }: WindowOptions): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    zoomFactor: 1,
    autoplayPolicy: 'no-user-gesture-required',
    // The countdown and the sound of a payment go on when another window is in front.
    backgroundThrottling: false,
    devTools: isDevelopment,
  }
}

/** The cashier's window, shown when its page has been painted. */
export function openTillWindow(
  { BrowserWindow }: ElectronParts,
  options: WindowOptions & { readonly fullScreen: boolean },
): BrowserWindow {
  const window = new BrowserWindow({
    ...plainWindow,
    title: 'Kassa',
    width: 1366,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    kiosk: options.fullScreen,
    webPreferences: pagePreferences(options),
  })
  window.once('ready-to-show', () => {
    if (!options.fullScreen) window.maximize()
    window.show()
  })
  void window.loadURL(tillPage)
  return window
}

/** The customer's window: fills its screen, takes no focus and no keys from the cashier's. */
export function openDisplayWindow(
  { BrowserWindow }: ElectronParts,
  options: WindowOptions & { readonly bounds: Rectangle },
): BrowserWindow {
  const window = new BrowserWindow({
    ...plainWindow,
    ...options.bounds,
    title: 'Kassa, customer display',
    frame: false,
    focusable: false,
    skipTaskbar: true,
    webPreferences: pagePreferences(options),
  })
  window.once('ready-to-show', () => {
    window.showInactive()
    window.setFullScreen(true)
  })
  void window.loadURL(displayPage)
  return window
}

const plainWindow: BrowserWindowConstructorOptions = {
  show: false,
  autoHideMenuBar: true,
  backgroundColor: '#ffffff',
}

export interface PageRules {
  readonly log: Log
  /** An address that a page wanted to open in a window; it is opened outside, in the system's browser, if at all. */
  readonly openOutside: (address: string) => void
}

/** Pins every page to where it is: no navigation, no new windows, no webviews, no zoom. */
export function pinPage(contents: WebContents, { log, openOutside }: PageRules): void {
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (url === tillPage || url === displayPage) return
    event.preventDefault()
    log.warn({ url: withoutQuery(url) }, 'A page was kept from leaving')
  }
  contents.on('will-navigate', (event) => stay(event, event.url))
  contents.on('will-redirect', (event) => stay(event, event.url))
  contents.on('will-frame-navigate', (event) => stay(event, event.url))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  contents.on('before-input-event', (event, input) => {
    if (isBrowserKey(input)) event.preventDefault()
  })
  contents.on('did-finish-load', () => void contents.setVisualZoomLevelLimits(1, 1))
}

interface Input {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
}

/**
 * Keys that mean something to a browser and nothing to a till: zoom, reload, print, back and forward. The function keys
 * belong to the register: without a menu Electron does nothing of its own with them, and a key taken here never
 * reaches the page.
 */
export function isBrowserKey({ type, key, control, meta, alt }: Input): boolean {
  if (type !== 'keyDown') return false
  if (['BrowserBack', 'BrowserForward', 'BrowserRefresh'].includes(key)) return true
  if (alt) return key === 'ArrowLeft' || key === 'ArrowRight'
  return (control || meta) && ['+', '-', '=', '0', '_', 'r', 'R', 'p', 'P', 'n', 'N', 'w', 'W'].includes(key)
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? ''
}
