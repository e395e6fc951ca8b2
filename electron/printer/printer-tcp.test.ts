import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import type { PrinterStatus } from '../../app/domain/printer-status.ts'
import { drawerPulseBytes, encodePaper } from './escpos-bytes.ts'
import { questionInOrder, statusQuestions } from './escpos-status.ts'
import type { PrinterTiming } from './printer-conversation.ts'
import { tcpPrinter } from './printer-tcp.ts'
import { briefTiming, silentTiming, until } from './printer-timing.fake.ts'
import { startVirtualTcpPrinter } from './virtual-tcp-printer.ts'
import type { VirtualTcpPrinter } from './virtual-tcp-printer.ts'

const profile = printerProfiles.standard80
const bytes = encodePaper(
  {
    blocks: [
      { kind: 'text', text: 'Åsas Livs', align: 'center', bold: true, size: 2 },
      { kind: 'columns', left: 'Total', right: '1\u00A0234.50' },
      { kind: 'barcode', symbology: 'code128', data: '991308500305' },
      { kind: 'cut' },
    ],
  },
  profile,
)
const never = () => new AbortController().signal

const printers: VirtualTcpPrinter[] = []
afterEach(async () => {
  for (const printer of printers.splice(0)) await printer.stop()
})

async function shop(timing: Partial<PrinterTiming> = {}) {
  const printer = await startVirtualTcpPrinter({ columns: 48 })
  printers.push(printer)
  const device = tcpPrinter({ host: '127.0.0.1', port: printer.port }, { ...briefTiming, ...timing })
  const told: PrinterStatus[] = []
  const print = async (job = bytes, signal = never()) =>
    await device.print(job, signal, (status) => told.push(status))
  return { printer, device, told, print }
}

test('a receipt is asked for, sent and confirmed, and lies in the tray as it was laid out', async () => {
  const { printer, device, print } = await shop()
  expect(await print()).toEqual({ kind: 'printed' })
  const [paper] = printer.mechanism.papers
  expect(paper?.faults).toEqual([])
  expect(paper?.items.map((item) => item.kind)).toEqual(['line', 'line', 'barcode', 'cut'])
  expect(paper === undefined ? [] : printedLines(paper)[1]).toBe(`Total${'1 234.50'.padStart(43)}`)
  expect(Buffer.concat(printer.received)).toEqual(
    Buffer.from([...statusQuestions, ...bytes, ...questionInOrder]),
  )
  expect(device.state).toBe('ready')
})

test('an address where nobody listens is unreachable, and nothing was printed', async () => {
  const { printer, device, print, told } = await shop()
  await printer.changeNetwork({ isRefused: true })
  expect(await print()).toEqual({ kind: 'failed', reason: 'unreachable', printedMaybe: false })
  expect([device.state, await device.status(), told]).toEqual([
    'absent',
    { kind: 'unreachable' },
    [{ kind: 'unreachable' }],
  ])
  await printer.changeNetwork({ isRefused: false })
  expect(await print()).toEqual({ kind: 'printed' })
})

test.each([
  ['paper that is out', { paperLines: 0 }, 'paperOut'],
  ['an open cover', { isCoverOpen: true }, 'coverOpen'],
  ['a stuck cutter', { isJammed: true }, 'error'],
  ['a printer off line', { isOffline: true }, 'offline'],
] as const)('%s is noticed before a byte of the job is sent', async (_, condition, reason) => {
  const { printer, device, print } = await shop()
  printer.mechanism.change(condition)
  expect(await print()).toEqual({ kind: 'failed', reason, printedMaybe: false })
  expect(Buffer.concat(printer.received)).toEqual(Buffer.from(statusQuestions))
  expect(device.state).toBe('failing')
})

test('paper that runs out in the middle is told, and the job ends as printed once there is a new roll', async () => {
  const { printer, told, print } = await shop()
  printer.mechanism.change({ paperLines: 1 })
  const job = print()
  await until(() => told.some((status) => status.kind === 'answered' && status.paper === 'out'))
  expect(printer.mechanism.papers).toEqual([])
  printer.mechanism.change({ paperLines: null })
  expect(await job).toEqual({ kind: 'printed' })
  expect(printer.mechanism.papers.map((paper) => paper.faults)).toEqual([[]])
})

