import type { DisplayView } from '../../contract/device-views.ts'

export type Picture = 'test' | 'payment' | 'receipt' | 'thanks' | 'idle'

/** What the customer sees: the payment that waits for them before anything else. */
export function pictureOf({ isTest, payment, receipt, finished }: DisplayView): Picture {
  if (isTest) return 'test'
  if (payment !== null && asksCustomer(payment.phase)) return 'payment'
  if (receipt !== null && receipt.rows.length > 0) return 'receipt'
  return finished === null ? 'idle' : 'thanks'
}

/** A payment that has ended otherwise than paid is the cashier's affair. */
function asksCustomer(phase: NonNullable<DisplayView['payment']>['phase']): boolean {
  switch (phase) {
    case 'sending':
    case 'askCustomer':
    case 'customerApproves':
    case 'canceling':
    case 'completing':
    case 'reserved':
    case 'paid':
      return true
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return false
  }
}
