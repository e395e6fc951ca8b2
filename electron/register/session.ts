import type { AuditAct } from '../../app/domain/audit-act.ts'
import type { PinRefused } from '../../app/contract/contract.ts'
import type { Done, Permission, Refusal, UserView } from '../../app/contract/views.ts'
import {
  afterWrongPin,
  atTheLatest,
  noWrongPins,
  secondsLocked,
  type WrongPins,
} from '../../app/domain/lockout.ts'
import type { Person } from '../../app/domain/receipt.ts'
import { appendAudit } from '../storage/audit.ts'
import type { UserRecord } from '../storage/users.ts'
import { listUsers, saveUser, userById } from '../storage/users.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'

/** How PINs are kept; the vault's room has the real one. */
export interface Pins {
  hash(pin: string): Promise<string>
  verify(pin: string, hash: string): Promise<boolean>
}

/** Administrator's rights stay unlocked this long after the last thing that needed them. */
const unlockedForMs = 2 * 60_000

export type Session = ReturnType<typeof createSession>

/** Who works at the till, and what they may do. */
export function createSession(desk: Desk, pins: Pins, changed: () => void) {
  const state = {
    userId: null as string | null,
    unlockedBy: '',
    unlockedUntilMs: 0,
    unlockedUntilElapsedMs: 0,
  }

  /** Wrong PINs that the disk did not take: a full disk gives nobody more tries. */
  const unsaved = new Map<string, WrongPins>()
  const pinTries: { last: Promise<unknown> } = { last: Promise.resolve() }
  let watching = new AbortController()

  const user = (): UserRecord | null =>
    state.userId === null ? null : userById(desk.storage.read, state.userId)
  /** By both clocks: a computer's clock that is set back gives no more time, and one that slept takes it away. */
  const isUnlocked = () =>
    state.unlockedUntilMs > desk.clock.now() && state.unlockedUntilElapsedMs > desk.clock.elapsedMs()
  const isAdministrator = () => isUnlocked() || user()?.role === 'administrator'

  function may(permission: Permission): boolean {
    return isAdministrator() || user()?.permissions.includes(permission) === true
  }

  function keepUnlocked(): void {
    state.unlockedUntilMs = desk.clock.now() + unlockedForMs
    state.unlockedUntilElapsedMs = desk.clock.elapsedMs() + unlockedForMs
  }

  /**
   * Which of these people the PIN belongs to. When it is nobody's, the mistake is counted on disk for all of them,
   * and the next try waits longer.
   */
  function whoseIs(
    pin: string,
    people: readonly UserRecord[],
  ): Promise<{ ok: true; user: UserRecord } | PinRefused> {
    // One try after another: else a thousand at once would all be made before the first mistake counts.
    const tried = pinTries.last.then(() => tryPin(pin, people))
    pinTries.last = tried.catch(() => null)
    return tried
  }

  async function tryPin(
    pin: string,
    people: readonly UserRecord[],
  ): Promise<{ ok: true; user: UserRecord } | PinRefused> {
    const nowMs = desk.clock.now()
    const candidates = people.map((person) => withMistakes(asKept(person), nowMs))
    const waits = candidates.map((candidate) => secondsLocked(candidate, nowMs) * 1000)
    const open = candidates.filter((_, index) => waits[index] === 0)
    if (open.length === 0) return { ok: false, reason: 'pin', waitMs: Math.min(...waits, 15 * 60_000) }
    for (const candidate of open) {
      if (!(await pins.verify(pin, candidate.pinHash))) continue
      unsaved.delete(candidate.id)
      if (candidate.failures > 0)
        change(desk, () => saveUser(desk.storage.write, { ...asKept(candidate), ...noWrongPins }))
      return { ok: true, user: candidate }
    }
    const counted = open.map((candidate) => ({ ...asKept(candidate), ...afterWrongPin(candidate, nowMs) }))
    const refused = change(desk, () => {
      for (const candidate of counted) {
        saveUser(desk.storage.write, candidate)
        audit(candidate.name, 'wrongPin', { failures: candidate.failures })
      }
    })
    if (refused !== undefined) for (const { id, ...pins } of counted) unsaved.set(id, pins)
    return {
      ok: false,
      reason: 'pin',
      waitMs: Math.min(...counted.map((one) => secondsLocked(one, nowMs) * 1000)),
    }
  }

  /** Somebody may have changed the person while a PIN was being looked at. */
  const asKept = (person: UserRecord): UserRecord => userById(desk.storage.read, person.id) ?? person

  /** A person with the mistakes that count now, as {@link atTheLatest} says, and kept so. */
  function withMistakes(person: UserRecord, nowMs: number): UserRecord {
    const { failures = 0, lastFailureAtMs = 0 } = unsaved.get(person.id) ?? {}
    const known = failures > person.failures ? { ...person, failures, lastFailureAtMs } : person
    const now = atTheLatest(known, nowMs)
    if (now === person) return person
    const refused = change(desk, () => saveUser(desk.storage.write, now))
    if (refused === undefined) unsaved.delete(person.id)
    else unsaved.set(person.id, now)
    return now
  }

  function audit(by: string, act: AuditAct, detail: object): void {
    appendAudit(desk.storage.write, { atMs: desk.clock.now(), by, act, detail })
  }

  /** Tells everyone when the rights are over: nothing else happens at that moment that would. */
  async function tellWhenLocked(): Promise<void> {
    watching.abort()
    const watch = new AbortController()
    watching = watch
    while (isUnlocked() && !watch.signal.aborted)
      await desk.clock.sleepUntil(
        Math.min(
          state.unlockedUntilMs,
          Math.ceil(desk.clock.now() + state.unlockedUntilElapsedMs - desk.clock.elapsedMs()),
        ),
        watch.signal,
      )
    if (!watch.signal.aborted) changed()
  }

  return {
    users: (): readonly UserView[] => listUsers(desk.storage.read).map(userView),
    user,
    /** The signed-in person, as receipts name them. */
    person: (): Person | null => {
      const current = user()
      return current === null ? null : { id: current.id, name: current.name }
    },
    unlockedUntilMs: (): number | null => (isUnlocked() ? state.unlockedUntilMs : null),
    may,
    /** Null when it may be done; otherwise the answer that makes the window ask for a PIN. */
    needs(permission: Permission | 'administrator'): Refusal | null {
      const allowed = permission === 'administrator' ? isAdministrator() : may(permission)
      if (!allowed) return { ok: false, reason: 'needsPermission', permission }
      if (isUnlocked()) keepUnlocked()
      return null
    },
    /** Who answers for an administrator's act: the one whose PIN unlocked it, else the signed-in user. */
    actor: (): string => (isUnlocked() ? state.unlockedBy : (user()?.name ?? '')),
    audit,
    async signIn(input: { userId: string; pin: string }): Promise<Done | PinRefused> {
      const found = userById(desk.storage.read, input.userId)
      if (found === null || !found.active) return { ok: false, reason: 'notFound' }
      const tried = await whoseIs(input.pin, [found])
      if (!tried.ok) return tried
      state.userId = found.id
      changed()
      return { ok: true }
    },
    /** Signs in without a PIN: only the practice till's first start does. */
    signInAs(userId: string): void {
      state.userId = userId
      changed()
    },
    signOut(): Done {
      watching.abort()
      state.userId = null
      state.unlockedUntilMs = 0
      changed()
      return { ok: true }
    },
    async unlock(input: { pin: string }): Promise<Done | PinRefused> {
      const tried = await tryAdministrators(input.pin)
      if (!tried.ok) return tried
      state.unlockedBy = tried.by
      keepUnlocked()
      change(desk, () => audit(tried.by, 'unlocked', {}))
      changed()
      void tellWhenLocked()
      return { ok: true }
    },
    /** A PIN of this person; mistakes count. */
    tryPin: (pin: string, person: UserRecord) => whoseIs(pin, [person]),
    /** A PIN of any administrator, and who that is. It answers for one act and unlocks nothing. */
    tryAdministrators,
    lock(): Done {
      watching.abort()
      state.unlockedUntilMs = 0
      changed()
      return { ok: true }
    },
    stop: (): void => watching.abort(),
  }

  async function tryAdministrators(pin: string): Promise<{ ok: true; by: string } | PinRefused> {
    const administrators = listUsers(desk.storage.read).filter(
      (one) => one.active && one.role === 'administrator',
    )
    const tried = await whoseIs(pin, administrators)
    return tried.ok ? { ok: true, by: tried.user.name } : tried
  }
}

export function userView(user: UserRecord): UserView {
  const { id, name, role, permissions, active } = user
  return { id, name, role, permissions, active }
}
