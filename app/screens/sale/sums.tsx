import { useWords } from '../../components/words-context.tsx'
import { formatAmount } from '../../domain/money.ts'
import { discountText, percentText } from '../entry.ts'
import { useCurrency, useTill } from '../shop.tsx'

/** Discount, rounding and the VAT held in the prices: one quiet strip over the total. */
export function Sums() {
  const words = useWords()
  const currency = useCurrency()
  const receipt = useTill(({ sale }) => sale?.receipt ?? null)
  const vat = receipt?.vat.filter(({ vatMinor }) => vatMinor !== 0) ?? []
  return (
    <div className="sums">
      {receipt !== null && receipt.note !== '' && <p className="sums-note">{receipt.note}</p>}
      <dl>
        {receipt !== null && receipt.discount !== null && (
          <div className="sums-discount">
            <dt>
              {words.sale.discount} {discountText(receipt.discount, currency)}
            </dt>
            <dd>{formatAmount(-receipt.discountMinor, currency)}</dd>
          </div>
        )}
        {receipt !== null && receipt.roundingMinor !== 0 && (
          <div>
            <dt>{words.sale.rounding}</dt>
            <dd>{formatAmount(receipt.roundingMinor, currency)}</dd>
          </div>
        )}
        {vat.map((line) => (
          <div key={line.vatBasisPoints}>
            <dt>{words.sale.vat(percentText(line.vatBasisPoints))}</dt>
            <dd>{formatAmount(line.vatMinor, currency)}</dd>
          </div>
        ))}
        {vat.length === 0 && (
          <div>
            <dt>{words.sale.vatTitle}</dt>
            <dd>{formatAmount(0, currency)}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
