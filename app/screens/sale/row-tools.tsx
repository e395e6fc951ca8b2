import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import { quantityText } from '../../domain/numerals.ts'
import { useCap, useQuickAsk, useRefused, useShop } from '../shop.tsx'
import { openDialog } from '../ui-store.ts'
import { useForbidden } from '../forbidden.ts'
import { removeRow, useSelectedRow } from './selected-row.ts'

/** What can be done with the selected row. Always in the same place, so that nothing moves. */
export function RowTools() {
  const words = useWords()
  const shop = useShop()
  const { ui, pos } = shop
  const row = useSelectedRow()
  const refuse = useRefused()
  const ask = useQuickAsk()
  const noChange = useForbidden('changeRow')
  const noRemove = useForbidden('removeRow')
  const caps = { quantity: useCap('quantity'), price: useCap('price'), remove: useCap('remove') }
  const none = row === null ? words.sale.selectRow : null
  const isSlip = row?.kind === 'slip' ? words.sale.slip : null
  const reason = none ?? isSlip ?? noChange
  const step = (by: number) => {
    if (row === null) return
    const now = row.quantityThousandths
    const quantityThousandths = now + by * 1000
    if (quantityThousandths === 0 || quantityThousandths > 0 !== now > 0)
      return void removeRow(shop, words, row)
    void ask(() => pos.sale.setQuantity({ rowId: row.id, quantityThousandths }))
  }
  const whole = row !== null && row.unitDecimals > 0 ? words.entry.quantityOf : null
  return (
    <div className="row-tools" role="group" aria-label={row?.name ?? words.sale.selectRow}>
      <Button
        label={words.sale.less}
        icon="minus"
        iconOnly
        reason={reason ?? whole}
        onRefused={refuse}
        onPress={() => step(-1)}
      />
      <Button
        label={words.sale.quantity}
        keyCap={caps.quantity}
        className="row-tools-quantity"
        reason={reason}
        onRefused={refuse}
        onPress={() => row !== null && openDialog(ui, { kind: 'quantity', rowId: row.id })}
      >
        <span className="label">
          {row === null ? '–' : quantityText(row.quantityThousandths, words.numerals)}
        </span>
      </Button>
      <Button
        label={words.sale.more}
        icon="plus"
        iconOnly
        reason={reason ?? whole}
        onRefused={refuse}
        onPress={() => step(1)}
      />
      <Button
        label={words.sale.price}
        icon="tag"
        keyCap={caps.price}
        reason={reason}
        onRefused={refuse}
        onPress={() => row !== null && openDialog(ui, { kind: 'price', rowId: row.id, tab: 'price' })}
      />
      <Button
        label={words.sale.note}
        icon="note"
        iconOnly
        reason={none ?? noChange}
        onRefused={refuse}
        onPress={() => row !== null && openDialog(ui, { kind: 'rowNote', rowId: row.id })}
      />
      <Button
        label={words.sale.remove}
        icon="bin"
        iconOnly
        keyCap={caps.remove}
        reason={none ?? noRemove}
        onRefused={refuse}
        onPress={() => row !== null && void removeRow(shop, words, row)}
      />
    </div>
  )
}
