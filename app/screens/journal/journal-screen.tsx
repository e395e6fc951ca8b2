import { useDeferredValue, useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { JournalLineView } from '../../contract/journal-views.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useCurrency, useShop, useTill, useUi } from '../shop.tsx'
import { useTimes } from '../times.ts'
import { DaysChoice, everyDay, type Days } from '../days-choice.tsx'
import { JournalActs } from './journal-acts.tsx'
import { ReceiptDetail } from './receipt-detail.tsx'
import { usePages } from '../use-pages.ts'

const groups = ['receipts', 'seqr', 'cash', 'reports', 'all'] as const
type Group = (typeof groups)[number]

/** Everything that was ever booked: found, read, printed again, proved and taken out. */
function Journal() {
  const words = useWords().journalBook.journal
  const { pos } = useShop()
  const [group, setGroup] = useState<Group>('receipts')
  const [days, setDays] = useState<Days>(everyDay)
  const openedWith = useUi(({ journalOf }) => journalOf)
  const [typed, setTyped] = useState(openedWith === null ? '' : String(openedWith.number))
  const [chosenId, choose] = useState(openedWith?.receiptId ?? null)
  const text = useDeferredValue(typed)
  const newest = useTill(({ papers }) => papers[0]?.id ?? '')
  const question = JSON.stringify([group, days, text, newest])
  const { first, lines, more } = usePages(question, (before: number | null) =>
    pos.journal.search({ ...days, group, text, before }),
  )
  const receiptId =
    chosenId !== null && lines.some((line) => line.receiptId === chosenId)
      ? chosenId
      : (lines.find((line) => line.receiptId !== null && line.kind === 'sale')?.receiptId ?? null)
  return (
    <ScreenFrame title={words.title} className="journal">
      <div className="journal-main">
        <div className="slips-tools">
          <div role="group" aria-label={words.groups} className="segments">
            {groups.map((each) => (
              <Button
                key={each}
                label={words.group[each]}
                pressed={group === each}
                onPress={() => setGroup(each)}
              />
            ))}
          </div>
          <input
            className="input input-search"
            type="search"
            aria-label={words.find}
            placeholder={group === 'receipts' ? words.findLong : words.findNumber}
            value={typed}
            maxLength={80}
            onChange={({ target }) => setTyped(target.value)}
          />
          <DaysChoice days={days} onChange={setDays} />
        </div>
        {first !== null && lines.length === 0 ? (
          <div className="empty slips-none">
            <Icon name="search" size={44} />
            <p>{words.none}</p>
            <p className="soft">{words.noneLong}</p>
          </div>
        ) : (
          <div className="journal-list scrolls">
            <ul className="choice-list" aria-label={words.group[group]}>
              {lines.map((line) => (
                <li key={line.key}>
                  <Line
                    line={line}
                    isChosen={line.receiptId !== null && line.receiptId === receiptId}
                    onPress={() => choose(line.receiptId)}
                  />
                </li>
              ))}
            </ul>
            {more !== null && <Button label={words.more} onPress={() => void more()} />}
          </div>
        )}
        <JournalActs />
      </div>
      <ReceiptDetail receiptId={receiptId} onOpen={choose} />
    </ScreenFrame>
  )
}

function Line(props: {
  readonly line: JournalLineView
  readonly isChosen: boolean
  readonly onPress: () => void
}) {
  const { journalBook } = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const words = journalBook.journal
  const { kind, act, seq, receiptNumber, receiptId, atMs, who, about, amountMinor } = props.line
  const isReceipt = kind === 'sale' || kind === 'refund'
  const name =
    isReceipt && receiptNumber !== null
      ? (kind === 'sale' ? words.receipt : words.refund)(receiptNumber)
      : [words.kind[kind], receiptNumber === null ? '' : String(receiptNumber)].filter(Boolean).join(' ')
  const inside = (
    <>
      <span className="choice-what">
        <strong>
          {name}
          {seq !== null && <em className="journal-seq">{seq}</em>}
        </strong>
        <span className="journal-about">
          {[act === null ? '' : words.act[act], who, about].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="journal-when">
        {amountMinor !== null && <Amount minor={amountMinor} currency={currency} />}
        <span>{times.short(atMs)}</span>
      </span>
    </>
  )
  if (receiptId === null) return <div className="journal-entry">{inside}</div>
  return (
    <Button label={name} className="choice" pressed={props.isChosen} onPress={props.onPress}>
      {inside}
    </Button>
  )
}

export const journalScreen: Screen = {
  id: 'journal',
  place: 'elsewhere',
  icon: 'search',
  title: (words) => words.journalBook.journal.title,
  view: Journal,
  menu: 'till',
}
