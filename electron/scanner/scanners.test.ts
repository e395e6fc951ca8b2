import { expect, onTestFinished, test } from 'vitest'
import type { Scan } from '../../app/domain/scan.ts'
import { standingClock } from './clock.fake.ts'
import { posReport, usbBus } from './hid.fake.ts'
import { nodeHidProvider } from './hid-scanner.ts'
import { createScanners, scannerDefaults, type ScannerSettings } from './scanners.ts'
import { serialDefaults, serialPortProvider } from './serial-scanner.ts'
import { serialSockets } from './serial.fake.ts'

async function shop(settings: Partial<ScannerSettings> = {}) {
  const clock = standingClock()
  const bus = usbBus()
  const sockets = serialSockets()
  const scans: Scan[] = []
  bus.plug('usb-1')
  sockets.plug('COM3')
  const scanners = createScanners({
    providers: { hid: bus.provider, serial: sockets.provider },
    now: clock.now,
    sleep: clock.sleep,
    onScan: (scan) => scans.push(scan),
    onState: () => {},
  })
  onTestFinished(() => scanners.stop())
  const serial = [{ ...serialDefaults, path: 'COM3' }]
  await scanners.start({ ...scannerDefaults, serial, ...settings })
  await clock.settle()
  return { clock, bus, sockets, scanners, scans, serial }
}

test('HID, serial and virtual scanners make one stream of typed scans', async () => {
  const { clock, bus, sockets, scanners, scans } = await shop()
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  sockets.send('COM3', ']C0991308500305\r')
  scanners.inject(']Q1HTTP://SEQR.SE/Q004610027501')
  const atMs = clock.now()
  expect(scans).toEqual([
    { data: '7310865004703', symbology: 'ean13', aim: ']E0', device: 'hid', deviceId: 'usb-1', atMs },
    { data: '991308500305', symbology: 'code128', aim: ']C0', device: 'serial', deviceId: 'COM3', atMs },
    {
      data: 'HTTP://SEQR.SE/Q004610027501',
      symbology: 'qr',
      aim: ']Q1',
      device: 'virtual',
      deviceId: 'virtual',
      atMs,
    },
  ])
})

test('the same article scanned twice counts twice, however quickly', async () => {
  const { bus, scans } = await shop()
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  expect(scans).toHaveLength(2)
})

test('a shop whose scanner stutters can have its repeats left away, from that scanner alone', async () => {
  const { clock, bus, sockets, scans } = await shop({ ignoreRepeatsMs: 300 })
  const article = posReport(']E0', '7310865004703')
  bus.push('usb-1', article)
  await clock.pass(200)
  bus.push('usb-1', article)
  sockets.send('COM3', '7310865004703\r')
  await clock.pass(299)
  bus.push('usb-1', posReport(']E0', '4006381333931'))
  bus.push('usb-1', article)
  await clock.pass(300)
  bus.push('usb-1', article)
  expect(scans.map(({ device, data }) => `${device} ${data}`)).toEqual([
    'hid 7310865004703',
    'serial 7310865004703',
    'hid 4006381333931',
    'hid 7310865004703',
    'hid 7310865004703',
  ])
})

test('the states of all scanners stand side by side', async () => {
  const { scanners } = await shop()
  expect(scanners.states()).toMatchObject([
    { kind: 'hid', name: 'Scanner', state: 'ready' },
    { kind: 'serial', name: 'Serial scanner COM3', state: 'ready' },
  ])
})

test('new settings take over at once', async () => {
  const { clock, bus, sockets, scanners, scans } = await shop()
  await scanners.start({ ...scannerDefaults, hid: false })
  await clock.settle()
  bus.push('usb-1', posReport(']E0', '7310865004703'))
  sockets.send('COM3', '7310865004703\r')
  expect(scans).toEqual([])
  expect(scanners.states()).toEqual([])
})

test('nothing but a line end is no scan', async () => {
  const { scanners, scans } = await shop()
  scanners.inject('\r\n')
  expect(scans).toEqual([])
})

test('without their libraries the till runs: nothing is loaded before a scanner is followed, and each says what is missing', async () => {
  const clock = standingClock()
  const loads: string[] = []
  const dlopen = Object.assign(new Error('libusb-1.0.so.0: cannot open shared object file\nat x.js:1'), {
    code: 'ERR_DLOPEN_FAILED',
  })
  const providers = {
    hid: nodeHidProvider(() => {
      loads.push('node-hid')
      return Promise.reject(dlopen)
    }),
    serial: serialPortProvider(() => {
      loads.push('serialport')
      return Promise.reject(Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' }))
    }),
  }
  const scans: Scan[] = []
  const scanners = createScanners({
    providers,
    now: clock.now,
    sleep: clock.sleep,
    onScan: (scan) => scans.push(scan),
    onState: () => {},
  })
  onTestFinished(() => scanners.stop())
  expect(loads).toEqual([])
  await scanners.start({ ...scannerDefaults, serial: [{ ...serialDefaults, path: 'COM3' }] })
  await clock.settle()
  expect(new Set(loads)).toEqual(new Set(['node-hid', 'serialport']))
  const [hid, serial] = scanners.states()
  expect(hid).toMatchObject({ kind: 'hid', state: 'failing' })
  expect(hid?.detail).toContain('libusb-1.0.so.0')
  expect(hid?.detail).toContain('libusb-1.0-0 and libudev1')
  expect(hid?.detail).not.toContain('x.js')
  expect(serial?.detail).toContain('serialport cannot be loaded (Cannot find package)')
  expect(await scanners.ports()).toMatchObject({ ok: false, reason: expect.stringContaining('serialport') })
  scanners.inject('7310865004703')
  expect(scans).toHaveLength(1)
})

test('serial ports are listed, or why they can’t be', async () => {
  const { scanners } = await shop()
  expect(await scanners.ports()).toEqual({ ok: true, ports: [{ path: 'COM3', name: 'COM3' }] })
})
