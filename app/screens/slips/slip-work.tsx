import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { SlipView } from '../../contract/slip-views.ts'
import { formatPayId } from '../../domain/slip.ts'
import { useTimes } from '../times.ts'
import { useRun, useShop, useTill } from '../shop.tsx'
import { openDialog, tell } from '../ui-store.ts'

const none: readonly SlipView[] = []

/** Slips whose cash was taken and whose end nobody has said: what a person has to do, and what the till is doing. */
export function SlipWork() {
  const { slips } = useWords()
  const work = useTill((state) => state.slips?.work ?? none)
  const waiting = useTill((state) => state.slips?.waiting ?? none)
  if (work.length === 0 && waiting.length === 0) return null
  return (
    <section className="slip-work scrolls" aria-label={slips.work}>
      {work.length > 0 && (
        <>
          <h2>{slips.work}</h2>
          <ul>
            {work.map((slip) => (
              <WorkItem key={slip.id} slip={slip} />
            ))}
          </ul>
        </>
      )}
      {waiting.length > 0 && (
        <>
          <h2>{slips.waiting}</h2>
          <ul>
            {waiting.map((slip) => (
              <WorkItem key={slip.id} slip={slip} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function WorkItem({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const reference = formatPayId(slip.payId)
  const again = async () => {
    if ((await run('again', () => pos.slip.sendAgain({ slipId: slip.id }))) !== null)
      tell(ui, 'good', slips.sent)
  }
  const isSendable = slip.phase === 'needsPerson' || slip.phase === 'confirming'
  const isReturnable = slip.phase === 'needsPerson' || slip.phase === 'confirmDeclined'
  return (
    <li className="slip-work-item" data-phase={slip.phase} aria-label={reference}>
      <p className="slip-work-head">
        <strong>{reference}</strong>
        <Amount minor={slip.amountMinor ?? 0} currency={slip.currency} withCurrency />
      </p>
      <p>{slip.merchantName}</p>
      <WorkText slip={slip} />
      <div className="slip-work-buttons">
        {isReturnable && (
          <Button
            label={slips.giveBack}
            kind={slip.phase === 'confirmDeclined' ? 'strong' : 'plain'}
            onPress={() => openDialog(ui, { kind: 'giveBackSlip', slipId: slip.id })}
          />
        )}
        {isSendable && (
          <Button
            label={slips.sendAgain}
            kind={slip.phase === 'needsPerson' ? 'strong' : 'plain'}
            busy={busy === 'again'}
            onPress={() => void again()}
          />
        )}
      </div>
    </li>
  )
}

function WorkText({ slip }: { readonly slip: SlipView }) {
  const { slips } = useWords()
  const times = useTimes()
  if (slip.phase === 'confirming')
    return <p className="soft">{slips.nextTry(slip.attempt ?? 1, times.clock(slip.nextAtMs ?? 0))}</p>
  const long = slip.phase === 'needsPerson' ? slips.needsPersonLong : slips.confirmDeclinedLong
  return (
    <p>
      {slip.said !== '' && <span>{slips.theySay(slip.said)} </span>}
      {long}
    </p>
  )
}
