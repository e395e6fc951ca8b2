import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Permission } from '../../app/contract/views.ts'
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
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const before = input.id === null ? null : userById(desk.storage.read, input.id)
    if (input.id !== null && before === null) return { ok: false, reason: 'notFound' }
    if (before === null && input.pin === null)
      return { ok: false, reason: 'invalid', field: 'pin', problem: 'empty' }
    const stays = input.role === 'administrator' && input.active
    if (!stays && isLastAdministrator(input.id))
      return { ok: false, reason: 'invalid', field: 'role', problem: 'lastAdministrator' }
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
        name: input.name,
        role: input.role,
        active: input.active,
        newPin: input.pin !== null,
      })
      return { ok: true }
    })
    changed()
    return saved
  }

  function isLastAdministrator(id: string | null): boolean {
    const administrators = listUsers(desk.storage.read).filter(
      (one) => one.role === 'administrator' && one.active,
    )
    return administrators.length === 1 && administrators[0]?.id === id
  }

  return { saveUser: save }
}
