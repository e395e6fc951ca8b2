import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { ListedStatus, SlipDay, SlipListView, StatusTotal } from '../../app/contract/slip-views.ts'
import type { IssuedStage } from '../../app/domain/issued-slip.ts'
import type { SlipStage, SlipStageName } from '../../app/domain/slip.ts'
import { formatPayId } from '../../app/domain/slip.ts'
import { receiptById } from '../storage/receipts.ts'
import {
  issuedSlipTotals,
  issuedSlips,
  postedReport,
  slipQuarters,
  takenSlipTotals,
  takenSlips,
  type PostedLine,
  type QuarterTotal,
  type StageTotal,
} from '../storage/slip-accounts.ts'
import type { Period } from '../storage/reports.ts'
import type { Desk } from './desk.ts'
import { timeIn } from './printing.ts'
import type { ShopSettings } from './settings.ts'
import { listedIssued, listedStatus, listedTaken } from './slip-view.ts'
import type { TakenSlip } from './slip-moves.ts'

export interface SlipListOptions {
  readonly desk: Desk
  readonly settings: () => ShopSettings
}

const mostListed = 500
const mostReported = 100_000
const dayMs = 86_400_000
const quarterMs = 15 * 60_000

type SlipHandlers = Handlers<typeof contract>['slip']

/** The dashboard of slips, and the report of what has been posted. */
export function slipList({ desk, settings }: SlipListOptions): Pick<SlipHandlers, 'list' | 'report'> {
  const { read } = desk.storage

  return {
    list({ kind, days }): SlipListView {
      const period = periodOf(days)
      const slips =
        kind === 'taken'
          ? takenSlips<SlipStage>(read, period, mostListed).flatMap((record) => listedTaken(record) ?? [])
          : issuedSlips<IssuedStage>(read, period, mostListed).map(listedIssued)
      const stages = kind === 'taken' ? takenSlipTotals(read, period) : issuedSlipTotals(read, period)
      const totals = totalsOf(stages, kind)
      return {
        slips,
        totals,
        days: daysOf(period, slipQuarters(read, kind === 'taken' ? 'slip' : 'issued_slip', period), kind),
        settledMinor: totals.find(({ status }) => status === 'POSTED')?.amountMinor ?? 0,
        truncated: totals.reduce((sum, { count }) => sum + count, 0) > slips.length,
      }
    },
    report({ kind, days }) {
      const period = periodOf(days)
      const lines =
        kind === 'taken'
          ? takenSlips<SlipStage>(read, period, mostReported).flatMap(takenLine)
          : issuedSlips<IssuedStage>(read, period, mostReported)
              .filter(({ stage }) => stage.name === 'POSTED')
              .map(issuedLine)
      return { fileName: `7-connect-${kind}-${dayOf(desk.clock.now())}.csv`, text: postedReport(lines) }
    },
  }

  /** Whole days of the shop, today the last. */
  function periodOf(days: number): Period {
    const nowMs = desk.clock.now()
    return { fromMs: dayStart(nowMs - (days - 1) * dayMs), toMs: nowMs + 1 }
  }

  /** Days begin at a quarter of an hour in every time zone there is, whatever its clocks were set to. */
  function dayStart(atMs: number): number {
    const day = dayOf(atMs)
    let start = Math.floor(atMs / quarterMs) * quarterMs
    while (dayOf(start - 1) === day) start -= quarterMs
    return start
  }

  function dayOf(atMs: number): string {
    return timeIn(atMs, settings().timeZone).slice(0, 10)
  }

  function daysOf(
    { fromMs, toMs }: Period,
    quarters: readonly QuarterTotal[],
    kind: Kind,
  ): readonly SlipDay[] {
    const days = new Map<string, SlipDay>()
    for (let atMs = fromMs; atMs < toMs; atMs += dayMs) {
      const day = dayOf(atMs + dayMs / 2)
      days.set(day, { day, postedMinor: 0, openMinor: 0, count: 0 })
    }
    for (const { fromMs: atMs, stage, count, amountMinor } of quarters) {
      const day = dayOf(atMs)
      const before = days.get(day)
      const status = statusOf(stage, kind)
      if (before === undefined || status === null) continue
      days.set(day, {
        day,
        postedMinor: before.postedMinor + (status === 'POSTED' ? amountMinor : 0),
        openMinor: before.openMinor + (isOpen(status) ? amountMinor : 0),
        count: before.count + count,
      })
    }
    return [...days.values()]
  }

  function takenLine(record: TakenSlip): readonly PostedLine[] {
    const { stage, receiptId } = record
    if (stage.name !== 'posted') return []
    const { slip } = stage
    const receipt = receiptId === null ? null : receiptById(read, receiptId)
    return [
      {
        postedAt: stamp(record.changedAtMs),
        takenAt: stamp(stage.takenAtMs),
        payId: formatPayId(record.payId),
        merchantID: slip.merchantID,
        merchantName: slip.merchantName,
        merchantRef: slip.merchantRef,
        amountMinor: slip.amountMinor,
        currency: slip.currency,
        authCode: stage.authCode,
        receiptNumber: receipt?.number ?? null,
      },
    ]
  }

  function issuedLine(record: {
    readonly stage: IssuedStage
    readonly payId: string
    readonly amountMinor: number
    readonly changedAtMs: number
    readonly createdAtMs: number
  }): PostedLine {
    const { merchantID, merchantName, merchantRef, currency } = record.stage
    return {
      postedAt: stamp(record.changedAtMs),
      takenAt: '',
      payId: formatPayId(record.payId),
      merchantID,
      merchantName,
      merchantRef,
      amountMinor: record.amountMinor,
      currency,
      authCode: '',
      receiptNumber: null,
    }
  }

  function stamp(atMs: number): string {
    return timeIn(atMs, settings().timeZone)
  }
}

type Kind = 'taken' | 'issued'

/** What the disk calls a stage, as the list calls it. */
function statusOf(stage: string, kind: Kind): ListedStatus | null {
  return kind === 'taken' ? listedStatus(stage as SlipStageName) : (stage as ListedStatus)
}

function isOpen(status: ListedStatus): boolean {
  return status === 'PENDING' || status === 'PAID' || status === 'CONFIRMING' || status === 'PERSON'
}

function totalsOf(stages: readonly StageTotal[], kind: Kind): readonly StatusTotal[] {
  return stages.flatMap(({ stage, count, amountMinor }) => {
    const status = statusOf(stage, kind)
    return status === null ? [] : [{ status, count, amountMinor }]
  })
}
