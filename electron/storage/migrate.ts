import type { Migrator, Reader } from './database.ts'
import { money } from './migrations/0001-money.ts'
import { shop } from './migrations/0002-shop.ts'
import { catalogue } from './migrations/0003-catalogue.ts'
import { refunds } from './migrations/0004-refunds.ts'
import { indexes } from './migrations/0005-indexes.ts'
import { takenAt } from './migrations/0006-taken-at.ts'

/** One step of the database's history. Once released a step is never edited; it copies the constants it needs. */
export interface Migration {
  readonly version: number
  readonly up: (db: Migrator) => void
}

export const migrations: readonly Migration[] = [money, shop, catalogue, refunds, indexes, takenAt]

/** The newest version that this program knows. */
export const newestVersion = migrations.length

export function versionOf(db: Reader): number {
  return db.one<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
}

/** Brings an older database up to `version`, each step in a transaction of its own: a crash leaves a whole version. */
export function migrate(db: Migrator, version = newestVersion): void {
  for (const migration of migrations) {
    if (migration.version <= versionOf(db) || migration.version > version) continue
    db.transaction(() => {
      migration.up(db)
      db.script(`PRAGMA user_version = ${migration.version}`)
    })
  }
}
