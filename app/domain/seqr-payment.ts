/**
 * The SEQR payment as a pure machine, for an ordinary payment and for a preliminary one (a reservation).
 * The stage alone says what to ask the service next, so a till that died goes on from what is on disk.
 * A lost answer leaves the stage where it is: only the service ends a payment.
 */

export type PaymentMode = 'immediate' | 'reservation'

export type Stage =
  /** Saved before the first byte leaves. `mayExist`: an earlier try got no answer, so an invoice may be there. */
  | { readonly name: 'sending'; readonly mayExist: boolean; readonly cancelWanted: boolean }
  /** The buyer is asked to pay, or to confirm a reservation. */
  | {
      readonly name: 'waiting'
      readonly reference: string
      readonly version: number
      readonly approving: boolean
    }
  /** We asked to cancel (or let go of a reservation): paid may still win. */
  | {
      readonly name: 'canceling'
      readonly reference: string
      readonly version: number
      readonly ask: 'cancel' | 'status'
      /** False for a reservation that is let go: it left the sticker when the buyer confirmed it. */
      readonly onSticker: boolean
      /** The service has said that it is canceled; one more status question proves it. */
      readonly taken: boolean
      /** Status questions to come before cancel is asked again. */
      readonly pollsLeft: number
    }
  /** The buyer has confirmed a reservation; nobody polls until it is completed, let go, or its time is out. */
  | {
      readonly name: 'reserved'
      readonly reference: string
      readonly version: number
      readonly deadlineMs: number
      /** Why the last attempt to complete it was refused, in the service's code; null when none was. */
      readonly refusedCode: number | null
    }
  /** The final amount is being taken from a reservation. */
  | {
      readonly name: 'completing'
      readonly reference: string
      readonly version: number
      readonly finalMinor: number
      readonly ask: 'update' | 'commit' | 'status'
      readonly deadlineMs: number
    }
  | {
      readonly name: 'paid'
      readonly reference: string
      readonly ersReference: string
      readonly echoedMinor: number | null
    }
  | { readonly name: 'canceled'; readonly reference: string; readonly by: 'till' | 'service' }
  /** The reservation's time ran out before it was taken: nobody pays. */
  | { readonly name: 'lapsed'; readonly reference: string }
  /** The service says that the payment failed. */
  | { readonly name: 'failed'; readonly reference: string }
  /** The invoice never came to be: the service refused it. */
  | {
      readonly name: 'refused'
      readonly code: number
      readonly description: string
      readonly mayExist: boolean
    }
  /** The invoice never left the till: no connection could be made. */
  | { readonly name: 'notSent' }

export type StageName = Stage['name']

export type PaymentEvent =
  | { readonly type: 'invoiceAccepted'; readonly reference: string }
  /** No connection was made: certainly nothing reached the service. */
  | { readonly type: 'notReached' }
  /** Time-out, broken answer, or a refusal that passes (90, 93, 94): says nothing about the money. */
  | { readonly type: 'noAnswer' }
  /** A final refusal of the question that was asked. */
  | { readonly type: 'refused'; readonly code: number; readonly description: string }
  | { readonly type: 'stillOpen'; readonly version: number; readonly approving: boolean }
  | { readonly type: 'reserved'; readonly version: number; readonly deadlineMs: number }
  | {
      readonly type: 'paid'
      readonly version: number
      readonly ersReference: string
      readonly echoedMinor: number | null
    }
  | { readonly type: 'canceledThere'; readonly version: number }
  | { readonly type: 'expiredThere'; readonly version: number }
  | { readonly type: 'failedThere'; readonly version: number }
  /** Cancel was taken: 0, or 95 already canceled. */
  | { readonly type: 'cancelTaken' }
  /** 50: already paid. */
  | { readonly type: 'cancelTooLate' }
  /** 51: the buyer is just confirming. */
  | { readonly type: 'cancelBusy' }
  | { readonly type: 'updated' }
  | { readonly type: 'committed' }
  /** What people do. */
  | { readonly type: 'cancelPressed' }
  | { readonly type: 'completePressed'; readonly finalMinor: number }
  /** The till was gone, or the disk did not take an answer: what was asked may have reached the service. */
  | { readonly type: 'inDoubt' }

export type Call =
  | { readonly ask: 'send' }
  | { readonly ask: 'status'; readonly reference: string; readonly version: number }
  | { readonly ask: 'cancel'; readonly reference: string }
  | { readonly ask: 'update'; readonly reference: string; readonly finalMinor: number }
  | { readonly ask: 'commit'; readonly reference: string; readonly finalMinor: number }

/** How many more status questions pass before cancel is asked again: when it was refused, and when it was lost. */
const pollsBetweenCancels = 3
const pollsAfterLostCancel = 1

