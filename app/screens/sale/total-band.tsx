import { useAmounts, useWords } from '../../components/words-context.tsx'
import { useCurrency, useTill } from '../shop.tsx'

/** What it comes to, in the largest digits of the screen. Always in sight. */
export function TotalBand() {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const receipt = useTill(({ sale }) => sale?.receipt ?? null)
  const finished = useTill(({ sale }) => (sale?.receipt === null ? sale.finished : null))
  const total = receipt?.totalMinor ?? finished?.totalMinor ?? 0
  const isBegun = receipt !== null && receipt.tenders.length > 0
  const left = receipt?.leftToPayMinor ?? 0
  const label = !isBegun ? words.sale.total : left < 0 ? words.sale.giveBack : words.sale.leftToPay
  return (
    <div className="total-band" role="status" aria-label={label}>
      {isBegun && (
        <dl className="total-parts">
          <div>
            <dt>{words.sale.total}</dt>
            <dd>{amount(total)}</dd>
          </div>
          <div>
            <dt>{words.sale.paid}</dt>
            <dd>{amount(receipt.paidMinor)}</dd>
          </div>
        </dl>
      )}
      <div className="total-main">
        <span className="total-label">
          {label} <small>{currency}</small>
        </span>
        <span className="total-digits">{amount(isBegun ? Math.abs(left) : total)}</span>
      </div>
    </div>
  )
}
