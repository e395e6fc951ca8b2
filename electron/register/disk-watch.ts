import { activeReceiptId, setActiveReceiptId } from '../storage/receipts.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'

/** A disk that took no write is tried again this often. */
const tryEveryMs = 2000

/**
 * Finds out when a full or failing disk takes writes again. While it does not, the till lets nobody begin anything, so
 * without this nothing would ever be written and the till would stay shut with room to spare.
 */
export function createDiskWatch(desk: Desk, changed: () => void) {
  const stopping = new AbortController()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await desk.clock.sleepUntil(desk.clock.now() + tryEveryMs, stopping.signal)
      if (!stopping.signal.aborted && desk.disk.full) tryToWrite()
    }
  }

  /** Writes what stands there already: whether it arrives is all that counts. */
  function tryToWrite(): void {
    change(desk, () => setActiveReceiptId(desk.storage.write, activeReceiptId(desk.storage.read)))
    if (!desk.disk.full) changed()
  }

  return {
    start: () => void run(),
    stop: () => stopping.abort(),
  }
}
