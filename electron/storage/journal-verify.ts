/** Proves the receipt file: what was changed, removed, put elsewhere, or cut off its end is found and named. */
import { numberedKinds } from '../../app/domain/journal-kind.ts'
import { lastNumber } from './counters.ts'
import type { Reader } from './database.ts'
import type { JournalRow } from './journal.ts'
import { hashOf, hex, journalHead, journalRows } from './journal.ts'

export type JournalFaultKind =
  /** An entry no longer says what it said. */
  | 'changed'
  /** Entries are gone. */
  | 'missing'
  /** Entries stand under other numbers than they were written with. */
  | 'reordered'
  /** Entries that the file's head does not know of. */
  | 'added'
  | 'receiptNumberMissing'
  | 'receiptNumberTwice'
  /** A finished receipt has no entry. */
  | 'receiptNotInJournal'

export interface JournalFault {
  /** The entry it is about, or the first of them. */
  readonly seq: number
  readonly toSeq: number
  readonly fault: JournalFaultKind
  /** A sentence for a person. */
  readonly detail: string
}

export type JournalCheck =
  | {
      readonly ok: true
      readonly entries: number
      /** Hex; zeros while the file is empty. */
      readonly lastHash: string
      readonly lastReceiptNumber: number
    }
  | { readonly ok: false; readonly faults: readonly JournalFault[]; readonly entries: number }

export interface VerifyOptions {
  /** An entry's hash as it stands on paper, such as a Z report, or its first digits: proves that nothing was rewritten. */
  readonly anchor?: { readonly seq: number; readonly hash: string }
}

