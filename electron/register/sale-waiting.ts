import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, ParkedView, Refusal } from '../../app/contract/views.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { totalOf } from '../../app/domain/receipt.ts'
import type { Action } from '../../app/domain/rules.ts'
import { isOver } from '../../app/domain/seqr-payment.ts'
import {
  activeReceiptId,
  receiptById,
  receiptsInState,
  saveReceipt,
  setActiveReceiptId,
} from '../storage/receipts.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Payments } from './payments.ts'

export interface SaleWaitingOptions {
  readonly desk: Desk
  readonly payments: Pick<Payments, 'open'>
  readonly active: () => Receipt | null
  /** The rule that forbids an action on a receipt, or null. */
  readonly forbidden: (action: Action, receipt: Receipt | null) => Refusal | null
  readonly changed: () => void
}

/** Receipts that wait while another is served: parked by the cashier, or kept open by a SEQR payment. */
export function saleWaiting(options: SaleWaitingOptions) {
  const { desk, active, forbidden } = options

  /** Leaves the sale screen's active receipt for another, which comes up. */
  function activate(receipt: Receipt): Done {
    const current = active()
    if (current !== null && current.id !== receipt.id) {
      const refused = isBlank(current) ? null : forbidden('park', current)
      if (refused !== null) return refused
      saveReceipt(desk.storage.write, { ...current, state: isBlank(current) ? 'canceled' : 'parked' })
    }
    saveReceipt(desk.storage.write, { ...receipt, state: 'open', parkedAs: receipt.parkedAs })
    setActiveReceiptId(desk.storage.write, receipt.id)
    return { ok: true }
  }

  /** Puts the active receipt aside while its payment is unknown, so that others can be served. */
  function putAside(receiptId: string): void {
    if (activeReceiptId(desk.storage.read) === receiptId) setActiveReceiptId(desk.storage.write, null)
  }

  /** All unfinished receipts but the active one. */
  function list(): readonly ParkedView[] {
    const activeId = activeReceiptId(desk.storage.read)
    return receiptsInState(desk.storage.read, ['open', 'parked'])
      .filter((receipt) => receipt.kind === 'sale' && receipt.id !== activeId && !isBlank(receipt))
      .map((receipt) => ({
        receiptId: receipt.id,
        name: receipt.parkedAs,
        totalMinor: totalOf(receipt),
        rows: receipt.rows.length,
        openedAtMs: receipt.openedAtMs,
        cashier: receipt.cashier.name,
        state: waitingState(receipt),
      }))
  }

  function waitingState(receipt: Receipt): ParkedView['state'] {
    if (options.payments.open().some((one) => one.receiptId === receipt.id && !isOver(one.stage)))
      return 'waiting'
    if (receipt.tenders.length > 0) return 'mustComplete'
    return receipt.state === 'parked' ? 'parked' : 'putAside'
  }

  const acts = {
    park({ name }) {
      const receipt = active()
      const refused = forbidden('park', receipt)
      if (refused !== null || receipt === null)
        return refused ?? { ok: false, reason: 'rule', rule: 'noReceipt' }
      const saved = change(desk, (): Done => {
        saveReceipt(desk.storage.write, { ...receipt, state: 'parked', parkedAs: name })
        setActiveReceiptId(desk.storage.write, null)
        return { ok: true }
      })
      options.changed()
      return saved
    },
    parked: list,
    resume({ receiptId }) {
      const receipt = receiptById(desk.storage.read, receiptId)
      if (receipt?.kind !== 'sale') return { ok: false, reason: 'notFound' }
      if (receipt.state !== 'parked' && receipt.state !== 'open')
        return { ok: false, reason: 'rule', rule: 'receiptClosed' }
      const saved = change(desk, () => activate(receipt))
      options.changed()
      return saved
    },
  } satisfies Partial<Handlers<typeof contract>['sale']>

  return { acts, list, activate, putAside }
}

/** Nothing was rung up and nothing was paid: such a receipt may be forgotten. */
function isBlank(receipt: Receipt): boolean {
  return receipt.rows.length === 0 && receipt.tenders.length === 0
}
