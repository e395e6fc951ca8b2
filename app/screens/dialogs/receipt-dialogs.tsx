import { useState, type FormEvent } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useTimes } from '../times.ts'
import { useAnswer, useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, goTo, tell } from '../ui-store.ts'
import { TroubleNotice } from '../trouble-notice.tsx'

interface TextFormProps {
  readonly title: string
  readonly label: string
  readonly filledIn: string
  readonly maxLength: number
  readonly button: string
  readonly rows?: number
  readonly save: (text: string) => Promise<{ readonly ok: boolean }>
  readonly done?: string
}

function TextForm({ title, label, filledIn, maxLength, button, rows, save, done }: TextFormProps) {
  const { ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [text, setText] = useState(filledIn)
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    if ((await run('save', () => save(text.trim()), { quiet: true })) === null) return
    closeDialog(ui)
    if (done !== undefined) tell(ui, 'good', done)
  }
  return (
    <Layer title={title} onBack={() => closeDialog(ui)} size="small">
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Field
          label={label}
          value={text}
          onChange={setText}
          maxLength={maxLength}
          first
          {...(rows === undefined ? {} : { rows })}
        />
        <TroubleNotice trouble={trouble} />
        <Button
          label={button}
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

export function RowNoteDialog({ rowId }: { readonly rowId: string }) {
  const words = useWords()
  const { pos } = useShop()
  const row = useTill(({ sale }) => sale?.receipt?.rows.find((each) => each.id === rowId))
  return (
    <TextForm
      title={words.sale.note}
      label={`${words.entry.noteOf} ${row?.name ?? ''}`}
      filledIn={row?.note ?? ''}
      maxLength={120}
      button={words.save}
      save={(note) => pos.sale.setRowNote({ rowId, note })}
    />
  )
}

export function ReceiptNoteDialog() {
  const words = useWords()
  const { pos } = useShop()
  const note = useTill(({ sale }) => sale?.receipt?.note ?? '')
  return (
    <TextForm
      title={words.sale.receiptNote}
      label={words.entry.receiptNote}
      filledIn={note}
      maxLength={240}
      rows={3}
      button={words.save}
      save={(text) => pos.sale.setNote({ note: text })}
    />
  )
}

export function ParkDialog() {
  const words = useWords()
  const { pos } = useShop()
  return (
    <TextForm
      title={words.entry.parkTitle}
      label={words.entry.parkName}
      filledIn=""
      maxLength={40}
      button={words.sale.park}
      save={(name) => pos.sale.park({ name })}
      done={words.entry.parkDone}
    />
  )
}

export function ParkedDialog() {
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const parked = useAnswer('parked', () => pos.sale.parked())?.answer
  const resume = async (receiptId: string) => {
    if ((await run(receiptId, () => pos.sale.resume({ receiptId }), { quiet: true })) !== null)
      goTo(ui, 'sale')
  }
  return (
    <Layer title={words.entry.recallTitle} onBack={() => closeDialog(ui)}>
      <TroubleNotice trouble={trouble} />
      {parked?.length === 0 && (
        <div className="empty">
          <Icon name="tray" size={44} />
          <p>{words.entry.recallEmpty}</p>
        </div>
      )}
      <ul className="choice-list scrolls">
        {parked?.map((each) => (
          <li key={each.receiptId}>
            <Button
              label={`${words.entry.recallOne} ${each.name}`}
              busy={busy === each.receiptId}
              className="choice"
              onPress={() => void resume(each.receiptId)}
            >
              <span className="choice-what">
                <strong>{each.name === '' ? words.sale.rows(each.rows) : each.name}</strong>
                <span>
                  {words.entry.inThe(each.cashier, times.clock(each.openedAtMs))}
                  {each.state !== 'parked' && <b> · {words.entry.parkedState[each.state]}</b>}
                </span>
              </span>
              <Amount minor={each.totalMinor} currency={currency} className="choice-amount" />
            </Button>
          </li>
        ))}
      </ul>
    </Layer>
  )
}

export function CancelReceiptDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [reason, setReason] = useState('')
  const cancel = async () => {
    if (reason.trim() === '') return
    if ((await run('cancel', () => pos.sale.cancel({ reason: reason.trim() }), { quiet: true })) === null)
      return
    closeDialog(ui)
    tell(ui, 'plain', words.entry.canceledDone)
  }
  return (
    <Layer
      title={words.entry.cancelTitle}
      onBack={() => closeDialog(ui)}
      footer={
        <>
          <Button label={words.entry.keepReceipt} large onPress={() => closeDialog(ui)} />
          <Button
            label={words.entry.cancelDo}
            kind="danger"
            large
            busy={busy !== null}
            reason={reason.trim() === '' ? words.entry.cancelWhy : null}
            onPress={() => void cancel()}
          />
        </>
      }
    >
      <p>{words.entry.cancelWhy}</p>
      <div className="reason-grid">
        {words.entry.cancelReasons.map((each) => (
          <Button key={each} label={each} pressed={reason === each} onPress={() => setReason(each)} />
        ))}
      </div>
      <Field label={words.entry.cancelOther} value={reason} onChange={setReason} maxLength={120} />
      <TroubleNotice trouble={trouble} />
    </Layer>
  )
}
