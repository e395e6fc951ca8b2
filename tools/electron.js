// Electron's program is not in its package: it is fetched once, bounded, and a failure is remembered for a day.
import fs from 'node:fs'
import path from 'node:path'
import { inProject, readJson, run, say } from './project.js'

const longestMs = 60_000
const dayMs = 24 * 60 * 60_000
const memory = () => inProject('node_modules', '.cache', 'kassa-electron.json')

/** Electron's program when it is whole and of the right version, else null. Never fetches anything. */
export function findElectron(folder = inProject('node_modules', 'electron'), env = process.env) {
  try {
    const dist = env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist')
    const program = path.join(dist, fs.readFileSync(path.join(folder, 'path.txt'), 'utf8').trim())
    fs.accessSync(program, fs.constants.X_OK)
    const version = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
    return version === readJson(path.join(folder, 'package.json'))?.version ? program : null
  } catch {
    return null
  }
}

/** Finds Electron, or tries once to fetch it. Null when it cannot be had; said in one line. */
export async function ensureElectron(node, { nowMs = Date.now() } = {}) {
  const found = findElectron()
  if (found !== null) return found
  const failedAtMs = readJson(memory())?.failedAtMs
  if (nowMs - failedAtMs < dayMs) return null
  say(`Fetching Electron, at most ${longestMs / 1000} s ...`)
  const { timedOut } = await run(node, [inProject('node_modules', 'electron', 'install.js')], {
    timeoutMs: longestMs,
  })
  const fetched = findElectron()
  if (fetched !== null) return fetched
  say(
    `Electron could not be fetched${timedOut ? ' in time' : ''}: the register opens in Chromium. Tried again tomorrow.`,
  )
  fs.mkdirSync(path.dirname(memory()), { recursive: true })
  fs.writeFileSync(memory(), JSON.stringify({ failedAtMs: nowMs }))
  return null
}
