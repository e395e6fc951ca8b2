import path from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import { type Caller, type Contract, serve } from '../../app/contract/define.ts'
import { announceIpc, type OwnWindows, serveIpc } from '../ipc/electron-wire.ts'
import { schemes, servePages, tillPage } from '../ipc/page-scheme.ts'
import { type Log, openLog } from '../log.ts'
import { type Claim, claimDataDir } from '../one-instance.ts'
import { pageFilesIn } from '../page-files.ts'
import type { EnvironmentSettings } from '../settings-from-environment.ts'
import type { Program, RegisterParts, ShellRegister, ShellSettings, Till } from '../shell.ts'
import { openKeyFileVault } from '../vault/key-file-vault.ts'
import { openSafeStorageVault } from '../vault/safe-storage-vault.ts'
import { createCustomerDisplay, type CustomerDisplay } from './customer-display.ts'
import { desktopStateIn } from './desktop-state.ts'
import type { ElectronParts } from './electron-parts.ts'
import { guardQuit } from './quit.ts'
import { keepPageAlive } from './recovery.ts'
import { setStartWithComputer, type StartWithComputer } from './start-with-computer.ts'
import { createStayAwake } from './stay-awake.ts'
import { createUpdates, type DesktopUpdates, type Updater } from './updates.ts'
import { openDisplayWindow, openTillWindow, pinPage } from './window.ts'

export interface DesktopMachine {
  readonly system: StartWithComputer & {
    /** False where putting a new version in place asks for a system password, as a .deb does. */
    readonly mayUpdateOnQuit: boolean
  }
  readonly now: () => number
  readonly later: (ms: number, act: () => void) => void
  /** What fetches new versions. */
  readonly loadUpdater: (log: Log) => Promise<Updater>
}

export interface Desktop {
  readonly till: BrowserWindow
  readonly log: Log
}

/** What must be said to Electron before it is ready. False: another start of the same register is running, and has been shown. */
export function prepareDesktop(electron: ElectronParts, { dataDir }: EnvironmentSettings): boolean {
  const { app, protocol } = electron
  app.setPath('userData', path.join(dataDir, 'desktop'))
  app.enableSandbox()
  app.commandLine.appendSwitch('disable-pinch')
  app.commandLine.appendSwitch('overscroll-history-navigation', '0')
  protocol.registerSchemesAsPrivileged(schemes)
  if (desktopStateIn(dataDir).read().drawsInSoftware === true) app.disableHardwareAcceleration()
  return app.requestSingleInstanceLock()
}

/** Runs the register in Electron, from ready to open window. Rejects with an error to be shown when it cannot start. */
export async function runDesktop<C extends Contract>(
  electron: ElectronParts,
  till: Till<C>,
  settings: EnvironmentSettings,
  program: Program,
  machine: DesktopMachine,
): Promise<Desktop> {
  await electron.app.whenReady()
  const claim = await claimDataDir(settings.dataDir)
  if (!claim.first)
    throw new Error('the register is running already on this data folder, in its other window.')
  const log = openLog({ dir: path.join(settings.dataDir, 'logs'), level: settings.log })
  try {
    return await openDesktop({ electron, till, settings, program, machine, log, claim })
  } catch (error) {
    log.error({ err: error }, 'Kassa cannot start')
    claim.release()
    throw error
  }
}

/** How long an answer may take to the page before the program ends behind it. */
const answerGoesFirstMs = 200

/** Ways to end the program from within. */
interface Endings {
  restart(): void
  end(): void
}

interface Opening<C extends Contract> {
  readonly electron: ElectronParts
  readonly till: Till<C>
  readonly settings: EnvironmentSettings
  readonly program: Program
  readonly machine: DesktopMachine
  readonly log: Log
  readonly claim: Claim & { readonly first: true }
}

