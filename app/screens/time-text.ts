/** Day and time of day as the shop reads them. */
export function dateTimeText(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs)
}

/** The same without the year, for a column of them. */
export function shortTimeText(atMs: number, locale: string): string {
  const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, parts).format(atMs)
}
