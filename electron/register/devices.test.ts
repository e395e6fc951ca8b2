import { expect, test } from 'vitest'
import { deviceSchema } from '../../app/contract/device-schema.ts'
import type { DisplayView, ScannedView } from '../../app/contract/device-views.ts'
import { firstDevices, profileOf } from '../../app/domain/devices.ts'
import { readEscpos } from '../printer/escpos-reader.ts'
import { posReport, usbBus } from '../scanner/hid.fake.ts'
import { serialDefaults } from '../scanner/serial-scanner.ts'
import { serialSockets } from '../scanner/serial.fake.ts'
import { saveArticle } from '../storage/articles.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import { openShift } from '../storage/shifts.ts'
import { fromTill, keepingPrinter, startedRegister } from './register.fake.ts'

const display = { screen: 'display' } as const

test('the profile follows the width of the paper, and keeps that the printer starts in Chinese', () => {
  const chinese = { ...firstDevices, printer: { profile: 'chinese80', drawerPin: 5 } } as const
  expect(profileOf(firstDevices, 32).cutter).toBe('none')
  expect(profileOf(chinese, 48)).toMatchObject({ columns: 48, cancelsKanji: true, drawerPin: 5 })
  expect(profileOf(chinese, 32)).toMatchObject({ columns: 32, cancelsKanji: true, cutter: 'none' })
})

test('devices are for administrators: a cashier changes nothing and tests nothing', async () => {
  const { ask, stop } = await startedRegister({ printer: keepingPrinter() })
  const refused = { ok: false, reason: 'needsPermission', permission: 'administrator' }
  expect(await ask.devices.save(firstDevices, fromTill)).toEqual(refused)
  expect(await ask.devices.find(undefined, fromTill)).toEqual(refused)
  expect(await ask.devices.testPrint(undefined, fromTill)).toEqual(refused)
  expect(await ask.devices.testDrawer(undefined, fromTill)).toEqual(refused)
  await stop()
})

test('a chosen profile brings its columns to every paper, and the test print shows it', async () => {
  const printer = keepingPrinter()
  const { ask, stop } = await startedRegister({ printer })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  const printerSettings = { profile: 'standard58', drawerPin: 5 } as const
  expect(await ask.devices.save({ ...firstDevices, printer: printerSettings }, fromTill)).toEqual({
    ok: true,
  })
  expect((await ask.devices.current(undefined, fromTill)).printer.columns).toBe(32)
  await ask.devices.testPrint(undefined, fromTill)
  await ask.devices.testDrawer(undefined, fromTill)
  await expect.poll(() => printer.jobs.length).toBe(2)
  const papers = printer.jobs.map((bytes) => readEscpos(bytes, 32))
  expect(papers.flatMap(({ faults }) => faults)).toEqual([])
  expect(papers.flatMap(({ items }) => items).filter(({ kind }) => kind === 'drawerPulse')).toMatchObject([
    { pin: 5 },
  ])
  await stop()
})

test('settings from before keyboard scanners could be set up keep all they had', async () => {
  const { keyboard: _, ...scanners } = { ...firstDevices.scanners, ignoreRepeatsMs: 500 }
  const old = { printer: { profile: 'chinese80', drawerPin: 5 }, scanners }
  const { ask, stop } = await startedRegister({}, ({ write }) => writeSetting(write, 'devices', old, 'Alva'))
  const { settings } = await ask.devices.current(undefined, fromTill)
  expect(settings).toEqual({ ...old, scanners: { ...scanners, keyboard: firstDevices.scanners.keyboard } })
  await stop()
})

test('how keyboard scanners were set up is told to every window, and holds at the next start', async () => {
  const { ask, storage, stop } = await startedRegister()
  await ask.session.unlock({ pin: '1234' }, fromTill)
  const keyboard = { maxGapMs: 50, prefix: 'Control+b', suffix: 'Tab', layout: 'us' } as const
  const scanners = { ...firstDevices.scanners, keyboard }
  expect(await ask.devices.save({ ...firstDevices, scanners }, fromTill)).toEqual({ ok: true })
  expect((await ask.till.current(undefined, fromTill)).keyboardScanner).toEqual(keyboard)
  expect(readSetting(storage.read, 'devices', null)).toMatchObject({ scanners: { keyboard } })
  await stop()
})

