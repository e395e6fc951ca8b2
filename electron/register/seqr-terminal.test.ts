import { expect, test } from 'vitest'
import type { Answer, SeqrService } from '../seqr/service.ts'
import { readSecret, writeSecret } from '../storage/secrets.ts'
import { readTerminal, saveTerminal } from '../storage/terminal.ts'
import { fromTill, startedRegister } from './register.fake.ts'

const terminalId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
const form = {
  resellerId: 'SHOP',
  userId: '9900',
  password: 'secret',
  name: 'Kiosk',
  externalId: 'Store 111/Till 4',
}

type Asked = { readonly operation: string; readonly given: readonly unknown[] }

const refusedWith = (code: number): Answer<never> => ({
  kind: 'refused',
  code,
  name: 'REFUSED',
  description: '',
  passing: false,
})
const lost: Answer<never> = { kind: 'noAnswer', reason: 'timeout', detail: '' }

/** A SEQR that answers everything at once, but what is named in `answers` so. */
function seqrThat(answers: Partial<Record<keyof SeqrService, () => unknown>> = {}) {
  const asked: Asked[] = []
  const usual: Partial<Record<string, unknown>> = {
    registerTerminal: { kind: 'ok', value: { terminalId } },
    unregisterTerminal: { kind: 'ok', value: {} },
    assignSeqrId: { kind: 'ok', value: {} },
  }
  const seqr = new Proxy({} as SeqrService, {
    get:
      (_, name: keyof SeqrService) =>
      (...given: readonly unknown[]) => {
        if (name === 'probe') return Promise.resolve('online')
        asked.push({ operation: name, given })
        return Promise.resolve(answers[name]?.() ?? usual[name] ?? lost)
      },
  })
  return { seqr, asked: (operation: string) => asked.filter((one) => one.operation === operation) }
}

/** A practice till whose administrator has unlocked their functions. */
async function unlockedTill(seqr: SeqrService) {
  const till = await startedRegister({ seqr })
  await till.ask.session.unlock({ pin: '1234' }, fromTill)
  return till
}

test('SEQR rule: a terminal is registered by the shop, with a password that the till made, and both are kept', async () => {
  const { seqr, asked } = seqrThat()
  const till = await unlockedTill(seqr)
  expect(await till.ask.terminal.register(form, fromTill)).toEqual({ ok: true })
  const { name, externalId, ...shop } = form
  expect(asked('registerTerminal')[0]?.given).toEqual([
    shop,
    { externalTerminalId: externalId, password: 'terminal-password', name },
  ])
  expect(readTerminal(till.storage.read)).toMatchObject({ terminalId, name, externalId, seqrId: null })
  expect(readSecret(till.storage.read, 'seqr.terminalPassword')).toBe('terminal-password')
  await till.stop()
})

test('SEQR rule: one till is registered once', async () => {
  const { seqr, asked } = seqrThat()
  const till = await unlockedTill(seqr)
  await till.ask.terminal.register(form, fromTill)
  expect(await till.ask.terminal.register(form, fromTill)).toMatchObject({ problem: 'alreadyRegistered' })
  expect(asked('registerTerminal')).toHaveLength(1)
  await till.stop()
})

test('two windows that register at the same moment make one terminal', async () => {
  const { seqr, asked } = seqrThat()
  const till = await unlockedTill(seqr)
  const [one, other] = await Promise.all([
    till.ask.terminal.register(form, fromTill),
    till.ask.terminal.register(form, fromTill),
  ])
  expect(one).toEqual({ ok: true })
  expect(other).toMatchObject({ ok: false, problem: 'stillBusy' })
  expect(asked('registerTerminal')).toHaveLength(1)
  await till.stop()
})

test('a registration that SEQR refuses, or whose answer is lost, leaves the till as it was and can be tried again', async () => {
  const answers = [refusedWith(37), lost]
  const { seqr } = seqrThat({ registerTerminal: () => answers.shift() })
  const till = await unlockedTill(seqr)
  expect(await till.ask.terminal.register(form, fromTill)).toMatchObject({ problem: 'refused', code: 37 })
  expect(await till.ask.terminal.register(form, fromTill)).toMatchObject({ problem: 'noAnswer' })
  expect(readTerminal(till.storage.read)).toBeNull()
  expect(await till.ask.terminal.register(form, fromTill)).toEqual({ ok: true })
  await till.stop()
})

test('SEQR rule: registering and unregistering a terminal is for an administrator', async () => {
  const { seqr, asked } = seqrThat()
  const till = await startedRegister({ seqr })
  const refused = { ok: false, reason: 'needsPermission', permission: 'administrator' }
  expect(await till.ask.terminal.register(form, fromTill)).toEqual(refused)
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toEqual(refused)
  expect(await till.ask.terminal.assign({ text: '004610027501' }, fromTill)).toEqual(refused)
  expect(asked('registerTerminal')).toEqual([])
  await till.stop()
})

