import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ArticleView, CategoryView, Permission, UserView } from '../contract/views.ts'
import type { MerchantView } from '../contract/slip-views.ts'
import type { Scan } from '../domain/scan.ts'
import type { CashMove } from '../domain/shift.ts'
import type { ScreenId } from './screen.ts'

export type StatusTopic = 'seqr' | 'printer' | 'scanner' | 'outbox'

/** The one dialog that is open over the screen. A payment and a PIN have layers of their own above it. */
export type DialogState =
  | { readonly kind: 'menu' }
  | { readonly kind: 'status'; readonly topic: StatusTopic }
  | { readonly kind: 'cash' }
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'otherTender' }
  | { readonly kind: 'seqrAmount' }
  | { readonly kind: 'quantity'; readonly rowId: string }
  | { readonly kind: 'price'; readonly rowId: string; readonly tab: 'price' | 'percent' | 'amount' }
  | { readonly kind: 'receiptDiscount' }
  | { readonly kind: 'openPrice'; readonly article: ArticleView }
  | { readonly kind: 'freeAmount' }
  | { readonly kind: 'weigh'; readonly article: ArticleView }
  | { readonly kind: 'rowNote'; readonly rowId: string }
  | { readonly kind: 'receiptNote' }
  | { readonly kind: 'park' }
  | { readonly kind: 'parked' }
  | { readonly kind: 'cancelReceipt' }
  | { readonly kind: 'registerTerminal' }
  | { readonly kind: 'unregisterTerminal' }
  | { readonly kind: 'openPayments' }
  | { readonly kind: 'reserve' }
  | { readonly kind: 'reservations' }
  | { readonly kind: 'takeReserved'; readonly paymentId: string }
  | { readonly kind: 'openShift' }
  | { readonly kind: 'article'; readonly article: ArticleView | null; readonly categoryId: string | null }
  | { readonly kind: 'category'; readonly category: CategoryView | null }
  | { readonly kind: 'importArticles' }
  | { readonly kind: 'person'; readonly person: UserView | null }
  | { readonly kind: 'changePin' }
  | { readonly kind: 'exportArticles' }
  | { readonly kind: 'moveCash'; readonly move: CashMove['kind'] }
  | { readonly kind: 'openDrawer' }
  | { readonly kind: 'paper'; readonly jobId: string; readonly title: string }
  | {
      readonly kind: 'shiftClosed'
      readonly jobId: string
      readonly number: number
      readonly verdict: string
    }
  /** Null asks for a reference; else the slip that is being verified. */
  | { readonly kind: 'slip'; readonly slipId: string | null }
  | { readonly kind: 'issueSlip' }
  | { readonly kind: 'issuedSlip'; readonly issuedId: string }
  | { readonly kind: 'giveBackSlip'; readonly slipId: string }
  | { readonly kind: 'slipMerchant'; readonly merchant: MerchantView | null }

export type DialogKind = DialogState['kind']

export interface Message {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'attention' | 'bad'
  readonly says: string
  readonly next: string
  /** A button in the message itself. */
  readonly offer: 'undo' | null
}

/** An administrator is asked for a PIN; `answer` is told whether the rights are there now. */
export interface PinRequest {
  readonly permission: Permission | 'administrator'
  readonly answer: (granted: boolean) => void
}

/** Where this window is. Nothing here is about money: a reload may lose all of it. */
export interface UiState {
  readonly screen: ScreenId
  readonly dialog: DialogState | null
  readonly helpOpen: boolean
  readonly settling: boolean
  readonly pin: PinRequest | null
  readonly message: Message | null
  readonly selectedRowId: string | null
  readonly query: string
  readonly categoryId: string | null
  /** The sale that is being refunded, or whose bar code was scanned. */
  readonly refundOf: string | null
  /** The receipt that the journal opens with. */
  readonly journalOf: { readonly receiptId: string; readonly number: number } | null
  /** A SEQR ID that was scanned on the registration screen. */
  readonly scannedSeqrId: { readonly text: string; readonly count: number }
  /** A bar code that was scanned while articles are maintained. */
  readonly scannedCode: { readonly text: string; readonly count: number }
  /** How many times people, goods or settings have been changed here: what shows them asks again. */
  readonly edits: number
  /** The newest scans of the devices' page, the newest first. */
  readonly testedScans: readonly (Scan & { readonly name: string })[]
  /** The practice devices stand beside the screen. */
  readonly practiceOpen: boolean
}

export type UiStore = StoreApi<UiState>

export const favourites = null

export function createUiStore(start: Partial<UiState> = {}): UiStore {
  return createStore<UiState>(() => ({
    screen: 'sale',
    dialog: null,
    helpOpen: false,
    settling: false,
    pin: null,
    message: null,
    selectedRowId: null,
    query: '',
    categoryId: favourites,
    refundOf: null,
    journalOf: null,
    scannedSeqrId: { text: '', count: 0 },
    scannedCode: { text: '', count: 0 },
    edits: 0,
    testedScans: [],
    practiceOpen: false,
    ...start,
  }))
}

/** Puts a message in the message line, in place of the one before. */
export function tell(
  ui: UiStore,
  tone: Message['tone'],
  says: string,
  next = '',
  offer: Message['offer'] = null,
): void {
  ui.setState(({ message }) => ({ message: { id: (message?.id ?? 0) + 1, tone, says, next, offer } }))
}

export function openDialog(ui: UiStore, dialog: DialogState): void {
  ui.setState(({ message }) => ({ dialog, helpOpen: false, message: keptMessage(message) }))
}

/** Trouble stays in sight when a dialog opens; what went well has been read. */
function keptMessage(message: Message | null): Message | null {
  return message?.tone === 'bad' || message?.tone === 'attention' ? message : null
}

/** Takes money for a receipt. Once that is done, trouble from before is over; what has been told meanwhile stays. */
export async function paying(ui: UiStore, pay: () => Promise<boolean>): Promise<boolean> {
  const { message } = ui.getState()
  const isDone = await pay()
  if (isDone && ui.getState().message === message) ui.setState({ message: null })
  return isDone
}

/** Something was changed that other parts of this window show. */
export function edited(ui: UiStore): void {
  ui.setState(({ edits }) => ({ edits: edits + 1 }))
}

export function closeDialog(ui: UiStore): void {
  ui.setState({ dialog: null })
}

export function goTo(ui: UiStore, screen: ScreenId, about: Partial<Pick<UiState, 'journalOf'>> = {}): void {
  ui.setState({ screen, dialog: null, helpOpen: false, message: null, journalOf: null, ...about })
}
