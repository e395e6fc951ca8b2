/** What may be done with a receipt, and why not: one table for screen, keyboard and database alike. */
import type { Receipt } from './receipt.ts'
import { leftToPay, leftWithoutCash, seqrPaidOf, slipsOf } from './receipt.ts'

const actions = [
  'addRow',
  'changeRow',
  'removeRow',
  'park',
  'cancel',
  'payCash',
  'paySeqr',
  'payOther',
  'reserve',
  'payReserved',
  'correctTender',
  'addSlip',
] as const

export type Action = (typeof actions)[number]

/** Why an action is refused. The words for each stand in app/words. */
export type Rule =
  | 'noReceipt'
  | 'receiptClosed'
  | 'nothingToPay'
  /** A SEQR payment or cancel of this receipt has no final answer yet. */
  | 'paymentOpen'
  /** SEQR guide: a partly SEQR-paid receipt cannot be parked, canceled or have that payment corrected. */
  | 'seqrPaidPart'
  | 'partlyPaid'
  | 'nothingPaid'
  | 'slipConfirmed'
  /** Slips are paid in cash (7-CONNECT): other tenders pay the goods at most. */
  | 'slipsNeedCash'
  /** A slip on the receipt has expired since it was verified. */
  | 'slipExpired'
  /** 7-CONNECT is not set up on this till. */
  | 'noSlips'
  | 'noShift'
  | 'signedOut'
  | 'noTerminal'
  | 'noSeqrId'
  | 'seqrOffline'
  /** Another receipt's invoice is still live on this till's sticker. */
  | 'stickerBusy'
  | 'diskFull'
  | 'emptyReceipt'

export type Permit = { readonly allowed: true } | { readonly allowed: false; readonly rule: Rule }

/** What else counts besides the receipt itself. */
export interface Circumstances {
  readonly signedIn: boolean
  readonly shiftOpen: boolean
  /** This receipt's own SEQR payments without a final answer. */
  readonly openPayments: number
  /** An invoice of any receipt is live on the sticker. */
  readonly stickerBusy: boolean
  readonly terminalRegistered: boolean
  readonly seqrIdAssigned: boolean
  readonly seqrOnline: boolean
  readonly diskFull: boolean
  /** Slips on this receipt whose cash has been taken. */
  readonly confirmedSlips: number
  /** Slips on this receipt that have to be verified again before money is taken. */
  readonly staleSlips?: number
  /** 7-CONNECT is set up. */
  readonly slipsReady?: boolean
}

const yes: Permit = { allowed: true }
const no = (rule: Rule): Permit => ({ allowed: false, rule })

/** What may be done now of all that there is. */
export function permitsOf(receipt: Receipt | null, around: Circumstances): Readonly<Record<Action, Permit>> {
  const permits = actions.map((action) => [action, permit(action, receipt, around)] as const)
  return Object.fromEntries(permits) as Record<Action, Permit>
}

/** May this be done now? The first rule that forbids it is the one that is told. */
export function permit(action: Action, receipt: Receipt | null, around: Circumstances): Permit {
  if (around.diskFull) return no('diskFull')
  if (!around.signedIn) return no('signedOut')
  if (!around.shiftOpen) return no('noShift')
  if (action === 'addSlip' && around.slipsReady !== true) return no('noSlips')
  if ((action === 'addRow' || action === 'addSlip') && receipt === null) return yes
  if (action === 'reserve') return permitInvoice(around)
  if (receipt === null) return no('noReceipt')
  if (receipt.state === 'completed' || receipt.state === 'canceled') return no('receiptClosed')
  return permitOpen(action, receipt, around)
}

