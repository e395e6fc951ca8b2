import { expect, test } from 'vitest'
import { contract } from '../../app/contract/contract.ts'
import { announcerOver } from '../../app/contract/define.ts'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { silentLog } from '../log.ts'
import { listAudit } from '../storage/audit.ts'
import { openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/open.ts'
import { failing } from '../storage/storage.fake.ts'
import { saveUser, userById } from '../storage/users.ts'
import type { Clock } from './clock.ts'
import { fromTill, startedRegister } from './register.fake.ts'
import { createSession } from './session.ts'

test('administrator’s rights end by themselves, and the window hears of it', async () => {
  const { register, ask, clock, pass, stop } = await startedRegister()
  const heard: unknown[] = []
  register.listen((channel, payload) => {
    if (channel === 'till.changed')
      heard.push((payload as { unlockedUntilMs: number | null }).unlockedUntilMs)
  })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  await expect.poll(() => heard.at(-1)).toBe(clock.nowMs + 120_000)
  pass(120_000)
  await expect.poll(() => heard.at(-1)).toBeNull()
  await stop()
})

/** Alva and an administrator on a disk, and a clock that can be set apart from the time that passes. */
function twoPeople() {
  const opened = openStorage({ file: ':memory:', now: () => 0 })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  const person = { active: true, permissions: [], ...noWrongPins } as const
  saveUser(storage.write, { ...person, id: 'alva', name: 'Alva', role: 'cashier', pinHash: '1111' })
  saveUser(storage.write, { ...person, id: 'boss', name: 'Boss', role: 'administrator', pinHash: '1234' })
  const time = { nowMs: Date.UTC(2026, 10, 21, 9), elapsedMs: 0 }
  const clock: Clock = {
    now: () => time.nowMs,
    elapsedMs: () => time.elapsedMs,
    sleepUntil: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    deadline: (_, signal) => signal,
  }
  const tested = { n: 0 }
  const pins = {
    hash: (pin: string) => Promise.resolve(pin),
    verify: (pin: string, hash: string) => {
      tested.n += 1
      return Promise.resolve(pin === hash)
    },
  }
  const desk = { clock, log: silentLog, newId: () => 'id', announce: announcerOver(contract, () => {}) }
  return {
    storage,
    time,
    tested,
    pass: (ms: number) => Object.assign(time, { nowMs: time.nowMs + ms, elapsedMs: time.elapsedMs + ms }),
    /** A till that has just been started on this disk. */
    started: (disk: Storage = storage) =>
      createSession({ ...desk, storage: disk, disk: { full: false } }, pins, () => {}),
  }
}

const wrong = { userId: 'alva', pin: '9999' }
const right = { userId: 'alva', pin: '1111' }

test('a computer’s clock that is set back gives administrator’s rights no more time', async () => {
  const { started, time, pass } = twoPeople()
  const session = started()
  await session.unlock({ pin: '1234' })
  time.nowMs -= 3_600_000
  pass(119_000)
  expect(session.needs('administrator')).toBeNull()
  pass(119_000)
  expect(session.needs('administrator')).toBeNull()
  pass(120_000)
  expect(session.needs('administrator')).toMatchObject({ permission: 'administrator' })
})

test('the wait after wrong PINs grows, stands after a restart, and ends though the clock was set back', async () => {
  const { started, storage, time, pass } = twoPeople()
  const session = started()
  const waits: number[] = []
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = await session.signIn(wrong)
    const waitMs = 'waitMs' in answer ? answer.waitMs : -1
    waits.push(waitMs)
    pass(waitMs)
  }
  expect(waits).toEqual([0, 0, 30_000, 60_000, 120_000])
  await session.signIn(wrong)
  const again = started()
  pass(1000)
  expect(await again.signIn(right)).toEqual({ ok: false, reason: 'pin', waitMs: 239_000 })
  time.nowMs -= 24 * 3_600_000
  expect(await again.signIn(right)).toEqual({ ok: false, reason: 'pin', waitMs: 240_000 })
  pass(240_000)
  expect(await started().signIn(right)).toEqual({ ok: true })
  expect(userById(storage.read, 'alva')).toMatchObject({ failures: 0 })
  expect(listAudit(storage.read, { text: 'wrongPin', limit: 10 })).toHaveLength(6)
})

test('PINs that are tried all at once are tried one after another: the third mistake ends it', async () => {
  const { started, tested } = twoPeople()
  const session = started()
  const guesses = Array.from({ length: 200 }, (_, n) => session.signIn({ ...wrong, pin: String(2000 + n) }))
  expect((await Promise.all(guesses)).some(({ ok }) => ok)).toBe(false)
  expect(tested.n).toBe(3)
})

test('a full disk gives nobody more tries', async () => {
  const { started, storage, tested } = twoPeople()
  const session = started(failing(storage, () => 'diskFull'))
  for (let tries = 0; tries < 20; tries += 1) await session.signIn(wrong)
  expect(tested.n).toBe(3)
})

test('a PIN that answers for one act leaves the till locked', async () => {
  const { started } = twoPeople()
  const session = started()
  expect(await session.tryAdministrators('1234')).toEqual({ ok: true, by: 'Boss' })
  expect(session.needs('administrator')).toMatchObject({ ok: false })
  expect(session.unlockedUntilMs()).toBeNull()
})
