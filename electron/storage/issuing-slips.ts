/** Slips that were asked for and that nobody knows of yet: their answer is on its way, or it was lost. */
import type { Reader, Writer } from './database.ts'

export interface IssuingSlip {
  readonly merchantID: string
  readonly merchantRef: string
  readonly amountMinor: number
  /** The till chose the reference: whoever asks for the same amount again means the same slip. */
  readonly isOwnReference: boolean
  readonly askedAtMs: number
}

/** The oldest first. */
export function issuingSlips(db: Reader): readonly IssuingSlip[] {
  const row = db.one<{ value: string | null }>("SELECT value FROM till WHERE name = 'issuingSlips'")
  return row?.value == null ? [] : (JSON.parse(row.value) as readonly IssuingSlip[])
}

export function saveIssuingSlips(db: Writer, slips: readonly IssuingSlip[]): void {
  db.run(
    `INSERT INTO till (name, value) VALUES ('issuingSlips', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    JSON.stringify(slips),
  )
}
