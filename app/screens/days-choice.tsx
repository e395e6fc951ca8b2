import { Button } from '../components/button.tsx'
import { useWords } from '../components/words-context.tsx'
import { dayPlus, useTimes } from './times.ts'

/** Days of the shop, both included; null for no limit. */
export interface Days {
  readonly fromDay: string | null
  readonly toDay: string | null
}

export const everyDay: Days = { fromDay: null, toDay: null }

/** A few usual stretches of days, and any one day. */
export function DaysChoice({
  days,
  onChange,
}: {
  readonly days: Days
  readonly onChange: (days: Days) => void
}) {
  const words = useWords().journalBook.days
  const today = useTimes().today()
  const usual: readonly (readonly [string, Days])[] = [
    [words.today, { fromDay: today, toDay: null }],
    [words.week, { fromDay: dayPlus(today, -6), toDay: null }],
    [words.month, { fromDay: dayPlus(today, -29), toDay: null }],
    [words.ever, everyDay],
  ]
  const isOne = days.toDay !== null
  return (
    <div role="group" aria-label={words.label} className="days-choice">
      <div className="segments">
        {usual.map(([label, each]) => (
          <Button
            key={label}
            label={label}
            pressed={!isOne && days.fromDay === each.fromDay}
            onPress={() => onChange(each)}
          />
        ))}
      </div>
      <input
        className="input"
        type="date"
        aria-label={words.day}
        value={days.toDay ?? ''}
        max={today}
        onChange={({ target: { value } }) =>
          onChange(value === '' ? everyDay : { fromDay: value, toDay: value })
        }
      />
    </div>
  )
}
