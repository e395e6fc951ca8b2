import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import { statusOfInquiry, type IssuedStage } from '../../app/domain/issued-slip.ts'
import type { Currency } from '../../app/domain/money.ts'
import type { IssueAnswer, IssuedSlip, MerchantLink, NewSlip } from '../slips/merchant-link.ts'
import { nextNumber } from '../storage/counters.ts'
import { type IssuingSlip, issuingSlips, saveIssuingSlips } from '../storage/issuing-slips.ts'
import { appendSlipHistory, issuedSlipById, issuedSlipByPayId, saveIssuedSlip } from '../storage/slips.ts'
import type { IssuedSlipRecord } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Session } from './session.ts'
import type { SlipPrinting } from './slip-printing.ts'
import { dayOf } from './shop-days.ts'
import { issuedView } from './slip-view.ts'
import type { MerchantAccount, SlipsAccount } from './slips-account.ts'
import type { Slips } from './slips.ts'

export interface IssueOptions {
  readonly desk: Desk
  readonly session: Session
  readonly slips: Slips
  readonly account: () => SlipsAccount | null
  readonly openMerchantLink: (
    account: SlipsAccount,
    merchant: MerchantAccount,
    currency: Currency,
  ) => MerchantLink
  readonly printing: SlipPrinting
  readonly currency: () => Currency
  readonly changed: () => void
}

type SlipHandlers = Handlers<typeof contract>['slip']
type IssueInput = Parameters<SlipHandlers['issue']>[0]
type Issued = IssuedSlipRecord<IssuedStage>

/** A slip that nobody has the number of expires by itself; for so long it may be found again. */
const doubtfulMs = 24 * 60 * 60_000

/** Of a merchant's reference (7-CONNECT merchant guide). */
const longestReference = 40

const isSame = (
  one: Pick<IssuingSlip, 'merchantID' | 'merchantRef'>,
  other: Pick<IssuingSlip, 'merchantID' | 'merchantRef'>,
): boolean => one.merchantID === other.merchantID && one.merchantRef === other.merchantRef

