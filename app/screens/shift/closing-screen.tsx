import { useState, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Switch } from '../../components/choose.tsx'
import type { Tone } from '../../components/notice.tsx'
import { toneIcons } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { ClosingHindrance, ClosingView, CountedView } from '../../contract/shift-views.ts'
import type { PaymentView } from '../../contract/views.ts'
import { askedWithRights } from '../ask.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { askForPin, useAnswer, useCurrency, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { goTo, openDialog } from '../ui-store.ts'
import { CountDrawer } from './count-drawer.tsx'

/** The end of a shift: what stands in the way, the count, the difference, and the Z report. */
function Closing() {
  const words = useWords()
  const shop = useShop()
  const [looks, setLooks] = useState(0)
  const [isAgain, setAgain] = useState(false)
  // Whatever may remove a hindrance shows in the till's view; then the till is asked again.
  const marks = useTill(({ till, sale, papers }) =>
    [
      till?.shift?.id,
      till?.openPayments,
      till?.openReservations,
      till?.openRefunds,
      till?.parkedReceipts,
      till?.outbox.waiting,
      till?.outbox.needPerson,
      till?.unlockedUntilMs === null,
      sale?.receipt?.rows.length,
      papers[0]?.id,
    ].join(' '),
  )
  const hasShift = useTill(({ till }) => till?.shift != null)
  const got = useAnswer(hasShift ? `${marks} ${looks}` : null, () =>
    askedWithRights(
      () => shop.pos.shift.closing(),
      (permission) => askForPin(shop, permission),
    ),
  )?.answer
  const closing = got?.ok === true ? got.closing : null
  const counted = isAgain ? null : (closing?.counted ?? null)
  return (
    <ScreenFrame title={words.office.closing.title} className="closing">
      {!hasShift && (
        <div className="card empty">
          <Icon name="cash" size={52} />
          <p>{words.office.shift.needsOpen}</p>
        </div>
      )}
      {got?.ok === false && (
        <div className="card stack">
          <TroubleNotice trouble={got} />
          <Button label={words.retry} large onPress={() => setLooks((now) => now + 1)} />
        </div>
      )}
      {hasShift && closing !== null && (
        <>
          <BeforeClose closing={closing} />
          {counted === null ? (
            <CountDrawer
              onCounted={() => {
                setAgain(false)
                setLooks((now) => now + 1)
              }}
            />
          ) : (
            <Result
              counted={counted}
              closing={closing}
              onAgain={() => setAgain(true)}
              onChanged={() => setLooks((now) => now + 1)}
            />
          )}
        </>
      )}
    </ScreenFrame>
  )
}

interface Item {
  readonly tone: Tone
  readonly says: string
  readonly long: string
  readonly act?: ReactNode
}

const none: readonly PaymentView[] = []

