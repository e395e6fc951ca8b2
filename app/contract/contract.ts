/** The whole conversation between the window and the main process, at a glance. */
import { z } from 'zod'
import { largestAmountMinor } from '../domain/money.ts'
import { notice, request } from './define.ts'
import type {
  ArticleView,
  CategoryView,
  Done,
  PaperView,
  ParkedView,
  PaymentsView,
  PrintJobView,
  SaleView,
  TillView,
  UserView,
} from './views.ts'

const id = z.string().min(1).max(64)
const text = (most: number) => z.string().max(most)
const pin = z.string().regex(/^\d{4,12}$/)
const amountMinor = z.int().min(1).max(largestAmountMinor)
const signedMinor = z.int().min(-largestAmountMinor).max(largestAmountMinor)
const quantityThousandths = z.int().min(-9_999_999).max(9_999_999)
const basisPoints = z.int().min(0).max(10_000)
const discount = z.union([
  z.strictObject({ kind: z.literal('amount'), amountMinor }),
  z.strictObject({ kind: z.literal('percent'), basisPoints: basisPoints.min(1) }),
])

export const scanned = z.strictObject({
  data: z.string().min(1).max(512),
  symbology: text(32),
  device: text(64),
})

export type ScanAnswer =
  | { readonly ok: true; readonly did: 'addedArticle'; readonly name: string }
  | { readonly ok: true; readonly did: 'startedSlip'; readonly slipId: string }
  | { readonly ok: true; readonly did: 'openedReceipt'; readonly receiptId: string }
  | { readonly ok: false; readonly reason: 'unknownCode' | 'notHere'; readonly code: string }
  | Exclude<Done, { readonly ok: true }>

