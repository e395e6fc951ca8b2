import { useEffect, useRef } from 'react'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PaymentView } from '../../contract/views.ts'
import { useShop, useTill } from '../shop.tsx'
import { EndedPayment } from './ended-payment.tsx'
import { LivePayment } from './live-payment.tsx'
import { isLive, type LivePhase } from './payment-dialog-view.ts'

/** The payment that is open on this till, from Pay to its end. There is no way around it but its own buttons. */
export function PaymentLayer({ payment }: { readonly payment: PaymentView }) {
  const words = useWords()
  const cancelingSinceMs = useTill((state) => state.cancelingSinceMs.get(payment.id) ?? null)
  useTones(payment)
  return (
    <Layer title={words.payment.title} onBack={null} size="large" className="payment">
      {isLivePayment(payment) ? (
        <LivePayment payment={payment} cancelingSinceMs={cancelingSinceMs} />
      ) : (
        <EndedPayment payment={payment} cancelingSinceMs={cancelingSinceMs} />
      )}
    </Layer>
  )
}

function isLivePayment(payment: PaymentView): payment is PaymentView & { readonly phase: LivePhase } {
  return isLive(payment.phase)
}

/** A tune at the end of a payment that was watched, not for one that had ended before it was looked at. */
function useTones({ id, phase }: PaymentView) {
  const { play } = useShop()
  const before = useRef({ id, phase })
  useEffect(() => {
    const was = before.current
    before.current = { id, phase }
    if (was.id !== id || was.phase === phase || isLive(phase)) return
    play(phase === 'paid' || phase === 'reserved' ? 'paid' : 'attention')
  }, [id, phase, play])
}
