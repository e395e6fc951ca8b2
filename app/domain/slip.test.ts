import { describe, expect, test } from 'vitest'
import { sampleSlip } from './slip.fake.ts'
import {
  beginSlip,
  callFor,
  canDrop,
  canGiveBack,
  canSendAgain,
  canTakeCash,
  canVerifyAgain,
  cashOf,
  confirmRepeatMs,
  confirmRepeats,
  dueAtMs,
  eventOf,
  formatPayId,
  holdsCash,
  isForAPerson,
  isOver,
  next,
  parsePayId,
  remarkLines,
  slipInTheWay,
  verifyLeftMs,
  waitFor,
  type SlipEvent,
  type SlipStage,
  type SlipStageName,
} from './slip.ts'

const payID = '991308500305'
const begun = beginSlip(payID, 'v1', 1_000)
const taken = { payID, slip: sampleSlip, requestID: 'c1', takenAtMs: 2_000 }

const stages = {
  verifying: begun,
  unverified: { name: 'unverified', payID, why: 'noAnswer' },
  refused: { name: 'refused', payID, reason: 'merchantRefused', said: 'Account closed' },
  verified: { name: 'verified', payID, slip: sampleSlip, verifiedAtMs: 1_500 },
  dropped: { name: 'dropped', payID },
  confirming: { name: 'confirming', ...taken, attempt: 1, nextAtMs: 2_000 },
  needsPerson: { name: 'needsPerson', ...taken, attempt: 11 },
  paid: { name: 'paid', ...taken, authCode: '', remarks: '' },
  posted: { name: 'posted', ...taken, authCode: 'A1', remarks: 'Thank you' },
  confirmDeclined: { name: 'confirmDeclined', ...taken, reason: 'merchantRefused', said: 'Sold out' },
  givenBack: {
    name: 'givenBack',
    ...taken,
    after: 'confirmDeclined',
    by: 'Anna',
    why: 'Sold out',
    backAtMs: 9_000,
  },
} satisfies Record<SlipStageName, SlipStage>

const events = {
  verified: { type: 'verified', requestID: 'v1', slip: sampleSlip, atMs: 3_000 },
  'declined (verify)': {
    type: 'declined',
    requestID: 'v1',
    reason: 'expired',
    said: 'Expired',
    atMs: 3_000,
  },
  'declined (confirm)': {
    type: 'declined',
    requestID: 'c1',
    reason: 'merchantRefused',
    said: 'Sold out',
    atMs: 3_000,
  },
  'noAnswer (verify)': { type: 'noAnswer', requestID: 'v1', atMs: 3_000 },
  'noAnswer (confirm)': { type: 'noAnswer', requestID: 'c1', atMs: 3_000 },
  'confirmed PAID': { type: 'confirmed', requestID: 'c1', status: 'PAID', authCode: '', remarks: '' },
  'confirmed POSTED': {
    type: 'confirmed',
    requestID: 'c1',
    status: 'POSTED',
    authCode: 'A1',
    remarks: 'Thank you',
  },
  'statusRead POSTED': { type: 'statusRead', status: 'POSTED', said: '', authCode: 'A2', remarks: 'Late' },
  'statusRead DECLINED': {
    type: 'statusRead',
    status: 'DECLINED',
    said: 'Sold out',
    authCode: '',
    remarks: '',
  },
  'statusRead PAID': { type: 'statusRead', status: 'PAID', said: '', authCode: '', remarks: '' },
  verifyAgain: { type: 'verifyAgain', requestID: 'v2', atMs: 5_000 },
  dropped: { type: 'dropped' },
  cashTaken: { type: 'cashTaken', requestID: 'c9', atMs: 4_000 },
  sendAgain: { type: 'sendAgain', atMs: 4_000 },
  givenBack: { type: 'givenBack', by: 'Anna', why: 'Sold out', atMs: 9_000 },
} satisfies Record<string, SlipEvent>

