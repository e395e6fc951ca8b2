import { useAmounts, useWords } from '../../components/words-context.tsx'
import { percentText } from '../../domain/numerals.ts'
import { discountText } from '../entry.ts'
import { useCurrency, useTill } from '../shop.tsx'

/** Discount, rounding and the VAT held in the prices: one quiet strip over the total. */
export function Sums() {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const receipt = useTill(({ sale }) => sale?.receipt ?? null)
  const vat = receipt?.vat.filter(({ vatMinor }) => vatMinor !== 0) ?? []
  return (
    <div className="sums">
      {receipt !== null && receipt.note !== '' && <p className="sums-note">{receipt.note}</p>}
      <dl>
        {receipt !== null && receipt.discount !== null && (
          <div className="sums-discount">
            <dt>
              {words.sale.discount} {discountText(receipt.discount, currency, words.numerals)}
            </dt>
            <dd>{amount(-receipt.discountMinor)}</dd>
          </div>
        )}
        {receipt !== null && receipt.roundingMinor !== 0 && (
          <div>
            <dt>{words.sale.rounding}</dt>
            <dd>{amount(receipt.roundingMinor)}</dd>
          </div>
        )}
        {vat.map((line) => (
          <div key={line.vatBasisPoints}>
            <dt>{words.sale.vat(percentText(line.vatBasisPoints, words.numerals))}</dt>
            <dd>{amount(line.vatMinor)}</dd>
          </div>
        ))}
        {vat.length === 0 && (
          <div>
            <dt>{words.sale.vatTitle}</dt>
            <dd>{amount(0)}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
