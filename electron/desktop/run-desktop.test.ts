import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { notice, request } from '../../app/contract/define.ts'
import { keyTable } from '../../app/screens/keys.ts'
import { type FakeElectronOptions, fakeElectron, fakeEvent, secondScreen } from '../electron.fake.ts'
import { settingsFromEnvironment } from '../settings-from-environment.ts'
import type { RegisterParts, ShellSettings, Till } from '../shell.ts'
import { prepareDesktop, runDesktop } from './run-desktop.ts'

const contract = {
  sale: {
    add: request(z.strictObject({ amountMinor: z.int() })).answers<number>(),
    changed: notice<number>(),
    shown: notice<number>(),
  },
}

let folder = ''
const cleanUps: (() => void)[] = []
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-desktop-'))
  fs.writeFileSync(path.join(folder, 'index.html'), 'the register')
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
  await new Promise((resolve) => setImmediate(resolve))
  fs.rmSync(folder, { recursive: true, force: true })
})

/** Opens the desktop program on a fake Electron, with a register whose state the test holds. */
async function open(options: FakeElectronOptions & { variables?: Record<string, string> } = {}) {
  const electron = fakeElectron(options)
  const state = {
    happened: [] as string[],
    money: [] as string[],
    given: [] as RegisterParts[],
    settings: { fullScreen: false, startWithComputer: false, customerDisplay: false } as ShellSettings,
    announce: (_channel: string, _payload: unknown) => {},
    later: [] as { ms: number; act: () => void }[],
    nowMs: 0,
    betweenShifts: true,
    installerFails: false,
  }
  const till: Till<typeof contract> = {
    contract,
    displayMay: ['sale.shown'],
    async createRegister(parts) {
      state.given.push(parts)
      return {
        handlers: { sale: { add: ({ amountMinor }) => amountMinor + 1 } },
        listen(announce) {
          state.announce = announce
          return () => {}
        },
        start: async () => void state.happened.push('start'),
        stop: async () => void state.happened.push('stop'),
        openMoney: () => state.money,
        quitWords: () => ({ message: 'Öppet', next: 'Sedan', stay: 'Stanna', end: 'Avsluta' }),
        shellSettings: () => state.settings,
        betweenShifts: () => state.betweenShifts,
      }
    },
  }
  const variables = { KASSA_DATA_DIR: path.join(folder, 'data'), ...options.variables }
  const read = settingsFromEnvironment(variables, { platform: process.platform, homeDir: folder })
  if (!read.ok) throw new Error(read.problems.join())
  const isFirst = prepareDesktop(electron.parts, read.settings)
  const program = { resourcesDir: folder, pageDir: folder, preload: '/p/preload.cjs', version: '1.2.3' }
  const system = {
    platform: 'linux',
    homeDir: folder,
    configDir: undefined,
    program: '/opt/Kassa "1"/kassa',
    mayUpdateOnQuit: true,
  } as const
  const opened = runDesktop(electron.parts, till, read.settings, program, {
    system,
    now: () => state.nowMs,
    later: (ms, act) => void state.later.push({ ms, act }),
    loadUpdater: async () => ({
      setAddress: () => {},
      check: async () => '1.3.0',
      download: () => ({ done: Promise.resolve(), cancel: () => {} }),
      install(startAgain) {
        state.happened.push(`install, start again: ${startAgain}`)
        if (state.installerFails) throw new Error('no right to write there')
      },
    }),
  })
  const failure = await opened.then(
    () => null,
    (error: unknown) => error as Error,
  )
  const [window] = electron.windows
  if (failure === null) cleanUps.push(() => electron.app.emit('window-all-closed'))
  return { ...electron, state, window, isFirst, failure }
}

/** The window of a program that has opened one. */
async function openWindow(options: Parameters<typeof open>[0] = {}) {
  const opened = await open(options)
  const { window } = opened
  if (window === undefined) throw new Error(`no window: ${opened.failure?.message}`)
  const ask = (sender: object, frame: object | null, channel: unknown, input: unknown) =>
    opened.handlers.get('kassa.ask')?.({ sender, senderFrame: frame }, channel, input)
  return { ...opened, window, contents: window.webContents, ask }
}

