import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done } from '../../app/contract/views.ts'
import { invoiceFor } from '../../app/domain/receipt-invoice.ts'
import { leftToPay, leftWithoutCash, newReceipt, slipsOf } from '../../app/domain/receipt.ts'
import { checkInvoice } from '../../app/domain/seqr-invoice.ts'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { invoiceWords } from '../../app/words/paper.ts'
import { openShift } from '../storage/shifts.ts'
import type { Desk } from './desk.ts'
import type { Payments } from './payments.ts'
import type { Sale } from './sale.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'

export interface ReservationOptions {
  readonly desk: Desk
  readonly session: Session
  readonly sale: Sale
  readonly payments: Payments
  readonly settings: () => ShopSettings
}

/** Preliminary payments: reserve now, take the final amount later (SEQR, "Preliminary payments"). */
export function reservationActs(options: ReservationOptions): Handlers<typeof contract>['reservation'] {
  const { desk, payments, sale, session } = options

  type Start = Parameters<Handlers<typeof contract>['reservation']['start']>[0]

  function start({ label, amountMinor, minutes }: Start): Done<{ readonly paymentId: string }> {
    const person = session.person()
    const refused = sale.forbidden('reserve', sale.active())
    if (refused !== null) return refused
    if (person === null) return { ok: false, reason: 'rule', rule: 'signedOut' }
    const id = desk.newId()
    const placeholder = newReceipt({
      id,
      currency: options.settings().currency,
      cashier: person,
      shiftId: openShift(desk.storage.read)?.id ?? null,
      openedAtMs: desk.clock.now(),
    })
    const clientInvoiceId = `${id.replaceAll('-', '').slice(0, 16)}-R`
    const invoice = invoiceOf(placeholder, amountMinor, clientInvoiceId, minutes * 60)
    const check = checkInvoice(invoice)
    if (!check.ok) return { ok: false, reason: 'invalid', field: 'amount', problem: check.reason }
    return payments.start({ mode: 'reservation', receipt: null, label, amountMinor, invoice })
  }

  /** Links the reservation with the active receipt and takes the final amount: never more than was reserved. */
  function complete({
    paymentId,
    receiptId,
    amountMinor,
  }: {
    paymentId: string
    receiptId: string
    amountMinor: number
  }): Done {
    const record = payments.record(paymentId)
    const receipt = sale.active()
    if (record === null || record.mode !== 'reservation') return { ok: false, reason: 'notFound' }
    if (receipt?.id !== receiptId) return { ok: false, reason: 'rule', rule: 'receiptClosed' }
    if (record.stage.name !== 'reserved')
      return { ok: false, reason: 'invalid', field: 'reservation', problem: 'notReserved' }
    const refused = sale.forbidden('payReserved', receipt)
    if (refused !== null) return refused
    if (amountMinor > record.amountMinor)
      return { ok: false, reason: 'invalid', field: 'amount', problem: 'moreThanReserved' }
    if (slipsOf(receipt) > 0 && amountMinor > leftWithoutCash(receipt))
      return { ok: false, reason: 'rule', rule: 'slipsNeedCash' }
    if (amountMinor > leftToPay(receipt))
      return { ok: false, reason: 'invalid', field: 'amount', problem: 'moreThanLeft' }
    const seconds = record.commitReservationTimeoutSeconds ?? 0
    const invoice = invoiceOf(receipt, amountMinor, record.clientInvoiceId, seconds)
    const check = checkInvoice(invoice)
    if (!check.ok) return { ok: false, reason: 'invalid', field: 'amount', problem: check.reason }
    const shown = payments.keep(paymentId, (now) => ({ ...now, dismissed: false, setAside: false }))
    return shown.ok ? payments.complete(paymentId, { invoice, receiptId }) : shown
  }

  function invoiceOf(
    receipt: Receipt,
    amountMinor: number,
    clientInvoiceId: string,
    seconds: number,
  ): SeqrInvoice {
    const { language, storeName, footerLines } = options.settings()
    return invoiceFor({
      receipt,
      amountMinor,
      clientInvoiceId,
      title: storeName,
      footer: footerLines.join(' '),
      issuedAtMs: desk.clock.now(),
      words: invoiceWords[language],
      reserveForSeconds: seconds,
    })
  }

  return { start, complete }
}
