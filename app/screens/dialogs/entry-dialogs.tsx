import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { ArticleView, RowView } from '../../contract/views.ts'
import type { Currency } from '../../domain/money.ts'
import type { Discount } from '../../domain/receipt.ts'
import { percentText, quantityText, rateText, unitText, type Numerals } from '../../domain/numerals.ts'
import { readAmount, readPercent, readQuantity, typedAmount } from '../entry.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog } from '../ui-store.ts'
import { EntryForm } from '../entry-form.tsx'

function useRow(rowId: string): RowView | null {
  return useTill(({ sale }) => sale?.receipt?.rows.find((row) => row.id === rowId) ?? null)
}

export function QuantityDialog({ rowId }: { readonly rowId: string }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const running = useRun()
  const row = useRow(rowId)
  if (row === null) return null
  const sign = row.quantityThousandths < 0 ? -1 : 1
  const save = async (value: number) => {
    const request = () => pos.sale.setQuantity({ rowId, quantityThousandths: sign * value })
    if ((await running.run('set', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <EntryForm
      title={words.sale.quantity}
      subject={row.name}
      label={words.sale.quantity}
      unit={unitText(row.unit, words.numerals)}
      filledIn={quantityText(Math.abs(row.quantityThousandths), words.numerals)}
      read={(text) => readQuantity(words, text, row.unitDecimals)}
      onDone={(value) => void save(value)}
      button={words.entry.set}
      running={running}
    />
  )
}

type PriceTab = 'price' | 'percent' | 'amount'

/** Price, or a discount in percent or as an amount, of one row. */
export function PriceDialog({ rowId, tab: first }: { readonly rowId: string; readonly tab: PriceTab }) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const [tab, setTab] = useState(first)
  const row = useRow(rowId)
  if (row === null) return null
  const done = async (request: () => Promise<{ ok: boolean }>) => {
    if ((await running.run('set', request, { quiet: true })) !== null) closeDialog(ui)
  }
  const discountOf = (value: number): Discount =>
    tab === 'percent' ? { kind: 'percent', basisPoints: value } : { kind: 'amount', amountMinor: value }
  const save = (value: number) =>
    void done(() =>
      tab === 'price'
        ? pos.sale.setPrice({ rowId, unitPriceMinor: value })
        : pos.sale.setRowDiscount({ rowId, discount: discountOf(value) }),
    )
  const labels = {
    price: words.entry.newPrice,
    percent: words.entry.percentOff,
    amount: words.entry.amountOff,
  }
  return (
    <EntryForm
      key={tab}
      title={words.keys.price}
      subject={row.name}
      label={labels[tab]}
      unit={tab === 'percent' ? '%' : currency}
      filledIn={filledInFor(tab, row, currency, words.numerals)}
      read={(text) => (tab === 'percent' ? readPercent(words, text) : readAmount(words, text, currency))}
      onDone={save}
      button={words.entry.set}
      running={running}
      tabs={<Tabs labels={labels} chosen={tab} onChoose={setTab} />}
      extra={
        row.discount !== null && (
          <Button
            label={words.entry.removeDiscount}
            onPress={() => void done(() => pos.sale.setRowDiscount({ rowId, discount: null }))}
          />
        )
      }
    />
  )
}

function filledInFor(tab: PriceTab, row: RowView, currency: Currency, numerals: Numerals): string {
  const { discount, unitPriceMinor } = row
  if (tab === 'price') return typedAmount(unitPriceMinor, currency, numerals)
  if (tab === 'percent') return discount?.kind === 'percent' ? rateText(discount.basisPoints, numerals) : ''
  return discount?.kind === 'amount' ? typedAmount(discount.amountMinor, currency, numerals) : ''
}

export function Tabs<T extends string>(props: {
  readonly labels: Readonly<Record<T, string>>
  readonly chosen: T
  readonly onChoose: (tab: T) => void
}) {
  return (
    <div className="tabs" role="group">
      {(Object.keys(props.labels) as T[]).map((tab) => (
        <Button
          key={tab}
          label={props.labels[tab]}
          pressed={tab === props.chosen}
          onPress={() => props.onChoose(tab)}
        />
      ))}
    </div>
  )
}

export function ReceiptDiscountDialog() {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const discount = useTill(({ sale }) => sale?.receipt?.discount ?? null)
  const [tab, setTab] = useState<'percent' | 'amount'>(discount?.kind ?? 'percent')
  const save = async (value: Discount | null) => {
    const request = () => pos.sale.setDiscount({ discount: value })
    if ((await running.run('set', request, { quiet: true })) !== null) closeDialog(ui)
  }
  const labels = { percent: words.entry.percentOff, amount: words.entry.amountOff }
  return (
    <EntryForm
      key={tab}
      title={words.sale.discount}
      subject={words.entry.discountOf}
      label={labels[tab]}
      unit={tab === 'percent' ? '%' : currency}
      filledIn=""
      read={(text) => (tab === 'percent' ? readPercent(words, text) : readAmount(words, text, currency))}
      onDone={(value) =>
        void save(
          tab === 'percent'
            ? { kind: 'percent', basisPoints: value }
            : { kind: 'amount', amountMinor: value },
        )
      }
      button={words.entry.set}
      running={running}
      tabs={<Tabs labels={labels} chosen={tab} onChoose={setTab} />}
      extra={
        discount !== null && <Button label={words.entry.removeDiscount} onPress={() => void save(null)} />
      }
    />
  )
}

/** An article without a price of its own: the cashier says what this one costs. */
export function OpenPriceDialog({ article }: { readonly article: ArticleView }) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const save = async (priceMinor: number) => {
    const { id: articleId, name, vatBasisPoints } = article
    const request = () =>
      pos.sale.addOpenRow({ articleId, name: name.slice(0, 60), vatBasisPoints, priceMinor })
    if ((await running.run('add', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <EntryForm
      title={words.sale.openPrice}
      subject={article.name}
      label={words.sale.price}
      unit={currency}
      filledIn=""
      read={(text) => readAmount(words, text, currency)}
      onDone={(value) => void save(value)}
      button={words.entry.add}
      running={running}
    />
  )
}

/** Something that is not in the catalogue: its price, and which VAT is in it. */
export function FreeAmountDialog() {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const rates = useTill(({ till }) => till?.vatRatesBasisPoints ?? noRates)
  const [chosen, choose] = useState<number | null>(null)
  const vatBasisPoints = chosen ?? rates[0] ?? 0
  const save = async (priceMinor: number) => {
    const row = { articleId: null, name: words.sale.freeAmount, vatBasisPoints, priceMinor }
    if ((await running.run('add', () => pos.sale.addOpenRow(row), { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <EntryForm
      title={words.sale.freeAmount}
      subject={words.sale.freeAmountLong}
      label={words.sale.price}
      unit={currency}
      filledIn=""
      read={(text) => readAmount(words, text, currency)}
      onDone={(value) => void save(value)}
      button={words.entry.add}
      running={running}
      tabs={
        <div className="tabs" role="group" aria-label={words.sale.vatRate}>
          {rates.map((rate) => (
            <Button
              key={rate}
              label={percentText(rate, words.numerals)}
              pressed={rate === vatBasisPoints}
              onPress={() => choose(rate)}
            />
          ))}
        </div>
      }
    />
  )
}

const noRates: readonly number[] = []

/** An article sold by weight, length or volume: how much of it there is. */
export function WeighDialog({ article }: { readonly article: ArticleView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const running = useRun()
  const price = `${amount(article.priceMinor ?? 0)} ${currency}/${unitText(article.unit, words.numerals)}`
  const save = async (quantityThousandths: number) => {
    const request = () => pos.sale.addArticle({ articleId: article.id, quantityThousandths })
    if ((await running.run('add', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <EntryForm
      title={words.sale.quantity}
      subject={`${article.name}, ${price}`}
      label={words.sale.quantity}
      unit={unitText(article.unit, words.numerals)}
      filledIn=""
      read={(text) => readQuantity(words, text, article.unitDecimals)}
      onDone={(value) => void save(value)}
      button={words.entry.add}
      running={running}
    />
  )
}