test('every page is isolated, sandboxed and without Node', async () => {
  const { window, asked } = await openWindow()
  expect(window.options['webPreferences']).toMatchObject({
    preload: '/p/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  })
  expect(asked).toContain('sandbox')
})

test('devtools are there only in development', async () => {
  const { window } = await openWindow({ isPackaged: false })
  expect(window.options['webPreferences']).toMatchObject({ devTools: true })
})

test('the page comes from our own scheme, with a strict policy, and from no other host', async () => {
  const { window, asked, schemeHandlers } = await openWindow()
  expect(asked).toContain('scheme kassa standard secure supportFetchAPI codeCache')
  expect(window.did).toContain('load kassa://till/')
  const serve = schemeHandlers.get('kassa')
  const get = async (url: string) => {
    const response = await serve?.(new Request(url))
    return [response?.status, await response?.text(), response?.headers.get('content-security-policy')]
  }
  const [status, body, policy] = await get('kassa://till/')
  expect([status, body]).toEqual([200, 'the register'])
  expect(policy).toContain("default-src 'none'; script-src 'self'")
  expect((await get('kassa://till/display'))[0]).toBe(200)
  expect((await get('kassa://till/%2e%2e/data/vault.key'))[0]).toBe(404)
  expect((await get('kassa://other/'))[0]).toBe(403)
})

test('the window is shown when its page has been painted', async () => {
  const { window } = await openWindow()
  expect(window.did).not.toContain('show')
  window.emit('ready-to-show')
  expect(window.did).toContain('show')
})

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s leads nowhere', async (name) => {
  const { contents } = await openWindow()
  for (const url of [
    'https://evil.example/',
    'file:///etc/passwd',
    'kassa://other/',
    'kassa://till.evil.example/',
  ]) {
    const event = fakeEvent({ url })
    contents.emit(name, event)
    expect([url, event.prevented]).toEqual([url, true])
  }
  const own = fakeEvent({ url: 'kassa://till/' })
  contents.emit(name, own)
  expect(own.prevented).toBe(false)
})

test('no page opens a window or a webview', async () => {
  const { contents, windows } = await openWindow()
  expect(contents.openHandler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' })
  const event = fakeEvent()
  contents.emit('will-attach-webview', event)
  expect([event.prevented, windows.length]).toEqual([true, 1])
})

test('the practice phone opens in the system browser, and nothing else does', async () => {
  const { contents, asked } = await openWindow()
  contents.openHandler({ url: 'http://localhost:4100/phone' })
  for (const url of [
    'https://evil.example/',
    'file:///etc/passwd',
    'http://127.0.0.1.evil.example/',
    'javascript:1',
  ])
    contents.openHandler({ url })
  expect(asked.filter((each) => each.startsWith('outside'))).toEqual(['outside http://localhost:4100/phone'])
})

test('a real till opens nothing outside at all', async () => {
  const { contents, asked } = await openWindow({ variables: { KASSA_SEQR_URL: 'https://seqr.example/soap' } })
  contents.openHandler({ url: 'http://localhost:4100/phone' })
  expect(asked.filter((each) => each.startsWith('outside'))).toEqual([])
})

test('every permission and device is refused', async () => {
  const { session } = await openWindow()
  for (const name of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'hid',
    'serial',
    'openExternal',
  ]) {
    const answers: unknown[] = []
    session.permission({}, name, (answer) => answers.push(answer))
    expect([name, answers]).toEqual([name, [false]])
  }
  expect([session.check(), session.device()]).toEqual([false, false])
})

test('a page reaches no network', async () => {
  const { session } = await openWindow()
  const cancelled = (url: string) => {
    const answers: unknown[] = []
    session.request({ url }, (answer) => answers.push(answer))
    return (answers[0] as { cancel: boolean }).cancel
  }
  expect(cancelled('kassa://till/assets/main.js')).toBe(false)
  for (const url of [
    'https://evil.example/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'devtools://x',
    'ws://x/',
  ])
    expect([url, cancelled(url)]).toEqual([url, true])
})

test('there is no menu', async () => {
  expect((await openWindow()).asked).toContain('menu none')
})

