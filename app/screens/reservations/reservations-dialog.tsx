import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { resultSentence } from '../../words/sentences.ts'
import { useForbidden } from '../forbidden.ts'
import { useCurrency, useNow, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, openDialog } from '../ui-store.ts'
import { timeLeft } from './time-left.ts'

const none: readonly PaymentView[] = []

/** Money that customers have set aside for us: each by name, amount and the time it is still held. */
export function ReservationsDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const refuse = useRefused()
  const notAllowed = useForbidden('reserve')
  const reservations = useTill(({ payments }) => payments?.reservations ?? none)
  const ended = useTill(({ payments }) => payments?.endedReservations ?? none)
  const nowMs = useNow(1000)
  const seen = (paymentId: string) => void run(paymentId, () => pos.payment.dismiss({ paymentId }))
  const release = (paymentId: string) =>
    void run(paymentId, async () => {
      const canceled = await pos.payment.cancel({ paymentId })
      return canceled.ok ? pos.payment.show({ paymentId }) : canceled
    })
  return (
    <Layer title={words.reservation.list} onBack={() => closeDialog(ui)} size="large">
      <TroubleNotice trouble={trouble} />
      {reservations.length + ended.length === 0 && (
        <div className="empty">
          <Icon name="clock" size={44} />
          <p>{words.reservation.none}</p>
          <p className="soft">{words.reservation.noneLong}</p>
        </div>
      )}
      <ul className="choice-list scrolls">
        {ended.map((reservation) => (
          <EndedLine
            key={reservation.id}
            reservation={reservation}
            isBusy={busy === reservation.id}
            onSeen={() => seen(reservation.id)}
          />
        ))}
        {reservations.map((reservation) => (
          <ReservationLine
            key={reservation.id}
            reservation={reservation}
            nowMs={nowMs}
            isBusy={busy === reservation.id}
            onRelease={() => release(reservation.id)}
          />
        ))}
      </ul>
      <Button
        label={words.reservation.title}
        large
        icon="clock"
        reason={notAllowed}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'reserve' })}
      />
    </Layer>
  )
}

interface LineProps {
  readonly reservation: PaymentView
  readonly nowMs: number
  readonly isBusy: boolean
  readonly onRelease: () => void
}

function ReservationLine({ reservation, nowMs, isBusy, onRelease }: LineProps) {
  const words = useWords()
  const currency = useCurrency()
  const { ui } = useShop()
  const refuse = useRefused()
  const notNow = useForbidden('payReserved')
  const { id: paymentId, label, phase, refusal } = reservation
  const isHeld = phase === 'reserved'
  return (
    <li className="reservation">
      <span className="choice-what">
        <strong>{label}</strong>
        <ReservationTime words={words} reservation={reservation} nowMs={nowMs} />
        {isHeld && refusal !== null && (
          <span className="reservation-refused">{resultSentence(words, refusal.code).says}</span>
        )}
      </span>
      <Amount minor={reservation.amountMinor} currency={currency} className="choice-amount" />
      <Button
        label={`${words.reservation.release}: ${label}`}
        busy={isBusy}
        reason={isHeld ? null : words.payment.phase[phase]}
        onRefused={refuse}
        onPress={onRelease}
      >
        {words.reservation.release}
      </Button>
      <Button
        label={`${words.reservation.take}: ${label}`}
        kind="strong"
        reason={isHeld ? notNow : words.payment.phase[phase]}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'takeReserved', paymentId })}
      >
        {words.reservation.take}
      </Button>
    </li>
  )
}

/** How it ended, until somebody has read that. */
function EndedLine(props: {
  readonly reservation: PaymentView
  readonly isBusy: boolean
  readonly onSeen: () => void
}) {
  const words = useWords()
  const currency = useCurrency()
  const { label, phase, amountMinor, finalMinor } = props.reservation
  return (
    <li className="reservation">
      <span className="choice-what">
        <strong>{label}</strong>
        <span className="reservation-refused">
          <Icon name="warning" size={16} />
          {words.payment.phase[phase]}. {words.payment.says[phase]}
        </span>
      </span>
      <Amount minor={finalMinor ?? amountMinor} currency={currency} className="choice-amount" />
      <Button label={`${words.reservation.seen}: ${label}`} busy={props.isBusy} onPress={props.onSeen}>
        {words.reservation.seen}
      </Button>
    </li>
  )
}

function ReservationTime(props: { words: Words; reservation: PaymentView; nowMs: number }) {
  const { words, reservation, nowMs } = props
  if (reservation.deadlineMs === null || reservation.phase !== 'reserved')
    return <span>{words.payment.phase[reservation.phase]}</span>
  const left = timeLeft(reservation.deadlineMs, nowMs)
  return (
    <span className="reservation-time" data-left={left.kind}>
      {left.kind !== 'plenty' && <Icon name="warning" size={16} />}
      {left.kind === 'over' ? words.reservation.over : words.reservation.left(left.text)}
    </span>
  )
}
