import { troubleOf } from '../../app/domain/printer-status.ts'
import type { PrinterStatus } from '../../app/domain/printer-status.ts'
import { askStatus, printerTiming, printOver } from './printer-conversation.ts'
import type { PrinterLine, PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice, PrintOutcome } from './printer-device.ts'

/** Opens a line for one job or question, or answers null when the printer can't be reached in time. */
export type OpenLine = (signal: AbortSignal, timing: PrinterTiming) => Promise<PrinterLine | null>

/** A printer behind a line that may answer. Each job and each question has a line of its own, one after the other. */
export function twoWayPrinter(open: OpenLine, timing: PrinterTiming = printerTiming): PrinterDevice {
  let heard: PrinterStatus = { kind: 'unreachable' }
  let isPrinting = false
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return await mine
  }
  const hear = (status: PrinterStatus) => {
    heard = status
    return status
  }

  const print: PrinterDevice['print'] = async (bytes, signal, told) => {
    const isKnownSilent = heard.kind === 'silent'
    const tell = (status: PrinterStatus) => {
      hear(status)
      told?.(status)
    }
    const line = await open(signal, timing)
    if (line === null) {
      tell({ kind: 'unreachable' })
      return { kind: 'failed', reason: signal.aborted ? 'stopped' : 'unreachable', printedMaybe: false }
    }
    try {
      return await printOver(line, { bytes, timing, signal, told: tell, isKnownSilent })
    } finally {
      line.drop()
    }
  }

  const ask = async () => {
    const line = await open(new AbortController().signal, timing)
    if (line === null) return hear({ kind: 'unreachable' })
    const status = hear(await askStatus(line, timing))
    await line.finish(timing.closeMs)
    line.drop()
    return status
  }

  return {
    get state() {
      return stateOf(heard)
    },
    print: async (bytes, signal, told): Promise<PrintOutcome> =>
      await inTurn(async () => {
        isPrinting = true
        try {
          return await print(bytes, signal, told)
        } finally {
          isPrinting = false
        }
      }),
    status: async () => (isPrinting ? heard : await inTurn(ask)),
  }
}

/** A device's state by what it last said of itself. */
export function stateOf(status: PrinterStatus): PrinterDevice['state'] {
  if (status.kind === 'unreachable') return 'absent'
  return troubleOf(status) === null ? 'ready' : 'failing'
}