test('a prefix that a keyboard scanner cannot send is refused', () => {
  const withPrefix = (prefix: string) =>
    deviceSchema.safeParse({
      ...firstDevices,
      scanners: { ...firstDevices.scanners, keyboard: { ...firstDevices.scanners.keyboard, prefix } },
    }).success
  expect(['', '~', 'F13', 'F24', 'Control+b'].every(withPrefix)).toBe(true)
  expect(['F9', 'Enter', 'å', 'Control+Enter', '~~'].some(withPrefix)).toBe(false)
})

test('without a printer a test says so', async () => {
  const { ask, stop } = await startedRegister()
  await ask.session.unlock({ pin: '1234' }, fromTill)
  expect(await ask.devices.testPrint(undefined, fromTill)).toMatchObject({ problem: 'noPrinter' })
  await stop()
})

test('opening the drawer for a test stands in the journal like any opening without a sale', async () => {
  const { ask, storage, stop } = await startedRegister({ printer: keepingPrinter() })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  await ask.devices.testDrawer(undefined, fromTill)
  const kinds = storage.read.all<{ kind: string }>('SELECT kind FROM journal').map(({ kind }) => kind)
  expect(kinds).toContain('drawerOpened')
  expect(openShift(storage.read)).not.toBeNull()
  await stop()
})

test('a practice till prints on paper that is only drawn; a shop has no practice devices', async () => {
  const practice = await startedRegister({ practiceDevices: true })
  expect((await practice.ask.till.current(undefined, fromTill)).printer.state).not.toBe('none')
  expect((await practice.ask.devices.current(undefined, fromTill)).printer.isPractice).toBe(true)
  expect(await practice.ask.practice.current(undefined, fromTill)).toMatchObject({
    printer: { isInUse: true, paper: 'full' },
  })
  await practice.stop()
  const shop = await startedRegister()
  expect(await shop.ask.practice.current(undefined, fromTill)).toBeNull()
  expect(await shop.ask.practice.scan({ raw: '1' }, fromTill)).toMatchObject({ ok: false })
  await shop.stop()
})

test('what the practice scanner reads is told with its symbology and AIM identifier', async () => {
  const { register, ask, stop } = await startedRegister({ practiceDevices: true })
  const scans: unknown[] = []
  register.listen((channel, payload) => channel === 'till.scanned' && scans.push(payload))
  await ask.practice.scan({ raw: ']C0123456789012' }, fromTill)
  expect(scans).toMatchObject([{ data: '123456789012', symbology: 'code128', aim: ']C0', device: 'virtual' }])
  await stop()
})

test('HID and serial scanners tell the window the kind of the code, which the sale screen decides by', async () => {
  const bus = usbBus()
  const sockets = serialSockets()
  bus.plug('usb-1')
  sockets.plug('COM3')
  const { register, ask, pass, stop } = await startedRegister({
    scanners: { hid: bus.provider, serial: sockets.provider },
  })
  const scans: ScannedView[] = []
  register.listen((channel, payload) => {
    if (channel === 'till.scanned') scans.push(payload as ScannedView)
  })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  const port = { ...serialDefaults, path: 'COM3' }
  await ask.devices.save(
    { ...firstDevices, scanners: { ...firstDevices.scanners, serial: [port] } },
    fromTill,
  )
  const ready = async () =>
    (await ask.devices.current(undefined, fromTill)).scanners.map(({ state }) => state)
  await expect.poll(ready).toEqual(['ready', 'ready'])
  bus.push('usb-1', posReport(']E0', '036000291452'))
  sockets.send('COM3', ']C0036000291452\r')
  sockets.send('COM3', '036000291452\r')
  const kinds = scans.map(({ device, symbology, aim, data }) => [device, symbology, aim, data])
  expect(kinds).toEqual([
    ['hid', 'upca', ']E0', '036000291452'],
    ['serial', 'code128', ']C0', '036000291452'],
    ['serial', 'unknown', '', '036000291452'],
  ])
  bus.unplug('usb-1')
  await expect.poll(ready).toEqual(['absent', 'ready'])
  bus.plug('usb-1')
  pass(2000)
  await expect.poll(ready).toEqual(['ready', 'ready'])
  await stop()
})

