import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { OverviewView } from '../../contract/journal-views.ts'
import { percentText, quantityText } from '../../domain/numerals.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useShop, useTill } from '../shop.tsx'
import { tenderName } from '../tender-name.ts'
import { dayPlus, useTimes } from '../times.ts'

const HourPlot = lazy(async () => ({ default: (await import('./overview-plots.tsx')).HourPlot }))
const SharePlot = lazy(async () => ({ default: (await import('./overview-plots.tsx')).SharePlot }))

const colours = ['var(--accent)', 'var(--good)', 'var(--warn-mark)', 'var(--bad)', 'var(--edge)']

/** A day at a glance: how much, when, of what, and how it was paid. */
function Overview() {
  const words = useWords().journalBook.overview
  const { pos } = useShop()
  const [asked, setDay] = useState<string | null>(null)
  const newest = useTill(({ papers }) => papers[0]?.id ?? '')
  const view = useAnswer(`${asked} ${newest}`, () => pos.overview.day({ day: asked }))?.answer
  return (
    <ScreenFrame title={words.title} className="overview">
      {view !== undefined && (
        <div className="overview-body scrolls">
          <Top view={view} onDay={setDay} />
          {view.receipts === 0 && view.refunds === 0 ? (
            <div className="empty slips-none overview-none">
              <Icon name="clock" size={52} />
              <p>{words.none}</p>
              <p className="soft">{words.noneLong}</p>
            </div>
          ) : (
            <div className="overview-cards">
              <Hours view={view} />
              <Tenders view={view} />
              <Articles view={view} />
              <Vat view={view} />
            </div>
          )}
        </div>
      )}
    </ScreenFrame>
  )
}

function dayText(day: string, locale: string): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, parts).format(Date.parse(`${day}T12:00:00Z`))
}

interface ViewProps {
  readonly view: OverviewView
}

function Top({ view, onDay }: ViewProps & { readonly onDay: (day: string | null) => void }) {
  const { journalBook, locale } = useWords()
  const words = journalBook.overview
  const times = useTimes()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { day, isToday, totalMinor, receipts, refunds, averageMinor, discountMinor, slipsMinor } = view
  const besides = [
    ...(discountMinor === 0 ? [] : [words.discounts(amount(discountMinor))]),
    ...(slipsMinor === 0 ? [] : [words.slips(amount(slipsMinor))]),
  ].join(' · ')
  return (
    <>
      <div className="overview-day">
        <Button label={words.earlier} icon="back" iconOnly onPress={() => onDay(dayPlus(day, -1))} />
        <h2>{dayText(day, locale)}</h2>
        <Button
          label={words.later}
          icon="back"
          iconOnly
          className="turned"
          reason={isToday ? words.thisDay : null}
          onPress={() => onDay(dayPlus(day, 1))}
        />
        <div className="grow" />
        <input
          className="input"
          type="date"
          aria-label={journalBook.days.day}
          value={day}
          max={times.today()}
          onChange={({ target: { value } }) => onDay(value === '' ? null : value)}
        />
        <Button label={journalBook.days.today} pressed={isToday} onPress={() => onDay(null)} />
      </div>
      <div className="tiles">
        <div className="tile tile-strong" role="group" aria-label={words.sold}>
          <span className="tile-name">{words.sold}</span>
          <Amount minor={totalMinor} currency={currency} withCurrency />
          <span className="tile-detail">{besides}</span>
        </div>
        <Comparison view={view} />
        <div className="tile" role="group" aria-label={words.receipts}>
          <span className="tile-name">{words.receipts}</span>
          <span className="amount">{receipts}</span>
          <span className="tile-detail">{refunds === 0 ? '' : words.refunds(refunds)}</span>
        </div>
        <div className="tile" role="group" aria-label={words.average}>
          <span className="tile-name">{words.average}</span>
          <Amount minor={averageMinor} currency={currency} />
        </div>
      </div>
    </>
  )
}

