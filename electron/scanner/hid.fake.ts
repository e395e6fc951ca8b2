import { EventEmitter } from 'node:events'
import type { HidDevice, HidHandle, HidProvider } from './hid-scanner.ts'

/** A 64-byte report of a scanner with report id 2. */
export function posReport(aim: string, data: string | Uint8Array, more = false): Uint8Array {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  const report = new Uint8Array(64)
  report.set([2, bytes.length, ...Buffer.from(aim, 'latin1')])
  report.set(bytes, 5)
  report[61] = 0x73
  report[63] = more ? 1 : 0
  return report
}

/** All reports of a bar code, however long. */
export function posReports(aim: string, data: string): Uint8Array[] {
  const bytes = Buffer.from(data, 'utf8')
  const reports: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += 56) {
    reports.push(posReport(aim, bytes.subarray(at, at + 56), at + 56 < bytes.length))
  }
  return reports
}

type Plugged = { readonly device: HidDevice; readonly emitter: EventEmitter | null }

/** A USB bus to plug scanners into. */
export function usbBus() {
  const plugged = new Map<string, Plugged>()
  const opens: string[] = []
  const closes: string[] = []
  const features: number[][] = []
  let asks = 0
  let trouble: Error | null = null
  let refusal: Error | null = null
  let gate: Promise<void> = Promise.resolve()

  const provider: HidProvider = {
    async devices() {
      asks += 1
      await gate
      if (trouble !== null) throw trouble
      return [...plugged.values()].map(({ device }) => device)
    },
    async open(path) {
      opens.push(path)
      if (refusal !== null) throw refusal
      const device = plugged.get(path)?.device
      if (device === undefined) throw new Error(`could not open ${path}`)
      const emitter = new EventEmitter()
      plugged.set(path, { device, emitter })
      const handle: HidHandle = Object.assign(emitter, {
        close: async () => {
          closes.push(path)
        },
        sendFeatureReport: async (report: number[]) => features.push(report),
      })
      return handle
    },
  }

  return {
    provider,
    plug(path: string, more: Partial<HidDevice> = {}) {
      const device = { path, vendorId: 1, productId: 2, usagePage: 0x8c, product: 'Scanner', ...more }
      plugged.set(path, { device, emitter: null })
    },
    /** Pulls the plug; the driver tells, as node-hid does, unless it is silent. */
    unplug(path: string, tells = true) {
      const emitter = plugged.get(path)?.emitter
      plugged.delete(path)
      if (tells) emitter?.emit('error', new Error('could not read from HID device'))
    },
    push: (path: string, report: Uint8Array) => plugged.get(path)?.emitter?.emit('data', Buffer.from(report)),
    breakDriver(error: Error | null) {
      trouble = error
    },
    refuse(error: Error | null) {
      refusal = error
    },
    hold(until: Promise<void>) {
      gate = until
    },
    seen: () => ({ opens, closes, features, asks }),
  }
}