test('a read that two windows have heard of sells once, and the same article read again sells again', async () => {
  const { register, ask, storage, stop } = await startedRegister({ practiceDevices: true })
  const code = '7310865004703'
  const milk = { id: 'm', name: 'Milk', code, plu: null, priceMinor: 1500, vatBasisPoints: 1200 } as const
  const rest = { unit: 'pcs', unitDecimals: 0, categoryId: null, favourite: false, active: true } as const
  saveArticle(storage.write, { ...milk, ...rest })
  const heard: ScannedView[] = []
  register.listen((channel, payload) => {
    if (channel === 'till.scanned') heard.push(payload as ScannedView)
  })
  await ask.practice.scan({ raw: `]E0${code}` }, fromTill)
  await ask.practice.scan({ raw: `]E0${code}` }, fromTill)
  const windows = [...heard, ...heard]
  for (const { id, data, symbology, device } of windows) {
    const answer = await ask.sale.scan({ data, symbology, device, scanId: id }, fromTill)
    expect(answer).toEqual({ ok: true, did: 'addedArticle', name: 'Milk' })
  }
  const { receipt } = await ask.sale.current(undefined, fromTill)
  expect(receipt?.totalMinor).toBe(3000)
  await stop()
})

test('a receipt’s bar code opens that receipt on the sale screen; another till’s, or none of ours, says so', async () => {
  const { ask, stop } = await startedRegister()
  const sold = { name: 'Kaffe', priceMinor: 2500, vatBasisPoints: 1200, articleId: null }
  await ask.sale.addOpenRow(sold, fromTill)
  const receiptId = (await ask.sale.current(undefined, fromTill)).receipt?.id ?? ''
  await ask.sale.payCash({ receiptId, givenMinor: 2500 }, fromTill)
  const scan = (data: string) => ask.sale.scan({ data, symbology: 'code128', device: 'hid' }, fromTill)
  const opened = { ok: true, did: 'openedReceipt', receiptId }
  expect(await scan('R-00000001-1')).toEqual(opened)
  expect(await scan('r/00000001/1')).toEqual(opened)
  expect(await scan('R-00000001')).toEqual(opened)
  const none = { ok: false, reason: 'notHere', why: 'noSuchReceipt' }
  expect(await scan('R-00000001-2')).toEqual(none)
  expect(await scan('R-00000099-1')).toEqual(none)
  expect(await ask.refund.find({ text: 'R-00000001-1' }, fromTill)).toMatchObject([{ receiptId }])
  expect(await ask.refund.find({ text: 'R-00000001-2' }, fromTill)).toEqual([])
  await stop()
})

test('the counter’s own sticker, scanned by mistake on the sale screen, is called what it is', async () => {
  const { ask, stop } = await startedRegister()
  const scan = { data: 'HTTP://SEQR.SE/Q004610027501', symbology: 'qr', device: 'hid' } as const
  expect(await ask.sale.scan(scan, fromTill)).toEqual({ ok: false, reason: 'notHere', why: 'isASeqrSticker' })
  await stop()
})

