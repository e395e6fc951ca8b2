import { expect, onTestFinished, test } from 'vitest'
import { standingClock } from './clock.fake.ts'
import type { DeviceState } from './device-state.ts'
import { createHidScanners, nodeHidProvider } from './hid-scanner.ts'
import { posReport, posReports, usbBus } from './hid.fake.ts'

function shop() {
  const clock = standingClock()
  const bus = usbBus()
  const reads: string[] = []
  let states: readonly DeviceState[] = []
  const scanners = createHidScanners({
    provider: bus.provider,
    now: clock.now,
    sleep: clock.sleep,
    onRead: (raw) => reads.push(raw),
    onState: (next) => {
      states = next
    },
  })
  onTestFinished(() => scanners.stop())
  const stateOf = () => states.map(({ name, state }) => `${name}: ${state}`)
  return { clock, bus, reads, scanners, stateOf, states: () => states }
}

test('without a scanner the state is absent, which is no fault', async () => {
  const { clock, scanners, stateOf } = shop()
  scanners.start()
  await clock.settle()
  expect(stateOf()).toEqual(['HID scanners: absent'])
})

test('a scanner that is plugged in later is read from within 2 seconds', async () => {
  const { clock, bus, scanners, reads, stateOf } = shop()
  scanners.start()
  await clock.settle()
  bus.plug('usb-1', { manufacturer: 'Acme' })
  await clock.pass(2000)
  expect(stateOf()).toEqual(['Acme Scanner: ready'])
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  expect(reads).toEqual([']E07310865004703'])
})

test('keyboards and mice are left alone', async () => {
  const { clock, bus, scanners } = shop()
  bus.plug('usb-1', { usagePage: 1 })
  bus.plug('usb-2', { usagePage: undefined })
  scanners.start()
  await clock.settle()
  expect(bus.seen().opens).toEqual([])
})

test.each([true, false])(
  'unplugged (told by the driver: %s) and plugged in again, it reads on',
  async (tells) => {
    const { clock, bus, scanners, reads, stateOf } = shop()
    bus.plug('usb-1')
    scanners.start()
    await clock.settle()
    bus.unplug('usb-1', tells)
    await clock.pass(2000)
    expect(stateOf()).toEqual(['HID scanners: absent'])
    bus.plug('usb-1')
    await clock.pass(2000)
    bus.push('usb-1', posReport(']E0', '7310865004703'))
    expect(stateOf()).toEqual(['Scanner: ready'])
    expect(reads).toEqual([']E07310865004703'])
    expect(bus.seen().opens).toEqual(['usb-1', 'usb-1'])
  },
)

test('half a bar code read before the plug was pulled is never glued to the next', async () => {
  const { clock, bus, scanners, reads } = shop()
  const [first, second] = posReports(']Q0', `${'a'.repeat(56)}rest`)
  bus.plug('usb-1')
  scanners.start()
  await clock.settle()
  bus.push('usb-1', first ?? new Uint8Array())
  bus.unplug('usb-1')
  bus.plug('usb-1')
  await clock.pass(2000)
  bus.push('usb-1', second ?? new Uint8Array())
  expect(reads).toEqual([']Q0rest'])
})

test('two scanners are read at once, and their halves are not mixed', async () => {
  const { clock, bus, scanners, reads } = shop()
  bus.plug('usb-1')
  bus.plug('usb-2')
  scanners.start()
  await clock.settle()
  const [a1, a2] = posReports(']Q0', 'a'.repeat(60))
  const [b1, b2] = posReports(']Q0', 'b'.repeat(60))
  for (const [path, report] of [
    ['usb-1', a1],
    ['usb-2', b1],
    ['usb-1', a2],
    ['usb-2', b2],
  ] as const)
    bus.push(path, report ?? new Uint8Array())
  expect(reads).toEqual([`]Q0${'a'.repeat(60)}`, `]Q0${'b'.repeat(60)}`])
})

test('a machine without libusb says that HID scanners are unavailable, and recovers when they are', async () => {
  const { clock, bus, scanners, states, stateOf } = shop()
  bus.breakDriver(new Error('libusb-1.0.so.0: cannot open shared object file'))
  bus.plug('usb-1')
  scanners.start()
  await clock.settle()
  expect(states()[0]).toMatchObject({
    state: 'failing',
    detail: 'HID scanners are unavailable: libusb-1.0.so.0: cannot open shared object file',
  })
  bus.breakDriver(null)
  await clock.pass(2000)
  expect(stateOf()).toEqual(['Scanner: ready'])
})

test('a scanner that may not be opened is failing with the reason, and is tried again', async () => {
  const { clock, bus, scanners, states, stateOf } = shop()
  bus.plug('usb-1')
  bus.refuse(new Error('permission denied'))
  scanners.start()
  await clock.settle()
  expect(states()).toMatchObject([{ name: 'Scanner', state: 'failing', detail: 'permission denied' }])
  bus.refuse(null)
  await clock.pass(2000)
  expect(stateOf()).toEqual(['Scanner: ready'])
})

test('devices are never listed twice at once, however slow the driver is', async () => {
  const { clock, bus, scanners } = shop()
  let answer = () => {}
  bus.hold(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  scanners.start()
  await clock.pass(10_000)
  expect(bus.seen().asks).toBe(1)
  answer()
  await clock.settle()
  await clock.pass(2000)
  expect(bus.seen().asks).toBe(2)
})

test('a Honeywell is told that a host listens', async () => {
  const { clock, bus, scanners } = shop()
  bus.plug('usb-1', { vendorId: 0x0c2e })
  scanners.start()
  await clock.settle()
  expect(bus.seen().features).toEqual([[0xfe, 0x01]])
})

test('stopping closes what is open and ends the asking', async () => {
  const { clock, bus, scanners, reads } = shop()
  bus.plug('usb-1')
  scanners.start()
  await clock.settle()
  await scanners.stop()
  expect(bus.seen().closes).toEqual(['usb-1'])
  const { asks } = bus.seen()
  await clock.pass(60_000)
  expect(bus.seen().asks).toBe(asks)
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  expect(reads).toEqual([])
})

test('the real driver lists devices, or says in words why it can’t', async () => {
  const outcome = await nodeHidProvider()
    .devices()
    .then(
      (devices) => Array.isArray(devices),
      (error: unknown) => error instanceof Error && error.message !== '',
    )
  expect(outcome).toBe(true)
})
