import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { FindingView, ReconciliationView } from '../../contract/reconcile-views.ts'
import type { SideTotals } from '../../domain/reconcile.ts'
import { totalMinor } from '../../domain/reconcile.ts'
import { reconciliationWords } from '../../words/reconciliation.ts'
import { saveText } from '../save-text.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { useTimes } from '../times.ts'
import { tell } from '../ui-store.ts'

type ShownResult = NonNullable<ReconciliationView['result']>

/** Both sides added up, what agrees, and each difference with what to do about it. */
export function ReconciliationResult(props: {
  readonly of: ReconciliationView
  readonly result: ShownResult
  readonly onNoted: () => void
}) {
  const { of, result } = props
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const text = words.books.reconcile
  const { id, number } = of
  const print = async () => {
    if ((await run('print', () => pos.reconciliation.print({ id }))) !== null) tell(ui, 'good', text.printed)
  }
  const save = async () => {
    const done = await run('csv', () => pos.reconciliation.csv({ id }))
    if (done !== null) saveText(`seqr-reconciliation-${number ?? ''}.csv`, done.text, 'text/csv')
  }
  const side = (name: string, totals: SideTotals) => (
    <tr>
      <th scope="row">{name}</th>
      <td>{amount(totals.paidMinor)}</td>
      <td>{amount(totals.refundedMinor)}</td>
      <td>{amount(totalMinor(totals))}</td>
    </tr>
  )
  return (
    <>
      <header>
        <h2>{text.number(number ?? 0)}</h2>
        <span className="soft">
          {times.dateTime(of.startedAtMs)} · {of.by}
        </span>
      </header>
      <table className="books-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{text.payments}</th>
            <th scope="col">{text.refunds}</th>
            <th scope="col">{text.sum}</th>
          </tr>
        </thead>
        <tbody>
          {side(text.till, result.here)}
          {side(text.seqr, result.there)}
          <tr>
            <th scope="row">{text.difference}</th>
            <td />
            <td />
            <td>{amount(result.differenceMinor)}</td>
          </tr>
        </tbody>
      </table>
      <div className="papers-buttons">
        <Button label={text.print} icon="printer" busy={busy === 'print'} onPress={() => void print()} />
        <Button label={text.csv} icon="out" busy={busy === 'csv'} onPress={() => void save()} />
      </div>
      <p>{text.matched(result.matched)}</p>
      {result.findings.length === 0 ? (
        <Notice tone="good">{text.allAgrees}</Notice>
      ) : (
        <ul className="stack" aria-label={text.findings}>
          {result.findings.map((finding) => (
            <FindingItem key={finding.key} id={id} finding={finding} onNoted={props.onNoted} />
          ))}
        </ul>
      )}
    </>
  )
}

function FindingItem(props: {
  readonly id: string
  readonly finding: FindingView
  readonly onNoted: () => void
}) {
  const { id, finding } = props
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const language = useTill(({ till }) => till?.language ?? 'en')
  const { pos } = useShop()
  const { busy, run } = useRun()
  const [note, setNote] = useState(finding.note?.note ?? '')
  const text = words.books.reconcile
  const shop = reconciliationWords[language === 'sv' ? 'sv' : 'en']
  const { name, says, next } = shop.findings[finding.kind]
  const isDone = finding.note?.done === true
  const save = async (isNowDone: boolean) => {
    const input = { id, finding: finding.key, isDone: isNowDone, note: note.trim() }
    if ((await run('note', () => pos.reconciliation.note(input))) !== null) props.onNoted()
  }
  const money = useAmounts(currency)
  return (
    <li>
      <Notice tone={isDone || finding.urgency === 'settled' ? 'good' : 'attention'} title={name}>
        <p>
          {text.till} {money(finding.hereMinor)} · {text.seqr} {money(finding.thereMinor)} · {text.difference}{' '}
          {money(finding.thereMinor - finding.hereMinor)}
        </p>
        <p className="selectable">
          {[
            finding.receiptNumber === null ? '' : text.receipt(finding.receiptNumber),
            finding.atMs === null ? '' : times.short(finding.atMs),
            finding.cashier,
            finding.ersReference,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
        <p>
          {says} {next}
        </p>
      </Notice>
      <div className="reconcile-note">
        <Field label={text.note} value={note} maxLength={300} onChange={setNote} />
        <Button label={text.save} busy={busy !== null} onPress={() => void save(isDone)} />
        <Button
          label={isDone ? text.undone : text.finished}
          busy={busy !== null}
          onPress={() => void save(!isDone)}
        />
      </div>
    </li>
  )
}
