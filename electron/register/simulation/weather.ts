import type { Random } from './random.ts'

export type Operation = 'send' | 'update' | 'status' | 'cancel' | 'commit' | 'receipt'

/** What becomes of one question on its way to the service and back. */
export type Fate =
  | 'answered'
  /** No connection comes about: nothing reaches the service. */
  | 'unreachable'
  /** It never arrives, and nobody says so. */
  | 'lost'
  /** The connection breaks before the service has read it, or after it has done what was asked. */
  | 'resetBefore'
  | 'resetAfter'
  /** Done, and the answer never comes. */
  | 'answerLost'
  /** It arrives long after the till has stopped waiting. */
  | 'late'
  /** Something between delivers it a second time. */
  | 'twice'
  /** A page or half an answer comes back: nothing was done, or all of it. */
  | 'garbledBefore'
  | 'garbledAfter'
  /** A result code without doing anything; or a passing one (90, 93, 94) though it was done. */
  | 'refused'
  | 'refusedAfter'
  /** Cancel is answered by a success, or by 95, 50 or 51, without being so. */
  | 'hollow'
  /** A status that no documentation lists; PAID without its reference; another amount than was paid; an old answer. */
  | 'unknownStatus'
  | 'noReference'
  | 'otherAmount'
  | 'noAmount'
  | 'stale'

export interface Question {
  readonly fate: Fate
  /** From the till to the service, and back. */
  readonly outMs: number
  readonly backMs: number
  readonly code: number
}

export interface Weather {
  /** Draws what becomes of the next question. */
  fateOf(operation: Operation, nowMs: number): Question
  /** No connection comes about between these times. */
  cutOff(fromMs: number, untilMs: number): void
}

type Latency = 'quick' | 'usual' | 'slow' | 'erratic'
type Outage = 'unreachable' | 'lost' | 'busy' | 'garbledBefore' | 'answerLost'

interface Spell {
  readonly fromMs: number
  readonly untilMs: number
  readonly kind: Outage
}

const finalCodes = [1, 2, 10, 11, 12, 20, 21, 23, 29, 33, 37, 48, 49, 53, 54, 64, 91, 92, 97, 98, 99]
const passingCodes = [90, 93, 94, 77]
/** What a cancel or commit may be told wrongly; only the status decides. A status or send is never told these. */
const hollowCodes: Readonly<Partial<Record<Operation, readonly number[]>>> = {
  cancel: [0, 0, 95, 50, 51, 55, 58],
  commit: [96, 55, 58, 95],
}

/** Faults that any question may meet, by how often; and those of one operation only. */
const commonFates: Readonly<Partial<Record<Fate, number>>> = {
  unreachable: 3,
  lost: 3,
  resetBefore: 2,
  resetAfter: 3,
  answerLost: 3,
  late: 2,
  twice: 2,
  garbledBefore: 1,
  garbledAfter: 2,
  refused: 3,
  refusedAfter: 2,
}
const ownFates: Readonly<Partial<Record<Operation, Readonly<Partial<Record<Fate, number>>>>>> = {
  status: { unknownStatus: 2, noReference: 3, otherAmount: 1, noAmount: 2, stale: 2 },
  cancel: { hollow: 8 },
  commit: { hollow: 14, answerLost: 6 },
}

/** The weather of one run, from its seed: how slow, how faulty, which outages; clear from `clearFromMs` on. */
export function createWeather(random: Random, startMs: number, clearFromMs: number): Weather {
  const faultiness = random.pick([0, 0.03, 0.1, 0.1, 0.25, 0.5])
  const latency = random.pick<Latency>(['quick', 'usual', 'usual', 'slow', 'erratic'])
  const spells = [...spellsOf(random.fork('spells'), startMs, clearFromMs)]

  function milliseconds(): number {
    switch (latency) {
      case 'quick':
        return random.between(1, 60)
      case 'usual':
        return random.between(20, 450)
      case 'slow':
        return random.between(200, 4000)
      case 'erratic':
        return random.chance(0.8) ? random.between(5, 500) : random.between(500, 9000)
    }
  }

  function fate(operation: Operation, nowMs: number): Fate {
    const spell = spells.find(({ fromMs, untilMs }) => nowMs >= fromMs && nowMs < untilMs)
    if (spell !== undefined && random.chance(0.95)) return spell.kind === 'busy' ? 'refused' : spell.kind
    if (!random.chance(faultiness)) return 'answered'
    return random.weighted<Fate>({ ...commonFates, ...ownFates[operation] })
  }

  function codeOf(operation: Operation, drawn: Fate, nowMs: number): number {
    const isBusy = spells.some(
      ({ fromMs, untilMs, kind }) => kind === 'busy' && nowMs >= fromMs && nowMs < untilMs,
    )
    if (drawn === 'refusedAfter' || isBusy) return random.pick(passingCodes)
    if (drawn === 'hollow') return random.pick(hollowCodes[operation] ?? [0])
    return random.pick(random.chance(0.5) ? passingCodes : finalCodes)
  }

  return {
    cutOff: (fromMs, untilMs) => void spells.push({ fromMs, untilMs, kind: 'unreachable' }),
    fateOf(operation, nowMs) {
      if (nowMs >= clearFromMs)
        return { fate: 'answered', outMs: random.between(5, 100), backMs: random.between(5, 100), code: 0 }
      const drawn = fate(operation, nowMs)
      const outMs = drawn === 'late' ? random.between(1000, 25_000) : milliseconds()
      return { fate: drawn, outMs, backMs: milliseconds(), code: codeOf(operation, drawn, nowMs) }
    },
  }
}

/** None to three outages, from a blink to longer than the 20 s after which a payment is reversed. */
function spellsOf(random: Random, startMs: number, clearFromMs: number): readonly Spell[] {
  const kinds: readonly Outage[] = ['unreachable', 'lost', 'busy', 'garbledBefore', 'answerLost']
  return Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, () => {
    const fromMs = random.between(startMs, clearFromMs)
    const lengthMs = random.chance(0.6) ? random.between(200, 12_000) : random.between(12_000, 60_000)
    return { fromMs, untilMs: fromMs + lengthMs, kind: random.pick(kinds) }
  })
}
