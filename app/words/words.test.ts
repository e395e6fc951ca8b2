import { expect, test } from 'vitest'
import { seqrResults } from '../domain/seqr-result.ts'
import { en, type Words } from './en.ts'
import { nextOfRule, resultSentence, toldSentence, troubleSentence } from './sentences.ts'
import { sv } from './sv.ts'
import { wordsFor } from './words.ts'

type Leaf = { readonly path: string; readonly text: string }

/** Every word with its place; functions are called with what fits most of them. */
function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, text: value }]
  if (typeof value === 'function') return [{ path, text: String(value(3, 'x')) }]
  return Object.entries(value as object).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`))
}

const languages: readonly (readonly [string, Words])[] = [
  ['English', en],
  ['Swedish', sv],
]

test.each(languages)('%s has every word, and none of them is empty', (_name, words) => {
  const empty = leavesOf(words).filter(({ text }) => text.trim() === '')
  expect(empty).toEqual([])
  expect(
    leavesOf(words)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(
    leavesOf(en)
      .map(({ path }) => path)
      .sort(),
  )
})

test.each(languages)('%s has a sentence and a next step for every result code of SEQR', (_name, words) => {
  const unsaid = [0, 1, 2]
  for (const code of Object.keys(seqrResults).map(Number)) {
    if (unsaid.includes(code)) continue
    expect(Object.keys(words.result), String(code)).toContain(String(code))
    expect(resultSentence(words, code).next).not.toBe('')
  }
  expect(resultSentence(words, 4711)).toBe(words.resultOther)
  expect(resultSentence(words, null)).toBe(words.resultOther)
})

test('the buttons and menus are called what the documents of SEQR call them', () => {
  expect([
    en.tender.seqr,
    en.payment.pay,
    en.payment.cancel,
    en.payment.tryAgain,
    en.payment.cancelPayment,
    en.menu.registerTerminal,
    en.menu.unregisterTerminal,
    en.menu.seqrIdRegistration,
    en.seqrId.assign,
    en.payment.phase.askCustomer,
  ]).toEqual([
    'SEQR',
    'Pay',
    'Cancel',
    'Try again',
    'Cancel payment',
    'Register SEQR terminal',
    'Unregister SEQR terminal',
    'SEQR ID registration',
    'Assign',
    'Await customer',
  ])
})

test('what is not known is never called failed or canceled', () => {
  const unknown = [en.payment.cancelUnknown, en.payment.quiet(9), en.payment.question, en.payment.mayExist]
  for (const sentence of unknown) expect(sentence).not.toMatch(/fail|is canceled|was canceled/i)
})

test('a language is found by its code, and English stands in for one that is not there', () => {
  expect(wordsFor('sv-SE')).toBe(sv)
  expect(wordsFor('SV')).toBe(sv)
  expect(wordsFor('fi')).toBe(en)
  expect(wordsFor('')).toBe(en)
})

test('every trouble has words that a cashier can act on, and no stack trace', () => {
  const says = (trouble: Parameters<typeof troubleSentence>[1]) => troubleSentence(en, trouble).says
  expect(says({ ok: false, reason: 'rule', rule: 'noTerminal' })).toBe('Till not registered with SEQR')
  expect(says({ ok: false, reason: 'pin', waitMs: 0 })).toBe('That PIN is not right.')
  expect(says({ ok: false, reason: 'pin', waitMs: 29_500 })).toContain('30 s')
  expect(says({ ok: false, reason: 'unknownCode', code: '123' })).toContain('123')
  expect(says({ ok: false, reason: 'storage', problem: 'diskFull' })).toContain('disk is full')
  expect(says({ ok: false, reason: 'invalid', field: 'seqrId', problem: 'notAlphanumeric' })).toBe(
    en.seqrId.fault.notAlphanumeric,
  )
  expect(says({ ok: false, reason: 'invalid', field: 'amount', problem: 'empty' })).toBe('Type an amount.')
  expect(says({ ok: false, reason: 'invalid', field: 'password', problem: 'missing' })).toBe('Fill this in.')
  expect(says({ ok: false, reason: 'invalid', field: 'name', problem: 'nameTaken' })).toContain('this name')
  expect(says({ ok: false, reason: 'bug', reference: 'K7Q2MX' })).toContain('K7Q2MX')
  const service = { ok: false, reason: 'service', code: null, description: '' } as const
  expect(says({ ...service, problem: 'noAnswer' })).toContain('did not answer')
  expect(says({ ...service, problem: 'refused', code: 20 })).toBe(en.result[20].says)
  const slipServer = { ok: false, reason: 'slipServer', said: 'Sold out' } as const
  expect(says({ ...slipServer, problem: 'noAnswer' })).toMatch(/7-CONNECT.*did not answer/)
  expect(says({ ...slipServer, problem: 'refused' })).toBe('7-CONNECT refused: Sold out')
})

test('a message of the main process that has no words yet still says what it is about', () => {
  expect(toldSentence(en, 'printerBack', '')).toBe('The printer works again.')
  expect(toldSentence(en, 'somethingNew', 'Till 2')).toBe('Till 2')
  expect(toldSentence(en, 'somethingNew', '')).not.toBe('')
})

test.each(languages)(
  'a dead button pressed all the same says the next step of its rule in %s',
  (_, words) => {
    for (const rule of Object.keys(words.rule) as (keyof Words['rule'])[])
      expect(nextOfRule(words, words.rule[rule])).toBe(words.ruleNext[rule])
    expect(nextOfRule(words, 'Not changed yet')).toBe('')
  },
)