test('the browser keys do nothing, and the keys of a till do', async () => {
  const { contents } = await openWindow()
  const isTaken = (key: string, modifiers: object = {}) => {
    const event = fakeEvent()
    const plain = { type: 'keyDown', key, control: false, meta: false, alt: false, ...modifiers }
    contents.emit('before-input-event', event, plain)
    return event.prevented
  }
  for (const key of ['+', '-', '0', 'r', 'R', 'p', 'w'])
    expect([key, isTaken(key, { control: true })]).toEqual([key, true])
  expect([isTaken('BrowserRefresh'), isTaken('ArrowLeft', { alt: true })]).toEqual([true, true])
  for (const key of ['0', '+', 'Enter', 'r']) expect([key, isTaken(key)]).toEqual([key, false])
  for (const { key } of keyTable) {
    const control = key.startsWith('Control+')
    expect([key, isTaken(control ? key.slice('Control+'.length) : key, { control })]).toEqual([key, false])
  }
  expect([isTaken('c', { control: true }), isTaken('v', { control: true })]).toEqual([false, false])
  contents.emit('did-finish-load')
  expect(contents.did).toContain('zoom 1 to 1')
})

test('only the page of our own window is answered', async () => {
  const { ask, contents, happened } = { ...(await openWindow()), happened: [] as unknown[] }
  const { mainFrame } = contents
  expect(await ask(contents, mainFrame, 'sale.add', { amountMinor: 1 })).toEqual({ ok: true, answer: 2 })
  const refused = { ok: false, fault: 'notAllowed' }
  for (const [sender, frame] of [
    [contents, null],
    [contents, { url: 'kassa://till/', parent: mainFrame }],
    [contents, { url: 'https://evil.example/', parent: null }],
    [contents, { url: 'kassa://other/', parent: null }],
    [contents, { url: 'about:blank', parent: null }],
    [contents, { url: '', parent: null }],
    [{}, mainFrame],
  ] as const)
    expect(await ask(sender, frame, 'sale.add', { amountMinor: 1 })).toEqual(refused)
  expect(await ask(contents, mainFrame, 7, {})).toEqual(refused)
  expect(await ask(contents, mainFrame, 'sale.add', { amountMinor: 1.5 })).toEqual({
    ok: false,
    fault: 'invalidRequest',
  })
  expect(happened).toEqual([])
})

test('a notice reaches the till, and the customer only when they may hear it', async () => {
  const { state, contents, displays, screen, windows } = await openWindow()
  displays.push(secondScreen)
  state.settings = { ...state.settings, customerDisplay: true }
  state.announce('sale.changed', 1)
  screen.emit('display-added')
  const display = windows[1]?.webContents
  state.announce('sale.changed', 2)
  state.announce('sale.shown', 3)
  expect(contents.sent).toEqual([
    ['kassa.notice', 'sale.changed', 1],
    ['kassa.notice', 'sale.changed', 2],
    ['kassa.notice', 'sale.shown', 3],
  ])
  expect(display?.sent).toEqual([['kassa.notice', 'sale.shown', 3]])
})

test('the customer display follows its screen, and remembers it', async () => {
  const { state, displays, screen, windows } = await openWindow()
  state.settings = { ...state.settings, customerDisplay: true }
  state.announce('sale.changed', 1)
  expect(windows).toHaveLength(1)
  displays.push(secondScreen, { id: 3, bounds: { x: 0, y: 768, width: 800, height: 600 } })
  screen.emit('display-added')
  expect(windows[1]?.options).toMatchObject({ x: 1366, y: 0, frame: false, focusable: false })
  expect(windows[1]?.did).toContain('load kassa://till/display')
  displays.splice(1, 2)
  screen.emit('display-removed')
  expect(windows[1]?.isDestroyed()).toBe(true)
  displays.push({ id: 3, bounds: { x: 0, y: 768, width: 800, height: 600 } }, secondScreen)
  screen.emit('display-added')
  expect(windows[2]?.options).toMatchObject({ x: 1366, y: 0 })
  state.settings = { ...state.settings, customerDisplay: false }
  state.announce('sale.changed', 2)
  expect(windows[2]?.isDestroyed()).toBe(true)
})

