import type { Caller } from '../../app/contract/define.ts'
import type { DisplayView } from '../../app/contract/device-views.ts'
import type { PaymentsView, ReceiptView, SaleView } from '../../app/contract/views.ts'
import type { Desk } from './desk.ts'
import type { ShopSettings } from './settings.ts'

export interface DisplayOptions {
  readonly desk: Desk
  readonly settings: () => ShopSettings
  readonly sandbox: boolean
  readonly sale: () => SaleView
  readonly payments: () => PaymentsView
  readonly changed: () => void
}

export type Display = ReturnType<typeof createDisplay>

const testForMs = 10_000

/** The customer's display: what it may show, whether there is one, and its test picture. */
export function createDisplay(options: DisplayOptions) {
  const { desk } = options
  const state: { seenAtMs: number | null; testUntilMs: number } = { seenAtMs: null, testUntilMs: 0 }
  const stopped = new AbortController()

  function view(): DisplayView {
    const { storeName, currency, language } = options.settings()
    const { receipt, finished } = options.sale()
    const { current } = options.payments()
    const isOfThis = current !== null && (current.receiptId === null || current.receiptId === receipt?.id)
    return {
      storeName,
      currency,
      language,
      sandbox: options.sandbox,
      isTest: state.testUntilMs > desk.clock.now(),
      receipt: receipt === null ? null : shownReceipt(receipt),
      payment: isOfThis
        ? { phase: current.phase, amountMinor: current.amountMinor, seqrId: current.seqrId }
        : null,
      finished:
        finished === null ? null : { totalMinor: finished.totalMinor, changeMinor: finished.changeMinor },
    }
  }

  async function endTest(): Promise<void> {
    await desk.clock.sleepUntil(state.testUntilMs, stopped.signal)
    if (!stopped.signal.aborted) options.changed()
  }

  return {
    view,
    seenAtMs: () => state.seenAtMs,
    handlers: {
      current(_: void, from: Caller): DisplayView {
        if (from.screen === 'display') {
          const isNew = state.seenAtMs === null
          state.seenAtMs = desk.clock.now()
          if (isNew) options.changed()
        }
        return view()
      },
    },
    /** Shows the test picture for ten seconds. */
    test(): void {
      state.testUntilMs = desk.clock.now() + testForMs
      options.changed()
      void endTest()
    },
    stop: () => stopped.abort(),
  }
}

/** A slip's row carries a reference of the customer's: only that it is a slip is shown. */
function shownReceipt(receipt: ReceiptView): DisplayView['receipt'] {
  const { discountMinor, totalMinor, paidMinor, leftToPayMinor } = receipt
  const rows = receipt.rows.map(({ id, kind, name, quantityThousandths, unit, unitDecimals, ...row }) => ({
    id,
    isSlip: kind === 'slip',
    name: kind === 'slip' ? '' : name,
    quantityThousandths,
    unit,
    unitDecimals,
    totalMinor: row.totalMinor,
  }))
  return { rows, discountMinor, totalMinor, paidMinor, leftToPayMinor }
}
