import { existsSync, readFileSync } from 'node:fs'
import type { contract } from '../../app/contract/contract.ts'
import type { AuditAct } from '../../app/domain/audit-act.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { AboutView, ProgramSettings, UpdateView } from '../../app/contract/program.ts'
import { firstProgramSettings, programSettingsSchema } from '../../app/contract/program.ts'
import type { Done } from '../../app/contract/views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import type { MachineWords } from '../../app/words/machine.ts'
import type { ShellSettings, UpdateAct, Updates } from '../shell.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import type { Vault } from '../vault/vault.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { sealForKiosk } from './moved-secrets.ts'
import type { Session } from './session.ts'
import { supportBundle } from './support.ts'

/** What a shell says of itself to the register. */
export interface ProgramGiven {
  readonly shell: AboutView['shell']
  readonly logDir: string
  readonly licencesFile: string
  /** Where secrets can be sealed for the other shell. */
  readonly vault?: Pick<Vault, 'kind' | 'sealForKiosk'>
  /** Names of secrets that cannot be read here. */
  readonly unreadable: readonly string[]
  readonly updates?: Updates
  readonly end?: () => void
  /** From KASSA_UPDATE_URL: the setting is not looked at. */
  readonly updateAddress?: string
}

export interface ProgramOptions {
  readonly desk: Desk
  readonly session: Session
  readonly version: string
  readonly given: ProgramGiven | undefined
  /** A sentence for each sum of money whose end is not known. */
  readonly openMoney: () => readonly string[]
  /** What must not be in a support bundle. */
  readonly secrets: () => readonly string[]
  readonly changed: () => void
}

/** Where the program's own settings are kept. */
export const programSetting = 'program'

const hindrance: Readonly<Record<Exclude<UpdateAct, 'done'>, NamedProblem>> = {
  off: 'updateOff',
  notReady: 'updateNotReady',
  shift: 'updateShift',
  payment: 'updatePayment',
}

const notHere: UpdateView = {
  state: 'off',
  version: null,
  percent: 0,
  lastCheckAtMs: null,
  problem: null,
  waitsFor: null,
}

/** The program itself: how its window behaves, new versions, and what helps those who help. */
export function createProgram(options: ProgramOptions) {
  const { desk, session, given } = options
  const updates = given?.updates

  function settings(): ProgramSettings {
    const stored = readSetting<object>(desk.storage.read, programSetting, {})
    const read = programSettingsSchema.safeParse({ ...firstProgramSettings, ...stored })
    return read.success ? read.data : firstProgramSettings
  }

  function useAddress(): void {
    const address = given?.updateAddress ?? settings().updateAddress
    updates?.setAddress(address === '' ? null : address)
  }

  /** An administrator's act upon the updates, with what is in the way as the answer. */
  function onUpdates(act: AuditAct, work: (updates: Updates) => UpdateAct): Done {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    if (updates === undefined)
      return { ok: false, reason: 'invalid', field: 'update', problem: 'updateNotHere' }
    change(desk, () => session.audit(session.actor(), act, { version: updates.view().version }))
    const done = work(updates)
    return done === 'done'
      ? { ok: true }
      : { ok: false, reason: 'invalid', field: 'update', problem: hindrance[done] }
  }

  const handlers: Handlers<typeof contract>['program'] = {
    about: () => ({
      version: options.version,
      shell: given?.shell ?? 'kiosk',
      runsOn: runsOn(),
      settings: settings(),
      updateAddressGiven: given?.updateAddress !== undefined,
    }),
    licences: () => textOf(given?.licencesFile),
    saveSettings(input): Done {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const saved = change(desk, (): Done => {
        writeSetting(desk.storage.write, programSetting, input, session.actor())
        return { ok: true }
      })
      if (saved.ok) useAddress()
      options.changed()
      return saved
    },
    async supportBundle() {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const { version, secrets } = options
      const { shell = 'kiosk', logDir = '' } = given ?? {}
      const file = await supportBundle({ desk, version, shell, logDir, secrets })
      change(desk, () => session.audit(session.actor(), 'supportBundle', { bytes: file.text.length }))
      return { ok: true, file }
    },
    update: () => updates?.view() ?? notHere,
    checkForUpdate: () => onUpdates('updateLookedFor', (each) => each.check()),
    installUpdate: () => onUpdates('updateInstalled', (each) => each.install()),
    end(): Done {
      const refused = options.openMoney().length === 0 ? null : session.needs('administrator')
      if (refused !== null) return refused
      if (given?.end === undefined)
        return { ok: false, reason: 'invalid', field: 'program', problem: 'updateNotHere' }
      change(desk, () => session.audit(session.actor(), 'programEnded', {}))
      given.end()
      return { ok: true }
    },
    prepareForKiosk(): Done {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const { vault, unreadable = [] } = given ?? {}
      if (vault === undefined || vault.kind === 'keyFile') return { ok: true }
      if (unreadable.length > 0)
        return { ok: false, reason: 'invalid', field: 'secrets', problem: 'secretsUnreadable' }
      return change(desk, (): Done => {
        sealForKiosk(desk.storage, vault)
        session.audit(session.actor(), 'preparedForKiosk', {})
        return { ok: true }
      })
    },
  }

  return {
    handlers,
    start(): void {
      updates?.onChange(() => desk.announce.program.updateChanged(updates.view()))
      useAddress()
    },
    shellSettings(): ShellSettings {
      const { fullScreen, startWithComputer, customerDisplay } = settings()
      return { fullScreen, startWithComputer, customerDisplay }
    },
    /** What an administrator should see: secrets that have to be entered again. */
    warnings(says: MachineWords): readonly string[] {
      const unreadable = given?.unreadable ?? []
      return unreadable.length === 0 ? [] : [says.unreadable(unreadable)]
    },
  }
}

function runsOn(): string {
  const { electron, chrome, node } = process.versions as Record<string, string | undefined>
  const below =
    electron === undefined ? `Node ${node}` : `Electron ${electron} (Chromium ${chrome}, Node ${node})`
  return `${below} on ${process.platform} ${process.arch}`
}

function textOf(file: string | undefined): string {
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : ''
}
