import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { JournalPage } from '../../app/contract/journal-views.ts'
import type { Refusal } from '../../app/contract/views.ts'
import type { JournalKind } from '../../app/domain/journal-kind.ts'
import { decimalOf } from '../../app/domain/money.ts'
import type { JournalEntry } from '../storage/journal.ts'
import { findJournal, journalAfter, journalLine } from '../storage/journal.ts'
import { receiptById } from '../storage/receipts.ts'
import { csvLines, csvStart } from './csv.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { proveJournal } from './journal-proof.ts'
import { bookedReceipt, lineOfEntry, lineOfReceipt } from './journal-view.ts'
import { timeIn } from './printing.ts'
import { receiptFinder } from './receipt-finder.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { dayOf, periodOfDays } from './shop-days.ts'

type JournalHandlers = Handlers<typeof contract>['journal']
type Search = Parameters<JournalHandlers['search']>[0]

const pageLines = 50
const partEntries = 500

const groups: Readonly<Record<Exclude<Search['group'], 'all' | 'receipts'>, readonly JournalKind[]>> = {
  seqr: ['seqrPayment', 'seqrRefund', 'reservation', 'settledByHand', 'amountDifference', 'reconciliation'],
  cash: ['cashMovement', 'drawerOpened', 'drawerCounted'],
  reports: ['shiftOpened', 'shiftClosed', 'xReport', 'zReport'],
}

const signedOut: Refusal = { ok: false, reason: 'rule', rule: 'signedOut' }

const columns = ['entry', 'time', 'kind', 'act', 'receipt', 'amount', 'who', 'about', 'hash']

/** The receipt file: searched, proved, and taken out of the till. */
export function journalDesk(options: {
  readonly desk: Desk
  readonly session: Session
  readonly settings: () => ShopSettings
}): JournalHandlers {
  const { desk, session, settings } = options
  const { read } = desk.storage
  const busy = { check: false }
  const find = receiptFinder(read, settings)

  async function page(search: Search): Promise<JournalPage> {
    if (session.person() === null) return { lines: [], next: null }
    return search.group === 'receipts' ? await receiptsPage(search) : entriesPage(search)
  }

  async function receiptsPage({ fromDay, toDay, text, before }: Search): Promise<JournalPage> {
    const { receipts, next } = await find(text, {
      ...periodOfDays(fromDay, toDay, settings().timeZone),
      ...(before === null ? {} : { before }),
      limit: pageLines,
    })
    return { lines: receipts.map(lineOfReceipt), next }
  }

  function entriesPage({ fromDay, toDay, group, text, before }: Search): JournalPage {
    const number = /^\d{1,9}$/.test(text.trim()) ? { receiptNumber: Number(text) } : {}
    const found = findJournal(read, {
      ...periodOfDays(fromDay, toDay, settings().timeZone),
      ...(group === 'all' || group === 'receipts' ? {} : { kinds: groups[group] }),
      ...number,
      ...(before === null ? {} : { before }),
      limit: pageLines + 1,
    })
    const lines = found.slice(0, pageLines).map(lineOfEntry)
    return { lines, next: found.length > pageLines ? (lines.at(-1)?.seq ?? null) : null }
  }

  function cells(entry: JournalEntry): readonly string[] {
    const { currency, timeZone } = settings()
    const { atMs, kind, act, receiptNumber, amountMinor, who, about } = lineOfEntry(entry)
    return [
      String(entry.seq),
      timeIn(atMs, timeZone),
      kind,
      act ?? '',
      receiptNumber === null ? '' : String(receiptNumber),
      amountMinor === null ? '' : decimalOf(amountMinor, currency),
      who,
      about,
      entry.hash,
    ]
  }

  return {
    search: page,
    receipt({ receiptId }) {
      if (session.person() === null) return signedOut
      const receipt = receiptById(read, receiptId)
      if (receipt?.state !== 'completed') return { ok: false, reason: 'notFound' }
      return { ok: true, receipt: bookedReceipt(read, receipt) }
    },
    async verify() {
      if (session.person() === null) return signedOut
      if (busy.check) return { ok: false, reason: 'invalid', field: 'journal', problem: 'stillBusy' }
      busy.check = true
      try {
        return { ok: true, check: await proveJournal(desk) }
      } finally {
        busy.check = false
      }
    },
    exportPart({ format, after }) {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      if (after === 0) change(desk, () => session.audit(session.actor(), 'journalExported', { format }))
      const entries = journalAfter(read, after, partEntries)
      const heading = after === 0 ? csvStart + csvLines([columns]) : ''
      return {
        ok: true,
        fileName: `journal-${dayOf(desk.clock.now(), settings().timeZone)}.${format}`,
        text: format === 'jsonl' ? entries.map(journalLine).join('') : heading + csvLines(entries.map(cells)),
        next: entries.length < partEntries ? null : (entries.at(-1)?.seq ?? null),
      }
    },
  }
}
