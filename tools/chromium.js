// Chromium: found on this machine, or installed by the system's package manager where that asks nothing.
import { inProject, lastLines, run, say } from './project.js'

const longestMs = 180_000

export async function findChromium(node) {
  const { output, code } = await run(node, [inProject('electron', 'kiosk', 'print-chromium.ts')])
  return code === 0 && output !== '' ? output : null
}

/** The Chromium program, or null with one line that says what to do. */
export async function ensureChromium(node) {
  const found = await findChromium(node)
  if (found !== null) return found
  if (process.env.KASSA_CHROMIUM) {
    say('KASSA_CHROMIUM names no program that can be run.')
    return null
  }
  const installed = (await installWithApt()) ? await findChromium(node) : null
  if (installed === null)
    say('No Chromium, Chrome or Edge was found. Install one, or set KASSA_CHROMIUM to it.')
  return installed
}

/** Only where apt-get is there and neither a password nor a question comes up. */
async function installWithApt() {
  if (process.platform !== 'linux' || (await run('apt-get', ['--version'])).code !== 0) return false
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n']
  if (sudo.length > 0 && (await run('sudo', ['-n', 'true'])).code !== 0) return false
  say(`Installing Chromium with apt-get, at most ${longestMs / 1000} s ...`)
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...args]
    return run(program, rest, { timeoutMs: longestMs, env: { DEBIAN_FRONTEND: 'noninteractive' } })
  }
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium')
  let { code, output } = await install()
  if (code !== 0) {
    await apt('update')
    ;({ code, output } = await install())
  }
  if (code !== 0) say(lastLines(output, 3))
  return code === 0
}
