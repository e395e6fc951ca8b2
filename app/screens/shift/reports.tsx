import { useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import { askedWithRights } from '../ask.ts'
import { askForPin, useAnswer, useCurrency, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { openDialog } from '../ui-store.ts'
import { useTimes } from '../times.ts'

/** X and Z reports of this till: each can be printed once more, as a copy. */
export function Reports() {
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const shop = useShop()
  const { pos, ui } = shop
  const { busy, run } = useRun()
  const [tries, setTries] = useState(0)
  const got = useAnswer(`reports ${tries}`, () =>
    askedWithRights(
      () => pos.shift.reports(),
      (permission) => askForPin(shop, permission),
    ),
  )?.answer
  const says = words.office.shift
  if (got?.ok === false)
    return (
      <>
        <TroubleNotice trouble={got} />
        <Button label={words.retry} large onPress={() => setTries((now) => now + 1)} />
      </>
    )
  if (got === undefined) return null
  if (got.reports.length === 0)
    return (
      <div className="empty">
        <Icon name="receipt" size={44} />
        <p>{says.noReports}</p>
      </div>
    )
  const copy = async (seq: number) => {
    const done = await run(String(seq), () => pos.shift.copyReport({ seq }))
    if (done !== null) openDialog(ui, { kind: 'paper', jobId: done.jobId, title: done.title })
  }
  return (
    <ul className="list scrolls" aria-label={says.reports}>
      {got.reports.map(({ seq, kind, number, atMs, by, turnoverMinor, differenceMinor }) => (
        <li key={seq} className="list-line">
          <span className="choice-what">
            <strong>{`${kind === 'z' ? says.zReport : says.xReport} ${number}`}</strong>
            <span>
              {times.dateTime(atMs)} · {by}
              {differenceMinor !== null &&
                differenceMinor !== 0 &&
                ` · ${words.office.closing.difference} ${amount(differenceMinor)}`}
            </span>
          </span>
          <Amount minor={turnoverMinor} currency={currency} className="list-amount" />
          <Button
            label={says.copy}
            icon="printer"
            busy={busy === String(seq)}
            onPress={() => void copy(seq)}
          />
        </li>
      ))}
    </ul>
  )
}