function BeforeClose({ closing }: { readonly closing: ClosingView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { ui } = useShop()
  const says = words.office.closing
  const money = (minor: number) => `${amount(minor)} ${currency}`
  const open = closing.hindrances.map((hindrance) => hindranceItem(hindrance))
  const unsent = closing.unsent.waiting + closing.unsent.needPerson
  const { reservations, parked, refunds, settledByHand } = closing
  const held = useTill(({ payments }) => payments?.reservations ?? none)
  const heldNames = held.map(({ label, amountMinor }) => `${label} ${money(amountMinor)}`).join(', ')
  const toRefunds = <Button label={says.toRefunds} onPress={() => goTo(ui, 'refund')} />
  const notes: readonly (Item | false)[] = [
    parked.length > 0 && { tone: 'attention', says: says.parked(parked.length), long: says.parkedLong },
    reservations.count > 0 && {
      tone: 'attention',
      says: says.reservations(reservations.count, money(reservations.amountMinor)),
      long: says.reservationsLong(heldNames),
      act: <Button label={words.reservation.list} onPress={() => openDialog(ui, { kind: 'reservations' })} />,
    },
    refunds.uncertain.count > 0 && {
      tone: 'attention',
      says: says.uncertainRefunds(refunds.uncertain.count, money(refunds.uncertain.amountMinor)),
      long: says.uncertainRefundsLong,
      act: toRefunds,
    },
    refunds.stuck > 0 && {
      tone: 'attention',
      says: says.stuckRefunds(refunds.stuck),
      long: says.stuckRefundsLong,
      act: toRefunds,
    },
    unsent > 0 && { tone: 'plain', says: says.unsent(unsent), long: says.unsentLong },
    settledByHand.length > 0 && {
      tone: 'attention',
      says: says.settled(settledByHand.length),
      long: says.settledLong,
    },
  ]
  const items = [...open, ...notes.filter((note) => note !== false)]

  function hindranceItem(hindrance: ClosingHindrance): Item {
    const toSale = <Button label={says.toSale} onPress={() => goTo(ui, 'sale')} />
    switch (hindrance.kind) {
      case 'paymentsOpen':
        return {
          tone: 'bad',
          says: says.paymentsOpen(hindrance.count),
          long: says.paymentsOpenLong,
          act: <Button label={says.toPayments} onPress={() => openDialog(ui, { kind: 'openPayments' })} />,
        }
      case 'refundSending':
        return { tone: 'bad', says: says.refundSending, long: says.refundSendingLong, act: toRefunds }
      case 'receiptOpen':
        return { tone: 'bad', says: says.receiptOpen, long: says.receiptOpenLong, act: toSale }
      case 'receiptPartlyPaid':
        return {
          tone: 'bad',
          says: says.partlyPaid(hindrance.name, money(hindrance.totalMinor)),
          long: says.partlyPaidLong,
          act: toSale,
        }
    }
  }

  return (
    <section className="card before-close scrolls" aria-label={says.before}>
      <h2>{open.length > 0 ? says.hindered : says.before}</h2>
      <ul className="list">
        {open.length === 0 && <CheckLine item={{ tone: 'good', says: says.ready, long: '' }} />}
        {items.map((item) => (
          <CheckLine key={item.says} item={item} />
        ))}
      </ul>
    </section>
  )
}

function CheckLine({ item }: { readonly item: Item }) {
  const icon: IconName = toneIcons[item.tone]
  return (
    <li className="check-line" data-tone={item.tone}>
      <Icon name={icon} size={22} />
      <span className="choice-what">
        <strong>{item.says}</strong>
        <span>{item.long}</span>
      </span>
      {item.act}
    </li>
  )
}

function Result(props: {
  readonly counted: CountedView
  readonly closing: ClosingView
  readonly onAgain: () => void
  readonly onChanged: () => void
}) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const says = words.office.closing
  const { countedMinor, expectedMinor, differenceMinor, counts } = props.counted
  const money = (minor: number) => `${amount(minor)} ${currency}`
  const refuse = useRefused()
  const [isCarried, setCarried] = useState(false)
  const hasParked = props.closing.parked.length > 0
  const isWaiting = hasParked && !isCarried ? words.problem.parkedReceipts : null
  const notYet = props.closing.hindrances.length > 0 ? says.hindered : isWaiting
  const verdict =
    differenceMinor === 0
      ? says.even
      : differenceMinor < 0
        ? says.short(money(-differenceMinor))
        : says.over(money(differenceMinor))
  const close = async () => {
    const done = await run('close', () => pos.shift.close({ carryOver: isCarried }), { quiet: true })
    if (done === null) return props.onChanged()
    goTo(ui, 'sale')
    openDialog(ui, { kind: 'shiftClosed', jobId: done.jobId, number: done.number, verdict })
  }
  return (
    <section className="card count-result" aria-label={says.difference}>
      <dl className="result-lines">
        <dt>{says.expected}</dt>
        <dd>{amount(expectedMinor)}</dd>
        <dt>{says.counted}</dt>
        <dd>{amount(countedMinor)}</dd>
        <dt className="result-strong">{says.difference}</dt>
        <dd className="result-strong">{amount(differenceMinor)}</dd>
      </dl>
      <p className="verdict" data-tone={differenceMinor === 0 ? 'good' : 'attention'} role="status">
        <Icon name={differenceMinor === 0 ? 'tick' : 'warning'} size={28} />
        <span>
          <strong>{verdict}</strong>
          {counts > 1 && <small>{says.counts(counts)}</small>}
        </span>
      </p>
      <div className="grow" />
      {hasParked && (
        <Switch
          label={says.carryOver}
          note={`${says.parked(props.closing.parked.length)}. ${says.parkedLong}`}
          isOn={isCarried}
          onChange={setCarried}
        />
      )}
      <TroubleNotice trouble={trouble} />
      <div className="result-acts">
        <Button label={says.again} icon="undo" large onPress={props.onAgain} />
        <Button
          label={says.closeNow}
          icon="leave"
          kind="strong"
          large
          busy={busy !== null}
          reason={notYet}
          onRefused={refuse}
          onPress={() => void close()}
        />
      </div>
    </section>
  )
}

export const closingScreen: Screen = {
  id: 'closeShift',
  place: 'elsewhere',
  icon: 'leave',
  title: (words) => words.office.closing.title,
  view: Closing,
  menu: null,
}
