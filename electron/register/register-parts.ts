import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { QuitWords } from '../../app/contract/program.ts'
import type { TillView } from '../../app/contract/views.ts'
import type { PrinterDevice } from '../printer/printer-device.ts'
import type { ResellerLogin, SeqrService } from '../seqr/service.ts'
import type { ShellSettings } from '../shell.ts'
import type { Storage } from '../storage/open.ts'
import type { Clock } from './clock.ts'
import type { Log } from './desk.ts'
import type { ProgramGiven } from './program.ts'
import type { ScannerProviders } from './scanner-desk.ts'
import type { Sealer } from './seqr-terminal.ts'
import type { Pins } from './session.ts'
import type { SlipsGiven } from './slips-account.ts'

/** What start-up hands the register: everything outside it, so that tests and the simulation can hand it their own. */
export interface RegisterParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
  readonly seqr: SeqrService
  readonly sealer: Sealer & { readonly warning?: string }
  readonly pins: Pins
  readonly newPassword: () => string
  /** The receipt printer; null while there is none, and papers are only shown. */
  readonly printer: PrinterDevice | null
  /** How scanners are reached; left out where there are none. */
  readonly scanners?: ScannerProviders
  /** A practice till of people's own: it has practice devices, and prints on them while no printer is set up. */
  readonly practiceDevices?: boolean
  /** Makes a slip in the practice 7-CONNECT server and says its reference; left out where there is none. */
  readonly practiceSlip?: () => string
  readonly version: string
  readonly resourcesDir: string
  /** The shop's SEQR account when the environment or the practice service gives one. */
  readonly reseller: ResellerLogin | null
  /** The store's 7-CONNECT account when the environment or the practice server gives one. */
  readonly slips?: SlipsGiven | null
  /** What the environment has decided, and where the data lies. */
  readonly environment?: {
    readonly dataDir: string
    readonly printer?: string
    readonly seqr: { readonly inUse: string; readonly fixedBy: string | null }
  }
  /** What the shell says of itself: its files, its keychain, its updates. */
  readonly program?: ProgramGiven
  /** Null on a real till. */
  readonly sandbox: SandboxLinks | null
  readonly currency?: TillView['currency']
}

export interface SandboxLinks {
  readonly phone: string
  readonly control: string
  readonly slips: string
  readonly seqrIdHint: string
}

export interface Register {
  readonly handlers: Handlers<typeof contract>
  /** Passes every notice on until the returned function is called. */
  listen(announce: (channel: string, payload: unknown) => void): () => void
  start(): Promise<void>
  stop(): Promise<void>
  /** Before an orderly end: has what stands on the sticker canceled, and waits for the service's word at most so long. */
  clearSticker(mostMs: number): Promise<void>
  /** What is open, in sentences, for a warning before quitting. */
  openMoney(): readonly string[]
  /** The question before quitting, in the shop's language. */
  quitWords(): QuitWords
  /** What the settings say about the window. */
  shellSettings(): ShellSettings
  /** True while no shift is open. */
  betweenShifts(): boolean
}
