import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { IssuedSlipView } from '../../contract/slip-views.ts'
import { formatPayId } from '../../domain/slip.ts'
import { useAnswer, useNow, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'
import { SlipBars } from './slip-bars.tsx'
import { StatusMark } from './status-mark.tsx'
import { useTimes } from '../times.ts'

/** An issued slip, white and large, to be scanned off the screen or printed. */
export function IssuedSlipDialog({ issuedId }: { readonly issuedId: string }) {
  const words = useWords()
  const { slips } = words
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const nowMs = useNow(2000)
  const question = `${issuedId} ${Math.floor(nowMs / 2000)} ${busy ?? ''}`
  const slip = useAnswer(question, () => pos.slip.issued({ issuedId }))?.answer ?? null
  const print = async () => {
    if ((await run('print', () => pos.slip.printIssued({ issuedId }), { quiet: true })) !== null)
      tell(ui, 'good', slips.printed)
  }
  return (
    <Layer
      title={slips.onScreen}
      onBack={() => closeDialog(ui)}
      className="issued"
      footer={
        <>
          <Button
            label={slips.inquire}
            large
            busy={busy === 'inquire'}
            onPress={() => void run('inquire', () => pos.slip.inquire({ issuedId }), { quiet: true })}
          />
          {slip?.status === 'PENDING' && (
            <Button
              label={slips.print}
              icon="printer"
              large
              busy={busy === 'print'}
              onPress={() => void print()}
            />
          )}
          <Button label={words.done} kind="strong" large autoFocus onPress={() => closeDialog(ui)} />
        </>
      }
    >
      <TroubleNotice trouble={trouble} />
      {slip !== null && (
        <>
          <Sheet slip={slip} />
          <p className="issued-hint">
            <StatusMark status={slip.status} />
            <span>
              <Icon name="info" size={18} />{' '}
              {slip.status === 'PENDING' ? slips.brightness : slips.statusLong[slip.status]}
            </span>
          </p>
        </>
      )}
    </Layer>
  )
}

/** The slip as its customer has it; one that may not be paid any more has nothing to scan. */
function Sheet({ slip }: { readonly slip: IssuedSlipView }) {
  const { slips } = useWords()
  const times = useTimes()
  const reference = formatPayId(slip.payId)
  return (
    <article className="slip-sheet" aria-label={`${slips.dialog} ${reference}`}>
      <header>
        <strong>{slip.merchantName}</strong>
        <Amount minor={slip.amountMinor} currency={slip.currency} withCurrency />
      </header>
      {slip.status === 'PENDING' && <SlipBars data={slip.payId} label={reference} />}
      <p className="slip-reference">{reference}</p>
      <dl>
        <dt>{slips.expires}</dt>
        <dd>{slip.expiresAtMs === null ? slips.noExpiry : times.dateTime(slip.expiresAtMs)}</dd>
        <dt>{slips.merchantRef}</dt>
        <dd>{slip.merchantRef}</dd>
        {slip.description !== '' && (
          <>
            <dt>{slips.description}</dt>
            <dd>{slip.description}</dd>
          </>
        )}
      </dl>
    </article>
  )
}
