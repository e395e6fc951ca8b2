import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UpdateView } from '../../app/contract/program.ts'
import { programSettingsSchema } from '../../app/contract/program.ts'
import type { UpdateAct, Updates } from '../shell.ts'
import { listAudit } from '../storage/audit.ts'
import { insertPayment } from '../storage/payments.ts'
import { readSecret, writeSecret } from '../storage/secrets.ts'
import { paymentWith } from '../storage/storage.fake.ts'
import { openKeyFileVault } from '../vault/key-file-vault.ts'
import { openSafeStorageVault } from '../vault/safe-storage-vault.ts'
import { resealSecrets } from './moved-secrets.ts'
import type { ProgramGiven } from './program.ts'
import { machineWords } from '../../app/words/machine.ts'
import { fromTill, startedRegister } from './register.fake.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-program-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

const terminalPassword = 'seqr.terminalPassword'

function vaults() {
  const openKeyFile = () => openKeyFileVault(path.join(folder, 'vault.key'))
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  const keychain = {
    isEncryptionAvailable: () => true,
    encryptString: (plain: string) => flip(Buffer.from(plain)),
    decryptString: (encrypted: Buffer) => flip(encrypted).toString(),
  }
  return { kiosk: openKeyFile(), desktop: openSafeStorageVault(keychain, openKeyFile) }
}

/** Updates that remember what they were told, and answer as they are set. */
function playedUpdates() {
  const state = {
    addresses: [] as (string | null)[],
    answer: 'done' as UpdateAct,
    did: [] as string[],
    tell: () => {},
    view: {
      state: 'ready',
      version: '2.0.0',
      percent: 100,
      lastCheckAtMs: 5,
      problem: null,
      waitsFor: null,
    } as UpdateView,
  }
  const updates: Updates = {
    view: () => state.view,
    onChange: (listener) => void (state.tell = listener),
    setAddress: (address) => void state.addresses.push(address),
    check: () => (state.did.push('check'), state.answer),
    install: () => (state.did.push('install'), state.answer),
  }
  return { state, updates }
}

const given = (more: Partial<ProgramGiven> = {}): ProgramGiven => ({
  shell: 'electron',
  logDir: folder,
  licencesFile: path.join(folder, 'licences.txt'),
  unreadable: [],
  ...more,
})

async function till(more: Partial<ProgramGiven> = {}, vault = vaults().desktop) {
  const started = await startedRegister({ program: given({ vault, ...more }), sealer: vault })
  const heard: UpdateView[] = []
  started.register.listen((channel, payload) => {
    if (channel === 'program.updateChanged') heard.push(payload as UpdateView)
  })
  return { ...started, heard, unlock: () => started.ask.session.unlock({ pin: '1234' }, fromTill) }
}

const wanted = {
  fullScreen: true,
  startWithComputer: true,
  customerDisplay: true,
  updateAddress: 'https://updates.example/kassa/',
}

test('an administrator sets how the window behaves, and the shell is told', async () => {
  const { ask, register, unlock, storage, stop } = await till()
  expect(await ask.program.saveSettings(wanted, fromTill)).toMatchObject({ reason: 'needsPermission' })
  expect(register.shellSettings()).toEqual({
    fullScreen: false,
    startWithComputer: false,
    customerDisplay: false,
  })
  await unlock()
  expect(await ask.program.saveSettings(wanted, fromTill)).toEqual({ ok: true })
  expect(register.shellSettings()).toEqual({
    fullScreen: true,
    startWithComputer: true,
    customerDisplay: true,
  })
  expect(await ask.program.about(undefined, fromTill)).toMatchObject({ shell: 'electron', settings: wanted })
  expect(listAudit(storage.read, { limit: 5 })).toContainEqual(
    expect.objectContaining({ act: 'settingChanged', subject: 'program' }),
  )
  await stop()
})

test('new versions are fetched over https only', () => {
  for (const updateAddress of ['', 'https://updates.example/', 'https://10.0.0.4:8443/kassa'])
    expect(programSettingsSchema.safeParse({ ...wanted, updateAddress }).success).toBe(true)
  for (const updateAddress of [
    'http://updates.example/',
    'file:///etc',
    'https://me:pw@x.example/',
    'updates',
  ])
    expect(programSettingsSchema.safeParse({ ...wanted, updateAddress }).success).toBe(false)
})

test('updates are off until an address is set, and each change is passed on', async () => {
  const { state, updates } = playedUpdates()
  const { ask, unlock, heard, stop } = await till({ updates })
  expect(state.addresses).toEqual([null])
  await unlock()
  await ask.program.saveSettings(wanted, fromTill)
  expect(state.addresses).toEqual([null, wanted.updateAddress])
  state.tell()
  expect(heard).toEqual([state.view])
  expect(await ask.program.update(undefined, fromTill)).toEqual(state.view)
  await stop()
})

test('KASSA_UPDATE_URL wins over the setting', async () => {
  const { state, updates } = playedUpdates()
  const { ask, unlock, stop } = await till({ updates, updateAddress: 'https://given.example/' })
  await unlock()
  await ask.program.saveSettings(wanted, fromTill)
  expect(new Set(state.addresses)).toEqual(new Set(['https://given.example/']))
  expect(await ask.program.about(undefined, fromTill)).toMatchObject({ updateAddressGiven: true })
  await stop()
})

