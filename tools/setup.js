// All set-up there is: packages, Node 24, the build. Each part looks at what is there, so that a start that was
// interrupted is repaired by the next one, and a start where nothing is missing costs a few hundredths of a second.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { licencesText } from './licences.js'
import { inProject, lastLines, project, readJson, run, runTool, say, seconds, Stop } from './project.js'

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node'
const oldestNode = 20

/** Sets up whatever is missing. Resolves with the Node 24 program that everything else runs on. */
export async function setUp({ build = false } = {}) {
  if (Number(process.versions.node.split('.')[0]) < oldestNode)
    throw new Stop(
      `Node ${oldestNode} or newer is needed to begin with; this is ${process.version}. See https://nodejs.org`,
    )
  await ensurePackages()
  const node = await ensureNode()
  if (build) await ensureBuild(node)
  return node
}

async function ensurePackages() {
  const missing = whatIsMissing(project)
  if (missing === null || missing === readJson(acceptedFile())?.missing) return
  say(`Setting up: ${missing}. This is done once and takes about a minute.`)
  const started = Date.now()
  const places = Object.keys(readJson(inProject('package-lock.json')).packages).filter(
    (place) => place !== '',
  )
  const ticker = setInterval(
    () => say(`  ${countThere(places)} of ${places.length} packages, ${seconds(started)}`),
    5_000,
  )
  const install = [installCommand(), '--no-audit', '--no-fund', '--loglevel=error']
  let { code, output } = await npm(install)
  // The one install script that we let run fetches Node 24, which not every system can get that way.
  if (code !== 0 && isNode24(process.execPath))
    ({ code, output } = await npm([...install, '--ignore-scripts']))
  clearInterval(ticker)
  if (code !== 0)
    throw new Stop(
      `${lastLines(output)}\n\nThe packages could not be installed. Is the network there? The next start tries again from the beginning.`,
    )
  say(`Packages are installed (${seconds(started)}).`)
  const still = whatIsMissing(project)
  if (still !== null) accept(still)
}

const acceptedFile = () => inProject('node_modules', '.cache', 'kassa-accepted.json')

/** npm says that all is well although we miss something: believe npm, and don't install anew at every start. */
function accept(missing) {
  fs.mkdirSync(path.dirname(acceptedFile()), { recursive: true })
  fs.writeFileSync(acceptedFile(), JSON.stringify({ missing }))
}

/** `npm ci` puts everything in place anew. Windows cannot replace the node.exe that is running, so there the rest is repaired. */
function installCommand() {
  const isOurNode = process.execPath.startsWith(inProject('node_modules'))
  return process.platform === 'win32' && isOurNode ? 'install' : 'ci'
}

/**
 * What keeps the installed packages from being complete, or null. npm writes its own list last, so a list that
 * agrees with package-lock.json, with every folder there, is a finished install.
 */
export function whatIsMissing(root) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages
  if (!wanted)
    throw new Stop('package-lock.json is missing or unreadable: this is not a whole copy of Kassa.')
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!installed) return 'the packages are not installed yet'
  for (const [place, { version, optional, link }] of Object.entries(wanted)) {
    if (!place.startsWith('node_modules/') || optional || link || version === undefined) continue
    if (installed[place] === undefined) return `${place.slice(13)} is missing`
    if (installed[place].version !== version) return `${place.slice(13)} is another version`
    if (!fs.existsSync(path.join(root, place, 'package.json'))) return `${place.slice(13)} is not whole`
  }
  return null
}

/** npm makes all folders first and fills them then: a package is there when its own manifest is. */
function countThere(places) {
  return places.filter((place) => fs.existsSync(inProject(place, 'package.json'))).length
}

/** npm through the program that runs us, where npm said which; else the npm on the PATH. */
function npm(args) {
  const script = process.env.npm_execpath
  if (script && /\.c?js$/.test(script) && fs.existsSync(script))
    return run(process.execPath, [script, ...args])
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...args])
  return run('npm', args)
}

/** Node 24 from its package; its install script may have been blocked, which `npm rebuild` makes good. */
async function ensureNode() {
  const own = ownNode()
  if (isNode24(own)) return own
  if (isNode24(process.execPath)) return process.execPath
  say('Fetching Node 24 for this project (the Node of this system stays as it is) ...')
  const { output } = await npm(['rebuild', 'node', '--foreground-scripts'])
  if (isNode24(own)) return own
  throw new Stop(
    `${lastLines(output)}\n\nNode 24 could not be fetched. Install Node 24 from https://nodejs.org and start again.`,
  )
}

const ownNode = () => inProject('node_modules', 'node', 'bin', nodeName)

function isNode24(program) {
  if (program === process.execPath) return Number(process.versions.node.split('.')[0]) >= 24
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', windowsHide: true })
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1]) >= 24
}

const buildStamp = () => inProject('out', 'built.json')

async function ensureBuild(node) {
  const sources = sourcesHash(project)
  if (readJson(buildStamp())?.sources === sources) return
  await buildNow(node)
}

/** Builds the screens and both shells. The stamp goes first and comes back last: half a build is never taken for a whole one. */
export async function buildNow(node) {
  const started = Date.now()
  const sources = sourcesHash(project)
  fs.rmSync(buildStamp(), { force: true })
  const { code, output } = await run(node, [inProject('node_modules', 'vite', 'bin', 'vite.js'), 'build'])
  if (code !== 0) throw new Stop(`${lastLines(output, 40)}\n\nThe program could not be built.`)
  fs.writeFileSync(inProject('out', 'licences.txt'), licencesText(project))
  fs.writeFileSync(buildStamp(), `${JSON.stringify({ sources })}\n`)
  say(`Built (${seconds(started)}).`)
}

const sourceFolders = ['app', 'electron', 'resources']
const sourceFiles = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json']

/** One value for everything a build is made of: names, sizes and times of the files. */
export function sourcesHash(root) {
  const hash = createHash('sha256')
  const files = sourceFolders.flatMap((folder) => filesBelow(path.join(root, folder)))
  for (const file of [...files, ...sourceFiles.map((name) => path.join(root, name))].sort(byText)) {
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    hash.update(`${path.relative(root, file)} ${stat?.size} ${stat?.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const byText = (one, other) => (one < other ? -1 : 1)

function filesBelow(folder) {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(test|fake)\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
}

if (process.argv[1] === inProject('tools', 'setup.js'))
  await runTool(async () => void (await setUp({ build: true })))
