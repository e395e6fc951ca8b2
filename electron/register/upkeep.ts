import { statSync } from 'node:fs'
import path from 'node:path'
import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type {
  BackupOutcome,
  BackupSettings,
  JournalCheckView,
  OutboxItemView,
  UpkeepView,
} from '../../app/contract/office-views.ts'
import type { Done } from '../../app/contract/views.ts'
import { countArticles } from '../storage/articles.ts'
import { backUp, backupDue, listBackups } from '../storage/backup.ts'
import { lastNumber } from '../storage/counters.ts'
import { journalHead } from '../storage/journal.ts'
import type { OutboxItem } from '../storage/outbox.ts'
import { forgetOutbox, outboxItem, pendingOutbox } from '../storage/outbox.ts'
import { forgetPrintJobs } from '../storage/print-jobs.ts'
import { receiptById } from '../storage/receipts.ts'
import { readSetting } from '../storage/settings.ts'
import type { MachineWords } from '../../app/words/machine.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { proveJournal } from './journal-proof.ts'
import type { Outbox } from './outbox.ts'
import type { Session } from './session.ts'
import { backupSetting } from './settings-acts.ts'

export interface UpkeepOptions {
  readonly desk: Desk
  readonly session: Session
  readonly outbox: Pick<Outbox, 'again' | 'wake'>
  readonly version: string
  readonly dataDir: string
  /** A practice till makes no backups by itself. */
  readonly sandbox: boolean
  readonly warnings: () => readonly string[]
  readonly changed: () => void
}

export type Upkeep = ReturnType<typeof createUpkeep>

const hourMs = 60 * 60_000
/** Papers are kept this long. */
const keptForMs = 90 * 24 * hourMs
/** So many are forgotten at a time, and no sale waits for it. */
const mostForgotten = 1000
/** The first look comes when the till has long been up. */
const firstLookMs = 60_000

/** How the till itself is: what waits to be sent, backups, and the proof of the journal. */
export function createUpkeep(options: UpkeepOptions) {
  const { desk, session } = options
  const stopping = new AbortController()
  const last: { backup: BackupOutcome | null; check: JournalCheckView | null } = { backup: null, check: null }
  const busy = { backup: false, check: false }

  function settings(): BackupSettings {
    const stored = readSetting<Partial<BackupSettings>>(desk.storage.read, backupSetting, {})
    return { folder: '', daily: !options.sandbox, keep: 14, ...stored }
  }

  function folder(): string {
    const { folder: chosen } = settings()
    return chosen === '' ? path.join(options.dataDir, 'backups') : chosen
  }

  async function makeBackup(): Promise<BackupOutcome> {
    busy.backup = true
    const nowMs = desk.clock.now()
    try {
      const made = await backUp(desk.storage, { folder: folder(), nowMs, keep: settings().keep })
      last.backup = made.ok
        ? { ok: true, atMs: nowMs, file: made.file, entries: made.entries }
        : { ok: false, atMs: nowMs, problem: made.reason, detail: made.detail }
      if (!made.ok) desk.log.error({ reason: made.reason, detail: made.detail }, 'A backup was not made')
      return last.backup
    } finally {
      busy.backup = false
      options.changed()
    }
  }

  function lastBackupMs(): number | null {
    const [newest] = backups()
    return newest === undefined ? null : timeOf(newest.name)
  }

  function backups() {
    try {
      return listBackups(folder()).map(({ file, bytes }) => ({ name: path.basename(file), bytes }))
    } catch {
      return []
    }
  }

  /** Papers and sent copies are made again from receipts and journal: they need not fill the disk for ever. */
  function forgetOld(): void {
    const beforeMs = desk.clock.now() - keptForMs
    change(desk, () => {
      forgetPrintJobs(desk.storage.write, beforeMs, mostForgotten)
      forgetOutbox(desk.storage.write, beforeMs, mostForgotten)
    })
  }

  async function watch(): Promise<void> {
    await desk.clock.sleepUntil(desk.clock.now() + firstLookMs, stopping.signal)
    while (!stopping.signal.aborted) {
      forgetOld()
      if (settings().daily && !busy.backup && backupDue(lastBackupMs(), desk.clock.now())) await makeBackup()
      await desk.clock.sleepUntil(desk.clock.now() + hourMs, stopping.signal)
    }
  }

  function current(): UpkeepView {
    const { read } = desk.storage
    return {
      version: options.version,
      runtime: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
      dataDir: options.dataDir,
      databaseBytes: sizeOf(desk.storage.file) + sizeOf(`${desk.storage.file}-wal`),
      journalEntries: journalHead(read)?.entries ?? 0,
      lastReceiptNumber: lastNumber(read, 'receipt'),
      articles: countArticles(read),
      warnings: options.warnings(),
      outbox: pendingOutbox(read).flatMap((item) => outboxView(item)),
      backupFolder: folder(),
      backups: backups(),
      lastBackup: last.backup,
      check: last.check,
    }
  }

  function outboxView(item: OutboxItem): readonly OutboxItemView[] {
    if (item.state === 'done') return []
    const { receiptId } = (item.body ?? {}) as { readonly receiptId?: string }
    const receipt = receiptId === undefined ? null : receiptById(desk.storage.read, receiptId)
    const { id, kind, state, attempts, createdAtMs, nextAtMs, lastFault } = item
    return [
      { id, kind, state, attempts, createdAtMs, nextAtMs, lastFault, about: String(receipt?.number ?? '') },
    ]
  }

  const handlers: Handlers<typeof contract>['upkeep'] = {
    current,
    sendAgain({ itemId }): Done {
      const item = outboxItem(desk.storage.read, itemId)
      if (item === null || item.state === 'done') return { ok: false, reason: 'notFound' }
      const done = change(desk, (): Done => {
        options.outbox.again(desk.storage.write, item)
        return { ok: true }
      })
      options.outbox.wake()
      options.changed()
      return done
    },
    async backUp() {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      if (busy.backup) return { ok: false, reason: 'invalid', field: 'backup', problem: 'stillBusy' }
      const by = session.actor()
      const outcome = await makeBackup()
      const detail = outcome.ok ? { file: outcome.file } : { problem: outcome.problem }
      change(desk, () => session.audit(by, 'backedUp', detail))
      return { ok: true, outcome }
    },
    async verify() {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      if (busy.check) return { ok: false, reason: 'invalid', field: 'journal', problem: 'stillBusy' }
      busy.check = true
      const by = session.actor()
      try {
        const check = await proveJournal(desk)
        last.check = check
        const { ok, entries } = check
        change(desk, () => session.audit(by, 'journalProved', { ok, entries }))
        return { ok: true, check }
      } finally {
        busy.check = false
      }
    },
  }

  return {
    handlers,
    settings,
    /** What an administrator should see: a backup that was not made. */
    warnings: (says: MachineWords): readonly string[] =>
      last.backup === null || last.backup.ok ? [] : [says.noBackup(last.backup.detail)],
    start(): void {
      void watch()
    },
    stop: () => stopping.abort(),
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/** `kassa-2026-11-21T14-03-22Z.sqlite` as a time. */
function timeOf(name: string): number | null {
  const match = /^kassa-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(name)
  if (match === null) return null
  const [, day, hours, minutes, seconds] = match
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`)
}
