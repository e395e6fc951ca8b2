import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { ReconciliationsView } from '../../app/contract/reconcile-views.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import type { ReportLine } from '../../app/domain/reconcile.ts'
import type {
  Reconciliation,
  ReconciliationCall,
  ReconciliationEvent,
} from '../../app/domain/reconciliation.ts'
import {
  isOpenReconciliation,
  nextReconciliation,
  reconciliationCall,
  reconciliationDueAtMs,
} from '../../app/domain/reconciliation.ts'
import type { Answer, ResellerLogin, SeqrService } from '../seqr/service.ts'
import { terminalDetailsReport, terminalSummaryReport } from '../seqr/service.ts'
import { nextNumber } from '../storage/counters.ts'
import { appendJournal } from '../storage/journal.ts'
import {
  findingNotes,
  openReconciliation,
  recentReconciliations,
  reconciliationById,
  saveReconciliation,
} from '../storage/reconciliations.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Follower } from './follow.ts'
import { follow } from './follow.ts'
import type { Printing } from './printing.ts'
import { compare } from './reconcile-comparison.ts'
import { reconciliationDesk } from './reconcile-desk.ts'
import { markEventOf, reportEventOf } from './reconcile-events.ts'
import { viewOf } from './reconcile-view.ts'
import type { Refunds } from './refunds.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface ReconcileOptions {
  readonly desk: Desk
  readonly session: Session
  readonly seqr: SeqrService
  readonly reseller: () => ResellerLogin | null
  readonly terminalId: () => string | null
  readonly settings: () => ShopSettings
  readonly printing: Pick<Printing, 'queue' | 'head'>
  readonly refunds: Pick<Refunds, 'settleByReport' | 'send' | 'open'>
  /** SEQR payments of which it is not known how they end, reservations left out. */
  readonly openPayments: () => number
  readonly changed: () => void
  readonly heard: (answer: Answer<unknown>, tookMs: number) => void
}

export type Reconciliations = ReturnType<typeof createReconciliations>

const no = (problem: NamedProblem): Refusal => ({
  ok: false,
  reason: 'invalid',
  field: 'reconciliation',
  problem,
})

const questionMs = 15_000
const saveAgainMs = 1000