/** Status refusals that say the invoice is gone for good: 55 and 95 canceled, 58 expired (SEQR API 2.6). */
const goneCodes: ReadonlySet<number> = new Set([55, 58, 95])

/** 96: the reservation was committed, let go or has lapsed; only the status tells which. */
const notReservedCode = 96

/** Where the payment is after this event. An event that says nothing new gives back the same stage. */
export function next(stage: Stage, event: PaymentEvent): Stage {
  switch (stage.name) {
    case 'sending':
      return nextSending(stage, event)
    case 'waiting':
      return nextWaiting(stage, event)
    case 'canceling':
      return nextCanceling(stage, event)
    case 'reserved':
      return nextReserved(stage, event)
    case 'completing':
      return nextCompleting(stage, event)
    case 'paid':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return stage
  }
}

function nextSending(stage: Stage & { name: 'sending' }, event: PaymentEvent): Stage {
  switch (event.type) {
    case 'invoiceAccepted':
      return stage.cancelWanted
        ? canceling(event.reference, 0, true)
        : { name: 'waiting', reference: event.reference, version: 0, approving: false }
    case 'notReached':
      return stage.mayExist ? stage : { name: 'notSent' }
    case 'noAnswer':
    case 'inDoubt':
      return stage.mayExist ? stage : { ...stage, mayExist: true }
    case 'refused':
      return { name: 'refused', code: event.code, description: event.description, mayExist: stage.mayExist }
    case 'cancelPressed':
      return stage.cancelWanted ? stage : { ...stage, cancelWanted: true }
    default:
      return stage
  }
}

function nextWaiting(stage: Stage & { name: 'waiting' }, event: PaymentEvent): Stage {
  switch (event.type) {
    case 'stillOpen':
      return event.version === stage.version && event.approving === stage.approving
        ? stage
        : { ...stage, version: event.version, approving: event.approving }
    case 'reserved':
      return reserved(stage.reference, event)
    case 'cancelPressed':
      return canceling(stage.reference, stage.version, true)
    default:
      return ended(stage.reference, event) ?? stage
  }
}

function nextCanceling(stage: Stage & { name: 'canceling' }, event: PaymentEvent): Stage {
  switch (event.type) {
    case 'cancelTaken':
      return { ...stage, ask: 'status', taken: true, pollsLeft: pollsAfterLostCancel }
    case 'cancelTooLate':
      return { ...stage, ask: 'status', taken: false, pollsLeft: pollsBetweenCancels }
    case 'cancelBusy':
      return { ...stage, ask: 'status', taken: false, pollsLeft: pollsBetweenCancels }
    case 'stillOpen':
    case 'reserved':
      return stage.pollsLeft > 0
        ? { ...stage, version: event.version, pollsLeft: stage.pollsLeft - 1 }
        : { ...stage, version: event.version, ask: 'cancel', taken: false }
    case 'noAnswer':
    case 'notReached':
    case 'inDoubt':
      return stage.ask === 'cancel' ? { ...stage, ask: 'status', pollsLeft: pollsAfterLostCancel } : stage
    case 'refused':
      return refusedCanceling(stage, event.code)
    case 'canceledThere':
    case 'expiredThere':
      return { name: 'canceled', reference: stage.reference, by: stage.taken ? 'till' : 'service' }
    default:
      return ended(stage.reference, event) ?? stage
  }
}

/** A refused cancel is asked again after a few polls; a refused status proves a cancel that was already taken. */
function refusedCanceling(stage: Stage & { name: 'canceling' }, code: number): Stage {
  if (stage.ask === 'cancel') return { ...stage, ask: 'status', pollsLeft: pollsBetweenCancels }
  if (goneCodes.has(code))
    return { name: 'canceled', reference: stage.reference, by: stage.taken ? 'till' : 'service' }
  return stage
}

function nextReserved(stage: Stage & { name: 'reserved' }, event: PaymentEvent): Stage {
  switch (event.type) {
    case 'completePressed': {
      const { reference, version, deadlineMs } = stage
      return {
        name: 'completing',
        reference,
        version,
        deadlineMs,
        finalMinor: event.finalMinor,
        ask: 'update',
      }
    }
    case 'cancelPressed':
      return canceling(stage.reference, stage.version, false)
    case 'canceledThere':
    case 'expiredThere':
      return { name: 'lapsed', reference: stage.reference }
    case 'refused':
      return goneCodes.has(event.code) ? { name: 'lapsed', reference: stage.reference } : stage
    case 'reserved':
      return event.version === stage.version ? stage : { ...stage, version: event.version }
    default:
      return ended(stage.reference, event) ?? stage
  }
}

