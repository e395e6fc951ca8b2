/** The same conversation over both wires: Electron's IPC (played) and the kiosk's WebSocket (real). */
import { EventEmitter } from 'node:events'
import os from 'node:os'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ConnectedWire, preloadWire, webSocketWire } from '../../app/contract/bridge.ts'
import {
  announcerOver,
  type Bridge,
  bridgeOver,
  type Handlers,
  notice,
  request,
  serve,
} from '../../app/contract/define.ts'
import { FakeContents } from '../electron.fake.ts'
import { startKioskServer } from '../kiosk/server.ts'
import { silentLog } from '../log.ts'
import { announceIpc, serveIpc } from './electron-wire.ts'
import { preloadOver } from './preload-wire.ts'

const row = z.strictObject({ code: z.string().min(1).max(40), quantity: z.int().min(1).max(999) })
const contract = {
  sale: {
    total: request().answers<number>(),
    addRow: request(row).answers<{ ok: true; rows: number } | { ok: false; reason: 'unknownCode' }>(),
    changed: notice<{ total: number; note: string | null }>(),
    shown: notice<number>(),
  },
  disk: { fail: request().answers<void>() },
}
type Shop = Bridge<typeof contract>

const seen: unknown[] = []
const handlers: Handlers<typeof contract> = {
  sale: {
    total: () => 4200,
    addRow(input) {
      seen.push(input)
      return input.code === 'none' ? { ok: false, reason: 'unknownCode' } : { ok: true, rows: seen.length }
    },
  },
  disk: {
    fail() {
      throw new Error('secret words of the main process')
    },
  },
}
const displayMay = ['sale.total', 'sale.shown']
const answer = serve(contract, handlers, { log: silentLog, displayMay, reference: () => 'REF234' })

interface Wired {
  readonly wire: ConnectedWire
  readonly pos: Shop
  readonly display: Shop
  readonly send: (channel: string, payload: unknown) => void
  close(): Promise<void>
}

/** What structured cloning does to a message between two processes. */
function overIpc(): Wired {
  const asked: ((event: object, channel: unknown, input: unknown) => Promise<unknown>)[] = []
  const [till, display] = [new FakeContents(), new FakeContents()]
  const screens = new Map([
    [till, 'till'],
    [display, 'display'],
  ] as const)
  const windows = {
    screenOf: (contents: object) => screens.get(contents as FakeContents) ?? null,
    all: () => screens,
  }
  serveIpc(
    { handle: (_name: string, handler: never) => void asked.push(handler) },
    { answer, windows: windows as never, log: silentLog },
  )
  const bridge = (contents: FakeContents) => {
    const pipe = new EventEmitter()
    contents.send = (...message) =>
      void pipe.emit(String(message[0]), {}, ...structuredClone(message.slice(1)))
    const invoke = async (_name: string, channel: string, input: unknown) =>
      structuredClone(
        await asked[0]?.(
          { sender: contents, senderFrame: contents.mainFrame },
          channel,
          structuredClone(input),
        ),
      )
    return preloadWire(preloadOver({ invoke, on: pipe.on.bind(pipe) } as never))
  }
  const wire = bridge(till)
  return {
    wire,
    pos: bridgeOver(contract, wire),
    display: bridgeOver(contract, bridge(display)),
    send: announceIpc(windows as never, displayMay),
    close: async () => {},
  }
}

