/** What the window is shown. Plain data; money in minor units, times in epoch milliseconds. */
import type { KeyboardScannerSettings } from '../domain/devices.ts'
import type { Currency } from '../domain/money.ts'
import type { Discount, Receipt, VatLine } from '../domain/receipt.ts'
import type { Action, Permit, Rule } from '../domain/rules.ts'
import type { PrintedPaper } from '../domain/printed-paper.ts'
import type { FieldProblem } from './problems.ts'

export type Role = 'cashier' | 'administrator'

/** What a cashier may be let do, and an administrator always may. */
export type Permission =
  | 'priceOverride'
  | 'discount'
  | 'returnGoods'
  | 'refund'
  | 'cancelReceipt'
  | 'openDrawer'
  | 'cashMovement'
  | 'closeShift'
  | 'issueSlip'

export interface UserView {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly permissions: readonly Permission[]
  readonly active: boolean
}

/** Everything about the till that is not a receipt: the status bar and what each screen may offer. */
export interface TillView {
  readonly version: string
  /** True while the SEQR service and the 7-CONNECT server are the built-in practice ones. */
  readonly sandbox: boolean
  /** The buyer's practice phone, and the practice service's page; null outside the sandbox. */
  readonly sandboxLinks: { readonly phone: string; readonly control: string; readonly slips: string } | null
  readonly storeName: string
  readonly tillName: string
  readonly currency: Currency
  readonly language: string
  /** IANA name: the shop's clock, and its days. */
  readonly timeZone: string
  readonly user: UserView | null
  /** Administrator's rights are unlocked until then; null when they are locked. */
  readonly unlockedUntilMs: number | null
  /** No administrator has a PIN yet: the first screen asks for one. */
  readonly needsFirstAdministrator: boolean
  readonly shift: {
    readonly id: string
    readonly number: number
    readonly openedAtMs: number
    readonly by: string
  } | null
  readonly seqr: SeqrStatusView
  readonly printer: {
    readonly state: 'none' | 'ready' | 'busy' | 'warning' | 'fault'
    readonly detail: string
    readonly waitingJobs: number
  }
  readonly scanners: readonly {
    readonly name: string
    readonly state: 'absent' | 'ready' | 'failing'
    readonly detail: string
  }[]
  /** How keyboard scanners were set up: the window itself tells their keys from a person's. */
  readonly keyboardScanner: KeyboardScannerSettings
  /** Work that waits for a service, and what a person has to look at. */
  readonly outbox: { readonly waiting: number; readonly needPerson: number }
  readonly openPayments: number
  readonly openReservations: number
  /** Refunds that are not finished: of some it may not be known whether the customer got the money back. */
  readonly openRefunds: number
  /** How long a preliminary payment is held unless the cashier says otherwise. */
  readonly reservationMinutes: number
  /** The shop's VAT rates, the usual one first. */
  readonly vatRatesBasisPoints: readonly number[]
  readonly parkedReceipts: number
  /** Sentences that an administrator should see, such as an unsafe key store. */
  readonly warnings: readonly string[]
  readonly diskFull: boolean
}

export interface SeqrStatusView {
  readonly connection: 'unknown' | 'online' | 'slow' | 'offline'
  readonly lastAnswerAtMs: number | null
  readonly terminal: {
    readonly terminalId: string
    readonly name: string
    readonly externalId: string
  } | null
  readonly seqrId: string | null
}

export interface RowView {
  readonly id: string
  readonly kind: 'article' | 'open' | 'slip'
  readonly name: string
  readonly code: string | null
  readonly quantityThousandths: number
  readonly unit: string
  readonly unitDecimals: number
  readonly unitPriceMinor: number
  readonly listPriceMinor: number | null
  readonly vatBasisPoints: number
  readonly discount: Discount | null
  readonly totalMinor: number
  readonly note: string
}

export interface TenderView {
  readonly id: string
  readonly kind: 'cash' | 'seqr' | 'other' | 'change'
  readonly name: string
  readonly amountMinor: number
  readonly reference: string
  readonly atMs: number
  readonly correctable: Permit
}

/** The receipt being rung up, or the one just finished. */
export interface ReceiptView {
  readonly id: string
  readonly kind: Receipt['kind']
  readonly state: Receipt['state']
  readonly number: number | null
  readonly rows: readonly RowView[]
  readonly discount: Discount | null
  readonly discountMinor: number
  readonly totalMinor: number
  readonly vat: readonly VatLine[]
  readonly tenders: readonly TenderView[]
  readonly paidMinor: number
  /** Below zero: to be given back to the customer. */
  readonly leftToPayMinor: number
  /** The same as cash can pay it. */
  readonly leftInCashMinor: number
  /** What of it may be paid otherwise than in cash: slips are paid in cash. */
  readonly leftWithoutCashMinor: number
  readonly roundingMinor: number
  readonly note: string
}

export interface TenderTypeView {
  readonly id: string
  readonly name: string
  readonly asksReference: boolean
}