test('one instance: a second start is sent away and the first window comes to the front', async () => {
  expect((await open({ isFirst: false })).isFirst).toBe(false)
  const { app, window } = await openWindow({ variables: { KASSA_DATA_DIR: path.join(folder, 'other') } })
  app.emit('second-instance')
  expect(window.did.slice(-3)).toEqual(['restore', 'show', 'focus'])
})

test('the other shell on the same data folder is a clear sentence', async () => {
  await openWindow()
  const second = await open()
  expect(second.failure?.message).toContain('running already')
  expect(second.state.happened).toEqual([])
})

test('full screen by environment or by setting', async () => {
  const { window } = await openWindow({ variables: { KASSA_WINDOW: 'kiosk' } })
  expect(window.options['kiosk']).toBe(true)
  const { state, window: other } = await openWindow({
    variables: { KASSA_DATA_DIR: path.join(folder, 'other') },
  })
  expect(other.isKiosk()).toBe(false)
  state.settings = { ...state.settings, fullScreen: true }
  state.announce('sale.changed', 1)
  expect(other.isKiosk()).toBe(true)
})

test('starting with the computer is set and taken back', async () => {
  const { state } = await openWindow()
  const file = path.join(folder, '.config', 'autostart', 'kassa.desktop')
  state.settings = { ...state.settings, startWithComputer: true }
  state.announce('sale.changed', 1)
  expect(fs.readFileSync(file, 'utf8')).toContain(String.raw`Exec="/opt/Kassa \"1\"/kassa"`)
  state.settings = { ...state.settings, startWithComputer: false }
  state.announce('sale.changed', 2)
  expect(fs.existsSync(file)).toBe(false)
})

test('the machine stays awake exactly while money is open', async () => {
  const { state, blockers, asked } = await openWindow()
  expect(blockers.size).toBe(0)
  state.money = ['A payment is open.']
  state.announce('sale.changed', 1)
  state.announce('sale.changed', 2)
  expect([blockers.size, asked.filter((each) => each === 'prevent-display-sleep').length]).toEqual([1, 1])
  state.money = []
  state.announce('sale.changed', 3)
  expect(blockers.size).toBe(0)
})

const settled = () => new Promise((resolve) => setTimeout(resolve, 10))

test('closing the window stops the register and then ends the program', async () => {
  const { window, app, state, dialogs } = await openWindow()
  const event = fakeEvent()
  window.emit('close', event)
  await settled()
  expect(event.prevented).toBe(true)
  expect([dialogs.length, state.happened, app.exits]).toEqual([0, ['start', 'stop'], [0]])
})

test('closing the window while money is open asks in the shop’s language, and staying is the first answer', async () => {
  const { window, app, state, dialogs } = await openWindow({ pressed: 0 })
  state.money = ['A SEQR payment of 100.00 is open.']
  window.emit('close', fakeEvent())
  app.emit('before-quit', fakeEvent())
  await settled()
  expect(dialogs).toHaveLength(1)
  expect(dialogs[0]).toMatchObject({
    message: 'Öppet',
    buttons: ['Stanna', 'Avsluta'],
    detail: expect.stringContaining('100.00'),
  })
  expect([state.happened, app.exits]).toEqual([['start'], []])
})

test('ending all the same leaves what is open on the disk', async () => {
  const { window, app, state } = await openWindow({ pressed: 1 })
  state.money = ['A SEQR payment of 100.00 is open.']
  window.emit('close', fakeEvent())
  await settled()
  expect([state.happened, app.exits]).toEqual([['start', 'stop'], [0]])
})

test('a shutdown of the system asks nothing', async () => {
  const { window, app, state, dialogs } = await openWindow()
  state.money = ['A SEQR payment of 100.00 is open.']
  window.emit('session-end', {})
  await settled()
  expect([dialogs.length, state.happened, app.exits]).toEqual([0, ['start', 'stop'], [0]])
})

test('a page that crashes is loaded again at once; one that goes on crashing, every five seconds', async () => {
  const { contents, state } = await openWindow()
  for (let crash = 0; crash < 5; crash += 1)
    contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
  expect(state.later.map(({ ms }) => ms)).toEqual([0, 0, 0, 5000, 5000])
  state.later[0]?.act()
  expect(contents.did).toContain('reload')
  expect(state.happened).toEqual(['start'])
})