/** Every move there is; a stage and event that is not listed stays where it is, untouched. */
const moves: Record<SlipStageName, Partial<Record<keyof typeof events, SlipStageName>>> = {
  verifying: {
    verified: 'verified',
    'declined (verify)': 'refused',
    'noAnswer (verify)': 'unverified',
    dropped: 'dropped',
  },
  unverified: { verifyAgain: 'verifying', dropped: 'dropped' },
  refused: { verifyAgain: 'verifying', dropped: 'dropped' },
  verified: { cashTaken: 'confirming', dropped: 'dropped' },
  dropped: {},
  confirming: {
    'noAnswer (confirm)': 'confirming',
    'confirmed PAID': 'paid',
    'confirmed POSTED': 'posted',
    'declined (confirm)': 'confirmDeclined',
    sendAgain: 'confirming',
  },
  needsPerson: {
    'confirmed PAID': 'paid',
    'confirmed POSTED': 'posted',
    'declined (confirm)': 'confirmDeclined',
    sendAgain: 'confirming',
    givenBack: 'givenBack',
  },
  paid: { 'statusRead POSTED': 'posted', 'statusRead DECLINED': 'confirmDeclined' },
  posted: {},
  confirmDeclined: { givenBack: 'givenBack' },
  givenBack: {},
}

describe.each(Object.entries(stages))('a slip that is %s', (name, stage) => {
  test.each(Object.entries(events))('on %s', (event, happened) => {
    const expected = moves[name as SlipStageName][event as keyof typeof events]
    const after = next(stage, happened)
    if (expected === undefined) expect(after).toBe(stage)
    else expect(after.name).toBe(expected)
  })

  test('keeps its reference whatever happens', () => {
    for (const event of Object.values(events)) expect(next(stage, event).payID).toBe(payID)
  })

  test('once its cash is taken it keeps its requestID whatever happens', () => {
    if (!('requestID' in stage) || stage.name === 'verifying') return
    for (const event of Object.values(events)) expect(next(stage, event)).toMatchObject({ requestID: 'c1' })
  })
})

test('what can be done in each stage', () => {
  const offered = (can: (stage: SlipStage) => boolean) =>
    Object.values(stages)
      .filter((stage) => can(stage))
      .map((stage) => stage.name)
  expect(offered(holdsCash)).toEqual(['confirming', 'needsPerson', 'paid', 'posted', 'confirmDeclined'])
  expect(offered(isOver)).toEqual(['dropped', 'posted', 'givenBack'])
  expect(offered(isForAPerson)).toEqual(['needsPerson', 'confirmDeclined'])
  expect(offered(canGiveBack)).toEqual(['needsPerson', 'confirmDeclined'])
  expect(offered(canVerifyAgain)).toEqual(['unverified', 'refused'])
  expect(offered(canDrop)).toEqual(['verifying', 'unverified', 'refused', 'verified'])
  expect(offered(canSendAgain)).toEqual(['confirming', 'needsPerson'])
  expect(offered((stage) => canTakeCash(stage, 0))).toEqual(['verified'])
  expect(offered((stage) => callFor(stage) !== null)).toEqual(['verifying', 'confirming'])
})

test('the drawer counts a slip’s amount only while its cash is in there', () => {
  expect(cashOf(stages.verified)).toBe(0)
  expect(cashOf(stages.confirming)).toBe(125_050)
  expect(cashOf(stages.givenBack)).toBe(0)
})

test('an answer to VERIFY counts for 20 seconds, and a later one is rejected', () => {
  const answered = (atMs: number) => next(begun, { ...events.verified, atMs })
  expect(answered(21_000).name).toBe('verified')
  expect(answered(21_001)).toEqual({ name: 'unverified', payID, why: 'tooLate' })
  expect(next(begun, { ...events['declined (verify)'], atMs: 21_001 }).name).toBe('unverified')
})

