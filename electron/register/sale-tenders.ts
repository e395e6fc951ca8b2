import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import { roundToCash } from '../../app/domain/cash.ts'
import type { CashMarks } from '../../app/domain/receipt-edit.ts'
import { withCash, withChange, withTender, withoutTender } from '../../app/domain/receipt-edit.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { leftToPay, leftWithoutCash, slipsOf } from '../../app/domain/receipt.ts'
import type { Action } from '../../app/domain/rules.ts'
import type { Desk } from './desk.ts'
import type { EditReceipt } from './sale-rows.ts'
import type { ShopSettings } from './settings.ts'

export interface SaleTendersOptions {
  readonly desk: Desk
  readonly settings: () => ShopSettings
  readonly edit: EditReceipt
  /** Gives the active receipt a tender, and finishes it when that settles it. */
  readonly tender: (action: Action, receiptId: string, work: (receipt: Receipt) => Receipt | Refusal) => Done
}

/** Cash and the shop's other tenders. SEQR pays by `payment-acts.ts`. */
export function saleTenders({ desk, settings, edit, tender }: SaleTendersOptions) {
  function cashMarks(): CashMarks {
    const atMs = desk.clock.now()
    return { cash: { id: desk.newId(), atMs }, change: { id: desk.newId(), atMs } }
  }

  return {
    payCash: ({ receiptId, givenMinor }) =>
      tender('payCash', receiptId, (receipt) =>
        leftToPay(receipt) <= 0
          ? { ok: false, reason: 'rule', rule: 'nothingToPay' }
          : withCash(receipt, givenMinor, cashMarks()),
      ),
    giveBack: ({ receiptId }) =>
      tender('payCash', receiptId, (receipt) => {
        if (roundToCash(leftToPay(receipt), receipt.currency) > 0)
          return { ok: false, reason: 'rule', rule: 'nothingPaid' }
        return withChange(receipt, cashMarks().change)
      }),
    payOther({ receiptId, tenderTypeId, amountMinor, reference }) {
      const type = settings().tenderTypes.find((one) => one.id === tenderTypeId)
      if (type === undefined) return { ok: false, reason: 'notFound' }
      return tender('payOther', receiptId, (receipt) => {
        const left = leftToPay(receipt)
        const beyond =
          left > 0 ? amountMinor > left || amountMinor <= 0 : amountMinor < left || amountMinor >= 0
        if (beyond) return { ok: false, reason: 'invalid', field: 'amount', problem: 'moreThanLeft' }
        if (slipsOf(receipt) > 0 && left > 0 && amountMinor > leftWithoutCash(receipt))
          return { ok: false, reason: 'rule', rule: 'slipsNeedCash' }
        return withTender(receipt, {
          id: desk.newId(),
          kind: 'other',
          tenderTypeId,
          name: type.name,
          amountMinor,
          reference,
          atMs: desk.clock.now(),
        })
      })
    },
    correctTender: ({ tenderId }) =>
      edit('correctTender', (receipt) => {
        const tenderRow = receipt.tenders.find((one) => one.id === tenderId)
        if (tenderRow === undefined) return { ok: false, reason: 'notFound' }
        if (tenderRow.kind === 'seqr') return { ok: false, reason: 'rule', rule: 'seqrPaidPart' }
        return withoutTender(receipt, tenderId)
      }),
  } satisfies Partial<Handlers<typeof contract>['sale']>
}
