/**
 * `journal verify` and `journal export`, for people who check the receipt file, also while the till works; and
 * `journal restore`, which brings a backup back while it does not.
 */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { settingsFromEnvironment } from '../settings-from-environment.ts'
import { restoreBackup } from './backup.ts'
import type { Reader } from './database.ts'
import { exportJournal } from './journal.ts'
import type { VerifyOptions } from './journal-verify.ts'
import { verifyJournal } from './journal-verify.ts'
import { openForReading } from './open-for-reading.ts'

const usage = `Usage: journal verify [--data DIR] [--anchor ENTRY:HASH]
       journal export [--data DIR] [--out FILE]
       journal restore BACKUP [--data DIR]

verify   checks that no entry of the receipt file was changed, removed, moved or cut off
         --anchor: an entry's number and hash from a Z report, to prove that nothing was rewritten
export   writes the receipt file as JSON Lines, to FILE or to the screen
restore  puts a backup in the place of the till's data, which is kept beside it; the till must be closed
--data   the till's data folder; otherwise KASSA_DATA_DIR or the usual place

Exit code: 0 all is well, 1 the journal has faults, 2 it could not be read or restored`

/** What the shop's own database is called, within the data folder. */
export const databaseName = 'kassa.sqlite'

interface Screen {
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  readonly out: NodeJS.WritableStream
}

/** Runs one command. The exit code. */
export async function runJournalCommand(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  screen: Screen,
): Promise<number> {
  const asked = askedOf(words)
  if (typeof asked === 'string') {
    screen.complain(`${asked}\n\n${usage}`)
    return 2
  }
  const file = path.join(asked.data ?? dataDirOf(variables), databaseName)
  if (asked.command === 'restore') return restore(asked.backup, file, screen)
  const opened = openForReading(file)
  if (!opened.ok) {
    screen.complain(opened.detail)
    return 2
  }
  try {
    if (asked.command === 'verify') return verify(opened.read, file, asked.verify, screen)
    return await writeOut(opened.read, asked.out, screen)
  } catch (error) {
    screen.complain(
      `The journal in ${file} could not be read: ${error instanceof Error ? error.message : 'unknown'}`,
    )
    return 2
  } finally {
    opened.close()
  }
}

interface Asked {
  readonly command: 'verify' | 'export' | 'restore'
  /** The backup to be restored; empty otherwise. */
  readonly backup: string
  readonly data: string | undefined
  readonly out: string | undefined
  readonly verify: VerifyOptions
}

/** What was asked for, or what is wrong with it. */
function askedOf(words: readonly string[]): Asked | string {
  const text = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { data: text, out: text, anchor: text },
    })
    const [command, ...rest] = positionals
    if (command !== 'verify' && command !== 'export' && command !== 'restore')
      return 'Say what to do: verify, export or restore.'
    const [backup = '', ...more] = command === 'restore' ? rest : ['', ...rest]
    if (more.length > 0) return `Not understood: ${more.join(' ')}`
    if (command === 'restore' && backup === '') return 'Say which backup is to be restored.'
    const anchor = /^(\d+):([0-9a-f]{8,64})$/i.exec(values.anchor ?? '')
    if (values.anchor !== undefined && anchor === null)
      return 'An anchor is an entry and at least 8 digits of its hash, such as 120:9f86d081.'
    const [, seq = '', hash = ''] = anchor ?? []
    const options = anchor === null ? {} : { anchor: { seq: Number(seq), hash } }
    return { command, backup, data: values.data, out: values.out, verify: options }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function dataDirOf(variables: Readonly<Record<string, string | undefined>>): string {
  const { KASSA_DATA_DIR, APPDATA, XDG_DATA_HOME } = variables
  const system = { platform: process.platform, homeDir: os.homedir() }
  const read = settingsFromEnvironment({ KASSA_DATA_DIR, APPDATA, XDG_DATA_HOME }, system)
  return read.ok ? read.settings.dataDir : '.'
}

function verify(db: Reader, file: string, options: VerifyOptions, screen: Screen): number {
  const check = verifyJournal(db, options)
  if (check.ok) {
    screen.say(`The journal in ${file} is whole.`)
    screen.say(`Entries: ${check.entries}. Last receipt number: ${check.lastReceiptNumber}.`)
    screen.say(`Hash of the last entry: ${check.lastHash}`)
    return 0
  }
  screen.say(`The journal in ${file} has faults (${check.faults.length} found in ${check.entries} entries):`)
  for (const { detail } of check.faults) screen.say(`  ${detail}`)
  return 1
}

async function restore(backup: string, file: string, screen: Screen): Promise<number> {
  const done = await restoreBackup(backup, file, Date.now)
  if (!done.ok) {
    screen.complain(`${backup} was not restored: ${done.detail}`)
    return 2
  }
  screen.say(`${backup} was restored to ${file}. Its last receipt number is ${done.lastReceiptNumber}.`)
  if (done.keptAs !== null) screen.say(`What was there before is kept as ${done.keptAs}`)
  return 0
}

/** Whoever reads the screen's other end, such as `head`, may have had enough. */
function unlessReaderLeft(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
}

async function writeOut(db: Reader, out: string | undefined, screen: Screen): Promise<number> {
  const lines = Readable.from(exportJournal(db))
  if (out === undefined) {
    await pipeline(lines, screen.out, { end: false }).catch(unlessReaderLeft)
    return 0
  }
  const part = `${out}.part`
  try {
    await pipeline(lines, createWriteStream(part))
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    screen.complain(`${out} could not be written: ${error instanceof Error ? error.message : String(error)}`)
    return 2
  }
  screen.say(`The journal was written to ${out}.`)
  return 0
}

if (import.meta.main) {
  process.exitCode = await runJournalCommand(process.argv.slice(2), process.env, {
    say: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    out: process.stdout,
  })
}
