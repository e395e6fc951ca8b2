import { expect, test } from 'vitest'
import { silentLog } from '../log.ts'
import type { UpdateFacts } from '../shell.ts'
import { updaterOver } from './electron-updater.ts'
import { createUpdates, isNewer, type Updater } from './updates.ts'

const address = 'https://updates.example/kassa/'
const hourMs = 60 * 60_000

/** An update server in the hand of the test, and the till's updates before it. */
function played(published = '1.3.0', facts: UpdateFacts = { moneyOpen: false, betweenShifts: true }) {
  const server = {
    published: published as string | Error,
    asked: 0,
    addresses: [] as string[],
    downloads: [] as {
      end: PromiseWithResolvers<void>
      tell: (percent: number) => void
      cancelled: boolean
    }[],
    installed: [] as boolean[],
  }
  const state = { facts, nowMs: 1_000_000, later: [] as (() => void)[], restarts: 0, loads: 0 }
  const updater: Updater = {
    setAddress: (url) => void server.addresses.push(url),
    async check() {
      server.asked += 1
      if (server.published instanceof Error) throw server.published
      return server.published
    },
    download(tell) {
      const end = Promise.withResolvers<void>()
      const one = { end, tell, cancelled: false }
      server.downloads.push(one)
      return {
        done: end.promise,
        cancel() {
          one.cancelled = true
          end.reject(new Error('cancelled'))
        },
      }
    },
    install: (startAgain) => void server.installed.push(startAgain),
  }
  const updates = createUpdates({
    load: async () => ((state.loads += 1), updater),
    version: '1.2.3',
    log: silentLog,
    now: () => state.nowMs,
    later: (_ms, act) => void state.later.push(act),
    restart: () => (state.restarts += 1),
  })
  updates.follow(() => state.facts)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    updates,
    server,
    state,
    settle,
    /** A minute goes by, or as much as is said. */
    async pass(ms = 60_000) {
      state.nowMs += ms
      for (const act of state.later.splice(0)) act()
      await settle()
    },
    async change(next: Partial<UpdateFacts>) {
      state.facts = { ...state.facts, ...next }
      updates.look()
      await settle()
    },
  }
}

test('without an address nothing is loaded, asked or scheduled', async () => {
  const { updates, state, pass } = played()
  updates.look()
  await pass()
  expect(updates.view()).toMatchObject({ state: 'off', version: null })
  expect(updates.check()).toBe('off')
  expect([state.loads, state.later.length]).toEqual([0, 0])
})

test('between shifts a new version is found, fetched and held ready', async () => {
  const { updates, server, pass, settle } = played()
  updates.setAddress(address)
  await pass()
  expect(server.addresses).toEqual([address])
  expect(updates.view()).toMatchObject({ state: 'downloading', version: '1.3.0', percent: 0 })
  server.downloads[0]?.tell(41.7)
  expect(updates.view().percent).toBe(41)
  server.downloads[0]?.end.resolve()
  await settle()
  expect(updates.view()).toMatchObject({ state: 'ready', version: '1.3.0', waitsFor: null })
  expect(server.installed).toEqual([])
})

test('while a payment, a commit or a confirm is open nothing is asked, fetched or installed', async () => {
  const { updates, server, pass } = played('1.3.0', { moneyOpen: true, betweenShifts: true })
  updates.setAddress(address)
  await pass()
  await pass(24 * hourMs)
  expect(server.asked).toBe(0)
  expect(updates.check()).toBe('payment')
  expect(updates.install()).toBe('notReady')
})

test('with a shift open a new version is found but not fetched until the shift is closed', async () => {
  const { updates, server, pass, change } = played('1.3.0', { moneyOpen: false, betweenShifts: false })
  updates.setAddress(address)
  await pass()
  expect(updates.view()).toMatchObject({ state: 'found', version: '1.3.0', waitsFor: 'shift' })
  expect(server.downloads).toHaveLength(0)
  await change({ betweenShifts: true })
  expect(updates.view()).toMatchObject({ state: 'downloading', waitsFor: null })
})

test.each([{ moneyOpen: true }, { betweenShifts: false }])(
  'a download is called off when the till gets busy (%o), and begins again when it is quiet',
  async (busy) => {
    const { updates, server, pass, change, settle } = played()
    updates.setAddress(address)
    await pass()
    await change(busy)
    expect(server.downloads[0]?.cancelled).toBe(true)
    expect(updates.view()).toMatchObject({ state: 'found', problem: null })
    server.downloads[0]?.tell(99)
    expect(updates.view().state).toBe('found')
    await change({ moneyOpen: false, betweenShifts: true })
    expect(server.downloads).toHaveLength(2)
    server.downloads[1]?.end.resolve()
    await settle()
    expect(updates.view().state).toBe('ready')
  },
)

