import { useEffect, useRef } from 'react'
import { Button } from '../../components/button.tsx'
import { Digits } from '../../components/digits.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Ring } from '../../components/ring.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { useCurrency, useNow, useRun, useShop, type Running } from '../shop.tsx'
import {
  liveView,
  stepsOf,
  type Contact,
  type LivePhase,
  type LiveView,
  type StepState,
} from './payment-dialog-view.ts'

interface LivePaymentProps {
  readonly payment: PaymentView & { readonly phase: LivePhase }
  readonly cancelingSinceMs: number | null
}

/** Waiting for the customer. Every line has its place from the beginning: what changes, changes in place. */
export function LivePayment({ payment, cancelingSinceMs }: LivePaymentProps) {
  const words = useWords()
  const running = useRun()
  const view = liveView(payment, useNow(200), cancelingSinceMs)
  return (
    <div className="live" data-phase={payment.phase} data-question={view.asksWhatNow || undefined}>
      <div className="live-main">
        <Head payment={payment} view={view} />
        <AmountToCompare payment={payment} view={view} />
        <StepsLine payment={payment} />
      </div>
      <aside className="live-side">
        <Countdown payment={payment} view={view} />
        <WaysOn payment={payment} view={view} running={running} />
        <StickerId seqrId={payment.seqrId} />
      </aside>
      <div className="live-foot">
        <ContactLine payment={payment} view={view} />
        <Actions payment={payment} view={view} running={running} />
      </div>
      <p className="unseen" role="status">
        {announcement(words, payment, view)}
      </p>
    </div>
  )
}

function Head({ payment, view }: { readonly payment: PaymentView; readonly view: LiveView }) {
  const words = useWords()
  const isOver = view.asksWhatNow
  return (
    <div className="live-head">
      <span className="live-icon">
        <Icon name={isOver ? 'hourglass' : headIcons[view.phase]} size={40} />
      </span>
      <div>
        <h3>{isOver ? words.payment.timeIsUp : words.payment.phase[payment.phase]}</h3>
        <p>{isOver ? words.payment.question : headText(words, view)}</p>
        {payment.mode === 'reservation' && (
          <p className="soft">
            {view.phase === 'askCustomer' || view.phase === 'sending'
              ? words.reservation.reserving(payment.label)
              : payment.label}
          </p>
        )}
      </div>
    </div>
  )
}

const headIcons: Readonly<Record<LivePhase, IconName>> = {
  sending: 'outbox',
  askCustomer: 'scan',
  customerApproves: 'approve',
  canceling: 'cross',
  completing: 'hourglass',
}

function headText(words: Words, view: LiveView): string {
  return view.cancelUnknown ? words.payment.cancelUnknown : words.payment.says[view.phase]
}

function AmountToCompare({ payment, view }: { readonly payment: PaymentView; readonly view: LiveView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const echoed = `${amount(payment.echoedMinor ?? 0)} ${currency}`
  return (
    <div className="live-amount">
      <Digits minor={payment.finalMinor ?? payment.amountMinor} currency={currency} className="live-digits" />
      <p className="live-compare">
        {view.phase === 'completing' ? words.reservation.stillHeld : words.payment.compare}
      </p>
      {view.phase === 'completing' ? null : view.echo === 'differs' ? (
        <p className="live-echo live-echo-bad" role="alert">
          <Icon name="stop" />
          {words.payment.echoDiffers(echoed)}
        </p>
      ) : (
        <p className="live-echo">
          <Icon name={view.echo === 'same' ? 'tick' : 'clock'} />
          {view.echo === 'same' ? words.payment.echoed(echoed) : words.payment.echoWaits}
        </p>
      )}
    </div>
  )
}

function StepsLine({ payment }: { readonly payment: PaymentView }) {
  const words = useWords()
  const steps = stepsOf(payment.phase)
  const labels = words.payment.steps
  const isReserving = payment.mode === 'reservation' && payment.phase !== 'completing'
  return (
    <ol className="steps" aria-label={labels.label}>
      <Step icon="scan" text={labels.scan} state={steps.scan} />
      <Step icon="approve" text={labels.approve} state={steps.approve} />
      <Step icon="tick" text={isReserving ? labels.reserved : labels.paid} state={steps.paid} />
    </ol>
  )
}

function Step(props: { readonly icon: IconName; readonly text: string; readonly state: StepState }) {
  const words = useWords()
  return (
    <li data-state={props.state} aria-current={props.state === 'now' ? 'step' : undefined}>
      <span className="step-mark">
        <Icon name={props.state === 'done' ? 'tick' : props.icon} size={24} />
      </span>
      <span>{props.text}</span>
      <span className="unseen">{words.payment.steps[props.state]}</span>
    </li>
  )
}

function Countdown({ payment, view }: { readonly payment: PaymentView; readonly view: LiveView }) {
  const words = useWords()
  const isOver = view.secondsLeft === 0
  const counts = payment.phase !== 'canceling' && payment.phase !== 'completing'
  return (
    <div className="countdown">
      {counts ? (
        <Ring
          fraction={view.fractionLeft}
          tone={isOver ? 'over' : view.secondsLeft <= 10 ? 'late' : 'calm'}
          digits={String(view.secondsLeft)}
          caption={words.payment.ofThirty}
          label={isOver ? words.payment.timeIsUp : words.payment.secondsLeft(view.secondsLeft)}
        />
      ) : (
        <Ring
          fraction={0}
          tone="over"
          digits={String(view.elapsedSeconds)}
          caption={words.payment.soFar}
          label={words.payment.elapsed(words.time.duration(view.elapsedSeconds))}
        />
      )}
      <p>
        <strong>{words.payment.attempt(payment.attempt)}</strong>
        <span>{words.payment.elapsed(words.time.duration(view.elapsedSeconds))}</span>
      </p>
    </div>
  )
}

/** The ways on when nothing is known for long: none of them ends the payment without a record. */
function WaysOn({ payment, view, running }: ActionsProps) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { id: paymentId } = payment
  return (
    <div className="ways-on">
      {view.canSetAside && (
        <Button
          label={words.payment.serveOthers}
          icon="person"
          busy={running.busy === 'setAside'}
          onPress={() => void running.run('setAside', () => pos.payment.setAside({ paymentId }))}
        />
      )}
      {view.canSettle && (
        <Button label={words.payment.settle} icon="lock" onPress={() => ui.setState({ settling: true })} />
      )}
    </div>
  )
}