function permitOpen(action: Action, receipt: Receipt, around: Circumstances): Permit {
  switch (action) {
    case 'addRow':
    case 'changeRow':
    case 'removeRow':
      return permitRows(action, receipt, around)
    case 'park':
      if (receipt.rows.length === 0) return no('emptyReceipt')
      return permitLeaving(receipt, around)
    case 'cancel':
      return permitLeaving(receipt, around)
    case 'correctTender':
      if (around.openPayments > 0) return no('paymentOpen')
      if (receipt.tenders.length === 0) return no('nothingPaid')
      return receipt.tenders.some((tender) => tender.kind !== 'seqr') ? yes : no('seqrPaidPart')
    case 'addSlip':
      return permitRows('addRow', receipt, around)
    case 'payCash':
    case 'payOther':
      return permitTender(action, receipt, around)
    case 'paySeqr':
      return permitSeqr(receipt, around)
    case 'payReserved':
      return permitReserved(receipt, around)
    case 'reserve':
      return permitInvoice(around)
  }
}

/** Rows stand still while an invoice that names them is open, and none goes once SEQR has paid a part. */
function permitRows(action: Action, receipt: Receipt, around: Circumstances): Permit {
  if (around.openPayments > 0) return no('paymentOpen')
  if (action !== 'addRow' && seqrPaidOf(receipt) !== 0) return no('seqrPaidPart')
  if (action !== 'addRow' && receipt.rows.length === 0) return no('emptyReceipt')
  return yes
}

/** Parking and canceling leave the receipt unpaid: neither goes with money taken or given, also where the two even out. */
function permitLeaving(receipt: Receipt, around: Circumstances): Permit {
  if (around.openPayments > 0) return no('paymentOpen')
  if (around.confirmedSlips > 0) return no('slipConfirmed')
  if (seqrPaidOf(receipt) !== 0) return no('seqrPaidPart')
  if (receipt.tenders.length > 0) return no('partlyPaid')
  return yes
}

function permitTender(action: 'payCash' | 'payOther', receipt: Receipt, around: Circumstances): Permit {
  if (around.openPayments > 0) return no('paymentOpen')
  if (receipt.rows.length === 0) return no('emptyReceipt')
  // What has come out even is finished by the cash key, with nothing to give or to take.
  if (action === 'payOther' && leftToPay(receipt) === 0) return no('nothingToPay')
  return permitSlips(action, receipt, around)
}

/** A slip is cash for another: what is paid without cash may never be more than the goods come to. */
function permitSlips(
  action: 'payCash' | 'payOther' | 'paySeqr',
  receipt: Receipt,
  around: Circumstances,
): Permit {
  if (slipsOf(receipt) === 0) return yes
  if ((around.staleSlips ?? 0) > 0) return no('slipExpired')
  const room = leftWithoutCash(receipt)
  const isShort = action === 'payCash' ? room < Math.min(0, leftToPay(receipt)) : room <= 0
  return isShort && leftToPay(receipt) >= 0 ? no('slipsNeedCash') : yes
}

/** SEQR guide: enabled when an active receipt has started and the amount to pay is above zero. */
function permitSeqr(receipt: Receipt, around: Circumstances): Permit {
  const payable = permitPayable(receipt, around)
  return payable.allowed ? permitInvoice(around) : payable
}

function permitPayable(receipt: Receipt, around: Circumstances): Permit {
  if (around.openPayments > 0) return no('paymentOpen')
  if (leftToPay(receipt) <= 0) return no('nothingToPay')
  return permitSlips('paySeqr', receipt, around)
}

/** Taking the final amount of a reservation needs no sticker: the buyer has confirmed already. */
function permitReserved(receipt: Receipt, around: Circumstances): Permit {
  const payable = permitPayable(receipt, around)
  if (!payable.allowed) return payable
  if (!around.terminalRegistered) return no('noTerminal')
  return around.seqrOnline ? yes : no('seqrOffline')
}

/** May an invoice be put on the sticker at all? */
export function permitInvoice(around: Circumstances): Permit {
  if (around.diskFull) return no('diskFull')
  if (!around.terminalRegistered) return no('noTerminal')
  if (!around.seqrIdAssigned) return no('noSeqrId')
  if (around.stickerBusy) return no('stickerBusy')
  if (!around.seqrOnline) return no('seqrOffline')
  return yes
}