export const contract = {
  till: {
    current: request().answers<TillView>(),
    changed: notice<TillView>(),
    /** A HID or serial scanner has read something; the window, which knows where the register is, routes it. */
    scanned: notice<{
      readonly data: string
      readonly symbology: string
      readonly device: string
      readonly atMs: number
    }>(),
    /** Something a person should see now: a short key of app/words and what belongs into it. */
    told: notice<{
      readonly tone: 'good' | 'attention' | 'bad'
      readonly message: string
      readonly about: string
    }>(),
  },
  session: {
    users: request().answers<readonly UserView[]>(),
    signIn: request(z.strictObject({ userId: id, pin })).answers<Done | PinRefused>(),
    signOut: request().answers<Done>(),
    /** Administrator's rights on this till until they are locked or nothing has been done for two minutes. */
    unlock: request(z.strictObject({ pin })).answers<Done | PinRefused>(),
    lock: request().answers<Done>(),
    setFirstAdministrator: request(z.strictObject({ name: text(40).min(1), pin })).answers<Done>(),
    saveUser: request(
      z.strictObject({
        id: id.nullable(),
        name: text(40).min(1),
        role: z.enum(['cashier', 'administrator']),
        permissions: z.array(text(32)).max(16),
        active: z.boolean(),
        pin: pin.nullable(),
      }),
    ).answers<Done>(),
  },
  shift: {
    /** Begins a shift with this much cash in the drawer. */
    open: request(z.strictObject({ floatMinor: z.int().min(0).max(largestAmountMinor) })).answers<Done>(),
  },
  sale: {
    current: request().answers<SaleView>(),
    changed: notice<SaleView>(),
    scan: request(scanned).answers<ScanAnswer>(),
    addArticle: request(
      z.strictObject({ articleId: id, quantityThousandths: quantityThousandths.optional() }),
    ).answers<Done>(),
    addOpenRow: request(
      z.strictObject({
        name: text(60).min(1),
        priceMinor: amountMinor,
        vatBasisPoints: basisPoints,
        articleId: id.nullable(),
      }),
    ).answers<Done>(),
    setQuantity: request(z.strictObject({ rowId: id, quantityThousandths })).answers<Done>(),
    setPrice: request(
      z.strictObject({ rowId: id, unitPriceMinor: z.int().min(0).max(largestAmountMinor) }),
    ).answers<Done>(),
    setRowDiscount: request(z.strictObject({ rowId: id, discount: discount.nullable() })).answers<Done>(),
    setRowNote: request(z.strictObject({ rowId: id, note: text(120) })).answers<Done>(),
    removeRow: request(z.strictObject({ rowId: id })).answers<Done>(),
    undo: request().answers<Done>(),
    setDiscount: request(z.strictObject({ discount: discount.nullable() })).answers<Done>(),
    setNote: request(z.strictObject({ note: text(240) })).answers<Done>(),
    park: request(z.strictObject({ name: text(40) })).answers<Done>(),
    parked: request().answers<readonly ParkedView[]>(),
    resume: request(z.strictObject({ receiptId: id })).answers<Done>(),
    cancel: request(z.strictObject({ reason: text(120).min(1) })).answers<Done>(),
    /** The customer hands over this much cash; change is worked out, and the receipt is finished when all is paid. */
    payCash: request(z.strictObject({ receiptId: id, givenMinor: amountMinor })).answers<Done>(),
    /** Gives back what is over, when nothing or less than nothing is left to pay. */
    giveBack: request(z.strictObject({ receiptId: id })).answers<Done>(),
    payOther: request(
      z.strictObject({ receiptId: id, tenderTypeId: id, amountMinor: signedMinor, reference: text(40) }),
    ).answers<Done>(),
    correctTender: request(z.strictObject({ tenderId: id })).answers<Done>(),
    dismissFinished: request().answers<Done>(),
  },
  payment: {
    current: request().answers<PaymentsView>(),
    changed: notice<PaymentsView>(),
    start: request(z.strictObject({ receiptId: id, amountMinor })).answers<
      Done<{ readonly paymentId: string }>
    >(),
    cancel: request(z.strictObject({ paymentId: id })).answers<Done>(),
    tryAgain: request(z.strictObject({ paymentId: id })).answers<Done>(),
    /** Lets other receipts be served while this one's outcome is not known; it stays listed and polled. */
    setAside: request(z.strictObject({ paymentId: id })).answers<Done>(),
    show: request(z.strictObject({ paymentId: id })).answers<Done>(),
    dismiss: request(z.strictObject({ paymentId: id })).answers<Done>(),
    settleByHand: request(
      z.strictObject({
        paymentId: id,
        as: z.enum(['paid', 'notPaid']),
        reason: text(200).min(3),
        evidence: text(200).min(3),
        pin,
      }),
    ).answers<Done | PinRefused>(),
  },
  article: {
    /** Best 20 as typed, by name, code or PLU. */
    search: request(z.strictObject({ text: text(80) })).answers<readonly ArticleView[]>(),
    categories: request().answers<readonly CategoryView[]>(),
    inCategory: request(z.strictObject({ categoryId: id })).answers<readonly ArticleView[]>(),
    favourites: request().answers<readonly ArticleView[]>(),
  },
  terminal: {
    /** RESELLERUSER's id, user and password; the terminal's own password is made by the till and never shown. */
    register: request(
      z.strictObject({
        resellerId: text(64).min(1),
        userId: text(64).min(1),
        /** Empty: the one that the environment or the practice service gave. */
        password: text(128),
        name: text(64).min(1),
        externalId: text(64).min(1),
      }),
    ).answers<Done>(),
    unregister: request().answers<Done>(),
    assign: request(z.strictObject({ text: text(128) })).answers<Done<{ readonly seqrId: string }>>(),
    /** What the registration form is filled in with; the password is never among it. */
    suggestion: request().answers<{
      readonly resellerId: string
      readonly userId: string
      readonly hasPassword: boolean
      readonly name: string
      readonly externalId: string
      readonly seqrIdHint: string
    }>(),
  },
  paper: {
    recent: request().answers<readonly PrintJobView[]>(),
    show: request(z.strictObject({ jobId: id })).answers<PaperView | null>(),
    /** Prints the receipt again, marked COPY. */
    reprint: request(z.strictObject({ receiptId: id })).answers<Done>(),
    /** What to do with a job that may have been printed in part: again (marked COPY), or set aside. */
    decide: request(z.strictObject({ jobId: id, again: z.boolean() })).answers<Done>(),
    changed: notice<readonly PrintJobView[]>(),
  },
}

export type PinRefused = { readonly ok: false; readonly reason: 'pin'; readonly waitMs: number }