/** Slips that this shop makes for a merchant's account, by 7-CONNECT's published interfaces. */
export function slipIssue(
  options: IssueOptions,
): Pick<SlipHandlers, 'issue' | 'issued' | 'printIssued' | 'inquire'> {
  const { desk } = options
  const never = new AbortController().signal
  /** One slip is made after the other, so that none is asked about while it is on its way. */
  const turn = { last: Promise.resolve<unknown>(null) }

  function issue(input: IssueInput): Promise<Done<{ readonly issuedId: string }>> {
    const made = turn.last.then(() => issueNext(input))
    turn.last = made.catch(() => null)
    return made
  }

  /**
   * What is asked for stands on disk before it is sent, until its answer is there. A slip whose answer was lost is
   * asked about before it is made again: by the same reference, whatever happened to the till between.
   */
  async function issueNext(input: IssueInput): Promise<Done<{ readonly issuedId: string }>> {
    const refused = options.session.needs('issueSlip')
    if (refused !== null) return refused
    const found = linkOf(input.merchantID)
    if (found === null) return { ok: false, reason: 'rule', rule: 'noSlips' }
    const { link, merchant } = found
    const doubt = doubtOf(input)
    if (doubt !== null && doubt.amountMinor !== input.amountMinor)
      return { ok: false, reason: 'invalid', field: 'amount', problem: 'otherAmount' }
    const made = doubt === null ? 'no' : await wasMade(link, merchant, newSlip(input, doubt.merchantRef))
    const begun = made === 'no' ? begin(input, doubt) : { ok: true as const, issuing: doubt }
    if (!begun.ok) return begun
    const { issuing } = begun
    if (issuing === null) throw new Error('A slip was found that nobody asked for')
    const slip = newSlip(input, issuing.merchantRef)
    const answer = made === 'no' ? await link.createReference(slip, never) : made
    const known = answer.kind === 'noAnswer' ? await wasMade(link, merchant, slip) : answer
    const sure = known === 'no' ? answer : known
    if (sure.kind === 'ok') return keep(sure.value, merchant, slip)
    if (sure.kind !== 'noAnswer') change(desk, () => settle(issuing))
    return refusalOf(sure)
  }

  /** The slip that was asked for before and never answered, if this asks for the same one. */
  function doubtOf(input: IssueInput): IssuingSlip | null {
    const wanted = input.merchantRef.trim()
    const since = desk.clock.now() - doubtfulMs
    return (
      issuingSlips(desk.storage.read).findLast(
        ({ merchantID, merchantRef, amountMinor, isOwnReference, askedAtMs }) =>
          merchantID === input.merchantID &&
          askedAtMs > since &&
          (wanted === '' ? isOwnReference && amountMinor === input.amountMinor : merchantRef === wanted),
      ) ?? null
    )
  }

  /** Puts on disk what is about to be sent. */
  function begin(input: IssueInput, doubt: IssuingSlip | null) {
    const { merchantID, amountMinor } = input
    return change(desk, () => {
      const askedAtMs = desk.clock.now()
      const wanted = input.merchantRef.trim()
      const merchantRef = doubt?.merchantRef ?? (wanted === '' ? freshReference(options.account()) : wanted)
      const isOwnReference = wanted === ''
      const issuing: IssuingSlip = { merchantID, merchantRef, amountMinor, isOwnReference, askedAtMs }
      const others = issuingSlips(desk.storage.write).filter((one) => one.askedAtMs > askedAtMs - doubtfulMs)
      saveIssuingSlips(desk.storage.write, [...others.filter((one) => !isSame(one, issuing)), issuing])
      return { ok: true as const, issuing }
    })
  }

  /** Its answer is there. */
  function settle(issuing: Pick<IssuingSlip, 'merchantID' | 'merchantRef'>): void {
    const others = issuingSlips(desk.storage.write).filter((one) => !isSame(one, issuing))
    saveIssuingSlips(desk.storage.write, others)
  }

  function newSlip(input: IssueInput, merchantRef: string): NewSlip {
    const { amountMinor, description, remarks, expiresInMinutes } = input
    return {
      merchantRef,
      amountMinor,
      description,
      receiptRemarks: remarks,
      ...(expiresInMinutes === undefined
        ? {}
        : { expiresAtMs: desk.clock.now() + expiresInMinutes * 60_000 }),
    }
  }

  /** The day stands in it because a till that is installed anew counts from 1 again. */
  function freshReference(account: SlipsAccount | null): string {
    const number = String(nextNumber(desk.storage.write, 'slip')).padStart(6, '0')
    if (account === null) return number
    const day = dayOf(desk.clock.now(), account.timeZone).replaceAll('-', '')
    return `${account.storeID}-${account.pos}-${day}-${number}`.slice(-longestReference)
  }

  /** After a lost answer: the slip as the server has it, `no` when it has none, or still no answer. */
  async function wasMade(
    link: MerchantLink,
    { merchantID }: MerchantAccount,
    slip: NewSlip,
  ): Promise<IssueAnswer<IssuedSlip> | 'no'> {
    const answer = await link.inquire(slip.merchantRef, never)
    if (answer.kind !== 'ok') return answer
    const { payID, status } = answer.value
    if (payID === null || status !== 'UNPAID') return 'no'
    // The server answers for the first slip with this reference: one that is known here is an earlier customer's.
    if (issuedSlipByPayId<IssuedStage>(desk.storage.read, payID) !== null) return 'no'
    const { merchantRef, amountMinor, expiresAtMs = null } = slip
    return { kind: 'ok', value: { payID, merchantID, merchantRef, amountMinor, expiresAtMs } }
  }

  function keep(
    issued: IssuedSlip,
    merchant: MerchantAccount,
    slip: NewSlip,
  ): Done<{ readonly issuedId: string }> {
    const known = issuedSlipByPayId<IssuedStage>(desk.storage.read, issued.payID)
    const asked = { merchantID: merchant.merchantID, merchantRef: slip.merchantRef }
    if (known !== null) {
      change(desk, () => settle(asked))
      return { ok: true, issuedId: known.id }
    }
    const atMs = desk.clock.now()
    const record: Issued = {
      id: desk.newId(),
      payId: issued.payID,
      stage: {
        name: 'PENDING',
        merchantID: merchant.merchantID,
        merchantName: merchant.name,
        merchantRef: issued.merchantRef,
        description: slip.description ?? '',
        currency: options.currency(),
        expiresAtMs: issued.expiresAtMs,
        said: '',
      },
      openMoney: true,
      amountMinor: issued.amountMinor,
      createdAtMs: atMs,
      changedAtMs: atMs,
    }
    const saved = change(desk, () => {
      saveIssuedSlip(desk.storage.write, record)
      settle(asked)
      const event = { type: 'issued', by: options.session.actor() }
      appendSlipHistory(desk.storage.write, { slipId: record.id, atMs, from: '', event, to: 'PENDING' })
      options.printing.queueIssued(record)
      return { ok: true as const, issuedId: record.id }
    })
    options.changed()
    return saved
  }

  function linkOf(merchantID: string): { link: MerchantLink; merchant: MerchantAccount } | null {
    const account = options.account()
    const merchant = account?.merchants.find((one) => one.merchantID === merchantID)
    if (account === null || merchant === undefined) return null
    return { link: options.openMerchantLink(account, merchant, options.currency()), merchant }
  }

  const issuedOf = (id: string): Issued | null => issuedSlipById<IssuedStage>(desk.storage.read, id)

  /** Asks about one slip by the merchant's own account, as a merchant's web shop would. */
  async function inquire({ issuedId }: { issuedId: string }): Promise<Done> {
    const record = issuedOf(issuedId)
    const found = record === null ? null : linkOf(record.stage.merchantID)
    if (record === null || found === null) return { ok: false, reason: 'notFound' }
    const answer = await found.link.inquire(record.stage.merchantRef, never)
    if (answer.kind !== 'ok') return refusalOf(answer)
    const { payID, status, message } = answer.value
    // An error is no status of the slip: a merchant that declined it is one too, and only the store is told so.
    if (status === 'ERROR') return { ok: false, reason: 'slipServer', problem: 'refused', said: message }
    // The server answers for the first slip that carries the reference: another one says nothing about this.
    if (payID === record.payId) {
      const now = issuedOf(issuedId) ?? record
      options.slips.keepIssued(now, statusOfInquiry(status), message)
    }
    options.changed()
    return { ok: true }
  }

  return {
    issue,
    issued({ issuedId }) {
      const record = issuedOf(issuedId)
      return record === null ? null : issuedView(record)
    },
    printIssued({ issuedId }) {
      const record = issuedOf(issuedId)
      if (record === null) return { ok: false, reason: 'notFound' }
      const saved = change(desk, () => ({ ok: true as const, job: options.printing.queueIssued(record).id }))
      options.changed()
      return saved
    },
    inquire,
  }
}

function refusalOf(answer: Exclude<IssueAnswer<unknown>, { kind: 'ok' }>): Refusal {
  switch (answer.kind) {
    case 'declined':
      return { ok: false, reason: 'slipServer', problem: 'refused', said: answer.said }
    case 'invalid':
      return { ok: false, reason: 'invalid', field: answer.field, problem: 'slipField' }
    case 'noAnswer':
      return { ok: false, reason: 'slipServer', problem: 'noAnswer', said: '' }
  }
}
