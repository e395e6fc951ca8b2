import type { Done } from '../../app/contract/views.ts'
import { mayChange, type IssuedStage } from '../../app/domain/issued-slip.ts'
import type { SlipAnswer, SlipCall, SlipEvent, SlipStage, SlipStatus } from '../../app/domain/slip.ts'
import {
  beginSlip,
  callFor,
  canDrop,
  canTakeCash,
  dueAtMs,
  eventOf,
  formatPayId,
  parsePayId,
  slipInTheWay,
  waitFor,
} from '../../app/domain/slip.ts'
import type { StoreLink, TillPlace } from '../slips/store-link.ts'
import { activeReceiptId, receiptById } from '../storage/receipts.ts'
import { openShift } from '../storage/shifts.ts'
import {
  appendSlipHistory,
  openIssuedSlips,
  openSlips,
  recentSlips,
  saveIssuedSlip,
  saveSlip,
  slipById,
  slipsOfPayId,
} from '../storage/slips.ts'
import type { IssuedSlipRecord } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Follower } from './follow.ts'
import { follow } from './follow.ts'
import type { TakenSlip } from './slip-moves.ts'
import { moveSlip } from './slip-moves.ts'
import type { SlipsAccount } from './slips-account.ts'

export interface SlipsOptions {
  readonly desk: Desk
  /** Null while 7-CONNECT is not set up. */
  readonly account: () => SlipsAccount | null
  readonly openLink: (account: SlipsAccount) => StoreLink
  readonly printer: SlipPrinter
  /** Called after anything that a screen shows has changed. */
  readonly changed: () => void
  /** Something a person should see now; `about` names the slip. */
  readonly told: (tone: 'good' | 'attention' | 'bad', message: string, about: string) => void
}

/** What following a slip asks of the printing side; called inside the transaction that moves it. */
export interface SlipPrinter {
  /** The customer's proof: confirmed, still to be confirmed, or declined and to be given back. */
  queueSlip(slip: TakenSlip): void
}

export type Slips = ReturnType<typeof createSlips>

/** A disk that did not take an answer is tried again this much later, and so is a follower that stopped. */
const takeUpAgainMs = 1000
/** How often the server is asked what has become of slips that may still change. */
const statusEveryMs = 15_000
/** An expired slip may still be confirmed by a till that had verified it; for so long it is asked about. */
const expiredAskedMs = 24 * 60 * 60_000
const mostAtOnce = 500

/**
 * Every 7-CONNECT slip of this till. The disk is the only truth: the runner asks what the stage on disk asks, saves
 * what came of it, and tells. So a till that dies anywhere goes on where it was.
 */