test('SEQR rule: a SEQR ID is assigned by the terminal itself, and kept once SEQR has taken it', async () => {
  const answers = [refusedWith(53)]
  const { seqr, asked } = seqrThat({ assignSeqrId: () => answers.shift() })
  const till = await unlockedTill(seqr)
  expect(await till.ask.terminal.assign({ text: '004610027501' }, fromTill)).toMatchObject({
    rule: 'noTerminal',
  })
  await till.ask.terminal.register(form, fromTill)
  expect(await till.ask.terminal.assign({ text: 'åäö' }, fromTill)).toMatchObject({ field: 'seqrId' })
  expect(asked('assignSeqrId')).toEqual([])
  expect(await till.ask.terminal.assign({ text: '004610027501' }, fromTill)).toMatchObject({ code: 53 })
  expect(readTerminal(till.storage.read)?.seqrId).toBeNull()
  expect(await till.ask.terminal.assign({ text: 'http://seqr.se/Q004610027501' }, fromTill)).toEqual({
    ok: true,
    seqrId: '004610027501',
  })
  expect(asked('assignSeqrId').at(-1)?.given).toEqual([
    { terminalId, password: 'terminal-password' },
    '004610027501',
  ])
  expect(readTerminal(till.storage.read)?.seqrId).toBe('004610027501')
  await till.stop()
})

test('a terminal is not unregistered, nor its sticker changed, while a SEQR payment has no answer', async () => {
  const { seqr, asked } = seqrThat()
  const till = await unlockedTill(seqr)
  await till.ask.terminal.register(form, fromTill)
  await till.ask.terminal.assign({ text: '004610027501' }, fromTill)
  await till.ask.sale.addOpenRow(
    { name: 'Bun', priceMinor: 3400, vatBasisPoints: 1200, articleId: null },
    fromTill,
  )
  const { receipt } = await till.ask.sale.current(undefined, fromTill)
  const started = await till.ask.payment.start({ receiptId: receipt?.id ?? '', amountMinor: 3400 }, fromTill)
  expect(started).toMatchObject({ ok: true })
  const refused = { ok: false, reason: 'rule', rule: 'paymentOpen' }
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toEqual(refused)
  expect(await till.ask.terminal.assign({ text: '004610027502' }, fromTill)).toEqual(refused)
  expect(asked('unregisterTerminal')).toEqual([])
  await till.stop()
})

test('SEQR rule: unregistering asks as the terminal, and the till then knows neither terminal nor password', async () => {
  const { seqr, asked } = seqrThat()
  const till = await unlockedTill(seqr)
  await till.ask.terminal.register(form, fromTill)
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toEqual({ ok: true })
  expect(asked('unregisterTerminal')[0]?.given).toEqual([{ terminalId, password: 'terminal-password' }])
  expect(readTerminal(till.storage.read)).toBeNull()
  expect(readSecret(till.storage.read, 'seqr.terminalPassword')).toBeNull()
  await till.stop()
})

test('a terminal whose unregistration gets no answer is kept; one that SEQR does not know is let go', async () => {
  const answers = [lost, refusedWith(90), refusedWith(29)]
  const { seqr } = seqrThat({ unregisterTerminal: () => answers.shift() })
  const till = await unlockedTill(seqr)
  await till.ask.terminal.register(form, fromTill)
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toMatchObject({ problem: 'noAnswer' })
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toMatchObject({ code: 90 })
  expect(readTerminal(till.storage.read)?.terminalId).toBe(terminalId)
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toEqual({ ok: true })
  expect(readTerminal(till.storage.read)).toBeNull()
  await till.stop()
})

test('a terminal whose password cannot be opened any more can be let go, and the till registered anew', async () => {
  const { seqr, asked } = seqrThat()
  const sealer = {
    seal: (plain: string) => plain,
    open: (sealed: string) => {
      if (sealed === 'sealed elsewhere') throw new Error('another key')
      return sealed
    },
  }
  const { name, externalId, resellerId, userId } = form
  const till = await startedRegister({ seqr, sealer }, ({ write }) => {
    saveTerminal(write, { terminalId, name, externalId, resellerId, userId, seqrId: '004610027501' })
    writeSecret(write, 'seqr.terminalPassword', 'sealed elsewhere')
  })
  await till.ask.session.unlock({ pin: '1234' }, fromTill)
  expect(await till.ask.terminal.unregister(undefined, fromTill)).toEqual({ ok: true })
  // Without its password nothing can be asked as the terminal.
  expect(asked('unregisterTerminal')).toEqual([])
  expect(await till.ask.terminal.register(form, fromTill)).toEqual({ ok: true })
  await till.stop()
})
