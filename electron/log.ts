import fs from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { type LogLevel, redacted, secretsHidden } from './redact.ts'

/** The structured log that every room writes to. Fields are cleaned of secrets before a byte is written. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  /** A log whose lines carry the room's name. */
  child(room: string): Log
  /** From now on this value is written as `***` wherever it turns up, also inside other text. */
  hide(secret: string): void
}

export interface LogOptions {
  /** The folder of the log files: `kassa.log`, then `kassa.1.log` (younger) to `kassa.5.log` (oldest). */
  readonly dir: string
  readonly level: LogLevel
  readonly largestBytes?: number
  readonly keptFiles?: number
}

/** Opens the log of one start. Lines are written at once: what was logged before a crash is on the disk. */
export function openLog(options: LogOptions): Log {
  const file = rotatingFile(options)
  const hidden = new Set<string>()
  const destination = { write: (line: string) => file.write(secretsHidden(line, hidden)) }
  const root = pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: redacted },
      serializers: { err: (value: unknown) => value },
    },
    destination,
  )
  return logOver(root, hidden)
}

/** A log that writes nothing, for tests. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
  hide() {},
}

function logOver(to: pino.Logger, hidden: Set<string>): Log {
  return {
    debug: (fields, message) => to.debug(fields, message),
    info: (fields, message) => to.info(fields, message),
    warn: (fields, message) => to.warn(fields, message),
    error: (fields, message) => to.error(fields, message),
    child: (room) => logOver(to.child({ room }), hidden),
    hide(secret) {
      if (secret.length >= 4) hidden.add(secret)
    },
  }
}

/** Appends lines to `kassa.log`; a full file moves up one number and the oldest goes. A full disk loses lines, never the sale. */
function rotatingFile({ dir, largestBytes = 5_000_000, keptFiles = 5 }: LogOptions) {
  const named = (number: number) => path.join(dir, number === 0 ? 'kassa.log' : `kassa.${number}.log`)
  const state = { bytes: 0 }
  const write = (line: string) => {
    try {
      if (state.bytes > 0 && state.bytes + line.length > largestBytes) rotate()
      fs.appendFileSync(named(0), line, { mode: 0o600 })
      state.bytes += Buffer.byteLength(line)
    } catch {
      // Nowhere to write to. Selling goes on.
    }
  }
  const rotate = () => {
    fs.rmSync(named(keptFiles), { force: true })
    for (let number = keptFiles - 1; number >= 0; number -= 1)
      if (fs.existsSync(named(number))) fs.renameSync(named(number), named(number + 1))
    state.bytes = 0
  }
  try {
    fs.mkdirSync(dir, { recursive: true })
    state.bytes = fs.statSync(named(0), { throwIfNoEntry: false })?.size ?? 0
  } catch {
    // As above: said by the start-up's own check of the data folder.
  }
  return { write }
}
