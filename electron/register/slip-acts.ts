import type { contract, PinRefused } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { SlipsView, SlipView } from '../../app/contract/slip-views.ts'
import type { Done } from '../../app/contract/views.ts'
import {
  canGiveBack,
  canSendAgain,
  formatPayId,
  isForAPerson,
  type SlipStage,
} from '../../app/domain/slip.ts'
import { hasTakenCash } from '../../app/domain/slip-paper.ts'
import { appendJournal } from '../storage/journal.ts'
import { receiptById } from '../storage/receipts.ts'
import { addCashMovement, openShift } from '../storage/shifts.ts'
import { openSlips } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Sale } from './sale.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { slipIssue, type IssueOptions } from './slip-issue.ts'
import { slipList } from './slip-list.ts'
import type { TakenSlip } from './slip-moves.ts'
import { moveSlip } from './slip-moves.ts'
import type { SlipPrinting } from './slip-printing.ts'
import { slipView } from './slip-view.ts'
import type { SlipsAccounts } from './slips-account.ts'
import type { Slips } from './slips.ts'

export interface SlipActsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly sale: Sale
  readonly slips: Slips
  readonly accounts: SlipsAccounts
  readonly printing: SlipPrinting
  readonly openMerchantLink: IssueOptions['openMerchantLink']
  readonly settings: () => ShopSettings
  readonly changed: () => void
}

type SlipHandlers = Handlers<typeof contract>['slip']

/** What the cashier and the administrator may do with slips, on top of the runner. */
export function slipActs(options: SlipActsOptions): {
  readonly handlers: SlipHandlers
  readonly view: () => SlipsView
} {
  const { desk, session, sale, slips, printing, settings, changed } = options

  function begin({ text }: { text: string }): Done<{ readonly slipId: string }> {
    return sale.forbidden('addSlip', sale.active()) ?? slips.begin(text)
  }

  function add({ slipId }: { slipId: string }): Done {
    const slip = slips.slip(slipId)
    if (slip === null || slip.stage.name !== 'verified') return { ok: false, reason: 'notFound' }
    if (slip.stage.slip.currency !== settings().currency)
      return { ok: false, reason: 'invalid', field: 'slip', problem: 'otherCurrency' }
    if (slips.isStale(slip)) return { ok: false, reason: 'rule', rule: 'slipExpired' }
    if (slips.placeOf(slip) !== 'none')
      return { ok: false, reason: 'invalid', field: 'slip', problem: 'onReceipt' }
    const added = sale.addSlip(slip, slips.replacedBy(slipId))
    if (added.ok) slips.settled()
    changed()
    return added
  }

  function sendAgain({ slipId }: { slipId: string }): Done {
    const slip = slips.slip(slipId)
    if (slip === null || !canSendAgain(slip.stage)) return { ok: false, reason: 'notFound' }
    return slips.press(slipId, { type: 'sendAgain', atMs: desk.clock.now() })
  }

  async function giveBack(input: {
    slipId: string
    reason: string
    pin: string
  }): Promise<Done | PinRefused> {
    const slip = slips.slip(input.slipId)
    if (slip === null || !canGiveBack(slip.stage)) return { ok: false, reason: 'notFound' }
    if (openShift(desk.storage.read) === null) return { ok: false, reason: 'rule', rule: 'noShift' }
    const tried = await session.tryAdministrators(input.pin)
    if (!tried.ok) return tried
    const saved = change(desk, (): Done => {
      const now = slips.slip(input.slipId)
      if (now === null || !canGiveBack(now.stage)) return { ok: false, reason: 'notFound' }
      takeOut(now, input.reason, tried.by)
      return { ok: true }
    })
    changed()
    return saved
  }

  /** The slip's cash leaves the drawer: a move of the slip, a cash movement of the shift, and a paper to sign. */
  function takeOut(slip: TakenSlip, why: string, by: string): void {
    const atMs = desk.clock.now()
    const shift = openShift(desk.storage.read)
    if (shift === null || slip.amountMinor === null) throw new Error(`${slip.id} cannot be given back`)
    const back = moveSlip(desk, slip, { type: 'givenBack', by, why, atMs })
    const movement = {
      id: desk.newId(),
      shiftId: shift.id,
      kind: 'out',
      amountMinor: slip.amountMinor,
      reason: `7-CONNECT ${formatPayId(slip.payId)}: ${why}`.slice(0, 200),
      by,
      atMs,
    } as const
    addCashMovement(desk.storage.write, movement)
    appendJournal(desk.storage.write, { atMs, kind: 'cashMovement', body: { ...movement, slipId: slip.id } })
    session.audit(by, 'slips.givenBack', { slipId: slip.id, payId: slip.payId, why })
    printing.openDrawer()
    printing.queueSlip(back)
  }

  function print({ slipId }: { slipId: string }): Done {
    const slip = slips.slip(slipId)
    if (slip === null || !hasTakenCash(slip.stage)) return { ok: false, reason: 'notFound' }
    const saved = change(desk, (): Done => {
      printing.queueSlipCopy(slip)
      appendJournal(desk.storage.write, {
        atMs: desk.clock.now(),
        kind: 'copyPrinted',
        ...(slip.receiptId === null ? {} : { receiptId: slip.receiptId }),
        body: { slip: slip.payId, by: session.actor() },
      })
      return { ok: true }
    })
    changed()
    return saved
  }

  function viewOf(record: TakenSlip, knownBefore = false): SlipView {
    const receipt = record.receiptId === null ? null : receiptById(desk.storage.read, record.receiptId)
    return slipView(record, {
      currency: settings().currency,
      onReceipt: slips.placeOf(record),
      receiptNumber: receipt?.number ?? null,
      knownBefore,
      isStale: slips.isStale(record),
    })
  }

  function view(): SlipsView {
    const shown = slips.shown()
    const open = openSlips<SlipStage>(desk.storage.read)
    return {
      ready: slips.ready(),
      current: shown === null ? null : viewOf(shown.record, shown.knownBefore),
      work: open.filter(({ stage }) => isForAPerson(stage)).map((record) => viewOf(record)),
      waiting: open.filter(({ stage }) => stage.name === 'confirming').map((record) => viewOf(record)),
      merchants: (options.accounts.account()?.merchants ?? []).map(({ merchantID, name }) => ({
        merchantID,
        name,
      })),
    }
  }

  return {
    view,
    handlers: {
      current: view,
      begin,
      verifyAgain({ slipId }) {
        const slip = slips.slip(slipId)
        if (slip === null) return { ok: false, reason: 'notFound' }
        if (slip.stage.name === 'verified') return begin({ text: slip.payId })
        const event = { type: 'verifyAgain', requestID: desk.newId(), atMs: desk.clock.now() } as const
        return slips.press(slipId, event)
      },
      add,
      leave() {
        slips.leave()
        return { ok: true }
      },
      sendAgain,
      giveBack,
      print,
      async refresh() {
        const asked = await slips.askStatus()
        if (asked) return { ok: true }
        return { ok: false, reason: 'slipServer', problem: 'noAnswer', said: '' }
      },
      ...slipList({ desk, settings }),
      ...slipIssue({
        desk,
        session,
        slips,
        account: options.accounts.account,
        openMerchantLink: options.openMerchantLink,
        printing,
        currency: () => settings().currency,
        changed,
      }),
      ...options.accounts.handlers,
    },
  }
}
