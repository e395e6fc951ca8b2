import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { DevicesView, FoundPart } from '../../app/contract/device-views.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import type { PrinterStatus } from '../../app/domain/printer-status.ts'
import { testPaperWords } from '../../app/words/test-paper.ts'
import { findPrinters } from '../printer/find-printers.ts'
import { testPaper } from '../printer/test-paper.ts'
import { appendJournal } from '../storage/journal.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import { deviceSettings, saveDeviceSettings } from './device-settings.ts'
import type { Display } from './display.ts'
import type { PrinterSeat } from './printer-seat.ts'
import type { Printing } from './printing.ts'
import type { ScannerDesk } from './scanner-desk.ts'
import type { Session } from './session.ts'
import { saveShopSettings, shopSettings } from './settings.ts'

export interface DevicesOptions {
  readonly desk: Desk
  readonly session: Session
  readonly printing: Printing
  readonly printers: PrinterSeat
  readonly printerStatus: () => PrinterStatus | null
  readonly scanners: ScannerDesk
  readonly display: Display
  readonly isPractice: boolean
  readonly changed: () => void
}

const noPrinter: Refusal = { ok: false, reason: 'invalid', field: 'printer', problem: 'noPrinter' }

/** The set-up page of the devices: how each one is, what there is to choose from, and a test for each. */
export function createDevices(options: DevicesOptions) {
  const { desk, session, printing, printers, scanners, display } = options

  function view(): DevicesView {
    const { model, columns } = printing.profile()
    const address = printers.view()
    return {
      settings: deviceSettings(desk),
      scanners: scanners.views(),
      printer: {
        address,
        isPractice: options.isPractice && address.inUse === '' && address.fixedBy === null,
        status: printers.device() === null ? null : options.printerStatus(),
        model,
        columns,
      },
      displaySeenAtMs: display.seenAtMs(),
    }
  }

  /** For an administrator, and in one transaction. */
  function done(work: () => Done): Done {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const answer = change(desk, work)
    options.changed()
    return answer
  }

  const noteTest = (device: string) => session.audit(session.actor(), 'deviceTested', { device })

  const handlers: Handlers<typeof contract>['devices'] = {
    current: view,
    async save(input) {
      const saved = done(() => {
        saveDeviceSettings(desk, input, session.actor())
        const { profile } = input.printer
        if (profile !== null) {
          const { columns: paperColumns } = printerProfiles[profile]
          saveShopSettings(desk, { ...shopSettings(desk), paperColumns }, session.actor())
        }
        return { ok: true }
      })
      if (saved.ok) await scanners.start()
      return saved
    },
    async find() {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const [found, ports, hid] = await Promise.all([
        findPrinters(),
        scanners.ports(),
        part(() => scanners.hidScanners()),
      ])
      const portPart = ports.ok ? { found: ports.ports, problem: null } : { found: [], problem: ports.reason }
      return { ok: true, found: { printers: found, ports: portPart, hid } }
    },
    testPrint: () =>
      done(() => {
        if (!printing.hasPrinter()) return noPrinter
        const words = testPaperWords[shopSettings(desk).language]
        printing.queue('test', words.title, testPaper(printing.profile(), words))
        noteTest('printer')
        return { ok: true }
      }),
    testDrawer: () =>
      done(() => {
        if (!printing.hasPrinter()) return noPrinter
        const by = session.actor()
        appendJournal(desk.storage.write, {
          atMs: desk.clock.now(),
          kind: 'drawerOpened',
          body: { reason: 'Device test', by, allowedBy: by },
        })
        printing.queueDrawer()
        noteTest('drawer')
        return { ok: true }
      }),
    testDisplay: () =>
      done(() => {
        display.test()
        noteTest('display')
        return { ok: true }
      }),
  }
  return { view, handlers }
}

async function part<T>(look: () => Promise<readonly T[]>): Promise<FoundPart<T>> {
  try {
    return { found: await look(), problem: null }
  } catch (error) {
    return { found: [], problem: error instanceof Error ? error.message : String(error) }
  }
}
