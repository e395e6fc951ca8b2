import { useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useTimes } from '../times.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useShop, useUi } from '../shop.tsx'
import { useLive } from '../use-live.ts'
import { OpenRefund } from './open-refund.tsx'
import { RefundForm } from './refund-form.tsx'

/** Finds the sale, chooses what comes back, and follows what becomes of the money. */
function Refund() {
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const scanned = useUi((state) => state.refundOf)
  const [text, setText] = useState('')
  const refunds = useLive(() => pos.refund.current(), pos.refund.onChanged)
  const found = useAnswer(`find ${text}`, () => pos.refund.find({ text }))?.answer ?? []
  const choose = (receiptId: string | null) => ui.setState({ refundOf: receiptId })
  const { refund } = words.books
  return (
    <ScreenFrame title={refund.title} className="books">
      <section className="books-list" aria-label={refund.find}>
        <Field label={refund.find} value={text} first maxLength={80} onChange={setText} />
        {found.length === 0 && <p className="soft">{refund.none}</p>}
        <ul className="choice-list scrolls">
          {found.map((sale) => (
            <li key={sale.receiptId}>
              <Button
                label={refund.open(sale.number)}
                className="choice"
                pressed={sale.receiptId === scanned}
                onPress={() => choose(sale.receiptId)}
              >
                <span className="choice-what">
                  <strong>{refund.open(sale.number)}</strong>
                  <span>
                    {times.short(sale.atMs)} · {sale.about}
                  </span>
                </span>
                <Amount minor={sale.totalMinor} currency={currency} className="choice-amount" />
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <section className="books-side scrolls">
        {refunds?.open.map((each) => (
          <OpenRefund key={each.receiptId} refund={each} />
        ))}
        {refunds?.last != null && <OpenRefund refund={refunds.last} />}
        {scanned === null ? (
          <p className="soft">{refund.choose}</p>
        ) : (
          <RefundForm
            key={`${scanned} ${refunds?.open.length ?? 0} ${refunds?.last?.receiptId ?? ''}`}
            receiptId={scanned}
          />
        )}
      </section>
    </ScreenFrame>
  )
}

export const refundScreen: Screen = {
  id: 'refund',
  place: 'refund',
  icon: 'turn',
  title: (words) => words.books.refund.title,
  view: Refund,
  menu: 'till',
}
