import type {
  FoundSaleView,
  RefundPhase,
  RefundView,
  RefundableView,
} from '../../app/contract/refund-views.ts'
import type { Receipt, Tender } from '../../app/domain/receipt.ts'
import { totalOf } from '../../app/domain/receipt.ts'
import type { Refunded } from '../../app/domain/refund.ts'
import { leftToRefund, moneySources, refundableRows } from '../../app/domain/refund.ts'
import type { Reader } from '../storage/open.ts'
import { paymentById } from '../storage/payments.ts'
import { receiptById, receiptsInState, refundsOf } from '../storage/receipts.ts'
import type { SeqrRefundRecord } from '../storage/seqr-refunds.ts'
import { seqrRefundsOfReceipt } from '../storage/seqr-refunds.ts'

/** A finished sale with its refunds; null when there is no such sale. */
export function refundedOf(db: Reader, receiptId: string): Refunded | null {
  const sale = receiptById(db, receiptId)
  if (sale?.kind !== 'sale' || sale.state !== 'completed') return null
  const tenders = sale.tenders.map((tender) => withReference(db, tender))
  return { sale: { ...sale, tenders }, refunds: refundsOf(db, receiptId) }
}

/** A payment that was settled by hand may have got its reference from SEQR since. */
function withReference(db: Reader, tender: Tender): Tender {
  if (tender.kind !== 'seqr' || tender.ersReference !== '') return tender
  const stage = paymentById(db, tender.paymentId)?.stage
  return stage?.name === 'paid' ? { ...tender, ersReference: stage.ersReference } : tender
}

/** Refunds that are not finished, the oldest first. */
export function openRefundReceipts(db: Reader): readonly Receipt[] {
  return receiptsInState(db, ['open']).filter(({ kind }) => kind === 'refund')
}

export function refundableView(refunded: Refunded): RefundableView {
  const { sale, refunds } = refunded
  return {
    receiptId: sale.id,
    number: sale.number ?? 0,
    completedAtMs: sale.completedAtMs ?? 0,
    cashier: sale.cashier.name,
    totalMinor: totalOf(sale),
    rows: refundableRows(refunded).map(({ row, netMinor, leftThousandths, leftMinor }) => ({
      id: row.id,
      name: row.name,
      quantityThousandths: row.quantityThousandths,
      unit: row.unit,
      unitDecimals: row.unitDecimals,
      netMinor,
      leftThousandths,
      leftMinor,
    })),
    leftMinor: leftToRefund(refunded).goodsMinor,
    sources: moneySources(refunded).map(({ id, kind, name, paidMinor, leftMinor }) => ({
      id,
      kind,
      name,
      paidMinor,
      leftMinor,
    })),
    refunds: refunds
      .filter(({ state }) => state !== 'canceled')
      .map((refund) => ({
        receiptId: refund.id,
        number: refund.number,
        atMs: refund.completedAtMs ?? refund.openedAtMs,
        amountMinor: 0 - totalOf(refund),
      })),
  }
}

export function refundView(db: Reader, receipt: Receipt): RefundView {
  const record = seqrRefundsOfReceipt(db, receipt.id).at(-1) ?? null
  const parts = receipt.refundOf?.parts ?? []
  return {
    receiptId: receipt.id,
    number: receipt.number,
    saleReceiptId: receipt.refundOf?.receiptId ?? '',
    saleNumber: receipt.refundOf?.number ?? 0,
    phase: phaseOf(receipt, record),
    moneyMinor: parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    parts: parts.map(({ source, kind, name, amountMinor }) => ({ source, kind, name, amountMinor })),
    cashier: receipt.cashier.name,
    startedAtMs: receipt.openedAtMs,
    seqr: record === null ? null : seqrPart(record),
    canGiveUp: receipt.state === 'open' && receipt.tenders.length === 0,
  }
}

function phaseOf(receipt: Receipt, record: SeqrRefundRecord | null): RefundPhase {
  if (receipt.state === 'completed') return 'finished'
  if (receipt.state === 'canceled') return 'givenUp'
  const name = record?.stage.name ?? 'sending'
  // Between two SEQR parts the next one is already on its way.
  return name === 'refunded' ? 'sending' : name
}

function seqrPart({
  id,
  amountMinor,
  ofReference,
  startedAtMs,
  stage,
}: SeqrRefundRecord): RefundView['seqr'] {
  return {
    refundId: id,
    amountMinor,
    ofReference,
    startedAtMs,
    ersReference: stage.name === 'refunded' ? stage.ersReference : '',
    doubt: stage.name === 'uncertain' ? stage.why : null,
    code: stage.name === 'uncertain' || stage.name === 'refused' ? stage.code : null,
    description: stage.name === 'refused' ? stage.description : '',
  }
}

/** The sales among what was found, as the refund screen lists them. */
export function salesAmong(receipts: readonly Receipt[]): readonly FoundSaleView[] {
  return receipts
    .filter(({ kind }) => kind === 'sale')
    .map((receipt) => ({
      receiptId: receipt.id,
      number: receipt.number ?? 0,
      atMs: receipt.completedAtMs ?? receipt.openedAtMs,
      cashier: receipt.cashier.name,
      totalMinor: totalOf(receipt),
      about: [...new Set(receipt.rows.map(({ name }) => name))].slice(0, 3).join(', '),
    }))
}