test('a practice till makes slips to scan where it has the server for them, and says so where it has not', async () => {
  const own = await startedRegister({ practiceDevices: true, practiceSlip: () => '991308500305' })
  expect(await own.ask.practice.newSlip(undefined, fromTill)).toEqual({ ok: true, payId: '991308500305' })
  expect(await own.ask.practice.current(undefined, fromTill)).toMatchObject({ makesSlips: true })
  await own.stop()
  const others = await startedRegister({ practiceDevices: true })
  expect(await others.ask.practice.newSlip(undefined, fromTill)).toMatchObject({ ok: false })
  expect(await others.ask.practice.current(undefined, fromTill)).toMatchObject({ makesSlips: false })
  await others.stop()
})

test('the practice drawer opens with a cash sale and stays open until it is closed', async () => {
  const { ask, stop } = await startedRegister({ practiceDevices: true })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  await ask.devices.testDrawer(undefined, fromTill)
  const drawer = async () => (await ask.practice.current(undefined, fromTill))?.drawer
  await expect.poll(drawer).toEqual({ isOpen: true, openings: 1 })
  await ask.practice.closeDrawer(undefined, fromTill)
  expect(await drawer()).toEqual({ isOpen: false, openings: 1 })
  await stop()
})

test('the display shows the receipt as it is rung up, the change at the end, and no person', async () => {
  const { register, ask, stop } = await startedRegister()
  const shown: DisplayView[] = []
  register.listen((channel, payload) => {
    if (channel === 'display.changed') shown.push(payload as DisplayView)
  })
  const sold = { name: 'Anna Svensson: kaffe', priceMinor: 2500, vatBasisPoints: 1200, articleId: null }
  await ask.sale.addOpenRow(sold, fromTill)
  await ask.sale.setNote({ note: 'Anna, table 4' }, fromTill)
  const ringing = await ask.display.current(undefined, display)
  expect(ringing.receipt).toMatchObject({ totalMinor: 2500, rows: [{ totalMinor: 2500 }] })
  expect(JSON.stringify(ringing)).not.toContain('table 4')
  expect(JSON.stringify(ringing)).not.toContain('Alva')
  const receiptId = (await ask.sale.current(undefined, fromTill)).receipt?.id ?? ''
  await ask.sale.payCash({ receiptId, givenMinor: 5000 }, fromTill)
  expect(await ask.display.current(undefined, display)).toMatchObject({
    receipt: null,
    finished: { totalMinor: 2500, changeMinor: 2500 },
  })
  expect(shown.length).toBeGreaterThan(0)
  await stop()
})

test('a display that asks is seen, and the test picture is shown to it', async () => {
  const { ask, clock, stop } = await startedRegister()
  expect((await ask.devices.current(undefined, fromTill)).displaySeenAtMs).toBeNull()
  await ask.display.current(undefined, display)
  expect((await ask.devices.current(undefined, fromTill)).displaySeenAtMs).toBe(clock.nowMs)
  await ask.session.unlock({ pin: '1234' }, fromTill)
  await ask.devices.testDisplay(undefined, fromTill)
  expect((await ask.display.current(undefined, display)).isTest).toBe(true)
  clock.nowMs += 10_001
  expect((await ask.display.current(undefined, display)).isTest).toBe(false)
  await stop()
})

test('a HID library that cannot be loaded stops nothing: the page says what is missing, the bar stays quiet', async () => {
  const missing = () => Promise.reject(new Error('libusb-1.0.so.0: cannot open shared object file'))
  const { ask, stop } = await startedRegister({
    scanners: { hid: { devices: missing, open: missing }, serial: { list: missing, open: missing } },
  })
  const scanners = async () => (await ask.devices.current(undefined, fromTill)).scanners
  await expect.poll(scanners).toMatchObject([{ state: 'failing', detail: expect.stringContaining('libusb') }])
  expect((await ask.till.current(undefined, fromTill)).scanners).toEqual([])
  await ask.session.unlock({ pin: '1234' }, fromTill)
  expect(await ask.devices.find(undefined, fromTill)).toMatchObject({
    ok: true,
    found: { hid: { problem: expect.stringContaining('libusb') } },
  })
  await stop()
})
