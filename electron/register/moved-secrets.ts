import { listSecrets, writeSecret } from '../storage/secrets.ts'
import type { Storage } from '../storage/open.ts'
import type { Vault } from '../vault/vault.ts'

/**
 * Seals every secret as this shell does it: all of them or none. Returns the names of those that cannot be read here,
 * which stay as they are, for the shell that can.
 */
export function resealSecrets(storage: Storage, vault: Vault): readonly string[] {
  const secrets = listSecrets(storage.read)
  const opened = secrets.map(({ name, sealed }) => ({ name, sealed, again: anew(vault, sealed, name) }))
  storage.transaction((db) => {
    for (const { name, sealed, again } of opened)
      if (again !== null && again !== sealed) writeSecret(db, name, again)
  })
  return opened.filter(({ again }) => again === null).map(({ name }) => name)
}

/** Null when it cannot be opened. */
function anew(vault: Vault, sealed: string, name: string): string | null {
  try {
    vault.open(sealed, name)
    return vault.reseal(sealed, name) ?? sealed
  } catch {
    return null
  }
}

/** Seals every secret for the kiosk's key file. Call within a transaction: throws when one of them cannot be read. */
export function sealForKiosk(storage: Storage, vault: Pick<Vault, 'sealForKiosk'>): void {
  for (const { name, sealed } of listSecrets(storage.read))
    writeSecret(storage.write, name, vault.sealForKiosk(sealed, name))
}