export interface SaleView {
  /** Null when no receipt is active. */
  readonly receipt: ReceiptView | null
  /** For each action, whether it may be done now and which rule forbids it. */
  readonly permits: Readonly<Record<Action, Permit>>
  /** Sums that the customer is likely to hand over. */
  readonly likelyCashMinor: readonly number[]
  readonly tenderTypes: readonly TenderTypeView[]
  /** The receipt that was finished last, for "change due" and reprint, until the next one begins. */
  readonly finished: FinishedView | null
  readonly canUndo: boolean
}

export interface FinishedView {
  readonly receiptId: string
  readonly number: number
  readonly totalMinor: number
  readonly changeMinor: number
  readonly tenders: readonly TenderView[]
  readonly printed: 'waiting' | 'printed' | 'noPrinter' | 'fault'
}

export interface ParkedView {
  readonly receiptId: string
  readonly name: string
  readonly totalMinor: number
  readonly rows: number
  readonly openedAtMs: number
  readonly cashier: string
  /** `waiting`: a SEQR payment of it has no final answer yet. `mustComplete`: SEQR has paid a part of it. */
  readonly state: 'parked' | 'waiting' | 'mustComplete' | 'putAside'
}

/** What a payment's stage means to people. The words for each stand in app/words. */
export type PaymentPhase =
  | 'sending'
  | 'askCustomer'
  | 'customerApproves'
  | 'canceling'
  | 'reserved'
  | 'completing'
  | 'paid'
  | 'canceled'
  | 'lapsed'
  | 'failed'
  | 'refused'
  | 'notSent'

export interface PaymentView {
  readonly id: string
  readonly mode: 'immediate' | 'reservation'
  readonly receiptId: string | null
  /** Name, table or pump of a reservation. */
  readonly label: string
  readonly phase: PaymentPhase
  readonly amountMinor: number
  /** What the service says the invoice comes to; null before it has said so. */
  readonly echoedMinor: number | null
  readonly finalMinor: number | null
  readonly invoiceReference: string | null
  readonly ersReference: string | null
  readonly seqrId: string
  readonly startedAtMs: number
  /** When this round of 30 seconds began; the question stands when it is over, and polling goes on. */
  readonly roundStartedAtMs: number
  readonly attempt: number
  readonly lastAnswerAtMs: number | null
  /** The service gave no answer, or one that cannot be read, since then; null while all is well. */
  readonly silentSinceMs: number | null
  /** An answer was lost while sending: an invoice that we cannot name may be on the customer's phone. */
  readonly mayExist: boolean
  /** The result code of a refusal, and what it means. */
  readonly refusal: { readonly code: number; readonly description: string } | null
  readonly deadlineMs: number | null
  readonly canCancel: boolean
  readonly canSetAside: boolean
  readonly settledByHand: SettlementView | null
}

export interface SettlementView {
  readonly as: 'paid' | 'notPaid'
  readonly reason: string
  readonly evidence: string
  readonly by: string
  readonly atMs: number
  /** What the service said in the end; null while it is still watched. */
  readonly serviceSays: PaymentPhase | null
}

export interface PaymentsView {
  /** The payment whose dialog is open on this till, if any: live, or just ended and not yet dismissed. */
  readonly current: PaymentView | null
  /** Payments without a final answer, the current one included. */
  readonly open: readonly PaymentView[]
  /** Reservations that the buyer has confirmed, until they are taken, released or lapsed. */
  readonly reservations: readonly PaymentView[]
  /** Reservations that ended where nobody watched: each stands here until somebody has read it. */
  readonly endedReservations: readonly PaymentView[]
}

export interface ArticleView {
  readonly id: string
  readonly name: string
  readonly code: string | null
  readonly plu: string | null
  readonly priceMinor: number | null
  readonly vatBasisPoints: number
  readonly unit: string
  readonly unitDecimals: number
  readonly categoryId: string | null
  readonly favourite: boolean
  readonly active: boolean
}

export interface CategoryView {
  readonly id: string
  readonly name: string
  readonly colour: string
}

export interface PrintJobView {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly atMs: number
  readonly state: 'waiting' | 'printing' | 'printed' | 'unclear' | 'set aside' | 'noPrinter'
  readonly fault: string | null
  readonly copy: boolean
  /** The finished receipt that this is the paper of; null for other papers. It can be printed again. */
  readonly receiptId: string | null
}

export interface PaperView {
  readonly job: PrintJobView
  readonly paper: PrintedPaper
}

/** A request that a rule, a right or the world forbids. */
export type Refusal =
  | { readonly ok: false; readonly reason: 'rule'; readonly rule: Rule }
  | {
      readonly ok: false
      readonly reason: 'needsPermission'
      readonly permission: Permission | 'administrator'
    }
  | { readonly ok: false; readonly reason: 'invalid'; readonly field: string; readonly problem: FieldProblem }
  | { readonly ok: false; readonly reason: 'notFound' }
  | { readonly ok: false; readonly reason: 'storage'; readonly problem: 'diskFull' | 'ioError' }
  | {
      readonly ok: false
      readonly reason: 'service'
      readonly problem: 'noAnswer' | 'refused'
      readonly code: number | null
      readonly description: string
    }
  /** The 7-CONNECT server gave no answer, or refused in these words. */
  | {
      readonly ok: false
      readonly reason: 'slipServer'
      readonly problem: 'noAnswer' | 'refused'
      readonly said: string
    }

export type Done<T = unknown> = ({ readonly ok: true } & T) | Refusal
