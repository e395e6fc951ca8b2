import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { FindingView, ReconciliationView } from '../../contract/reconcile-views.ts'
import { formatAmount } from '../../domain/money.ts'
import type { SideTotals } from '../../domain/reconcile.ts'
import { totalMinor } from '../../domain/reconcile.ts'
import { reconciliationWords } from '../../words/reconciliation.ts'
import { useTimes } from '../times.ts'
import { saveText } from '../save-text.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { tell } from '../ui-store.ts'
import { useLive } from '../use-live.ts'

/** Ends SEQR's period and shows, line by line, where the two sides differ and what to do about it. */
function Reconcile() {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const current = useLive(() => pos.reconciliation.current(), pos.reconciliation.onChanged)?.current ?? null
  const text = words.books.reconcile
  const isOver = current === null || ['done', 'failed', 'givenUp'].includes(current.stage)
  return (
    <ScreenFrame title={text.title} className="reconcile">
      <div className="books-side scrolls">
        <p>{text.long}</p>
        <TroubleNotice trouble={trouble} />
        {isOver && (
          <Button
            label={text.start}
            kind="strong"
            large
            busy={busy === 'start'}
            onPress={() => void run('start', () => pos.reconciliation.start(), { quiet: true })}
          />
        )}
        {current !== null && <Progress current={current} />}
        {current?.result != null && <Result current={current} result={current.result} />}
      </div>
    </ScreenFrame>
  )
}

function Progress({ current }: { readonly current: ReconciliationView }) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, run } = useRun()
  const text = words.books.reconcile
  const { stage } = current
  const button = (name: 'askAgain' | 'stop' | 'goOn' | 'giveUp') => (
    <Button
      label={text[name]}
      busy={busy === name}
      onPress={() => void run(name, () => pos.reconciliation[name]())}
    />
  )
  const isCalm = stage === 'marking' || stage === 'waiting' || stage === 'done'
  return (
    <>
      <Notice
        tone={stage === 'done' ? 'good' : isCalm ? 'plain' : 'attention'}
        title={text.stage[stage]}
        live
      >
        {stage === 'markUnknown' && <p>{text.markUnknownNext}</p>}
        {stage === 'failed' && (
          <p>
            {current.refusal?.code ?? ''} {current.refusal?.description} {text.failedNext}
          </p>
        )}
        {stage === 'stopped' && <p>{text.stoppedNext}</p>}
        {current.notReady > 0 && <p>{text.notReady(current.notReady)}</p>}
        {current.isSilent && <p>{text.silent}</p>}
        {current.trouble !== null && <p>{current.trouble.description}</p>}
      </Notice>
      <div className="papers-buttons">
        {stage === 'waiting' && button('stop')}
        {stage === 'markUnknown' && button('askAgain')}
        {stage === 'stopped' && button('goOn')}
        {(stage === 'stopped' || stage === 'markUnknown') && button('giveUp')}
      </div>
    </>
  )
}

type ShownResult = NonNullable<ReconciliationView['result']>

function Result({ current, result }: { readonly current: ReconciliationView; readonly result: ShownResult }) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const text = words.books.reconcile
  const { id, number } = current
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
      <td>{formatAmount(totals.paidMinor, currency)}</td>
      <td>{formatAmount(totals.refundedMinor, currency)}</td>
      <td>{formatAmount(totalMinor(totals), currency)}</td>
    </tr>
  )
  return (
    <>
      <h2>{text.number(number ?? 0)}</h2>
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
            <td>{formatAmount(result.differenceMinor, currency)}</td>
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
            <FindingItem key={finding.key} id={id} finding={finding} />
          ))}
        </ul>
      )}
    </>
  )
}

function FindingItem({ id, finding }: { readonly id: string; readonly finding: FindingView }) {
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
  const save = (done: boolean) =>
    void run('note', () =>
      pos.reconciliation.note({ id, finding: finding.key, isDone: done, note: note.trim() }),
    )
  const money = (amountMinor: number) => formatAmount(amountMinor, currency)
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
            finding.atMs === null ? '' : times.clock(finding.atMs),
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
        <Button label={text.save} busy={busy !== null} onPress={() => save(isDone)} />
        <Button
          label={isDone ? text.undone : text.finished}
          busy={busy !== null}
          onPress={() => save(!isDone)}
        />
      </div>
    </li>
  )
}

export const reconcileScreen: Screen = {
  id: 'reconcile',
  place: 'elsewhere',
  icon: 'approve',
  title: (words) => words.books.reconcile.title,
  view: Reconcile,
  menu: 'till',
}
