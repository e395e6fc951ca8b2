import type { EventEmitter } from 'node:events'
import type { DeviceState } from './device-state.ts'
import { withLibrary } from './native-library.ts'
import { reportsIn, scannerUsagePage, takeReport, type HalfRead } from './hid-report.ts'

export type HidDevice = {
  readonly path?: string | undefined
  readonly vendorId: number
  readonly productId: number
  readonly product?: string | undefined
  readonly manufacturer?: string | undefined
  readonly usagePage?: number | undefined
}

/** An open device: emits `data` with a report, `error` when it is gone. */
export type HidHandle = Pick<EventEmitter, 'on'> & {
  close(): Promise<void>
  sendFeatureReport?(report: number[]): Promise<number>
}

export type HidProvider = {
  devices(): Promise<readonly HidDevice[]>
  open(path: string): Promise<HidHandle>
}

/** The part of the `node-hid` package that is used here. */
export type NodeHid = {
  devicesAsync(): Promise<readonly HidDevice[]>
  readonly HIDAsync: { open(path: string): Promise<HidHandle> }
}

/** node-hid, loaded when first asked: without libusb the first call says so and the till runs on. */
export function nodeHidProvider(load: () => Promise<NodeHid> = () => import('node-hid')): HidProvider {
  return {
    devices: () => withLibrary('node-hid', async () => (await load()).devicesAsync()),
    open: (path) => withLibrary('node-hid', async () => (await load()).HIDAsync.open(path)),
  }
}

/** Vendors whose scanners send nothing until they are told that a host listens. */
const wakeReports: readonly { readonly vendorId: number; readonly report: readonly number[] }[] = [
  { vendorId: 0x0c2e, report: [0xfe, 0x01] }, // Honeywell
]

const pollMs = 2000

export type HidOutside = {
  readonly provider: HidProvider
  readonly now: () => number
  /** Waits so long, or until the signal; never throws. */
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>
  readonly onRead: (raw: string, deviceId: string, atMs: number) => void
  readonly onState: (states: readonly DeviceState[]) => void
}

export type HidScanners = { start(): void; stop(): Promise<void> }

type Opened = { readonly name: string; readonly handle: HidHandle }

/** Follows the HID POS scanners of this machine: opens what is plugged in, forgets what is gone, every 2 seconds. */
export function createHidScanners(outside: HidOutside): HidScanners {
  const { provider, now, sleep, onRead, onState } = outside
  const opened = new Map<string, Opened>()
  const failed = new Map<string, DeviceState>()
  let trouble: DeviceState | null = null
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null

  function tell() {
    const ready = [...opened].map(([id, { name }]): DeviceState => ({
      id,
      kind: 'hid',
      name,
      state: 'ready',
    }))
    const all = [...ready, ...failed.values(), ...(trouble === null ? [] : [trouble])]
    onState(all.length > 0 ? all : [{ id: 'hid', kind: 'hid', name: 'HID scanners', state: 'absent' }])
  }

  async function follow(signal: AbortSignal) {
    while (!signal.aborted) {
      await look(signal)
      if (!signal.aborted) tell()
      await sleep(pollMs, signal)
    }
    for (const path of opened.keys()) await drop(path)
  }

  async function look(signal: AbortSignal) {
    const found = await found8C()
    if (found === null) return
    const paths = new Set(found.map(({ path }) => path))
    for (const path of opened.keys()) if (!paths.has(path)) await drop(path)
    for (const path of failed.keys()) if (!paths.has(path)) failed.delete(path)
    for (const device of found) if (!opened.has(device.path) && !signal.aborted) await open(device)
  }

  async function found8C() {
    try {
      const devices = await provider.devices()
      trouble = null
      return devices.flatMap((device) => {
        const { path, usagePage } = device
        return path !== undefined && path !== '' && usagePage === scannerUsagePage
          ? [{ ...device, path }]
          : []
      })
    } catch (error) {
      const detail = `HID scanners are unavailable: ${messageOf(error)}`
      trouble = { id: 'hid', kind: 'hid', name: 'HID scanners', state: 'failing', detail }
      return null
    }
  }

  async function open(device: HidDevice & { readonly path: string }) {
    const { path } = device
    const name = [device.manufacturer, device.product].filter(Boolean).join(' ') || 'HID scanner'
    try {
      const handle = await provider.open(path)
      opened.set(path, { name, handle })
      failed.delete(path)
      listen(path, handle)
      await wake(device, handle)
    } catch (error) {
      failed.set(path, { id: path, kind: 'hid', name, state: 'failing', detail: messageOf(error) })
    }
  }

  function listen(path: string, handle: HidHandle) {
    let half: HalfRead | null = null
    handle.on('data', (chunk: Uint8Array) => {
      for (const report of reportsIn(chunk)) {
        const atMs = now()
        const step = takeReport(half, report, atMs)
        half = step.half
        if (step.raw !== null && opened.get(path)?.handle === handle) onRead(step.raw, path, atMs)
      }
    })
    handle.on('error', () => {
      half = null
      if (opened.get(path)?.handle !== handle) return
      void drop(path).then(tell)
    })
  }

  async function drop(path: string) {
    const handle = opened.get(path)?.handle
    opened.delete(path)
    try {
      await handle?.close()
    } catch {
      // It is gone already; that is why it is closed.
    }
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

async function wake(device: HidDevice, handle: HidHandle) {
  const report = wakeReports.find(({ vendorId }) => vendorId === device.vendorId)?.report
  try {
    if (report !== undefined) await handle.sendFeatureReport?.([...report])
  } catch {
    // A model that doesn't know the report needs no waking.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
