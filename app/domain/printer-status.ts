/** Why a printer can't print, in the order in which a person should look. */
export type PrinterTrouble = 'unreachable' | 'coverOpen' | 'paperOut' | 'error' | 'offline'

/** What a printer says of itself. `silent`: it takes data but doesn't answer questions. */
export type PrinterStatus =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'answered'
      readonly online: boolean
      readonly coverOpen: boolean
      readonly paper: 'ok' | 'low' | 'out'
      readonly error: 'none' | 'cutter' | 'recoverable' | 'unrecoverable'
      /** The level on the drawer's switch. Which level means open depends on the drawer. */
      readonly drawerSignal: boolean
    }

/** The first thing that keeps the printer from printing, or null when it can print as far as it says. */
export function troubleOf(status: PrinterStatus): PrinterTrouble | null {
  if (status.kind === 'unreachable') return 'unreachable'
  if (status.kind === 'silent') return null
  if (status.coverOpen) return 'coverOpen'
  if (status.paper === 'out') return 'paperOut'
  if (status.error !== 'none') return 'error'
  return status.online ? null : 'offline'
}

/** Why a print job has not come out. `stopped`: the till was shut down meanwhile. */
export type PrintFault = PrinterTrouble | 'closedMidJob' | 'timeout' | 'stopped'

/** Whether the printer's state should be shown before a sale ends: it can't print, or its paper is nearly used up. */
export function isWorthTelling(status: PrinterStatus | null): boolean {
  if (status === null) return false
  return troubleOf(status) !== null || (status.kind === 'answered' && status.paper === 'low')
}
