/** What both shells know of the register: how it is made, asked, listened to and ended. */
import fs from 'node:fs'
import path from 'node:path'
import type { Contract, Handlers } from '../app/contract/define.ts'
import type { QuitWords, UpdateView } from '../app/contract/program.ts'
import type { Log } from './log.ts'
import type { EnvironmentSettings } from './settings-from-environment.ts'
import type { Vault } from './vault/vault.ts'

/** The till behind a window. */
export interface ShellRegister<C extends Contract> {
  readonly handlers: Handlers<C>
  /** Hears every notice until it is called off. */
  listen(announce: (channel: string, payload: unknown) => void): () => void
  start(): Promise<void>
  /** Ends polling and closes the database. What is open stays open on disk, and goes on at the next start. */
  stop(): Promise<void>
  /** One sentence for each payment or confirm whose end is not known yet. */
  openMoney(): readonly string[]
  /** What is asked before the program ends while money is open. */
  quitWords(): QuitWords
  /** What the settings page says about the window; looked at after every notice. */
  shellSettings?(): ShellSettings
  /** True while no shift is open. */
  betweenShifts?(): boolean
}

/** What decides whether a new version may be fetched or put in place. */
export interface UpdateFacts {
  readonly moneyOpen: boolean
  readonly betweenShifts: boolean
}

/** Whether something was begun, or what is in the way. */
export type UpdateAct = 'done' | 'off' | 'notReady' | 'shift' | 'payment'

/** New versions of the program, where the shell can fetch them. */
export interface Updates {
  view(): UpdateView
  onChange(listener: () => void): void
  /** Where new versions are published; null: nowhere, and none are looked for. */
  setAddress(address: string | null): void
  check(): UpdateAct
  /** Ends the till, puts the new version in its place and starts it. */
  install(): UpdateAct
}

/** How the desktop program shows itself. */
export interface ShellSettings {
  readonly fullScreen: boolean
  readonly startWithComputer: boolean
  /** Shows the customer's display on a second screen where there is one. */
  readonly customerDisplay: boolean
}

/** What a shell gives to the register it starts. */
export interface RegisterParts {
  readonly dataDir: string
  readonly resourcesDir: string
  readonly settings: EnvironmentSettings
  readonly vault: Vault
  readonly log: Log
  readonly version: string
  readonly shell: 'electron' | 'kiosk'
  /** Unset where the shell is not what is updated. */
  readonly updates?: Updates
  /** Ends the program in order, after the answer to whoever asked has gone out. */
  readonly end?: () => void
}

/** A conversation, the register that keeps it up, and what the customer's display may ask and hear of it. */
export interface Till<C extends Contract> {
  readonly contract: C
  readonly createRegister: (parts: RegisterParts) => Promise<ShellRegister<C>>
  readonly displayMay: readonly string[]
}

/** Where the program's own files lie, and what version they are. */
export interface Program {
  readonly resourcesDir: string
  readonly pageDir: string
  readonly preload: string
  readonly version: string
}

/** Finds the program's folder from any file of it, built or not, packed or not. */
export function programAround(dir: string): Program {
  const manifest = path.join(dir, 'package.json')
  if (!fs.existsSync(manifest)) {
    const above = path.dirname(dir)
    if (above === dir) throw new Error('The program is not complete: its package.json is missing.')
    return programAround(above)
  }
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string }
  return {
    resourcesDir: path.join(dir, 'resources'),
    pageDir: path.join(dir, 'out', 'renderer'),
    preload: path.join(dir, 'out', 'preload', 'preload.cjs'),
    version,
  }
}

/** What went wrong, in a sentence for whoever started the program. */
export function startProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return 'The port is in use by another program. Set KASSA_PORT to another one, or leave it unset for any free port.'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The data folder cannot be written to (${message}). Set KASSA_DATA_DIR to a folder of your own.`
    case 'ENOSPC':
      return 'The disk is full. Make room and start again: nothing was lost.'
    default:
      return message
  }
}
