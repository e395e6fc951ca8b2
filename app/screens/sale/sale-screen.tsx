import type { Screen } from '../screen.ts'
import { CounterPane } from './counter-pane.tsx'
import { ReceiptPane } from './receipt-pane.tsx'
import { useSelectionFollows } from './selected-row.ts'

function Sale() {
  useSelectionFollows()
  return (
    <div className="sale">
      <ReceiptPane />
      <CounterPane />
    </div>
  )
}

export const saleScreen: Screen = {
  id: 'sale',
  place: 'sale',
  icon: 'cash',
  title: (words) => words.menu.sale,
  view: Sale,
  menu: 'till',
}
