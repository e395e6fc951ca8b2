import type { PaperColumns, PrinterProfile, PrinterProfileName } from './printer-profile.ts'
import { printerProfiles } from './printer-profile.ts'

/** A scanner on a serial port, with what its manual calls interface settings. */
export interface SerialScannerSettings {
  /** `COM3`, `/dev/ttyUSB0`. */
  readonly path: string
  readonly baudRate: number
  readonly dataBits: 5 | 6 | 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  readonly terminator: '\r' | '\n' | '\r\n' | '\t'
  /** What the scanner sends in front of each bar code, such as STX; empty for none. */
  readonly prefix: string
}

/** What scanners that type like a keyboard were set to in their manual. One setting holds for all of them. */
export interface KeyboardScannerSettings {
  /** The longest pause between two keys of one bar code. A person's keys come further apart. */
  readonly maxGapMs: number
  /** The key it sends in front: `F13`, `~`, or `Control+b` for STX; empty for none. */
  readonly prefix: string
  /** The key that ends a bar code; `none` takes a pause for the end as well. */
  readonly suffix: 'either' | 'Enter' | 'Tab' | 'none'
  /** A scanner as delivered types on a US keyboard, whatever keyboard the till has. */
  readonly layout: 'asTyped' | 'us'
}

/** What the till knows of the devices that hang on it, beside the printer's address. */
export interface DeviceSettings {
  readonly printer: {
    /** Null: the plain profile for the paper's width. */
    readonly profile: PrinterProfileName | null
    /** The pin of the drawer socket that opens the drawer. Most cables use 2. */
    readonly drawerPin: 2 | 5
  }
  readonly scanners: {
    readonly keyboard: KeyboardScannerSettings
    /** Follows HID POS scanners (usage page 0x8C). */
    readonly hid: boolean
    readonly serial: readonly SerialScannerSettings[]
    /** The same code again from the same scanner within this time counts once; 0 counts every read. */
    readonly ignoreRepeatsMs: number
  }
}

/** What most scanners that type like a keyboard work with. */
export const firstKeyboardScanner: KeyboardScannerSettings = {
  maxGapMs: 35,
  prefix: '',
  suffix: 'either',
  layout: 'asTyped',
}

/** What a till starts with. */
export const firstDevices: DeviceSettings = {
  printer: { profile: null, drawerPin: 2 },
  scanners: { keyboard: firstKeyboardScanner, hid: true, serial: [], ignoreRepeatsMs: 0 },
}

/** What to write for: the chosen profile, on paper of the shop's width. */
export function profileOf({ printer }: DeviceSettings, columns: PaperColumns): PrinterProfile {
  const named = printer.profile === null ? null : printerProfiles[printer.profile]
  if (named?.columns === columns) return { ...named, drawerPin: printer.drawerPin }
  const plain = plainProfile(columns)
  const { codePages, cancelsKanji } = named ?? plain
  return { ...plain, codePages, cancelsKanji, drawerPin: printer.drawerPin }
}

function plainProfile(columns: PaperColumns): PrinterProfile {
  switch (columns) {
    case 32:
      return printerProfiles.standard58
    case 42:
      return printerProfiles.standard80wide
    case 48:
      return printerProfiles.standard80
  }
}
