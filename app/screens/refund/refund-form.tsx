import { useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { RefundableRowView, RefundableView } from '../../contract/refund-views.ts'
import { measuredQuantity } from '../../domain/receipt-paper.ts'
import { useAnswer, useCurrency, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'

/** A sale's rows with what is left of each; the till says what the customer gets. */
export function RefundForm({ receiptId }: { readonly receiptId: string }) {
  const { pos } = useShop()
  const sale = useAnswer(`sale ${receiptId}`, () => pos.refund.open({ receiptId }))?.answer
  return sale?.ok === true ? <Rows sale={sale.sale} /> : null
}

function Rows({ sale }: { readonly sale: RefundableView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const [first, setFirst] = useState<string | null>(null)
  const [refundId] = useState(() => crypto.randomUUID())
  const rows = Object.entries(chosen)
    .filter(([, quantity]) => quantity > 0)
    .map(([rowId, quantityThousandths]) => ({ rowId, quantityThousandths }))
  const asked = { receiptId: sale.receiptId, rows, first }
  const planned = useAnswer(rows.length === 0 ? null : JSON.stringify(asked), () => pos.refund.plan(asked))
  const plan = rows.length > 0 && planned?.answer.ok === true ? planned.answer.plan : null
  const set = (rowId: string, quantity: number) => setChosen((now) => ({ ...now, [rowId]: quantity }))
  const { refund } = words.books
  const start = async () => {
    if (plan === null) return
    await run('start', () => pos.refund.start({ ...asked, refundId, moneyMinor: plan.moneyMinor }), {
      quiet: true,
    })
  }
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      <h2>
        {refund.open(sale.number)} <Amount minor={sale.totalMinor} currency={currency} withCurrency />
      </h2>
      {sale.leftMinor === 0 && <p>{refund.nothingLeft}</p>}
      <ul className="refund-rows" aria-label={refund.title}>
        {sale.rows.map((row) => (
          <RefundRow
            key={row.id}
            row={row}
            quantity={chosen[row.id] ?? 0}
            onSet={(now) => set(row.id, now)}
          />
        ))}
      </ul>
      {sale.sources.length > 1 && (
        <div role="group" aria-label={refund.first} className="refund-sources">
          <Button label={refund.usual} pressed={first === null} onPress={() => setFirst(null)} />
          {sale.sources.map(({ id, kind, name }) => (
            <Button
              key={id}
              label={kind === 'other' ? name : refund.by[kind]}
              pressed={first === id}
              onPress={() => setFirst(id)}
            />
          ))}
        </div>
      )}
      {plan !== null && (
        <p role="status" className="refund-gets">
          {refund.gets} <strong>{amount(plan.moneyMinor)}</strong>:{' '}
          {plan.parts
            .map(
              ({ kind, name, amountMinor }) =>
                `${kind === 'other' ? name : refund.by[kind]} ${amount(amountMinor)}`,
            )
            .join(' + ')}
        </p>
      )}
      <TroubleNotice trouble={trouble} />
      <Button
        label={refund.start}
        kind="money"
        large
        reason={plan === null ? refund.choose : null}
        busy={busy !== null}
        onPress={() => void start()}
      />
    </form>
  )
}

function RefundRow(props: {
  readonly row: RefundableRowView
  readonly quantity: number
  readonly onSet: (quantity: number) => void
}) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { row, quantity, onSet } = props
  const { refund } = words.books
  const none = row.leftThousandths === 0 ? refund.rowGone : null
  const step = row.unitDecimals === 0 ? 1000 : row.leftThousandths
  const text = (quantityThousandths: number) =>
    measuredQuantity({ ...row, quantityThousandths }, words.numerals)
  return (
    <li>
      <span className="choice-what">
        <strong>{row.name}</strong>
        <span>{refund.left(text(row.leftThousandths), amount(row.leftMinor))}</span>
      </span>
      <Button
        label={`${refund.less}: ${row.name}`}
        icon="minus"
        iconOnly
        reason={none}
        onPress={() => onSet(Math.max(0, quantity - step))}
      />
      <output>{text(quantity)}</output>
      <Button
        label={`${refund.more}: ${row.name}`}
        icon="plus"
        iconOnly
        reason={none}
        onPress={() => onSet(Math.min(row.leftThousandths, quantity + step))}
      />
      <Button label={`${refund.all}: ${row.name}`} reason={none} onPress={() => onSet(row.leftThousandths)}>
        {refund.all}
      </Button>
    </li>
  )
}