/** Ends SEQR's period, waits for its reports, and compares them with the till's own account. */
export function createReconciliations(options: ReconcileOptions) {
  const { desk, session } = options
  const stopping = new AbortController()
  const at: { follower: Follower | null } = { follower: null }

  function current(): Reconciliation | null {
    return openReconciliation(desk.storage.read)
  }

  function start(): Done {
    const lacking = session.needs('closeShift')
    if (lacking !== null) return lacking
    const person = session.person()
    const terminalId = options.terminalId()
    if (person === null) return { ok: false, reason: 'rule', rule: 'signedOut' }
    if (terminalId === null) return { ok: false, reason: 'rule', rule: 'noTerminal' }
    if (options.reseller() === null) return no('noReseller')
    if (options.openPayments() > 0) return { ok: false, reason: 'rule', rule: 'paymentOpen' }
    if (options.refunds.open().some(({ stage }) => stage.name === 'sending')) return no('refundOpen')
    if (current() !== null) return no('stillBusy')
    const record: Reconciliation = {
      id: desk.newId(),
      number: null,
      terminalId,
      currency: options.settings().currency,
      startedAtMs: desk.clock.now(),
      by: person.name,
      stage: { name: 'marking' },
      lostMarks: [],
      period: null,
      report: [],
      result: null,
      endedAtMs: null,
    }
    const saved = change(desk, (): Done => {
      saveReconciliation(desk.storage.write, record)
      return { ok: true }
    })
    if (saved.ok) followIt()
    options.changed()
    return saved
  }

  const callNow = (): ReconciliationCall | null => {
    const record = current()
    return record === null ? null : reconciliationCall(record.stage)
  }

  /** One loop asks for as long as the stage has a question. */
  function followIt(): void {
    if (at.follower !== null) return
    const follower = follow<ReconciliationCall>(
      {
        call: callNow,
        dueAtMs: (last) => {
          const record = current()
          return record === null ? 0 : reconciliationDueAtMs(record.stage, last)
        },
        ask: askAndApply,
      },
      desk.clock,
      stopping.signal,
    )
    at.follower = follower
    void follower.done
      .catch((error: unknown) => desk.log.error({ err: error }, 'A reconciliation stopped'))
      .finally(() => {
        at.follower = null
        if (!stopping.signal.aborted && callNow() !== null) followIt()
      })
  }

  async function askAndApply(call: ReconciliationCall, signal: AbortSignal): Promise<void> {
    const record = current()
    const reseller = options.reseller()
    if (record === null || reseller === null) return
    const startedAtMs = desk.clock.elapsedMs()
    const deadline = desk.clock.deadline(questionMs, signal)
    if (call.ask === 'mark') {
      const answer = await options.seqr.markTransactionPeriod(reseller, record.terminalId, deadline)
      if (signal.aborted && answer.kind === 'noAnswer') return
      options.heard(answer, desk.clock.elapsedMs() - startedAtMs)
      return applied(record.id, markEventOf(answer, desk.clock.now()))
    }
    const report = call.ask === 'summary' ? terminalSummaryReport : terminalDetailsReport
    const question = { transactionPeriodId: call.periodId, terminalId: record.terminalId }
    const answer = await options.seqr.executeReport(reseller, report, question, deadline)
    if (signal.aborted) return
    options.heard(answer, desk.clock.elapsedMs() - startedAtMs)
    const { event, lines } = reportEventOf(answer, call, record.currency)
    await applied(record.id, event, lines)
  }

  /** Puts an answer on disk, however long the disk takes: the number of a period must not get lost. */
  async function applied(
    id: string,
    event: ReconciliationEvent,
    lines: readonly ReportLine[] = [],
  ): Promise<void> {
    while (!apply(id, event, lines).ok) {
      await desk.clock.sleepUntil(desk.clock.now() + saveAgainMs, stopping.signal)
      if (stopping.signal.aborted) return
    }
  }

  function apply(id: string, event: ReconciliationEvent, lines: readonly ReportLine[] = []): Done {
    const saved = change(desk, (): Done<{ send: readonly string[] }> => {
      const before = reconciliationById(desk.storage.read, id)
      if (before === null) return { ok: true, send: [] }
      const stage = nextReconciliation(before.stage, event)
      if (stage === before.stage) return { ok: true, send: [] }
      desk.log.info(
        { reconciliation: id, from: before.stage.name, event: event.type, to: stage.name },
        'Reconciliation',
      )
      const lostMarks =
        stage.name === 'markUnknown' ? [...before.lostMarks, desk.clock.now()] : before.lostMarks
      const ended = isOpenReconciliation(stage) ? null : desk.clock.now()
      const after: Reconciliation = { ...before, stage, lostMarks, endedAtMs: ended }
      if (stage.name !== 'done') {
        saveReconciliation(desk.storage.write, after)
        return { ok: true, send: [] }
      }
      return { ok: true, send: conclude(after, before, lines) }
    })
    if (saved.ok) for (const refundId of saved.send) options.refunds.send(refundId)
    options.changed()
    return saved.ok ? { ok: true } : saved
  }

  /** The comparison, its number, its journal entry, and what it settles: all in one transaction. */
  function conclude(
    record: Reconciliation,
    before: Reconciliation,
    report: readonly ReportLine[],
  ): readonly string[] {
    const db = desk.storage.write
    const toMs = record.stage.name === 'done' ? record.stage.markedAtMs : desk.clock.now()
    const { period, result } = compare(desk.storage.read, record, {
      toMs,
      report,
      summaryMinor: before.stage.name === 'waiting' ? before.stage.summaryMinor : null,
    })
    const number = nextNumber(db, 'reconciliation')
    saveReconciliation(db, { ...record, number, period, report, result })
    const { matched, here, there, findings } = result
    appendJournal(db, {
      atMs: desk.clock.now(),
      kind: 'reconciliation',
      body: {
        number,
        periodId: record.stage.name === 'done' ? record.stage.periodId : '',
        terminalId: record.terminalId,
        period,
        by: record.by,
        matched,
        here,
        there,
        findings: findings.map(({ kind, ersReference, hereMinor, thereMinor, receiptNumber }) => ({
          kind,
          ersReference,
          hereMinor,
          thereMinor,
          receiptNumber,
        })),
      },
    })
    return options.refunds.settleByReport(findings)
  }

  /** What a person does with the one under way. */
  function press(event: ReconciliationEvent): Done {
    const lacking = session.needs('closeShift')
    if (lacking !== null) return lacking
    const record = current()
    if (record === null) return { ok: false, reason: 'notFound' }
    const done = apply(record.id, event)
    at.follower?.wake()
    if (callNow() !== null) followIt()
    return done
  }

  /** The one under way; else the last one. */
  function view(): ReconciliationsView {
    const { read } = desk.storage
    const record = current() ?? recentReconciliations(read, 1)[0] ?? null
    return { current: record === null ? null : viewOf(record, findingNotes(read, record.id)) }
  }

  const handlers: Handlers<typeof contract>['reconciliation'] = {
    current: view,
    start,
    askAgain: () => press({ type: 'askAgainPressed' }),
    stop: () => press({ type: 'stopPressed' }),
    goOn: () => press({ type: 'goOnPressed' }),
    giveUp: () => press({ type: 'giveUpPressed' }),
    ...reconciliationDesk(options),
  }

  return {
    handlers,
    view,
    /** Goes on where the till was. A mark that was on its way may have been made: a person is asked. */
    resume(): void {
      const record = current()
      if (record === null) return
      if (record.stage.name === 'marking') void applied(record.id, { type: 'tillRestarted' })
      if (record.stage.name === 'waiting') followIt()
    },
    async stop(): Promise<void> {
      stopping.abort()
      await at.follower?.done.catch(() => {})
    },
  }
}
