import { expect, test } from 'vitest'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import { encodePaper } from './escpos-bytes.ts'
import { questionInOrder, statusQuestions } from './escpos-status.ts'
import { markedCopy } from './print-copy.ts'
import { printQueue } from './print-queue.ts'
import { memoryStore } from './print-queue.fake.ts'
import { tcpPrinter } from './printer-tcp.ts'
import { briefTiming, until } from './printer-timing.fake.ts'
import { startVirtualTcpPrinter } from './virtual-tcp-printer.ts'

const profile = printerProfiles.standard80
const receipt = (number: number) => ({
  kind: 'receipt',
  title: `Receipt ${number}`,
  paperBytes: encodePaper(
    {
      blocks: [
        { kind: 'text', text: `Receipt ${number}`, bold: true, size: 2 },
        { kind: 'columns', left: 'Total', right: '24.90' },
        { kind: 'barcode', symbology: 'code128', data: '991308500305' },
        { kind: 'cut' },
      ],
    },
    profile,
  ),
})

// Hours of a shop in a moment: the queue's waits are cut to milliseconds.
const hastyClock = {
  now: () => Date.now(),
  sleep: async (waitMs: number, signal: AbortSignal) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs / 100)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  },
}

test('whatever byte the line breaks at, each receipt is printed once or waits for a person', async () => {
  const printer = await startVirtualTcpPrinter({ columns: 48 })
  const store = memoryStore()
  const queue = printQueue({
    store,
    device: tcpPrinter({ host: '127.0.0.1', port: printer.port }, { ...briefTiming, answerMs: 100 }),
    clock: hastyClock,
    copyOf: (bytes) => markedCopy(bytes, 'COPY', profile),
    changed: () => undefined,
    failed: (error) => {
      throw error
    },
  })
  queue.start()
  const length = statusQuestions.length + receipt(0).paperBytes.length + questionInOrder.length
  for (let after = 0, number = 1; after <= length; after += 9, number += 1) {
    await printer.changeNetwork({ closesAfterBytes: after })
    const { id } = queue.add(receipt(number))
    const job = () => store.all().find((each) => each.id === id)
    await until(() => (job()?.attempts ?? 0) > 0 && job()?.state !== 'printing')
    await printer.changeNetwork({ closesAfterBytes: null })
    await until(() => job()?.state === 'printed' || job()?.state === 'unclear')
    const whole = printer.mechanism.papers.filter((paper) =>
      JSON.stringify(paper).includes(`"Receipt ${number}"`),
    )
    expect(whole.length).toBeLessThanOrEqual(1)
    if (job()?.state === 'printed') expect(whole.map((paper) => paper.faults)).toEqual([[]])
    else queue.setAside(id)
  }
  await queue.stop()
  await printer.stop()
  const states = store.all().map((job) => job.state)
  expect(states).toContain('printed')
  expect(states).toContain('set aside')
})
