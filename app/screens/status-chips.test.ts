import { expect, test } from 'vitest'
import type { TillView } from '../contract/views.ts'
import { en } from '../words/en.ts'
import { fakeTill } from './scenes.fake.ts'
import { chipsOf } from './status-chips.ts'

const chip = (id: string, part: Partial<TillView>) =>
  chipsOf(en, { ...fakeTill, ...part }).find((each) => each.id === id)

test('every state is told in a word, never by colour alone', () => {
  for (const each of chipsOf(en, fakeTill)) expect(each.state).not.toBe('')
  expect(chip('seqr', {})).toMatchObject({ state: 'Online', tone: 'good' })
})

test('a terminal that is not registered says so before anything else', () => {
  const seqr = { ...fakeTill.seqr, terminal: null, connection: 'offline' as const }
  expect(chip('seqr', { seqr })).toMatchObject({ state: 'Not registered', tone: 'attention' })
  expect(chip('seqr', { seqr: { ...fakeTill.seqr, seqrId: null } })).toMatchObject({ state: 'No SEQR ID' })
  expect(chip('seqr', { seqr: { ...fakeTill.seqr, connection: 'offline' } })).toMatchObject({ tone: 'bad' })
})

test('open payments and unsent work stand out', () => {
  expect(chip('payments', { openPayments: 2 })).toMatchObject({ state: '2 open', tone: 'attention' })
  expect(chip('outbox', { outbox: { waiting: 3, needPerson: 0 } })).toMatchObject({ state: '3 to send' })
  expect(chip('outbox', { outbox: { waiting: 3, needPerson: 1 } })).toMatchObject({ tone: 'bad' })
})

test('the worst scanner speaks for all', () => {
  const scanners = [
    { name: 'A', state: 'ready', detail: '' },
    { name: 'B', state: 'failing', detail: '' },
  ] as const
  expect(chip('scanner', { scanners })).toMatchObject({ state: 'Fault', tone: 'bad' })
  expect(chip('scanner', { scanners: [] })).toMatchObject({ state: 'Keys', tone: 'plain' })
})