function nextCompleting(stage: Stage & { name: 'completing' }, event: PaymentEvent): Stage {
  switch (event.type) {
    case 'updated':
      return stage.ask === 'update' ? { ...stage, ask: 'commit' } : stage
    case 'committed':
      return { ...stage, ask: 'status' }
    case 'reserved':
      // Only an answer to a question of this stage: one from before must not skip the update.
      return stage.ask === 'status' ? { ...stage, version: event.version, ask: 'commit' } : stage
    case 'stillOpen':
      return event.version === stage.version ? stage : { ...stage, version: event.version }
    case 'noAnswer':
    case 'notReached':
    case 'inDoubt':
      return stage.ask === 'commit' ? { ...stage, ask: 'status' } : stage
    case 'refused':
      return refusedCompleting(stage, event.code)
    case 'canceledThere':
    case 'expiredThere':
      return { name: 'lapsed', reference: stage.reference }
    default:
      return ended(stage.reference, event) ?? stage
  }
}

function refusedCompleting(stage: Stage & { name: 'completing' }, code: number): Stage {
  if (stage.ask === 'status')
    return goneCodes.has(code) ? { name: 'lapsed', reference: stage.reference } : stage
  if (code === notReservedCode || goneCodes.has(code)) return { ...stage, ask: 'status' }
  const { reference, version, deadlineMs } = stage
  return { name: 'reserved', reference, version, deadlineMs, refusedCode: code }
}

/** The ends that the service itself gives, the same from every open stage. */
function ended(reference: string, event: PaymentEvent): Stage | null {
  switch (event.type) {
    case 'paid': {
      const { ersReference, echoedMinor } = event
      return { name: 'paid', reference, ersReference, echoedMinor }
    }
    case 'canceledThere':
    case 'expiredThere':
      return { name: 'canceled', reference, by: 'service' }
    case 'failedThere':
      return { name: 'failed', reference }
    case 'refused':
      return goneCodes.has(event.code) ? { name: 'canceled', reference, by: 'service' } : null
    default:
      return null
  }
}

function canceling(reference: string, version: number, onSticker: boolean): Stage {
  return { name: 'canceling', reference, version, ask: 'cancel', onSticker, taken: false, pollsLeft: 0 }
}

function reserved(reference: string, event: PaymentEvent & { type: 'reserved' }): Stage {
  return {
    name: 'reserved',
    reference,
    version: event.version,
    deadlineMs: event.deadlineMs,
    refusedCode: null,
  }
}

/** What to ask the service now, or null when the payment is over. */
export function callFor(stage: Stage): Call | null {
  switch (stage.name) {
    case 'sending':
      return { ask: 'send' }
    case 'waiting':
    case 'reserved':
      return { ask: 'status', reference: stage.reference, version: stage.version }
    case 'canceling':
      return stage.ask === 'cancel'
        ? { ask: 'cancel', reference: stage.reference }
        : { ask: 'status', reference: stage.reference, version: stage.version }
    case 'completing':
      return stage.ask === 'status'
        ? { ask: 'status', reference: stage.reference, version: stage.version }
        : { ask: stage.ask, reference: stage.reference, finalMinor: stage.finalMinor }
    case 'paid':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return null
  }
}

/** Between two questions: SEQR asks for one status question a second. */
export const pollEveryMs = 1000

/** After this long without an end the cashier is asked: try again, or cancel the payment. Polling goes on. */
export const patienceMs = 30_000

/** A reservation is first asked about this long after its time is out: the service decides, and clocks differ. */
export const lapseGraceMs = 5000

/** When the next question is due: at once when it is another than the last, else a second after that one began. */
export function dueAtMs(
  stage: Stage,
  last: { readonly call: Call; readonly startedAtMs: number } | null,
): number {
  if (stage.name === 'reserved') {
    const lapse = stage.deadlineMs + lapseGraceMs
    return last === null || last.startedAtMs < lapse ? lapse : last.startedAtMs + pollEveryMs
  }
  const call = callFor(stage)
  if (last === null || call === null) return last === null ? 0 : last.startedAtMs
  // A commit that follows a status question is a repeat: without a pause a busy service would be flooded.
  const isRepeat = call.ask === last.call.ask || (call.ask === 'commit' && last.call.ask === 'status')
  return isRepeat ? last.startedAtMs + pollEveryMs : last.startedAtMs
}

export function isOver(stage: Stage): boolean {
  return callFor(stage) === null
}

/**
 * Does this payment hold the sticker, so that the next buyer who scans would be offered its invoice? A cancel that was
 * taken holds it until it is proved.
 */
export function holdsSticker(stage: Stage): boolean {
  return (
    stage.name === 'sending' || stage.name === 'waiting' || (stage.name === 'canceling' && stage.onSticker)
  )
}

/** May the cashier ask to cancel? Only while the service has not committed the payment. */
export function canCancel(stage: Stage): boolean {
  return (
    stage.name === 'waiting' || stage.name === 'reserved' || (stage.name === 'sending' && !stage.cancelWanted)
  )
}
