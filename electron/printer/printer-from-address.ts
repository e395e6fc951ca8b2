import { parsePrinterAddress } from './printer-address.ts'
import type { PrinterAddress } from './printer-address.ts'
import type { PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice } from './printer-device.ts'
import { filePrinter } from './printer-file.ts'
import { serialPrinter } from './printer-serial.ts'
import { tcpPrinter } from './printer-tcp.ts'

export interface PrinterChoice {
  /** What `virtual:` stands for; null where there is no practice printer. */
  readonly virtual: PrinterDevice | null
  readonly timing?: PrinterTiming
}

export type ChosenPrinter =
  { readonly ok: true; readonly device: PrinterDevice } | { readonly ok: false; readonly message: string }

/** The printer at an address of the settings. Nothing is opened until the first job or question. */
export function printerFromAddress(text: string, choice: PrinterChoice): ChosenPrinter {
  const parsed = parsePrinterAddress(text)
  if (!parsed.ok) return parsed
  const device = deviceAt(parsed.address, choice)
  if (device === null) return { ok: false, message: 'Only a practice till has a printer that is drawn.' }
  return { ok: true, device }
}

function deviceAt(address: PrinterAddress, { virtual, timing }: PrinterChoice): PrinterDevice | null {
  switch (address.kind) {
    case 'tcp':
      return tcpPrinter(address, timing)
    case 'serial':
      return serialPrinter(address, timing)
    case 'file':
      return filePrinter(address.path)
    case 'virtual':
      return virtual
  }
}
