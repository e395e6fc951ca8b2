// Writes the licences of everything that is shipped: the packages that the till runs on, and those that are built into
// its screens. Reads what is installed and asks no network.
import fs from 'node:fs'
import path from 'node:path'
import { importsOf, sourcesOf } from './boundaries.js'
import { readJson } from './project.js'

/** All licences as one text, a chapter a package, in alphabetical order. */
export function licencesText(root) {
  const packages = shippedPackages(root).map((place) => chapterOf(root, place))
  const head = `Kassa contains the ${packages.length} packages below. Their licences:`
  return `${[head, ...packages].join(`\n\n${'-'.repeat(100)}\n\n`)}\n`
}

/** Where in node_modules each shipped package lies. */
export function shippedPackages(root) {
  const { packages } = readJson(path.join(root, 'package-lock.json'))
  const found = new Set(Object.keys(packages[''].dependencies).map((name) => `node_modules/${name}`))
  for (const name of packagesOfScreens(root)) found.add(`node_modules/${name}`)
  for (const place of found)
    for (const name of needs(packages[place])) {
      const next = resolvedFrom(place, name, packages)
      if (next !== null) found.add(next)
    }
  return [...found].filter((place) => packages[place]?.link !== true).sort(byText)
}

function needs({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = {}) {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true)
  return [...Object.keys(dependencies), ...peers].filter((name) => !name.startsWith('@types/'))
}

const byText = (one, other) => (one < other ? -1 : 1)

/** What the screens import is built into their script. */
function packagesOfScreens(root) {
  const names = [...sourcesOf(root)]
    .filter(([file]) => file.startsWith('app/') && !/\.(test|fake)\.tsx?$/.test(file))
    .flatMap(([file, text]) => importsOf(file, text).map((target) => target.package))
    .filter((name) => name !== undefined && !name.startsWith('node:'))
  return names.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  )
}

/** The place of a package as Node finds it: beside the one that asks, then further up. Null: it is not installed. */
function resolvedFrom(place, name, packages) {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const next = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[next] !== undefined) return next
    if (at === '') return null
  }
}

function chapterOf(root, place) {
  const folder = path.join(root, place)
  const { name, version, license, author } = readJson(path.join(folder, 'package.json')) ?? { name: place }
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  const texts = files
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim())
  const readme = files.find((file) => /^readme/i.test(file))
  const section = /^(#+ *licen[cs]e\b|licen[cs]e\n---)[\s\S]*/im
  if (texts.length === 0 && readme !== undefined)
    texts.push(section.exec(fs.readFileSync(path.join(folder, readme), 'utf8'))?.[0].trim() ?? '')
  const by = typeof author === 'string' ? author : author?.name
  const plain = `The package brings no licence text of its own${by ? `. Its author is ${by}` : ''}.`
  return [`${name} ${version} (${license ?? 'see below'})`, ...(texts.some(Boolean) ? texts : [plain])].join(
    '\n\n',
  )
}
