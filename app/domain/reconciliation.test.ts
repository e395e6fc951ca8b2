import { expect, test } from 'vitest'
import type { ReconciliationEvent, ReconciliationStage, ReconciliationStageName } from './reconciliation.ts'
import {
  isOpenReconciliation,
  nextReconciliation,
  reconciliationCall,
  reconciliationDueAtMs,
} from './reconciliation.ts'

const period = { periodId: 'P1', markedAtMs: 10_000 }
const waiting = {
  ...period,
  name: 'waiting',
  report: 'details',
  notReady: 0,
  isSilent: false,
  summaryMinor: null,
} as const

const stages = {
  marking: { name: 'marking' },
  markUnknown: { name: 'markUnknown' },
  waiting,
  stopped: { ...period, name: 'stopped', trouble: null },
  done: { ...period, name: 'done' },
  failed: { name: 'failed', code: 37, description: '' },
  givenUp: { name: 'givenUp', markedAtMs: null },
} satisfies { [N in ReconciliationStageName]: ReconciliationStage & { name: N } }

const events = {
  marked: { type: 'marked', periodId: 'P1', atMs: 10_000 },
  markRefused: { type: 'markRefused', code: 37, description: '' },
  markNotSent: { type: 'markNotSent' },
  markLost: { type: 'markLost' },
  notReady: { type: 'notReady' },
  noAnswer: { type: 'noAnswer' },
  summaryRead: { type: 'summaryRead', totalMinor: 500 },
  detailsRead: { type: 'detailsRead' },
  reportRefused: { type: 'reportRefused', code: 10, description: '' },
  unreadable: { type: 'unreadable', description: 'notAReport' },
  tillRestarted: { type: 'tillRestarted' },
  askAgainPressed: { type: 'askAgainPressed' },
  stopPressed: { type: 'stopPressed' },
  goOnPressed: { type: 'goOnPressed' },
  giveUpPressed: { type: 'giveUpPressed' },
} satisfies { [T in ReconciliationEvent['type']]: ReconciliationEvent & { type: T } }

/** Every arrow of the machine: what is not listed stays where it is. */
const arrows: {
  [N in ReconciliationStageName]: Partial<Record<ReconciliationEvent['type'], ReconciliationStageName>>
} = {
  marking: {
    marked: 'waiting',
    markRefused: 'failed',
    markNotSent: 'failed',
    markLost: 'markUnknown',
    tillRestarted: 'markUnknown',
  },
  markUnknown: { askAgainPressed: 'marking', giveUpPressed: 'givenUp' },
  waiting: {
    detailsRead: 'done',
    reportRefused: 'stopped',
    unreadable: 'stopped',
    stopPressed: 'stopped',
  },
  stopped: { goOnPressed: 'waiting', giveUpPressed: 'givenUp' },
  done: {},
  failed: {},
  givenUp: {},
}

test.each(Object.keys(stages) as ReconciliationStageName[])(
  'what each event does to one that is %s',
  (name) => {
    for (const event of Object.values(events)) {
      const after = nextReconciliation(stages[name], event)
      expect([event.type, after.name]).toEqual([event.type, arrows[name][event.type] ?? name])
    }
  },
)

test('a mark whose answer was lost is never sent again by itself: only a person asks again', () => {
  const lost = nextReconciliation(stages.marking, events.markLost)
  expect(reconciliationCall(lost)).toBeNull()
  expect(reconciliationCall(nextReconciliation(lost, events.askAgainPressed))).toEqual({ ask: 'mark' })
})

test('SEQR rule: the first report 3 s after the mark, REPORT_NOT_READY again after 3 to 5 s', () => {
  expect(reconciliationDueAtMs(waiting, null)).toBe(13_000)
  expect(reconciliationDueAtMs(waiting, { call: { ask: 'mark' }, startedAtMs: 9000 })).toBe(13_000)
  const last = { call: { ask: 'details', periodId: 'P1' }, startedAtMs: 13_000 } as const
  expect(reconciliationDueAtMs(nextReconciliation(waiting, events.notReady), last)).toBe(17_000)
})

test('the sums are asked for first, and the lines at once after them', () => {
  const first = nextReconciliation(stages.marking, events.marked)
  expect(reconciliationCall(first)).toEqual({ ask: 'summary', periodId: 'P1' })
  const then = nextReconciliation(first, events.summaryRead)
  expect(then).toMatchObject({ report: 'details', summaryMinor: 500 })
  const last = { call: { ask: 'summary', periodId: 'P1' }, startedAtMs: 13_500 } as const
  expect(reconciliationDueAtMs(then, last)).toBe(13_500)
})

test('a shop whose SEQR has no report of sums is reconciled by the lines alone', () => {
  const first = nextReconciliation(stages.marking, events.marked)
  expect(nextReconciliation(first, events.reportRefused)).toMatchObject({
    name: 'waiting',
    report: 'details',
  })
})

test('a stopped one goes on with the same period, and keeps the next one from beginning', () => {
  expect(isOpenReconciliation(stages.stopped)).toBe(true)
  expect(nextReconciliation(stages.stopped, events.goOnPressed)).toMatchObject(period)
  expect(isOpenReconciliation(nextReconciliation(stages.stopped, events.giveUpPressed))).toBe(false)
})
