import type { Migration } from '../migrate.ts'

/** Users, shifts, the terminal, and the queues: outbox, printing, slips. */
export const shop: Migration = {
  version: 2,
  up: (db) => {
    db.script(people)
    db.script(queues)
    db.script(slips)
  },
}

const people = `
CREATE TABLE user (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('cashier', 'administrator')),
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  pin_hash TEXT NOT NULL,
  failures INTEGER NOT NULL,
  last_failure_at INTEGER NOT NULL
) STRICT;
CREATE TABLE shift (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  opened_at INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  float_minor INTEGER NOT NULL,
  closed_at INTEGER,
  counted_minor INTEGER,
  z_number INTEGER UNIQUE
) STRICT;
CREATE UNIQUE INDEX shift_open ON shift (closed_at IS NULL) WHERE closed_at IS NULL;
CREATE INDEX shift_opened ON shift (opened_at);
CREATE TABLE cash_movement (
  id TEXT PRIMARY KEY,
  shift_id TEXT NOT NULL REFERENCES shift (id),
  kind TEXT NOT NULL CHECK (kind IN ('in', 'out', 'drop')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX cash_movement_shift ON cash_movement (shift_id, at_ms);
CREATE TABLE terminal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
`

const queues = `
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  last_fault TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'needsPerson')),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'waiting';
CREATE INDEX outbox_stuck ON outbox (created_at) WHERE state = 'needsPerson';
CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  paper_bytes BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'printed', 'unclear', 'set aside')),
  attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_fault TEXT,
  copy_of TEXT,
  receipt_id TEXT
) STRICT;
CREATE INDEX print_job_pending ON print_job (created_at) WHERE state IN ('waiting', 'printing', 'unclear');
CREATE INDEX print_job_created ON print_job (created_at);
CREATE INDEX print_job_receipt ON print_job (receipt_id) WHERE receipt_id IS NOT NULL;
`

const slips = `
CREATE TABLE slip (
  id TEXT PRIMARY KEY,
  pay_id TEXT NOT NULL,
  receipt_id TEXT,
  stage TEXT NOT NULL CHECK (json_valid(stage)),
  stage_name TEXT NOT NULL,
  open_money INTEGER NOT NULL CHECK (open_money IN (0, 1)),
  amount_minor INTEGER,
  request_ids TEXT NOT NULL CHECK (json_valid(request_ids)),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX slip_open ON slip (created_at) WHERE open_money = 1;
CREATE INDEX slip_pay_id ON slip (pay_id);
CREATE INDEX slip_receipt ON slip (receipt_id) WHERE receipt_id IS NOT NULL;
CREATE INDEX slip_created ON slip (created_at);
CREATE TRIGGER slip_kept BEFORE DELETE ON slip BEGIN SELECT RAISE(ABORT, 'a slip is never deleted'); END;
CREATE TABLE issued_slip (
  id TEXT PRIMARY KEY,
  pay_id TEXT NOT NULL UNIQUE,
  stage TEXT NOT NULL CHECK (json_valid(stage)),
  stage_name TEXT NOT NULL,
  open_money INTEGER NOT NULL CHECK (open_money IN (0, 1)),
  amount_minor INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX issued_slip_open ON issued_slip (created_at) WHERE open_money = 1;
CREATE INDEX issued_slip_created ON issued_slip (created_at);
CREATE TRIGGER issued_slip_kept BEFORE DELETE ON issued_slip
BEGIN SELECT RAISE(ABORT, 'an issued slip is never deleted'); END;
CREATE TABLE slip_history (
  id INTEGER PRIMARY KEY,
  slip_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  from_stage TEXT NOT NULL,
  event TEXT NOT NULL CHECK (json_valid(event)),
  to_stage TEXT NOT NULL
) STRICT;
CREATE INDEX slip_history_of ON slip_history (slip_id, id);
CREATE TRIGGER slip_history_stays BEFORE UPDATE ON slip_history
BEGIN SELECT RAISE(ABORT, 'the history of a slip is never changed'); END;
CREATE TRIGGER slip_history_kept BEFORE DELETE ON slip_history
BEGIN SELECT RAISE(ABORT, 'the history of a slip is never deleted'); END;
`