test('paper that nobody refills leaves the job open to a person', async () => {
  const printer = await startVirtualTcpPrinter({ columns: 48 })
  printers.push(printer)
  printer.mechanism.change({ paperLines: 1 })
  const device = tcpPrinter({ host: '127.0.0.1', port: printer.port }, { ...briefTiming, troubleMs: 45 })
  expect(await device.print(bytes, never())).toEqual({
    kind: 'failed',
    reason: 'paperOut',
    printedMaybe: true,
  })
})

test('a connection that breaks at any place of the job says that some may be printed', async () => {
  const { printer, print } = await shop()
  for (const after of [1, 7, 30, bytes.length - 1]) {
    await printer.changeNetwork({ closesAfterBytes: statusQuestions.length + after })
    expect(await print()).toEqual({ kind: 'failed', reason: 'closedMidJob', printedMaybe: true })
  }
})

test('a printer switched off in the middle is not believed to have printed', async () => {
  const { printer, print, told } = await shop(silentTiming)
  printer.mechanism.change({ paperLines: 1 })
  const job = print()
  await until(() => told.some((status) => status.kind === 'answered' && status.paper === 'out'))
  printer.mechanism.change({ isSilent: true })
  expect(await job).toEqual({ kind: 'failed', reason: 'timeout', printedMaybe: true })
})

test('a slow printer is waited for', async () => {
  const { printer, print } = await shop()
  await printer.changeNetwork({ delayMs: 40 })
  const long = encodePaper(
    { blocks: [{ kind: 'text', text: 'Ett långt kvitto\n'.repeat(300).trimEnd() }, { kind: 'cut' }] },
    profile,
  )
  expect(await print(long)).toEqual({ kind: 'printed' })
  expect(printer.mechanism.papers[0]?.items).toHaveLength(301)
})

test('a printer that never answers is believed when it has taken the whole job', async () => {
  const { printer, device, print } = await shop(silentTiming)
  printer.mechanism.change({ isSilent: true })
  expect(await print()).toEqual({ kind: 'printed' })
  expect(device.state).toBe('ready')
  const before = Buffer.concat(printer.received).length
  expect(await print()).toEqual({ kind: 'printed' })
  await until(() => printer.mechanism.papers.length === 2)
  // Known to be silent, it is not asked again before the job, which is out a second sooner.
  expect(Buffer.concat(printer.received).subarray(before)).toEqual(Buffer.from(bytes))
})

test('a silent printer that breaks the connection has not taken the job', async () => {
  const { printer, print } = await shop(silentTiming)
  printer.mechanism.change({ isSilent: true })
  await printer.changeNetwork({ closesAfterBytes: statusQuestions.length + 20 })
  expect(await print()).toEqual({ kind: 'failed', reason: 'closedMidJob', printedMaybe: true })
})

test('a printer that answers DLE EOT but not GS r is believed when it stays well', async () => {
  const { device, asked, close } = await printerWithoutOrder()
  expect(await device.print(Buffer.from('Kvitto\n'), never())).toEqual({ kind: 'printed' })
  const first = asked()
  // Known by then, it is not waited for as long again.
  expect(await device.print(Buffer.from('Kvitto\n'), never())).toEqual({ kind: 'printed' })
  expect(asked() - first).toBeLessThan(first)
  close()
})

test('a drawer’s pulse is done when it is sent: no end of paper is waited for', async () => {
  const { device, received, close } = await printerWithoutOrder()
  expect(await device.print(drawerPulseBytes(profile), never())).toEqual({ kind: 'printed' })
  expect(received().includes(Buffer.from(questionInOrder))).toBe(false)
  close()
})