export function createSlips(options: SlipsOptions) {
  const { desk } = options
  const { clock, storage } = desk
  const live = new Map<string, Follower>()
  const stopping = new AbortController()
  const waker = { current: new AbortController() }
  /** The slip whose dialog is open, and the one on a receipt that it takes the place of. */
  const shown: { id: string | null; knownBefore: boolean; replaces: string | null } = {
    id: null,
    knownBefore: false,
    replaces: null,
  }
  const linked: { account: SlipsAccount | null; link: StoreLink | null } = { account: null, link: null }

  function link(): StoreLink | null {
    const account = options.account()
    if (account !== linked.account) {
      linked.account = account
      linked.link = account === null ? null : options.openLink(account)
    }
    return linked.link
  }

  const slip = (id: string): TakenSlip | null => slipById<SlipStage>(storage.read, id)

  /** Takes up a scanned or typed reference. A slip that stands for it already is shown instead of taken twice. */
  function begin(text: string): Done<{ readonly slipId: string }> {
    const account = options.account()
    if (account === null) return { ok: false, reason: 'rule', rule: 'noSlips' }
    const payId = parsePayId(text)
    if (payId === null) return { ok: false, reason: 'invalid', field: 'payId', problem: 'payId' }
    leave()
    const known = inTheWay(payId)
    const replaced = known !== null && isStale(known) && placeOf(known) === 'active' ? known : null
    if (known !== null && replaced === null) {
      Object.assign(shown, { id: known.id, knownBefore: true, replaces: null })
      options.changed()
      return { ok: true, slipId: known.id }
    }
    const begun = change(desk, () => ({ ok: true as const, record: insert(payId) }))
    if (!begun.ok) return begun
    Object.assign(shown, { id: begun.record.id, knownBefore: false, replaces: replaced?.id ?? null })
    ensureFollowed(begun.record.id)
    options.changed()
    return { ok: true, slipId: begun.record.id }
  }

  function insert(payId: string): TakenSlip {
    const nowMs = clock.now()
    const requestID = desk.newId()
    const record: TakenSlip = {
      id: desk.newId(),
      payId,
      receiptId: null,
      stage: beginSlip(payId, requestID, nowMs),
      openMoney: false,
      amountMinor: null,
      requestIds: [requestID],
      createdAtMs: nowMs,
      changedAtMs: nowMs,
    }
    saveSlip(storage.write, record)
    const event = { type: 'begun', requestID }
    appendSlipHistory(storage.write, { slipId: record.id, atMs: nowMs, from: '', event, to: 'verifying' })
    return record
  }

  /** The slip that stands for this reference on the till; what nobody holds any more is let go first. */
  function inTheWay(payId: string): TakenSlip | null {
    const records = slipsOfPayId<SlipStage>(storage.read, payId).filter((record) => !letGo(record))
    const stage = slipInTheWay(
      records.map((record) => record.stage),
      payId,
    )
    return records.find((record) => record.stage === stage) ?? null
  }

  /** Lets go of a slip that no dialog, no follower and no receipt holds: a till that was restarted leaves such behind. */
  function letGo(record: TakenSlip): boolean {
    if (!canDrop(record.stage) || live.has(record.id)) return false
    if (shown.id === record.id || placeOf(record) !== 'none') return false
    return change(desk, () => ({ ok: true, moved: moveSlip(desk, record, { type: 'dropped' }) })).ok
  }

  function isStale({ stage }: TakenSlip): boolean {
    return stage.name === 'verified' && !canTakeCash(stage, clock.now())
  }

  /** Whether it stands on a receipt that is not finished: the active one, or another. */
  function placeOf({ id, receiptId }: TakenSlip): 'none' | 'active' | 'other' {
    const receipt = receiptId === null ? null : receiptById(storage.read, receiptId)
    if (receipt === null || (receipt.state !== 'open' && receipt.state !== 'parked')) return 'none'
    if (!receipt.rows.some((row) => row.slip?.slipId === id)) return 'none'
    return activeReceiptId(storage.read) === receipt.id ? 'active' : 'other'
  }

  /** Closes the slip's dialog. A slip that is on no receipt by then is let go. */
  function leave(): void {
    const { id } = shown
    const wasKnown = shown.knownBefore
    Object.assign(shown, { id: null, knownBefore: false, replaces: null })
    const record = id === null ? null : slip(id)
    if (record !== null && !wasKnown && canDrop(record.stage) && placeOf(record) === 'none')
      change(desk, () => ({ ok: true, moved: moveSlip(desk, record, { type: 'dropped' }) }))
    if (id !== null) options.changed()
  }

  function ensureFollowed(id: string): void {
    const running = live.get(id)
    if (running !== undefined) return running.wake()
    if (stopping.signal.aborted || callOf(id) === null) return
    const schedule = scheduleOf(desk)
    const follower = follow<SlipCall>(
      {
        call: () => callOf(id),
        dueAtMs: () => schedule(slip(id)?.stage),
        ask: (call, signal) => askAndApply(id, call, signal),
      },
      clock,
      stopping.signal,
    )
    live.set(id, follower)
    void follower.done.then(
      () => over(id),
      async (error: unknown) => {
        desk.log.error({ err: error, slip: id }, 'Following a slip stopped; it is taken up again')
        await clock.sleepUntil(clock.now() + takeUpAgainMs, stopping.signal)
        over(id)
      },
    )
  }

  /** A press may have given the slip something to ask while its follower was on its way out. */
  function over(id: string): void {
    live.delete(id)
    ensureFollowed(id)
  }

  function callOf(id: string): SlipCall | null {
    const record = slip(id)
    return record === null ? null : callFor(record.stage)
  }

  async function askAndApply(id: string, call: SlipCall, signal: AbortSignal): Promise<void> {
    const store = link()
    const answer = store === null ? unreachable(call) : await store.ask(call, place(id), signal)
    if (signal.aborted) return
    const event = eventOf(call, answer, clock.now())
    if (!apply(id, event)) await clock.sleepUntil(clock.now() + takeUpAgainMs, signal)
    options.changed()
  }

  function place(id: string): TillPlace {
    const account = options.account()
    const shift = openShift(storage.read)?.number ?? 0
    const stage = slip(id)?.stage
    const atMs = stage !== undefined && 'takenAtMs' in stage ? stage.takenAtMs : clock.now()
    const day = new Date(atMs).toLocaleDateString('sv-SE', { timeZone: account?.timeZone ?? 'Asia/Manila' })
    return { pos: account?.pos ?? '', shift: String(shift), businessDay: day.replaceAll('-', '') }
  }

  /** Moves a slip and prints what its customer waits for; false when the disk did not take it. */
  function apply(id: string, event: SlipEvent): boolean {
    const done = change(desk, () => {
      const before = slip(id)
      if (before === null) return { ok: true as const, before, after: before }
      const after = moveSlip(desk, before, event)
      if (asksForPaper(before, after)) options.printer.queueSlip(after)
      return { ok: true as const, before, after }
    })
    if (!done.ok) return false
    if (done.before !== null && done.after !== null) tell(done.before, done.after, event)
    return true
  }

  function tell(before: TakenSlip, after: TakenSlip, event: SlipEvent): void {
    if (before.stage === after.stage) return
    const to = after.stage.name
    desk.log.info({ slip: after.id, from: before.stage.name, event: event.type, to }, '7-CONNECT slip')
    const about = formatPayId(after.payId)
    if (to === 'needsPerson') options.told('bad', 'slipNeedsPerson', about)
    else if (to === 'confirmDeclined') options.told('bad', 'slipDeclined', about)
    else if (to === 'confirming') options.told('attention', 'slipWaits', about)
    else if (isLate(before) && (to === 'paid' || to === 'posted'))
      options.told('good', 'slipConfirmed', about)
  }

  function press(id: string, event: SlipEvent): Done {
    if (slip(id) === null) return { ok: false, reason: 'notFound' }
    const saved = apply(id, event)
    ensureFollowed(id)
    options.changed()
    return saved ? { ok: true } : { ok: false, reason: 'storage', problem: 'diskFull' }
  }

  /** Asks the server what has become of taken slips that wait for their merchant, and of issued ones. */
  async function askStatus(): Promise<boolean> {
    const store = link()
    const paid = openSlips<SlipStage>(storage.read).filter(({ stage }) => stage.name === 'paid')
    const issued = openIssuedSlips<IssuedStage>(storage.read)
    const payIds = [...new Set([...paid, ...issued].map(({ payId }) => payId))]
    if (store === null || payIds.length === 0) return true
    for (let at = 0; at < payIds.length; at += mostAtOnce) {
      const answer = await store.status(payIds.slice(at, at + mostAtOnce), stopping.signal)
      if (stopping.signal.aborted || answer.kind !== 'ok') return false
      for (const line of answer.value) {
        const { payID: _, ...said } = line
        for (const one of paid.filter(({ payId }) => payId === line.payID))
          apply(one.id, { type: 'statusRead', ...said })
        for (const one of issued.filter(({ payId }) => payId === line.payID))
          keepIssued(one, line.status, line.said)
      }
    }
    options.changed()
    return true
  }

  /** Keeps what the server says of an issued slip. */
  function keepIssued(record: IssuedSlipRecord<IssuedStage>, name: SlipStatus, said: string): void {
    const nowMs = clock.now()
    const { expiresAtMs } = record.stage
    const isAsked = name !== 'EXPIRED' || nowMs < (expiresAtMs ?? nowMs) + expiredAskedMs
    const openMoney = mayChange(name) && isAsked
    const isSame = record.stage.name === name && record.stage.said === said
    if (isSame && record.openMoney === openMoney) return
    const stage: IssuedStage = { ...record.stage, name, said }
    change(desk, () => {
      saveIssuedSlip(storage.write, {
        ...record,
        stage,
        openMoney,
        changedAtMs: isSame ? record.changedAtMs : nowMs,
      })
      if (record.stage.name !== name) {
        const event = { type: 'statusRead', status: name, said }
        appendSlipHistory(storage.write, {
          slipId: record.id,
          atMs: nowMs,
          from: record.stage.name,
          event,
          to: name,
        })
      }
    })
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await askStatus().catch((error: unknown) =>
        desk.log.error({ err: error }, 'Asking for the status of slips failed'),
      )
      waker.current = new AbortController()
      await clock.sleepUntil(
        clock.now() + statusEveryMs,
        AbortSignal.any([stopping.signal, waker.current.signal]),
      )
    }
  }

  return {
    ready: () => options.account() !== null,
    begin,
    leave,
    placeOf,
    isStale,
    slip,
    press,
    keepIssued,
    askStatus,
    /** The slip whose dialog is open. */
    shown: (): { readonly record: TakenSlip; readonly knownBefore: boolean } | null => {
      const record = shown.id === null ? null : slip(shown.id)
      if (record === null || record.stage.name === 'dropped') return null
      return { record, knownBefore: shown.knownBefore }
    },
    /** The slip on the receipt that a new verification takes the place of. */
    replacedBy: (id: string): string | null => (shown.id === id ? shown.replaces : null),
    /** The slip is on the receipt: its dialog is over. */
    settled(): void {
      Object.assign(shown, { id: null, knownBefore: false, replaces: null })
    },
    /** Follows every slip that has something to ask: called whenever a transaction may have given one. */
    look(): void {
      for (const { id } of openSlips<SlipStage>(storage.read)) if (!live.has(id)) ensureFollowed(id)
    },
    /** Takes up what the last run left: confirms go on; verifications that nobody waits for are let go. */
    resume(): void {
      for (const record of recentSlips<SlipStage>(storage.read, 200)) letGo(record)
      for (const { id } of openSlips<SlipStage>(storage.read)) ensureFollowed(id)
      void watch()
    },
    /** Confirms whose end is not known. */
    waiting: (): readonly TakenSlip[] =>
      openSlips<SlipStage>(storage.read).filter(({ stage }) => stage.name === 'confirming'),
    /** Resolves when nothing is on its way any more. What is open stays open, on disk. */
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.allSettled([...live.values()].map(({ done }) => done))
    },
  }
}

