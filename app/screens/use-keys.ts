import { useEffect } from 'react'
import { useWords } from '../components/words-context.tsx'
import { command, focusSearch, isCovered } from './commands.ts'
import { actionOf, keepsSigns, keysWith } from './keys.ts'
import { useShop, type Shop } from './shop.tsx'

/** The keyboard of the whole window. A key of the table never does what the browser would do with it. */
export function useKeys(): void {
  const shop = useShop()
  const words = useWords()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const inField = isField(event.target)
      const keys = keysWith(shop.preferences.getState().keys)
      const pressed = { key: event.key, ctrl: event.ctrlKey, alt: event.altKey, meta: event.metaKey, inField }
      const action = actionOf(pressed, keys)
      if (action !== null) {
        event.preventDefault()
        if (!event.repeat || action === 'up' || action === 'down') command(shop, words, action)
      } else if (!inField && startsSearch(shop, event)) focusSearch()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [shop, words])
}

function isField(target: EventTarget | null): boolean {
  const isText = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isText && keepsSigns(target)
}

/** Letters and digits typed with the focus nowhere in particular go to the search field. */
function startsSearch(shop: Shop, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[\p{L}\p{N}]$/u.test(event.key)) return false
  return shop.ui.getState().screen === 'sale' && !isCovered(shop)
}
