import { expect, test } from 'vitest'
import { parsePrinterAddress } from './printer-address.ts'

const serial = { kind: 'serial', baudRate: 9600, dataBits: 8, parity: 'none', flow: 'none' }

test.each([
  ['tcp://192.168.1.50:9100', { kind: 'tcp', host: '192.168.1.50', port: 9100 }],
  ['tcp://printer.shop.local', { kind: 'tcp', host: 'printer.shop.local', port: 9100 }],
  ['tcp://[fe80::1]:9101/', { kind: 'tcp', host: 'fe80::1', port: 9101 }],
  [' TCP://kitchen:1 ', { kind: 'tcp', host: 'kitchen', port: 1 }],
  ['serial:COM3', { ...serial, path: 'COM3' }],
  [
    'serial:/dev/ttyUSB0?baud=115200&flow=rtscts',
    { ...serial, path: '/dev/ttyUSB0', baudRate: 115200, flow: 'rtscts' },
  ],
  ['serial:COM3?bits=7&parity=even', { ...serial, path: 'COM3', dataBits: 7, parity: 'even' }],
  ['serial://COM3', { ...serial, path: 'COM3' }],
  ['serial:///dev/ttyUSB0', { ...serial, path: '/dev/ttyUSB0' }],
  ['file:/dev/usb/lp0', { kind: 'file', path: '/dev/usb/lp0' }],
  ['file:///dev/usb/lp0', { kind: 'file', path: '/dev/usb/lp0' }],
  ['file:\\\\localhost\\RECEIPTS', { kind: 'file', path: '\\\\localhost\\RECEIPTS' }],
  ['virtual:', { kind: 'virtual' }],
])('%s is understood', (text, address) => {
  expect(parsePrinterAddress(text)).toEqual({ ok: true, address })
})

test.each([
  ['', 'none of these'],
  ['192.168.1.50:9100', 'none of these'],
  ['tcp://', 'is not tcp://HOST:PORT'],
  ['tcp://user@host:9100', 'is not tcp://HOST:PORT'],
  ['tcp://host:9100/queue', 'is not tcp://HOST:PORT'],
  ['tcp://host:0', 'not a port'],
  ['tcp://host:70000', 'not a port'],
  ['tcp://host:', 'not a port'],
  ['serial:', 'needs its port'],
  ['serial:COM3?baud=fast', 'not a speed'],
  ['serial:COM3?bits=9', 'data bits'],
  ['serial:COM3?parity=mark', 'parity'],
  ['serial:COM3?flow=dtr', 'flow control'],
  ['serial:COM3?speed=9600', '"speed" is no setting'],
  ['serial://', 'needs its port'],
  ['file:lp0', 'not a whole path'],
  ['usb:/dev/usb/lp0', 'is file:/dev/usb/lp0 on Linux'],
])('%j is refused with a reason', (text, reason) => {
  const parsed = parsePrinterAddress(text)
  expect(parsed.ok ? '' : parsed.message).toContain(reason)
})
