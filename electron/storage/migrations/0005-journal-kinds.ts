import type { Migration } from '../migrate.ts'

/** The few entries of one kind are found among a million sales. */
export const journalKinds: Migration = {
  version: 5,
  up: (db) => db.script('CREATE INDEX journal_kind ON journal (kind, seq);'),
}
