import { expect, test } from 'vitest'
import { byteInbox } from './byte-inbox.ts'
import { statusQuestions } from './escpos-status.ts'
import type { PrinterLine } from './printer-conversation.ts'
import { printOver } from './printer-conversation.ts'
import { briefTiming } from './printer-timing.fake.ts'

test('a line that breaks while the printer is asked for the end of a job has broken, whatever the patience', async () => {
  const inbox = byteInbox()
  const asked = { times: 0 }
  const line: PrinterLine = {
    inbox,
    get isClosed() {
      return asked.times > 1
    },
    write: (bytes) => {
      if (Buffer.from(bytes).equals(Buffer.from(statusQuestions))) {
        asked.times += 1
        if (asked.times === 1) inbox.push(Uint8Array.of(0x12, 0x12, 0x12, 0x12))
        else inbox.shut()
      }
      return Promise.resolve()
    },
    finish: () => Promise.resolve(true),
    drop: () => undefined,
  }
  const outcome = await printOver(line, {
    bytes: Buffer.from('Kvitto\n'),
    timing: { ...briefTiming, stepMs: 1, silentMs: 1 },
    signal: new AbortController().signal,
    told: () => undefined,
    awaits: () => undefined,
    believed: () => undefined,
    manners: 'answers',
  })
  expect(outcome).toEqual({ kind: 'failed', reason: 'closedMidJob', printedMaybe: true })
})