function StickerId({ seqrId }: { readonly seqrId: string }) {
  const words = useWords()
  return (
    <div className="sticker">
      <Icon name="sticker" size={30} />
      <div>
        <span>{words.payment.sticker}</span>
        <strong className="mono selectable">{seqrId}</strong>
      </div>
    </div>
  )
}

function ContactLine({ payment, view }: { readonly payment: PaymentView; readonly view: LiveView }) {
  const words = useWords()
  const { contact } = view
  return (
    <div className="contact" data-quiet={contact.kind === 'quiet' || undefined}>
      <p>
        <Icon
          name={contact.kind === 'quiet' ? 'warning' : contact.kind === 'none' ? 'clock' : 'online'}
          size={20}
        />
        {contactText(words, contact)}
      </p>
      <p className={payment.mayExist ? 'contact-orphan' : 'soft'}>
        {payment.mayExist ? words.payment.mayExist : secondLine(words, view)}
      </p>
    </div>
  )
}

function contactText(words: Words, contact: Contact): string {
  switch (contact.kind) {
    case 'none':
      return words.payment.noAnswerYet
    case 'fresh':
      return words.payment.lastAnswer(contact.secondsAgo)
    case 'quiet':
      return words.payment.quiet(contact.seconds)
  }
}

function secondLine(words: Words, view: LiveView): string {
  if (view.cancelUnknown) return words.payment.cancelUnknownLong
  if (view.asksWhatNow) return words.payment.questionLong
  return words.payment.scannerInert
}

interface ActionsProps {
  readonly payment: PaymentView
  readonly view: LiveView
  readonly running: Running
}

function Actions({ payment, view, running }: ActionsProps) {
  const words = useWords()
  const { pos } = useShop()
  const { run, busy } = running
  const { id: paymentId } = payment
  const cancel = () => void run('cancel', () => pos.payment.cancel({ paymentId }))
  const isCanceling = view.phase === 'canceling'
  // The customer has confirmed long ago: nothing of this can be canceled any more.
  if (view.phase === 'completing') return <div className="live-actions" />
  return (
    <div className="live-actions">
      {view.asksWhatNow ? (
        <>
          <Button
            label={words.payment.cancelPayment}
            kind="danger"
            large
            busy={busy === 'cancel'}
            reason={payment.canCancel ? null : words.result[51].says}
            onPress={cancel}
          />
          <TryAgain payment={payment} running={running} />
        </>
      ) : (
        <Button
          label={isCanceling ? words.payment.phase.canceling : words.payment.cancel}
          kind="danger"
          large
          className="live-cancel"
          busy={busy === 'cancel' || isCanceling}
          reason={payment.canCancel || isCanceling ? null : words.pleaseWait}
          onPress={cancel}
        />
      )}
    </div>
  )
}

function TryAgain({ payment, running }: { readonly payment: PaymentView; readonly running: Running }) {
  const words = useWords()
  const { pos, play } = useShop()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    play('attention')
    button.current?.focus()
  }, [play])
  const { id: paymentId } = payment
  return (
    <Button
      ref={button}
      label={words.payment.tryAgain}
      kind="strong"
      large
      busy={running.busy === 'tryAgain'}
      onPress={() => void running.run('tryAgain', () => pos.payment.tryAgain({ paymentId }))}
    />
  )
}

/** What a screen reader hears: it changes with the state, not with every second. */
function announcement(words: Words, payment: PaymentView, view: LiveView): string {
  const first = view.asksWhatNow
    ? words.payment.announce(words.payment.timeIsUp, words.payment.question)
    : words.payment.announce(words.payment.phase[payment.phase], headText(words, view))
  return view.contact.kind === 'quiet' ? `${first} ${words.status.seqrDetail.offline}` : first
}
