import { afterEach, beforeEach, expect, test } from 'vitest'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { appendAudit, listAudit } from './audit.ts'
import type { Storage } from './open.ts'
import {
  addOutbox,
  dueOutbox,
  forgetOutbox,
  nextOutboxAtMs,
  outboxCounts,
  outboxItem,
  pendingOutbox,
  saveOutbox,
} from './outbox.ts'
import {
  addPrintJob,
  forgetPrintJobs,
  pendingPrintJobs,
  printJobById,
  printJobsOfReceipt,
  recentPrintJobs,
  savePrintJob,
} from './print-jobs.ts'
import type { PrintJob } from './print-jobs.ts'
import { deleteSecret, readSecret, writeSecret } from './secrets.ts'
import { allSettings, readSetting, writeSetting } from './settings.ts'
import {
  addCashMovement,
  cashMovements,
  nextXNumber,
  nextZNumber,
  openShift,
  saveShift,
  shiftById,
} from './shifts.ts'
import type { ShiftRecord } from './shifts.ts'
import {
  appendSlipHistory,
  issuedSlipByPayId,
  openIssuedSlips,
  openSlips,
  recentIssuedSlips,
  recentSlips,
  saveIssuedSlip,
  saveSlip,
  slipById,
  slipHistory,
  slipsOfPayId,
  slipsOfReceipt,
} from './slips.ts'
import { storageAt } from './storage.fake.ts'
import { deleteTerminal, readTerminal, saveTerminal } from './terminal.ts'
import { listUsers, saveUser, userById } from './users.ts'

let storage: Storage
beforeEach(() => {
  storage = storageAt().storage
})
afterEach(() => storage.close())

test('a setting is what was last written, with who wrote it in the audit trail', () => {
  expect(readSetting(storage.read, 'shop', { name: 'none' })).toEqual({ name: 'none' })
  writeSetting(storage.write, 'shop', { name: 'A' }, 'Anna')
  writeSetting(storage.write, 'shop', { name: 'B' }, 'Bo')
  writeSetting(storage.write, 'shop', { name: 'B' }, 'Bo')
  expect(readSetting(storage.read, 'shop', null)).toEqual({ name: 'B' })
  expect(listAudit(storage.read, { limit: 9 }).map(({ by, detail }) => [by, detail])).toEqual([
    ['Bo', { was: { name: 'A' }, is: { name: 'B' } }],
    ['Anna', { was: null, is: { name: 'A' } }],
  ])
  expect(allSettings(storage.read)).toMatchObject([{ name: 'shop', by: 'Bo' }])
})

test('the audit trail is searched, and never changed', () => {
  appendAudit(storage.write, { atMs: 10, by: 'Anna', act: 'unlocked', detail: {} })
  appendAudit(storage.write, { atMs: 20, by: 'Bo', act: 'seqr.registered', subject: 'T1', detail: { a: 1 } })
  expect(listAudit(storage.read, { limit: 9, text: 'seqr' })).toEqual([
    { atMs: 20, by: 'Bo', act: 'seqr.registered', subject: 'T1', detail: { a: 1 } },
  ])
  expect(listAudit(storage.read, { limit: 9, toMs: 20 })).toHaveLength(1)
  expect(() => storage.write.run("UPDATE audit SET by = 'x'")).toThrow(/never changed/)
  expect(() => storage.write.run('DELETE FROM audit')).toThrow(/never deleted/)
})

test('a sealed secret is kept by name and can be deleted', () => {
  expect(readSecret(storage.read, 'a')).toBeNull()
  writeSecret(storage.write, 'a', 'sealed-1')
  writeSecret(storage.write, 'a', 'sealed-2')
  expect(readSecret(storage.read, 'a')).toBe('sealed-2')
  deleteSecret(storage.write, 'a')
  expect(readSecret(storage.read, 'a')).toBeNull()
})

test('there is one terminal or none', () => {
  const terminal = {
    terminalId: 't',
    name: 'Kassa 1',
    externalId: 'k1',
    resellerId: 'r',
    userId: 'u',
    seqrId: null,
  }
  expect(readTerminal(storage.read)).toBeNull()
  saveTerminal(storage.write, terminal)
  saveTerminal(storage.write, { ...terminal, seqrId: 'S1' })
  expect(readTerminal(storage.read)).toEqual({ ...terminal, seqrId: 'S1' })
  deleteTerminal(storage.write)
  expect(readTerminal(storage.read)).toBeNull()
})

