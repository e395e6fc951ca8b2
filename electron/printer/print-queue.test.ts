import { expect, test } from 'vitest'
import { oldJobMs, oldPulseMs, printQueue } from './print-queue.ts'
import type { PrintJob, QueueView } from './print-queue.ts'
import { manualClock, memoryStore, scriptedPrinter, wellStatus } from './print-queue.fake.ts'
import type { PrintOutcome } from './printer-device.ts'

const failed = (
  reason: Extract<PrintOutcome, { kind: 'failed' }>['reason'],
  printedMaybe = false,
): PrintOutcome => ({
  kind: 'failed',
  reason,
  printedMaybe,
})
const receipt = { kind: 'receipt', title: 'Receipt 17', paperBytes: Uint8Array.of(1, 2, 3) }
const pulse = { kind: 'drawer', title: 'Drawer', paperBytes: Uint8Array.of(27, 112) }

function shop(initial: readonly PrintJob[] = []) {
  const [store, device, clock] = [memoryStore(initial), scriptedPrinter(), manualClock()]
  const views: QueueView[] = []
  const errors: unknown[] = []
  const queue = printQueue({
    store,
    device,
    clock,
    copyOf: (bytes) => Uint8Array.of(67, ...bytes),
    changed: (view) => views.push(view),
    failed: (error) => errors.push(error),
  })
  const states = () =>
    store.all().map((job) => `${job.id} ${job.state}${job.lastFault ? ` ${job.lastFault}` : ''}`)
  return { store, device, clock, views, errors, queue, states }
}

function storedJob(change: Partial<PrintJob>): PrintJob {
  return { ...receipt, id: 'j1', state: 'waiting', attempts: 0, createdAtMs: 1_000_000, ...change }
}

test('a job is printed at once and stays done', async () => {
  const { queue, clock, device, states, views } = shop()
  queue.start()
  await clock.pass(0)
  queue.add(receipt)
  await clock.pass(0)
  expect(device.jobs).toEqual([receipt.paperBytes])
  expect(states()).toEqual(['j1 printed'])
  expect(views.flatMap((view) => view.jobs.map((job) => job.state))).toContain('printing')
  expect(views.at(-1)?.jobs).toEqual([])
})

test('a job is on disk as printing before its first byte leaves', async () => {
  const { queue, clock, device, states } = shop()
  device.script('hangs')
  queue.add(receipt)
  queue.start()
  await clock.pass(0)
  expect(states()).toEqual(['j1 printing'])
})

test('a printer that is gone is tried again, ever less often, and resumes when it comes back', async () => {
  const { queue, clock, device, states, views } = shop()
  device.script(...Array<PrintOutcome>(8).fill(failed('unreachable')))
  queue.add(receipt)
  queue.start()
  await clock.pass(0)
  expect(states()).toEqual(['j1 waiting unreachable'])
  const waits: number[] = []
  for (let round = 0; round < 8; round += 1) {
    const next = views.at(-1)?.nextTryAtMs ?? 0
    waits.push(next - clock.now())
    await clock.pass(next - clock.now())
  }
  expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 30_000, 30_000])
  expect(states()).toEqual(['j1 printed unreachable'])
  expect(device.jobs).toHaveLength(9)
})

test('jobs come out in the order of the sales', async () => {
  const { queue, clock, device } = shop()
  device.script(failed('paperOut'))
  queue.start()
  for (const byte of [1, 2, 3]) queue.add({ ...receipt, paperBytes: Uint8Array.of(byte) })
  await clock.pass(0)
  await clock.pass(1_000)
  expect(device.jobs.map((bytes) => bytes[0])).toEqual([1, 1, 2, 3])
})

test('a job that may be half on paper is never printed again by itself', async () => {
  const { queue, clock, device, states } = shop()
  device.script(failed('closedMidJob', true))
  queue.start()
  queue.add(receipt)
  queue.add({ ...receipt, paperBytes: Uint8Array.of(9) })
  await clock.pass(0)
  await clock.pass(3_600_000)
  expect(states()).toEqual(['j1 unclear closedMidJob', 'j2 printed'])
  expect(device.jobs).toEqual([receipt.paperBytes, Uint8Array.of(9)])
})

test('printing an unclear job again is a new job marked as a copy', async () => {
  const { queue, clock, device, store, states } = shop([
    storedJob({ state: 'unclear', lastFault: 'closedMidJob', receiptId: 'r17' }),
  ])
  queue.start()
  expect(queue.printAgain('j1')).toBe(true)
  await clock.pass(0)
  expect(device.jobs).toEqual([Uint8Array.of(67, 1, 2, 3)])
  expect(states()).toEqual(['j1 set aside closedMidJob', 'j2 printed'])
  expect(store.all()[1]).toMatchObject({ copyOf: 'j1', receiptId: 'r17', title: 'Receipt 17' })
  expect(queue.printAgain('j1')).toBe(false)
})

