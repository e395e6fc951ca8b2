import { eventOf, type DeclineReason, type SlipAnswer, type SlipCall, type SlipDetails } from './slip.ts'

export const sampleSlip: SlipDetails = {
  merchantID: 'testmerchant',
  merchantName: 'Test Merchant',
  merchantRef: 'testmerchant003',
  description: 'Electricity, March',
  receiptRemarks: 'testmerchant|testmerchant003',
  amountMinor: 125_050,
  currency: 'PHP',
  expiresAtMs: 172_800_000,
}

/** What happens to one request on its way: the server's work may be done although nobody hears of it. */
export type Weather = 'fine' | 'dropBefore' | 'dropAfter' | 'late'

type PaidSlip = { requestID: string; answer: SlipAnswer }

/** A 7-CONNECT server in a few lines: it pays a slip once, by requestID, and repeats its first answer. */
export function scriptedServer(verdicts: Record<string, 'POSTED' | 'PAID' | 'DECLINED'>) {
  const firstAnswers = new Map<string, SlipAnswer>()
  const paid = new Map<string, PaidSlip>()
  const confirmIDs = new Map<string, Set<string>>()

  function decline(ask: 'verify' | 'confirm', reason: DeclineReason): SlipAnswer {
    return { ask, answer: { kind: 'declined', reason, said: reason } }
  }

  function confirm(call: SlipCall & { ask: 'confirm' }): SlipAnswer {
    const { payID, requestID } = call
    confirmIDs.set(payID, (confirmIDs.get(payID) ?? new Set()).add(requestID))
    const first = firstAnswers.get(requestID)
    if (first !== undefined) return first
    const status = verdicts[payID] ?? 'POSTED'
    const answer: SlipAnswer = paid.has(payID)
      ? decline('confirm', 'alreadyPaid')
      : status === 'DECLINED'
        ? decline('confirm', 'merchantRefused')
        : { ask: 'confirm', answer: { kind: 'ok', value: { status, authCode: 'A1', remarks: '' } } }
    firstAnswers.set(requestID, answer)
    if (answer.answer.kind === 'ok') paid.set(payID, { requestID, answer })
    return answer
  }

  return {
    paid,
    confirmIDs,
    /** Does what the weather lets through, and says what the till hears. */
    ask(call: SlipCall, weather: Weather, nowMs: number) {
      const lost: SlipAnswer =
        call.ask === 'verify'
          ? { ask: 'verify', answer: { kind: 'noAnswer', fault: 'unreachable' } }
          : { ask: 'confirm', answer: { kind: 'noAnswer', fault: 'unreachable' } }
      if (weather === 'dropBefore') return eventOf(call, lost, nowMs)
      const answer: SlipAnswer =
        call.ask === 'confirm'
          ? confirm(call)
          : paid.has(call.payID)
            ? decline('verify', 'alreadyPaid')
            : { ask: 'verify', answer: { kind: 'ok', value: sampleSlip } }
      return eventOf(call, weather === 'dropAfter' ? lost : answer, nowMs)
    },
  }
}