test('a user comes back with rights, PIN hash and mistakes', () => {
  const user = {
    id: 'u1',
    name: 'Åsa',
    role: 'cashier',
    permissions: ['discount', 'refund'],
    active: false,
    pinHash: 'h',
    failures: 3,
    lastFailureAtMs: 77,
  } as const
  saveUser(storage.write, { ...user, ...noWrongPins })
  saveUser(storage.write, user)
  saveUser(storage.write, { ...user, id: 'u2', name: 'anna' })
  expect(userById(storage.read, 'u1')).toEqual(user)
  expect(listUsers(storage.read).map(({ name }) => name)).toEqual(['anna', 'Åsa'])
  expect(userById(storage.read, 'u3')).toBeNull()
})

const shift = (number: number, more: Partial<ShiftRecord> = {}): ShiftRecord => ({
  id: `s${number}`,
  number,
  openedAtMs: number * 10,
  openedBy: 'Anna',
  floatMinor: 100_000,
  closedAtMs: null,
  countedMinor: null,
  zNumber: null,
  ...more,
})

test('at most one shift is open', () => {
  saveShift(storage.write, shift(1))
  expect(() => saveShift(storage.write, shift(2))).toThrow(/UNIQUE/)
  const closed = shift(1, { closedAtMs: 50, countedMinor: 5, zNumber: 1 })
  saveShift(storage.write, closed)
  expect(openShift(storage.read)).toBeNull()
  saveShift(storage.write, shift(2))
  expect(openShift(storage.read)).toEqual(shift(2))
  expect(shiftById(storage.read, 's1')).toEqual(closed)
})

test('X and Z reports are numbered each for themselves', () => {
  const { write } = storage
  expect([nextXNumber(write), nextXNumber(write), nextZNumber(write)]).toEqual([1, 2, 1])
})

test('cash movements belong to a shift and are above zero', () => {
  saveShift(storage.write, shift(1))
  const movement = {
    id: 'm1',
    shiftId: 's1',
    kind: 'drop',
    amountMinor: 5,
    reason: 'Kassaskåp',
    by: 'Bo',
    atMs: 9,
  } as const
  addCashMovement(storage.write, movement)
  expect(cashMovements(storage.read, 's1')).toEqual([movement])
  expect(() => addCashMovement(storage.write, { ...movement, id: 'm2', amountMinor: 0 })).toThrow(/CHECK/)
  expect(() => addCashMovement(storage.write, { ...movement, id: 'm3', shiftId: 'none' })).toThrow(/FOREIGN/)
})

test('the outbox gives what is due, and keeps what needs a person', () => {
  const item = (id: string, nextAtMs: number) => ({
    id,
    kind: 'seqrReceipt',
    body: { id },
    nextAtMs,
    createdAtMs: 1,
  })
  addOutbox(storage.write, item('late', 200))
  addOutbox(storage.write, item('soon', 100))
  expect(nextOutboxAtMs(storage.read)).toBe(100)
  const [due] = dueOutbox(storage.read, 150)
  expect(due).toEqual({ ...item('soon', 100), attempts: 0, lastFault: null, state: 'waiting' })
  if (due !== undefined)
    saveOutbox(storage.write, { ...due, state: 'needsPerson', lastFault: 'noAnswer', attempts: 9 })
  expect(outboxCounts(storage.read)).toEqual({ waiting: 1, needPerson: 1 })
  expect(pendingOutbox(storage.read).map(({ id }) => id)).toEqual(['soon', 'late'])
  expect(outboxItem(storage.read, 'soon')).toMatchObject({ attempts: 9, lastFault: 'noAnswer' })
  expect(nextOutboxAtMs(storage.read)).toBe(200)
  const sent = outboxItem(storage.read, 'late')
  if (sent !== null) saveOutbox(storage.write, { ...sent, state: 'done' })
  expect([forgetOutbox(storage.write, 1, 9), forgetOutbox(storage.write, 2, 9)]).toEqual([0, 1])
  expect(pendingOutbox(storage.read).map(({ id }) => id)).toEqual(['soon'])
})

