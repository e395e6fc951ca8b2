// Keeps the arrows between the rooms (docs/architecture.md): reads every import, follows it to its file, and
// compares with the table below. Where the linter sees an import's text, this sees where it leads.
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { inProject, project, runTool, say } from './project.js'

const theRules = [
  { room: 'app/domain', may: ['app/domain'], packages: [] },
  { room: 'app/contract', may: ['app/domain'], packages: ['zod'] },
  { room: 'app/words', may: ['app/domain', 'app/contract'], packages: [] },
  { room: 'app/components', may: ['app/domain', 'app/contract', 'app/words', 'app/styles'], packages: 'any' },
  {
    room: 'app/screens',
    may: ['app/domain', 'app/contract', 'app/words', 'app/components', 'app/styles'],
    packages: 'any',
    apart: true,
  },
  { room: 'app', may: ['app/'], packages: 'any' },
  {
    room: 'electron/sandbox',
    may: ['app/domain/money.ts', 'app/domain/code128.ts', 'app/domain/qr-code.ts'],
    packages: 'any',
  },
  {
    room: 'electron/register',
    may: ['electron/', 'app/domain', 'app/contract', 'app/words'],
    never: ['electron/kiosk', 'electron/desktop', 'electron/ipc'],
    packages: 'any',
  },
  {
    room: 'electron/kiosk',
    may: ['electron/vault', 'app/contract', 'app/domain'],
    shellFiles: true,
    packages: 'any',
  },
  {
    room: 'electron/desktop',
    may: ['electron/ipc', 'electron/vault', 'app/contract', 'app/domain'],
    shellFiles: true,
    packages: 'any',
  },
  { room: 'electron/ipc', may: ['app/contract', 'app/domain'], shellFiles: true, packages: 'any' },
  { room: 'electron/*', may: ['app/domain', 'app/contract'], packages: 'any' },
  { room: 'electron', may: ['electron/', 'app/domain', 'app/contract', 'app/words'], packages: 'any' },
]