test('a drawer’s pulse does not wait for a printer that keeps its line open', async () => {
  // Whoever waited for the line to close would be at it for longer than this test may take.
  const { device, close } = await printerWithoutOrder({
    timing: { ...briefTiming, closeMs: 600_000 },
    keepsOpen: true,
  })
  expect(await device.print(drawerPulseBytes(profile), never())).toEqual({ kind: 'printed' })
  close()
})

/** As cheap printers are: DLE EOT is answered, GS r is not. */
async function printerWithoutOrder({ timing = briefTiming, keepsOpen = false } = {}) {
  let received = Buffer.alloc(0)
  let questions = 0
  const server = net.createServer({ allowHalfOpen: keepsOpen }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
      const now = data.filter((byte, at) => byte === 0x10 && data[at + 1] === 0x04).length
      questions += now
      socket.write(Buffer.alloc(now, 0x12))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const device = tcpPrinter({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, timing)
  return { device, received: () => received, asked: () => questions, close: () => server.close() }
}

test('a job and a question at the same time do not meet at the printer', async () => {
  const { printer, device, print } = await shop()
  const [first, second, status] = await Promise.all([print(), print(), device.status()])
  expect([first, second]).toEqual([{ kind: 'printed' }, { kind: 'printed' }])
  expect(['answered', 'unreachable']).toContain(status.kind)
  expect(printer.mechanism.papers.map((paper) => paper.faults)).toEqual([[], []])
})

test('a till that shuts down gives up waiting, and says that some may be printed', async () => {
  const { printer, print, told } = await shop()
  const stopper = new AbortController()
  printer.mechanism.change({ paperLines: 1 })
  const job = print(bytes, stopper.signal)
  await until(() => told.some((status) => status.kind === 'answered' && status.paper === 'out'))
  stopper.abort()
  expect(await job).toEqual({ kind: 'failed', reason: 'stopped', printedMaybe: true })
})

test('low paper is part of the status', async () => {
  const { printer, device } = await shop()
  printer.mechanism.change({ paperLines: 10 })
  expect(await device.status()).toMatchObject({ kind: 'answered', online: true, paper: 'low' })
})

test('the drawer opens although there is no paper, by the command that a printer obeys at once', async () => {
  const { printer, device } = await shop()
  printer.mechanism.change({ paperLines: 0 })
  expect(await device.print(drawerPulseBytes(profile), never())).toEqual({ kind: 'printed' })
  await until(() => printer.mechanism.drawerOpenings === 1)
})

test('the drawer opens while a receipt waits for a new roll', async () => {
  const { printer, device, print, told } = await shop()
  printer.mechanism.change({ paperLines: 1 })
  const job = print()
  await until(() => told.some((status) => status.kind === 'answered' && status.paper === 'out'))
  expect(await device.print(drawerPulseBytes(profile), never())).toEqual({ kind: 'printed' })
  await until(() => printer.mechanism.drawerOpenings === 1)
  printer.mechanism.change({ paperLines: null })
  expect(await job).toEqual({ kind: 'printed' })
  expect(printer.mechanism.papers).toHaveLength(1)
})

test.each([false, true])(
  'the drawer opens in its turn, with a printer that is silent: %s',
  async (isSilent) => {
    const { printer, device } = await shop(silentTiming)
    printer.mechanism.change({ isSilent })
    expect(await device.print(drawerPulseBytes(profile), never())).toEqual({ kind: 'printed' })
    await until(() => printer.mechanism.drawerOpenings === 1)
    expect(Buffer.concat(printer.received).includes(Buffer.from(drawerPulseBytes(profile)))).toBe(true)
  },
)

test('a printer that used to answer and falls silent is gone: it is not believed to have printed', async () => {
  const { printer, device, print } = await shop(silentTiming)
  await print()
  printer.mechanism.change({ isSilent: true })
  expect(await device.status()).toEqual({ kind: 'unreachable' })
  expect(await print()).toEqual({ kind: 'failed', reason: 'unreachable', printedMaybe: false })
  printer.mechanism.change({ isSilent: false })
  expect(await print()).toEqual({ kind: 'printed' })
})
