/** The same conversation over both wires: Electron's IPC (played) and the kiosk's WebSocket (real). */
import { EventEmitter } from 'node:events'
import os from 'node:os'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ConnectedWire, preloadWire, webSocketWire } from '../../app/contract/bridge.ts'
import { contract as tillContract } from '../../app/contract/contract.ts'
import {
  announcerOver,
  type Answerer,
  type Bridge,
  bridgeOver,
  entriesOf,
  type Handlers,
  notice,
  request,
  serve,
} from '../../app/contract/define.ts'
import { FakeContents } from '../electron.fake.ts'
import { startKioskServer } from '../kiosk/server.ts'
import { startedRegister, type TestedRegister } from '../register/register.fake.ts'
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
const small: Served = {
  answer: serve(contract, handlers, { log: silentLog, displayMay, reference: () => 'REF234' }),
  displayMay,
}

/** What is to be reached over a wire. */
interface Served {
  readonly answer: Answerer
  readonly displayMay: readonly string[]
}

interface Wired {
  readonly wire: ConnectedWire
  readonly display: ConnectedWire
  readonly send: (channel: string, payload: unknown) => void
  close(): Promise<void>
}

/** What structured cloning does to a message between two processes. */
function overIpc({ answer, displayMay }: Served): Wired {
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
  return {
    wire: bridge(till),
    display: bridge(display),
    send: announceIpc(windows as never, displayMay),
    close: async () => {},
  }
}

async function overWebSocket({ answer, displayMay }: Served): Promise<Wired> {
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
  return {
    wire: await connect('till'),
    display: await connect('display'),
    send: server.announce,
    close: server.close,
  }
}

const wires = [
  ['Electron IPC', async (served: Served) => overIpc(served)],
  ['WebSocket', overWebSocket],
] as const

describe.each(wires)('over %s', (_name, connect) => {
  let wired: Omit<Wired, 'display'> & { readonly pos: Shop; readonly display: Shop }
  beforeAll(async () => {
    const plain = await connect(small)
    const [pos, display] = [bridgeOver(contract, plain.wire), bridgeOver(contract, plain.display)]
    wired = { ...plain, pos, display }
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

  test(
    'whatever a window sends, nothing crashes and no handler sees what does not fit',
    { timeout: 60_000 },
    async () => {
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
        { numRuns: 1_500, seed: 7 },
      )
      expect(await wired.pos.sale.total()).toBe(4200)
    },
  )
})

/** A value that could come from a page that is broken, old or evil. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, -1, 0.5, 1e15, '', 'x'.repeat(700), '1234', '__proto__', [], {}, [[]]),
)

/** Each question of the real contract, with inputs that have its own fields, some of them, or something else. */
function questionsOf(real: typeof tillContract) {
  return entriesOf(real).flatMap(({ group, name, entry }) => {
    if (entry.kind !== 'request') return []
    const { schema } = entry
    const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    const near = fc.dictionary(fc.constantFrom(...fields, 'extra'), anything, { maxKeys: fields.length + 1 })
    return [{ channel: `${group}.${name}`, schema, inputs: fc.oneof(near, anything) }]
  })
}

describe.each(wires)('the real register over %s', (_name, connect) => {
  let till: TestedRegister
  let wired: Wired
  beforeAll(async () => {
    till = await startedRegister()
    wired = await connect({
      answer: serve(tillContract, till.ask, { log: silentLog, displayMay: [] }),
      displayMay: [],
    })
  })
  afterAll(async () => {
    await wired.close()
    await till.stop()
  })

  test(
    'whatever a window sends that does not fit is refused, and changes nothing on the disk',
    { timeout: 60_000 },
    async () => {
      const questions = questionsOf(tillContract)
      expect(questions.length).toBeGreaterThan(60)
      const changes = () => till.storage.read.one<{ n: number }>('SELECT total_changes() AS n')?.n
      const [before, asked] = [changes(), new Set<string>()]
      const cases = fc
        .constantFrom(...questions)
        .chain((each) =>
          each.inputs.map((input) => ({ ...each, input: JSON.parse(JSON.stringify(input)) as unknown })),
        )
      await fc.assert(
        fc.asyncProperty(cases, async ({ channel, schema, input }) => {
          if (schema.safeParse(input).success) return
          asked.add(channel)
          expect(await wired.wire.ask(channel, input)).toEqual({ ok: false, fault: 'invalidRequest' })
        }),
        { numRuns: 5_500, seed: 7 },
      )
      expect(asked.size).toBe(questions.length)
      expect(changes()).toBe(before)
      expect(await wired.wire.ask('till.current', undefined)).toMatchObject({ ok: true })
    },
  )

  test('the customer display gets nothing of the till but what is listed for it', async () => {
    for (const { channel } of questionsOf(tillContract))
      expect(await wired.display.ask(channel, {})).toEqual({ ok: false, fault: 'notAllowed' })
  })
})
