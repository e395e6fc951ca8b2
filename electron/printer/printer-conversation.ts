import { troubleOf } from '../../app/domain/printer-status.ts'
import type { PrinterStatus, PrintFault } from '../../app/domain/printer-status.ts'
import type { ByteInbox } from './byte-inbox.ts'
import { realTimePulseOf } from './drawer-pulse.ts'
import { sendAsEscposJob } from './escpos-job.ts'
import {
  isAnswerInOrder,
  isStatusAnswer,
  questionInOrder,
  statusFrom,
  statusQuestions,
} from './escpos-status.ts'
import type { PrintOutcome } from './printer-device.ts'

/** An open connection to a printer that may answer. */
export interface PrinterLine {
  readonly inbox: ByteInbox
  readonly isClosed: boolean
  /** Resolves when the bytes have left the till; rejects when the line breaks. */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the line in good order: true when everything was handed over before. */
  finish(waitMs: number): Promise<boolean>
  /** Drops the line at once. */
  drop(): void
}

export interface PrinterTiming {
  readonly connectMs: number
  /** For the answers to a question. */
  readonly answerMs: number
  /** Without a byte taken, while a job is sent. */
  readonly stallMs: number
  /** Between two questions while the end of a job is awaited. */
  readonly stepMs: number
  /** For the answer in order after which a printer that says it is well is believed. */
  readonly confirmMs: number
  /** For a printer that stopped answering in the middle of a job. */
  readonly silentMs: number
  /** For a person to put in paper or close the cover. */
  readonly troubleMs: number
  readonly closeMs: number
}

export const printerTiming: PrinterTiming = {
  connectMs: 3_000,
  answerMs: 700,
  stallMs: 20_000,
  stepMs: 1_000,
  confirmMs: 5_000,
  silentMs: 10_000,
  troubleMs: 600_000,
  closeMs: 3_000,
}

const chunkBytes = 1024

/** Asks the four real-time questions. A printer that answers none is `silent`; so is a line that has closed. */
export async function askStatus(line: PrinterLine, timing: PrinterTiming): Promise<PrinterStatus> {
  line.inbox.drop(isStatusAnswer)
  try {
    await withDeadline(line.write(statusQuestions), timing.answerMs)
  } catch {
    return { kind: 'silent' }
  }
  const answers: number[] = []
  while (answers.length < 4) {
    const answer = await line.inbox.next(isStatusAnswer, timing.answerMs)
    if (answer === null) break
    answers.push(answer)
  }
  return statusFrom(answers)
}

export interface Conversation {
  readonly bytes: Uint8Array
  readonly timing: PrinterTiming
  readonly signal: AbortSignal
  readonly told: (status: PrinterStatus) => void
  /** All of the job has left and its end is awaited: real-time commands may be written in between. */
  readonly awaits: () => void
  /** It was well all along and never answered in order: it was believed without. */
  readonly believed: () => void
  /**
   * Of a printer that has never answered since the till was started nothing is asked before a job; one that has
   * answered before and doesn't now is taken for gone.
   */
  readonly manners: 'unknown' | 'silent' | 'answers'
}

/** Prints one job over an open line: ask, send, and wait until the printer says that it has come out. */
export async function printOver(line: PrinterLine, job: Conversation): Promise<PrintOutcome> {
  const heard = job.manners === 'silent' ? ({ kind: 'silent' } as const) : await askStatus(line, job.timing)
  const status = knowing(heard, job.manners)
  job.told(status)
  const trouble = troubleOf(status)
  if (trouble !== null) return await pulseDespite(line, job, trouble)
  if (line.isClosed) return failed('unreachable', false)
  if (job.signal.aborted) return failed('stopped', false)
  const fault = await send(line, job)
  if (fault !== null) return failed(fault, true)
  job.awaits()
  if (status.kind === 'answered') {
    if (realTimePulseOf(job.bytes) === null) return await awaitEnd(line, job)
    // A drawer's pulse leaves nothing to come out: an answer behind it says that it has arrived, and the receipt need
    // not wait for printers that keep their line open.
    if ((await askStatus(line, job.timing)).kind === 'answered') return { kind: 'printed' }
  }
  return (await line.finish(job.timing.closeMs)) ? { kind: 'printed' } : failed('closedMidJob', true)
}