async function overWebSocket(): Promise<Wired> {
  const server = await startKioskServer({ port: 0, pageDir: os.tmpdir(), answer, displayMay, log: silentLog })
  const opened = await fetch(server.address(), { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const at = `127.0.0.1:${server.port}`
  const open = (to: string) => new WebSocket(to, { headers: { cookie, origin: `http://${at}` } } as never)
  const connect = async (screen: string) => {
    const wire = webSocketWire(`ws://${at}/wire/${screen}`, { open })
    await new Promise<void>((resolve) => wire.onConnection((connected) => connected && resolve()))
    return wire
  }
  const wire = await connect('till')
  return {
    wire,
    pos: bridgeOver(contract, wire),
    display: bridgeOver(contract, await connect('display')),
    send: server.announce,
    close: server.close,
  }
}

describe.each([
  ['Electron IPC', async () => overIpc()],
  ['WebSocket', overWebSocket],
])('over %s', (_name, connect) => {
  let wired: Wired
  beforeAll(async () => {
    wired = await connect()
  })
  afterAll(() => wired.close())
  beforeEach(() => {
    seen.length = 0
  })

  test('a question is answered', async () => {
    expect(await wired.pos.sale.total()).toBe(4200)
    expect(await wired.pos.sale.addRow({ code: '7310865004703', quantity: 2 })).toEqual({ ok: true, rows: 1 })
    expect(await wired.pos.sale.addRow({ code: 'none', quantity: 1 })).toEqual({
      ok: false,
      reason: 'unknownCode',
    })
  })

  test('many questions at once each get their own answer', async () => {
    const answers = Array.from({ length: 200 }, () => wired.pos.sale.addRow({ code: 'a', quantity: 1 }))
    const rows = (await Promise.all(answers)).map((each) => (each.ok ? each.rows : 0))
    expect(rows).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  test('what does not fit is refused before its handler', async () => {
    const addRow = wired.pos.sale.addRow as (input: unknown) => Promise<unknown>
    for (const input of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { code: 'a', quantity: 0 },
      { code: 'a', quantity: 1, extra: 1 },
    ])
      await expect(addRow(input)).rejects.toMatchObject({ fault: 'invalidRequest' })
    expect(seen).toEqual([])
  })

  test('a bug in the main process comes as a reference and nothing more', async () => {
    const fault = await wired.pos.disk.fail().catch((error: unknown) => error)
    expect(fault).toMatchObject({ fault: 'bug', reference: 'REF234' })
    expect(JSON.stringify(fault) + String(fault)).not.toContain('secret words')
  })

  test('an unknown question is refused', async () => {
    for (const channel of ['sale.steal', 'sale.changed', '__proto__', ''])
      expect(await wired.wire.ask(channel, {})).toEqual({ ok: false, fault: 'unknownRequest' })
  })

  test('the customer display may ask what is listed for it, and nothing else', async () => {
    expect(await wired.display.sale.total()).toBe(4200)
    await expect(wired.display.sale.addRow({ code: 'a', quantity: 1 })).rejects.toMatchObject({
      fault: 'notAllowed',
    })
    expect(seen).toEqual([])
  })

  test('notices reach whoever listens, in order, and the display only its own', async () => {
    const announce = announcerOver(contract, wired.send)
    const heard: unknown[] = []
    const done = Promise.withResolvers<void>()
    const stop = wired.pos.sale.onChanged((view) => heard.push(view))
    const stopDisplay = wired.display.sale.onChanged(() => heard.push('leaked'))
    wired.display.sale.onShown((total) => (heard.push(total), done.resolve()))
    announce.sale.changed({ total: 1, note: null })
    announce.sale.changed({ total: 2, note: 'åäö €' })
    announce.sale.shown(3)
    await done.promise
    await wired.pos.sale.total()
    expect(new Set(heard)).toEqual(new Set([{ total: 1, note: null }, { total: 2, note: 'åäö €' }, 3]))
    stop()
    stopDisplay()
    announce.sale.changed({ total: 9, note: null })
    await wired.pos.sale.total()
    expect(heard).toHaveLength(3)
  })

  test('whatever a window sends, nothing crashes and no handler sees what does not fit', async () => {
    const near = fc.record(
      { code: fc.jsonValue(), quantity: fc.jsonValue(), x: fc.jsonValue() },
      { requiredKeys: [] },
    )
    const channels = fc.oneof(
      { weight: 4, arbitrary: fc.constant('sale.addRow') },
      fc.string({ maxLength: 90 }),
    )
    await fc.assert(
      fc.asyncProperty(channels, fc.oneof(near, fc.jsonValue()), async (channel, input) => {
        seen.length = 0
        const reply = await wired.wire.ask(channel, input)
        expect(seen.length).toBe(channel === 'sale.addRow' && row.safeParse(input).success ? 1 : 0)
        expect(reply).toHaveProperty('ok')
      }),
      { numRuns: 5_500 },
    )
    expect(await wired.pos.sale.total()).toBe(4200)
  })
})
