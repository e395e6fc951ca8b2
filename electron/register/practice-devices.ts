import type { contract } from '../../app/contract/contract.ts'
import type { PracticeView } from '../../app/contract/device-views.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { PrinterDevice } from '../printer/printer-device.ts'
import { nearEndLines } from '../printer/virtual-mechanism.ts'
import { virtualPrinter } from '../printer/virtual-printer.ts'

export interface PracticeOptions {
  readonly columns: () => number
  readonly isInUse: (device: PrinterDevice) => boolean
  readonly inject: (raw: string) => void
  /** Makes a slip in the practice 7-CONNECT server and says its reference; null where there is none. */
  readonly newSlip: (() => string) | null
  readonly changed: () => void
}

export type PracticeDevices = ReturnType<typeof createPracticeDevices>

/** What a practice till has instead of machines: a scanner to press, a printer that jams on demand, a drawer. */
export function createPracticeDevices(options: PracticeOptions) {
  const printer = virtualPrinter({ columns: options.columns, changed: options.changed })
  const drawer = { closedAfter: 0 }

  function view(): PracticeView {
    const { hasPower, paperLines, isCoverOpen, isJammed, isOffline } = printer.condition
    const paper = paperLines === 0 ? 'out' : paperLines !== null && paperLines < nearEndLines ? 'low' : 'full'
    return {
      printer: {
        hasPower,
        paper,
        isCoverOpen,
        isJammed,
        isOffline,
        isInUse: options.isInUse(printer.device),
      },
      paper: printer.papers.at(-1) ?? null,
      papers: printer.papers.length,
      drawer: { isOpen: printer.drawerOpenings > drawer.closedAfter, openings: printer.drawerOpenings },
      makesSlips: options.newSlip !== null,
    }
  }

  const handlers: Handlers<typeof contract>['practice'] = {
    current: view,
    scan({ raw }) {
      options.inject(raw)
      return { ok: true }
    },
    newSlip: () =>
      options.newSlip === null ? { ok: false, reason: 'notFound' } : { ok: true, payId: options.newSlip() },
    setPrinter({ paper, ...condition }) {
      printer.change({ ...condition, paperLines: linesOf(paper) })
      return { ok: true }
    },
    closeDrawer() {
      drawer.closedAfter = printer.drawerOpenings
      options.changed()
      return { ok: true }
    },
  }
  return { device: printer.device, view, handlers }
}

/** Nearly used up still prints a short receipt. */
function linesOf(paper: PracticeView['printer']['paper']): number | null {
  switch (paper) {
    case 'full':
      return null
    case 'low':
      return nearEndLines - 1
    case 'out':
      return 0
  }
}

/** A till with real money has none of it. */
export function noPractice(): Pick<PracticeDevices, 'handlers'> {
  const none = { ok: false, reason: 'notFound' } as const
  return {
    handlers: {
      current: () => null,
      scan: () => none,
      newSlip: () => none,
      setPrinter: () => none,
      closeDrawer: () => none,
    },
  }
}
