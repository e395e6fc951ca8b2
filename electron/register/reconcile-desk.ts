import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import { reconciliationPaper } from '../../app/domain/reconciliation-paper.ts'
import { reconciliationWords } from '../../app/words/reconciliation.ts'
import { appendJournal } from '../storage/journal.ts'
import {
  findingNotes,
  recentReconciliations,
  reconciliationById,
  saveFindingNote,
} from '../storage/reconciliations.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Printing } from './printing.ts'
import { reconciliationCsv } from './reconcile-csv.ts'
import { accountAround } from './reconcile-comparison.ts'
import { lineOf, viewOf } from './reconcile-view.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface ReconciliationDeskOptions {
  readonly desk: Desk
  readonly session: Session
  readonly settings: () => ShopSettings
  readonly printing: Pick<Printing, 'queue' | 'head'>
  readonly changed: () => void
}

/** The reconciliations that are kept: shown, followed up with notes, printed, written to a file. */
export function reconciliationDesk(options: ReconciliationDeskOptions) {
  const { desk, session } = options

  function done(id: string): { ok: true; record: Reconciliation } | Refusal {
    const lacking = session.needs('closeShift')
    if (lacking !== null) return lacking
    const record = reconciliationById(desk.storage.read, id)
    return record?.result == null ? { ok: false, reason: 'notFound' } : { ok: true, record }
  }

  return {
    list() {
      if (session.person() === null) return []
      return recentReconciliations(desk.storage.read, 60).map((record) =>
        lineOf(record, findingNotes(desk.storage.read, record.id)),
      )
    },
    show({ id }) {
      const found = done(id)
      if (!found.ok) return found
      return { ok: true, reconciliation: viewOf(found.record, findingNotes(desk.storage.read, id)) }
    },
    note({ id, finding, isDone, note }) {
      const found = done(id)
      if (!found.ok) return found
      if (found.record.result?.findings.some(({ key }) => key === finding) !== true)
        return { ok: false, reason: 'notFound' }
      const by = session.actor()
      const saved = change(desk, (): Done => {
        const atMs = desk.clock.now()
        saveFindingNote(desk.storage.write, id, { finding, done: isDone, note, by, atMs })
        const body = { number: found.record.number, finding, done: isDone, note, by }
        appendJournal(desk.storage.write, { atMs, kind: 'reconciliation', body })
        return { ok: true }
      })
      options.changed()
      return saved
    },
    print({ id }) {
      const found = done(id)
      if (!found.ok) return found
      const words = reconciliationWords[options.settings().language]
      const saved = change(desk, (): Done<{ jobId: string }> => {
        const notes = findingNotes(desk.storage.read, id)
        const paper = reconciliationPaper(found.record, { head: options.printing.head(false), words, notes })
        const title = `${words.title} ${found.record.number ?? ''}`
        return { ok: true, jobId: options.printing.queue('report', title, paper).id }
      })
      options.changed()
      return saved
    },
    csv({ id }) {
      const found = done(id)
      if (!found.ok) return found
      const { language, timeZone } = options.settings()
      const text = reconciliationCsv(found.record, {
        words: reconciliationWords[language],
        timeZone,
        notes: findingNotes(desk.storage.read, id),
        account: accountAround(
          desk.storage.read,
          found.record.period ?? { fromMs: 0, toMs: 0 },
          found.record.terminalId,
        ),
      })
      return { ok: true, text }
    },
  } satisfies Partial<Handlers<typeof contract>['reconciliation']>
}
