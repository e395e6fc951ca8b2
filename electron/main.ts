/** The desktop shell: the register in Electron. Read it top to bottom: it is the start-up order. */
import os from 'node:os'
import * as electron from 'electron'
import { contract } from '../app/contract/contract.ts'
import { updaterOver } from './desktop/electron-updater.ts'
import { prepareDesktop, runDesktop } from './desktop/run-desktop.ts'
import type { Log } from './log.ts'
import { type EnvironmentSettings, settingsFromEnvironment } from './settings-from-environment.ts'
import { programAround, startProblem } from './shell.ts'
import { displayMay, openTill } from './start-up.ts'

const system = {
  platform: process.platform,
  homeDir: os.homedir(),
  configDir: process.env['XDG_CONFIG_HOME'],
  program: process.env['APPIMAGE'] ?? process.execPath,
  mayUpdateOnQuit: process.platform !== 'linux' || process.env['APPIMAGE'] !== undefined,
}
const read = settingsFromEnvironment(process.env, system)

if (!read.ok) cannotStart(read.problems.join('\n'))
else if (!prepareDesktop(electron, read.settings)) electron.app.exit(0)
// Not awaited: Electron becomes ready only after this module has been read to its end.
else void start(read.settings)

async function start(settings: EnvironmentSettings) {
  const later = (ms: number, act: () => void) => void setTimeout(act, ms)
  const machine = { system, now: Date.now, later, loadUpdater }
  const till = { contract, createRegister: openTill, displayMay }
  try {
    const { log } = await runDesktop(electron, till, settings, programAround(import.meta.dirname), machine)
    const passOver = (error: unknown) => log.error({ err: error }, 'Something went wrong and was passed over')
    process.on('uncaughtException', passOver)
    process.on('unhandledRejection', passOver)
  } catch (error) {
    cannotStart(startProblem(error))
  }
}

/** Loaded only by a till that has an address to ask. */
async function loadUpdater(log: Log) {
  const { default: electronUpdater } = await import('electron-updater')
  return updaterOver(electronUpdater, log)
}

function cannotStart(problem: string): void {
  console.error(`Kassa cannot start: ${problem}`)
  electron.dialog.showErrorBox('Kassa cannot start', problem)
  electron.app.exit(1)
}