test('looking for and installing a new version is an administrator’s act, on record, and says what is in the way', async () => {
  const { state, updates } = playedUpdates()
  const { ask, unlock, storage, stop } = await till({ updates })
  for (const act of [ask.program.checkForUpdate, ask.program.installUpdate])
    expect(await act(undefined, fromTill)).toMatchObject({ reason: 'needsPermission' })
  expect(state.did).toEqual([])
  await unlock()
  state.answer = 'shift'
  expect(await ask.program.installUpdate(undefined, fromTill)).toEqual({
    ok: false,
    reason: 'invalid',
    field: 'update',
    problem: 'updateShift',
  })
  state.answer = 'done'
  expect(await ask.program.checkForUpdate(undefined, fromTill)).toEqual({ ok: true })
  expect(state.did).toEqual(['install', 'check'])
  expect(listAudit(storage.read, { limit: 2 }).map((each) => each.act)).toEqual([
    'updateLookedFor',
    'updateInstalled',
  ])
  await stop()
})

test('the kiosk has no updates, and says so', async () => {
  const { ask, unlock, stop } = await till({ shell: 'kiosk' }, vaults().kiosk)
  expect(await ask.program.update(undefined, fromTill)).toMatchObject({ state: 'off' })
  await unlock()
  expect(await ask.program.checkForUpdate(undefined, fromTill)).toMatchObject({ problem: 'updateNotHere' })
  await stop()
})

test('the till is between shifts only while none is open', async () => {
  const { register, stop } = await till()
  expect(register.betweenShifts()).toBe(false)
  await stop()
})

test('what is prepared for the kiosk opens there, and moves back at the next start of the desktop program', async () => {
  const { desktop, kiosk } = vaults()
  const { ask, unlock, storage, stop } = await till({}, desktop)
  writeSecret(storage.write, terminalPassword, desktop.seal('terminal-password', terminalPassword))
  const sealed = () => readSecret(storage.read, terminalPassword) ?? ''
  expect(await ask.program.prepareForKiosk(undefined, fromTill)).toMatchObject({ reason: 'needsPermission' })
  expect(() => kiosk.open(sealed(), terminalPassword)).toThrow()
  await unlock()
  expect(await ask.program.prepareForKiosk(undefined, fromTill)).toEqual({ ok: true })
  expect(kiosk.open(sealed(), terminalPassword)).toBe('terminal-password')
  expect(resealSecrets(storage, kiosk)).toEqual([])
  expect(resealSecrets(storage, desktop)).toEqual([])
  expect(sealed()).toMatch(/^safeStorage1:/)
  expect(desktop.open(sealed(), terminalPassword)).toBe('terminal-password')
  await stop()
})

test('a secret that cannot be read here stays as it is, and an administrator is told', async () => {
  const { desktop, kiosk } = vaults()
  const { storage, stop } = await till({}, desktop)
  const sealed = desktop.seal('terminal-password', terminalPassword)
  writeSecret(storage.write, terminalPassword, sealed)
  writeSecret(storage.write, 'slips.storeKey', kiosk.seal('store-key', 'slips.storeKey'))
  expect(resealSecrets(storage, kiosk)).toEqual([terminalPassword])
  expect(readSecret(storage.read, terminalPassword)).toBe(sealed)
  await stop()
  const warned = await till({ unreadable: [terminalPassword] }, kiosk)
  const { warnings } = await warned.ask.till.current(undefined, fromTill)
  expect(warnings.join()).toContain(terminalPassword)
  await warned.stop()
})

test('licences and a support bundle are there for the asking', async () => {
  fs.writeFileSync(path.join(folder, 'licences.txt'), 'Kassa contains')
  const { ask, unlock, stop } = await till()
  expect(await ask.program.licences(undefined, fromTill)).toBe('Kassa contains')
  expect(await ask.program.supportBundle(undefined, fromTill)).toMatchObject({ reason: 'needsPermission' })
  await unlock()
  const bundle = await ask.program.supportBundle(undefined, fromTill)
  expect(bundle).toMatchObject({ ok: true, file: { name: expect.stringMatching(/^kassa-support-.*\.txt$/) } })
  await stop()
})

test('anybody may end a quiet till; with money open only an administrator may', async () => {
  const ends: string[] = []
  const end = () => void ends.push('end')
  const quiet = await till({ end })
  expect(await quiet.ask.program.end(undefined, fromTill)).toEqual({ ok: true })
  await quiet.stop()
  const waiting = {
    name: 'waiting',
    reference: '1',
    version: 0,
    approving: false,
    cancelWanted: false,
  } as const
  const program = given({ end })
  const busy = await startedRegister({ program }, ({ write }) =>
    insertPayment(write, paymentWith('p1', { stage: waiting as never })),
  )
  expect(busy.register.openMoney()).toEqual([
    expect.stringMatching(/^A SEQR payment of \d+\.\d\d SEK has no answer yet\.$/),
  ])
  expect(busy.register.quitWords()).toEqual(machineWords.en.quit)
  expect(await busy.ask.program.end(undefined, fromTill)).toMatchObject({ reason: 'needsPermission' })
  await busy.ask.session.unlock({ pin: '1234' }, fromTill)
  expect(await busy.ask.program.end(undefined, fromTill)).toEqual({ ok: true })
  expect(ends).toEqual(['end', 'end'])
  await busy.stop()
})
