import { useMemo } from 'react'
import { useWords } from '../components/words-context.tsx'
import { useTill } from './shop.tsx'

/** Moments as the shop reads them: in its language and on its own clock, wherever the window stands. */
export interface Times {
  /** `14:05` */
  readonly clock: (atMs: number) => string
  /** Day and time without the year, for a column of them. */
  readonly short: (atMs: number) => string
  readonly dateTime: (atMs: number) => string
  /** To the second. */
  readonly exact: (atMs: number) => string
  /** The shop's day: `2026-11-21`. */
  readonly day: (atMs: number) => string
  readonly today: () => string
}

export function timesOf(locale: string, timeZone: string): Times {
  const format = (parts: Intl.DateTimeFormatOptions, of = locale) => {
    const made = new Intl.DateTimeFormat(of, { ...parts, timeZone })
    return (atMs: number) => made.format(atMs)
  }
  const day = format({ dateStyle: 'short' }, 'sv-SE')
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  return {
    clock: format(clock),
    short: format({ day: 'numeric', month: 'short', ...clock }),
    dateTime: format({ dateStyle: 'medium', timeStyle: 'short' }),
    exact: format({ dateStyle: 'short', timeStyle: 'medium' }),
    day,
    today: () => day(Date.now()),
  }
}

export function useTimes(): Times {
  const { locale } = useWords()
  const timeZone = useTill(({ till }) => till?.timeZone ?? 'Europe/Stockholm')
  return useMemo(() => timesOf(locale, timeZone), [locale, timeZone])
}

const dayMs = 86_400_000

/** The day so many days after this one (before it, below zero). */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}
