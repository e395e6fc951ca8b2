/** The whole conversation between the window and the main process, at a glance. */
import { z } from 'zod'
import { symbologies } from '../domain/barcode.ts'
import { largestAmountMinor } from '../domain/money.ts'
import { scanDevices, type NotHere } from '../domain/scan.ts'
import { booksContract } from './books.ts'
import { journalBook } from './journal-book.ts'
import { notice, request } from './define.ts'
import { programContract } from './program.ts'
import type { IssuedSlipView, SlipListView, SlipSettingsView, SlipsView } from './slip-views.ts'
import type {
  AuditView,
  BackupOutcome,
  CataloguePage,
  Imported,
  ImportFaults,
  ImportFileFault,
  ImportPreview,
  JournalCheckView,
  ProgressView,
  SettingsView,
  UpkeepView,
} from './office-views.ts'
import type { ClosingView, CountedView, ReportLine, ShiftNowView } from './shift-views.ts'
import { deviceSchema } from './device-schema.ts'
import type { DevicesView, DisplayView, FoundDevices, PracticeView, ScannedView } from './device-views.ts'
import { shopSchema } from './shop-schema.ts'
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
const zeroOrMoreMinor = z.int().min(0).max(largestAmountMinor)
const signedMinor = z.int().min(-largestAmountMinor).max(largestAmountMinor)
const quantityThousandths = z.int().min(-9_999_999).max(9_999_999)
const basisPoints = z.int().min(0).max(10_000)
const discount = z.union([
  z.strictObject({ kind: z.literal('amount'), amountMinor }),
  z.strictObject({ kind: z.literal('percent'), basisPoints: basisPoints.min(1) }),
])

/** Whole days of the shop, today the last. */
const slipPeriod = z.strictObject({ kind: z.enum(['taken', 'issued']), days: z.int().min(1).max(366) })

/** A read that is free of its AIM identifier: what that said is `symbology`. */
export const scanned = z.strictObject({
  data: z.string().min(1).max(512),
  symbology: z.enum(symbologies),
  device: z.enum(scanDevices),
  /** Which read of a device it was; a keyboard's is heard by one window alone and has none. */
  scanId: z.int().min(1).optional(),
})

export type ScanAnswer =
  | { readonly ok: true; readonly did: 'addedArticle'; readonly name: string }
  | { readonly ok: true; readonly did: 'startedSlip'; readonly slipId: string }
  | { readonly ok: true; readonly did: 'openedReceipt'; readonly receiptId: string }
  | { readonly ok: false; readonly reason: 'unknownCode'; readonly code: string }
  | { readonly ok: false; readonly reason: 'notHere'; readonly why: NotHere }
  | Exclude<Done, { readonly ok: true }>