/** Reads the whole file and checks all of it. */
export function verifyJournal(db: Reader, options: VerifyOptions = {}): JournalCheck {
  const steps = verifySteps(db, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const stepEntries = 500

/** The same in steps of a few milliseconds, each giving how many entries were read, so that others can work between. */
export function* verifySteps(db: Reader, options: VerifyOptions = {}): Generator<number, JournalCheck> {
  const chain = chainCheck(options)
  const numbers = numberCheck()
  let entries = 0
  for (const row of journalRows(db)) {
    entries += 1
    chain.take(row)
    numbers.take(row)
    if (entries % stepEntries === 0) yield entries
  }
  const faults = [...chain.end(db), ...numbers.end(db), ...unwritten(db)]
  if (faults.length > 0) return { ok: false, faults: merged(faults), entries }
  return { ok: true, entries, lastHash: chain.lastHash(), lastReceiptNumber: numbers.last() }
}

const one = (seq: number, fault: JournalFaultKind, detail: string): JournalFault => ({
  seq,
  toSeq: seq,
  fault,
  detail,
})

/** How far a displaced entry is looked for. */
const displacement = 100

function chainCheck({ anchor }: VerifyOptions) {
  const faults: JournalFault[] = []
  let expected = 1
  let previous: { readonly hash: Uint8Array; readonly sound: boolean } = {
    hash: Buffer.alloc(32),
    sound: true,
  }

  function faultOf(row: JournalRow): JournalFault | null {
    const { seq } = row
    if (anchor?.seq === seq && !hex(row.hash).startsWith(anchor.hash.toLowerCase()))
      return one(
        seq,
        'changed',
        `Entry ${seq} has the hash ${hex(row.hash)}, not ${anchor.hash}: it was rewritten.`,
      )
    if (!hashOf(row).equals(row.hash)) {
      const written = writtenAs(row)
      return written === null
        ? one(seq, 'changed', `Entry ${seq} no longer says what was written.`)
        : one(seq, 'reordered', `Entry ${seq} was written as entry ${written}.`)
    }
    const follows = Buffer.from(row.previous_hash).equals(previous.hash)
    if (follows || !previous.sound) return null
    return one(
      Math.max(1, seq - 1),
      'changed',
      `Entry ${seq} does not follow from the one before it: that one was replaced.`,
    )
  }

  return {
    take(row: JournalRow): void {
      if (row.seq > expected) {
        const gap = { seq: expected, toSeq: row.seq - 1 }
        faults.push({ ...gap, fault: 'missing', detail: `${entriesText(gap)} missing.` })
        previous = { hash: row.previous_hash, sound: false }
      }
      const fault = faultOf(row)
      if (fault !== null) faults.push(fault)
      previous = { hash: row.hash, sound: fault === null || fault.seq !== row.seq }
      expected = row.seq + 1
    },
    end(db: Reader): readonly JournalFault[] {
      const head = journalHead(db)
      const last = expected - 1
      if (head === null) return [...faults, one(last, 'missing', 'The head of the journal is missing.')]
      if (head.entries > last) {
        const cut = { seq: expected, toSeq: head.entries }
        faults.push({ ...cut, fault: 'missing', detail: `${entriesText(cut)} missing at the end.` })
      } else if (head.entries < last) {
        const more = { seq: head.entries + 1, toSeq: last }
        faults.push({ ...more, fault: 'added', detail: `${entriesText(more)} not known to the head.` })
      } else if (previous.sound && !Buffer.from(head.last_hash).equals(previous.hash)) {
        faults.push(one(last, 'changed', `Entry ${last} is not the one that was written last.`))
      }
      if (anchor !== undefined && anchor.seq > last)
        faults.push(one(anchor.seq, 'missing', `Entry ${anchor.seq}, whose hash is on paper, is missing.`))
      return faults
    },
    lastHash: () => hex(previous.hash),
  }
}

function entriesText({ seq, toSeq }: { readonly seq: number; readonly toSeq: number }): string {
  return seq === toSeq ? `Entry ${seq} is` : `Entries ${seq} to ${toSeq} are`
}

/** The number that a displaced entry was written with, or null when it fits none. */
function writtenAs(row: JournalRow): number | null {
  for (let step = 1; step <= displacement; step += 1) {
    for (const seq of [row.seq + step, row.seq - step])
      if (seq > 0 && hashOf({ ...row, seq }).equals(row.hash)) return seq
  }
  return null
}

/** Receipt numbers follow each other without a gap, each once. */
function numberCheck() {
  const faults: JournalFault[] = []
  let last: number | null = null
  return {
    take({ seq, kind, receipt_number: number }: JournalRow): void {
      if (number === null || !numberedKinds.has(kind)) return
      if (last !== null && number <= last)
        faults.push(
          one(seq, 'receiptNumberTwice', `Entry ${seq} has receipt number ${number} after number ${last}.`),
        )
      if (last !== null && number > last + 1)
        faults.push(
          one(
            seq,
            'receiptNumberMissing',
            `Entry ${seq} has receipt number ${number}; the one before it was ${last}.`,
          ),
        )
      last = Math.max(last ?? number, number)
    },
    end(db: Reader): readonly JournalFault[] {
      const given = lastNumber(db, 'receipt')
      const entries = journalHead(db)?.entries ?? 0
      if (given <= (last ?? 0)) return faults
      const detail = `Receipt numbers up to ${given} were given, but the last in the journal is ${last ?? 0}.`
      return [...faults, one(entries, 'receiptNumberMissing', detail)]
    },
    last: () => last ?? 0,
  }
}

/** Finished receipts that the journal does not tell of. */
function unwritten(db: Reader): readonly JournalFault[] {
  const entries = journalHead(db)?.entries ?? 0
  return db
    .all<{ number: number }>(
      `SELECT number FROM receipt WHERE number IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM journal WHERE receipt_number = receipt.number AND kind IN ('sale', 'refund'))
       ORDER BY number LIMIT 100`,
    )
    .map(({ number }) =>
      one(entries, 'receiptNotInJournal', `Receipt ${number} is finished but not in the journal.`),
    )
}

/** A run of entries that all stand as far from their places is one fault. */
function merged(faults: readonly JournalFault[]): readonly JournalFault[] {
  const runs: JournalFault[] = []
  for (const fault of faults) {
    const last = runs.at(-1)
    if (
      last === undefined ||
      fault.fault !== 'reordered' ||
      last.fault !== 'reordered' ||
      fault.seq !== last.toSeq + 1
    )
      runs.push(fault)
    else
      runs[runs.length - 1] = {
        ...last,
        toSeq: fault.seq,
        detail: `Entries ${last.seq} to ${fault.seq} stand under other numbers than they were written with.`,
      }
  }
  return runs
}