test('silence at VERIFY means no cash was taken, and says whether time ran out', () => {
  const silent = (atMs: number) => next(begun, { type: 'noAnswer', requestID: 'v1', atMs })
  expect(silent(20_999)).toEqual({ name: 'unverified', payID, why: 'noAnswer' })
  expect(silent(21_000)).toEqual({ name: 'unverified', payID, why: 'tooLate' })
})

test('the countdown runs from 20 seconds to 0 and never outside', () => {
  expect(verifyLeftMs(begun, 1_000)).toBe(20_000)
  expect(verifyLeftMs(begun, 0)).toBe(20_000)
  expect(verifyLeftMs(begun, 6_000)).toBe(15_000)
  expect(verifyLeftMs(begun, 99_000)).toBe(0)
  expect(verifyLeftMs(stages.verified, 1_000)).toBe(0)
})

test('the answer to an earlier VERIFY of the same slip changes nothing', () => {
  const again = next(stages.unverified, events.verifyAgain)
  expect(next(again, events.verified)).toBe(again)
  expect(next(again, { ...events.verified, requestID: 'v2', atMs: 6_000 }).name).toBe('verified')
})

test('a confirm goes out at once, then ten times ten minutes apart, then a person is asked', () => {
  let stage = next(stages.verified, { type: 'cashTaken', requestID: 'c1', atMs: 50_000 })
  const sentAtMs: number[] = []
  while (callFor(stage) !== null) {
    expect(callFor(stage)).toMatchObject({ ask: 'confirm', requestID: 'c1', amountMinor: 125_050 })
    sentAtMs.push(dueAtMs(stage))
    stage = next(stage, { type: 'noAnswer', requestID: 'c1', atMs: dueAtMs(stage) })
  }
  expect(sentAtMs).toEqual(
    Array.from({ length: confirmRepeats + 1 }, (_, repeat) => 50_000 + repeat * confirmRepeatMs),
  )
  expect(stage).toMatchObject({ name: 'needsPerson', requestID: 'c1', takenAtMs: 50_000 })
})

test('a person sends it again under the same requestID, once, and then it is back on the list', () => {
  const again = next(stages.needsPerson, { type: 'sendAgain', atMs: 70_000 })
  expect(again).toMatchObject({ name: 'confirming', requestID: 'c1', nextAtMs: 70_000 })
  expect(next(again, { type: 'noAnswer', requestID: 'c1', atMs: 71_000 }).name).toBe('needsPerson')
})

test('sending now while a repeat is waiting brings the repeat forward and uses up no attempt', () => {
  const waiting = next(stages.confirming, { type: 'noAnswer', requestID: 'c1', atMs: 3_000 })
  expect(next(waiting, { type: 'sendAgain', atMs: 4_000 })).toEqual({ ...waiting, nextAtMs: 4_000 })
})

test('a second press of “cash taken” makes no second request', () => {
  expect(next(stages.confirming, events.cashTaken)).toBe(stages.confirming)
})

test('no cash is taken for a slip that has expired since it was verified', () => {
  const atMs = 172_800_000
  expect(canTakeCash(stages.verified, atMs - 1)).toBe(true)
  expect(canTakeCash(stages.verified, atMs)).toBe(false)
  expect(next(stages.verified, { type: 'cashTaken', requestID: 'c1', atMs })).toMatchObject({
    name: 'refused',
    reason: 'expired',
  })
})

test('a till whose clock is a year fast still takes what the server verified', () => {
  const verifiedAtMs = 31_536_000_000
  expect(canTakeCash({ ...stages.verified, verifiedAtMs }, verifiedAtMs + 60_000)).toBe(true)
})

test('a till restarted an hour after the send was due sends at once', () => {
  expect(waitFor(stages.confirming, 3_600_000)).toBe(0)
  expect(waitFor(stages.confirming, 1_500)).toBe(500)
})

test('a clock that was set back holds up a confirm for ten minutes at most', () => {
  expect(waitFor({ ...stages.confirming, nextAtMs: 86_400_000 }, 0)).toBe(confirmRepeatMs)
})

