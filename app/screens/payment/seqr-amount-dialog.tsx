import { useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { Currency } from '../../domain/money.ts'
import type { Words } from '../../words/en.ts'
import { forbidden } from '../forbidden.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { readAmount, typedAmount } from '../entry.ts'
import { useCurrency, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog } from '../ui-store.ts'
import { effectOf } from './payment-dialog-view.ts'

/** How much of the receipt SEQR shall pay: filled in with what is left, and free to be changed. */
export function SeqrAmountDialog() {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const refuse = useRefused()
  const receiptId = useTill(({ sale }) => sale?.receipt?.id ?? null)
  const left = useTill(({ sale }) => sale?.receipt?.leftToPayMinor ?? 0)
  const suggested = useTill(({ sale }) => sale?.receipt?.leftWithoutCashMinor ?? 0)
  const notAllowed = forbidden(
    words,
    useTill(({ sale }) => sale?.permits.paySeqr),
  )
  const [typed, setTyped] = useState<Typed>({
    text: typedAmount(suggested, currency, words.numerals),
    fresh: true,
  })
  const [isTried, setTried] = useState(false)
  const read = readAmount(words, typed.text, currency)
  const pay = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok || receiptId === null || notAllowed !== null) return
    const request = () => pos.payment.start({ receiptId, amountMinor: read.value })
    if ((await run('pay', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <Layer title={words.payment.title} onBack={() => closeDialog(ui)} className="entry" size="large">
      <form className="entry-form" onSubmit={(event) => void pay(event)}>
        <div className="entry-left">
          <AmountInput
            label={words.payment.amount}
            typed={typed}
            onTyped={setTyped}
            unit={currency}
            fault={
              (isTried || !typed.fresh) && !read.ok && typed.text !== ''
                ? read.says
                : emptyFault(words, typed, isTried)
            }
            note={words.payment.amountLong}
          />
          {read.ok && <Effect words={words} amountMinor={read.value} left={left} currency={currency} />}
          <TroubleNotice trouble={trouble} />
          <div className="grow" />
          <Button
            label={words.payment.pay}
            kind="strong"
            large
            type="submit"
            icon="phone"
            busy={busy !== null}
            reason={notAllowed}
            onRefused={refuse}
            onPress={() => void pay()}
          />
        </div>
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
      </form>
    </Layer>
  )
}

function emptyFault(words: Words, typed: Typed, isTried: boolean): string | null {
  return isTried && typed.text === '' ? words.amount.fault.empty : null
}

function Effect(props: { words: Words; amountMinor: number; left: number; currency: Currency }) {
  const { words, amountMinor, left, currency } = props
  const effect = effectOf(amountMinor, left)
  const amount = useAmounts(currency)
  const money = (minor: number) => `${amount(minor)} ${currency}`
  switch (effect.kind) {
    case 'whole':
      return (
        <p className="effect" role="status">
          <Icon name="tick" />
          {words.payment.whole}
        </p>
      )
    case 'part':
      return (
        <p className="effect" role="status">
          <Icon name="info" />
          {words.payment.part(money(effect.leftMinor))}
        </p>
      )
    case 'over':
      return (
        <p className="effect effect-attention" role="status">
          <Icon name="warning" />
          {words.payment.over(money(effect.backMinor))}
        </p>
      )
  }
}
