import type { Reader, Writer } from './database.ts'

/** This till as the SEQR service knows it. Its password is among the sealed secrets. */
export interface TerminalRecord {
  readonly terminalId: string
  readonly name: string
  /** The till's own name for itself, as it was registered. */
  readonly externalId: string
  /** The account it was registered with. */
  readonly resellerId: string
  readonly userId: string
  /** The sticker's ID; null until one is assigned. */
  readonly seqrId: string | null
}

/** The registered terminal, or null while none is. */
export function readTerminal(db: Reader): TerminalRecord | null {
  const row = db.one<{ body: string }>('SELECT body FROM terminal')
  return row === undefined ? null : (JSON.parse(row.body) as TerminalRecord)
}

export function saveTerminal(db: Writer, terminal: TerminalRecord): void {
  db.run(
    'INSERT INTO terminal (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
    JSON.stringify(terminal),
  )
}

export function deleteTerminal(db: Writer): void {
  db.run('DELETE FROM terminal')
}
