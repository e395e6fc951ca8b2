import { useDeferredValue, useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { AccountLineView, AccountPage } from '../../contract/journal-views.ts'
import type { PaymentView } from '../../contract/views.ts'
import { DaysChoice, type Days } from '../days-choice.tsx'
import { usePages } from '../use-pages.ts'
import { saveParts } from '../save-text.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { dayPlus, useTimes } from '../times.ts'
import { goTo, tell } from '../ui-store.ts'

type Place = Pick<AccountLineView, 'atMs' | 'id'>

/** SEQR's money on an account of its own, whatever receipts it belongs to. */
function Account() {
  const words = useWords().journalBook.account
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const month: Days = { fromDay: dayPlus(useTimes().today(), -29), toDay: null }
  const [chosenDays, setDays] = useState<Days | null>(null)
  const days = chosenDays ?? month
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed)
  const newest = useTill(({ papers }) => papers[0]?.id ?? '')
  const { first, lines, more } = usePages(
    JSON.stringify([days, text, newest]),
    async (before: Place | null) => {
      const page = await pos.account.search({ ...days, text, before })
      const last = page.lines.at(-1)
      return { ...page, next: page.hasMore && last !== undefined ? { atMs: last.atMs, id: last.id } : null }
    },
  )
  const save = async () => {
    const fileName = await saveParts<Place | null>(null, 'text/csv', (after) =>
      run('csv', () => pos.account.exportPart({ ...days, text, after })),
    )
    if (fileName !== null) tell(ui, 'good', words.saved(fileName))
  }
  return (
    <ScreenFrame title={words.title} className="account">
      <div className="account-main">
        <Sums sums={first?.sums ?? null} />
        <div className="slips-tools">
          <DaysChoice days={days} onChange={setDays} />
          <input
            className="input input-search"
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            value={typed}
            maxLength={80}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button label={words.csv} icon="out" busy={busy === 'csv'} onPress={() => void save()} />
        </div>
        <OpenOnes />
        {first !== null && lines.length === 0 ? (
          <div className="empty slips-none">
            <Icon name="phone" size={44} />
            <p>{words.none}</p>
            <p className="soft">{words.noneLong}</p>
          </div>
        ) : (
          <Lines lines={lines} more={more} />
        )}
      </div>
    </ScreenFrame>
  )
}

function Sums({ sums }: { readonly sums: AccountPage['sums'] | null }) {
  const words = useWords().journalBook.account
  const currency = useCurrency()
  const { payments, paidMinor, refunds, refundedMinor } = sums ?? {
    payments: 0,
    paidMinor: 0,
    refunds: 0,
    refundedMinor: 0,
  }
  const tile = (name: string, minor: number, detail: string, tone = '') => (
    <div className={`tile ${tone}`} role="group" aria-label={name}>
      <span className="tile-name">{name}</span>
      <Amount minor={minor} currency={currency} withCurrency />
      <span className="tile-detail">{detail}</span>
    </div>
  )
  return (
    <div className="tiles">
      {tile(words.balance, paidMinor + refundedMinor, words.count(payments + refunds), 'tile-strong')}
      {tile(words.payments, paidMinor, words.count(payments))}
      {tile(words.refunds, refundedMinor, words.count(refunds))}
    </div>
  )
}

const none: readonly PaymentView[] = []

/** Money that is held or not known, and so in no sum. */
function OpenOnes() {
  const { journalBook } = useWords()
  const times = useTimes()
  const words = journalBook.account
  const currency = useCurrency()
  const open = useTill(({ payments }) => payments?.open ?? none)
  const reservations = useTill(({ payments }) => payments?.reservations ?? none)
  const all = [...open.filter(({ id }) => !reservations.some((one) => one.id === id)), ...reservations]
  if (all.length === 0) return null
  return (
    <section className="account-open" aria-label={words.open}>
      <h2>
        <Icon name="hourglass" size={18} /> {words.open} <small>{words.openLong}</small>
      </h2>
      <ul>
        {all.map(({ id, phase, label, amountMinor, startedAtMs }) => (
          <li key={id}>
            <span>{phase === 'reserved' ? words.reservation : words.waiting}</span>
            <span>{label}</span>
            <span className="soft">{times.short(startedAtMs)}</span>
            <Amount minor={amountMinor} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Lines(props: {
  readonly lines: readonly AccountLineView[]
  readonly more: (() => Promise<void>) | null
}) {
  const { journalBook } = useWords()
  const times = useTimes()
  const words = journalBook.account
  const currency = useCurrency()
  const { columns } = words
  return (
    <div className="slips-table scrolls">
      <table aria-label={words.title}>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.receipt}</th>
            <th scope="col">{columns.reference}</th>
            <th scope="col" className="number">
              {columns.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line) => (
            <tr key={line.id} data-kind={line.kind}>
              <td className="slip-time">{times.short(line.atMs)}</td>
              <td>
                {words[line.kind]}
                <small>
                  {[line.byHand ? words.byHand : '', line.reserved ? words.reserved : '']
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </td>
              <td>
                <span className="account-receipt">
                  <ReceiptOf line={line} />
                  <small>{line.cashier}</small>
                </span>
              </td>
              <td className="mono selectable">{line.ersReference}</td>
              <td className="number">
                <Amount minor={line.amountMinor} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.more !== null && <Button label={journalBook.journal.more} onPress={() => void props.more?.()} />}
    </div>
  )
}

/** The way to the receipt, once it is finished and the journal has it. */
function ReceiptOf({ line }: { readonly line: AccountLineView }) {
  const { journalBook } = useWords()
  const { ui } = useShop()
  const { receiptId, receiptNumber: number } = line
  if (receiptId === null || number === null) return null
  return (
    <Button
      label={journalBook.journal.receipt(number)}
      onPress={() => goTo(ui, 'journal', { journalOf: { receiptId, number } })}
    >
      {number}
    </Button>
  )
}

export const accountScreen: Screen = {
  id: 'account',
  place: 'elsewhere',
  icon: 'phone',
  title: (words) => words.journalBook.account.title,
  view: Account,
  menu: 'till',
}
