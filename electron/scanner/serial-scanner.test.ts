import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readlink, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { SerialPortMock } from 'serialport'
import { expect, onTestFinished, test, vi } from 'vitest'
import { standingClock } from './clock.fake.ts'
import type { DeviceState } from './device-state.ts'
import {
  createSerialScanner,
  serialDefaults,
  serialPortProvider,
  type SerialProvider,
  type SerialSettings,
} from './serial-scanner.ts'
import { serialSockets } from './serial.fake.ts'

function shop(provider: SerialProvider, settings: Partial<SerialSettings> & { path: string }) {
  const clock = standingClock()
  const reads: string[] = []
  const states: DeviceState[] = []
  const scanner = createSerialScanner({
    settings: { ...serialDefaults, ...settings },
    provider,
    now: clock.now,
    sleep: clock.sleep,
    onRead: (raw) => reads.push(raw),
    onState: (state) => states.push(state),
  })
  onTestFinished(() => scanner.stop())
  return { clock, reads, states, scanner }
}

test('a serial scanner is read with its terminator and prefix', async () => {
  const sockets = serialSockets()
  sockets.plug('COM3')
  const { clock, reads, scanner } = shop(sockets.provider, {
    path: 'COM3',
    terminator: '\n',
    prefix: '\u0002',
  })
  scanner.start()
  await clock.settle()
  sockets.send('COM3', '\u0002]E073108650')
  sockets.send('COM3', '04703\n\u0002111\n')
  expect(reads).toEqual([']E07310865004703', '111'])
})

test('unplugged and plugged in again, it reads on without a restart', async () => {
  const sockets = serialSockets()
  sockets.plug('COM3')
  const { clock, reads, states, scanner } = shop(sockets.provider, { path: 'COM3' })
  scanner.start()
  await clock.settle()
  sockets.send('COM3', '731086')
  sockets.unplug('COM3')
  await clock.pass(2000)
  await clock.pass(2000)
  sockets.plug('COM3')
  await clock.pass(2000)
  sockets.send('COM3', '5004703\r')
  expect(states.map(({ state }) => state)).toEqual(['ready', 'absent', 'absent', 'absent', 'ready'])
  expect(reads).toEqual(['5004703'])
})

test('a port that another program holds is failing with the reason', async () => {
  const sockets = serialSockets()
  sockets.plug('COM3')
  sockets.refuse(new Error('Access denied'))
  const { clock, states, scanner } = shop(sockets.provider, { path: 'COM3' })
  scanner.start()
  await clock.settle()
  expect(states).toMatchObject([{ state: 'failing', detail: 'Access denied' }])
})

test('stopping lets the port go and tries no more', async () => {
  const sockets = serialSockets()
  const { clock, scanner } = shop(sockets.provider, { path: 'COM3' })
  scanner.start()
  await clock.settle()
  await scanner.stop()
  await clock.pass(60_000)
  expect(sockets.opens).toHaveLength(1)
})

test('text beyond ASCII is read as UTF-8, even cut within a letter', async () => {
  const sockets = serialSockets()
  sockets.plug('COM3')
  const { clock, reads, scanner } = shop(sockets.provider, { path: 'COM3' })
  scanner.start()
  await clock.settle()
  const bytes = Buffer.from('Kött\r', 'utf8').toString('latin1')
  sockets.send('COM3', bytes.slice(0, 2))
  sockets.send('COM3', bytes.slice(2))
  expect(reads).toEqual(['Kött'])
})

test('the serialport package: settings, data and an unplugged port, with its mock', async () => {
  SerialPortMock.binding.reset()
  SerialPortMock.binding.createPort('/dev/mock', { echo: false, record: true })
  const opened: SerialPortMock[] = []
  class Port extends SerialPortMock {
    constructor(...options: ConstructorParameters<typeof SerialPortMock>) {
      super(...options)
      opened.push(this)
    }
  }
  const provider = serialPortProvider(async () => Port)
  expect((await provider.list()).map((port) => port.path)).toEqual(['/dev/mock'])
  const { clock, reads, states, scanner } = shop(provider, {
    path: '/dev/mock',
    baudRate: 19_200,
    parity: 'even',
    dataBits: 7,
  })
  scanner.start()
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('ready'))
  expect(opened[0]?.settings).toMatchObject({ baudRate: 19_200, parity: 'even', dataBits: 7, stopBits: 1 })
  opened[0]?.port?.emitData(Buffer.from('7310865004703\r'))
  await vi.waitFor(() => expect(reads).toEqual(['7310865004703']))
  opened[0]?.close()
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('absent'))
  await clock.pass(2000)
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('ready'))
})

test('a port that does not exist is absent, said by the package itself', async () => {
  SerialPortMock.binding.reset()
  const provider = serialPortProvider(async () => SerialPortMock)
  const { states, scanner } = shop(provider, { path: '/dev/none' })
  scanner.start()
  await vi.waitFor(() => expect(states.at(-1)?.state).toBe('absent'))
})

const hasSocat = spawnSync('socat', ['-V']).status === 0
const why = hasSocat ? '' : ' (skipped: socat is not installed)'

test.skipIf(!hasSocat)(
  `a real port: split lines, unplugged, plugged in again${why}`,
  { timeout: 20_000 },
  async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kassa-serial-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const [till, scannerEnd] = [path.join(folder, 'till'), path.join(folder, 'scanner')]
    const plugIn = async () => {
      const pair = [till, scannerEnd].map((link) => `pty,raw,echo=0,link=${link}`)
      const cable = spawn('socat', pair, { stdio: 'ignore' })
      await vi.waitFor(() => Promise.all([readlink(till), readlink(scannerEnd)]), { timeout: 5000 })
      return cable
    }
    let cable = await plugIn()
    onTestFinished(() => void cable.kill())
    const { clock, reads, states, scanner } = shop(serialPortProvider(), { path: till })
    scanner.start()
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('ready'), { timeout: 5000 })
    await writeFile(scannerEnd, ']C09913')
    await writeFile(scannerEnd, '08500305\r]E07310865004703\r')
    await vi.waitFor(() => expect(reads).toEqual([']C0991308500305', ']E07310865004703']), { timeout: 5000 })

    cable.kill()
    await once(cable, 'exit')
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('absent'), { timeout: 5000 })
    cable = await plugIn()
    await clock.pass(2000)
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('ready'), { timeout: 5000 })
    await writeFile(scannerEnd, '96385074\r')
    await vi.waitFor(() => expect(reads.at(-1)).toBe('96385074'), { timeout: 5000 })
  },
)
