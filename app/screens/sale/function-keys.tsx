import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useCap, useRefused, useShop } from '../shop.tsx'
import { takeBack } from '../commands.ts'
import { goTo, openDialog } from '../ui-store.ts'
import { useForbidden } from '../forbidden.ts'
import { useSelectedRow } from './selected-row.ts'

/** What is done to the whole receipt, and now and then. */
export function FunctionKeys() {
  const words = useWords()
  const shop = useShop()
  const { ui } = shop
  const refuse = useRefused()
  const row = useSelectedRow()
  const noChange = useForbidden('changeRow')
  const noCancel = useForbidden('cancel')
  const noSlip = useForbidden('addSlip')
  const caps = { takeBack: useCap('takeBack'), lastReceipt: useCap('lastReceipt'), slip: useCap('slip') }
  return (
    <div className="functions" role="group" aria-label={words.sale.functions}>
      <Button
        label={words.sale.takeBack}
        icon="turn"
        keyCap={caps.takeBack}
        reason={row === null ? words.sale.selectRow : noChange}
        onRefused={refuse}
        onPress={() => takeBack(shop, words)}
      />
      <Button
        label={words.sale.discount}
        icon="percent"
        reason={noChange}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'receiptDiscount' })}
      />
      <Button
        label={words.sale.note}
        icon="note"
        reason={noChange}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'receiptNote' })}
      />
      <Button
        label={words.reservation.title}
        icon="clock"
        onPress={() => openDialog(ui, { kind: 'reservations' })}
      />
      <Button
        label={words.slips.pay}
        icon="scan"
        keyCap={caps.slip}
        reason={noSlip}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'slip', slipId: null })}
      />
      <Button
        label={words.sale.lastReceipt}
        icon="receipt"
        keyCap={caps.lastReceipt}
        onPress={() => goTo(ui, 'papers')}
      />
      <Button
        label={words.sale.cancelReceipt}
        icon="bin"
        reason={noCancel}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'cancelReceipt' })}
      />
    </div>
  )
}
