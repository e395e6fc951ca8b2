import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KeyAction } from './keys.ts'

/** How this window looks and sounds. Kept on this screen alone. */
export interface Preferences {
  readonly theme: 'light' | 'dark'
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
  /** CSS pixels in a millimetre of this screen; null to judge by its size. */
  readonly pixelsPerMm: number | null
  readonly keys: Readonly<Partial<Record<KeyAction, string>>>
}

export type PreferencesStore = StoreApi<Preferences>

const plain: Preferences = { theme: 'light', muted: false, volume: 0.6, pixelsPerMm: null, keys: {} }
const place = 'kassa.screen'

/** Reads what was kept, and keeps every change; a window without storage simply starts plain each time. */
export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'> | null): PreferencesStore {
  const store = createStore<Preferences>(() => ({ ...plain, ...kept(storage) }))
  store.subscribe((now) => {
    try {
      storage?.setItem(place, JSON.stringify(now))
    } catch {
      // Full or forbidden: it holds until the window closes.
    }
  })
  return store
}

function kept(storage: Pick<Storage, 'getItem'> | null): Partial<Preferences> {
  try {
    const read: unknown = JSON.parse(storage?.getItem(place) ?? '{}')
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}

/** Tills whose size in pixels all but gives away the size of the glass: 15.6" wide and 15" square. */
const knownScreens: Readonly<Record<string, number>> = { '1366x768': 3.95, '1024x768': 3.36 }
const pixelsPerMmAt96 = 96 / 25.4

export function pixelsPerMm(
  chosen: number | null,
  screen: { readonly width: number; readonly height: number },
): number {
  const wanted = chosen ?? knownScreens[`${screen.width}x${screen.height}`] ?? pixelsPerMmAt96
  return Math.min(12, Math.max(2, wanted))
}