/**
 * The first answer to a confirm decides which paper the customer gets. One that comes later is the proof that was
 * promised: it is printed too, and lies at the till when the customer asks for it.
 */
function asksForPaper(before: TakenSlip, after: TakenSlip): boolean {
  if (before.stage === after.stage) return false
  const isConfirmed = after.stage.name === 'paid' || after.stage.name === 'posted'
  if (isLate(before)) return isConfirmed
  if (before.stage.name !== 'confirming') return false
  if (after.stage.name === 'confirming') return after.stage.attempt === 2
  return isConfirmed || after.stage.name === 'confirmDeclined'
}

/** Whether the customer has gone with a paper that says less than the proof will. */
function isLate({ stage }: TakenSlip): boolean {
  if (stage.name === 'paid') return stage.authCode === ''
  return stage.name === 'needsPerson' || (stage.name === 'confirming' && stage.attempt > 1)
}

/**
 * When a stage's call is due. Its wait is measured on the clock that nobody sets as well: a computer whose own clock
 * is put back must not hold up a confirm.
 */
function scheduleOf({ clock }: Desk): (stage: SlipStage | undefined) => number {
  const due = { key: '', atElapsedMs: 0 }
  return (stage) => {
    if (stage === undefined) return 0
    const key = JSON.stringify(stage)
    if (due.key !== key) {
      due.key = key
      due.atElapsedMs = clock.elapsedMs() + (waitFor(stage, clock.now()) ?? 0)
    }
    return Math.min(dueAtMs(stage), clock.now() + Math.max(0, due.atElapsedMs - clock.elapsedMs()))
  }
}

function unreachable({ ask }: SlipCall): SlipAnswer {
  const answer = { kind: 'noAnswer', fault: 'unreachable' } as const
  return ask === 'verify' ? { ask, answer } : { ask, answer }
}
