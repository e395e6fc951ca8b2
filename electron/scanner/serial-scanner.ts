import { withLibrary } from './native-library.ts'
import type { DeviceState } from './device-state.ts'
import { textOf } from './scanned-text.ts'
import { noLine, takeText, type LineSettings } from './serial-lines.ts'

export type SerialSettings = LineSettings & {
  /** `COM3`, `/dev/ttyUSB0`: as {@link SerialProvider.list} names it. */
  readonly path: string
  readonly baudRate: number
  readonly dataBits: 5 | 6 | 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
}

export const serialDefaults: Omit<SerialSettings, 'path'> = {
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  terminator: '\r',
  prefix: '',
}

export type SerialPortName = { readonly path: string; readonly name: string }

export type SerialHandle = {
  onData(take: (bytes: Uint8Array) => void): void
  /** The port is gone: unplugged, or broken. */
  onClose(take: () => void): void
  close(): Promise<void>
}

export type SerialProvider = {
  list(): Promise<readonly SerialPortName[]>
  /** Rejects with a readable error when the port is absent or another program holds it. */
  open(settings: SerialSettings): Promise<SerialHandle>
}

type PortEvents = {
  on(event: 'data', take: (bytes: Uint8Array) => void): unknown
  on(event: 'close' | 'error', take: (error: Error | null) => void): unknown
  open(done: (error: Error | null) => void): void
  close(done: (error: Error | null) => void): void
  readonly isOpen: boolean
}

/** The part of the `serialport` package that is used here; its mock has it as well. */
export type SerialPortClass = {
  new (options: Omit<SerialSettings, keyof LineSettings> & { readonly autoOpen: false }): PortEvents
  list(): Promise<
    readonly {
      readonly path: string
      readonly manufacturer?: string | undefined
      readonly friendlyName?: string
    }[]
  >
}

/** Ports by `serialport`, whose native part is loaded when first asked. */
export function serialPortProvider(
  load: () => Promise<SerialPortClass> = async () => (await import('serialport')).SerialPort,
): SerialProvider {
  return {
    async list() {
      const ports = await withLibrary('serialport', async () => (await load()).list())
      return ports.map(({ path, friendlyName, manufacturer }) => ({
        path,
        name: friendlyName ?? [path, manufacturer].filter(Boolean).join(' '),
      }))
    },
    async open({ path, baudRate, dataBits, parity, stopBits }) {
      const Port = await withLibrary('serialport', load)
      const port = new Port({ path, baudRate, dataBits, parity, stopBits, autoOpen: false })
      await new Promise<void>((resolve, reject) => {
        port.open((error) => (error === null || error === undefined ? resolve() : reject(error)))
      })
      return handleOf(port)
    },
  }
}

function handleOf(port: PortEvents): SerialHandle {
  return {
    onData: (take) => port.on('data', take),
    onClose(take) {
      port.on('close', take)
      port.on('error', take)
    },
    close: () =>
      new Promise((resolve) => {
        if (!port.isOpen) return resolve()
        port.close(() => resolve())
      }),
  }
}

const retryMs = 2000

export type SerialOutside = {
  readonly settings: SerialSettings
  readonly provider: SerialProvider
  readonly now: () => number
  /** Waits so long, or until the signal; never throws. */
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>
  readonly onRead: (raw: string, deviceId: string, atMs: number) => void
  readonly onState: (state: DeviceState) => void
}

export type SerialScanner = { start(): void; stop(): Promise<void> }

/** Keeps one serial scanner open: when it is unplugged, or absent at first, it is tried again every 2 seconds. */
export function createSerialScanner(outside: SerialOutside): SerialScanner {
  const { settings, provider, sleep, onState } = outside
  const { path } = settings
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null

  function tell(state: DeviceState['state'], detail?: string) {
    const why = detail === undefined ? {} : { detail }
    onState({ id: path, kind: 'serial', name: `Serial scanner ${path}`, state, ...why })
  }

  async function follow(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        const handle = await provider.open(settings)
        if (!signal.aborted) tell('ready')
        await readUntilClosed(handle, signal)
        if (!signal.aborted) tell('absent', `${path} was unplugged`)
      } catch (error) {
        tell(isAbsent(error) ? 'absent' : 'failing', messageOf(error))
      }
      if (!signal.aborted) await sleep(retryMs, signal)
    }
  }

  async function readUntilClosed(handle: SerialHandle, signal: AbortSignal) {
    let half = noLine
    handle.onData((bytes) => {
      if (signal.aborted) return
      const atMs = outside.now()
      const step = takeText(half, Buffer.from(bytes).toString('latin1'), atMs, settings)
      half = step.half
      for (const line of step.lines) outside.onRead(textOf(Buffer.from(line, 'latin1')), path, atMs)
    })
    await new Promise<void>((resolve) => {
      handle.onClose(resolve)
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await handle.close()
  }

  return {
    start() {
      if (running !== null) return
      const stop = new AbortController()
      running = { stop, done: follow(stop.signal) }
    },
    async stop() {
      running?.stop.abort()
      await running?.done
      running = null
    },
  }
}

/** Is the port simply not there, rather than held by another program or forbidden? */
function isAbsent(error: unknown): boolean {
  return /no such file|file not found|cannot find|does not exist/i.test(messageOf(error))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
