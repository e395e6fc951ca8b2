import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { ReconciliationsView } from '../../app/contract/reconcile-views.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import type { Currency } from '../../app/domain/money.ts'
import { edgeMs, reconcile } from '../../app/domain/reconcile.ts'
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
import { reconciliationPaper } from '../../app/domain/reconciliation-paper.ts'
import { reconciliationWords } from '../../app/words/reconciliation.ts'
import type { ReportRow } from '../seqr/report.ts'
import { readReport } from '../seqr/report.ts'
import type { Answer, ResellerLogin, SeqrReport, SeqrService } from '../seqr/service.ts'
import { terminalDetailsReport, terminalSummaryReport } from '../seqr/service.ts'
import { nextNumber } from '../storage/counters.ts'
import { appendJournal } from '../storage/journal.ts'
import {
  findingNotes,
  openReconciliation,
  recentReconciliations,
  reconciliationById,
  saveFindingNote,
  saveReconciliation,
} from '../storage/reconciliations.ts'
import type { Reader } from '../storage/open.ts'
import { doubtfulPayments, seqrAccountLines } from '../storage/seqr-account.ts'
import { openSeqrRefunds } from '../storage/seqr-refunds.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Follower } from './follow.ts'
import { follow } from './follow.ts'
import type { Printing } from './printing.ts'
import { reconciliationCsv } from './reconcile-csv.ts'
import { lineOf, viewOf } from './reconcile-view.ts'
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

/** Lines this much older than the period are looked at as well: SEQR may count them late. */
const lookBackMs = 3 * 24 * 3_600_000
/** So many reconciliations back a reference counts as reported before. */
const rememberedReports = 40
const questionMs = 15_000
const saveAgainMs = 1000

/** REPORT_NOT_READY (SEQR API 2.6). */
const notReadyCode = 2

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
    const { read } = desk.storage
    const toMs = record.stage.name === 'done' ? record.stage.markedAtMs : desk.clock.now()
    const past = pastOf(read, record)
    const period = { fromMs: past.fromMs, toMs }
    const { terminalId } = record
    const around = { fromMs: Math.max(0, period.fromMs - edgeMs), toMs: toMs + edgeMs }
    const result = reconcile({
      terminalId,
      period,
      report,
      summaryMinor: before.stage.name === 'waiting' ? before.stage.summaryMinor : null,
      account: accountAround(read, period, terminalId).map((line) => ({
        ...line,
        receiptId: line.receiptId ?? '',
      })),
      uncertainRefunds: openSeqrRefunds(read)
        .filter((refund) => refund.stage.name === 'uncertain' && refund.terminalId === terminalId)
        .map(({ id, startedAtMs: atMs, amountMinor, receiptId, cashier }) => ({
          id,
          atMs,
          amountMinor,
          receiptId,
          cashier,
        })),
      givenUp: doubtfulPayments(read, around, terminalId),
      reportedBefore: past.references,
      lostMarks: [...past.lostMarks, ...record.lostMarks],
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
        terminalId,
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

  function done(id: string): { ok: true; record: Reconciliation } | Refusal {
    const lacking = session.needs('closeShift')
    if (lacking !== null) return lacking
    const record = reconciliationById(desk.storage.read, id)
    return record?.result == null ? { ok: false, reason: 'notFound' } : { ok: true, record }
  }

  const handlers: Handlers<typeof contract>['reconciliation'] = {
    current: view,
    start,
    askAgain: () => press({ type: 'askAgainPressed' }),
    stop: () => press({ type: 'stopPressed' }),
    goOn: () => press({ type: 'goOnPressed' }),
    giveUp: () => press({ type: 'giveUpPressed' }),
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

/** The till's own lines of a period, and those around it that SEQR may count into it. */
function accountAround(
  db: Reader,
  { fromMs, toMs }: NonNullable<Reconciliation['period']>,
  terminalId: string,
) {
  return seqrAccountLines(db, {
    fromMs: Math.max(0, fromMs - lookBackMs),
    toMs: toMs + edgeMs,
    terminalId,
    limit: 1_000_000,
  })
}

/** What came before: the mark that this period began with, marks that nobody has read, and references that were read. */
function pastOf(db: Reader, record: Reconciliation) {
  const earlier = recentReconciliations(db, rememberedReports).filter(
    ({ id, terminalId }) => id !== record.id && terminalId === record.terminalId,
  )
  const last = earlier.findIndex(({ stage }) => stage.name === 'done')
  const since = last < 0 ? earlier : earlier.slice(0, last)
  const before = last < 0 ? undefined : earlier[last]
  return {
    fromMs: before?.period?.toMs ?? 0,
    lostMarks: since.flatMap(({ stage, lostMarks }) =>
      stage.name === 'givenUp' && stage.markedAtMs !== null ? [...lostMarks, stage.markedAtMs] : lostMarks,
    ),
    references: new Set(earlier.flatMap(({ report }) => report.map(({ ersReference }) => ersReference))),
  }
}

function markEventOf(
  answer: Answer<{ readonly transactionPeriodId: string }>,
  atMs: number,
): ReconciliationEvent {
  switch (answer.kind) {
    case 'ok':
      return { type: 'marked', periodId: answer.value.transactionPeriodId, atMs }
    case 'refused': {
      const { code, description, name } = answer
      return answer.passing
        ? { type: 'markLost' }
        : { type: 'markRefused', code, description: description || name }
    }
    case 'noAnswer':
      return { type: answer.reason === 'unreachable' ? 'markNotSent' : 'markLost' }
  }
}

interface ReportEvent {
  readonly event: ReconciliationEvent
  readonly lines: readonly ReportLine[]
}

function reportEventOf(
  answer: Answer<SeqrReport>,
  call: Exclude<ReconciliationCall, { ask: 'mark' }>,
  currency: Currency,
): ReportEvent {
  const event = (one: ReconciliationEvent): ReportEvent => ({ event: one, lines: [] })
  switch (answer.kind) {
    case 'noAnswer':
      return event({ type: 'noAnswer' })
    case 'refused': {
      const { code, description, name } = answer
      if (code === notReadyCode) return event({ type: 'notReady' })
      if (answer.passing) return event({ type: 'noAnswer' })
      return event({ type: 'reportRefused', code, description: description || name })
    }
    case 'ok':
      return readingOf(answer.value.content, call, currency)
  }
}

function readingOf(
  content: string,
  call: Exclude<ReconciliationCall, { ask: 'mark' }>,
  currency: Currency,
): ReportEvent {
  const unreadable = (description: string): ReportEvent => ({
    event: { type: 'unreadable', description },
    lines: [],
  })
  const read = readReport(content, currency)
  if (!read.ok) return unreadable(read.reason)
  const { transactionPeriodId } = read.meta
  if (transactionPeriodId !== '' && transactionPeriodId !== call.periodId) return unreadable('otherPeriod')
  if (call.ask === 'details') return { event: { type: 'detailsRead' }, lines: read.rows.map(lineOfReport) }
  const totalMinor = read.rows.reduce((sum, { salesMinor }) => sum + salesMinor, 0)
  return { event: { type: 'summaryRead', totalMinor }, lines: [] }
}

function lineOfReport({
  terminalId,
  cashierId,
  salesMinor: amountMinor,
  ersReference,
}: ReportRow): ReportLine {
  return { terminalId, cashierId, amountMinor, ersReference }
}
