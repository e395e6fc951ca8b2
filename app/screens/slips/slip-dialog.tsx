import { useState, type FormEvent, type ReactNode } from 'react'
import { Amount } from '../../components/amount.tsx'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { Ring } from '../../components/ring.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { SlipView } from '../../contract/slip-views.ts'
import { formatPayId, parsePayId, verifyLimitMs } from '../../domain/slip.ts'
import { useNow, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, openDialog } from '../ui-store.ts'
import { useTimes } from '../times.ts'

/** Accepting a slip: its reference, the merchant's answer within 20 seconds, and its place on the receipt. */
export function SlipDialog({ slipId }: { readonly slipId: string | null }) {
  const slip = useTill(({ slips }) => slips?.current ?? null)
  if (slipId === null) return <ReferenceForm />
  return slip?.id === slipId ? <SlipAnswer slip={slip} /> : <Coming />
}

/** The answer can be faster than the notice of the slip that it names. */
function Coming() {
  const words = useWords()
  const leave = useLeave()
  return (
    <Layer title={words.slips.dialog} onBack={leave} className="slip">
      <p role="status">{words.pleaseWait}</p>
    </Layer>
  )
}

function useLeave(): () => void {
  const { pos, ui } = useShop()
  return () => {
    closeDialog(ui)
    void pos.slip.leave().catch(() => {})
  }
}

function ReferenceForm() {
  const words = useWords()
  const { slips } = words
  const { pos, ui } = useShop()
  const leave = useLeave()
  const { busy, trouble, run } = useRun()
  const [typed, setTyped] = useState<Typed>({ text: '', fresh: true })
  const [isTried, setTried] = useState(false)
  const isWhole = parsePayId(typed.text) !== null
  const verify = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!isWhole) return
    const begun = await run('begin', () => pos.slip.begin({ text: typed.text }), { quiet: true })
    if (begun !== null) openDialog(ui, { kind: 'slip', slipId: begun.slipId })
  }
  return (
    <Layer title={slips.dialog} onBack={leave} size="large" className="entry slip-entry">
      <form className="entry-form" onSubmit={(event) => void verify(event)}>
        <div className="entry-left">
          <p className="entry-subject">{slips.enterLong}</p>
          <AmountInput
            label={slips.reference}
            typed={typed}
            onTyped={(now) => setTyped({ ...now, text: withHyphens(now.text) })}
            unit=""
            fault={isTried && !isWhole ? slips.payIdFault : null}
          />
          <TroubleNotice trouble={trouble} />
          <div className="grow" />
          <Button
            label={slips.verify}
            kind="strong"
            large
            icon="scan"
            type="submit"
            busy={busy !== null}
            onPress={() => void verify()}
          />
        </div>
        <Keypad
          whole
          onKey={(key) =>
            setTyped((now) => {
              const next = afterKey({ ...now, text: now.text.replaceAll('-', '') }, key)
              return { ...next, text: withHyphens(next.text) }
            })
          }
        />
      </form>
    </Layer>
  )
}

/** `9913-0850-03` as it is typed. */
function withHyphens(text: string): string {
  const digits = text.replaceAll(/\D/g, '').slice(0, 12)
  return (digits.match(/.{1,4}/g) ?? []).join('-')
}

