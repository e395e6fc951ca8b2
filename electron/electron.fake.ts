/** An Electron that opens nothing and remembers what was asked of it. */
import { EventEmitter } from 'node:events'
import type { ElectronParts } from './desktop/electron-parts.ts'

interface FakeFrame {
  readonly url: string
  readonly parent: object | null
}

export class FakeContents extends EventEmitter {
  readonly mainFrame: FakeFrame = { url: 'kassa://till/', parent: null }
  readonly sent: unknown[][] = []
  readonly did: string[] = []
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  send(...message: unknown[]) {
    this.sent.push(message)
  }
  isDestroyed() {
    return false
  }
  reload() {
    this.did.push('reload')
  }
  forcefullyCrashRenderer() {
    this.did.push('crash')
  }
  async setVisualZoomLevelLimits(least: number, most: number) {
    this.did.push(`zoom ${least} to ${most}`)
  }
  setWindowOpenHandler(handler: FakeContents['openHandler']) {
    this.openHandler = handler
  }
}

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: Record<string, unknown>
  readonly did: string[] = []
  #kiosk: boolean
  #destroyed = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    this.#kiosk = options['kiosk'] === true
  }
  async loadURL(url: string) {
    this.did.push(`load ${url}`)
  }
  show() {
    this.did.push('show')
  }
  maximize() {
    this.did.push('maximize')
  }
  showInactive() {
    this.did.push('showInactive')
  }
  focus() {
    this.did.push('focus')
  }
  restore() {
    this.did.push('restore')
  }
  setFullScreen(on: boolean) {
    this.did.push(`fullScreen ${on}`)
  }
  setKiosk(on: boolean) {
    this.#kiosk = on
  }
  isKiosk() {
    return this.#kiosk
  }
  isMinimized() {
    return true
  }
  isDestroyed() {
    return this.#destroyed
  }
  getBounds(): Bounds {
    return { x: 10, y: 10, width: 1366, height: 800 }
  }
  destroy() {
    this.#destroyed = true
    this.emit('closed')
  }
}

/** A person's or the system's event, which the program may refuse. */
export function fakeEvent(more: object = {}) {
  const event = { prevented: false, preventDefault: () => void (event.prevented = true), ...more }
  return event
}

interface FakeDisplay {
  readonly id: number
  readonly bounds: Bounds
}

export const firstScreen: FakeDisplay = { id: 1, bounds: { x: 0, y: 0, width: 1366, height: 768 } }
export const secondScreen: FakeDisplay = { id: 2, bounds: { x: 1366, y: 0, width: 1024, height: 600 } }

export interface FakeElectronOptions {
  readonly isFirst?: boolean
  readonly isPackaged?: boolean
  readonly keychain?: 'gnome_libsecret' | 'basic_text'
  /** Which button of a question is pressed: 0 is the first. */
  readonly pressed?: number
}

/** Give `parts` to the program; look at the rest. */
export function fakeElectron(options: FakeElectronOptions = {}) {
  const windows: FakeWindow[] = []
  const asked: string[] = []
  const dialogs: { detail: string; buttons: string[] }[] = []
  const blockers = new Set<number>()
  const displays: FakeDisplay[] = [firstScreen]
  const handlers = new Map<string, (event: object, ...rest: unknown[]) => Promise<unknown>>()
  const schemeHandlers = new Map<string, (request: Request) => Promise<Response>>()
  const app = new FakeApp(options, asked)
  const session = new FakeSession()
  const screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => [...displays],
    getDisplayMatching: () => firstScreen,
  })
  class BrowserWindow extends FakeWindow {
    constructor(given: Record<string, unknown>) {
      super(given)
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const parts = {
    app,
    BrowserWindow,
    screen,
    session: { defaultSession: session },
    Menu: {
      setApplicationMenu: (menu: unknown) => asked.push(`menu ${menu === null ? 'none' : 'some'}`),
      buildFromTemplate: (template: unknown) => template,
    },
    dialog: {
      async showMessageBox(_window: unknown, question: { detail: string; buttons: string[] }) {
        dialogs.push(question)
        return { response: options.pressed ?? 0 }
      },
      showErrorBox: (title: string) => asked.push(`error ${title}`),
    },
    ipcMain: { handle: (channel: string, handler: never) => handlers.set(channel, handler) },
    powerSaveBlocker: {
      start(kind: string) {
        asked.push(kind)
        blockers.add(asked.length)
        return asked.length
      },
      stop: (id: number) => blockers.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: object }[]) =>
        schemes.forEach((each) =>
          asked.push(`scheme ${each.scheme} ${Object.keys(each.privileges).join(' ')}`),
        ),
      handle: (scheme: string, handler: never) => schemeHandlers.set(scheme, handler),
    },
    safeStorage: fakeSafeStorage(options.keychain ?? 'gnome_libsecret'),
    shell: { openExternal: async (address: string) => void asked.push(`outside ${address}`) },
  }
  return {
    parts: parts as unknown as ElectronParts,
    app,
    session,
    screen,
    windows,
    asked,
    dialogs,
    blockers,
    displays,
    handlers,
    schemeHandlers,
  }
}

class FakeApp extends EventEmitter {
  readonly isPackaged: boolean
  readonly loginItems: unknown[] = []
  readonly exits: number[] = []
  readonly #options: FakeElectronOptions
  readonly #asked: string[]

  constructor(options: FakeElectronOptions, asked: string[]) {
    super()
    this.#options = options
    this.#asked = asked
    this.isPackaged = options.isPackaged ?? true
  }
  readonly commandLine = { appendSwitch: (name: string) => void this.#asked.push(`switch ${name}`) }
  setPath(name: string, folder: string) {
    this.#asked.push(`path ${name} ${folder}`)
  }
  enableSandbox() {
    this.#asked.push('sandbox')
  }
  disableHardwareAcceleration() {
    this.#asked.push('software drawing')
  }
  requestSingleInstanceLock() {
    return this.#options.isFirst ?? true
  }
  async whenReady() {}
  exit(code: number) {
    this.exits.push(code)
  }
  relaunch() {
    this.#asked.push('relaunch')
  }
  setLoginItemSettings(settings: unknown) {
    this.loginItems.push(settings)
  }
}

type Answer = (value: unknown) => void

class FakeSession {
  permission: (contents: unknown, name: string, answer: Answer) => void = () => {}
  check: () => boolean = () => true
  device: () => boolean = () => true
  request: (details: { url: string }, answer: Answer) => void = () => {}
  readonly webRequest = {
    onBeforeRequest: (handler: FakeSession['request']) => {
      this.request = handler
    },
  }

  setPermissionRequestHandler(handler: FakeSession['permission']) {
    this.permission = handler
  }
  setPermissionCheckHandler(handler: FakeSession['check']) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: FakeSession['device']) {
    this.device = handler
  }
  setSpellCheckerEnabled() {}
}

function fakeSafeStorage(backend: string) {
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => backend,
    encryptString: (plain: string) => flip(Buffer.from(plain)),
    decryptString: (encrypted: Buffer) => flip(encrypted).toString(),
  }
}
