import path from 'node:path'
import { type Contract, serve } from '../../app/contract/define.ts'
import { type Log, openLog } from '../log.ts'
import { claimDataDir } from '../one-instance.ts'
import type { EnvironmentSettings } from '../settings-from-environment.ts'
import type { Program, RegisterParts, ShellRegister, Till } from '../shell.ts'
import { openKeyFileVault } from '../vault/key-file-vault.ts'
import type { RunningChromium } from './chromium.ts'
import { startKioskServer } from './server.ts'
import { keepWindow } from './window-keeper.ts'

/** The machine that the kiosk runs on, as far as it needs it. */
export interface KioskMachine {
  readonly print: (line: string) => void
  /** Opens the register's window on an address; null when there is no display, or no window is wanted. */
  readonly openWindow: (address: string, fullScreen: boolean) => RunningChromium | null
  /** Resolves when the system or a person asks the program to end. */
  readonly stopAsked: Promise<unknown>
  readonly now: () => number
  readonly later: (ms: number, act: () => void) => void
  /** Hears of errors that nobody has caught. They are logged, and the till goes on. */
  readonly onSurprise: (listener: (error: unknown) => void) => void
}

/** How long an answer may take to the page before the program ends behind it. */
const answerGoesFirstMs = 200

/** How long a window may be without its page before the page counts as crashed; a reload takes far less. */
const pageGoneMs = 10_000

/**
 * Runs the register with its screen in a browser, from start to end. Resolves when all is stopped; rejects with
 * an error whose message can be shown when it cannot start.
 */
export async function runKiosk<C extends Contract>(
  till: Till<C>,
  settings: EnvironmentSettings,
  program: Program,
  machine: KioskMachine,
): Promise<void> {
  const claim = await claimDataDir(settings.dataDir)
  if (!claim.first) return machine.print(alreadyRunning(claim.answer))
  const log = openLog({ dir: path.join(settings.dataDir, 'logs'), level: settings.log })
  machine.onSurprise((error) => log.error({ err: error }, 'Something went wrong and was passed over'))
  try {
    const ended = Promise.withResolvers<void>()
    const end = () => machine.later(answerGoesFirstMs, ended.resolve)
    const register = await createRegister(till, settings, program, { log, end })
    await serveRegister({
      till,
      settings,
      program,
      machine,
      log,
      register,
      ended: ended.promise,
      onSecondStart: claim.onSecondStart,
    })
  } catch (error) {
    log.error({ err: error }, 'Kassa could not go on')
    throw error
  } finally {
    claim.release()
  }
}

function createRegister<C extends Contract>(
  till: Till<C>,
  settings: EnvironmentSettings,
  { resourcesDir, version }: Program,
  { log, end }: Pick<RegisterParts, 'log' | 'end'>,
): Promise<ShellRegister<C>> {
  const { dataDir } = settings
  if (settings.seqr.password !== undefined) log.hide(settings.seqr.password)
  log.info({ version, shell: 'kiosk', node: process.version, platform: process.platform }, 'Kassa starts')
  const vault = openKeyFileVault(path.join(dataDir, 'vault.key'))
  const parts = { dataDir, resourcesDir, settings, vault, log, version } as const
  return till.createRegister({ ...parts, shell: 'kiosk', ...(end === undefined ? {} : { end }) })
}

interface Served<C extends Contract> {
  readonly till: Till<C>
  readonly settings: EnvironmentSettings
  readonly program: Program
  readonly machine: KioskMachine
  readonly log: Log
  readonly register: ShellRegister<C>
  /** Resolves when somebody ends the program from its own window. */
  readonly ended: Promise<void>
  readonly onSecondStart: (answer: () => string) => void
}

async function serveRegister<C extends Contract>(served: Served<C>): Promise<void> {
  const { till, settings, program, machine, log, register } = served
  const windows: { open: RunningChromium | null } = { open: null }
  const lookForPage = (count: () => number) => {
    const { open } = windows
    machine.later(pageGoneMs, () => {
      if (open !== null && windows.open === open && count() === 0) open.pageIsGone()
    })
  }
  const server = await startKioskServer({
    port: settings.kiosk.port,
    pageDir: program.pageDir,
    answer: serve(till.contract, register.handlers, { log, displayMay: till.displayMay }),
    displayMay: till.displayMay,
    log,
    onEmpty: () => lookForPage(() => server.windows('till')),
  }).catch(async (error: unknown) => {
    await register.stop()
    throw error
  })
  const stopListening = register.listen(server.announce)
  try {
    await register.start()
    served.onSecondStart(() => server.address())
    machine.print(readyAt(server.address()))
    await Promise.race([
      machine.stopAsked,
      served.ended,
      untilWindowCloses(served, () => server.address(), windows),
    ])
  } finally {
    stopListening()
    await register.stop()
    windows.open?.close()
    await server.close()
    log.info({}, 'Kassa has ended')
  }
}

/** Never resolves where there is no window to close. */
async function untilWindowCloses<C extends Contract>(
  { machine, register, log }: Served<C>,
  address: () => string,
  windows: { open: RunningChromium | null },
): Promise<void> {
  const end = await keepWindow({
    open() {
      windows.open = machine.openWindow(address(), register.shellSettings?.().fullScreen ?? false)
      return windows.open
    },
    openMoney: register.openMoney,
    tell: machine.print,
    now: machine.now,
  })
  if (end === 'closed') return
  log.info({}, 'The register goes on without a window of its own')
  await new Promise(() => {})
}

/** The line that people and programs wait for. */
export function readyAt(address: string): string {
  return `Kassa is ready at ${address}`
}

function alreadyRunning(address: string): string {
  if (address.startsWith('http')) return `Kassa is running already.\n${readyAt(address)}`
  return 'Kassa is running already on this data folder. Look for its window, or set KASSA_DATA_DIR to another folder.'
}