/** How the day stands against the same weekday a week before. */
function Comparison({ view }: ViewProps) {
  const { journalBook, locale } = useWords()
  const words = journalBook.overview
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { weekBefore, totalMinor, isToday } = view
  const { comparedMinor } = weekBefore
  const day = dayText(weekBefore.day, locale)
  const percent = comparedMinor === 0 ? 0 : Math.round(((totalMinor - comparedMinor) / comparedMinor) * 100)
  const says = percent === 0 ? words.same : percent > 0 ? words.more(percent) : words.less(Math.abs(percent))
  return (
    <div className="tile" role="group" aria-label={words.weekBefore}>
      <span className="tile-name">{words.weekBefore}</span>
      {comparedMinor <= 0 ? (
        <span className="tile-detail">{words.nothingBefore(day)}</span>
      ) : (
        <>
          <span className="amount" data-tone={percent < 0 ? 'less' : 'more'}>
            {says}
          </span>
          <span className="tile-detail">
            {(isToday ? words.againstNow : words.against)(day)}: {amount(comparedMinor)}
          </span>
        </>
      )}
    </div>
  )
}

function Card(props: { readonly title: string; readonly className: string; readonly children: ReactNode }) {
  return (
    <section className={`card ${props.className}`} aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}

const waiting = <span className="spinner" aria-hidden="true" />

function Hours({ view }: ViewProps) {
  const words = useWords().journalBook.overview
  const currency = useCurrency()
  const amount = useAmounts(currency)
  return (
    <Card title={words.byHour} className="overview-hours">
      <div className="overview-plot" aria-hidden="true">
        <Suspense fallback={waiting}>
          <HourPlot hours={view.hours} currency={currency} />
        </Suspense>
      </div>
      <table className="unseen">
        <caption>{words.byHour}</caption>
        <thead>
          <tr>
            <th scope="col">{words.hour}</th>
            <th scope="col">{words.thisDay}</th>
            <th scope="col">{words.weekBefore}</th>
          </tr>
        </thead>
        <tbody>
          {view.hours.map(({ hour, totalMinor, weekBeforeMinor }) => (
            <tr key={hour}>
              <th scope="row">{hour}</th>
              <td>{amount(totalMinor)}</td>
              <td>{amount(weekBeforeMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Tenders({ view }: ViewProps) {
  const words = useWords()
  const currency = useCurrency()
  const all = view.tenders.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor), 0)
  const shares = view.tenders.map((tender, at) => ({
    name: tenderName(words, tender),
    amountMinor: Math.max(0, tender.amountMinor),
    colour: colours[at % colours.length] ?? 'var(--edge)',
    trueMinor: tender.amountMinor,
  }))
  return (
    <Card title={words.journalBook.overview.tenders} className="overview-tenders">
      <div className="overview-ring" aria-hidden="true">
        <Suspense fallback={waiting}>
          <SharePlot shares={shares} />
        </Suspense>
      </div>
      <ul>
        {shares.map(({ name, amountMinor, trueMinor, colour }) => (
          <li key={name}>
            <span className="overview-dot" style={{ background: colour }} />
            <span>{name}</span>
            <span className="soft">{all === 0 ? '' : `${Math.round((amountMinor / all) * 100)} %`}</span>
            <Amount minor={trueMinor} currency={currency} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Articles({ view }: ViewProps) {
  const { journalBook, numerals } = useWords()
  const words = journalBook.overview
  const currency = useCurrency()
  const most = view.articles[0]?.netMinor ?? 1
  return (
    <Card title={words.articles} className="overview-articles">
      <ol>
        {view.articles.map(({ name, quantityThousandths, netMinor }) => (
          <li key={name}>
            <span className="overview-bar" style={{ width: `${(netMinor / most) * 100}%` }} />
            <span>{name}</span>
            <span className="soft">{quantityText(quantityThousandths, numerals)}</span>
            <Amount minor={netMinor} currency={currency} />
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Vat({ view }: ViewProps) {
  const words = useWords()
  const currency = useCurrency()
  const { net, gross } = words.journalBook.journal
  const says = words.journalBook.overview
  return (
    <Card title={says.vat} className="overview-vat">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{net}</th>
            <th scope="col">{says.vat}</th>
            <th scope="col">{gross}</th>
          </tr>
        </thead>
        <tbody>
          {view.vat.map(({ vatBasisPoints, netMinor, vatMinor, grossMinor }) => (
            <tr key={vatBasisPoints}>
              <th scope="row">{percentText(vatBasisPoints, words.numerals)}</th>
              {[netMinor, vatMinor, grossMinor].map((minor, at) => (
                <td key={at}>
                  <Amount minor={minor} currency={currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

export const overviewScreen: Screen = {
  id: 'overview',
  place: 'elsewhere',
  icon: 'percent',
  title: (words) => words.journalBook.overview.title,
  view: Overview,
  menu: 'till',
}
