/** Real key events of the browser, each stamped with the time its keyboard gives it: a busy machine blurs no rhythm. */
import type { CDPSession, Page } from '@playwright/test'

export interface Stroke {
  readonly key: string
  readonly gapMs: number
}

const punctuation: Readonly<Record<string, string>> = {
  '-': 'Minus',
  '.': 'Period',
  '/': 'Slash',
  ',': 'Comma',
  ' ': 'Space',
  ':': 'Semicolon',
}

function codeOf(key: string): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`
  if (/^\d$/.test(key)) return `Digit${key}`
  return punctuation[key] ?? key
}

/** A keyboard whose keys come at the times they say, as fast as the browser takes them. */
export async function keyboardOf(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page)
  let atMs = 0
  const event = (type: 'keyDown' | 'keyUp', key: string) => {
    const text = key === 'Enter' ? '\r' : key.length === 1 ? key : ''
    const windowsVirtualKeyCode =
      key === 'Enter'
        ? 13
        : key === 'Tab'
          ? 9
          : key === 'Backspace'
            ? 8
            : (key.toUpperCase().codePointAt(0) ?? 0)
    const typed = type === 'keyDown' && text !== '' ? { text, unmodifiedText: text } : {}
    const code = codeOf(key)
    return session.send('Input.dispatchKeyEvent', {
      type,
      key,
      code,
      windowsVirtualKeyCode,
      timestamp: atMs / 1000,
      ...typed,
    })
  }
  return {
    async strike(strokes: readonly Stroke[], { keepsTime = false } = {}) {
      atMs = keepsTime && atMs > 0 ? atMs : Math.max(atMs, Date.now() + 100)
      const sent = strokes.flatMap(({ key, gapMs }) => {
        atMs += gapMs
        const down = event('keyDown', key)
        atMs += 1
        return [down, event('keyUp', key)]
      })
      await Promise.all(sent)
    },
  }
}

/** A bar code as a keyboard scanner types it. */
export const scan = (data: string, gapMs = 4, end = 'Enter'): Stroke[] => [
  ...data.split('').map((key, place) => ({ key, gapMs: place === 0 ? 60 : gapMs })),
  { key: end, gapMs },
]
/** A person's typing. */
export const typing = (text: string, gapMs: number): Stroke[] => text.split('').map((key) => ({ key, gapMs }))
