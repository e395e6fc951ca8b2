import type { Migration } from '../migrate.ts'

/** Few among many: entries of a kind, a period's receipt numbers, reservations that nobody has read. */
export const indexes: Migration = {
  version: 5,
  up: (db) =>
    db.script(`
CREATE INDEX journal_kind ON journal (kind, seq);
DROP INDEX receipt_completed;
CREATE INDEX receipt_completed ON receipt (completed_at, number) WHERE completed_at IS NOT NULL;
CREATE INDEX payment_unseen ON payment (started_at)
  WHERE mode = 'reservation' AND over = 1 AND set_aside = 1 AND dismissed = 0;
`),
}
