import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ListedSlip, ListedStatus, SlipListView } from '../../contract/slip-views.ts'
import { formatPayId } from '../../domain/slip.ts'
import { saveText } from '../save-text.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useNow, useRun, useShop, useTill } from '../shop.tsx'
import { openDialog, tell } from '../ui-store.ts'
import { useTimes } from '../times.ts'
import { SlipWork } from './slip-work.tsx'
import { StatusMark } from './status-mark.tsx'

const SlipPlot = lazy(async () => ({ default: (await import('./slip-plot.tsx')).SlipPlot }))

type Kind = 'taken' | 'issued'
const periods = [1, 7, 30] as const
const askEveryMs = 2000

/** The slips taken and issued at this till, what has become of them, and what will be settled. */
function Slips() {
  const { slips } = useWords()
  const { pos } = useShop()
  const [kind, setKind] = useState<Kind>('taken')
  const [days, setDays] = useState<number>(7)
  const [status, setStatus] = useState<ListedStatus | null>(null)
  const [text, setText] = useState('')
  const nowMs = useNow(askEveryMs)
  const question = `${kind} ${days} ${Math.floor(nowMs / askEveryMs)}`
  const asked = useAnswer(question, () => pos.slip.list({ kind, days }))
  const list = asked?.question.startsWith(`${kind} ${days} `) === true ? asked.answer : null
  return (
    <ScreenFrame title={slips.title} className="slips">
      <div className="slips-main">
        <Tools
          kind={kind}
          days={days}
          onKind={(next) => {
            setKind(next)
            setStatus(null)
          }}
          onDays={setDays}
        />
        {list !== null && (
          <>
            <Totals list={list} chosen={status} onChoose={setStatus} />
            <Acts kind={kind} days={days} text={text} onText={setText} />
            <SlipTable list={list} kind={kind} status={status} text={text} />
          </>
        )}
      </div>
      <aside className="slips-side">
        <SlipWork />
        <Plot list={list} />
      </aside>
    </ScreenFrame>
  )
}

function Tools(props: {
  readonly kind: Kind
  readonly days: number
  readonly onKind: (kind: Kind) => void
  readonly onDays: (days: number) => void
}) {
  const { kind, days } = props
  const { slips } = useWords()
  const practice = useTill(({ till }) => till?.sandboxLinks?.slips ?? '')
  return (
    <div className="slips-tools">
      <div role="group" aria-label={slips.title} className="segments">
        {(['taken', 'issued'] as const).map((each) => (
          <Button key={each} label={slips[each]} pressed={kind === each} onPress={() => props.onKind(each)} />
        ))}
      </div>
      <div role="group" aria-label={slips.period} className="segments">
        {periods.map((each) => (
          <Button
            key={each}
            label={slips.days(each)}
            pressed={days === each}
            onPress={() => props.onDays(each)}
          />
        ))}
      </div>
      <div className="grow" />
      {practice !== '' && (
        <a className="slips-practice" href={practice} target="_blank" rel="noreferrer">
          <Icon name="gear" size={18} />
          {slips.practice}
        </a>
      )}
    </div>
  )
}

function Acts(props: {
  readonly kind: Kind
  readonly days: number
  readonly text: string
  readonly onText: (text: string) => void
}) {
  const { kind, days } = props
  const { slips } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const refresh = async () => {
    if ((await run('refresh', () => pos.slip.refresh())) !== null) tell(ui, 'good', slips.refreshed)
  }
  const report = async () => {
    const { fileName, text } = await pos.slip.report({ kind, days })
    saveText(fileName, text, 'text/csv')
    tell(ui, 'good', slips.reported(fileName))
  }
  return (
    <div className="slips-tools">
      <input
        className="input input-search"
        type="search"
        aria-label={slips.filter}
        placeholder={slips.filter}
        value={props.text}
        maxLength={80}
        onChange={(event) => props.onText(event.target.value)}
      />
      <Button label={slips.refresh} icon="online" busy={busy === 'refresh'} onPress={() => void refresh()} />
      <Button label={slips.report} icon="out" onPress={() => void report()} />
      <Button
        label={slips.issue}
        icon="plus"
        kind="strong"
        onPress={() => openDialog(ui, { kind: 'issueSlip' })}
      />
    </div>
  )
}

