import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { webSocketWire } from '../../app/contract/bridge.ts'
import { bridgeOver, notice, request } from '../../app/contract/define.ts'
import { settingsFromEnvironment } from '../settings-from-environment.ts'
import type { RegisterParts, Till } from '../shell.ts'
import type { RunningChromium } from './chromium.ts'
import { runKiosk } from './run-kiosk.ts'

const contract = {
  sale: {
    total: request().answers<number>(),
    add: request(z.strictObject({ amountMinor: z.int() })).answers<number>(),
    changed: notice<number>(),
  },
}

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-kiosk-'))
  fs.mkdirSync(path.join(folder, 'page'))
  fs.writeFileSync(path.join(folder, 'page', 'index.html'), 'the register')
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

function tillOf(happened: string[], given: RegisterParts[] = []): Till<typeof contract> {
  return {
    contract,
    displayMay: [],
    async createRegister(parts) {
      given.push(parts)
      const sale = { total: 0 }
      const listeners = new Set<(channel: string, payload: unknown) => void>()
      return {
        handlers: {
          sale: {
            total: () => sale.total,
            add({ amountMinor }) {
              sale.total += amountMinor
              for (const tell of listeners) tell('sale.changed', sale.total)
              return sale.total
            },
          },
        },
        listen(announce) {
          listeners.add(announce)
          return () => listeners.delete(announce)
        },
        start: async () => void happened.push('start'),
        stop: async () => void happened.push('stop'),
        openMoney: () => [],
        quitWords: () => ({ message: '', next: '', stay: '', end: '' }),
      }
    },
  }
}

interface Played {
  readonly openWindow?: (address: string) => RunningChromium | null
  readonly later?: (ms: number, act: () => void) => void
  readonly onSurprise?: (listener: (error: unknown) => void) => void
}

function run(
  happened: string[],
  variables: Record<string, string> = {},
  given: RegisterParts[] = [],
  played: Played = {},
) {
  const environment = { KASSA_DATA_DIR: path.join(folder, 'data'), ...variables }
  const read = settingsFromEnvironment(environment, { platform: process.platform, homeDir: folder })
  if (!read.ok) throw new Error(read.problems.join())
  const stop = Promise.withResolvers<void>()
  const line = Promise.withResolvers<string>()
  const program = { resourcesDir: folder, pageDir: path.join(folder, 'page'), preload: '', version: '1.2.3' }
  const ended = runKiosk(tillOf(happened, given), read.settings, program, {
    print: line.resolve,
    openWindow: () => null,
    stopAsked: stop.promise,
    now: () => 0,
    later: () => {},
    onSurprise: () => {},
    ...played,
  })
  return { stop: stop.resolve, line: line.promise, ended }
}

