import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { SerialPort } from 'serialport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SerialPrinterAddress } from './printer-serial.ts'
import { serialPrinter } from './printer-serial.ts'
import { briefTiming, until } from './printer-timing.fake.ts'
import { virtualMechanism } from './virtual-mechanism.ts'
import type { VirtualMechanism } from './virtual-mechanism.ts'

const settings = { baudRate: 9600, dataBits: 8, parity: 'none', flow: 'none' } as const
const never = () => new AbortController().signal
const receipt = Buffer.from('1b40417374726964204c696e646772656e0a1d564200', 'hex')

test('a port that is not there is unreachable', async () => {
  const device = serialPrinter({ ...settings, path: '/dev/tty-of-no-printer' }, briefTiming)
  expect(await device.print(receipt, never())).toEqual({
    kind: 'failed',
    reason: 'unreachable',
    printedMaybe: false,
  })
  expect(device.state).toBe('absent')
})

const hasSocat = spawnSync('socat', ['-V']).status === 0

describe.runIf(hasSocat)('over a pair of pseudo-terminals', () => {
  let folder = ''
  let cable: ChildProcess
  let far: SerialPort
  let mechanism: VirtualMechanism
  let address: SerialPrinterAddress

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'kassa-serial-'))
    const [near, other] = [path.join(folder, 'till'), path.join(folder, 'printer')]
    cable = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${other}`])
    await until(() => existsSync(near) && existsSync(other))
    address = { ...settings, path: near }
    mechanism = virtualMechanism(42)
    far = new SerialPort({ path: other, baudRate: 9600 })
    far.on('error', () => undefined)
    far.on('data', (bytes: Buffer) => mechanism.receive(bytes, (answer) => far.write(Buffer.from(answer))))
    await until(() => far.isOpen)
  })

  afterEach(async () => {
    if (far.isOpen) far.close(() => undefined)
    cable.kill()
    await rm(folder, { recursive: true, force: true })
  })

  test('a receipt is printed and confirmed', async () => {
    const device = serialPrinter(address, briefTiming)
    expect(await device.print(receipt, never())).toEqual({ kind: 'printed' })
    expect(await device.print(receipt, never())).toEqual({ kind: 'printed' })
    expect(mechanism.papers.map((paper) => paper.faults)).toEqual([[], []])
    expect(device.state).toBe('ready')
  })

  test('an open cover is noticed before the job', async () => {
    mechanism.change({ isCoverOpen: true })
    const device = serialPrinter(address, briefTiming)
    expect(await device.print(receipt, never())).toEqual({
      kind: 'failed',
      reason: 'coverOpen',
      printedMaybe: false,
    })
  })

  test('a cable that is pulled in the middle says that some may be printed', async () => {
    const device = serialPrinter(address, briefTiming)
    mechanism.change({ paperLines: 1 })
    const job = device.print(Buffer.concat([receipt, receipt]), never(), (status) => {
      if (status.kind === 'answered' && status.paper === 'out') cable.kill()
    })
    expect(await job).toMatchObject({ kind: 'failed', printedMaybe: true })
  })
})
