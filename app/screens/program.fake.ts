/** The program itself in the play till: as it is in Electron, with a new version found. */
import { firstProgramSettings, type AboutView, type UpdateView } from '../contract/program.ts'
import type { Pos } from './link.ts'

const done = () => Promise.resolve({ ok: true } as const)
const world: { about: AboutView } = {
  about: {
    version: '0.1.0',
    shell: 'electron',
    runsOn: 'Electron 45.4.1 (Chromium 152.0, Node 24.21.0) on linux x64',
    settings: { ...firstProgramSettings, updateAddress: 'https://updates.example/kassa/' },
    updateAddressGiven: false,
  },
}

const update: UpdateView = {
  state: 'ready',
  version: '0.2.0',
  percent: 100,
  lastCheckAtMs: Date.now() - 60_000,
  problem: null,
  waitsFor: 'shift',
}

export const fakeProgram: Omit<Pos['program'], 'onUpdateChanged'> = {
  about: () => Promise.resolve(world.about),
  licences: () => Promise.resolve('Kassa contains the 125 packages below. Their licences:'),
  saveSettings: (settings) => {
    world.about = { ...world.about, settings }
    return done()
  },
  supportBundle: () =>
    Promise.resolve({ ok: true, file: { name: 'kassa-support-20261121T1403.txt', text: 'Kassa' } }),
  update: () => Promise.resolve(update),
  checkForUpdate: done,
  installUpdate: () =>
    Promise.resolve({ ok: false, reason: 'invalid', field: 'update', problem: 'updateShift' }),
  prepareForKiosk: done,
  end: done,
}