/** Follows the printed line as a browser would: the ticket for the cookie, then the socket. */
async function browse(line: string) {
  const address = /^Kassa is ready at (http:\S+)$/m.exec(line)?.[1] ?? ''
  const opened = await fetch(address, { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { host, origin } = new URL(address)
  const page = await (await fetch(origin, { headers: { cookie } })).text()
  const sockets: WebSocket[] = []
  const wire = webSocketWire(`ws://${host}/wire/till`, {
    open(to) {
      const socket = new WebSocket(to, { headers: { cookie, origin } } as never)
      sockets.push(socket)
      return socket
    },
  })
  await new Promise<void>((resolve) => wire.onConnection((connected) => connected && resolve()))
  return { page, pos: bridgeOver(contract, wire), wire, sockets }
}

test('from the printed line to a sale: page, questions and notices', async () => {
  const happened: string[] = []
  const kiosk = run(happened)
  const { page, pos } = await browse(await kiosk.line)
  expect(page).toBe('the register')
  const heard = new Promise((resolve) => pos.sale.onChanged(resolve))
  expect(await pos.sale.add({ amountMinor: 250 })).toBe(250)
  expect(await heard).toBe(250)
  await expect(pos.sale.add({ amountMinor: 1.5 })).rejects.toMatchObject({ fault: 'invalidRequest' })
  kiosk.stop()
  await kiosk.ended
  expect(happened).toEqual(['start', 'stop'])
})

test('the register gets the data folder, a vault with a key file, and the version', async () => {
  const given: RegisterParts[] = []
  const kiosk = run([], {}, given)
  await kiosk.line
  expect(given[0]).toMatchObject({ dataDir: path.join(folder, 'data'), version: '1.2.3', shell: 'kiosk' })
  expect(given[0]?.vault.kind).toBe('keyFile')
  kiosk.stop()
  await kiosk.ended
  expect(fs.readdirSync(path.join(folder, 'data')).sort()).toEqual(['logs', 'vault.key'])
})

test('a second start on the same data folder opens no second register, and gives a fresh way in', async () => {
  const happened: string[] = []
  const first = run(happened)
  const firstLine = await first.line
  const second = run(happened)
  const secondLine = await second.line
  await second.ended
  expect(secondLine).toContain('running already')
  expect(secondLine).not.toContain(firstLine)
  expect((await browse(secondLine)).page).toBe('the register')
  first.stop()
  await first.ended
  expect(happened).toEqual(['start', 'stop'])
})

test('a question that is cut off by the end is answered as disconnected, and the window tries again by itself', async () => {
  const kiosk = run([])
  const { pos, wire } = await browse(await kiosk.line)
  const cut = new Promise<void>((resolve) => wire.onConnection((connected) => !connected && resolve()))
  kiosk.stop()
  await kiosk.ended
  await cut
  await expect(pos.sale.total()).rejects.toMatchObject({ fault: 'disconnected' })
})

test('the password from the environment never reaches the log', async () => {
  const given: RegisterParts[] = []
  const account = {
    KASSA_SEQR_RESELLER: 'shop',
    KASSA_SEQR_USER: '1',
    KASSA_SEQR_PASSWORD: 'hunter22-planted',
  }
  const kiosk = run([], account, given)
  await kiosk.line
  given[0]?.log.error({ err: new Error('refused hunter22-planted') }, 'SEQR said no to hunter22-planted')
  kiosk.stop()
  await kiosk.ended
  const log = fs.readFileSync(path.join(folder, 'data', 'logs', 'kassa.log'), 'utf8')
  expect(log).toContain('SEQR said no to ***')
  expect(log).not.toContain('hunter22')
})

test('a port that is taken stops the register again and says so', async () => {
  const happened: string[] = []
  const first = run(happened)
  const port = new URL((await first.line).replace('Kassa is ready at ', '')).port
  const second = run(happened, { KASSA_PORT: port, KASSA_DATA_DIR: path.join(folder, 'other') })
  await expect(second.ended).rejects.toMatchObject({ code: 'EADDRINUSE' })
  first.stop()
  await first.ended
  expect(happened).toEqual(['start', 'stop', 'stop'])
})

/** A Chromium that a test closes or crashes. */
function playedWindow() {
  const end = Promise.withResolvers<{ crashed: boolean }>()
  const did: string[] = []
  const window: RunningChromium = {
    closed: end.promise,
    close: () => void did.push('close'),
    pageIsGone() {
      did.push('page is gone')
      end.resolve({ crashed: true })
    },
  }
  return { window, did, closeByHand: () => end.resolve({ crashed: false }) }
}

test('closing the window ends the register', async () => {
  const happened: string[] = []
  const { window, closeByHand } = playedWindow()
  const kiosk = run(happened, {}, [], { openWindow: () => window })
  await kiosk.line
  closeByHand()
  await kiosk.ended
  expect(happened).toEqual(['start', 'stop'])
})

test('a window whose page has crashed is opened again, with an address of its own', async () => {
  const [first, second] = [playedWindow(), playedWindow()]
  const left = [first.window, second.window]
  const addresses: string[] = []
  const waits: (() => void)[] = []
  const looked = Promise.withResolvers<void>()
  const openWindow = (address: string) => {
    addresses.push(address)
    return left.shift() ?? null
  }
  const later = (_ms: number, act: () => void) => (waits.push(act), looked.resolve())
  const kiosk = run([], {}, [], { openWindow, later })
  const { sockets } = await browse(await kiosk.line)
  sockets[0]?.close()
  await looked.promise
  waits[0]?.()
  await new Promise((resolve) => setImmediate(resolve))
  expect(first.did).toEqual(['page is gone'])
  expect([addresses.length, new Set(addresses).size]).toEqual([2, 2])
  second.closeByHand()
  await kiosk.ended
})

test('an error that nobody caught is logged, and the till goes on', async () => {
  const listeners: ((error: unknown) => void)[] = []
  const kiosk = run([], {}, [], { onSurprise: (listener) => void listeners.push(listener) })
  const { pos } = await browse(await kiosk.line)
  listeners[0]?.(new Error('the printer bit'))
  expect(await pos.sale.add({ amountMinor: 1 })).toBe(1)
  kiosk.stop()
  await kiosk.ended
  expect(fs.readFileSync(path.join(folder, 'data', 'logs', 'kassa.log'), 'utf8')).toContain('the printer bit')
})

test('a till that is ended from its own window stops the register and lets the folder go', async () => {
  const happened: string[] = []
  const given: RegisterParts[] = []
  const till = run(happened, {}, given, { later: (_ms, act) => setImmediate(act) })
  await till.line
  given[0]?.end?.()
  await till.ended
  expect(happened).toEqual(['start', 'stop'])
  expect(fs.existsSync(path.join(folder, 'data', 'running.json'))).toBe(false)
})
