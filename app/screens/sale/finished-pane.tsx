import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { SlipView } from '../../contract/slip-views.ts'
import type { FinishedView } from '../../contract/views.ts'
import { formatPayId } from '../../domain/slip.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { goTo, tell } from '../ui-store.ts'
import { tenderName } from '../tender-name.ts'

/** The receipt that was just finished, change due first. The next scan takes its place. */
export function FinishedPane() {
  const finished = useTill(({ sale }) => sale?.finished ?? null)
  return finished === null ? null : <Finished finished={finished} />
}

function Finished({ finished }: { readonly finished: FinishedView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { receiptId, changeMinor } = finished
  const reprint = async () => {
    if ((await run('reprint', () => pos.paper.reprint({ receiptId }))) !== null)
      tell(ui, 'good', words.finished.reprinted)
  }
  return (
    <div className="finished" role="status">
      <h2 className="finished-head">
        <Icon name="tick" size={26} />
        {words.finished.number(finished.number)}
      </h2>
      <div className="finished-change" data-none={changeMinor === 0 || undefined}>
        <span>{changeMinor === 0 ? words.finished.noChange : words.finished.change}</span>
        {changeMinor !== 0 && <strong>{amount(changeMinor)}</strong>}
      </div>
      <ul className="finished-tenders">
        {finished.tenders
          .filter(({ kind }) => kind !== 'change')
          .map((tender) => (
            <li key={tender.id}>
              <span>
                {tenderName(words, tender)}
                {tender.reference !== '' && <small> {tender.reference}</small>}
              </span>
              <span>{amount(tender.amountMinor)}</span>
            </li>
          ))}
      </ul>
      <p className="finished-printed" data-state={finished.printed}>
        <Icon name={finished.printed === 'fault' ? 'warning' : 'printer'} />
        {words.finished.printed[finished.printed]}
      </p>
      <OpenSlips receiptNumber={finished.number} />
      <div className="finished-buttons">
        <Button
          label={words.finished.reprint}
          icon="printer"
          busy={busy === 'reprint'}
          onPress={() => void reprint()}
        />
        <Button label={words.finished.show} icon="receipt" onPress={() => goTo(ui, 'papers')} />
        <Button
          label={words.finished.next}
          kind="strong"
          className="finished-next"
          busy={busy === 'next'}
          onPress={() => void run('next', () => pos.sale.dismissFinished())}
        />
      </div>
      <p className="soft">{words.finished.nextLong}</p>
    </div>
  )
}

const none: readonly SlipView[] = []

/** The slips on it that nobody has confirmed yet, or that were refused: their customer still stands here. */
function OpenSlips({ receiptNumber }: { readonly receiptNumber: number }) {
  const { slips } = useWords()
  const waiting = useTill((state) => state.slips?.waiting ?? none)
  const work = useTill((state) => state.slips?.work ?? none)
  return [...waiting, ...work]
    .filter((slip) => slip.receiptNumber === receiptNumber)
    .map(({ id, payId, phase }) => (
      <p key={id} className="finished-printed" data-state={phase === 'confirming' ? undefined : 'fault'}>
        <Icon name={phase === 'confirming' ? 'hourglass' : 'warning'} />
        {phase === 'confirming' ? slips.onItsWay(formatPayId(payId)) : slips.notTaken(formatPayId(payId))}
      </p>
    ))
}
