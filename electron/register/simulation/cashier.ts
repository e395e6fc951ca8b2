import type { Caller } from '../../../app/contract/define.ts'
import type { Done, PaymentView } from '../../../app/contract/views.ts'
import type { Receipt } from '../../../app/domain/receipt.ts'
import { leftToPay } from '../../../app/domain/receipt.ts'
import { receiptById } from '../../storage/receipts.ts'
import type { Random } from './random.ts'
import type { SimulatedTill } from './till.ts'
import { people } from './till.ts'

/** Whoever watches that cash is never taken twice. */
export interface CashWatcher {
  before(receiptId: string): void
  after(receiptId: string, answer: { readonly ok: boolean } | null): void
}

export interface CashierOptions {
  readonly random: Random
  readonly cash: CashWatcher
  readonly note: (text: () => string) => void
}

type Act =
  | 'ringUp'
  | 'removeRow'
  | 'payAll'
  | 'payPart'
  | 'payOver'
  | 'payCash'
  | 'payOther'
  | 'correct'
  | 'park'
  | 'resume'
  | 'cancelReceipt'
  | 'cancelPayment'
  | 'tryAgain'
  | 'setAside'
  | 'show'
  | 'dismiss'
  | 'settle'
  | 'reserve'
  | 'complete'
  | 'release'
  | 'nothing'

const from: Caller = { screen: 'till' }