function SlipAnswer({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const leave = useLeave()
  return (
    <Layer
      title={`${slips.dialog} ${formatPayId(slip.payId)}`}
      onBack={leave}
      className="slip"
      footer={<Buttons slip={slip} onClose={leave} />}
    >
      <Phase slip={slip} />
    </Layer>
  )
}

function Phase({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  switch (slip.phase) {
    case 'verifying':
      return <Countdown slip={slip} />
    case 'verified':
      return <Verified slip={slip} />
    case 'unverified':
      return (
        <Notice tone="bad" live title={slips.unverified[slip.unverifiedWhy ?? 'noAnswer']}>
          <p>{slips.unverifiedLong}</p>
        </Notice>
      )
    case 'refused':
      return <Refused slip={slip} />
    case 'dropped':
    case 'confirming':
    case 'needsPerson':
    case 'paid':
    case 'posted':
    case 'confirmDeclined':
    case 'givenBack':
      return (
        <>
          <Notice tone="attention" live title={slips.known.paid}>
            <p>{slips.knownLong.paid}</p>
          </Notice>
          <Details slip={slip} />
        </>
      )
  }
}

function Refused({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const reason = slip.declined ?? 'merchantRefused'
  return (
    <Notice tone="bad" live title={slips.declined[reason]}>
      {slip.said !== '' && <p>{slips.theySay(slip.said)}</p>}
      <p>{slips.declinedLong[reason]}</p>
    </Notice>
  )
}

function Verified({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  return (
    <>
      <VerifiedNotice slip={slip} />
      <p className="slip-amount">
        <span>{slips.amount}</span>
        <Amount minor={slip.amountMinor ?? 0} currency={slip.currency} withCurrency />
      </p>
      <Details slip={slip} />
    </>
  )
}

function VerifiedNotice({ slip }: { readonly slip: SlipView }): ReactNode {
  const { slips } = useWords()
  if (slip.notNow === 'otherCurrency')
    return (
      <Notice tone="bad" live title={slips.noCash}>
        <p>{slips.otherCurrency(slip.currency)}</p>
      </Notice>
    )
  if (slip.notNow === 'expired')
    return (
      <Notice tone="attention" live title={slips.declined.expired}>
        <p>{slips.staleLong}</p>
      </Notice>
    )
  if (slip.onReceipt !== 'none') {
    const where = slip.onReceipt === 'active' ? 'onReceipt' : 'onOther'
    return (
      <Notice tone="attention" live title={slips.known[where]}>
        <p>{slips.knownLong[where]}</p>
      </Notice>
    )
  }
  return (
    <Notice tone="good" live title={slips.mayBePaid}>
      <p>{slips.mayBePaidLong}</p>
    </Notice>
  )
}

function Details({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const times = useTimes()
  const expires = slip.expiresAtMs === null ? slips.noExpiry : times.dateTime(slip.expiresAtMs)
  return (
    <dl className="slip-details">
      <dt>{slips.merchant}</dt>
      <dd>{slip.merchantName}</dd>
      <dt>{slips.merchantRef}</dt>
      <dd>{slip.merchantRef}</dd>
      {slip.description !== '' && (
        <>
          <dt>{slips.description}</dt>
          <dd className="slip-description">{slip.description}</dd>
        </>
      )}
      <dt>{slips.expires}</dt>
      <dd>{expires}</dd>
      {slip.authCode !== '' && (
        <>
          <dt>{slips.authCode}</dt>
          <dd>{slip.authCode}</dd>
        </>
      )}
      {slip.receiptNumber !== null && (
        <>
          <dt>{slips.receipt(slip.receiptNumber)}</dt>
          <dd>{slip.takenAtMs === null ? '' : times.dateTime(slip.takenAtMs)}</dd>
        </>
      )}
    </dl>
  )
}

/** The 20 seconds that the merchant has, running out. */
function Countdown({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const nowMs = useNow(100)
  const leftMs = Math.min(Math.max((slip.deadlineMs ?? nowMs) - nowMs, 0), verifyLimitMs)
  const seconds = Math.ceil(leftMs / 1000)
  return (
    <div className="slip-countdown">
      <Ring
        fraction={leftMs / verifyLimitMs}
        tone={seconds > 8 ? 'calm' : seconds > 0 ? 'late' : 'over'}
        digits={String(seconds)}
        caption={slips.ofTwenty}
        label={slips.secondsLeft(seconds)}
      />
      <div role="status">
        <strong>{slips.verifying}</strong>
        <p>{slips.verifyingLong}</p>
      </div>
    </div>
  )
}

function Buttons({ slip, onClose }: { readonly slip: SlipView; readonly onClose: () => void }) {
  const words = useWords()
  const { slips } = words
  const { pos, ui, play } = useShop()
  const { busy, trouble, run } = useRun()
  const slipId = slip.id
  const add = async () => {
    if ((await run('add', () => pos.slip.add({ slipId }), { quiet: true })) === null) return
    play('found')
    // Another dialog may be open by now: the notice of the change can be faster than the answer.
    const { dialog } = ui.getState()
    if (dialog?.kind === 'slip' && dialog.slipId === slipId) closeDialog(ui)
  }
  const again = () => void run('again', () => pos.slip.verifyAgain({ slipId }), { quiet: true })
  const mayAdd = slip.phase === 'verified' && slip.onReceipt === 'none' && slip.notNow === null
  const mayAgain = slip.phase === 'unverified' || slip.phase === 'refused' || slip.notNow === 'expired'
  const isNext = mayAdd || (mayAgain && slip.phase !== 'refused')
  return (
    <>
      <TroubleNotice trouble={trouble} />
      <Button
        label={slip.phase === 'verifying' ? words.cancel : words.close}
        key={slip.phase}
        kind={isNext ? 'plain' : 'strong'}
        large
        autoFocus={!isNext}
        onPress={onClose}
      />
      {mayAgain && (
        <Button
          key="again"
          label={slips.verifyAgain}
          kind={isNext ? 'strong' : 'plain'}
          large
          autoFocus={isNext}
          busy={busy !== null}
          onPress={again}
        />
      )}
      {mayAdd && (
        <Button
          key="add"
          label={slips.add}
          kind="strong"
          large
          autoFocus
          busy={busy !== null}
          onPress={() => void add()}
        />
      )}
    </>
  )
}
