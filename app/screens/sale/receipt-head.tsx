import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useForbidden } from '../forbidden.ts'
import { useCap, useQuickAsk, useRefused, useShop, useTill } from '../shop.tsx'
import { openDialog } from '../ui-store.ts'

export function ReceiptHead() {
  const words = useWords()
  const { ui, pos } = useShop()
  const refuse = useRefused()
  const ask = useQuickAsk()
  const count = useTill(({ sale }) => sale?.receipt?.rows.length ?? 0)
  const isRefund = useTill(({ sale }) => sale?.receipt?.kind === 'refund')
  const canUndo = useTill(({ sale }) => sale?.canUndo ?? false)
  const parked = useTill(({ till }) => till?.parkedReceipts ?? 0)
  const noPark = useForbidden('park')
  const parkCap = useCap('park')
  const recallCap = useCap('recall')
  return (
    <header className="pane-head">
      <h1>
        {isRefund ? words.sale.refund : words.sale.receipt}
        <span className="pane-head-count">{words.sale.rows(count)}</span>
      </h1>
      <Button
        label={words.sale.undo}
        icon="undo"
        iconOnly
        reason={canUndo ? null : words.rule.emptyReceipt}
        onRefused={refuse}
        onPress={() => void ask(() => pos.sale.undo())}
      />
      <Button
        label={words.sale.park}
        icon="pause"
        keyCap={parkCap}
        reason={noPark}
        onRefused={refuse}
        onPress={() => openDialog(ui, { kind: 'park' })}
      />
      <Button
        label={parked > 0 ? `${words.sale.recall} (${parked})` : words.sale.recall}
        icon="tray"
        keyCap={recallCap}
        onPress={() => openDialog(ui, { kind: 'parked' })}
      />
    </header>
  )
}