async function openDesktop<C extends Contract>(opening: Opening<C>): Promise<Desktop> {
  const { electron, till, program, log } = opening
  refuseEverythingElse(electron, opening)
  servePages(electron.protocol, pageFilesIn(program.pageDir, "'self'"))
  const ending: Endings = { restart: () => {}, end: () => {} }
  const updates = createUpdates({
    load: () => opening.machine.loadUpdater(log),
    version: program.version,
    log,
    now: opening.machine.now,
    later: opening.machine.later,
    restart: () => ending.restart(),
  })
  const end = () => opening.machine.later(answerGoesFirstMs, () => ending.end())
  const register = await createRegister(opening, { updates, end })
  updates.follow(() => ({
    moneyOpen: register.openMoney().length > 0,
    betweenShifts: register.betweenShifts?.() ?? false,
  }))
  const windows = ownWindows()
  serveIpc(electron.ipcMain, {
    answer: serve(till.contract, register.handlers, { log, displayMay: till.displayMay }),
    windows,
    log,
  })
  await register.start()
  const { tillWindow, display } = openWindows(opening, register, windows)
  const stopListening = followRegister(opening, register, { windows, tillWindow, display, updates })
  Object.assign(ending, endInOrder(opening, register, { tillWindow, stopListening, updates }))
  return { till: tillWindow, log }
}

function openWindows<C extends Contract>(
  { electron, settings, program, machine, log }: Opening<C>,
  register: ShellRegister<C>,
  windows: GrowingWindows,
) {
  const pages = { preload: program.preload, isDevelopment: !electron.app.isPackaged }
  const recovery = { log, now: machine.now, later: machine.later }
  const fullScreen = settings.kiosk.fullScreen || shellSettings(register).fullScreen
  const tillWindow = openTillWindow(electron, { ...pages, fullScreen })
  windows.add(tillWindow, 'till')
  keepPageAlive(tillWindow, recovery)
  const display = createCustomerDisplay({
    electron,
    state: desktopStateIn(settings.dataDir),
    till: tillWindow,
    open(bounds) {
      const window = openDisplayWindow(electron, { ...pages, bounds })
      windows.add(window, 'display')
      keepPageAlive(window, recovery)
      return window
    },
  })
  return { tillWindow, display }
}

interface Shown {
  readonly windows: OwnWindows
  readonly tillWindow: BrowserWindow
  readonly display: CustomerDisplay
  readonly updates: DesktopUpdates
}

/** Passes every notice on, and looks after each whether money is open and what the settings say. */
function followRegister<C extends Contract>(
  opening: Opening<C>,
  register: ShellRegister<C>,
  { windows, tillWindow, display, updates }: Shown,
): () => void {
  const { electron, till } = opening
  const announce = announceIpc(windows, till.displayMay)
  const stayAwake = createStayAwake(electron.powerSaveBlocker)
  const apply = settingsApplier(opening, tillWindow, (wanted) => display.want(wanted))
  const look = () => {
    stayAwake(register.openMoney().length > 0)
    apply(shellSettings(register))
    updates.look()
  }
  look()
  return register.listen((channel, payload) => {
    announce(channel, payload)
    look()
  })
}

interface Ending {
  readonly tillWindow: BrowserWindow
  readonly stopListening: () => void
  readonly updates: DesktopUpdates
}

function endInOrder<C extends Contract>(
  { electron, claim, log, machine }: Opening<C>,
  register: ShellRegister<C>,
  { tillWindow, stopListening, updates }: Ending,
): Endings {
  const show = () => showWindow(tillWindow)
  electron.app.on('second-instance', show)
  claim.onSecondStart(() => {
    show()
    return ''
  })
  return guardQuit(electron, tillWindow, {
    openMoney: () => register.openMoney(),
    words: register.quitWords,
    update: updates,
    updatesOnQuit: machine.system.mayUpdateOnQuit,
    later: machine.later,
    async stop() {
      stopListening()
      await register.stop()
      claim.release()
      log.info({}, 'Kassa has ended')
    },
    log,
  })
}

