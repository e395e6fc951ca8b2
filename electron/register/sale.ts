import type { ScanAnswer, contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Permission, Refusal, SaleView } from '../../app/contract/views.ts'
import type { EmbeddedRule } from '../../app/domain/barcode.ts'
import { largestAmountMinor } from '../../app/domain/money.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import { newReceipt, seqrPaidOf, sizeOf, totalOf } from '../../app/domain/receipt.ts'
import type { Action, Circumstances } from '../../app/domain/rules.ts'
import { permit } from '../../app/domain/rules.ts'
import { holdsSticker } from '../../app/domain/seqr-payment.ts'
import { holdsCash } from '../../app/domain/slip.ts'
import { appendJournal } from '../storage/journal.ts'
import { activeReceiptId, receiptById, saveReceipt, setActiveReceiptId } from '../storage/receipts.ts'
import { openShift } from '../storage/shifts.ts'
import type { ReceiptPrinter } from './completion.ts'
import { saveTendered } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Payments } from './payments.ts'
import { saleRows } from './sale-rows.ts'
import { createSaleScan } from './sale-scan.ts'
import { saleTenders } from './sale-tenders.ts'
import { finishedView, saleView } from './sale-view.ts'
import { saleWaiting } from './sale-waiting.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { keepSlipRows, slipsOnRows, staleSlips } from './slip-moves.ts'

export interface SaleOptions {
  readonly desk: Desk
  readonly session: Session
  readonly payments: Payments
  readonly printer: ReceiptPrinter & {
    stateOf(receiptId: string): 'waiting' | 'printed' | 'noPrinter' | 'fault'
  }
  readonly settings: () => ShopSettings
  readonly seqr: () => {
    readonly registered: boolean
    readonly seqrId: string | null
    readonly online: boolean
  }
  readonly embeddedRules: readonly EmbeddedRule[]
  /** Left out where no 7-CONNECT slips are taken. */
  readonly slips?: SaleSlips
  readonly changed: () => void
}

/** What a sale asks of the slips' runner. */
export interface SaleSlips {
  ready(): boolean
  /** Verifies a scanned or typed reference, or shows the slip that stands for it. */
  begin(text: string): Done<{ readonly slipId: string }>
}

export type Sale = ReturnType<typeof createSale>

const undoDepth = 30

