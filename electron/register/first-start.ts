import type { Done } from '../../app/contract/views.ts'
import { firstShop } from '../../app/domain/shop.ts'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { seedDemoCatalogue } from '../storage/article-import.ts'
import { countArticles } from '../storage/articles.ts'
import { openShift } from '../storage/shifts.ts'
import { listUsers, saveUser, userById } from '../storage/users.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { saveShopSettings } from './settings.ts'
import { beginShift } from './shift.ts'
import type { Pins, Session } from './session.ts'

/** The practice till's people. Their PINs stand on its screen. */
export const practicePeople = {
  cashier: { id: 'practice-cashier', name: 'Alva', pin: '1111' },
  administrator: { id: 'practice-administrator', name: 'Administrator', pin: '1234' },
} as const

const practiceFloatMinor = 100_000

export interface FirstStartOptions {
  readonly sandbox: boolean
  /** The demo catalogue as CSV text. */
  readonly catalogue: () => string
}

/** A practice till asks nothing: people, goods and an open shift are there. A real one starts empty. */
export async function firstStart(
  desk: Desk,
  pins: Pins,
  session: Session,
  options: FirstStartOptions,
): Promise<void> {
  if (!options.sandbox) return
  if (listUsers(desk.storage.read).length === 0) await practiceTill(desk, pins, options)
  session.signInAs(practicePeople.cashier.id)
}

async function practiceTill(desk: Desk, pins: Pins, options: FirstStartOptions): Promise<void> {
  const { cashier, administrator } = practicePeople
  const hashes = await Promise.all([pins.hash(cashier.pin), pins.hash(administrator.pin)])
  desk.storage.transaction((db) => {
    const common = { active: true, ...noWrongPins }
    saveUser(db, {
      ...common,
      id: cashier.id,
      name: cashier.name,
      role: 'cashier',
      permissions: [
        'discount',
        'returnGoods',
        'refund',
        'cancelReceipt',
        'cashMovement',
        'closeShift',
        'issueSlip',
      ],
      pinHash: hashes[0] ?? '',
    })
    saveUser(db, {
      ...common,
      id: administrator.id,
      name: administrator.name,
      role: 'administrator',
      permissions: [],
      pinHash: hashes[1] ?? '',
    })
    if (countArticles(db) === 0) seedDemoCatalogue(db, options.catalogue())
    saveShopSettings(
      desk,
      {
        ...firstShop,
        storeName: 'Kiosk Solsidan',
        headerLines: ['Torggatan 1, 123 45 Solsidan', 'Org.nr 555555-5555'],
      },
      'practice',
    )
    if (openShift(db) === null) beginShift(desk, cashier.name, practiceFloatMinor)
  })
}

/** Whether a PIN that stands on every practice till's screen still opens this one. */
export interface PracticePins {
  /** Verified now, which takes a moment. */
  check(): Promise<boolean>
  /** As it was verified last. Other people or PINs are verified by themselves, and `changed` told of the outcome. */
  known(): boolean
}

export function createPracticePins(desk: Desk, pins: Pins, changed: () => void): PracticePins {
  let looked = ''
  let isOpen = false

  function standing(): readonly { readonly pin: string; readonly pinHash: string }[] {
    return Object.values(practicePeople).flatMap(({ id, pin }) => {
      const user = userById(desk.storage.read, id)
      return user?.active === true ? [{ pin, pinHash: user.pinHash }] : []
    })
  }

  async function check(): Promise<boolean> {
    for (const { pin, pinHash } of standing()) if (await pins.verify(pin, pinHash)) return true
    return false
  }

  async function look(at: string): Promise<void> {
    const now = await check()
    if (at !== looked || now === isOpen) return
    isOpen = now
    changed()
  }

  return {
    check,
    known(): boolean {
      const now = standing()
        .map(({ pinHash }) => pinHash)
        .join()
      if (now !== looked) {
        looked = now
        look(now).catch((error: unknown) =>
          desk.log.error({ err: error }, 'The practice PINs were not checked'),
        )
      }
      return isOpen
    },
  }
}

/** A real till's first administrator; refused once there is one. */
export async function setFirstAdministrator(
  desk: Desk,
  pins: Pins,
  session: Session,
  input: { name: string; pin: string },
  changed: () => void,
): Promise<Done> {
  if (listUsers(desk.storage.read).some((one) => one.role === 'administrator'))
    return { ok: false, reason: 'needsPermission', permission: 'administrator' }
  const pinHash = await pins.hash(input.pin)
  const id = desk.newId()
  const saved = change(desk, (): Done => {
    const user = {
      id,
      name: input.name,
      role: 'administrator',
      permissions: [],
      active: true,
      pinHash,
    } as const
    saveUser(desk.storage.write, { ...user, ...noWrongPins })
    session.audit(input.name, 'firstAdministrator', {})
    return { ok: true }
  })
  if (saved.ok) session.signInAs(id)
  changed()
  return saved
}
