import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done } from '../../app/contract/views.ts'
import { invoiceFor } from '../../app/domain/receipt-invoice.ts'
import type { Receipt, Tender } from '../../app/domain/receipt.ts'
import { leftWithoutCash, slipsOf } from '../../app/domain/receipt.ts'
import { withTender } from '../../app/domain/receipt-edit.ts'
import { checkInvoice } from '../../app/domain/seqr-invoice.ts'
import { isOver } from '../../app/domain/seqr-payment.ts'
import { invoiceWords } from '../../app/words/paper.ts'
import { appendJournal } from '../storage/journal.ts'
import { paymentsOfReceipt } from '../storage/payments.ts'
import { receiptById } from '../storage/receipts.ts'
import type { ReceiptPrinter } from './completion.ts'
import { saveTendered } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Payments } from './payments.ts'
import type { Sale } from './sale.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface PaymentActsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly sale: Sale
  readonly payments: Payments
  readonly printer: ReceiptPrinter
  readonly settings: () => ShopSettings
  readonly changed: () => void
}

/** What the cashier and the administrator may do with SEQR payments, on top of the machine. */
export function paymentActs(options: PaymentActsOptions): Handlers<typeof contract>['payment'] {
  const { desk, payments, sale, session } = options

  function start({
    receiptId,
    amountMinor,
  }: {
    receiptId: string
    amountMinor: number
  }): Done<{ paymentId: string }> {
    const receipt = sale.active()
    if (receipt?.id !== receiptId) return { ok: false, reason: 'rule', rule: 'receiptClosed' }
    const refused = sale.forbidden('paySeqr', receipt)
    if (refused !== null) return refused
    if (slipsOf(receipt) > 0 && amountMinor > leftWithoutCash(receipt))
      return { ok: false, reason: 'rule', rule: 'slipsNeedCash' }
    const { language, storeName, footerLines } = options.settings()
    const invoice = invoiceFor({
      receipt,
      amountMinor,
      clientInvoiceId: clientInvoiceId(receipt),
      title: storeName,
      footer: footerLines.join(' '),
      issuedAtMs: desk.clock.now(),
      words: invoiceWords[language],
      reserveForSeconds: null,
    })
    const check = checkInvoice(invoice)
    if (!check.ok) return { ok: false, reason: 'invalid', field: 'amount', problem: check.reason }
    return payments.start({ mode: 'immediate', receipt, label: '', amountMinor, invoice })
  }

  /** The receipt's own mark and how many invoices it has had: the same on every repeat of one invoice. */
  function clientInvoiceId(receipt: Receipt): string {
    const earlier = paymentsOfReceipt(desk.storage.read, receipt.id).length
    return `${receipt.id.replaceAll('-', '').slice(0, 16)}-${earlier + 1}`
  }

  async function settleByHand(
    input: Parameters<Handlers<typeof contract>['payment']['settleByHand']>[0],
  ): ReturnType<typeof session.unlock> {
    const record = payments.record(input.paymentId)
    if (record === null) return { ok: false, reason: 'notFound' }
    if (isOver(record.stage) || record.settledByHand !== null)
      return { ok: false, reason: 'invalid', field: 'payment', problem: 'alreadyFinal' }
    const tried = await session.tryAdministrators(input.pin)
    if (!tried.ok) return tried
    const atMs = desk.clock.now()
    const { as, reason, evidence } = input
    return payments.keep(record.id, (now) => {
      if (isOver(now.stage)) return now
      appendJournal(desk.storage.write, {
        atMs,
        kind: 'settledByHand',
        ...(now.receiptId === null ? {} : { receiptId: now.receiptId }),
        body: { paymentId: now.id, as, reason, evidence, by: tried.by, amountMinor: now.amounts.sentMinor },
      })
      session.audit(tried.by, 'paymentSettled', { paymentId: now.id, as, reason })
      if (as === 'paid') bookByHand(now.receiptId, now.id, now.amounts.sentMinor, atMs)
      return {
        ...now,
        settledByHand: { as, reason, evidence, by: tried.by, atMs, serviceSays: null },
        setAside: true,
      }
    })
  }

  /** The receipt counts as paid on the administrator's word; SEQR's own answer is still waited for. */
  function bookByHand(receiptId: string | null, paymentId: string, amountMinor: number, atMs: number): void {
    const receipt = receiptId === null ? null : receiptById(desk.storage.read, receiptId)
    if (receipt === null || receipt.state === 'completed' || receipt.state === 'canceled') return
    const tender: Tender = {
      id: desk.newId(),
      kind: 'seqr',
      amountMinor,
      paymentId,
      ersReference: '',
      atMs,
      settledByHand: true,
    }
    saveTendered(desk, options.printer, withTender({ ...receipt, state: 'open' }, tender))
  }

  return {
    current: () => payments.view(),
    start,
    cancel: ({ paymentId }) => payments.cancel(paymentId),
    tryAgain: ({ paymentId }) => payments.tryAgain(paymentId),
    setAside({ paymentId }) {
      const record = payments.record(paymentId)
      if (record === null) return { ok: false, reason: 'notFound' }
      if (record.receiptId !== null) {
        const { receiptId } = record
        change(desk, () => sale.putAside(receiptId))
      }
      return payments.keep(paymentId, (now) => ({ ...now, setAside: true }))
    },
    show({ paymentId }) {
      const record = payments.record(paymentId)
      const receipt = record?.receiptId == null ? null : receiptById(desk.storage.read, record.receiptId)
      if (receipt?.state === 'open' || receipt?.state === 'parked') {
        const brought = change(desk, () => sale.activate(receipt))
        if (!brought.ok) return brought
      }
      return payments.keep(paymentId, (now) => ({ ...now, setAside: false, dismissed: false }))
    },
    dismiss({ paymentId }) {
      const record = payments.record(paymentId)
      if (record === null) return { ok: false, reason: 'notFound' }
      const isAtRest = record.stage.name === 'reserved'
      if (!isOver(record.stage) && !isAtRest) return { ok: false, reason: 'rule', rule: 'paymentOpen' }
      const kept = payments.keep(paymentId, (now) => ({ ...now, dismissed: true }))
      payments.forget(paymentId)
      options.changed()
      return kept
    },
    settleByHand,
  }
}