function createRegister<C extends Contract>(
  { electron, till, settings, program, log }: Opening<C>,
  more: Pick<RegisterParts, 'updates' | 'end'>,
) {
  const { dataDir } = settings
  const { resourcesDir, version } = program
  if (settings.seqr.password !== undefined) log.hide(settings.seqr.password)
  log.info(
    { version, shell: 'electron', versions: process.versions, platform: process.platform },
    'Kassa starts',
  )
  const vault = openSafeStorageVault(electron.safeStorage, () =>
    openKeyFileVault(path.join(dataDir, 'vault.key')),
  )
  if (vault.warning !== undefined) log.warn({}, vault.warning)
  const parts = { dataDir, resourcesDir, settings, vault, log, version } as const
  return till.createRegister({ ...parts, shell: 'electron', ...more })
}

/** No page of ours asks for a permission or for the network; what is not asked for is refused. */
function refuseEverythingElse<C extends Contract>(
  { app, session, shell, Menu }: ElectronParts,
  { log, settings, machine }: Opening<C>,
): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({ permission }, 'A permission was refused')
    answer(false)
  })
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.setSpellCheckerEnabled(false)
  defaultSession.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isOwnAddress(details.url, app.isPackaged) }),
  )
  const openOutside = (address: string) => {
    if (settings.seqr.url === undefined && isPracticeAddress(address)) void shell.openExternal(address)
  }
  app.on('web-contents-created', (_event, contents) => pinPage(contents, { log, openOutside }))
  const crashes: number[] = []
  app.on('child-process-gone', (_event, details) => {
    log.error(
      { process: details.type, reason: details.reason, exitCode: details.exitCode },
      'A process of the window came down',
    )
    if (details.type !== 'GPU') return
    const nowMs = machine.now()
    crashes.push(nowMs)
    if (crashes.filter((atMs) => nowMs - atMs < 60_000).length >= 3)
      desktopStateIn(settings.dataDir).change({ drawsInSoftware: true })
  })
  Menu.setApplicationMenu(machine.system.platform === 'darwin' ? macMenu(Menu) : null)
}

/** macOS cannot copy or paste without a menu that says so. */
function macMenu(Menu: ElectronParts['Menu']) {
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }])
}

function isOwnAddress(url: string, isPackaged: boolean): boolean {
  if (url.startsWith(tillPage) || url.startsWith('data:') || url.startsWith('blob:')) return true
  return !isPackaged && url.startsWith('devtools://')
}

/** The practice phone and its neighbours run on this machine; they open in the system's browser. */
function isPracticeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username } = new URL(address)
  return protocol === 'http:' && username === '' && (hostname === '127.0.0.1' || hostname === 'localhost')
}

const plainSettings: ShellSettings = { fullScreen: false, startWithComputer: false, customerDisplay: false }

function shellSettings<C extends Contract>(register: ShellRegister<C>): ShellSettings {
  return register.shellSettings?.() ?? plainSettings
}

/** Applies what the settings page says about the window, when it says something new. */
function settingsApplier<C extends Contract>(
  { electron, settings, machine, log }: Opening<C>,
  window: BrowserWindow,
  showDisplay: (wanted: boolean) => void,
) {
  const last: { applied: ShellSettings } = { applied: { ...plainSettings, fullScreen: window.isKiosk() } }
  return (next: ShellSettings) => {
    const { applied } = last
    last.applied = next
    const fullScreen = settings.kiosk.fullScreen || next.fullScreen
    if (fullScreen !== window.isKiosk()) window.setKiosk(fullScreen)
    if (next.customerDisplay !== applied.customerDisplay) showDisplay(next.customerDisplay)
    if (next.startWithComputer === applied.startWithComputer) return
    try {
      setStartWithComputer(electron.app, next.startWithComputer, machine.system)
    } catch (error) {
      log.warn({ err: error }, 'Starting with the computer could not be set')
    }
  }
}

function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

interface GrowingWindows extends OwnWindows {
  add(window: BrowserWindow, screen: Caller['screen']): void
}

function ownWindows(): GrowingWindows {
  const known = new Map<WebContents, Caller['screen']>()
  return {
    add(window, screen) {
      const { webContents } = window
      known.set(webContents, screen)
      window.once('closed', () => known.delete(webContents))
    },
    screenOf: (contents) => known.get(contents) ?? null,
    all: () => known,
  }
}
