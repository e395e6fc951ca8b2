import { Button } from '../../components/button.tsx'
import { Layer } from '../../components/layer.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, paying } from '../ui-store.ts'

/**
 * More was paid than was owed, or goods came back: the difference goes to the customer in cash. Where it came out even,
 * or less is left than coins can pay, the receipt is only finished.
 */
export function GiveBackDialog() {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const receiptId = useTill(({ sale }) => sale?.receipt?.id ?? null)
  const back = useTill(({ sale }) => 0 - (sale?.receipt?.leftInCashMinor ?? 0))
  const isEven = back === 0
  const give = async () => {
    if (receiptId === null) return
    const finish = () => run('giveBack', () => pos.sale.giveBack({ receiptId }), { quiet: true })
    if (await paying(ui, async () => (await finish()) !== null)) closeDialog(ui)
  }
  return (
    <Layer
      title={isEven ? words.cash.evenTitle : words.cash.giveBackTitle}
      onBack={() => closeDialog(ui)}
      size="small"
      footer={
        <Button
          label={isEven ? words.tender.finish : words.cash.givenBack}
          kind="money"
          icon="cash"
          large
          autoFocus
          busy={busy !== null}
          onPress={() => void give()}
        />
      }
    >
      <p>{isEven ? words.cash.evenLong : words.cash.giveBackLong}</p>
      <p className="huge-digits">
        {amount(back)} <small>{currency}</small>
      </p>
      <TroubleNotice trouble={trouble} />
    </Layer>
  )
}
