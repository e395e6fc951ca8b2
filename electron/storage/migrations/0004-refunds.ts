import type { Migration } from '../migrate.ts'

/** SEQR refunds as stages on disk, and what each reconciliation found. */
export const refunds: Migration = {
  version: 4,
  up: (db) =>
    db.script(`
CREATE TABLE seqr_refund (
  id TEXT PRIMARY KEY,
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  of_receipt_id TEXT NOT NULL REFERENCES receipt (id),
  of_reference TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  cashier TEXT NOT NULL,
  stage_name TEXT NOT NULL,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  reference TEXT,
  started_at INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX seqr_refund_open ON seqr_refund (started_at) WHERE open = 1;
CREATE INDEX seqr_refund_receipt ON seqr_refund (receipt_id, started_at);
CREATE INDEX seqr_refund_of ON seqr_refund (of_receipt_id, started_at);
CREATE INDEX seqr_refund_started ON seqr_refund (started_at);
CREATE UNIQUE INDEX seqr_refund_one_open ON seqr_refund (receipt_id) WHERE open = 1;
CREATE TRIGGER seqr_refund_kept BEFORE DELETE ON seqr_refund
BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;
CREATE TABLE seqr_refund_history (
  id INTEGER PRIMARY KEY,
  refund_id TEXT NOT NULL REFERENCES seqr_refund (id),
  at_ms INTEGER NOT NULL,
  from_stage TEXT NOT NULL,
  event TEXT NOT NULL CHECK (json_valid(event)),
  to_stage TEXT NOT NULL
) STRICT;
CREATE INDEX seqr_refund_history_of ON seqr_refund_history (refund_id, id);
CREATE TRIGGER seqr_refund_history_stays BEFORE UPDATE ON seqr_refund_history
BEGIN SELECT RAISE(ABORT, 'the history of a refund is never changed'); END;
CREATE TRIGGER seqr_refund_history_kept BEFORE DELETE ON seqr_refund_history
BEGIN SELECT RAISE(ABORT, 'the history of a refund is never deleted'); END;

CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  number INTEGER UNIQUE,
  terminal_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  marked_at INTEGER,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE UNIQUE INDEX reconciliation_open ON reconciliation (open) WHERE open = 1;
CREATE INDEX reconciliation_started ON reconciliation (started_at);
CREATE TRIGGER reconciliation_kept BEFORE DELETE ON reconciliation
BEGIN SELECT RAISE(ABORT, 'a reconciliation is never deleted'); END;
CREATE TABLE reconciliation_note (
  reconciliation_id TEXT NOT NULL REFERENCES reconciliation (id),
  finding TEXT NOT NULL,
  done INTEGER NOT NULL CHECK (done IN (0, 1)),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (reconciliation_id, finding)
) STRICT, WITHOUT ROWID;
`),
}
