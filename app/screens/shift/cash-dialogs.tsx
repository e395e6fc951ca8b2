import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { CashMove } from '../../domain/shift.ts'
import { readAmount } from '../entry.ts'
import { EntryForm } from '../entry-form.tsx'
import { ReasonField } from '../reason-field.tsx'
import { useCurrency, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'

const isTooShort = (reason: string) => reason.trim().length < 3

/** Cash into the drawer, out of it, or to the safe: how much, and why. */
export function MoveCashDialog({ move }: { readonly move: CashMove['kind'] }) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const says = words.office.shift
  const done = async (amountMinor: number) => {
    setTried(true)
    if (isTooShort(reason)) return
    const input = { kind: move, amountMinor, reason: reason.trim() }
    if ((await running.run('move', () => pos.shift.moveCash(input), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'good', `${says.move[move]}.`, says.moved)
  }
  return (
    <EntryForm
      title={says.move[move]}
      subject={says.moveLong[move]}
      label={words.amount.label}
      unit={currency}
      filledIn=""
      read={(text) => readAmount(words, text, currency)}
      onDone={(amountMinor) => void done(amountMinor)}
      button={says.move[move]}
      running={running}
      extra={
        <ReasonField
          label={says.reason}
          usual={says.reasons[move]}
          value={reason}
          fault={isTried && isTooShort(reason) ? says.reasonMissing : null}
          onChange={setReason}
        />
      }
    />
  )
}

/** The drawer without a sale. */
export function OpenDrawerDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const says = words.office.shift
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (isTooShort(reason)) return
    if (
      (await run('drawer', () => pos.shift.openDrawer({ reason: reason.trim() }), { quiet: true })) === null
    )
      return
    closeDialog(ui)
    tell(ui, 'good', says.drawerOpened)
  }
  return (
    <Layer title={says.drawer} onBack={() => closeDialog(ui)} size="small">
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{says.drawerLong}</p>
        <ReasonField
          label={says.reason}
          usual={says.drawerReasons}
          value={reason}
          fault={isTried && isTooShort(reason) ? says.reasonMissing : null}
          onChange={setReason}
        />
        <TroubleNotice trouble={trouble} />
        <Button
          label={says.drawer}
          icon="unlock"
          kind="strong"
          large
          type="submit"
          busy={busy !== null}
          onPress={() => void submit()}
        />
      </form>
    </Layer>
  )
}
