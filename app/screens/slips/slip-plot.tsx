import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { SlipDay } from '../../contract/slip-views.ts'
import { currencies, type Currency } from '../../domain/money.ts'

interface PlotProps {
  readonly days: readonly SlipDay[]
  readonly currency: Currency
}

/** Amounts by day: what is posted, and above it what is still on its way. */
export function SlipPlot({ days, currency }: PlotProps) {
  const { slips, locale } = useWords()
  const whole = 10 ** currencies[currency].decimals
  const amount = useAmounts(currency)
  const money = (amountMinor: number) => `${amount(amountMinor)} ${currency}`
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' })
  const compact = new Intl.NumberFormat(locale, { notation: 'compact' })
  // Without an amount the axis would count hundredths.
  const isEmpty = days.every(({ postedMinor, openMinor }) => postedMinor + openMinor === 0)
  const dayText = (day: unknown) => short.format(Date.parse(`${String(day)}T12:00:00Z`))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...days]} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" tickFormatter={dayText} stroke="var(--ink-soft)" fontSize={12} />
        <YAxis
          width={44}
          tickCount={4}
          domain={[0, isEmpty ? 30 * whole : 'auto']}
          interval={0}
          tickFormatter={(amountMinor: number) => compact.format(amountMinor / whole)}
          stroke="var(--ink-soft)"
          fontSize={12}
        />
        <Tooltip
          formatter={(amountMinor) => money(Number(amountMinor))}
          labelFormatter={dayText}
          contentStyle={{ background: 'var(--panel)', border: '1px solid var(--edge)' }}
          isAnimationActive={false}
        />
        <Legend iconSize={12} wrapperStyle={{ fontSize: 13 }} formatter={legendText} />
        <Bar
          dataKey="postedMinor"
          name={slips.plotPosted}
          stackId="all"
          fill="var(--good)"
          isAnimationActive={false}
        />
        <Bar
          dataKey="openMinor"
          name={slips.plotOpen}
          stackId="all"
          fill="var(--warn-mark)"
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  )
}

/** In the screen's own ink: the colour of a bar is too light for text. */
function legendText(name: unknown) {
  return <span className="slips-legend">{String(name)}</span>
}
