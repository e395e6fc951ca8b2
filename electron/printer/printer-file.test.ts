import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filePrinter } from './printer-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'kassa-printer-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const never = () => new AbortController().signal
const job = Uint8Array.from({ length: 10_000 }, (_, index) => index % 256)

test('the bytes go to the device file as they are, one job after the other', async () => {
  const file = path.join(folder, 'lp0')
  await writeFile(file, '')
  const device = filePrinter(file)
  expect(await device.print(job, never())).toEqual({ kind: 'printed' })
  expect(await device.print(job, never())).toEqual({ kind: 'printed' })
  expect(await readFile(file)).toEqual(Buffer.from([...job, ...job]))
  expect([device.state, await device.status()]).toEqual(['ready', { kind: 'silent' }])
})

test('a device file that is not there is unreachable, and no file takes its place', async () => {
  const file = path.join(folder, 'lp0')
  const device = filePrinter(file)
  expect(await device.print(job, never())).toEqual({
    kind: 'failed',
    reason: 'unreachable',
    printedMaybe: false,
  })
  expect([device.state, await device.status()]).toEqual(['absent', { kind: 'unreachable' }])
  await expect(readFile(file)).rejects.toThrow('ENOENT')
})

test.runIf(process.platform === 'linux')('a driver that has no room is a printer without paper', async () => {
  expect(await filePrinter('/dev/full').print(job, never())).toEqual({
    kind: 'failed',
    reason: 'paperOut',
    printedMaybe: false,
  })
})

test('a folder is no printer', async () => {
  const outcome = await filePrinter(folder).print(job, never())
  expect(outcome).toMatchObject({ kind: 'failed', printedMaybe: false })
})

test('a till that shuts down first prints nothing', async () => {
  const file = path.join(folder, 'lp0')
  await writeFile(file, '')
  const outcome = await filePrinter(file).print(job, AbortSignal.abort())
  expect(outcome).toMatchObject({ kind: 'failed', reason: 'stopped' })
})
