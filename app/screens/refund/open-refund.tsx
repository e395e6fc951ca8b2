import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { RefundView } from '../../contract/refund-views.ts'
import { useCurrency, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'

/** A refund under way, or just done: what is known of the money, and what to do next. */
export function OpenRefund({ refund }: { readonly refund: RefundView }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [isSettling, setSettling] = useState(false)
  const { phase, receiptId, seqr } = refund
  const text = words.books.refund
  const isStuck = phase === 'refused' || phase === 'notSent' || phase === 'notRefunded'
  const tone = phase === 'finished' ? 'good' : phase === 'sending' ? 'plain' : 'attention'
  const title =
    phase === 'finished' && refund.number !== null
      ? `${text.phase.finished}: ${text.done(refund.number)}`
      : text.phase[phase]
  return (
    <article aria-label={text.of(refund.saleNumber)} className="stack">
      <Notice tone={tone} title={title} live>
        <p>
          {text.of(refund.saleNumber)}: {amount(refund.moneyMinor)} {currency}
        </p>
        {seqr?.doubt != null && <p>{text.doubt[seqr.doubt]}</p>}
        {seqr?.code != null && (
          <p>
            {words.payment.resultCode(seqr.code)} {seqr.description}
          </p>
        )}
        {seqr !== null && seqr.ersReference !== '' && <p className="mono selectable">{seqr.ersReference}</p>}
        <p>{text.next[phase]}</p>
      </Notice>
      <TroubleNotice trouble={trouble} />
      {isStuck && (
        <div className="papers-buttons">
          <Button
            label={text.tryAgain}
            busy={busy === 'again'}
            onPress={() => void run('again', () => pos.refund.tryAgain({ receiptId }), { quiet: true })}
          />
          <Button
            label={text.inCash}
            busy={busy === 'cash'}
            onPress={() => void run('cash', () => pos.refund.inCash({ receiptId }), { quiet: true })}
          />
          {refund.canGiveUp && (
            <Button
              label={text.giveUp}
              kind="danger"
              busy={busy === 'giveUp'}
              onPress={() =>
                void run('giveUp', () => pos.refund.giveUp({ receiptId, reason: text.giveUpReason }), {
                  quiet: true,
                })
              }
            />
          )}
        </div>
      )}
      {phase === 'uncertain' && !isSettling && (
        <Button label={text.settle} onPress={() => setSettling(true)} />
      )}
      {phase === 'uncertain' && isSettling && <SettleRefund receiptId={receiptId} />}
    </article>
  )
}

function SettleRefund({ receiptId }: { readonly receiptId: string }) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [form, setForm] = useState({ reason: '', evidence: '', ersReference: '', pin: '' })
  const text = words.books.refund
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const isReady = form.reason.trim().length > 2 && form.evidence.trim().length > 2 && form.pin.length > 3
  const record = (as: 'refunded' | 'notRefunded') =>
    void run(as, () => pos.refund.settleByHand({ receiptId, as, ...form }), { quiet: true })
  return (
    <div className="stack">
      <Field label={text.reason} value={form.reason} maxLength={200} onChange={(reason) => set({ reason })} />
      <Field
        label={text.evidence}
        value={form.evidence}
        maxLength={200}
        onChange={(evidence) => set({ evidence })}
      />
      <Field
        label={text.reference}
        value={form.ersReference}
        maxLength={64}
        onChange={(ersReference) => set({ ersReference })}
      />
      <Field
        label={text.pin}
        type="password"
        digitsOnly
        maxLength={12}
        value={form.pin}
        onChange={(pin) => set({ pin })}
      />
      <TroubleNotice trouble={trouble} />
      <div className="papers-buttons">
        <Button
          label={text.asRefunded}
          reason={isReady ? null : text.evidence}
          busy={busy === 'refunded'}
          onPress={() => record('refunded')}
        />
        <Button
          label={text.asNotRefunded}
          reason={isReady ? null : text.evidence}
          busy={busy === 'notRefunded'}
          onPress={() => record('notRefunded')}
        />
      </div>
    </div>
  )
}