/** A person at the till who may press anything at any time, some of it twice. */
export function createCashier({ random, cash, note }: CashierOptions) {
  /** What is worth a try just now, and how much the cashier is inclined to it. */
  function inclinations(till: SimulatedTill): Partial<Record<Act, number>> {
    const receipt = till.sale.active()
    const { current, open, reservations } = till.payments.view()
    const live = current !== null && !isEnded(current)
    const rested = reservations.some((one) => one.phase === 'reserved')
    return {
      nothing: live ? 12 : 2,
      ringUp: receipt === null ? 12 : 2,
      ...(receipt === null ? { resume: 4 } : onReceipt(receipt, live)),
      ...(live ? { cancelPayment: 3, tryAgain: 2, setAside: 3, settle: 0.4 } : {}),
      ...(current !== null && !live ? { dismiss: 10 } : {}),
      ...(open.length > 0 ? { show: 2 } : {}),
      reserve: 2.5,
      ...(rested ? { complete: receipt === null ? 0 : 14, release: 1 } : {}),
    }
  }

  function onReceipt(receipt: Receipt, live: boolean): Partial<Record<Act, number>> {
    const paying = leftToPay(receipt) > 0 && !live
    return {
      payAll: paying ? 10 : 1,
      payPart: paying ? 3 : 0,
      payOver: paying ? 2 : 0,
      payCash: paying ? 2 : 0.7,
      payOther: 0.5,
      correct: receipt.tenders.length > 0 ? 1 : 0,
      removeRow: 0.6,
      park: 0.7,
      cancelReceipt: 0.5,
    }
  }

  /** One press, or the same one twice at once. The answer is null for what was not an act of money. */
  async function act(till: SimulatedTill): Promise<void> {
    const chosen = random.weighted<Act>(inclinations(till))
    await perform(till, chosen)
    if (random.chance(0.08)) await perform(till, chosen)
  }

  async function perform(till: SimulatedTill, chosen: Act): Promise<void> {
    if (chosen === 'nothing') return
    const answer = await deed(till, chosen)
    note(() => `${chosen}: ${JSON.stringify(answer)}`)
  }

  function deed(till: SimulatedTill, chosen: Exclude<Act, 'nothing'>): unknown {
    const receipt = till.sale.active()
    const views = till.payments.view()
    switch (chosen) {
      case 'ringUp':
        return ringUp(till)
      case 'removeRow':
        return till.sale.handlers.removeRow({ rowId: receipt?.rows[0]?.id ?? '' }, from)
      case 'payAll':
        return pay(till, receipt, (left) => left)
      case 'payPart':
        return pay(till, receipt, (left) => random.between(1, Math.max(1, left - 1)))
      case 'payOver':
        return pay(till, receipt, (left) => left + random.between(1, 20_000))
      case 'payCash':
        return payCash(till, receipt)
      case 'payOther':
        return receipt === null ? null : payOther(till, receipt)
      case 'correct':
        return till.sale.handlers.correctTender({ tenderId: receipt?.tenders.at(-1)?.id ?? '' }, from)
      case 'park':
        return till.sale.handlers.park({ name: 'waits' }, from)
      case 'resume':
        return resume(till)
      case 'cancelReceipt':
        return till.sale.handlers.cancel({ reason: 'changed their mind' }, from)
      case 'cancelPayment':
        return till.acts.cancel({ paymentId: views.current?.id ?? '' }, from)
      case 'tryAgain':
        return till.acts.tryAgain({ paymentId: views.current?.id ?? '' }, from)
      case 'setAside':
        return till.acts.setAside({ paymentId: views.current?.id ?? '' }, from)
      case 'show':
        return till.acts.show({ paymentId: random.pick(views.open).id }, from)
      case 'dismiss':
        return till.acts.dismiss({ paymentId: views.current?.id ?? '' }, from)
      case 'settle':
        return settle(till, views.current)
      case 'reserve':
        return reserve(till)
      case 'complete':
        return complete(till, receipt)
      case 'release':
        return till.payments.cancel(restingOne(till)?.id ?? '')
    }
  }

  function ringUp(till: SimulatedTill): unknown {
    const priceMinor = random.chance(0.5) ? random.between(1, 300) * 100 : random.between(1, 49_999)
    const row = { name: `Goods ${priceMinor}`, priceMinor, vatBasisPoints: 1200, articleId: null }
    return till.sale.handlers.addOpenRow(row, from)
  }

  function pay(
    till: SimulatedTill,
    receipt: Receipt | null,
    amountOf: (leftMinor: number) => number,
  ): unknown {
    if (receipt === null) return null
    const amountMinor = Math.max(1, amountOf(leftToPay(receipt)))
    return till.acts.start({ receiptId: receipt.id, amountMinor }, from)
  }

  function payCash(till: SimulatedTill, receipt: Receipt | null): unknown {
    if (receipt === null) return null
    const left = leftToPay(receipt)
    const givenMinor = Math.max(
      100,
      random.chance(0.7) ? Math.ceil(left / 10_000) * 10_000 : Math.floor(left / 200) * 100,
    )
    cash.before(receipt.id)
    const answer = till.sale.handlers.payCash({ receiptId: receipt.id, givenMinor }, from) as Done
    cash.after(receipt.id, answer)
    return answer
  }

  function payOther(till: SimulatedTill, receipt: Receipt): unknown {
    const amountMinor = Math.max(1, leftToPay(receipt))
    const tender = { receiptId: receipt.id, tenderTypeId: 'card', amountMinor, reference: '' }
    return till.sale.handlers.payOther(tender, from)
  }

  function resume(till: SimulatedTill): unknown {
    const parked = till.sale.handlers.parked(undefined, from) as readonly { receiptId: string }[]
    if (parked.length === 0) return null
    return till.sale.handlers.resume({ receiptId: random.pick(parked).receiptId }, from)
  }

  function settle(till: SimulatedTill, current: PaymentView | null): unknown {
    if (current === null) return null
    const as = random.pick(['paid', 'notPaid'] as const)
    const word = { reason: 'The customer shows the phone', evidence: 'receipt on the phone' }
    return till.acts.settleByHand({ paymentId: current.id, as, ...word, pin: people.pin }, from)
  }

  function reserve(till: SimulatedTill): unknown {
    const amountMinor = random.between(100, 80_000)
    return till.reservations.start({ label: 'Table 1', amountMinor, minutes: random.pick([1, 5, 10]) }, from)
  }

  function restingOne(till: SimulatedTill): PaymentView | undefined {
    const resting = till.payments.view().reservations.filter((one) => one.phase === 'reserved')
    return resting.length === 0 ? undefined : random.pick(resting)
  }

  /** Takes what a receipt comes to, or a part of it, from a reservation. */
  function complete(till: SimulatedTill, receipt: Receipt | null): unknown {
    const chosen = restingOne(till)
    if (chosen === undefined || receipt === null) return null
    const most = Math.max(1, Math.min(leftToPay(receipt), chosen.amountMinor))
    const amountMinor = random.chance(0.7) ? most : random.between(1, most)
    return till.reservations.complete({ paymentId: chosen.id, receiptId: receipt.id, amountMinor }, from)
  }

  /** Puts an end to everything that waits for a person: unpaid invoices are canceled, reservations let go. */
  function close(till: SimulatedTill): void {
    for (const record of till.payments.open()) {
      const answer = till.payments.cancel(record.id)
      note(() => `closing ${record.id}: ${JSON.stringify(answer)}`)
    }
  }

  return { act, close }
}

function isEnded(view: PaymentView): boolean {
  return ['reserved', 'paid', 'canceled', 'lapsed', 'failed', 'refused', 'notSent'].includes(view.phase)
}

/** What a receipt holds of cash, as the cashier would count it. */
export function cashOn(till: SimulatedTill, receiptId: string): { tenders: number; state: string } {
  const receipt = receiptById(till.desk.storage.read, receiptId)
  const tenders = receipt?.tenders.filter((tender) => tender.kind === 'cash').length ?? 0
  return { tenders, state: receipt?.state ?? 'gone' }
}
