import type { PrinterStatus, PrintFault } from '../../app/domain/printer-status.ts'

/** `printedMaybe`: some of the job may be on paper, so nobody but a person may say whether to print it again. */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  | { readonly kind: 'failed'; readonly reason: PrintFault; readonly printedMaybe: boolean }

/** A receipt printer, however it is connected. A missing printer is a state and never an error: nothing here rejects. */
export interface PrinterDevice {
  readonly state: 'absent' | 'ready' | 'failing'
  /**
   * Prints one job and answers once the printer has taken all of it, or can't. While it waits for a person (paper is
   * out, the cover is open) `told` hears of it. Jobs and questions at the same time wait for each other.
   */
  print(bytes: Uint8Array, signal: AbortSignal, told?: (status: PrinterStatus) => void): Promise<PrintOutcome>
  /** Asks the printer; while a job is printed, what was heard last. */
  status(): Promise<PrinterStatus>
}
