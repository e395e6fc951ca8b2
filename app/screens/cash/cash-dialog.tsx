import { useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import { PrinterLine } from '../printer-notes.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { isHuge, readAmount, typedAmount } from '../entry.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, paying } from '../ui-store.ts'

const noSums: readonly number[] = []

/** What the customer hands over, and at once what they get back. */
export function CashDialog() {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const receiptId = useTill(({ sale }) => sale?.receipt?.id ?? null)
  const left = useTill(({ sale }) => sale?.receipt?.leftInCashMinor ?? 0)
  const exactLeft = useTill(({ sale }) => sale?.receipt?.leftToPayMinor ?? 0)
  const likely = useTill(({ sale }) => sale?.likelyCashMinor ?? noSums)
  const [typed, setTyped] = useState<Typed>({
    text: typedAmount(left, currency, words.numerals),
    fresh: true,
  })
  const [isTried, setTried] = useState(false)
  const [isSure, setSure] = useState(false)
  const read = readAmount(words, typed.text, currency)
  const isTooMuch = read.ok && isHuge(read.value, left)

  const take = async (givenMinor: number) => {
    if (receiptId === null) return
    const pay = () => run('cash', () => pos.sale.payCash({ receiptId, givenMinor }), { quiet: true })
    if (await paying(ui, async () => (await pay()) !== null)) closeDialog(ui)
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok) return
    if (isTooMuch && !isSure) return setSure(true)
    void take(read.value)
  }
  const rounding = left - exactLeft
  return (
    <Layer title={words.cash.title} onBack={() => closeDialog(ui)} size="large" className="entry cash">
      <form className="entry-form" onSubmit={submit}>
        <div className="entry-left">
          <dl className="cash-sum">
            <dt>{words.cash.toPay}</dt>
            <dd>
              {rounding !== 0 && (
                <small>{words.cash.rounded(`${rounding > 0 ? '+' : ''}${amount(rounding)}`)}</small>
              )}
              <strong>{amount(left)}</strong>
            </dd>
          </dl>
          <AmountInput
            label={words.cash.given}
            typed={typed}
            onTyped={(now) => {
              setTyped(now)
              setSure(false)
            }}
            unit={currency}
            fault={isTried && !read.ok ? read.says : null}
          />
          <ChangeLine given={read.ok ? read.value : 0} left={left} />
          {isTooMuch && isSure && (
            <Notice tone="attention" live>
              {words.cash.huge}
            </Notice>
          )}
          <PrinterLine />
          <TroubleNotice trouble={trouble} />
          <div className="grow" />
          <Button
            label={isTooMuch && isSure ? words.cash.hugeSure : words.cash.take}
            kind="money"
            icon="cash"
            large
            type="submit"
            busy={busy !== null}
            onPress={submit}
          />
        </div>
        <div className="cash-keys">
          <div className="cash-likely" role="group" aria-label={words.cash.likely}>
            {likely.slice(0, 4).map((sum) => (
              <Button
                key={sum}
                label={sum === left ? `${words.cash.exact} ${amount(sum)}` : amount(sum)}
                large
                busy={busy !== null}
                onPress={() => void take(sum)}
              >
                <span className="label">
                  {sum === left && <small>{words.cash.exact}</small>}
                  {amount(sum)}
                </span>
              </Button>
            ))}
          </div>
          <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
        </div>
      </form>
    </Layer>
  )
}

function ChangeLine({ given, left }: { readonly given: number; readonly left: number }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const isShort = given < left
  return (
    <div className="cash-change" data-short={isShort || undefined} role="status">
      <span>
        {isShort ? words.cash.short : words.cash.change}
        {isShort && given > 0 && <small>{words.cash.partly}</small>}
      </span>
      <strong>{amount(Math.abs(given - left))}</strong>
    </div>
  )
}
