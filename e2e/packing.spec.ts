/** What goes into the installers, proven by packing with a stand-in for Electron's own files: no network, no signing. */
import { execFile, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { shippedPackages } from '../tools/licences.js'
import { startTill } from './till.ts'

const project = path.resolve(import.meta.dirname, '..')
const fromProject = createRequire(path.join(project, 'package.json'))
const builder = createRequire(fromProject.resolve('app-builder-lib/package.json'))
const asar = builder('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  statFile(archive: string, file: string): { files?: object; size?: number; unpacked?: boolean }
  extractFile(archive: string, file: string): Buffer
  extractAll(archive: string, folder: string): void
}
const fuses = builder('@electron/fuses') as {
  getCurrentFuseWire(program: string): Promise<Record<number, number>>
  FuseV1Options: Record<string, number>
}

interface Packed {
  readonly archive: string
  readonly program: string
  readonly files: readonly { readonly name: string; readonly size: number; readonly unpacked: boolean }[]
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-packing-'))
const packed: Record<string, Packed> = {}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(300_000)
  packed['linux-x64'] = await pack('linux', 'x64', 'linux-unpacked')
  packed['win32-arm64'] = await pack('win', 'arm64', 'win-arm64-unpacked')
})
test.afterAll(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

async function pack(system: 'linux' | 'win', arch: string, name: string): Promise<Packed> {
  const output = path.join(folder, system)
  const what = [`--${system}`, '--dir', `--${arch}`, '--publish', 'never']
  const where = [`-c.electronDist=${standIn(system)}`, `-c.directories.output=${output}`]
  const program = fromProject.resolve('electron-builder/cli.js')
  await promisify(execFile)(process.execPath, [program, ...what, ...where], {
    cwd: project,
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
  })
  const archive = path.join(output, name, 'resources', 'app.asar')
  const entries = asar.listPackage(archive, { isPack: false }).map((each) => each.slice(1))
  const files = entries.flatMap((each) => {
    const { files: inside, size = 0, unpacked = false } = asar.statFile(archive, each)
    return inside === undefined ? [{ name: each.split(path.sep).join('/'), size, unpacked }] : []
  })
  return { archive, program: path.join(output, name, system === 'win' ? 'Kassa.exe' : 'kassa'), files }
}

/** A folder that electron-builder takes for Electron's: a program that does nothing and has fuses to flip. */
function standIn(system: 'linux' | 'win'): string {
  const dist = path.join(folder, `electron-${system}`)
  const { version } = fromProject('electron/package.json') as { version: string }
  fs.mkdirSync(path.join(dist, 'resources'), { recursive: true })
  fs.writeFileSync(path.join(dist, 'version'), version)
  fs.writeFileSync(path.join(dist, 'LICENSE'), 'stand-in')
  const wire = Buffer.from([1, 9, ...Buffer.from('000000000')])
  const sealed = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), wire])
  const program = system === 'win' ? exeWith(sealed) : Buffer.concat([Buffer.from('#!/bin/sh\n# '), sealed])
  fs.writeFileSync(path.join(dist, system === 'win' ? 'electron.exe' : 'electron'), program, { mode: 0o755 })
  return dist
}

interface Exe {
  setExtraData(bytes: ArrayBuffer): void
  generate(): ArrayBuffer
}
interface ExeTools {
  readonly NtExecutable: { createEmpty(is32: boolean, isDll: boolean): Exe }
  readonly NtExecutableResource: {
    from(exe: Exe, ignoreUnparsable: boolean): { entries: object[]; outputResource(exe: Exe): void }
  }
  readonly Resource: {
    readonly VersionInfo: {
      createEmpty(): {
        lang: number
        setStringValues(language: object, values: object): void
        outputToResourceEntries(entries: object[]): void
      }
    }
  }
}

/** The smallest file that Windows would call a program: electron-builder writes its icon and the archive's hash into it. */
function exeWith(sealed: Buffer): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = builder('resedit') as ExeTools
  const exe = NtExecutable.createEmpty(false, false)
  const resource = NtExecutableResource.from(exe, true)
  const version = Resource.VersionInfo.createEmpty()
  version.lang = 1033
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'stand-in' })
  version.outputToResourceEntries(resource.entries)
  resource.outputResource(exe)
  exe.setExtraData(new Uint8Array(sealed).buffer)
  return Buffer.from(exe.generate())
}

function packedFor(name: string): Packed {
  const found = packed[name]
  if (found === undefined) throw new Error(`nothing was packed for ${name}`)
  return found
}

test("electron-builder's own schema has nothing against electron-builder.yml", async () => {
  const { validateConfiguration } = fromProject('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration(configuration: object, log: object): Promise<void>
  }
  const { DebugLogger } = builder('builder-util') as { DebugLogger: new (enabled: boolean) => object }
  const yaml = builder('js-yaml') as { load(text: string): object }
  const read = () => yaml.load(fs.readFileSync(path.join(project, 'electron-builder.yml'), 'utf8'))
  await validateConfiguration(read(), new DebugLogger(false))
  await expect(validateConfiguration({ ...read(), asarr: true }, new DebugLogger(false))).rejects.toThrow(
    /asarr/,
  )
  expect(read()).toMatchObject({
    win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] },
    linux: { target: [{ target: 'AppImage' }, { target: 'deb' }] },
    mac: { target: [{ target: 'dmg' }, { target: 'zip' }] },
    deb: { depends: expect.arrayContaining(['libusb-1.0-0', 'libudev1']) },
  })
})