/** Each status with its count and sum, to be pressed as a filter; and what is settled in the end. */
function Totals(props: {
  readonly list: SlipListView
  readonly chosen: ListedStatus | null
  readonly onChoose: (status: ListedStatus | null) => void
}) {
  const { slips } = useWords()
  const currency = useCurrency()
  const { totals, settledMinor } = props.list
  const sum = totals.reduce((all, { amountMinor }) => all + amountMinor, 0)
  const count = totals.reduce((all, one) => all + one.count, 0)
  const total = (label: string, minor: number, what: ReactNode) => (
    <>
      <span className="slip-total-name">{what}</span>
      <Amount minor={minor} currency={currency} />
      <span className="unseen">{label}</span>
    </>
  )
  return (
    <div className="slips-totals" role="group" aria-label={slips.total}>
      <Button
        label={`${slips.all}: ${slips.count(count)}`}
        className="slip-total"
        pressed={props.chosen === null}
        onPress={() => props.onChoose(null)}
      >
        {total('', sum, `${slips.all} · ${count}`)}
      </Button>
      {totals.map(({ status, count: many, amountMinor }) => (
        <Button
          key={status}
          label={`${slips.status[status]}: ${slips.count(many)}`}
          className="slip-total"
          pressed={props.chosen === status}
          onPress={() => props.onChoose(status)}
        >
          {total(
            '',
            amountMinor,
            <>
              <StatusMark status={status} /> · {many}
            </>,
          )}
        </Button>
      ))}
      <p className="slip-settled" role="status">
        <span>
          {slips.settled} <small>{slips.settledLong}</small>
        </span>
        <Amount minor={settledMinor} currency={currency} withCurrency />
      </p>
    </div>
  )
}

function SlipTable(props: {
  readonly list: SlipListView
  readonly kind: Kind
  readonly status: ListedStatus | null
  readonly text: string
}) {
  const { slips } = useWords()
  const times = useTimes()
  const { list, kind } = props
  const wanted = props.text.trim().toLowerCase()
  const rows = list.slips.filter(
    (slip) => (props.status === null || slip.status === props.status) && isMatch(slip, wanted),
  )
  if (rows.length === 0)
    return (
      <div className="empty slips-none">
        <Icon name="receipt" size={44} />
        <p>
          {list.slips.length > 0 ? slips.noneMatch : kind === 'taken' ? slips.noneTaken : slips.noneIssued}
        </p>
      </div>
    )
  return (
    <div className="slips-table scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">{slips.table.status}</th>
            <th scope="col">{slips.table.slip}</th>
            <th scope="col">{slips.table.merchant}</th>
            <th scope="col">{slips.table.time}</th>
            <th scope="col" className="number">
              {slips.table.amount}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((slip) => (
            <tr key={slip.id}>
              <td>
                <StatusMark status={slip.status} />
              </td>
              <td className="slip-id">{formatPayId(slip.payId)}</td>
              <td>
                {slip.merchantName}
                <small>{slip.description === '' ? slip.merchantRef : slip.description}</small>
              </td>
              <td className="slip-time">{times.short(slip.atMs)}</td>
              <td className="number">
                <Amount minor={slip.amountMinor} currency={slip.currency} />
              </td>
              <td>
                <RowAction slip={slip} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.truncated && <p className="soft slips-more">{slips.truncated}</p>}
    </div>
  )
}

function isMatch(slip: ListedSlip, wanted: string): boolean {
  if (wanted === '') return true
  const digits = wanted.replaceAll('-', '')
  if (/^\d+$/.test(digits) && slip.payId.includes(digits)) return true
  return [slip.merchantName, slip.merchantRef, slip.description, slip.authCode, slip.said].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

function RowAction({ slip }: { readonly slip: ListedSlip }) {
  const { slips } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  if (slip.kind === 'issued')
    return (
      <Button
        label={`${slips.show} ${formatPayId(slip.payId)}`}
        icon="scan"
        iconOnly
        onPress={() => openDialog(ui, { kind: 'issuedSlip', issuedId: slip.id })}
      />
    )
  const print = async () => {
    if ((await run('print', () => pos.slip.print({ slipId: slip.id }))) !== null)
      tell(ui, 'good', slips.printed)
  }
  return (
    <Button
      label={`${slips.print} ${formatPayId(slip.payId)}`}
      icon="printer"
      iconOnly
      busy={busy !== null}
      onPress={() => void print()}
    />
  )
}

function Plot({ list }: { readonly list: SlipListView | null }) {
  const { slips } = useWords()
  const currency = useCurrency()
  return (
    <section className="slips-plot" aria-label={slips.plot}>
      <h2>{slips.plot}</h2>
      <div className="slips-plot-area">
        {list !== null && (
          <Suspense fallback={<span className="spinner" aria-hidden="true" />}>
            <SlipPlot days={list.days} currency={currency} />
          </Suspense>
        )}
      </div>
    </section>
  )
}

export const slipsScreen: Screen = {
  id: 'slips',
  place: 'elsewhere',
  icon: 'note',
  title: (words) => words.slips.title,
  view: Slips,
  menu: 'till',
}