test('what is ready is installed only between shifts and with no money open', async () => {
  const { updates, server, state, pass, change, settle } = played()
  updates.setAddress(address)
  await pass()
  server.downloads[0]?.end.resolve()
  await settle()
  await change({ betweenShifts: false })
  expect(updates.install()).toBe('shift')
  expect(updates.mayTakeOver()).toBe(false)
  await change({ moneyOpen: true })
  expect(updates.install()).toBe('payment')
  expect(updates.mayTakeOver()).toBe(false)
  expect(state.restarts).toBe(0)
  await change({ moneyOpen: false, betweenShifts: true })
  expect(updates.mayTakeOver()).toBe(true)
  expect(updates.install()).toBe('done')
  expect(state.restarts).toBe(1)
  updates.takeOver(true)
  expect(server.installed).toEqual([true])
})

test.each(['1.2.2', '1.2.3', '0.9.9', '1.2.3-beta.1', '../../evil', ''])(
  'version %s after 1.2.3 is not taken',
  async (published) => {
    const { updates, server, pass } = played(published)
    updates.setAddress(address)
    await pass()
    expect(updates.view()).toMatchObject({ state: 'newest', version: null })
    expect(server.downloads).toHaveLength(0)
  },
)

test('a server that cannot be reached is asked again an hour later, and says why', async () => {
  const { updates, server, pass } = played()
  server.published = new Error('getaddrinfo ENOTFOUND updates.example')
  updates.setAddress(address)
  await pass()
  expect(updates.view()).toMatchObject({ state: 'unknown', problem: expect.stringContaining('ENOTFOUND') })
  await pass()
  expect(server.asked).toBe(1)
  server.published = '1.3.0'
  await pass(hourMs)
  expect(server.asked).toBe(2)
  expect(updates.view()).toMatchObject({ state: 'downloading', problem: null })
})

test('a download that fails waits an hour before it is tried again', async () => {
  const { updates, server, pass, settle } = played()
  updates.setAddress(address)
  await pass()
  server.downloads[0]?.end.reject(new Error('sha512 checksum mismatch'))
  await settle()
  expect(updates.view()).toMatchObject({ state: 'found', problem: 'sha512 checksum mismatch' })
  await pass()
  expect(server.downloads).toHaveLength(1)
  await pass(hourMs)
  expect(server.downloads).toHaveLength(2)
})

test('it asks again every six hours', async () => {
  const { updates, server, pass } = played('1.2.3')
  updates.setAddress(address)
  await pass()
  await pass(5 * hourMs)
  expect(server.asked).toBe(1)
  await pass(hourMs)
  expect(server.asked).toBe(2)
})

test('another address calls off what the first one began', async () => {
  const { updates, server, pass, settle } = played()
  updates.setAddress(address)
  await pass()
  updates.setAddress(null)
  await settle()
  expect(server.downloads[0]?.cancelled).toBe(true)
  expect(updates.view()).toMatchObject({ state: 'off', version: null })
})

test.each([
  ['1.10.0', '1.9.9', true],
  ['2.0.0', '1.99.99', true],
  ['1.2.3', '1.2.3-beta', true],
  ['1.2.3', '1.2.3', false],
  ['1.2.2', '1.2.3', false],
  ['1.2', '1.1.0', false],
  ['v2.0.0', '1.0.0', false],
])('isNewer(%s, %s) is %s', (one, other, expected) => {
  expect(isNewer(one, other)).toBe(expected)
})

test('electron-updater is told to do nothing by itself and never to go back', async () => {
  const heard: string[] = []
  const autoUpdater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    allowPrerelease: true,
    logger: null as unknown,
    on: (event: string) => heard.push(event),
    setFeedURL: (feed: object) => heard.push(JSON.stringify(feed)),
    checkForUpdates: async () => ({ updateInfo: { version: '9.9.9' } }),
    downloadUpdate: async () => [],
    quitAndInstall: (isSilent: boolean, again: boolean) => heard.push(`install ${isSilent} ${again}`),
  }
  class CancellationToken {
    cancel() {
      heard.push('cancel')
    }
  }
  const updater = updaterOver({ autoUpdater, CancellationToken } as never, silentLog)
  expect(autoUpdater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    allowPrerelease: false,
  })
  updater.setAddress(address)
  expect(await updater.check()).toBe('9.9.9')
  const fetching = updater.download(() => {})
  await fetching.done
  fetching.cancel()
  updater.install(false)
  expect(heard).toEqual([
    'error',
    'download-progress',
    `{"provider":"generic","url":"${address}"}`,
    'cancel',
    'install true false',
  ])
})
