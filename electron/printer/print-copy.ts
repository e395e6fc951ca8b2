import type { PrinterProfile } from '../../app/domain/printer-profile.ts'
import { encodePaper } from './escpos-bytes.ts'
import { commandAt } from './escpos-commands.ts'

/** The bytes of a job printed once more: `mark` stands large above it, and its drawer pulse is gone. */
export function markedCopy(bytes: Uint8Array, mark: string, profile: PrinterProfile): Uint8Array {
  const heading = encodePaper(
    { blocks: [{ kind: 'text', text: `*** ${mark} ***`, align: 'center', bold: true, size: 2 }] },
    profile,
  )
  return Uint8Array.from([...heading, ...withoutDrawerPulse(bytes)])
}

/** The job without the commands that open the drawer. */
export function withoutDrawerPulse(bytes: Uint8Array): Uint8Array {
  const kept: number[] = []
  let at = 0
  for (let command = commandAt(bytes, at); command !== null; command = commandAt(bytes, at)) {
    if (command.name !== 'pulse' && command.name !== 'pulseNow') {
      kept.push(...bytes.subarray(at, at + command.length))
    }
    at += command.length
  }
  return Uint8Array.from([...kept, ...bytes.subarray(at)])
}
