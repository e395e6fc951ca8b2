import { troubleOf } from '../../app/domain/printer-status.ts'
import type { PrinterStatus } from '../../app/domain/printer-status.ts'
import { realTimePulseOf } from './drawer-pulse.ts'
import { askStatus, knowing, printerTiming, printOver, writeAtOnce } from './printer-conversation.ts'
import type { Conversation, PrinterLine, PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice, PrintOutcome } from './printer-device.ts'

/** Opens a line for one job or question, or answers null when the printer can't be reached in time. */
export type OpenLine = (signal: AbortSignal, timing: PrinterTiming) => Promise<PrinterLine | null>

/** A printer behind a line that may answer. Each job and each question has a line of its own, one after the other. */
export function twoWayPrinter(open: OpenLine, timing: PrinterTiming = printerTiming): PrinterDevice {
  let heard: PrinterStatus = { kind: 'unreachable' }
  let manners: Conversation['manners'] = 'unknown'
  /** It answers the real-time questions but none in order: waiting long for that would only hold up the next job. */
  let isBelieved = false
  let isPrinting = false
  let awaited: PrinterLine | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return await mine
  }
  const hear = (status: PrinterStatus) => {
    heard = status
    if (status.kind === 'answered') manners = 'answers'
    if (status.kind === 'silent' && manners === 'unknown') manners = 'silent'
    return status
  }

  const print: PrinterDevice['print'] = async (bytes, signal, told) => {
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
      const awaits = () => {
        awaited = line
      }
      const believed = () => {
        isBelieved = true
      }
      const patience = isBelieved ? { ...timing, confirmMs: timing.stepMs } : timing
      return await printOver(line, {
        bytes,
        timing: patience,
        signal,
        told: tell,
        awaits,
        believed,
        manners,
      })
    } finally {
      awaited = null
      line.drop()
    }
  }

  const ask = async () => {
    const line = await open(new AbortController().signal, timing)
    if (line === null) return hear({ kind: 'unreachable' })
    const status = hear(knowing(await askStatus(line, timing), manners))
    await line.finish(timing.closeMs)
    line.drop()
    return status
  }

  return {
    get state() {
      return stateOf(heard)
    },
    print: async (bytes, signal, told): Promise<PrintOutcome> => {
      const pulse = realTimePulseOf(bytes)
      // A receipt that waits for paper must not keep the drawer shut.
      if (awaited !== null && heard.kind === 'answered' && pulse !== null) {
        return await writeAtOnce(awaited, pulse, timing)
      }
      return await inTurn(async () => {
        isPrinting = true
        try {
          return await print(bytes, signal, told)
        } finally {
          isPrinting = false
        }
      })
    },
    status: async () => (isPrinting ? heard : await inTurn(ask)),
  }
}

/** A device's state by what it last said of itself. */
export function stateOf(status: PrinterStatus): PrinterDevice['state'] {
  if (status.kind === 'unreachable') return 'absent'
  return troubleOf(status) === null ? 'ready' : 'failing'
}
