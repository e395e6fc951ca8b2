import type { ScanAnswer, contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, ParkedView, Permission, Refusal, SaleView } from '../../app/contract/views.ts'
import type { EmbeddedRule } from '../../app/domain/barcode.ts'
import type { Currency } from '../../app/domain/money.ts'
import type { CashMarks } from '../../app/domain/receipt-edit.ts'
import {
  isSettled,
  withCash,
  withChange,
  withChangedRow,
  withDiscount,
  withPrice,
  withRow,
  withTender,
  withoutRow,
  withoutTender,
} from '../../app/domain/receipt-edit.ts'
import type { Receipt, Row } from '../../app/domain/receipt.ts'
import {
  leftToPay,
  leftWithoutCash,
  newReceipt,
  paidOf,
  seqrPaidOf,
  slipsOf,
  thousandths,
  totalOf,
} from '../../app/domain/receipt.ts'
import type { Action, Circumstances } from '../../app/domain/rules.ts'
import { permit } from '../../app/domain/rules.ts'
import { holdsSticker, isOver } from '../../app/domain/seqr-payment.ts'
import { holdsCash } from '../../app/domain/slip.ts'
import type { ArticleRecord } from '../storage/articles.ts'
import { articleById } from '../storage/articles.ts'
import { appendJournal } from '../storage/journal.ts'
import {
  activeReceiptId,
  receiptById,
  receiptsInState,
  saveReceipt,
  setActiveReceiptId,
} from '../storage/receipts.ts'
import { openShift } from '../storage/shifts.ts'
import { saveSlip } from '../storage/slips.ts'
import type { ReceiptPrinter } from './completion.ts'
import { finish, saveTendered } from './completion.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Payments } from './payments.ts'
import { createSaleScan } from './sale-scan.ts'
import { finishedView, saleView } from './sale-view.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import type { TakenSlip } from './slip-moves.ts'
import { keepSlipRows, slipRow, slipsOnRows, staleSlips } from './slip-moves.ts'

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
  /** The newest reads that did something. */

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

  function rowOf(receipt: Receipt, rowId: string): Row | null {
    return receipt.rows.find((row) => row.id === rowId) ?? null
  }

  function editRow(
    action: Action,
    rowId: string,
    work: (receipt: Receipt, row: Row) => Receipt | Refusal,
    permission?: Permission,
  ): Done {
    return edit(
      action,
      (receipt) => {
        const row = rowOf(receipt, rowId)
        return row === null ? { ok: false, reason: 'notFound' } : work(receipt, row)
      },
      permission,
    )
  }

  function articleRow(article: ArticleRecord, quantityThousandths: number, priceMinor: number): Row {
    return {
      id: desk.newId(),
      kind: 'article',
      articleId: article.id,
      code: article.code,
      name: article.name,
      quantityThousandths,
      unit: article.unit,
      unitDecimals: article.unitDecimals,
      unitPriceMinor: priceMinor,
      listPriceMinor: null,
      vatBasisPoints: article.vatBasisPoints,
      discount: null,
      note: '',
      slip: null,
      refundOfRowId: null,
    }
  }

  function addArticle(
    article: ArticleRecord,
    quantityThousandths: number,
    priceMinor = article.priceMinor,
  ): Done {
    if (priceMinor === null) return { ok: false, reason: 'invalid', field: 'price', problem: 'openPrice' }
    if (quantityThousandths === 0) return { ok: false, reason: 'invalid', field: 'quantity', problem: 'zero' }
    const permission = quantityThousandths < 0 ? 'returnGoods' : undefined
    return edit(
      'addRow',
      (receipt) => withRow(receipt, articleRow(article, quantityThousandths, priceMinor)),
      permission,
    )
  }

  function beginSlip(payId: string): ScanAnswer {
    const refused = forbidden('addSlip', active())
    if (refused !== null || options.slips === undefined)
      return refused ?? { ok: false, reason: 'rule', rule: 'noSlips' }
    const begun = options.slips.begin(payId)
    return begun.ok ? { ok: true, did: 'startedSlip', slipId: begun.slipId } : begun
  }

  /** A verified slip as a row; where `replacesId` is on the receipt it takes that slip's place. */
  function addSlip(slip: TakenSlip, replacesId: string | null): Done {
    const { stage } = slip
    if (stage.name !== 'verified') return { ok: false, reason: 'notFound' }
    return edit('addSlip', (receipt) => {
      saveSlip(desk.storage.write, { ...slip, receiptId: receipt.id })
      const replaced = receipt.rows.find((row) => row.slip !== null && row.slip.slipId === replacesId)
      const row = slipRow(slip, stage.slip, replaced?.id ?? desk.newId())
      return replaced === undefined ? withRow(receipt, row) : withChangedRow(receipt, replaced.id, row)
    })
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

  function cashMarks(): CashMarks {
    const atMs = desk.clock.now()
    return { cash: { id: desk.newId(), atMs }, change: { id: desk.newId(), atMs } }
  }

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

  const scan = createSaleScan({
    desk,
    settings: options.settings,
    embeddedRules: options.embeddedRules,
    seqrId: () => options.seqr().seqrId,
    takesSlips: () => options.slips?.ready() ?? false,
    addArticle,
    beginSlip,
  })

  const handlers: Handlers<typeof contract>['sale'] = {
    current: () => view(),
    scan,
    addArticle({ articleId, quantityThousandths = thousandths }) {
      const article = articleById(desk.storage.read, articleId)
      return article === null ? { ok: false, reason: 'notFound' } : addArticle(article, quantityThousandths)
    },
    addOpenRow({ name, priceMinor, vatBasisPoints, articleId }) {
      const row: Row = {
        id: desk.newId(),
        kind: 'open',
        articleId,
        code: null,
        name,
        quantityThousandths: thousandths,
        unit: 'pcs',
        unitDecimals: 0,
        unitPriceMinor: priceMinor,
        listPriceMinor: null,
        vatBasisPoints,
        discount: null,
        note: '',
        slip: null,
        refundOfRowId: null,
      }
      return edit('addRow', (receipt) => withRow(receipt, row))
    },
    setQuantity({ rowId, quantityThousandths }) {
      const returns = quantityThousandths < 0 ? 'returnGoods' : undefined
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) => {
          if (quantityThousandths === 0) return withoutRow(receipt, rowId)
          const step = 10 ** (3 - row.unitDecimals)
          if (row.kind === 'slip' || quantityThousandths % step !== 0)
            return { ok: false, reason: 'invalid', field: 'quantity', problem: 'tooManyDecimals' }
          return withChangedRow(receipt, rowId, { quantityThousandths })
        },
        returns,
      )
    },
    setPrice({ rowId, unitPriceMinor }) {
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) => {
          if (row.kind === 'slip') return { ok: false, reason: 'invalid', field: 'price', problem: 'slip' }
          journalPrice(receipt, row, unitPriceMinor)
          return withPrice(receipt, rowId, unitPriceMinor)
        },
        'priceOverride',
      )
    },
    setRowDiscount({ rowId, discount }) {
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) =>
          row.kind === 'slip'
            ? { ok: false, reason: 'invalid', field: 'discount', problem: 'slip' }
            : withChangedRow(receipt, rowId, { discount }),
        'discount',
      )
    },
    setRowNote: ({ rowId, note }) =>
      editRow('changeRow', rowId, (receipt) => withChangedRow(receipt, rowId, { note })),
    removeRow: ({ rowId }) => editRow('removeRow', rowId, (receipt) => withoutRow(receipt, rowId)),
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
    setDiscount: ({ discount }) =>
      edit('changeRow', (receipt) => withDiscount(receipt, discount), 'discount'),
    setNote: ({ note }) => edit('addRow', (receipt) => ({ ...receipt, note })),
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
    parked: () => parked(),
    resume({ receiptId }) {
      const receipt = receiptById(desk.storage.read, receiptId)
      if (receipt?.kind !== 'sale') return { ok: false, reason: 'notFound' }
      if (receipt.state !== 'parked' && receipt.state !== 'open')
        return { ok: false, reason: 'rule', rule: 'receiptClosed' }
      const saved = change(desk, () => activate(receipt))
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
    payCash: ({ receiptId, givenMinor }) =>
      tender('payCash', receiptId, (receipt) =>
        leftToPay(receipt) <= 0
          ? { ok: false, reason: 'rule', rule: 'nothingToPay' }
          : withCash(receipt, givenMinor, cashMarks()),
      ),
    giveBack: ({ receiptId }) =>
      tender('payCash', receiptId, (receipt) => {
        if (leftToPay(receipt) > 0) return { ok: false, reason: 'rule', rule: 'nothingPaid' }
        return withChange(receipt, cashMarks().change)
      }),
    payOther({ receiptId, tenderTypeId, amountMinor, reference }) {
      const type = options.settings().tenderTypes.find((one) => one.id === tenderTypeId)
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
    dismissFinished() {
      shown.finishedId = null
      options.changed()
      return { ok: true }
    },
  }

  function journalPrice(receipt: Receipt, row: Row, unitPriceMinor: number): void {
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'priceOverride',
      receiptId: receipt.id,
      body: { by: session.actor(), name: row.name, fromMinor: row.unitPriceMinor, toMinor: unitPriceMinor },
    })
  }

  /** Receipts that wait: parked ones, and those that a SEQR payment keeps open while another is served. */
  function parked(): readonly ParkedView[] {
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
    if (seqrPaidOf(receipt) !== 0 || paidOf(receipt) !== 0) return 'mustComplete'
    return receipt.state === 'parked' ? 'parked' : 'putAside'
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
    around,
    forbidden,
    /** All unfinished receipts but the active one. */
    waiting: parked,
    parkedCount: () => parked().length,
    /** Shows a receipt that was finished by something other than a press, such as a SEQR payment. */
    showFinished(receiptId: string): void {
      shown.finishedId = receiptId
    },
    /** Puts the active receipt aside while its payment is unknown, so that others can be served. */
    putAside(receiptId: string): void {
      if (activeReceiptId(desk.storage.read) === receiptId) setActiveReceiptId(desk.storage.write, null)
    },
    activate,
    addSlip,
    /** Finishes an even receipt that needs no tender, such as an even exchange. */
    finishEven: (receipt: Receipt): Receipt =>
      isSettled(receipt) ? finish(desk, options.printer, receipt) : receipt,
    currency: (): Currency => options.settings().currency,
  }
}

/** Nothing was rung up and nothing was paid: such a receipt may be forgotten. */
function isBlank(receipt: Receipt): boolean {
  return receipt.rows.length === 0 && receipt.tenders.length === 0
}
