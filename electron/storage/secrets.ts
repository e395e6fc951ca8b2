/** Secrets as the vault has sealed them. What is kept here is of no use without the vault's key. */
import type { Reader, Writer } from './database.ts'

/** The sealed text, or null when there is none of that name. */
export function readSecret(db: Reader, name: string): string | null {
  return db.one<{ sealed: string }>('SELECT sealed FROM secret WHERE name = ?', name)?.sealed ?? null
}

export function writeSecret(db: Writer, name: string, sealed: string): void {
  db.run(
    `INSERT INTO secret (name, sealed, at_ms) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, at_ms = excluded.at_ms`,
    [name, sealed, db.now()],
  )
}

export function deleteSecret(db: Writer, name: string): void {
  db.run('DELETE FROM secret WHERE name = ?', name)
}

/** Every secret with its name, which is also what it was sealed for. */
export function listSecrets(db: Reader): readonly { readonly name: string; readonly sealed: string }[] {
  return db.all<{ name: string; sealed: string }>('SELECT name, sealed FROM secret ORDER BY name')
}