test('a page that hangs is ended, so that it is loaded again', async () => {
  const { contents, window } = await openWindow()
  window.emit('unresponsive')
  expect(contents.did).toEqual(['crash'])
})

test('the till outlives a crash of the graphics; after three of them it draws in software', async () => {
  const { app, state } = await openWindow()
  for (let crash = 0; crash < 3; crash += 1)
    app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 })
  expect([state.happened, app.exits]).toEqual([['start'], []])
  app.emit('window-all-closed')
  await settled()
  expect((await openWindow()).asked).toContain('software drawing')
})

test('secrets are kept by the system keychain, or by a key file with a warning', async () => {
  const { state } = await openWindow()
  expect(state.given[0]?.vault.kind).toBe('safeStorage')
  const other = await openWindow({
    keychain: 'basic_text',
    variables: { KASSA_DATA_DIR: path.join(folder, 'other') },
  })
  expect(other.state.given[0]?.vault).toMatchObject({
    kind: 'keyFile',
    warning: expect.stringContaining('no keychain'),
  })
})

test('Electron keeps its own files inside the data folder', async () => {
  expect((await openWindow()).asked).toContain(`path userData ${path.join(folder, 'data', 'desktop')}`)
})

/** A till with a new version fetched and ready. */
async function openWithUpdate() {
  const opened = await openWindow()
  const updates = opened.state.given[0]?.updates
  if (updates === undefined) throw new Error('the register got no updates')
  updates.setAddress('https://updates.example/')
  for (const { act } of opened.state.later.splice(0)) act()
  await new Promise((resolve) => setImmediate(resolve))
  expect(updates.view().state).toBe('ready')
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { ...opened, updates, settle }
}

test('a new version is put in place when the till is ended, after the register has stopped', async () => {
  const { app, state, settle } = await openWithUpdate()
  app.emit('before-quit', fakeEvent())
  await settle()
  expect(state.happened).toEqual(['start', 'stop', 'install, start again: false'])
  expect(app.exits).toEqual([])
  const event = fakeEvent()
  app.emit('before-quit', event)
  expect(event.prevented).toBe(false)
})

test('a till that is ended with money open is not updated', async () => {
  const { app, state, settle } = await openWithUpdate()
  state.money = ['A payment of 20.00 SEK has no answer yet.']
  app.emit('window-all-closed')
  await settle()
  expect(state.happened).toEqual(['start', 'stop'])
  expect(app.exits).toEqual([0])
})

test('a till that is ended within a shift is not updated: the next start finds it as it was', async () => {
  const { app, state, settle } = await openWithUpdate()
  state.betweenShifts = false
  app.emit('before-quit', fakeEvent())
  await settle()
  expect(state.happened).toEqual(['start', 'stop'])
  expect(app.exits).toEqual([0])
})

test('a shutdown of the system updates nothing', async () => {
  const { app, state, window, settle } = await openWithUpdate()
  window.emit('session-end')
  await settle()
  expect(state.happened).toEqual(['start', 'stop'])
  expect(app.exits).toEqual([0])
})

test('an update that an administrator asks for starts the till again', async () => {
  const { state, updates, settle } = await openWithUpdate()
  expect(updates.install()).toBe('done')
  await settle()
  expect(state.happened).toEqual(['start', 'stop', 'install, start again: true'])
})

test('an installer that fails, or does nothing, leaves the till as it was', async () => {
  const failing = await openWithUpdate()
  failing.state.installerFails = true
  failing.updates.install()
  await failing.settle()
  expect(failing.asked).toContain('relaunch')
  expect(failing.app.exits).toEqual([0])
  const idle = await openWithUpdate()
  idle.updates.install()
  await idle.settle()
  expect(idle.app.exits).toEqual([])
  for (const { act } of idle.state.later.splice(0)) act()
  expect(idle.asked).toContain('relaunch')
  expect(idle.app.exits).toEqual([0])
})

test('the program is ended from its own page once the answer is out', async () => {
  const { state, app } = await openWindow()
  state.given[0]?.end?.()
  expect(app.exits).toEqual([])
  for (const { act } of state.later.splice(0)) act()
  await new Promise((resolve) => setImmediate(resolve))
  expect(state.happened).toEqual(['start', 'stop'])
  expect(app.exits).toEqual([0])
})
