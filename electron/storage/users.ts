import type { Permission, Role, UserView } from '../../app/contract/views.ts'
import type { WrongPins } from '../../app/domain/lockout.ts'
import type { Reader, Writer } from './database.ts'

/** A person who may sign in, with the hash of the PIN and the mistakes made with it. */
export interface UserRecord extends UserView, WrongPins {
  readonly pinHash: string
}

interface UserRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly permissions: string
  readonly active: number
  readonly pin_hash: string
  readonly failures: number
  readonly last_failure_at: number
}

function userOf(row: UserRow): UserRecord {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    permissions: JSON.parse(row.permissions) as readonly Permission[],
    active: row.active === 1,
    pinHash: row.pin_hash,
    failures: row.failures,
    lastFailureAtMs: row.last_failure_at,
  }
}

/** By name. */
export function listUsers(db: Reader): readonly UserRecord[] {
  return db.all<UserRow>('SELECT * FROM user ORDER BY name COLLATE NOCASE, id').map(userOf)
}

export function userById(db: Reader, id: string): UserRecord | null {
  const row = db.one<UserRow>('SELECT * FROM user WHERE id = ?', id)
  return row === undefined ? null : userOf(row)
}

export function saveUser(db: Writer, user: UserRecord): void {
  db.run(
    `INSERT INTO user (id, name, role, permissions, active, pin_hash, failures, last_failure_at)
     VALUES (@id, @name, @role, @permissions, @active, @pinHash, @failures, @lastFailureAt)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, permissions = excluded.permissions,
       active = excluded.active, pin_hash = excluded.pin_hash, failures = excluded.failures,
       last_failure_at = excluded.last_failure_at`,
    {
      id: user.id,
      name: user.name,
      role: user.role,
      permissions: JSON.stringify(user.permissions),
      active: Number(user.active),
      pinHash: user.pinHash,
      failures: user.failures,
      lastFailureAt: user.lastFailureAtMs,
    },
  )
}
