/** What keys, and whatever else is pressed away from its button, do. */
import type { Words } from '../words/en.ts'
import type { Action } from '../domain/rules.ts'
import { searchFieldId, type KeyAction } from './keys.ts'
import { moveSelection, removeRow, selectedRowOf } from './sale/selected-row.ts'
import { askAndTell, type Shop } from './shop.tsx'
import { goTo, openDialog, paying, tell, type DialogState, type UiState } from './ui-store.ts'

/** Is something open over the screen? Then only Esc and the help work. */
export function isCovered({ ui, till }: Pick<Shop, 'ui' | 'till'>): boolean {
  const { dialog, pin, helpOpen } = ui.getState()
  const { payments } = till.getState()
  return dialog !== null || pin !== null || helpOpen || (payments !== null && payments.current !== null)
}

/** What Esc leads back to, and null when there is nothing to go back from. A payment is never left by it. */
export function stepBack(state: UiState, isPaying: boolean): Partial<UiState> | null {
  if (state.helpOpen) return { helpOpen: false }
  if (state.pin !== null) return { pin: null }
  if (state.settling) return { settling: false }
  if (isPaying) return null
  if (state.dialog !== null) return { dialog: null }
  if (state.screen !== 'sale') return { screen: 'sale', message: null }
  if (state.query !== '') return { query: '' }
  return state.message === null ? null : { message: null }
}

export function goBack({ ui, till, pos }: Shop): void {
  const state = ui.getState()
  const step = stepBack(state, till.getState().payments?.current != null)
  if (step !== null && 'pin' in step) state.pin?.answer(false)
  if (step !== null && 'dialog' in step && state.dialog?.kind === 'slip')
    void pos.slip.leave().catch(() => {})
  if (step !== null) ui.setState(step)
}

/** Does what a key stands for, where it stands for something. */
export function command(shop: Shop, words: Words, action: KeyAction): void {
  const { ui } = shop
  if (action === 'help') return ui.setState(({ helpOpen }) => ({ helpOpen: !helpOpen }))
  if (action === 'back') return goBack(shop)
  if (shop.till.getState().till?.user == null || isCovered(shop)) return
  if (action === 'lastReceipt') return goTo(ui, 'papers')
  if (ui.getState().screen === 'sale') onSale(shop, words, action)
}

function onSale(shop: Shop, words: Words, action: Exclude<KeyAction, 'help' | 'back' | 'lastReceipt'>): void {
  switch (action) {
    case 'search':
      return focusSearch()
    case 'quantity':
      return onRow(shop, words, 'changeRow', (rowId) => ({ kind: 'quantity', rowId }))
    case 'price':
      return onRow(shop, words, 'changeRow', (rowId) => ({ kind: 'price', rowId, tab: 'price' }))
    case 'park':
      return ifAllowed(shop, words, 'park', () => openDialog(shop.ui, { kind: 'park' }))
    case 'recall':
      return openDialog(shop.ui, { kind: 'parked' })
    case 'takeBack':
      return ifAllowed(shop, words, 'changeRow', () => takeBack(shop, words))
    case 'cash':
      return ifAllowed(shop, words, 'payCash', () =>
        openDialog(shop.ui, cashDialogFor(shop.till.getState().sale?.receipt?.leftInCashMinor ?? 0)),
      )
    case 'otherTender':
      return ifAllowed(shop, words, 'payOther', () => openDialog(shop.ui, { kind: 'otherTender' }))
    case 'seqr':
      return ifAllowed(shop, words, 'paySeqr', () => openDialog(shop.ui, { kind: 'seqrAmount' }))
    case 'exactCash':
      return ifAllowed(shop, words, 'payCash', () => payExact(shop, words))
    case 'remove':
      return ifAllowed(shop, words, 'removeRow', () => {
        const row = selectedRowOf(shop)
        if (row !== null) void removeRow(shop, words, row)
      })
    case 'undo':
      return void askAndTell(shop, words, () => shop.pos.sale.undo())
    case 'up':
      return moveSelection(shop, -1)
    case 'down':
      return moveSelection(shop, 1)
    case 'slip':
      return ifAllowed(shop, words, 'addSlip', () => openDialog(shop.ui, { kind: 'slip', slipId: null }))
  }
}

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>(`#${searchFieldId}`)
  field?.focus()
  field?.select()
}

function ifAllowed(shop: Shop, words: Words, action: Action, go: () => void): void {
  const permit = shop.till.getState().sale?.permits[action]
  if (permit === undefined) return
  if (permit.allowed) return go()
  shop.play('attention')
  tell(shop.ui, 'attention', words.rule[permit.rule], words.ruleNext[permit.rule])
}

function onRow(shop: Shop, words: Words, action: Action, dialog: (rowId: string) => DialogState): void {
  ifAllowed(shop, words, action, () => {
    const row = selectedRowOf(shop)
    if (row === null) tell(shop.ui, 'attention', words.sale.selectRow)
    else openDialog(shop.ui, dialog(row.id))
  })
}

/** The dialog behind the cash key. What came out even, or below the smallest coin, is finished as money given back is. */
export function cashDialogFor(leftInCashMinor: number): DialogState {
  return { kind: leftInCashMinor <= 0 ? 'giveBack' : 'cash' }
}

function payExact(shop: Shop, words: Words): void {
  const receipt = shop.till.getState().sale?.receipt
  if (receipt == null) return
  const { id: receiptId, leftInCashMinor: givenMinor } = receipt
  if (givenMinor <= 0) return openDialog(shop.ui, cashDialogFor(givenMinor))
  void paying(shop.ui, () => askAndTell(shop, words, () => shop.pos.sale.payCash({ receiptId, givenMinor })))
}

/** Turns the selected row around: goods that come back, or back again into goods that are sold. */
export function takeBack(shop: Shop, words: Words): void {
  const row = selectedRowOf(shop)
  if (row === null) return tell(shop.ui, 'attention', words.sale.selectRow)
  const quantityThousandths = -row.quantityThousandths
  void askAndTell(shop, words, () => shop.pos.sale.setQuantity({ rowId: row.id, quantityThousandths }))
}
