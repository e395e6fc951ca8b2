import { useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { TenderTypeView } from '../../contract/views.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { readAmount, typedAmount } from '../entry.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, paying } from '../ui-store.ts'

const noTypes: readonly TenderTypeView[] = []

/** Card on a separate terminal, voucher, and whatever else the shop takes. */
export function OtherTenderDialog() {
  const words = useWords()
  const { ui } = useShop()
  const types = useTill(({ sale }) => sale?.tenderTypes ?? noTypes)
  const [chosenId, choose] = useState<string | null>(types.length === 1 ? (types[0]?.id ?? null) : null)
  const chosen = types.find(({ id }) => id === chosenId)
  if (chosen !== undefined)
    return <OtherTender type={chosen} onBack={types.length === 1 ? null : () => choose(null)} />
  return (
    <Layer title={words.other.title} onBack={() => closeDialog(ui)}>
      {types.length === 0 ? (
        <div className="empty">
          <Icon name="card" size={44} />
          <p>{words.other.none}</p>
        </div>
      ) : (
        <>
          <p>{words.other.choose}</p>
          <div className="tender-types">
            {types.map(({ id, name }) => (
              <Button key={id} label={name} icon="card" large onPress={() => choose(id)} />
            ))}
          </div>
        </>
      )}
    </Layer>
  )
}

function OtherTender({
  type,
  onBack,
}: {
  readonly type: TenderTypeView
  readonly onBack: (() => void) | null
}) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const receiptId = useTill(({ sale }) => sale?.receipt?.id ?? null)
  const left = useTill(({ sale }) => sale?.receipt?.leftWithoutCashMinor ?? 0)
  const sign = left < 0 ? -1 : 1
  const [typed, setTyped] = useState<Typed>({
    text: typedAmount(Math.abs(left), currency, words.numerals),
    fresh: true,
  })
  const [reference, setReference] = useState('')
  const [isTried, setTried] = useState(false)
  const read = readAmount(words, typed.text, currency)
  const isMissing = type.asksReference && reference.trim() === ''
  const take = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok || isMissing || receiptId === null) return
    const input = {
      receiptId,
      tenderTypeId: type.id,
      amountMinor: sign * read.value,
      reference: reference.trim(),
    }
    const pay = () => run('other', () => pos.sale.payOther(input), { quiet: true })
    if (await paying(ui, async () => (await pay()) !== null)) closeDialog(ui)
  }
  return (
    <Layer title={type.name} onBack={onBack ?? (() => closeDialog(ui))} size="large" className="entry">
      <form className="entry-form" onSubmit={(event) => void take(event)}>
        <div className="entry-left">
          <AmountInput
            label={words.amount.label}
            typed={typed}
            onTyped={setTyped}
            unit={currency}
            fault={isTried && !read.ok ? read.says : null}
          />
          {type.asksReference && (
            <Field
              label={words.other.reference}
              value={reference}
              onChange={setReference}
              maxLength={40}
              fault={isTried && isMissing ? words.other.referenceMissing : null}
            />
          )}
          <TroubleNotice trouble={trouble} />
          <div className="grow" />
          <Button
            label={words.other.take(type.name)}
            kind="strong"
            large
            type="submit"
            busy={busy !== null}
            onPress={() => void take()}
          />
        </div>
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
      </form>
    </Layer>
  )
}
