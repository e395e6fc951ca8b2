import { useTill } from '../shop.tsx'
import { FinishedPane } from './finished-pane.tsx'
import { ReceiptHead } from './receipt-head.tsx'
import { ReceiptRows } from './receipt-rows.tsx'
import { RowTools } from './row-tools.tsx'
import { Sums } from './sums.tsx'
import { TotalBand } from './total-band.tsx'

/** The left side of the sale: what is being sold, what it comes to, and what has been paid. */
export function ReceiptPane() {
  const isFinished = useTill(({ sale }) => sale !== null && sale.receipt === null && sale.finished !== null)
  return (
    <section className="receipt-pane" data-finished={isFinished || undefined}>
      <ReceiptHead />
      {isFinished ? <FinishedPane /> : <ReceiptRows />}
      {!isFinished && <RowTools />}
      {!isFinished && <Sums />}
      <TotalBand />
    </section>
  )
}
