/** The kiosk shell: the register in plain Node, with its screen in Chromium. Read it top to bottom: it is the start-up order. */
import os from 'node:os'
import path from 'node:path'
import { contract } from '../app/contract/contract.ts'
import { findChromium, hasDisplay, isProgram, openChromium } from './kiosk/chromium.ts'
import { runKiosk } from './kiosk/run-kiosk.ts'
import { type KioskSettings, settingsFromEnvironment } from './settings-from-environment.ts'
import { programAround, startProblem } from './shell.ts'
import { displayMay, openTill } from './start-up.ts'

const system = { platform: process.platform, homeDir: os.homedir() }
const here = { platform: process.platform, variables: process.env, isProgram }
const impatientMs = 3_000
const read = settingsFromEnvironment(process.env, system)

if (!read.ok) cannotStart(read.problems)
else {
  for (const warning of read.warnings) say(warning)
  const { settings } = read
  await runKiosk(
    { contract, createRegister: openTill, displayMay },
    settings,
    programAround(import.meta.dirname),
    {
      print: (line) => console.log(line),
      openWindow: (address, fullScreen) =>
        openWindow(
          address,
          { ...settings.kiosk, fullScreen: settings.kiosk.fullScreen || fullScreen },
          settings.dataDir,
        ),
      stopAsked: stopAsked(),
      now: Date.now,
      later: (ms, act) => void setTimeout(act, ms).unref(),
      onSurprise,
    },
  ).then(
    () => process.exit(0),
    (error: unknown) => cannotStart([startProblem(error)]),
  )
}

function openWindow(address: string, { open, fullScreen }: KioskSettings, dataDir: string) {
  if (!open || !hasDisplay(here)) return null
  const program = findChromium(here)
  if (program === null) {
    say('No Chromium, Chrome or Edge was found: open the address in a browser of this machine.')
    return null
  }
  const profileDir = path.join(dataDir, 'chromium')
  return openChromium(program, { address, profileDir, fullScreen, asRoot: process.getuid?.() === 0 })
}

function onSurprise(listener: (error: unknown) => void) {
  process.on('uncaughtException', listener)
  process.on('unhandledRejection', listener)
}

/** Ctrl-C, a closed terminal, a service manager, or the end of the script that started us. Windows knows no SIGTERM. */
function stopAsked(): Promise<unknown> {
  return new Promise((resolve) => {
    const first: { atMs: number | null } = { atMs: null }
    const ask = () => {
      first.atMs ??= Date.now()
      // One press may come as several signals. Only who asks again later does not want to wait for an orderly end.
      if (Date.now() - first.atMs > impatientMs) process.exit(1)
      resolve(null)
    }
    process.once('disconnect', ask)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, ask)
  })
}

function cannotStart(problems: readonly string[]): never {
  for (const problem of problems) say(`Kassa cannot start: ${problem}`)
  process.exit(1)
}

function say(sentence: string) {
  console.error(sentence)
}
