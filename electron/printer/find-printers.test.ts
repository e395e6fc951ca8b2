import { expect, test } from 'vitest'
import { findPrinters } from './find-printers.ts'
import { parsePrinterAddress } from './printer-address.ts'

test('USB printers and serial ports are proposed as addresses that the settings take', async () => {
  const found = await findPrinters({
    deviceFiles: async () => await Promise.resolve(['/dev/usb/lp1', '/dev/usb/lp0', '/dev/usb/hiddev0']),
    serialPorts: async () =>
      await Promise.resolve([{ path: 'COM3', manufacturer: 'FTDI' }, { path: '/dev/ttyS0' }]),
  })
  expect(found).toEqual([
    { address: 'file:/dev/usb/lp0', name: 'USB /dev/usb/lp0' },
    { address: 'file:/dev/usb/lp1', name: 'USB /dev/usb/lp1' },
    { address: 'serial:COM3', name: 'COM3 (FTDI)' },
    { address: 'serial:/dev/ttyS0', name: '/dev/ttyS0' },
  ])
  expect(found.every(({ address }) => parsePrinterAddress(address).ok)).toBe(true)
})

test('a system without USB printers or serial support finds none and breaks nothing', async () => {
  const missing = async () => await Promise.reject(new Error('no such thing here'))
  expect(await findPrinters({ deviceFiles: missing, serialPorts: missing })).toEqual([])
  expect(Array.isArray(await findPrinters())).toBe(true)
})
