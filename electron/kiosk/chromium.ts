import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export interface ChromiumPlaces {
  readonly platform: NodeJS.Platform
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly isProgram: (file: string) => boolean
}

/** Chromium, Chrome or Edge: what KASSA_CHROMIUM names, else the first on the PATH or in its usual place. */
export function findChromium({ platform, variables, isProgram }: ChromiumPlaces): string | null {
  const set = variables['KASSA_CHROMIUM']?.trim()
  if (set !== undefined && set !== '') return isProgram(set) ? set : null
  return candidates(platform, variables).find(isProgram) ?? null
}

export function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

function candidates(platform: NodeJS.Platform, variables: ChromiumPlaces['variables']): string[] {
  switch (platform) {
    case 'win32':
      return windowsPrograms(variables)
    case 'darwin':
      return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      )
    default:
      return onPath(variables['PATH'])
  }
}

function windowsPrograms(variables: ChromiumPlaces['variables']): string[] {
  const roots = ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((name) => variables[name] ?? [])
  const programs = [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ]
  return programs.flatMap((program) => roots.map((root) => path.win32.join(root, program)))
}

function onPath(list = ''): string[] {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  ]
  const folders = [...list.split(':').filter((folder) => folder.startsWith('/')), '/snap/bin']
  return names.flatMap((name) => folders.map((folder) => `${folder}/${name}`))
}

export interface ChromiumWindow {
  readonly address: string
  readonly profileDir: string
  readonly fullScreen: boolean
  /** Chromium's own sandbox does not run as root. */
  readonly asRoot: boolean
}

/** The arguments that make Chromium one window of ours: no browser around it, and nothing it asks or offers. */
export function chromiumArguments({ address, profileDir, fullScreen, asRoot }: ChromiumWindow): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileDir}`,
    ...(fullScreen ? ['--kiosk'] : ['--window-size=1366,768', '--window-position=0,0', '--start-maximized']),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-session-crashed-bubble',
    '--hide-crash-restore-bubble',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--autoplay-policy=no-user-gesture-required',
    '--password-store=basic',
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ]
}

/** Whether a window could be seen at all. */
export function hasDisplay({ platform, variables }: Omit<ChromiumPlaces, 'isProgram'>): boolean {
  if (platform === 'win32' || platform === 'darwin') return true
  return Boolean(variables['DISPLAY']) || Boolean(variables['WAYLAND_DISPLAY'])
}

export interface RunningChromium {
  /** Resolves when the window was closed (`crashed` false) or Chromium came down. */
  readonly closed: Promise<{ readonly crashed: boolean }>
  close(): void
  /**
   * Says that the page is no longer there although Chromium runs. Its page has crashed: Chromium is ended, as
   * crashed. On macOS closing the last window looks the same, and is taken for that.
   */
  pageIsGone(): void
}

/** Opens the window. Chromium's own talk on stderr is noise and goes nowhere. */
export function openChromium(program: string, window: ChromiumWindow): RunningChromium {
  const child = spawn(program, chromiumArguments(window), { stdio: 'ignore', windowsHide: false })
  const page = { isGone: false }
  return {
    closed: ended(child).then(({ crashed }) => ({ crashed: crashed || page.isGone })),
    close: () => void child.kill(),
    pageIsGone() {
      page.isGone = process.platform !== 'darwin'
      child.kill()
    },
  }
}

function ended(child: ChildProcess): Promise<{ crashed: boolean }> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ crashed: true }))
    child.once('exit', (code) => resolve({ crashed: code !== 0 }))
  })
}