for (const name of ['linux-x64', 'win32-arm64']) {
  test(`${name}: the program is packed, and nothing else of the project`, () => {
    const { files, archive } = packedFor(name)
    const names = files.map((each) => each.name)
    expect(names).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/main.js',
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'out/licences.txt',
        'resources/seqr.wsdl',
        'resources/demo-catalogue.csv',
      ]),
    )
    const top = new Set(names.map((each) => each.split('/')[0]))
    expect(top).toEqual(new Set(['package.json', 'out', 'resources', 'node_modules']))
    const manifest = JSON.parse(asar.extractFile(archive, 'package.json').toString()) as Record<
      string,
      unknown
    >
    expect(manifest).toMatchObject({ name: 'kassa', main: 'out/main/main.js', type: 'module' })
    expect(manifest).not.toHaveProperty('devDependencies')
    expect(manifest).not.toHaveProperty('scripts')
  })

  test(`${name}: no sources, tests, documents, maps, keys or data`, () => {
    const wrong = packedFor(name).files.filter(
      (each) =>
        /\.(tsx?|mts|cts|map|md|cc?|cpp|hpp?|gyp|gypi|flow|sqlite|key|pem|p12|log)$/i.test(each.name) ||
        /\/(tests?|__tests__|docs?|examples?|benchmarks?|coverage|deps|hidapi)\//.test(each.name) ||
        /(^|\/)\.[^/]*(rc|env)[^/]*$|\.(test|spec)\.[cm]?js$/.test(each.name),
    )
    expect(wrong.map((each) => each.name)).toEqual([])
  })

  test(`${name}: only packages that the till runs on are in, neither Electron nor Node nor a tool among them`, () => {
    // electron-builder lays packages out anew, so only their names can be compared.
    const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13)
    const shipped = new Set(shippedPackages(project).map(nameOf))
    const packedPlaces = packedFor(name).files.flatMap(
      (each) => /^(.*node_modules\/(@[^/]+\/)?[^/]+)\/package\.json$/.exec(each.name)?.[1] ?? [],
    )
    const roots = [...new Set(packedPlaces.map(nameOf))]
    // escpos asks for get-pixels: the stand-in of tools/stubs is packed in its place.
    expect(roots.filter((each) => !shipped.has(each) && each !== 'get-pixels')).toEqual([])
    const { dependencies } = fromProject('./package.json') as { dependencies: Record<string, string> }
    expect(roots).toEqual(expect.arrayContaining(Object.keys(dependencies)))
  })

  test(`${name}: native parts lie beside the archive, for this system alone`, () => {
    const natives = packedFor(name).files.filter((each) => each.name.endsWith('.node'))
    expect(natives.filter((each) => !each.unpacked)).toEqual([])
    expect(natives.map((each) => each.name.replace('node_modules/', '')).sort()).toEqual(nativeFiles[name])
  })

  test(`${name}: the fuses are set`, async () => {
    const wire = await fuses.getCurrentFuseWire(packedFor(name).program)
    const state = Object.fromEntries(
      Object.entries(fuses.FuseV1Options)
        .filter(([, index]) => typeof index === 'number' && wire[index] !== undefined)
        .map(([fuse, index]) => [fuse, wire[index] === '1'.charCodeAt(0)]),
    )
    expect(state).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    })
  })

  test(`${name}: what is packed is small`, () => {
    const { files } = packedFor(name)
    const bytes = files.reduce((sum, each) => sum + each.size, 0)
    const parts = ['out', 'node_modules', 'resources'].map((part) => {
      const own = files.filter((each) => each.name.startsWith(`${part}/`))
      return `${part} ${(own.reduce((sum, each) => sum + each.size, 0) / 1_000_000).toFixed(1)}`
    })
    console.log(
      `packed ${name}: ${(bytes / 1_000_000).toFixed(1)} MB in ${files.length} files (${parts.join(', ')})`,
    )
    expect(bytes).toBeLessThan(25_000_000)
  })
}

const nativeFiles: Record<string, string[]> = {
  'linux-x64': [
    '@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
    'better-sqlite3/prebuilds/linux-x64.node',
    'node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
    'node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
  ],
  'win32-arm64': [
    '@serialport/bindings-cpp/prebuilds/win32-arm64/@serialport+bindings-cpp.armv8.node',
    'better-sqlite3/prebuilds/win32-arm64.node',
    'node-hid/prebuilds/HID-win32-arm64/node-napi-v4.node',
  ],
}

test('the register starts from what was packed, and from nothing else', async () => {
  test.skip(
    process.platform !== 'linux' || process.arch !== 'x64',
    'the natives packed here are for Linux on x64',
  )
  const unpacked = path.join(folder, 'program')
  asar.extractAll(packedFor('linux-x64').archive, unpacked)
  const till = await startTill({
    dataDir: path.join(folder, 'data'),
    program: path.join(unpacked, 'out', 'main', 'kiosk.js'),
  })
  const page = await fetch(till.address, { redirect: 'manual' })
  expect(page.status).toBe(303)
  await till.stop()
})

test('the shell scripts of the .deb are sound', () => {
  test.skip(process.platform === 'win32', 'there is no sh')
  for (const name of ['after-install.sh', 'after-remove.sh'])
    execFileSync('sh', ['-n', path.join(project, 'resources', 'linux', name)])
})
