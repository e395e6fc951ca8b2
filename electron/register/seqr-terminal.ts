import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, SeqrStatusView } from '../../app/contract/views.ts'
import { seqrIdOf } from '../../app/domain/seqr-invoice.ts'
import type { Answer, ResellerLogin, SeqrService, TerminalLogin } from '../seqr/service.ts'
import { appendJournal } from '../storage/journal.ts'
import { deleteSecret, readSecret, writeSecret } from '../storage/secrets.ts'
import type { TerminalRecord } from '../storage/terminal.ts'
import { deleteTerminal, readTerminal, saveTerminal } from '../storage/terminal.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Session } from './session.ts'

/** Seals and opens secrets; the vault's room has the real one. */
export interface Sealer {
  seal(plain: string, purpose: string): string
  open(sealed: string, purpose: string): string
}

export interface SeqrTerminalOptions {
  readonly desk: Desk
  readonly session: Session
  readonly seqr: SeqrService
  readonly sealer: Sealer
  /** A new password for a terminal, at least 128 bits. */
  readonly newPassword: () => string
  /** The shop's account, when the environment or the practice service gives one. */
  readonly reseller: ResellerLogin | null
  /** What the form is filled in with. */
  readonly suggested: () => {
    readonly name: string
    readonly externalId: string
    readonly seqrIdHint: string
  }
  readonly openPayments: () => number
  /** A real terminal is not for a till that anybody can open. */
  readonly hasPracticePins: () => Promise<boolean>
  readonly changed: () => void
}

export const terminalPasswordName = 'seqr.terminalPassword'
export const resellerPasswordName = 'seqr.resellerPassword'

export type SeqrTerminal = ReturnType<typeof createSeqrTerminal>