/** The receipt being rung up: every act is checked against the rules, saved, and only then shown. */
export function createSale(options: SaleOptions) {
  const { desk, session } = options
  /** Earlier forms of the active receipt, for undo; a receipt with a tender has none. */
  const earlier: { receiptId: string; forms: Receipt[] } = { receiptId: '', forms: [] }
  const shown: { finishedId: string | null } = { finishedId: null }

  function active(): Receipt | null {
    const id = activeReceiptId(desk.storage.read)
    return id === null ? null : receiptById(desk.storage.read, id)
  }

  function around(receipt: Receipt | null): Circumstances {
    const seqr = options.seqr()
    const open = options.payments.open()
    return {
      signedIn: session.user() !== null,
      shiftOpen: openShift(desk.storage.read) !== null,
      openPayments: open.filter(
        (one) => one.receiptId === receipt?.id && one.settledByHand === null && one.stage.name !== 'reserved',
      ).length,
      stickerBusy: open.some((one) => holdsSticker(one.stage)),
      terminalRegistered: seqr.registered,
      seqrIdAssigned: seqr.seqrId !== null,
      seqrOnline: seqr.online,
      diskFull: desk.disk.full,
      confirmedSlips:
        receipt === null ? 0 : slipsOnRows(desk, receipt).filter(({ stage }) => holdsCash(stage)).length,
      staleSlips: receipt === null ? 0 : staleSlips(desk, receipt).length,
      slipsReady: options.slips?.ready() ?? false,
    }
  }

  /** The rule that forbids an action on a receipt, or null. */
  function forbidden(action: Action, receipt: Receipt | null): Refusal | null {
    const allowed = permit(action, receipt, around(receipt))
    return allowed.allowed ? null : { ok: false, reason: 'rule', rule: allowed.rule }
  }

  /** A new receipt in the active place; the finished one leaves the screen. */
  function begin(): Receipt {
    const person = session.person()
    if (person === null) throw new Error('A receipt was begun with nobody signed in')
    const receipt = newReceipt({
      id: desk.newId(),
      currency: options.settings().currency,
      cashier: person,
      shiftId: openShift(desk.storage.read)?.id ?? null,
      openedAtMs: desk.clock.now(),
    })
    setActiveReceiptId(desk.storage.write, receipt.id)
    shown.finishedId = null
    return receipt
  }

  /** Changes the active receipt's rows: allowed, saved, remembered for undo, shown. */
  function edit(
    action: Action,
    work: (receipt: Receipt) => Receipt | Refusal,
    permission?: Permission,
  ): Done {
    const before = active()
    const refused = forbidden(action, before) ?? (permission === undefined ? null : session.needs(permission))
    if (refused !== null) return refused
    const saved = change(desk, (): Done => {
      const receipt = before ?? begin()
      const after = work(receipt)
      if ('ok' in after) return after
      // A slip's amount is the merchant's, and its own service holds it small.
      if (action !== 'addSlip' && sizeOf(after) > Math.max(largestAmountMinor, sizeOf(receipt)))
        return { ok: false, reason: 'invalid', field: 'total', problem: 'tooLarge' }
      saveReceipt(desk.storage.write, keepSlipRows(desk, receipt, after))
      remember(receipt)
      return { ok: true }
    })
    options.changed()
    return saved
  }

  function remember(receipt: Receipt): void {
    if (earlier.receiptId !== receipt.id) earlier.forms = []
    earlier.receiptId = receipt.id
    earlier.forms.push(receipt)
    if (earlier.forms.length > undoDepth) earlier.forms.shift()
  }

  function beginSlip(payId: string): ScanAnswer {
    const refused = forbidden('addSlip', active())
    if (refused !== null || options.slips === undefined)
      return refused ?? { ok: false, reason: 'rule', rule: 'noSlips' }
    const begun = options.slips.begin(payId)
    return begun.ok ? { ok: true, did: 'startedSlip', slipId: begun.slipId } : begun
  }

  /** A payment act names the receipt it was meant for: a double press finds it finished and does nothing twice. */
  function tender(action: Action, receiptId: string, work: (receipt: Receipt) => Receipt | Refusal): Done {
    const receipt = active()
    if (receipt?.id !== receiptId) return { ok: false, reason: 'rule', rule: 'receiptClosed' }
    const refused = forbidden(action, receipt)
    if (refused !== null) {
      if (refused.reason === 'rule' && refused.rule === 'slipExpired') verifyStale(receipt)
      return refused
    }
    const saved = change(desk, (): Done => {
      const after = work(receipt)
      if ('ok' in after) return after
      const kept = saveTendered(desk, options.printer, after)
      if (kept.state === 'completed') shown.finishedId = kept.id
      return { ok: true }
    })
    if (saved.ok) earlier.forms = []
    options.changed()
    return saved
  }

  /** A slip that has expired since it was verified is verified anew before any money is taken. */
  function verifyStale(receipt: Receipt): void {
    const [stale] = staleSlips(desk, receipt)
    if (stale !== undefined) options.slips?.begin(stale.payId)
  }

  const rows = saleRows({ desk, session, edit })
  const tenders = saleTenders({ desk, settings: options.settings, edit, tender })
  const waiting = saleWaiting({
    desk,
    payments: options.payments,
    active,
    forbidden,
    changed: options.changed,
  })
  const scan = createSaleScan({
    desk,
    settings: options.settings,
    embeddedRules: options.embeddedRules,
    seqrId: () => options.seqr().seqrId,
    takesSlips: () => options.slips?.ready() ?? false,
    addArticle: rows.addArticle,
    beginSlip,
  })

  const handlers: Handlers<typeof contract>['sale'] = {
    current: () => view(),
    scan,
    ...rows.acts,
    ...tenders,
    ...waiting.acts,
    undo() {
      const receipt = active()
      const form = earlier.receiptId === receipt?.id ? earlier.forms.at(-1) : undefined
      if (receipt === null || form === undefined) return { ok: false, reason: 'notFound' }
      const refused = forbidden('changeRow', {
        ...receipt,
        rows: receipt.rows.length === 0 ? form.rows : receipt.rows,
      })
      if (refused !== null) return refused
      const saved = change(desk, (): Done => {
        const undone = { ...form, tenders: receipt.tenders, note: receipt.note }
        saveReceipt(desk.storage.write, keepSlipRows(desk, receipt, undone))
        earlier.forms.pop()
        return { ok: true }
      })
      options.changed()
      return saved
    },
    cancel({ reason }) {
      const receipt = active()
      const refused = forbidden('cancel', receipt) ?? session.needs('cancelReceipt')
      if (refused !== null || receipt === null)
        return refused ?? { ok: false, reason: 'rule', rule: 'noReceipt' }
      const person = session.person() ?? receipt.cashier
      const saved = change(desk, (): Done => {
        const atMs = desk.clock.now()
        const canceled: Receipt = { ...receipt, state: 'canceled', canceled: { atMs, reason, by: person } }
        saveReceipt(desk.storage.write, canceled)
        keepSlipRows(desk, receipt, { ...receipt, rows: [] })
        setActiveReceiptId(desk.storage.write, null)
        appendJournal(desk.storage.write, {
          atMs,
          kind: 'receiptCanceled',
          receiptId: receipt.id,
          body: { reason, by: person, totalMinor: totalOf(receipt), rows: receipt.rows },
        })
        return { ok: true }
      })
      options.changed()
      return saved
    },
    dismissFinished() {
      shown.finishedId = null
      options.changed()
      return { ok: true }
    },
  }

  function canUndo(receipt: Receipt | null): boolean {
    if (receipt === null || earlier.receiptId !== receipt.id || earlier.forms.length === 0) return false
    return forbidden('addRow', receipt) === null && seqrPaidOf(receipt) === 0
  }

  function view(): SaleView {
    const receipt = active()
    const finished = shown.finishedId === null ? null : receiptById(desk.storage.read, shown.finishedId)
    return saleView({
      receipt,
      around: around(receipt),
      tenderTypes: options.settings().tenderTypes,
      finished: finished === null ? null : finishedView(finished, options.printer.stateOf(finished.id)),
      canUndo: canUndo(receipt),
    })
  }

  return {
    handlers,
    view,
    active,
    forbidden,
    /** All unfinished receipts but the active one. */
    waiting: waiting.list,
    parkedCount: () => waiting.list().length,
    /** Shows a receipt that was finished by something other than a press, such as a SEQR payment. */
    showFinished(receiptId: string): void {
      shown.finishedId = receiptId
    },
    putAside: waiting.putAside,
    activate: waiting.activate,
    addSlip: rows.addSlip,
  }
}
