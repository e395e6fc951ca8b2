/** What administrators are shown: settings, the till's health, and the catalogue with its import. */
import type { AuditAct } from '../domain/audit-act.ts'
import type { ShopSettings } from '../domain/shop.ts'
import type { ArticleView } from './views.ts'

export interface SettingsView {
  readonly shop: ShopSettings
  readonly printer: AddressView
  /** A new address is used at the next start. */
  readonly seqrUrl: AddressView
  /** PEM of the authority that signs the service's certificate; empty for the system's own list. */
  readonly seqrCa: string
  readonly backup: BackupSettings
}

export interface AddressView {
  /** What is set here; empty for none. */
  readonly address: string
  /** What is in use now; empty for none. */
  readonly inUse: string
  /** The environment variable that decides instead, or null. */
  readonly fixedBy: string | null
}

export interface BackupSettings {
  readonly folder: string
  readonly daily: boolean
  /** How many backups are kept. */
  readonly keep: number
}

/** Something a person with rights has done. */
export interface AuditView {
  readonly atMs: number
  readonly by: string
  readonly act: AuditAct
  readonly subject: string
  /** Field by field, as text. `was` is null for something new. */
  readonly changes: readonly { readonly field: string; readonly was: string | null; readonly is: string }[]
}

export interface OutboxItemView {
  readonly id: string
  readonly kind: string
  readonly state: 'waiting' | 'needsPerson'
  /** A receipt's number or the like. */
  readonly about: string
  readonly attempts: number
  readonly createdAtMs: number
  readonly nextAtMs: number
  readonly lastFault: string | null
}

export interface BackupView {
  readonly name: string
  readonly bytes: number
}

/** How the till itself is. */
export interface UpkeepView {
  readonly version: string
  readonly runtime: string
  readonly dataDir: string
  readonly databaseBytes: number
  readonly journalEntries: number
  readonly lastReceiptNumber: number
  readonly articles: number
  readonly warnings: readonly string[]
  readonly outbox: readonly OutboxItemView[]
  readonly backupFolder: string
  readonly backups: readonly BackupView[]
  readonly lastBackup: BackupOutcome | null
  readonly check: JournalCheckView | null
}

export type BackupOutcome =
  | { readonly ok: true; readonly atMs: number; readonly file: string; readonly entries: number }
  | {
      readonly ok: false
      readonly atMs: number
      readonly problem: 'folder' | 'diskFull' | 'notWhole'
      readonly detail: string
    }

/** What the last proof of the journal found. */
export type JournalCheckView =
  | { readonly ok: true; readonly atMs: number; readonly entries: number; readonly lastHash: string }
  | {
      readonly ok: false
      readonly atMs: number
      readonly entries: number
      readonly faults: readonly string[]
    }

/** Something long that is under way, from 0 to 1. */
export interface ProgressView {
  readonly what: 'reading' | 'writing' | 'exporting' | 'proving'
  readonly share: number
}

export interface CataloguePage {
  readonly articles: readonly ArticleView[]
  /** How many articles there are in all. */
  readonly total: number
  /** More follow after the last one. */
  readonly hasMore: boolean
}

/** A fault of one line of a file. The heading is line 1. */
export interface LineFaultView {
  readonly line: number
  readonly column: string | null
  readonly value: string
  readonly problem: string
}

export interface ImportFaults {
  readonly ok: false
  readonly reason: 'lines'
  readonly faults: readonly LineFaultView[]
  /** All of them; `faults` are the first ones. */
  readonly count: number
}

export interface ImportFileFault {
  readonly ok: false
  readonly reason: 'file'
  readonly problem: 'empty' | 'noHeading' | 'tooLarge' | 'changedMeanwhile' | 'incomplete'
}

/** What an import would do. */
export interface ImportPreview {
  readonly ok: true
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly newCategories: readonly string[]
  /** The first articles that are added or changed. */
  readonly first: readonly { readonly article: ArticleView; readonly isNew: boolean }[]
}

export interface Imported {
  readonly ok: true
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}
