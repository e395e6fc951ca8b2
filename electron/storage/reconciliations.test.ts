import { expect, test } from 'vitest'
import type { Reconciliation } from '../../app/domain/reconciliation.ts'
import {
  findingNotes,
  openReconciliation,
  recentReconciliations,
  reconciliationById,
  saveFindingNote,
  saveReconciliation,
} from './reconciliations.ts'
import { storageAt } from './storage.fake.ts'

const started: Reconciliation = {
  id: 'c1',
  number: null,
  terminalId: 'T1',
  currency: 'SEK',
  startedAtMs: 1000,
  by: 'Anna',
  stage: { name: 'marking' },
  lostMarks: [],
  period: null,
  report: [],
  result: null,
  endedAtMs: null,
}

test('a reconciliation is kept at each stage, and at most one is under way', () => {
  const { storage } = storageAt()
  saveReconciliation(storage.write, started)
  expect(openReconciliation(storage.read)).toEqual(started)
  expect(() => saveReconciliation(storage.write, { ...started, id: 'c2' })).toThrow()
  const done: Reconciliation = {
    ...started,
    number: 1,
    stage: { name: 'done', periodId: 'P1', markedAtMs: 2000 },
  }
  saveReconciliation(storage.write, done)
  expect(openReconciliation(storage.read)).toBeNull()
  saveReconciliation(storage.write, { ...started, id: 'c2', startedAtMs: 3000 })
  expect(recentReconciliations(storage.read, 5).map(({ id }) => id)).toEqual(['c2', 'c1'])
  expect(reconciliationById(storage.read, 'c1')).toEqual(done)
})

test('the last note on a finding stands', () => {
  const { storage } = storageAt()
  saveReconciliation(storage.write, started)
  const note = { finding: 'onlyHerePayment/p1', done: false, note: 'Called SEQR', by: 'Anna', atMs: 5 }
  saveFindingNote(storage.write, 'c1', note)
  saveFindingNote(storage.write, 'c1', { ...note, done: true, atMs: 6 })
  expect(findingNotes(storage.read, 'c1')).toEqual([{ ...note, done: true, atMs: 6 }])
})
