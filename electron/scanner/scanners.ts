import { scanOf, type Scan, type ScanDevice } from '../../app/domain/scan.ts'
import type { DeviceState } from './device-state.ts'
import { createHidScanners, type HidProvider } from './hid-scanner.ts'
import {
  createSerialScanner,
  type SerialPortName,
  type SerialProvider,
  type SerialSettings,
} from './serial-scanner.ts'

export type ScannerSettings = {
  readonly hid: boolean
  readonly serial: readonly SerialSettings[]
  /**
   * The same code again from the same scanner within this time counts once. 0, the default, counts every read:
   * scanning an article twice on purpose must sell two.
   */
  readonly ignoreRepeatsMs: number
}

export const scannerDefaults: ScannerSettings = { hid: true, serial: [], ignoreRepeatsMs: 0 }

export type ScannersOutside = {
  readonly providers: { readonly hid: HidProvider; readonly serial: SerialProvider }
  readonly now: () => number
  /** Waits so long, or until the signal; never throws. */
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>
  readonly onScan: (scan: Scan) => void
  readonly onState: (states: readonly DeviceState[]) => void
}

export type Scanners = {
  /** Begins to follow these devices; what was followed before is let go. */
  start(settings: ScannerSettings): Promise<void>
  stop(): Promise<void>
  states(): readonly DeviceState[]
  /** Serial ports to choose from, or why they can't be listed. */
  ports(): Promise<
    { readonly ok: true; readonly ports: readonly SerialPortName[] } | { ok: false; reason: string }
  >
  /** A read of the virtual scanner: as a device would have sent it, AIM identifier and all. */
  inject(raw: string): void
}

/** All scanners of this machine as one stream of scans. Keyboard wedges are the window's own affair. */
export function createScanners(outside: ScannersOutside): Scanners {
  const { providers, now, sleep, onScan, onState } = outside
  let hidStates: readonly DeviceState[] = []
  const serialStates = new Map<string, DeviceState>()
  let ignoreRepeatsMs = 0
  const last = new Map<string, { readonly data: string; readonly atMs: number }>()
  let running: readonly { start(): void; stop(): Promise<void> }[] = []

  const states = () => [...hidStates, ...serialStates.values()]

  function read(device: ScanDevice, raw: string, deviceId: string, atMs: number) {
    const scan = scanOf(raw, device, atMs, deviceId)
    if (scan === null || isRepeat(scan, deviceId)) return
    onScan(scan)
  }

  /** A scanner that goes on reading what it sees keeps the time running; another code ends it. */
  function isRepeat(scan: Scan, deviceId: string): boolean {
    const before = last.get(deviceId)
    last.set(deviceId, { data: scan.data, atMs: scan.atMs })
    return before !== undefined && before.data === scan.data && scan.atMs - before.atMs < ignoreRepeatsMs
  }

  function hidScanners() {
    return createHidScanners({
      provider: providers.hid,
      now,
      sleep,
      onRead: (raw, deviceId, atMs) => read('hid', raw, deviceId, atMs),
      onState: (next) => {
        hidStates = next
        onState(states())
      },
    })
  }

  function serialScanner(settings: SerialSettings) {
    return createSerialScanner({
      settings,
      provider: providers.serial,
      now,
      sleep,
      onRead: (raw, deviceId, atMs) => read('serial', raw, deviceId, atMs),
      onState: (next) => {
        serialStates.set(settings.path, next)
        onState(states())
      },
    })
  }

  async function stop() {
    const stopping = running
    running = []
    await Promise.all(stopping.map((scanner) => scanner.stop()))
    hidStates = []
    serialStates.clear()
    last.clear()
  }

  return {
    async start(settings) {
      await stop()
      ignoreRepeatsMs = settings.ignoreRepeatsMs
      running = [...(settings.hid ? [hidScanners()] : []), ...settings.serial.map(serialScanner)]
      for (const scanner of running) scanner.start()
    },
    stop,
    states,
    async ports() {
      try {
        return { ok: true, ports: await providers.serial.list() }
      } catch (error) {
        return { ok: false, reason: error instanceof Error ? error.message : String(error) }
      }
    },
    inject: (raw) => read('virtual', raw, 'virtual', now()),
  }
}
