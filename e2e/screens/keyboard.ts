/** Real key events of the browser, each stamped with the time its keyboard gives it: a busy machine blurs no rhythm. */
import { setTimeout } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'

export interface Stroke {
  readonly key: string
  /** Since the key before. */
  readonly gapMs: number
  readonly ctrl?: boolean
  /** Where the key is on the keyboard, when its sign does not say so. */
  readonly code?: string
  readonly shift?: boolean
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

const virtualKeys: Readonly<Record<string, number>> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  F9: 120,
}
/** Between a scan and the key that a person presses next. */
const personsGapMs = 100

const modifierBits = { ctrl: 2, shift: 8 }

/** A keyboard whose keys come at the times they say, as fast as the browser takes them: its time is its own. */
export async function keyboardOf(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page)
  let atMs = Date.now() + 100
  const event = (type: 'keyDown' | 'keyUp', { key, ctrl = false, shift = false, ...stroke }: Stroke) => {
    const text = ctrl ? '' : key === 'Enter' ? '\r' : key.length === 1 ? key : ''
    const typed = type === 'keyDown' && text !== '' ? { text, unmodifiedText: text } : {}
    return session.send('Input.dispatchKeyEvent', {
      type,
      key,
      code: stroke.code ?? codeOf(key),
      windowsVirtualKeyCode: virtualKeys[key] ?? key.toUpperCase().codePointAt(0) ?? 0,
      modifiers: (ctrl ? modifierBits.ctrl : 0) + (shift ? modifierBits.shift : 0),
      timestamp: atMs / 1000,
      ...typed,
    })
  }
  const strike = async (strokes: readonly Stroke[]) => {
    const sent = strokes.flatMap((stroke) => {
      atMs += stroke.gapMs
      const down = event('keyDown', stroke)
      atMs += 1
      return [down, event('keyUp', stroke)]
    })
    await Promise.all(sent)
  }
  return {
    strike,
    /** Until a key that somebody else presses now comes after all of these, as a person's next key does. */
    caughtUp: () => setTimeout(Math.max(0, atMs + personsGapMs - Date.now())),
    /** A key as a person presses it, with time before it. */
    press: (key: string, more: Partial<Stroke> = {}) => strike([{ key, gapMs: 500, ...more }]),
    /** Nothing is struck for so long. */
    wait(ms: number) {
      atMs += ms
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
