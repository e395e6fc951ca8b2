import type { Currency } from '../../app/domain/money.ts'
import { formatAmount } from '../../app/domain/numerals.ts'
import { isOver } from '../../app/domain/seqr-payment.ts'
import { formatPayId } from '../../app/domain/slip.ts'
import { machineWords } from '../../app/words/machine.ts'
import { numerals } from '../../app/words/numerals.ts'
import type { Payments } from './payments.ts'
import type { Refunds } from './refunds.ts'
import type { ShopSettings } from './settings.ts'
import type { Slips } from './slips.ts'

export interface MoneyHolders {
  readonly payments: Pick<Payments, 'open'>
  readonly refunds: Pick<Refunds, 'open'>
  readonly slips: Pick<Slips, 'waiting'>
}

/** Money of which it is not known how it ends, in sentences; reservations are at rest and left out. */
export function openMoney(
  { payments, refunds, slips }: MoneyHolders,
  language: ShopSettings['language'],
): readonly string[] {
  const says = machineWords[language]
  const sum = ({ amountMinor, currency }: { readonly amountMinor: number; readonly currency: Currency }) =>
    `${formatAmount(amountMinor, currency, numerals[language])} ${currency}`
  return [
    ...payments
      .open()
      .filter((one) => !isOver(one.stage) && one.stage.name !== 'reserved')
      .map((one) => says.openPayment(sum(one))),
    ...refunds.open().map((one) => says.openRefund(sum(one))),
    ...slips.waiting().map((one) => says.openSlip(formatPayId(one.payId))),
  ]
}
