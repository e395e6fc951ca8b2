/**
 * The SEQR refund as a pure machine. refundPayment has no key by which a repeat could be told from a second refund, so
 * a refund goes out once: after a lost answer it is uncertain, and only SEQR's reconciliation report or an administrator
 * says how it ended. Nothing in here ever sends an uncertain refund again.
 */

export type RefundStage =
  /** On disk before the first byte leaves. A till that finds it after a start does not know whether it went out. */
  | { readonly name: 'sending' }
  /** The money is on its way to the buyer. */
  | {
      readonly name: 'refunded'
      /** SEQR's reference of the refund; empty when an administrator settled it without one. */
      readonly ersReference: string
      readonly knownBy: RefundWitness
    }
  /** SEQR's clear no: nothing has moved. */
  | { readonly name: 'refused'; readonly code: number; readonly description: string }
  /** No connection was made: nothing has left the till. */
  | { readonly name: 'notSent' }
  /** It may have happened. `code` is that of a passing refusal (90, 93, 94), null when there was no answer. */
  | { readonly name: 'uncertain'; readonly why: RefundDoubt; readonly code: number | null }
  /** It was uncertain, and turned out not to have happened. */
  | { readonly name: 'notRefunded'; readonly knownBy: Exclude<RefundWitness, 'service'> }

export type RefundStageName = RefundStage['name']

/** How the till knows that the money went back, or did not. */
export type RefundWitness = 'service' | 'report' | 'administrator'

export type RefundDoubt = 'noAnswer' | 'passingCode' | 'tillRestarted'

export type RefundEvent =
  | { readonly type: 'accepted'; readonly ersReference: string }
  /** A final refusal: 23, 97, 98, 99 and all others that do not pass. */
  | { readonly type: 'refused'; readonly code: number; readonly description: string }
  /** 90, 93, 94, or a code that nobody documented: says nothing about the money. */
  | { readonly type: 'passing'; readonly code: number }
  | { readonly type: 'noAnswer' }
  /** No connection came about, so the service has read nothing. */
  | { readonly type: 'notReached' }
  | { readonly type: 'tillRestarted' }
  /** The reconciliation report of the period holds it, under this reference. */
  | { readonly type: 'foundInReport'; readonly ersReference: string }
  /** The report of the period in which it was sent does not hold it. */
  | { readonly type: 'missingFromReport' }
  | { readonly type: 'settledAsRefunded'; readonly ersReference: string }
  | { readonly type: 'settledAsNotRefunded' }

/** Where the refund is after this event. An event that says nothing new gives back the same stage. */
export function nextRefund(stage: RefundStage, event: RefundEvent): RefundStage {
  switch (stage.name) {
    case 'sending':
      return fromSending(stage, event)
    case 'uncertain':
      return fromUncertain(stage, event)
    case 'refunded':
      // An administrator's word without a reference gets it from the report.
      return event.type === 'foundInReport' && stage.ersReference === ''
        ? { ...stage, ersReference: event.ersReference }
        : stage
    case 'refused':
    case 'notSent':
    case 'notRefunded':
      return stage
  }
}

function fromSending(stage: RefundStage, event: RefundEvent): RefundStage {
  switch (event.type) {
    case 'accepted':
      // Without its reference the refund can be neither printed nor found: what SEQR did is then not proved.
      return event.ersReference === ''
        ? { name: 'uncertain', why: 'noAnswer', code: null }
        : { name: 'refunded', ersReference: event.ersReference, knownBy: 'service' }
    case 'refused':
      return { name: 'refused', code: event.code, description: event.description }
    case 'notReached':
      return { name: 'notSent' }
    case 'passing':
      return { name: 'uncertain', why: 'passingCode', code: event.code }
    case 'noAnswer':
    case 'tillRestarted':
      return { name: 'uncertain', why: event.type, code: null }
    case 'foundInReport':
    case 'missingFromReport':
    case 'settledAsRefunded':
    case 'settledAsNotRefunded':
      return stage
  }
}

function fromUncertain(stage: RefundStage, event: RefundEvent): RefundStage {
  switch (event.type) {
    case 'foundInReport':
      return { name: 'refunded', ersReference: event.ersReference, knownBy: 'report' }
    case 'missingFromReport':
      return { name: 'notRefunded', knownBy: 'report' }
    case 'settledAsRefunded':
      return { name: 'refunded', ersReference: event.ersReference, knownBy: 'administrator' }
    case 'settledAsNotRefunded':
      return { name: 'notRefunded', knownBy: 'administrator' }
    case 'accepted':
    case 'refused':
    case 'passing':
    case 'noAnswer':
    case 'notReached':
    case 'tillRestarted':
      return stage
  }
}

/** May refundPayment go out? Only from `sending`, and its one answer always leads away from it. */
export function mustSend(stage: RefundStage): boolean {
  return stage.name === 'sending'
}

/** Is it still open what became of the money? */
export function isOpenRefund(stage: RefundStage): boolean {
  return stage.name === 'sending' || stage.name === 'uncertain'
}

/** Has the buyer certainly got nothing, so that the money may be given back in another way, or this way once more? */
export function isWithoutMoney(stage: RefundStage): boolean {
  return stage.name === 'refused' || stage.name === 'notSent' || stage.name === 'notRefunded'
}
