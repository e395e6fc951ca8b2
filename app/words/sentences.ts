/** From a value of the contract to the sentence a cashier reads. */
import type { PinRefused, ScanAnswer } from '../contract/contract.ts'
import type { FieldProblem } from '../contract/problems.ts'
import type { Refusal } from '../contract/views.ts'
import type { AmountFault, Currency } from '../domain/money.ts'
import { currencies } from '../domain/money.ts'
import type { Words } from './en.ts'

/** The asking itself failed: the connection was cut, a bug, or the request was refused as it stood. */
export type NotAsked =
  | { readonly ok: false; readonly reason: 'disconnected' }
  | { readonly ok: false; readonly reason: 'bug'; readonly reference: string }

export type Trouble = Refusal | PinRefused | NotAsked | Extract<ScanAnswer, { ok: false }>

export interface Sentence {
  readonly says: string
  readonly next: string
}

export function troubleSentence(words: Words, trouble: Trouble): Sentence {
  const { refusal } = words
  switch (trouble.reason) {
    case 'rule':
      return { says: words.rule[trouble.rule], next: words.ruleNext[trouble.rule] }
    case 'needsPermission':
      return plain(refusal.needsPermission(words.permission[trouble.permission]))
    case 'invalid':
      return plain(problemSentence(words, trouble.field, trouble.problem))
    case 'notFound':
      return plain(refusal.notFound)
    case 'storage':
      return plain(trouble.problem === 'diskFull' ? refusal.diskFull : refusal.ioError)
    case 'service':
      return serviceSentence(words, trouble)
    case 'slipServer':
      return plain(
        trouble.problem === 'noAnswer' ? words.slips.serverSilent : words.slips.serverRefused(trouble.said),
      )
    case 'pin':
      return plain(pinSentence(words, trouble.waitMs))
    case 'disconnected':
      return plain(refusal.disconnected)
    case 'bug':
      return plain(refusal.bug(trouble.reference))
    case 'unknownCode':
      return plain(words.scan.unknown(trouble.code))
    case 'notHere':
      return plain(words.notHere[trouble.why])
  }
}

/** What a SEQR result code means to a cashier, and what to do. */
export function resultSentence(words: Words, code: number | null): Sentence {
  const known: Readonly<Record<number, Sentence>> = words.result
  return code === null ? words.resultOther : (known[code] ?? words.resultOther)
}

export function pinSentence(words: Words, waitMs: number): string {
  return waitMs > 0 ? words.signIn.locked(Math.ceil(waitMs / 1000)) : words.signIn.wrongPin
}

export function amountSentence(words: Words, fault: AmountFault, currency: Currency): string {
  if (fault === 'tooManyDecimals' && currencies[currency].decimals === 0) return words.amount.noDecimals
  return words.amount.fault[fault]
}

/** What is wrong in general has one sentence; what is wrong with what was typed has one for each kind of field. */
export function problemSentence(words: Words, field: string, problem: FieldProblem): string {
  const known: Readonly<Record<string, string>> = { ...faultsOf(words, field), ...words.problem }
  return known[problem] ?? words.refusal.invalid
}

function faultsOf(words: Words, field: string): Readonly<Record<string, string>> {
  const { fault, quantity } = words.amount
  if (field === 'seqrId') return words.seqrId.fault
  if (field === 'quantity') return { zero: quantity.zero, tooManyDecimals: quantity.wholeOnly }
  return fault
}

function serviceSentence(words: Words, trouble: Refusal & { reason: 'service' }): Sentence {
  if (trouble.problem === 'noAnswer') return plain(words.refusal.noAnswer)
  if (trouble.code !== null) return resultSentence(words, trouble.code)
  return { says: words.refusal.serviceRefused(null, trouble.description), next: words.resultOther.next }
}

/** A message that the main process asks for by its short name. */
export function toldSentence(words: Words, message: string, about: string): string {
  const known: Readonly<Record<string, (about: string) => string>> = words.told
  return known[message]?.(about) ?? words.toldOther(about)
}

const plain = (says: string): Sentence => ({ says, next: '' })

/** What to do about a rule that forbids something, found by the sentence a dead button shows; empty for other reasons. */
export function nextOfRule(words: Words, says: string): string {
  const rules = Object.keys(words.rule) as (keyof Words['rule'])[]
  const rule = rules.find((each) => words.rule[each] === says)
  return rule === undefined ? '' : words.ruleNext[rule]
}