export const contract = {
  till: {
    current: request().answers<TillView>(),
    changed: notice<TillView>(),
    /** A HID or serial scanner has read something; the window, which knows where the register is, routes it. */
    scanned: notice<ScannedView>(),
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
    /** The signed-in person's own PIN. */
    changePin: request(z.strictObject({ pin, newPin: pin })).answers<Done | PinRefused>(),
  },
  settings: {
    current: request().answers<SettingsView>(),
    save: request(shopSchema).answers<Done>(),
    /** The receipt printer's address, in use at once; empty for none. */
    savePrinter: request(z.strictObject({ address: text(200) })).answers<Done>(),
    /** The SEQR service for the next start; empty for the practice service. */
    saveSeqr: request(z.strictObject({ url: text(300), ca: text(20_000) })).answers<Done>(),
    saveBackup: request(
      z.strictObject({ folder: text(300), daily: z.boolean(), keep: z.int().min(1).max(365) }),
    ).answers<Done>(),
    /** Who did what, the newest first; `text` is a part of the name or the act. */
    audit: request(z.strictObject({ text: text(80), beforeMs: z.int().min(0).nullable() })).answers<
      Done<{ readonly entries: readonly AuditView[] }>
    >(),
  },
  upkeep: {
    current: request().answers<UpkeepView>(),
    /** Another try for something in the outbox. */
    sendAgain: request(z.strictObject({ itemId: id })).answers<Done>(),
    backUp: request().answers<Done<{ readonly outcome: BackupOutcome }>>(),
    /** Reads the whole journal and proves it. */
    verify: request().answers<Done<{ readonly check: JournalCheckView }>>(),
    progressed: notice<ProgressView>(),
  },
  catalogue: {
    /** Articles out of use as well. Without a text, page by page: `after` is the last id of the page before. */
    search: request(
      z.strictObject({ text: text(80), categoryId: id.nullable(), after: id.nullable() }),
    ).answers<CataloguePage>(),
    save: request(
      z.strictObject({
        id: id.nullable(),
        name: text(120).min(1),
        code: text(64).min(1).nullable(),
        plu: text(16).min(1).nullable(),
        priceMinor: zeroOrMoreMinor.nullable(),
        vatBasisPoints: basisPoints,
        unit: text(12).min(1),
        unitDecimals: z.int().min(0).max(3),
        categoryId: id.nullable(),
        favourite: z.boolean(),
        active: z.boolean(),
      }),
    ).answers<Done<{ readonly articleId: string }>>(),
    remove: request(z.strictObject({ articleId: id })).answers<Done>(),
    saveCategory: request(
      z.strictObject({
        id: id.nullable(),
        name: text(60).min(1),
        colour: z.string().regex(/^#[0-9a-f]{6}$/),
      }),
    ).answers<Done>(),
    removeCategory: request(z.strictObject({ categoryId: id })).answers<Done>(),
    orderCategories: request(z.strictObject({ ids: z.array(id).max(500) })).answers<Done>(),
    /** A CSV file comes in parts, in order, because a wire takes only so much at once. */
    beginUpload: request(
      z.strictObject({
        bytes: z
          .int()
          .min(0)
          .max(64 * 1024 * 1024),
      }),
    ).answers<Done<{ readonly uploadId: string }>>(),
    addToUpload: request(
      z.strictObject({ uploadId: id, index: z.int().min(0).max(10_000), base64: text(200_000) }),
    ).answers<Done>(),
    /** What the import would do, or what is wrong with the file. Changes nothing. */
    checkImport: request(z.strictObject({ uploadId: id })).answers<
      ImportPreview | ImportFaults | ImportFileFault | Exclude<Done, { readonly ok: true }>
    >(),
    import: request(z.strictObject({ uploadId: id })).answers<
      Imported | ImportFaults | ImportFileFault | Exclude<Done, { readonly ok: true }>
    >(),
    exportCsv: request(z.strictObject({ separator: z.enum([';', ',']) })).answers<
      Done<{ readonly csv: string }>
    >(),
  },
  shift: {
    /** Begins a shift with this much cash in the drawer. */
    open: request(z.strictObject({ floatMinor: zeroOrMoreMinor })).answers<Done>(),
    current: request().answers<ShiftNowView | null>(),
    moveCash: request(
      z.strictObject({ kind: z.enum(['in', 'out', 'drop']), amountMinor, reason: text(120).min(3) }),
    ).answers<Done>(),
    /** Opens the drawer without a sale. */
    openDrawer: request(z.strictObject({ reason: text(120).min(3) })).answers<Done>(),
    xReport: request().answers<Done<{ readonly number: number; readonly jobId: string }>>(),
    /** X and Z reports, the newest first. */
    reports: request().answers<Done<{ readonly reports: readonly ReportLine[] }>>(),
    /** Prints a report of the journal again, marked COPY. */
    copyReport: request(z.strictObject({ seq: z.int().min(1) })).answers<
      Done<{ readonly jobId: string; readonly title: string }>
    >(),
    closing: request().answers<Done<{ readonly closing: ClosingView }>>(),
    /** What lies in the drawer. With pieces, they add up to it. Answers with what should lie there. */
    count: request(
      z.strictObject({
        countedMinor: zeroOrMoreMinor,
        pieces: z
          .array(z.strictObject({ valueMinor: amountMinor, count: z.int().min(0).max(100_000) }))
          .max(40),
      }),
    ).answers<Done<{ readonly counted: CountedView }>>(),
    /** The Z report: closes the shift that was counted, and signs out. */
    close: request(z.strictObject({ carryOver: z.boolean() })).answers<
      Done<{ readonly number: number; readonly jobId: string; readonly differenceMinor: number }>
    >(),
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
  /** Preliminary payments. They are polled, shown and let go of (`payment.cancel`) like any other payment. */
  reservation: {
    start: request(
      z.strictObject({ label: text(40).min(1), amountMinor, minutes: z.int().min(1).max(44_640) }),
    ).answers<Done<{ readonly paymentId: string }>>(),
    /** Pays the receipt with this much of the reservation; the rest is let go by the service. */
    complete: request(z.strictObject({ paymentId: id, receiptId: id, amountMinor })).answers<Done>(),
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
  slip: {
    current: request().answers<SlipsView>(),
    changed: notice<SlipsView>(),
    /** Takes up a reference that was scanned or typed: 12 digits, hyphens and spaces allowed. */
    begin: request(z.strictObject({ text: text(40) })).answers<Done<{ readonly slipId: string }>>(),
    verifyAgain: request(z.strictObject({ slipId: id })).answers<Done>(),
    /** Puts the verified slip on the receipt. */
    add: request(z.strictObject({ slipId: id })).answers<Done>(),
    /** Closes the slip's dialog; a slip that is on no receipt is let go. */
    leave: request().answers<Done>(),
    /** The same confirm once more, under the same requestID. */
    sendAgain: request(z.strictObject({ slipId: id })).answers<Done>(),
    giveBack: request(z.strictObject({ slipId: id, reason: text(160).min(3), pin })).answers<
      Done | PinRefused
    >(),
    /** Prints the proof of a paid slip again, marked COPY. */
    print: request(z.strictObject({ slipId: id })).answers<Done>(),
    /** Asks the server at once what has become of slips that may still change. */
    refresh: request().answers<Done>(),
    list: request(slipPeriod).answers<SlipListView>(),
    /** CSV of the posted ones: only these are settled. */
    report: request(slipPeriod).answers<{ readonly fileName: string; readonly text: string }>(),
    issue: request(
      z.strictObject({
        merchantID: text(15).min(1),
        amountMinor,
        /** Empty: the till makes one. */
        merchantRef: text(40),
        description: text(3000),
        remarks: text(660),
        /** Left out: what the server gives, 2,880 minutes. */
        expiresInMinutes: z
          .int()
          .min(1)
          .max(366 * 1440)
          .optional(),
      }),
    ).answers<Done<{ readonly issuedId: string }>>(),
    issued: request(z.strictObject({ issuedId: id })).answers<IssuedSlipView | null>(),
    printIssued: request(z.strictObject({ issuedId: id })).answers<Done>(),
    /** Asks by the merchant's account what has become of an issued slip. */
    inquire: request(z.strictObject({ issuedId: id })).answers<Done>(),
    settings: request().answers<SlipSettingsView>(),
    saveSettings: request(
      z.strictObject({
        baseUrl: text(300),
        storeID: text(40),
        /** Empty: the one that is kept. */
        storeKey: text(128),
        pos: text(20),
        timeZone: text(64),
      }),
    ).answers<Done>(),
    saveMerchant: request(
      z.strictObject({
        merchantID: text(15).min(1),
        name: text(60).min(1),
        /** Empty: the one that is kept. */
        transactionKey: text(128),
      }),
    ).answers<Done>(),
    removeMerchant: request(z.strictObject({ merchantID: text(15).min(1) })).answers<Done>(),
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
  devices: {
    current: request().answers<DevicesView>(),
    changed: notice<DevicesView>(),
    /** Profile, drawer and scanners, in use at once. A profile brings its number of columns with it. */
    save: request(deviceSchema).answers<Done>(),
    /** Looks through this computer for what could be chosen. */
    find: request().answers<Done<{ readonly found: FoundDevices }>>(),
    testPrint: request().answers<Done>(),
    testDrawer: request().answers<Done>(),
    testDisplay: request().answers<Done>(),
  },
  /** All that the customer's display may ask and hear. */
  display: {
    current: request().answers<DisplayView>(),
    changed: notice<DisplayView>(),
  },
  /** The devices that a practice till has instead of real ones; there are none in a shop. */
  practice: {
    current: request().answers<PracticeView | null>(),
    changed: notice<PracticeView>(),
    /** A read as a scanner would send it, AIM identifier and all. */
    scan: request(z.strictObject({ raw: z.string().min(1).max(512) })).answers<Done>(),
    /** A slip of a practice merchant, as a customer brings one. */
    newSlip: request().answers<Done<{ readonly payId: string }>>(),
    setPrinter: request(
      z.strictObject({
        hasPower: z.boolean(),
        paper: z.enum(['full', 'low', 'out']),
        isCoverOpen: z.boolean(),
        isJammed: z.boolean(),
        isOffline: z.boolean(),
      }),
    ).answers<Done>(),
    closeDrawer: request().answers<Done>(),
  },
  program: programContract,
  ...booksContract,
  ...journalBook,
}

export type PinRefused = { readonly ok: false; readonly reason: 'pin'; readonly waitMs: number }
