import type { Migration } from '../migrate.ts'

/** Receipts, SEQR payments, the receipt file, settings and the audit trail. */
export const money: Migration = {
  version: 1,
  up: (db) => {
    db.script(small)
    db.script(receipts)
    db.script(payments)
    db.script(journal)
  },
}

const small = `
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE till (name TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE secret (name TEXT PRIMARY KEY, sealed TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE INDEX audit_time ON audit (at_ms);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END;
`

const receipts = `
CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'refund')),
  state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'completed', 'canceled')),
  number INTEGER,
  shift_id TEXT,
  cashier_id TEXT NOT NULL,
  cashier_name TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  completed_at INTEGER,
  canceled_at INTEGER,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  rounding_minor INTEGER NOT NULL,
  discount_minor INTEGER NOT NULL,
  refund_of TEXT,
  body TEXT NOT NULL CHECK (json_valid(body)),
  CHECK ((state = 'completed') = (number IS NOT NULL AND completed_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX receipt_number ON receipt (number) WHERE number IS NOT NULL;
CREATE INDEX receipt_unfinished ON receipt (state, opened_at) WHERE state IN ('open', 'parked');
CREATE INDEX receipt_completed ON receipt (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX receipt_canceled ON receipt (canceled_at) WHERE canceled_at IS NOT NULL;
CREATE INDEX receipt_shift ON receipt (shift_id);
CREATE INDEX receipt_refunds ON receipt (refund_of) WHERE refund_of IS NOT NULL;
CREATE INDEX receipt_total ON receipt (total_minor) WHERE completed_at IS NOT NULL;
CREATE TRIGGER receipt_final BEFORE UPDATE ON receipt
WHEN OLD.state IN ('completed', 'canceled') AND NEW.body IS NOT OLD.body
BEGIN SELECT RAISE(ABORT, 'a finished receipt is never changed'); END;
CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
WHEN OLD.state IN ('completed', 'canceled')
BEGIN SELECT RAISE(ABORT, 'a finished receipt is never deleted'); END;

CREATE TABLE receipt_row (
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  article_id TEXT,
  name TEXT NOT NULL,
  quantity_thousandths INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  vat_basis_points INTEGER NOT NULL,
  PRIMARY KEY (receipt_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_vat (
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  vat_basis_points INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  net_minor INTEGER NOT NULL,
  vat_minor INTEGER NOT NULL,
  PRIMARY KEY (receipt_id, vat_basis_points)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_tender (
  receipt_id TEXT NOT NULL REFERENCES receipt (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  reference TEXT NOT NULL,
  payment_id TEXT,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (receipt_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_tender_reference ON receipt_tender (reference) WHERE reference <> '';
CREATE INDEX receipt_tender_seqr ON receipt_tender (at_ms) WHERE kind = 'seqr';
`

const payments = `
CREATE TABLE payment (
  id TEXT PRIMARY KEY,
  mode TEXT NOT NULL CHECK (mode IN ('immediate', 'reservation')),
  receipt_id TEXT,
  label TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  client_invoice_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  invoice TEXT NOT NULL CHECK (json_valid(invoice)),
  stage TEXT NOT NULL CHECK (json_valid(stage)),
  stage_name TEXT NOT NULL,
  over INTEGER NOT NULL CHECK (over IN (0, 1)),
  holds_sticker INTEGER NOT NULL CHECK (holds_sticker IN (0, 1)),
  started_at INTEGER NOT NULL,
  round_started_at INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  last_answer_at INTEGER,
  silent_since INTEGER,
  set_aside INTEGER NOT NULL CHECK (set_aside IN (0, 1)),
  dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
  settled_by_hand TEXT,
  asked_minor INTEGER NOT NULL,
  sent_minor INTEGER NOT NULL,
  echoed_minor INTEGER,
  booked_minor INTEGER,
  commit_reservation_timeout_seconds INTEGER
) STRICT;
CREATE UNIQUE INDEX payment_sticker ON payment (terminal_id) WHERE holds_sticker = 1;
CREATE INDEX payment_open ON payment (started_at) WHERE over = 0;
CREATE INDEX payment_receipt ON payment (receipt_id, started_at) WHERE receipt_id IS NOT NULL;
CREATE INDEX payment_started ON payment (started_at);
CREATE TRIGGER payment_kept BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;
CREATE TABLE payment_history (
  id INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL REFERENCES payment (id),
  at_ms INTEGER NOT NULL,
  from_stage TEXT NOT NULL,
  event TEXT NOT NULL CHECK (json_valid(event)),
  to_stage TEXT NOT NULL
) STRICT;
CREATE INDEX payment_history_of ON payment_history (payment_id, id);
CREATE TRIGGER payment_history_stays BEFORE UPDATE ON payment_history
BEGIN SELECT RAISE(ABORT, 'the history of a payment is never changed'); END;
CREATE TRIGGER payment_history_kept BEFORE DELETE ON payment_history
BEGIN SELECT RAISE(ABORT, 'the history of a payment is never deleted'); END;
`

const journal = `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  receipt_id TEXT,
  receipt_number INTEGER,
  body TEXT NOT NULL,
  previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_time ON journal (at_ms);
CREATE INDEX journal_receipt ON journal (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX journal_receipt_number ON journal (receipt_number) WHERE receipt_number IS NOT NULL;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;
CREATE TRIGGER journal_grows BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT entries + 1 FROM journal_head)
BEGIN SELECT RAISE(ABORT, 'the journal is only added to at its end'); END;
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  last_hash BLOB NOT NULL CHECK (length(last_hash) = 32)
) STRICT;
INSERT INTO journal_head (id, entries, last_hash) VALUES (1, 0, zeroblob(32));
CREATE TRIGGER journal_head_kept BEFORE DELETE ON journal_head
BEGIN SELECT RAISE(ABORT, 'the head of the journal is never deleted'); END;
CREATE TRIGGER journal_head_grows BEFORE UPDATE ON journal_head WHEN NEW.entries <= OLD.entries
BEGIN SELECT RAISE(ABORT, 'the journal never gets shorter'); END;
`
