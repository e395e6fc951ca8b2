/** What may be asked of the journal, of the till's own SEQR account, and of a day's sales. */
import { z } from 'zod'
import { request } from './define.ts'
import type { AccountPage, BookedReceiptView, JournalPage, OverviewView } from './journal-views.ts'
import type { JournalCheckView } from './office-views.ts'
import type { Done } from './views.ts'

const id = z.string().min(1).max(64)
const text = z.string().max(80)
/** A day by the shop's clock, as `2026-11-21`. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((given) => !Number.isNaN(Date.parse(given)))

/** From the first to the last day, both included; null for no limit. */
const days = { fromDay: day.nullable(), toDay: day.nullable() }

/** A line of the account, to go on from. */
const accountPlace = z.strictObject({ atMs: z.int().min(0), id })
type AccountPlace = Readonly<z.infer<typeof accountPlace>>

export const journalBook = {
  journal: {
    /**
     * 50 at a time, the newest first. Among receipts the text is a number, a bar code, an amount, a SEQR reference, a
     * cashier, or a part of an article's name; among other entries it is a receipt's number.
     */
    search: request(
      z.strictObject({
        ...days,
        group: z.enum(['receipts', 'seqr', 'cash', 'reports', 'all']),
        text,
        /** What the page before called `next`. */
        before: z.int().min(1).nullable(),
      }),
    ).answers<JournalPage>(),
    receipt: request(z.strictObject({ receiptId: id })).answers<
      Done<{ readonly receipt: BookedReceiptView }>
    >(),
    /** Reads the whole journal and proves that nothing was changed, removed or added. */
    verify: request().answers<Done<{ readonly check: JournalCheckView }>>(),
    /** The journal as a file, part by part: 0 first, then what the part before called `next`. */
    exportPart: request(z.strictObject({ format: z.enum(['jsonl', 'csv']), after: z.int().min(0) })).answers<
      Done<{ readonly fileName: string; readonly text: string; readonly next: number | null }>
    >(),
  },
  account: {
    /** 50 at a time, the newest first; the text is a part of a reference or a cashier's name, or a receipt's number. */
    search: request(
      z.strictObject({ ...days, text, before: accountPlace.nullable() }),
    ).answers<AccountPage>(),
    /** The account as CSV, the oldest first, part by part: null first, then what the part before called `next`. */
    exportPart: request(z.strictObject({ ...days, text, after: accountPlace.nullable() })).answers<
      Done<{ readonly fileName: string; readonly text: string; readonly next: AccountPlace | null }>
    >(),
  },
  overview: {
    /** Null for today. */
    day: request(z.strictObject({ day: day.nullable() })).answers<OverviewView>(),
  },
}
