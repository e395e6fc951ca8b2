import { Button } from '../components/button.tsx'
import { useWords } from '../components/words-context.tsx'

/** Days of the shop, both included; null for no limit. */
export interface Days {
  readonly fromDay: string | null
  readonly toDay: string | null
}

const dayMs = 86_400_000

/** `2026-11-21`, so many days ago. */
export function dayAgo(days: number): string {
  return new Date(Date.now() - days * dayMs).toLocaleDateString('sv-SE')
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
  const usual: readonly (readonly [string, Days])[] = [
    [words.today, { fromDay: dayAgo(0), toDay: null }],
    [words.week, { fromDay: dayAgo(6), toDay: null }],
    [words.month, { fromDay: dayAgo(29), toDay: null }],
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
        className="day-input"
        type="date"
        aria-label={words.day}
        value={days.toDay ?? ''}
        max={dayAgo(0)}
        onChange={({ target: { value } }) =>
          onChange(value === '' ? everyDay : { fromDay: value, toDay: value })
        }
      />
    </div>
  )
}
