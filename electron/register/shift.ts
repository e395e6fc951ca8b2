import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done } from '../../app/contract/views.ts'
import { nextNumber } from '../storage/counters.ts'
import { appendJournal } from '../storage/journal.ts'
import { openShift, saveShift } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Session } from './session.ts'

export interface ShiftOptions {
  readonly desk: Desk
  readonly session: Session
  readonly changed: () => void
}

/** A shift: from the float in the drawer to the count at its end. */
export function createShifts({ desk, session, changed }: ShiftOptions): Handlers<typeof contract>['shift'] {
  return {
    open({ floatMinor }): Done {
      const person = session.person()
      if (person === null) return { ok: false, reason: 'rule', rule: 'signedOut' }
      if (openShift(desk.storage.read) !== null)
        return { ok: false, reason: 'invalid', field: 'shift', problem: 'alreadyOpen' }
      const saved = change(desk, (): Done => {
        beginShift(desk, person.name, floatMinor)
        return { ok: true }
      })
      changed()
      return saved
    },
  }
}

/** Opens a shift and journals its float; call within a transaction. */
export function beginShift(desk: Desk, by: string, floatMinor: number): void {
  const db = desk.storage.write
  const shift = {
    id: desk.newId(),
    number: nextNumber(db, 'shift'),
    openedAtMs: desk.clock.now(),
    openedBy: by,
    floatMinor,
    closedAtMs: null,
    countedMinor: null,
    zNumber: null,
  }
  saveShift(db, shift)
  const { id, number, openedAtMs } = shift
  appendJournal(db, { atMs: openedAtMs, kind: 'shiftOpened', body: { id, number, floatMinor, by } })
}