/** Silence of a printer that used to answer means that it is not there, whatever still takes its data. */
export function knowing(status: PrinterStatus, manners: Conversation['manners']): PrinterStatus {
  return status.kind === 'silent' && manners === 'answers' ? { kind: 'unreachable' } : status
}

/** Opens the drawer of a printer that can't print; every other job fails with nothing sent. */
async function pulseDespite(
  line: PrinterLine,
  job: Conversation,
  trouble: PrintFault,
): Promise<PrintOutcome> {
  const pulse = trouble === 'error' ? null : realTimePulseOf(job.bytes)
  return pulse === null ? failed(trouble, false) : await writeAtOnce(line, pulse, job.timing)
}

/** Writes a command that the printer obeys at once, wherever it is in its work. */
export async function writeAtOnce(
  line: PrinterLine,
  command: Uint8Array,
  timing: PrinterTiming,
): Promise<PrintOutcome> {
  const isWritten = await settled(withDeadline(line.write(command), timing.answerMs))
  return isWritten ? { kind: 'printed' } : failed('closedMidJob', true)
}

function failed(reason: PrintFault, printedMaybe: boolean): PrintOutcome {
  return { kind: 'failed', reason, printedMaybe }
}

async function send(line: PrinterLine, job: Conversation): Promise<PrintFault | null> {
  try {
    await sendAsEscposJob(job.bytes, async (bytes) => {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        await withDeadline(line.write(bytes.subarray(at, at + chunkBytes)), job.timing.stallMs, job.signal)
      }
    })
    return null
  } catch (error) {
    if (job.signal.aborted) return 'stopped'
    return error instanceof OutOfTime ? 'timeout' : 'closedMidJob'
  }
}

// The printer prints what is in its buffer once there is paper again, so the job waits for the person with the roll.
async function awaitEnd(line: PrinterLine, job: Conversation): Promise<PrintOutcome> {
  const { timing, signal, told } = job
  let [wellMs, silentMs, troubleMs] = [0, 0, 0]
  const isAsked = await settled(withDeadline(line.write(questionInOrder), timing.stallMs, signal))
  if (!isAsked) return failed(signal.aborted ? 'stopped' : 'closedMidJob', true)
  while (!signal.aborted) {
    if ((await line.inbox.next(isAnswerInOrder, timing.stepMs)) !== null) return { kind: 'printed' }
    if (line.isClosed) return failed('closedMidJob', true)
    const status = await askStatus(line, timing)
    // A line that breaks while it is asked has answered nothing either.
    if (line.isClosed) return failed('closedMidJob', true)
    if (status.kind === 'silent') {
      silentMs += timing.stepMs
      if (silentMs >= timing.silentMs) return failed('timeout', true)
      continue
    }
    told(status)
    const trouble = troubleOf(status)
    if (trouble === null) wellMs += timing.stepMs
    else troubleMs += timing.stepMs
    if (trouble !== null && troubleMs >= timing.troubleMs) return failed(trouble, true)
    // Some printers answer DLE EOT but not GS r. One that has been well all along is believed.
    if (wellMs < timing.confirmMs) continue
    if (troubleMs > 0) return failed('timeout', true)
    job.believed()
    return { kind: 'printed' }
  }
  return failed('stopped', true)
}

async function settled(work: Promise<void>): Promise<boolean> {
  return await work.then(
    () => true,
    () => false,
  )
}

class OutOfTime extends Error {}

/** Rejects when the work takes longer or the signal is given; the work itself goes on unheard. */
export async function withDeadline<T>(work: Promise<T>, waitMs: number, signal?: AbortSignal): Promise<T> {
  return await new Promise((resolve, reject) => {
    const giveUp = () => end(() => reject(new OutOfTime('stopped')))
    const timer = setTimeout(() => end(() => reject(new OutOfTime(`not done in ${waitMs} ms`))), waitMs)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      settle()
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    if (signal?.aborted === true) giveUp()
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error instanceof Error ? error : new Error(String(error)))),
    )
  })
}
