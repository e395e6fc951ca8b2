import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RefundEvent, RefundStage, RefundStageName } from './seqr-refund.ts'
import { isOpenRefund, isWithoutMoney, mustSend, nextRefund } from './seqr-refund.ts'

const stages = {
  sending: { name: 'sending' },
  refunded: { name: 'refunded', ersReference: 'r1', knownBy: 'service' },
  refused: { name: 'refused', code: 98, description: '' },
  notSent: { name: 'notSent' },
  uncertain: { name: 'uncertain', why: 'noAnswer', code: null },
  notRefunded: { name: 'notRefunded', knownBy: 'report' },
} satisfies { [N in RefundStageName]: RefundStage & { name: N } }

const events = {
  accepted: { type: 'accepted', ersReference: 'r1' },
  refused: { type: 'refused', code: 98, description: '' },
  passing: { type: 'passing', code: 93 },
  noAnswer: { type: 'noAnswer' },
  notReached: { type: 'notReached' },
  tillRestarted: { type: 'tillRestarted' },
  foundInReport: { type: 'foundInReport', ersReference: 'r2' },
  missingFromReport: { type: 'missingFromReport' },
  settledAsRefunded: { type: 'settledAsRefunded', ersReference: '' },
  settledAsNotRefunded: { type: 'settledAsNotRefunded' },
} satisfies { [T in RefundEvent['type']]: RefundEvent & { type: T } }

/** Every arrow of the machine: what is not listed stays where it is. */
const arrows: { [N in RefundStageName]: Partial<Record<RefundEvent['type'], RefundStageName>> } = {
  sending: {
    accepted: 'refunded',
    refused: 'refused',
    passing: 'uncertain',
    noAnswer: 'uncertain',
    notReached: 'notSent',
    tillRestarted: 'uncertain',
  },
  refunded: {},
  refused: {},
  notSent: {},
  uncertain: {
    foundInReport: 'refunded',
    missingFromReport: 'notRefunded',
    settledAsRefunded: 'refunded',
    settledAsNotRefunded: 'notRefunded',
  },
  notRefunded: {},
}

const anyEvent = fc.constantFrom(...Object.values(events))
/** What can come of the one question, or of a restart before its answer. */
const answers = fc.constantFrom(...Object.values(events).slice(0, 6))

test.each(Object.keys(stages) as RefundStageName[])('what each event does to a refund that is %s', (name) => {
  for (const event of Object.values(events)) {
    const after = nextRefund(stages[name], event)
    expect([event.type, after.name]).toEqual([event.type, arrows[name][event.type] ?? name])
  }
})

test('refundPayment has no key: no event ever leads back to sending', () => {
  fc.assert(
    fc.property(answers, fc.array(anyEvent), (first, happened) => {
      const start = nextRefund(stages.sending, first)
      const passed = happened.map((_, index) =>
        happened.slice(0, index + 1).reduce<RefundStage>(nextRefund, start),
      )
      expect([start, ...passed].filter(mustSend)).toEqual([])
    }),
  )
})

test('a refund that may have happened is never taken for one that did not, but by report or administrator', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1 }), (heard) => {
      const [first, ...more] = heard
      const doubtful =
        first?.type === 'noAnswer' || first?.type === 'passing' || first?.type === 'tillRestarted'
      const end = more.reduce<RefundStage>(nextRefund, nextRefund(stages.sending, first ?? events.noAnswer))
      if (doubtful) expect([end.name, isWithoutMoney(end)]).toEqual(['uncertain', false])
    }),
  )
})

test('a code that passes (90, 93, 94) says nothing about the money', () => {
  expect(nextRefund(stages.sending, { type: 'passing', code: 94 })).toEqual({
    name: 'uncertain',
    why: 'passingCode',
    code: 94,
  })
})

test('no connection means that nothing was sent: it may be tried again', () => {
  const stage = nextRefund(stages.sending, events.notReached)
  expect([isOpenRefund(stage), isWithoutMoney(stage)]).toEqual([false, true])
})

test('an acceptance without a reference proves nothing', () => {
  expect(nextRefund(stages.sending, { type: 'accepted', ersReference: '' }).name).toBe('uncertain')
})

test('what an administrator settled without a reference gets it from the report', () => {
  const settled = nextRefund(stages.uncertain, events.settledAsRefunded)
  expect(nextRefund(settled, events.foundInReport)).toEqual({
    name: 'refunded',
    ersReference: 'r2',
    knownBy: 'administrator',
  })
})
