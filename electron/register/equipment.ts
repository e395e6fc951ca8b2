import type { Desk } from './desk.ts'
import { deviceSettings } from './device-settings.ts'
import { createPaperDesk } from './paper-desk.ts'
import type { PracticeDevices } from './practice-devices.ts'
import { createPracticeDevices } from './practice-devices.ts'
import { createPrinterSeat } from './printer-seat.ts'
import { createPrinting } from './printing.ts'
import type { RegisterParts } from './register-parts.ts'
import { createScannerDesk } from './scanner-desk.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface EquipmentOptions {
  readonly desk: Desk
  readonly session: Session
  readonly parts: RegisterParts
  readonly settings: () => ShopSettings
  /** Does a piece of work once, after everything that happens in one go. */
  readonly publish: (work: () => void) => void
  readonly changed: () => void
}

/** Scanners and the printer with its papers, and what stands in for them on a practice till. */
export function createEquipment({ desk, session, parts, settings, publish, changed }: EquipmentOptions) {
  const scanners = createScannerDesk({
    desk,
    providers: parts.scanners ?? null,
    settings: () => deviceSettings(desk),
    changed,
  })
  const practice: PracticeDevices | null =
    parts.practiceDevices === true
      ? createPracticeDevices({
          columns: () => settings().paperColumns,
          isInUse: (device) => printers.device() === device,
          inject: scanners.inject,
          newSlip: parts.practiceSlip ?? null,
          changed: () => publish(practiceChanged),
        })
      : null
  const practiceChanged = () => practice !== null && desk.announce.practice.changed(practice.view())
  const printers = createPrinterSeat({
    desk,
    session,
    given: parts.printer,
    givenAddress: parts.environment?.printer ?? '',
    practice: practice?.device ?? null,
    replaced: (device) => void paper.useDevice(device),
  })
  const printing = createPrinting({
    desk,
    settings,
    sandbox: parts.sandbox !== null,
    hasPrinter: () => printers.device() !== null,
    queued: () => publish(() => paper.kick()),
  })
  const paper = createPaperDesk({
    desk,
    printing,
    settings,
    device: printers.device(),
    session,
    changed,
  })
  return { scanners, practice, printers, printing, paper }
}
