import { isEan13, isEan8 } from '../../domain/barcode.ts'

/** A code as a scanner sends it: with the AIM identifier of its kind in front, when the scanner is set to. */
export function asSent(code: string, withAim: boolean): string {
  return withAim ? `${aimOf(code)}${code}` : code
}

function aimOf(code: string): string {
  if (isEan13(code)) return ']E0'
  if (isEan8(code)) return ']E4'
  return /^https?:/i.test(code) ? ']Q1' : ']C0'
}
