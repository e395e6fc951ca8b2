/** Moments of a day at the till, to look at and to take pictures of. Only ever loaded while developing. */
import type { PaymentView, PrintJobView, TillView } from '../contract/views.ts'
import { firstKeyboardScanner } from '../domain/devices.ts'
import type { PrintedItem, PrintedPaper, PrintedRun } from '../domain/printed-paper.ts'

export const fakeTill: TillView = {
  version: '0.1.0',
  sandbox: true,
  sandboxLinks: { phone: '#phone', control: '#control', slips: '#slips' },
  storeName: 'Kafé Solsidan',
  tillName: 'Till 1',
  currency: 'SEK',
  language: 'en',
  user: { id: 'anna', name: 'Anna Berg', role: 'cashier', permissions: [], active: true },
  unlockedUntilMs: null,
  needsFirstAdministrator: false,
  shift: { id: 's7', number: 7, openedAtMs: 0, by: 'Anna Berg' },
  seqr: {
    connection: 'online',
    lastAnswerAtMs: Date.now(),
    terminal: {
      terminalId: '5f3c2a9d7be84410a6f0c1d2e3b4a596',
      name: 'Kafé Solsidan',
      externalId: 'Store 1/Till 1',
    },
    seqrId: '004610027501',
  },
  printer: { state: 'none', detail: '', waitingJobs: 0 },
  scanners: [],
  keyboardScanner: firstKeyboardScanner,
  outbox: { waiting: 0, needPerson: 0 },
  openPayments: 0,
  openReservations: 0,
  openRefunds: 0,
  reservationMinutes: 60,
  timeZone: 'Europe/Stockholm',
  vatRatesBasisPoints: [2500, 1200, 600, 0],
  parkedReceipts: 2,
  warnings: [],
  diskFull: false,
}

export function fakePayment(nowMs: number, part: Partial<PaymentView> = {}): PaymentView {
  return {
    id: 'p1',
    mode: 'immediate',
    receiptId: 'r1',
    label: '',
    phase: 'askCustomer',
    amountMinor: 21900,
    echoedMinor: null,
    finalMinor: null,
    invoiceReference: '10022356',
    ersReference: null,
    seqrId: '004610027501',
    startedAtMs: nowMs,
    roundStartedAtMs: nowMs,
    attempt: 1,
    lastAnswerAtMs: nowMs,
    silentSinceMs: null,
    mayExist: false,
    refusal: null,
    deadlineMs: null,
    canCancel: true,
    canSetAside: false,
    settledByHand: null,
    ...part,
  }
}

/** A payment standing still in one of its moments. `agoMs` is how long ago it began. */
export function paymentScene(scene: string, nowMs: number): PaymentView | null {
  const began = (agoMs: number, part: Partial<PaymentView> = {}) =>
    fakePayment(nowMs, { startedAtMs: nowMs - agoMs, roundStartedAtMs: nowMs - agoMs, ...part })
  switch (scene) {
    case 'sending':
      return began(900, { phase: 'sending', lastAnswerAtMs: null, invoiceReference: null })
    case 'await':
      return began(7000)
    case 'approve':
      return began(12_000, { phase: 'customerApproves', echoedMinor: 21_900 })
    case 'echoDiffers':
      return began(12_000, { phase: 'customerApproves', echoedMinor: 12_900 })
    case 'question':
      return began(33_000, { attempt: 1 })
    case 'second':
      return began(52_000, { roundStartedAtMs: nowMs - 17_000, attempt: 2 })
    case 'quiet':
      return began(48_000, {
        lastAnswerAtMs: nowMs - 41_000,
        silentSinceMs: nowMs - 41_000,
        canSetAside: true,
        roundStartedAtMs: nowMs - 12_000,
        attempt: 2,
      })
    case 'canceling':
      return began(14_000, { phase: 'canceling', canCancel: false })
    case 'cancelUnknown':
      return began(40_000, {
        phase: 'canceling',
        canCancel: false,
        canSetAside: true,
        lastAnswerAtMs: nowMs - 35_000,
        silentSinceMs: nowMs - 35_000,
        mayExist: true,
      })
    case 'paid':
    case 'paidPart':
    case 'paidOver':
      return began(15_000, { phase: 'paid', ersReference: '2012050100000000000000001', echoedMinor: 21_900 })
    case 'canceled':
      return began(20_000, { phase: 'canceled', canCancel: false })
    case 'failed':
      return began(20_000, { phase: 'failed', canCancel: false })
    case 'refused':
      return began(2000, {
        phase: 'refused',
        canCancel: false,
        refusal: { code: 20, description: 'AUTHENTICATION_FAILED' },
      })
    case 'notSent':
      return began(2000, { phase: 'notSent', canCancel: false, lastAnswerAtMs: null })
    case 'settled':
      return began(200_000, {
        phase: 'paid',
        canCancel: false,
        settledByHand: {
          as: 'paid',
          reason: 'Network down for ten minutes',
          evidence: 'Phone shows 20120501, 12:04',
          by: 'Erik Lund',
          atMs: nowMs,
          serviceSays: null,
        },
      })
    default:
      return null
  }
}

const run = (text: string, part: Partial<PrintedRun> = {}): PrintedRun => ({
  text,
  bold: false,
  underlined: false,
  inverted: false,
  width: 1,
  height: 1,
  ...part,
})
const line = (
  text: string,
  align: 'left' | 'center' = 'left',
  part: Partial<PrintedRun> = {},
): PrintedItem => ({
  kind: 'line',
  align,
  runs: [run(text, part)],
})
const pair = (left: string, right: string) => line(left.padEnd(42 - right.length) + right)

export const fakePaper: PrintedPaper = {
  columns: 42,
  faults: [],
  items: [
    line('Kafé Solsidan', 'center', { bold: true, width: 2, height: 2 }),
    line('Strandvägen 4, 114 56 Stockholm', 'center'),
    line(''),
    pair('Receipt 1042', '2026-03-12 12:04'),
    pair('Cashier Anna Berg', 'Till 1'),
    line('-'.repeat(42)),
    pair('Cappuccino', '46.00'),
    pair('2 Kanelbulle x 34.00', '68.00'),
    pair('Räksmörgås', '105.00'),
    line('-'.repeat(42)),
    line('TOTAL SEK              219.00', 'left', { bold: true, height: 2 }),
    pair('VAT 12 %', '23.46'),
    line(''),
    pair('SEQR payment', '219.00'),
    pair('ERS reference', '2012050100000000000000001'),
    line(''),
    line('Welcome back!', 'center'),
    { kind: 'cut', partial: true },
  ],
}

export const fakeJobs: readonly PrintJobView[] = [
  {
    id: 'j3',
    title: 'Receipt 1042',
    kind: 'receipt',
    atMs: Date.now() + 60_000,
    state: 'noPrinter',
    fault: null,
    copy: false,
  },
  {
    id: 'j2',
    title: 'Receipt 1041',
    kind: 'receipt',
    atMs: Date.now() - 400_000,
    state: 'unclear',
    fault: 'paperOut',
    copy: false,
  },
  {
    id: 'j1',
    title: 'Receipt 1040',
    kind: 'receipt',
    atMs: Date.now() - 900_000,
    state: 'printed',
    fault: null,
    copy: true,
  },
].map((job) => job as PrintJobView)