test('a slip at rest has nothing to wait for', () => {
  expect(waitFor(stages.posted, 0)).toBeNull()
  expect(dueAtMs(stages.posted)).toBe(Number.POSITIVE_INFINITY)
})

test('a slip that is being taken, or whose cash is in the drawer, stands in the way of a second scan', () => {
  const standing = Object.values(stages).filter((stage) => slipInTheWay([stage], payID) === stage)
  expect(standing.map((stage) => stage.name)).toEqual([
    'verifying',
    'verified',
    'confirming',
    'needsPerson',
    'paid',
    'posted',
    'confirmDeclined',
  ])
  expect(slipInTheWay([stages.confirming], '000000000000')).toBeNull()
})

test('an answer becomes the event of the call that it answers', () => {
  const verify = callFor(begun)
  const confirm = callFor(stages.confirming)
  if (verify === null || confirm === null) throw new Error('both stages ask something')
  const details = { kind: 'ok', value: sampleSlip } as const
  expect(eventOf(verify, { ask: 'verify', answer: details }, 5)).toEqual({
    type: 'verified',
    requestID: 'v1',
    slip: sampleSlip,
    atMs: 5,
  })
  const value = { status: 'PAID', authCode: '', remarks: 'r' } as const
  expect(eventOf(confirm, { ask: 'confirm', answer: { kind: 'ok', value } }, 5)).toEqual({
    type: 'confirmed',
    requestID: 'c1',
    ...value,
  })
  const no = { kind: 'declined', reason: 'alreadyPaid', said: 'Paid at 0189' } as const
  expect(eventOf(confirm, { ask: 'confirm', answer: no }, 5)).toMatchObject({
    type: 'declined',
    requestID: 'c1',
    reason: 'alreadyPaid',
  })
  expect(eventOf(confirm, { ask: 'confirm', answer: { kind: 'noAnswer', fault: 'late' } }, 5).type).toBe(
    'noAnswer',
  )
  expect(eventOf(confirm, { ask: 'verify', answer: details }, 5).type).toBe('noAnswer')
})

test('a reference is shown as XXXX-XXXX-XXXX and read back with or without the hyphens', () => {
  expect(formatPayId(payID)).toBe('9913-0850-0305')
  expect(formatPayId('123')).toBe('123')
  expect(parsePayId('9913-0850-0305')).toBe(payID)
  expect(parsePayId(' 9913 0850 0305 ')).toBe(payID)
  expect(parsePayId('9913–0850–0305')).toBe(payID)
  for (const bad of ['', '9913-0850-030', '9913-0850-03055', '9913-0850-03O5', '٩٩١٣٠٨٥٠٠٣٠٥']) {
    expect(parsePayId(bad)).toBeNull()
  }
})

test('in receipt remarks | starts a new line and what is over 32 columns is cut', () => {
  expect(
    remarkLines('John Santos|789 E. Rodriguez St.|Expected delivery date: the seventh of April'),
  ).toEqual(['John Santos', '789 E. Rodriguez St.', 'Expected delivery date: the seve'])
  expect(remarkLines('a||b')).toEqual(['a', '', 'b'])
  expect(remarkLines('')).toEqual([])
  expect(remarkLines('abcdef', 4)).toEqual(['abcd'])
})

test('receipt remarks can’t send commands to the printer', () => {
  expect(remarkLines('Pay\u001B@\u001Dhere\nnow')).toEqual(['Pay @ here now'])
})

test('what the merchant sends when it posts late replaces what was empty, and nothing that was there', () => {
  const late = { type: 'statusRead', status: 'POSTED', said: '', authCode: 'A9', remarks: 'Late' } as const
  const paid = { ...stages.paid, authCode: '', remarks: '' }
  expect(next(paid, late)).toMatchObject({ name: 'posted', authCode: 'A9', remarks: 'Late' })
  expect(next({ ...paid, authCode: 'A1' }, { ...late, authCode: '' })).toMatchObject({ authCode: 'A1' })
})
