import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { OverviewHour, OverviewView } from '../../app/contract/journal-views.ts'
import type { HourTotal, Period, SalesTotals, TenderTotal } from '../storage/reports.ts'
import { articleTotals, salesByHour, salesTotals } from '../storage/reports.ts'
import type { Desk } from './desk.ts'
import { timeIn } from './printing.ts'
import type { ShopSettings } from './settings.ts'
import type { Session } from './session.ts'
import { dayAfter, dayOf, periodOfDay } from './shop-days.ts'

const noTime: Period = { fromMs: 0, toMs: 0 }

const mostArticles = 8

/** A day's sales, with the same weekday a week before. */
export function overviewDesk(options: {
  readonly desk: Desk
  readonly session: Session
  readonly settings: () => ShopSettings
}): Handlers<typeof contract>['overview'] {
  const { desk, session, settings } = options
  const { read } = desk.storage

  function byHour(period: Period): readonly HourTotal[] {
    const { timeZone } = settings()
    return salesByHour(read, period, (atMs) => Number(timeIn(atMs, timeZone).slice(11, 13)))
  }

  return {
    day({ day: asked }): OverviewView {
      const { timeZone } = settings()
      const nowMs = desk.clock.now()
      const today = dayOf(nowMs, timeZone)
      const day = asked ?? today
      // Nobody signed in sees a day with nothing in it.
      const isForAnybody = session.person() !== null
      const period = isForAnybody ? periodOfDay(day, timeZone) : noTime
      const before = isForAnybody ? periodOfDay(dayAfter(day, -7), timeZone) : noTime
      const totals = salesTotals(read, period)
      const beforeTotals = salesTotals(read, before)
      const { sales, refunds, discountMinor, slipsMinor, vat } = totals
      const totalMinor = turnoverOf(totals)
      return {
        day,
        isToday: day === today,
        receipts: sales,
        refunds,
        totalMinor,
        averageMinor: sales === 0 ? 0 : Math.round(totalMinor / sales),
        discountMinor,
        slipsMinor,
        weekBefore: {
          day: dayAfter(day, -7),
          receipts: beforeTotals.sales,
          totalMinor: turnoverOf(beforeTotals),
          comparedMinor: turnoverOf(salesTotals(read, comparable(period, before, nowMs))),
        },
        hours: hoursOf(byHour(period), byHour(before)),
        tenders: sharesOf(totals.tenders),
        articles: articleTotals(read, period, mostArticles)
          .filter(({ netMinor }) => netMinor > 0)
          .map(({ name, quantityThousandths, netMinor }) => ({ name, quantityThousandths, netMinor })),
        vat,
      }
    },
  }
}

const turnoverOf = ({ soldMinor, returnedMinor }: SalesTotals): number => soldMinor + returnedMinor

/** A day that is not over is compared with as much of the other one. */
function comparable(period: Period, before: Period, nowMs: number): Period {
  if (nowMs >= period.toMs) return before
  const elapsedMs = Math.max(0, nowMs - period.fromMs)
  return { fromMs: before.fromMs, toMs: Math.min(before.toMs, before.fromMs + elapsedMs) }
}

function hoursOf(now: readonly HourTotal[], before: readonly HourTotal[]): readonly OverviewHour[] {
  const some = [...now, ...before].map(({ hour }) => hour)
  if (some.length === 0) return []
  const first = Math.min(...some)
  return Array.from({ length: Math.max(...some) - first + 1 }, (_, step) => {
    const hour = first + step
    const own = now.find((one) => one.hour === hour)
    return {
      hour,
      receipts: own?.receipts ?? 0,
      totalMinor: own?.totalMinor ?? 0,
      weekBeforeMinor: before.find((one) => one.hour === hour)?.totalMinor ?? 0,
    }
  })
}

/** Change goes out of the same drawer that cash came into: they are one share. The largest first. */
function sharesOf(tenders: readonly TenderTotal[]): OverviewView['tenders'] {
  const isCash = ({ kind }: TenderTotal) => kind === 'cash' || kind === 'change'
  const cash = tenders.filter(isCash)
  const shares: OverviewView['tenders'][number][] = []
  for (const { kind, name, count, amountMinor } of tenders)
    if (kind !== 'cash' && kind !== 'change') shares.push({ kind, name, count, amountMinor })
  if (cash.length > 0)
    shares.push({
      kind: 'cash',
      name: '',
      count: cash.reduce((sum, { kind, count }) => sum + (kind === 'cash' ? count : 0), 0),
      amountMinor: cash.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    })
  return shares.sort((a, b) => b.amountMinor - a.amountMinor)
}
