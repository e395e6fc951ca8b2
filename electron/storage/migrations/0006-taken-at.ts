import type { Migration } from '../migrate.ts'

/** When a payment's money was taken, so that the SEQR account is read by an index; null while it holds none. */
export const takenAt: Migration = {
  version: 6,
  up: (db) =>
    db.script(`
ALTER TABLE payment ADD COLUMN taken_at INTEGER;
UPDATE payment SET taken_at = CASE WHEN stage_name = 'paid'
    THEN coalesce((SELECT max(at_ms) FROM payment_history WHERE payment_id = payment.id AND to_stage = 'paid'), started_at)
    ELSE started_at END
  WHERE stage_name = 'paid' OR json_extract(settled_by_hand, '$.as') = 'paid';
CREATE INDEX payment_taken ON payment (taken_at, id) WHERE taken_at IS NOT NULL;
`),
}
