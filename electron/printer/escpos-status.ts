import type { PrinterStatus } from '../../app/domain/printer-status.ts'

/** The real-time questions DLE EOT 1 to 4: printer, cause of offline, cause of error, paper. */
export const statusQuestions = Uint8Array.from([1, 2, 3, 4].flatMap((n) => [0x10, 0x04, n]))

/** GS r 1: the paper sensor, answered in its turn, so only when everything before it has been printed. */
export const questionInOrder = Uint8Array.from([0x1d, 0x72, 1])

/** Answers to DLE EOT have bits 1 and 4 set and bits 0 and 7 clear. */
export function isStatusAnswer(byte: number): boolean {
  return (byte & 0x93) === 0x12
}

/** Answers to GS r have bits 4 and 7 clear, which tells them from DLE EOT, XON, XOFF and automatic status. */
export function isAnswerInOrder(byte: number): boolean {
  return (byte & 0x90) === 0
}

/** The first of the four bytes of an automatic status has bit 4 set and bits 0, 1 and 7 clear. */
export function isAutomaticStatus(byte: number): boolean {
  return (byte & 0x93) === 0x10
}

const has = (byte: number | undefined, mask: number) => ((byte ?? 0) & mask) !== 0

/** What the answers to the four questions say. `silent` when there is not one for each. */
export function statusFrom(answers: readonly number[]): PrinterStatus {
  const [printer, offline, error, paper] = answers
  if (paper === undefined) return { kind: 'silent' }
  return {
    kind: 'answered',
    online: !has(printer, 0x08),
    coverOpen: has(offline, 0x04),
    paper: has(paper, 0x60) || has(offline, 0x20) ? 'out' : has(paper, 0x0c) ? 'low' : 'ok',
    error: errorFrom(offline, error),
    drawerSignal: has(printer, 0x04),
  }
}

function errorFrom(
  offline: number | undefined,
  error: number | undefined,
): Extract<PrinterStatus, { kind: 'answered' }>['error'] {
  if (has(error, 0x20)) return 'unrecoverable'
  if (has(error, 0x08)) return 'cutter'
  return has(error, 0x44) || has(offline, 0x40) ? 'recoverable' : 'none'
}
