import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { PrinterStatus, PrintFault } from '../../app/domain/printer-status.ts'
import { sendAsEscposJob } from './escpos-job.ts'
import { withDeadline } from './printer-conversation.ts'
import type { PrinterDevice, PrintOutcome } from './printer-device.ts'
import { stateOf } from './two-way-printer.ts'

export interface FilePrinterTiming {
  /** For the device to take the whole job; paper that is out may hold it up. */
  readonly writeMs: number
}

/**
 * A printer behind a file: `/dev/usb/lp0` on Linux, a shared printer `\\localhost\NAME` on Windows.
 * It can't be asked for its status; the system's errors tell of paper and power.
 */
export function filePrinter(path: string, timing: FilePrinterTiming = { writeMs: 60_000 }): PrinterDevice {
  let heard: PrinterStatus = { kind: 'unreachable' }
  // A write that the driver holds on to can't be taken back; nothing else may be written until it ends.
  let held: Promise<unknown> | null = null

  const print = async (bytes: Uint8Array, signal: AbortSignal): Promise<PrintOutcome> => {
    if (held !== null) return { kind: 'failed', reason: 'timeout', printedMaybe: false }
    const progress = { written: 0 }
    const work = writeJob(path, bytes, progress, signal)
    held = work
    const free = () => {
      held = null
    }
    work.then(free, free)
    try {
      await withDeadline(work, timing.writeMs, signal)
      heard = { kind: 'silent' }
      return { kind: 'printed' }
    } catch (error) {
      const reason = signal.aborted ? 'stopped' : faultOf(error)
      heard = reason === 'unreachable' ? { kind: 'unreachable' } : { kind: 'silent' }
      return { kind: 'failed', reason, printedMaybe: progress.written > 0 }
    }
  }

  return {
    get state() {
      return held === null ? stateOf(heard) : 'failing'
    },
    print,
    status: async () => {
      heard = await stat(path).then(
        () => ({ kind: 'silent' as const }),
        () => (path.startsWith('\\\\') ? ({ kind: 'silent' } as const) : ({ kind: 'unreachable' } as const)),
      )
      return heard
    },
  }
}

const chunkBytes = 4096

async function writeJob(
  path: string,
  bytes: Uint8Array,
  progress: { written: number },
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, flagsFor(path))
  try {
    await sendAsEscposJob(bytes, async (buffer) => await writeAll(file, buffer, progress, signal))
  } finally {
    await file.close()
  }
}

// A share of printers wants to be created; a device file must exist, or a plain file would take its place.
function flagsFor(path: string): string | number {
  const isShare = /^\\\\[^.?\\]/.test(path)
  return isShare ? 'w' : constants.O_WRONLY | constants.O_APPEND
}

async function writeAll(
  file: FileHandle,
  bytes: Uint8Array,
  progress: { written: number },
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    signal.throwIfAborted()
    // The driver may take a part of the chunk before it fails, so the chunk counts from here on.
    const before = progress.written
    progress.written = before + 1
    const { bytesWritten } = await file
      .write(bytes, at, Math.min(chunkBytes, bytes.length - at))
      .catch((error: unknown) => {
        if (isRefusedWhole(error)) progress.written = before
        throw error
      })
    at += bytesWritten
    progress.written = before + bytesWritten
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

// The Linux driver for USB printers refuses a write before it takes a byte when paper or power is missing.
function isRefusedWhole(error: unknown): boolean {
  return ['ENOSPC', 'ENODEV', 'ENXIO', 'EACCES', 'EPERM', 'EBADF'].includes(codeOf(error))
}

function faultOf(error: unknown): PrintFault {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
    case 'EACCES':
    case 'EPERM':
    case 'EBUSY':
      return 'unreachable'
    case 'ENOSPC':
      return 'paperOut'
    case 'EIO':
      return 'offline'
    case 'EPIPE':
      return 'closedMidJob'
    case '':
      return 'timeout'
    default:
      return 'error'
  }
}
