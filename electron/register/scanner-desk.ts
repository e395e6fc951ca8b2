import type { ScannerView } from '../../app/contract/device-views.ts'
import type { TillView } from '../../app/contract/views.ts'
import type { DeviceSettings } from '../../app/domain/devices.ts'
import type { DeviceState } from '../scanner/device-state.ts'
import type { HidProvider } from '../scanner/hid-scanner.ts'
import { createScanners } from '../scanner/scanners.ts'
import type { SerialProvider } from '../scanner/serial-scanner.ts'
import type { Desk } from './desk.ts'

/** How scanners of this computer are reached; what they need is loaded when they are first asked. */
export interface ScannerProviders {
  readonly hid: HidProvider
  readonly serial: SerialProvider
}

export type ScannerDesk = ReturnType<typeof createScannerDesk>

/** No devices at all: what a till without providers follows. */
const nothing: ScannerProviders = {
  hid: { devices: () => Promise.resolve([]), open: () => Promise.reject(new Error('no device')) },
  serial: { list: () => Promise.resolve([]), open: () => Promise.reject(new Error('no port')) },
}

/** The usage page of POS scanners in the USB tables; wedges are keyboards and not among them. */
const posScanners = 0x8c

/** The scanners of the till: what they read is told to the window, and how they are to everyone. */
export function createScannerDesk(options: {
  readonly desk: Desk
  readonly providers: ScannerProviders | null
  readonly settings: () => DeviceSettings
  readonly changed: () => void
}) {
  const { desk } = options
  const providers = options.providers ?? nothing
  const known = { states: [] as readonly DeviceState[], ready: new Map<string, string>(), reads: 0 }
  const scanners = createScanners({
    providers,
    now: desk.clock.now,
    sleep: (durationMs, signal) => desk.clock.sleepUntil(desk.clock.now() + durationMs, signal),
    onScan: ({ data, symbology, device, deviceId, aim = '', atMs }) => {
      known.reads += 1
      const name = nameOf(deviceId)
      desk.announce.till.scanned({ id: known.reads, data, symbology, device, name, aim, atMs })
    },
    onState: hear,
  })

  const nameOf = (id = '') => known.states.find((state) => state.id === id)?.name ?? ''

  /** A poll that brings no news is not told. */
  function hear(states: readonly DeviceState[]): void {
    if (JSON.stringify(states) === JSON.stringify(known.states)) return
    const before = known.ready
    known.states = states
    known.ready = new Map(states.filter(({ state }) => state === 'ready').map(({ id, name }) => [id, name]))
    const told = desk.announce.till.told
    for (const [id, name] of before)
      if (!known.ready.has(id)) told({ tone: 'bad', message: 'scannerLost', about: name })
    options.changed()
  }

  async function start(): Promise<void> {
    const { scanners: chosen } = options.settings()
    known.states = []
    known.ready = new Map()
    await scanners.start({ ...chosen, hid: chosen.hid && options.providers !== null })
    options.changed()
  }

  return {
    start,
    stop: scanners.stop,
    inject: scanners.inject,
    ports: scanners.ports,
    /** The HID POS scanners that are plugged in, by name. */
    async hidScanners(): Promise<readonly { readonly name: string }[]> {
      const devices = await providers.hid.devices()
      return devices
        .filter(({ usagePage }) => usagePage === posScanners)
        .map(({ manufacturer, product }) => ({
          name: [manufacturer, product].filter(Boolean).join(' ') || 'HID scanner',
        }))
    },
    views: (): readonly ScannerView[] =>
      known.states.map((state) => ({ ...state, detail: state.detail ?? '' })),
    /** What the status bar tells: a till that never had a HID scanner does not miss one. */
    inBar: (): TillView['scanners'] =>
      known.states
        .filter(({ kind, id }) => kind === 'serial' || id !== 'hid')
        .map(({ name, state, detail = '' }) => ({ name, state, detail })),
  }
}