test('a job that is set aside never comes out', async () => {
  const { queue, clock, device, states } = shop([storedJob({ state: 'unclear' }), storedJob({ id: 'j2' })])
  expect([queue.setAside('j1'), queue.setAside('j2'), queue.setAside('j1')]).toEqual([true, true, false])
  queue.start()
  await clock.pass(60_000)
  expect(states()).toEqual(['j1 set aside', 'j2 set aside'])
  expect(device.jobs).toEqual([])
})

test('the job that was at the printer when the till was killed becomes a question', async () => {
  const { queue, clock, device, states } = shop([storedJob({ state: 'printing', attempts: 1 })])
  queue.start()
  await clock.pass(60_000)
  expect(states()).toEqual(['j1 unclear interrupted'])
  expect(device.jobs).toEqual([])
})

test('a job that waited over ten minutes asks first, and is no copy when it is printed then', async () => {
  const { queue, clock, device, states } = shop([storedJob({ createdAtMs: 1_000_000 - oldJobMs - 1 })])
  queue.start()
  await clock.pass(0)
  expect(states()).toEqual(['j1 unclear tooOld'])
  queue.printAgain('j1')
  await clock.pass(0)
  expect(device.jobs).toEqual([receipt.paperBytes])
})

test('ten minutes are counted while the printer is gone, too', async () => {
  const { queue, clock, device, states } = shop()
  device.script(...Array<PrintOutcome>(100).fill(failed('unreachable')))
  queue.start()
  queue.add(receipt)
  for (let minute = 0; minute < 21; minute += 1) await clock.pass(30_000)
  expect(states()).toEqual(['j1 unclear tooOld'])
})

test('the drawer pulse goes before the receipts that wait', async () => {
  const { queue, clock, device } = shop()
  queue.add(receipt)
  queue.add(receipt)
  queue.add(pulse)
  queue.start()
  await clock.pass(0)
  expect(device.jobs).toEqual([pulse.paperBytes, receipt.paperBytes, receipt.paperBytes])
})

test('the drawer opens while a receipt waits for paper or for the next attempt', async () => {
  const { queue, clock, device, states } = shop()
  device.script('hangs')
  queue.start()
  queue.add(receipt)
  await clock.pass(0)
  queue.add(pulse)
  await clock.pass(0)
  expect(states()).toEqual(['j1 printing', 'j2 printed'])
})

test('a drawer that could not be opened now is not opened later', async () => {
  const { queue, clock, device, states } = shop()
  device.script(failed('unreachable'))
  queue.start()
  queue.add(pulse)
  await clock.pass(0)
  await clock.pass(60_000)
  expect(states()).toEqual(['j1 set aside unreachable'])
  expect(device.jobs).toHaveLength(1)
  const later = shop([storedJob({ ...pulse, createdAtMs: 1_000_000 - oldPulseMs - 1 })])
  later.queue.start()
  await later.clock.pass(0)
  expect(later.states()).toEqual(['j1 set aside tooOld'])
})

test('a fault of the device or the disk neither reaches the sale nor ends the queue', async () => {
  const { queue, clock, device, store, states, errors } = shop()
  device.script('throws')
  queue.start()
  expect(() => queue.add(receipt)).not.toThrow()
  await clock.pass(0)
  expect(states()).toEqual(['j1 unclear error'])
  queue.add(receipt)
  store.failNext(1)
  await clock.pass(0)
  await clock.pass(30_000)
  expect(states()).toEqual(['j1 unclear error', 'j2 printed'])
  expect(errors).toHaveLength(2)
})

test('an idle printer is asked how it is, and only news is told', async () => {
  const { queue, clock, device, views } = shop()
  queue.start()
  await clock.pass(0)
  const before = views.length
  await clock.pass(15_000)
  expect(views).toHaveLength(before)
  device.become({ ...wellStatus, paper: 'low' })
  await clock.pass(15_000)
  expect(views.at(-1)?.printer).toEqual({ ...wellStatus, paper: 'low' })
})

test('a job whose caller has stored it itself is printed when the queue is woken', async () => {
  const { queue, clock, device, store } = shop()
  queue.start()
  await clock.pass(0)
  store.add({ ...receipt, createdAtMs: clock.now() })
  queue.wake()
  await clock.pass(0)
  expect(device.jobs).toHaveLength(1)
})

test('stopping gives up the job at the printer, which asks at the next start', async () => {
  const { queue, clock, device, states, store } = shop()
  device.script('hangs')
  queue.start()
  queue.add(receipt)
  await clock.pass(0)
  await queue.stop()
  expect(states()).toEqual(['j1 unclear stopped'])
  const next = shop(store.all())
  next.queue.start()
  await next.clock.pass(0)
  expect(next.device.jobs).toEqual([])
})

test('a job that was stopped before its first byte is printed at the next start', async () => {
  const { queue, clock, device, states } = shop()
  device.script(failed('stopped'))
  queue.add(receipt)
  queue.start()
  await clock.pass(0)
  expect(states()).toEqual(['j1 waiting stopped'])
})
