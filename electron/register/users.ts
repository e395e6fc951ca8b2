import type { PinRefused, contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Permission, Refusal, UserView } from '../../app/contract/views.ts'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { listUsers, saveUser, userById } from '../storage/users.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Pins, Session } from './session.ts'

const permissions: readonly Permission[] = [
  'priceOverride',
  'discount',
  'returnGoods',
  'refund',
  'cancelReceipt',
  'openDrawer',
  'cashMovement',
  'closeShift',
  'issueSlip',
]

const isPermission = (name: string): name is Permission => permissions.some((one) => one === name)

export interface UserActsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly pins: Pins
  readonly changed: () => void
}

/** Who may work at the till, kept by an administrator. The last administrator cannot be taken away. */
export function userActs({ desk, session, pins, changed }: UserActsOptions) {
  type Save = Parameters<Handlers<typeof contract>['session']['saveUser']>[0]

  async function save(input: Save): Promise<Done> {
    const refused = session.needs('administrator') ?? faultOf(input)
    if (refused !== null) return refused
    const before = input.id === null ? null : userById(desk.storage.read, input.id)
    const pinHash = input.pin === null ? (before?.pinHash ?? '') : await pins.hash(input.pin)
    const wrongPins = input.pin === null && before !== null ? before : noWrongPins
    const saved = change(desk, (): Done => {
      saveUser(desk.storage.write, {
        id: input.id ?? desk.newId(),
        name: input.name,
        role: input.role,
        permissions: input.permissions.filter(isPermission),
        active: input.active,
        pinHash,
        failures: wrongPins.failures,
        lastFailureAtMs: wrongPins.lastFailureAtMs,
      })
      session.audit(session.actor(), 'userSaved', {
        was: before === null ? {} : auditOf(before),
        is: { ...auditOf(input), ...(input.pin === null ? {} : { newPin: true }) },
      })
      return { ok: true }
    })
    if (saved.ok && !input.active && session.user()?.id === input.id) session.signOut()
    changed()
    return saved
  }

  function faultOf(input: Save): Refusal | null {
    const users = listUsers(desk.storage.read)
    if (input.id !== null && !users.some(({ id }) => id === input.id))
      return { ok: false, reason: 'notFound' }
    if (input.id === null && input.pin === null)
      return { ok: false, reason: 'invalid', field: 'pin', problem: 'pinMissing' }
    const name = input.name.trim().toLowerCase()
    if (users.some((other) => other.id !== input.id && other.name.trim().toLowerCase() === name))
      return { ok: false, reason: 'invalid', field: 'name', problem: 'nameTaken' }
    const stays = input.role === 'administrator' && input.active
    if (!stays && isLastAdministrator(input.id))
      return { ok: false, reason: 'invalid', field: 'role', problem: 'lastAdministrator' }
    return null
  }

  /** One's own PIN, with the one before it: nobody else has to be called. */
  async function changePin({ pin, newPin }: { pin: string; newPin: string }): Promise<Done | PinRefused> {
    const user = session.user()
    if (user === null) return { ok: false, reason: 'rule', rule: 'signedOut' }
    const tried = await session.tryPin(pin, user)
    if (!tried.ok) return tried
    const pinHash = await pins.hash(newPin)
    return change(desk, (): Done => {
      const now = userById(desk.storage.read, user.id)
      if (now === null) return { ok: false, reason: 'notFound' }
      saveUser(desk.storage.write, { ...now, ...noWrongPins, pinHash })
      session.audit(user.name, 'pinChanged', {})
      return { ok: true }
    })
  }

  function isLastAdministrator(id: string | null): boolean {
    const administrators = listUsers(desk.storage.read).filter(
      (one) => one.role === 'administrator' && one.active,
    )
    return administrators.length === 1 && administrators[0]?.id === id
  }

  return { saveUser: save, changePin }
}

function auditOf({
  name,
  role,
  active,
  permissions: may,
}: Pick<UserView, 'name' | 'role' | 'active'> & { readonly permissions: readonly string[] }) {
  return { name, role, active, permissions: may }
}
