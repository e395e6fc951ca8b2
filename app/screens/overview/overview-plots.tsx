import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  Pie,
  PieChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { OverviewHour } from '../../contract/journal-views.ts'
import { currencies, type Currency } from '../../domain/money.ts'

/** Sales of each hour, beside those of a week before. */
export function HourPlot({
  hours,
  currency,
}: {
  readonly hours: readonly OverviewHour[]
  readonly currency: Currency
}) {
  const { journalBook, locale } = useWords()
  const words = journalBook.overview
  const amount = useAmounts(currency)
  const whole = 10 ** currencies[currency].decimals
  const compact = new Intl.NumberFormat(locale, { notation: 'compact' })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...hours]} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} barGap={2}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="hour" stroke="var(--ink-soft)" fontSize={13} tickLine={false} />
        <YAxis
          width={48}
          tickFormatter={(minor: number) => compact.format(minor / whole)}
          stroke="var(--ink-soft)"
          fontSize={13}
          axisLine={false}
          tickLine={false}
        />
        <Tooltip
          formatter={(minor) => `${amount(Number(minor))} ${currency}`}
          labelFormatter={(hour: unknown) => `${Number(hour)}:00–${Number(hour)}:59`}
          contentStyle={{ background: 'var(--panel)', border: '1px solid var(--edge)' }}
          cursor={{ fill: 'var(--sunk)' }}
          isAnimationActive={false}
        />
        <Legend iconSize={12} wrapperStyle={{ fontSize: 13 }} formatter={legendText} />
        <Bar
          dataKey="weekBeforeMinor"
          name={words.weekBefore}
          fill="var(--edge)"
          fillOpacity={0.45}
          radius={[4, 4, 0, 0]}
          maxBarSize={44}
          isAnimationActive={false}
        />
        <Bar
          dataKey="totalMinor"
          name={words.thisDay}
          fill="var(--accent)"
          radius={[4, 4, 0, 0]}
          maxBarSize={44}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  )
}

export interface Share {
  readonly name: string
  readonly amountMinor: number
  readonly colour: string
}

/** A ring of shares; the list beside it has their names and amounts. */
export function SharePlot({ shares }: { readonly shares: readonly Share[] }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <PieChart>
        <Pie
          data={[...shares]}
          dataKey="amountMinor"
          nameKey="name"
          innerRadius="62%"
          outerRadius="98%"
          startAngle={90}
          endAngle={-270}
          stroke="var(--panel)"
          strokeWidth={shares.length > 1 ? 2 : 0}
          isAnimationActive={false}
        >
          {shares.map(({ name, colour }) => (
            <Cell key={name} fill={colour} />
          ))}
        </Pie>
      </PieChart>
    </ResponsiveContainer>
  )
}

/** In the screen's own ink: the colour of a bar is too light for text. */
function legendText(name: unknown) {
  return <span className="slips-legend">{String(name)}</span>
}
