import type { PrintedPaper } from '../../app/domain/printed-paper.ts'
import { byteInbox } from './byte-inbox.ts'
import type { PrinterLine, PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice } from './printer-device.ts'
import { twoWayPrinter } from './two-way-printer.ts'
import { virtualMechanism } from './virtual-mechanism.ts'
import type { VirtualCondition, VirtualMechanism } from './virtual-mechanism.ts'

/** A printer that exists only in the till: it keeps its paper and can be given every trouble a real one has. */
export interface VirtualPrinter {
  readonly device: PrinterDevice
  readonly papers: readonly PrintedPaper[]
  readonly drawerOpenings: number
  readonly condition: VirtualCondition
  change(condition: Partial<VirtualCondition>): void
}

export interface VirtualPrinterOptions {
  /** As wide as the paper is now. */
  readonly columns: number | (() => number)
  readonly timing?: PrinterTiming
  /** New paper, or another condition. */
  readonly changed?: () => void
}

export function virtualPrinter({ columns, timing, changed }: VirtualPrinterOptions): VirtualPrinter {
  const mechanism = virtualMechanism(columns, changed)
  return {
    device: twoWayPrinter(async () => await Promise.resolve(openLine(mechanism)), timing),
    get papers() {
      return mechanism.papers
    },
    get drawerOpenings() {
      return mechanism.drawerOpenings
    },
    get condition() {
      return mechanism.condition
    },
    change: mechanism.change,
  }
}

// The same conversation as with a printer on the network, so the same faults can show.
function openLine(mechanism: VirtualMechanism): PrinterLine | null {
  if (!mechanism.condition.hasPower) return null
  const inbox = byteInbox()
  let isDropped = false
  const isClosed = () => isDropped || !mechanism.condition.hasPower
  return {
    inbox,
    get isClosed() {
      return isClosed()
    },
    write: async (bytes) => {
      await Promise.resolve()
      if (isClosed()) throw new Error('the virtual printer has no power')
      mechanism.receive(bytes, inbox.push)
    },
    finish: async () => await Promise.resolve(!isClosed()),
    drop: () => {
      if (!isDropped) mechanism.endJob()
      isDropped = true
      inbox.shut()
    },
  }
}