/** Only these files may use these packages. */
const thePackages = [
  { name: 'electron', only: /^electron\/(main|preload|electron\.fake)\.ts$|^electron\/(ipc|desktop)\// },
  { name: 'better-sqlite3', only: /^electron\/storage\// },
  { name: 'escpos', only: /^electron\/printer\// },
  { name: 'soap', only: /^electron\/(seqr|sandbox)\// },
  { name: 'serialport', only: /^electron\/(scanner|printer|display)\// },
  { name: 'node-hid', only: /^electron\/scanner\// },
  { name: 'ws', only: /^electron\/kiosk\// },
  { name: 'react', only: /^app\// },
  { name: 'recharts', only: /^app\// },
]

/** The sandbox shares nothing with the till but the wire: only start-up starts it. */
const theSandbox = {
  room: 'electron/sandbox',
  only: /^electron\/(register\/register|start-up|kiosk|main|demo)\.ts$|^electron\/register\/simulation\//,
}

/** From here no chain of imports may lead to Electron. */
const plainNode = ['electron/kiosk.ts', 'electron/demo.ts']

/** Every import that breaks a rule, as a sentence. `files` is a map from path in the project to text. */
export function violations(files) {
  const graph = new Map([...files].map(([file, text]) => [file, importsOf(file, text)]))
  const found = []
  for (const [file, imports] of graph) {
    if (isTest(file)) continue
    for (const target of imports) found.push(...wrongWith(file, target, files))
  }
  for (const start of plainNode) found.push(...chainsToElectron(start, graph))
  return found
}

function wrongWith(file, target, files) {
  const rule = ruleFor(file)
  if (rule === undefined) return [`${file}: is in no room of tools/boundaries.js`]
  if (target.package !== undefined) return wrongPackage(file, target.package, rule)
  if (!files.has(target.file) && !/\.(css|json|svg|png|wav|mp3)$/.test(target.file))
    return [`${file}: imports ${target.file}, which is not there`]
  if (
    target.file.startsWith(`${theSandbox.room}/`) &&
    !file.startsWith(`${theSandbox.room}/`) &&
    !theSandbox.only.test(file)
  )
    return [`${file}: imports ${target.file}, but only start-up may know the sandbox`]
  return mayImport(file, target.file, rule) ? [] : [`${file}: may not import ${target.file}`]
}

function wrongPackage(file, name, rule) {
  if (builtinModules.includes(name) || name.startsWith('node:'))
    return file.startsWith('app/') ? [`${file}: imports ${name}, but the product runs in a window`] : []
  const limit = thePackages.find((each) => name === each.name || name.startsWith(`${each.name}/`))
  if (limit !== undefined && !limit.only.test(file)) return [`${file}: may not import the package ${name}`]
  if (rule.packages === 'any' || rule.packages.includes(name)) return []
  return [
    `${file}: imports the package ${name}, but ${rule.room} takes ${rule.packages.join(', ') || 'none'}`,
  ]
}

function mayImport(file, target, rule) {
  const own = rule.room === 'electron/*' ? roomOf(file) : rule.room
  if (rule.never?.some((room) => target.startsWith(`${room}/`))) return false
  if (rule.apart) return isSameScreen(file, target) || rule.may.some((room) => target.startsWith(room))
  if (own !== 'electron' && own !== 'app' && target.startsWith(`${own}/`)) return true
  if (isShared(target) || ((rule.shellFiles || isProgram(file)) && isRootOf('electron', target))) return true
  return rule.may.some((room) =>
    room.includes('.') ? target === room : target.startsWith(room.endsWith('/') ? room : `${room}/`),
  )
}

/** A screen may use its own folder and what lies beside all the folders, never another screen's folder. */
function isSameScreen(file, target) {
  const [, , folder] = file.split('/')
  if (!target.startsWith('app/screens/')) return false
  return (
    isRootOf('app/screens', target) ||
    isRootOf('app/screens', file) ||
    target.startsWith(`app/screens/${folder}/`)
  )
}

/** The log's type is the one thing that every room of the machine may share. */
const isShared = (target) => target === 'electron/log.ts' || target === 'electron/redact.ts'
/** A room may have a small program of its own for the terminal, which reads the settings as the shells do. */
const isProgram = (file) => file.endsWith('-cli.ts')
const isRootOf = (folder, file) => path.posix.dirname(file) === folder
const roomOf = (file) => file.split('/').slice(0, 2).join('/')
const isTest = (file) => /\.(test|spec)\.tsx?$/.test(file)

function ruleFor(file) {
  if (isRootOf('electron', file)) return theRules.find(({ room }) => room === 'electron')
  if (isRootOf('app', file)) return theRules.find(({ room }) => room === 'app')
  const exact = theRules.find(({ room }) => room === roomOf(file))
  return (
    exact ?? (file.startsWith('electron/') ? theRules.find(({ room }) => room === 'electron/*') : undefined)
  )
}

/** Every module that a file names: whole and type-only imports, re-exports and import(). */
export function importsOf(file, text) {
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
  ]
  const names = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]))
  return names.map((name) => {
    if (!name.startsWith('.')) return { package: name }
    return { file: path.posix.join(path.posix.dirname(file), name) }
  })
}

function chainsToElectron(start, graph) {
  const seen = new Set()
  const walk = (file, chain) => {
    if (seen.has(file)) return []
    seen.add(file)
    return (graph.get(file) ?? []).flatMap((target) => {
      if (target.package === 'electron')
        return [`${start}: leads to Electron through ${[...chain, file].join(' -> ')}`]
      return target.file === undefined ? [] : walk(target.file, [...chain, file])
    })
  }
  return walk(start, [])
}

/** The sources of a project, by path. */
export function sourcesOf(root) {
  const files = new Map()
  for (const folder of ['app', 'electron']) {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
      const full = path.join(entry.parentPath ?? entry.path, entry.name)
      files.set(path.relative(root, full).split(path.sep).join('/'), fs.readFileSync(full, 'utf8'))
    }
  }
  return files
}

if (process.argv[1] === inProject('tools', 'boundaries.js'))
  await runTool(async () => {
    const files = sourcesOf(project)
    const found = violations(files)
    for (const sentence of found) say(sentence)
    const imports = [...files].reduce((count, [file, text]) => count + importsOf(file, text).length, 0)
    console.log(`${files.size} files and ${imports} imports read, ${found.length} against the rules`)
    return found.length === 0 && imports > 50 ? 0 : 1
  })
