import { useWords } from '../../components/words-context.tsx'
import { formatAmount } from '../../domain/money.ts'
import { useCurrency, useTill } from '../shop.tsx'

/** What it comes to, in the largest digits of the screen. Always in sight. */
export function TotalBand() {
  const words = useWords()
  const currency = useCurrency()
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
            <dd>{formatAmount(total, currency)}</dd>
          </div>
          <div>
            <dt>{words.sale.paid}</dt>
            <dd>{formatAmount(receipt.paidMinor, currency)}</dd>
          </div>
        </dl>
      )}
      <div className="total-main">
        <span className="total-label">
          {label} <small>{currency}</small>
        </span>
        <span className="total-digits">{formatAmount(isBegun ? Math.abs(left) : total, currency)}</span>
      </div>
    </div>
  )
}