test('a paper is due until it is printed or set aside', () => {
  const job = (id: string, createdAtMs: number, more: Partial<PrintJob> = {}): PrintJob => ({
    id,
    kind: 'receipt',
    title: 'Receipt 1',
    paperBytes: Uint8Array.of(0x1b, 0x40, 0, 255),
    state: 'waiting',
    attempts: 0,
    createdAtMs,
    ...more,
  })
  addPrintJob(storage.write, job('b', 2, { receiptId: 'r1' }))
  addPrintJob(storage.write, job('a', 1, { receiptId: 'r1', copyOf: 'x' }))
  expect(pendingPrintJobs(storage.read)).toEqual([
    job('a', 1, { receiptId: 'r1', copyOf: 'x' }),
    job('b', 2, { receiptId: 'r1' }),
  ])
  savePrintJob(storage.write, job('a', 1, { state: 'unclear', attempts: 2, lastFault: 'offline' }))
  expect(printJobById(storage.read, 'a')).toMatchObject({
    state: 'unclear',
    lastFault: 'offline',
    copyOf: 'x',
  })
  savePrintJob(storage.write, job('b', 2, { state: 'printed' }))
  expect(pendingPrintJobs(storage.read).map(({ id }) => id)).toEqual(['a'])
  expect(recentPrintJobs(storage.read, 9).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(printJobsOfReceipt(storage.read, 'r1')).toHaveLength(2)
  expect(forgetPrintJobs(storage.write, 1000, 0)).toBe(0)
  expect(forgetPrintJobs(storage.write, 1000, 9)).toBe(1)
  expect(() => savePrintJob(storage.write, job('b', 2))).toThrow(/no print job b/)
})

test('a slip whose money is open is found until it is not, and every move of it', () => {
  const slip = {
    id: 's1',
    payId: '123412341234',
    receiptId: 'r1',
    stage: { name: 'confirming', attempt: 1 },
    openMoney: true,
    amountMinor: 5000,
    requestIds: ['q1'],
    createdAtMs: 1,
    changedAtMs: 2,
  } as const
  saveSlip(storage.write, slip)
  expect(openSlips(storage.read)).toEqual([slip])
  expect(slipById(storage.read, 's1')).toEqual(slip)
  saveSlip(storage.write, { ...slip, stage: { name: 'posted' }, openMoney: false, requestIds: ['q1', 'q2'] })
  expect(openSlips(storage.read)).toEqual([])
  for (const list of [
    slipsOfPayId(storage.read, '123412341234'),
    slipsOfReceipt(storage.read, 'r1'),
    recentSlips(storage.read, 5),
  ])
    expect(list).toMatchObject([{ stage: { name: 'posted' }, requestIds: ['q1', 'q2'] }])
  const move = { slipId: 's1', atMs: 5, from: 'confirming', event: { type: 'posted' }, to: 'posted' }
  appendSlipHistory(storage.write, move)
  expect(slipHistory(storage.read, 's1')).toEqual([move])
  expect(() => storage.write.run('DELETE FROM slip')).toThrow(/never deleted/)
})

test('an issued slip has a payID of its own', () => {
  const slip = {
    id: 'i1',
    payId: '111122223333',
    stage: { name: 'issued' },
    openMoney: true,
    amountMinor: 100,
    createdAtMs: 1,
    changedAtMs: 1,
  }
  saveIssuedSlip(storage.write, slip)
  expect(() => saveIssuedSlip(storage.write, { ...slip, id: 'i2' })).toThrow(/UNIQUE/)
  expect(issuedSlipByPayId(storage.read, '111122223333')).toEqual(slip)
  expect(openIssuedSlips(storage.read)).toHaveLength(1)
  saveIssuedSlip(storage.write, { ...slip, openMoney: false, stage: { name: 'posted' } })
  expect(openIssuedSlips(storage.read)).toEqual([])
  expect(recentIssuedSlips(storage.read, 5)).toHaveLength(1)
})