/** This till as SEQR knows it: registered by an administrator once, linked to its sticker by the SEQR ID. */
export function createSeqrTerminal(options: SeqrTerminalOptions) {
  const { desk, session, seqr, sealer } = options
  /** The opened login, kept so that the vault is not asked every second. */
  const opened: { login: TerminalLogin | null; unreadable: string | null } = { login: null, unreadable: null }

  /** A terminal that is being registered is not registered again from another window: SEQR would have two. */
  const under = { way: false }

  const record = (): TerminalRecord | null => readTerminal(desk.storage.read)

  function login(): TerminalLogin | null {
    if (opened.login !== null) return opened.login
    const terminal = record()
    const sealed = readSecret(desk.storage.read, terminalPasswordName)
    if (terminal === null || sealed === null || sealed === opened.unreadable) return null
    try {
      opened.login = { terminalId: terminal.terminalId, password: sealer.open(sealed, terminalPasswordName) }
    } catch (error) {
      opened.unreadable = sealed
      desk.log.error({ err: error }, "The terminal's password cannot be read")
    }
    return opened.login
  }

  /** The shop's account, for reports and registrations: what was last used to register, else what was given. */
  function reseller(): ResellerLogin | null {
    const sealed = readSecret(desk.storage.read, resellerPasswordName)
    const terminal = record()
    if (sealed === null || terminal === null) return options.reseller
    const { resellerId, userId } = terminal
    try {
      return { resellerId, userId, password: sealer.open(sealed, resellerPasswordName) }
    } catch (error) {
      desk.log.error({ err: error }, "The reseller's password cannot be read")
      return options.reseller
    }
  }

  type Register = Parameters<Handlers<typeof contract>['terminal']['register']>[0]

  async function register(input: Register): Promise<Done> {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    if (under.way) return { ok: false, reason: 'invalid', field: 'terminal', problem: 'stillBusy' }
    under.way = true
    try {
      return await registerAlone(input)
    } finally {
      under.way = false
    }
  }

  async function registerAlone(input: Register): Promise<Done> {
    if (record() !== null)
      return { ok: false, reason: 'invalid', field: 'terminal', problem: 'alreadyRegistered' }
    if (await options.hasPracticePins())
      return { ok: false, reason: 'invalid', field: 'people', problem: 'practicePins' }
    const account = accountOf(input)
    if (account.password === '')
      return { ok: false, reason: 'invalid', field: 'password', problem: 'missing' }
    const password = options.newPassword()
    const answer = await seqr.registerTerminal(account, {
      externalTerminalId: input.externalId,
      password,
      name: input.name,
    })
    if (answer.kind !== 'ok') return refusal(answer)
    const terminal: TerminalRecord = {
      terminalId: answer.value.terminalId,
      name: input.name,
      externalId: input.externalId,
      resellerId: input.resellerId,
      userId: input.userId,
      seqrId: null,
    }
    const saved = change(desk, (): Done => {
      saveTerminal(desk.storage.write, terminal)
      writeSecret(desk.storage.write, terminalPasswordName, sealer.seal(password, terminalPasswordName))
      writeSecret(
        desk.storage.write,
        resellerPasswordName,
        sealer.seal(account.password, resellerPasswordName),
      )
      note('registered', {
        terminalId: terminal.terminalId,
        name: terminal.name,
        externalId: terminal.externalId,
      })
      return { ok: true }
    })
    if (saved.ok) opened.login = { terminalId: terminal.terminalId, password }
    options.changed()
    return saved
  }

  /** The shop's account as typed; the password that the till was given outside the form need not be typed again. */
  function accountOf({ resellerId, userId, password }: ResellerLogin): ResellerLogin {
    const given = options.reseller
    const isGiven = given?.resellerId === resellerId && given.userId === userId
    return { resellerId, userId, password: password === '' && isGiven ? given.password : password }
  }

  async function unregister(): Promise<Done> {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const terminal = record()
    if (terminal === null) return { ok: false, reason: 'notFound' }
    if (options.openPayments() > 0) return { ok: false, reason: 'rule', rule: 'paymentOpen' }
    const current = login()
    // Without its password the terminal can only be forgotten here; SEQR keeps it until the shop removes it there.
    const answer = current === null ? null : await seqr.unregisterTerminal(current)
    // 29: the service does not know the terminal any more, so there is nothing left to unregister.
    if (answer !== null && answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.code === 29))
      return refusal(answer)
    const saved = change(desk, (): Done => {
      deleteTerminal(desk.storage.write)
      deleteSecret(desk.storage.write, terminalPasswordName)
      deleteSecret(desk.storage.write, resellerPasswordName)
      note(current === null ? 'forgotten' : 'unregistered', { terminalId: terminal.terminalId })
      return { ok: true }
    })
    if (saved.ok) opened.login = null
    options.changed()
    return saved
  }

  async function assign({ text }: { text: string }): Promise<Done<{ readonly seqrId: string }>> {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const read = seqrIdOf(text)
    if (!read.ok) return { ok: false, reason: 'invalid', field: 'seqrId', problem: read.reason }
    const current = login()
    const terminal = record()
    if (current === null || terminal === null) return { ok: false, reason: 'rule', rule: 'noTerminal' }
    if (options.openPayments() > 0) return { ok: false, reason: 'rule', rule: 'paymentOpen' }
    const answer = await seqr.assignSeqrId(current, read.seqrId)
    if (answer.kind !== 'ok') return refusal(answer)
    const saved = change(desk, (): Done<{ readonly seqrId: string }> => {
      saveTerminal(desk.storage.write, { ...terminal, seqrId: read.seqrId })
      note('seqrIdAssigned', { terminalId: terminal.terminalId, seqrId: read.seqrId })
      return { ok: true, seqrId: read.seqrId }
    })
    options.changed()
    return saved
  }

  function note(act: 'registered' | 'forgotten' | 'unregistered' | 'seqrIdAssigned', detail: object): void {
    const by = session.actor()
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'terminal',
      body: { act, by, ...detail },
    })
    session.audit(by, `seqr.${act}`, detail)
  }

  return {
    handlers: {
      register,
      unregister,
      assign,
      suggestion: () => ({
        resellerId: options.reseller?.resellerId ?? '',
        userId: options.reseller?.userId ?? '',
        hasPassword: options.reseller !== null,
        ...options.suggested(),
      }),
    } satisfies Handlers<typeof contract>['terminal'],
    login,
    reseller,
    record,
    status(): Pick<SeqrStatusView, 'terminal' | 'seqrId'> {
      const terminal = record()
      if (terminal === null) return { terminal: null, seqrId: null }
      const { terminalId, name, externalId, seqrId } = terminal
      return { terminal: { terminalId, name, externalId }, seqrId }
    },
  }
}

/** A service's refusal or silence, as the window is told of it. */
export function refusal(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Done & { ok: false } {
  return answer.kind === 'refused'
    ? { ok: false, reason: 'service', problem: 'refused', code: answer.code, description: answer.description }
    : { ok: false, reason: 'service', problem: 'noAnswer', code: null, description: answer.reason }
}
