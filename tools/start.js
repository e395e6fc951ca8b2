// npm start: sets up what is missing, then opens the register in Electron or, where that cannot be, in Chromium.
import { ensureChromium } from './chromium.js'
import { ensureElectron } from './electron.js'
import { passOn } from './pass-on.js'
import { inProject, project, runTool, say, Stop } from './project.js'
import { setUp } from './setup.js'

await runTool(async () => {
  const wanted = shellWanted(process.env.KASSA_SHELL)
  const node = await setUp({ build: true })
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (wanted === 'electron' && !hasDisplay)
    throw new Stop('KASSA_SHELL is electron, but there is no display to open its window on.')
  if (wanted !== 'kiosk' && hasDisplay) {
    const code = await startElectron(node, wanted)
    if (code !== null) return code
  }
  return startKiosk(node, hasDisplay)
})

function shellWanted(text = '') {
  const shell = text.trim().toLowerCase()
  if (shell === '' || shell === 'electron' || shell === 'kiosk') return shell
  throw new Stop(`KASSA_SHELL is "${text}", but must be one of electron, kiosk.`)
}

/** The exit code, or null when Electron cannot be had or cannot run here. */
async function startElectron(node, wanted) {
  const electron = await ensureElectron(node)
  if (electron === null) {
    if (wanted === 'electron')
      throw new Stop('KASSA_SHELL is electron, but Electron is not installed and cannot be fetched.')
    return null
  }
  const started = Date.now()
  const rootArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const code = await passOn(electron, [...rootArguments, project], {
    env: { ELECTRON_RUN_AS_NODE: undefined },
  })
  // Our own ends are 0 and 1. Another code within seconds is a library that is missing, or a crash in the graphics.
  const couldNotRun = code !== 0 && code !== 1 && Date.now() - started < 20_000
  if (!couldNotRun || wanted === 'electron') return code
  say('Electron cannot run here: the register opens in Chromium.')
  return null
}

async function startKiosk(node, hasDisplay) {
  const opens = hasDisplay && process.env.KASSA_OPEN !== 'no'
  if (!hasDisplay)
    say('There is no display: the register is served, and its address printed, without a window.')
  const chromium = opens ? await ensureChromium(node) : null
  const env = { KASSA_SHELL: 'kiosk', ...(chromium === null ? {} : { KASSA_CHROMIUM: chromium }) }
  return passOn(node, ['--enable-source-maps', inProject('out', 'main', 'kiosk.js')], { env })
}
