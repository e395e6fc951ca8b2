import type { AddressView } from '../../app/contract/office-views.ts'
import type { Done } from '../../app/contract/views.ts'
import type { PrinterDevice } from '../printer/printer-device.ts'
import { printerFromAddress } from '../printer/printer-from-address.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Session } from './session.ts'

export interface PrinterSeatOptions {
  readonly desk: Desk
  readonly session: Session
  /** The printer that the environment decides, with its address; the setting counts for nothing then. */
  readonly given: PrinterDevice | null
  readonly givenAddress: string
  /** The printer of a practice till, for `virtual:` and while no other is set up; null in a shop. */
  readonly practice: PrinterDevice | null
  /** The printer is another one from now on. */
  readonly replaced: (device: PrinterDevice | null) => void
}

export type PrinterSeat = ReturnType<typeof createPrinterSeat>

const setting = 'printer'

/** Which printer the till prints on. It can be changed while the till works. */
export function createPrinterSeat(options: PrinterSeatOptions) {
  const { desk, session, given } = options
  const saved = (): string => readSetting(desk.storage.read, setting, '')
  const seat = { device: given ?? deviceAt(saved()), inUse: given === null ? saved() : options.givenAddress }

  /** Null for no address, and for one that is not right: a till without a printer works on. */
  function deviceAt(address: string): PrinterDevice | null {
    if (address === '') return options.practice
    const chosen = chosenAt(address)
    return chosen.ok ? chosen.device : null
  }

  const chosenAt = (address: string) => printerFromAddress(address, { virtual: options.practice })

  return {
    device: (): PrinterDevice | null => seat.device,
    view: (): AddressView => ({
      address: saved(),
      inUse: seat.inUse,
      fixedBy: given === null ? null : 'KASSA_PRINTER',
    }),
    save({ address }: { address: string }): Done {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const text = address.trim()
      if (text !== '' && !chosenAt(text).ok)
        return { ok: false, reason: 'invalid', field: 'printer', problem: 'printerAddress' }
      const done = change(desk, (): Done => {
        writeSetting(desk.storage.write, setting, text, session.actor())
        return { ok: true }
      })
      if (!done.ok || given !== null || text === seat.inUse) return done
      seat.device = deviceAt(text)
      seat.inUse = text
      options.replaced(seat.device)
      return done
    },
  }
}
