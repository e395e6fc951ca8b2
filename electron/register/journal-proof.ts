import { setImmediate } from 'node:timers/promises'
import type { JournalCheckView } from '../../app/contract/office-views.ts'
import { journalHead } from '../storage/journal.ts'
import { verifySteps } from '../storage/journal-verify.ts'
import type { Desk } from './desk.ts'

/** Reads the whole journal in small steps, telling how far it is; the till works on in between. */
export async function proveJournal(desk: Desk): Promise<JournalCheckView> {
  const all = journalHead(desk.storage.read)?.entries ?? 0
  const steps = verifySteps(desk.storage.read)
  for (;;) {
    const step = steps.next()
    if (step.done === true) {
      const atMs = desk.clock.now()
      const { value } = step
      if (value.ok) return { ok: true, atMs, entries: value.entries, lastHash: value.lastHash }
      const faults = value.faults.slice(0, 50).map(({ detail }) => detail)
      return { ok: false, atMs, entries: value.entries, faults }
    }
    const share = all === 0 ? 1 : Math.min(1, step.value / all)
    desk.announce.upkeep.progressed({ what: 'proving', share })
    await setImmediate()
  }
}
