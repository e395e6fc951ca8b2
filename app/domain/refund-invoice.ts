import type { Receipt } from './receipt.ts'
import { netRows } from './receipt.ts'
import type { SeqrInvoiceRow, SeqrRefund } from './seqr-invoice.ts'
import { balancingRow, rowsTotalMinor } from './seqr-invoice.ts'

/** What goes to SEQR with a refund: the goods that come back, and a row for what goes back in another way. */
export function refundInvoice(
  refund: Receipt,
  amountMinor: number,
  words: { readonly title: string; readonly otherPayments: string },
): SeqrRefund {
  const goods = netRows(refund).map(({ row, netMinor }): SeqrInvoiceRow => ({
    description: row.name,
    quantityThousandths: -row.quantityThousandths,
    totalMinor: 0 - netMinor,
    unit: row.unit,
    ...(row.code === null ? {} : { ean: row.code }),
    ...(row.vatBasisPoints % 100 === 0 ? { taxRatePercent: row.vatBasisPoints / 100 } : {}),
  }))
  const otherwise = amountMinor - rowsTotalMinor(goods)
  return {
    title: words.title,
    cashierId: refund.cashier.name,
    currency: refund.currency,
    totalMinor: amountMinor,
    rows: otherwise === 0 ? goods : [...goods, balancingRow(words.otherPayments, otherwise)],
  }
}
