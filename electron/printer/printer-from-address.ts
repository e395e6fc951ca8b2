import { parsePrinterAddress } from './printer-address.ts'
import type { PrinterAddress } from './printer-address.ts'
import type { PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice } from './printer-device.ts'
import { filePrinter } from './printer-file.ts'
import { serialPrinter } from './printer-serial.ts'
import { tcpPrinter } from './printer-tcp.ts'

export interface PrinterChoice {
  /** What `virtual:` stands for. */
  readonly virtual: PrinterDevice
  readonly timing?: PrinterTiming
}

export type ChosenPrinter =
  { readonly ok: true; readonly device: PrinterDevice } | { readonly ok: false; readonly message: string }

/** The printer at an address of the settings. Nothing is opened until the first job or question. */
export function printerFromAddress(text: string, choice: PrinterChoice): ChosenPrinter {
  const parsed = parsePrinterAddress(text)
  return parsed.ok ? { ok: true, device: deviceAt(parsed.address, choice) } : parsed
}

function deviceAt(address: PrinterAddress, { virtual, timing }: PrinterChoice): PrinterDevice {
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
