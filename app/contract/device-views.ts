/** What is shown of scanners, printer, drawer and the customer's display, and what the customer is shown. */
import type { Symbology } from '../domain/barcode.ts'
import type { DeviceSettings } from '../domain/devices.ts'
import type { Currency } from '../domain/money.ts'
import type { PrintedPaper } from '../domain/printed-paper.ts'
import type { PrinterStatus } from '../domain/printer-status.ts'
import type { ScanDevice } from '../domain/scan.ts'
import type { AddressView } from './office-views.ts'
import type { PaymentPhase } from './views.ts'

/** What a scanner has read. The window, which knows where the register is, decides what it means. */
export interface ScannedView {
  /** Which read it was, counted since the till began: every window hears of it, and it sells once. */
  readonly id: number
  readonly data: string
  readonly symbology: Symbology
  readonly device: ScanDevice
  /** What the scanner is called. */
  readonly name: string
  /** The AIM identifier as it was sent, such as `]C0`; empty when the scanner sends none. */
  readonly aim: string
  readonly atMs: number
}

/** Everything that hangs on this till, as it is now. */
export interface DevicesView {
  readonly settings: DeviceSettings
  readonly scanners: readonly ScannerView[]
  readonly printer: {
    readonly address: AddressView
    /** A practice till without a printer of its own prints on paper that is only drawn. */
    readonly isPractice: boolean
    /** What the printer said last; null before it was asked and while there is none. */
    readonly status: PrinterStatus | null
    /** The profile that is written for, in words, with its columns. */
    readonly model: string
    readonly columns: number
  }
  /** When a customer's display was last heard of; null when none was since the till began. */
  readonly displaySeenAtMs: number | null
}

export interface ScannerView {
  readonly id: string
  readonly kind: 'hid' | 'serial'
  readonly name: string
  readonly state: 'absent' | 'ready' | 'failing'
  readonly detail: string
}

/** What was found on this computer. A part that cannot be looked through says why, and finds nothing. */
export interface FoundDevices {
  readonly printers: readonly { readonly address: string; readonly name: string }[]
  readonly ports: FoundPart<{ readonly path: string; readonly name: string }>
  readonly hid: FoundPart<{ readonly name: string }>
}

export interface FoundPart<T> {
  readonly found: readonly T[]
  /** Why it cannot be looked through; null when it was. */
  readonly problem: string | null
}

/** What the customer's display shows, and nothing else: no name, no note, no reference. */
export interface DisplayView {
  readonly storeName: string
  readonly currency: Currency
  readonly language: string
  readonly sandbox: boolean
  /** A test picture, so that somebody can see from the till which screen it is. */
  readonly isTest: boolean
  readonly receipt: {
    readonly rows: readonly DisplayRow[]
    readonly discountMinor: number
    readonly totalMinor: number
    readonly paidMinor: number
    readonly leftToPayMinor: number
  } | null
  /** The SEQR payment that the customer is asked for. */
  readonly payment: {
    readonly phase: PaymentPhase
    readonly amountMinor: number
    readonly seqrId: string
  } | null
  readonly finished: { readonly totalMinor: number; readonly changeMinor: number } | null
}

export interface DisplayRow {
  readonly id: string
  readonly isSlip: boolean
  readonly name: string
  readonly quantityThousandths: number
  readonly unit: string
  readonly unitDecimals: number
  readonly totalMinor: number
}

/** The devices that a practice till has instead of real ones. */
export interface PracticeView {
  readonly printer: {
    readonly hasPower: boolean
    readonly paper: 'full' | 'low' | 'out'
    readonly isCoverOpen: boolean
    readonly isJammed: boolean
    readonly isOffline: boolean
    /** False while the till prints on a printer of its own. */
    readonly isInUse: boolean
  }
  /** What came out last. */
  readonly paper: PrintedPaper | null
  readonly papers: number
  readonly drawer: { readonly isOpen: boolean; readonly openings: number }
  /** False while slips are verified by a server of somebody else, which knows no practice slips. */
  readonly makesSlips: boolean
}
