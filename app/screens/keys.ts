/** What each key of the keyboard does: one table for the keyboard, the caps on the buttons and the help. */

export type KeyAction =
  | 'help'
  | 'search'
  | 'quantity'
  | 'price'
  | 'park'
  | 'recall'
  | 'takeBack'
  | 'lastReceipt'
  | 'cash'
  | 'otherTender'
  | 'seqr'
  | 'slip'
  | 'exactCash'
  | 'remove'
  | 'undo'
  | 'up'
  | 'down'
  | 'back'

export interface KeyEntry {
  readonly action: KeyAction
  /** As `KeyboardEvent.key` names it, with `Control+` in front when that is held. */
  readonly key: string
  readonly group: 'sale' | 'pay' | 'anywhere'
  /** Works while a text field has the focus. */
  readonly inFields: boolean
}

const entry = (
  action: KeyAction,
  key: string,
  group: KeyEntry['group'],
  inFields = /^F\d/.test(key),
): KeyEntry => ({ action, key, group, inFields })

export const keyTable: readonly KeyEntry[] = [
  entry('help', 'F1', 'anywhere'),
  entry('search', 'F2', 'sale'),
  entry('quantity', 'F3', 'sale'),
  entry('price', 'F4', 'sale'),
  entry('park', 'F5', 'sale'),
  entry('recall', 'F6', 'sale'),
  entry('takeBack', 'F7', 'sale'),
  entry('lastReceipt', 'F8', 'sale'),
  entry('cash', 'F9', 'pay'),
  entry('otherTender', 'F10', 'pay'),
  entry('seqr', 'F11', 'pay'),
  entry('slip', 'F12', 'pay'),
  entry('quantity', '*', 'sale'),
  entry('exactCash', '+', 'pay'),
  entry('remove', 'Delete', 'sale'),
  entry('undo', 'Control+z', 'sale'),
  entry('up', 'ArrowUp', 'sale'),
  entry('down', 'ArrowDown', 'sale'),
  entry('back', 'Escape', 'anywhere', true),
]

export type KeyChanges = Readonly<Partial<Record<KeyAction, string>>>

/** The table with a shop's own keys in it. An own key takes the place of the action's first one, and of whatever had it. */
export function keysWith(changes: KeyChanges): readonly KeyEntry[] {
  const moved = new Set<KeyAction>()
  const taken = new Set(Object.values(changes))
  return keyTable.flatMap((each) => {
    const own = changes[each.action]
    if (own !== undefined && !moved.has(each.action)) {
      moved.add(each.action)
      return [{ ...each, key: own }]
    }
    return taken.has(each.key) ? [] : [each]
  })
}

/** What is printed on the cap: short, as on the keyboard. */
export function capOf(action: KeyAction, keys: readonly KeyEntry[] = keyTable): string | undefined {
  const found = keys.find((each) => each.action === action)
  return found === undefined ? undefined : capText(found.key)
}

const caps: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  '*': '✱',
}

export function capText(key: string): string {
  return (
    caps[key] ??
    key.replace('Control+', 'Ctrl ').replace(/ (\w)$/, (_, letter: string) => ` ${letter.toUpperCase()}`)
  )
}

/**
 * Does a field with the focus keep the signs that are typed? The search field keeps none while nothing is in it:
 * whoever has just found an article goes on with `+`, Delete and the arrows.
 */
export function keepsSigns(field: { readonly id: string; readonly value: string }): boolean {
  return field.id !== searchFieldId || field.value !== ''
}

export const searchFieldId = 'article-search'

export interface PressedKey {
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly inField: boolean
}

/** The action of a key, or null when it has none where the focus is. */
export function actionOf(pressed: PressedKey, keys: readonly KeyEntry[]): KeyAction | null {
  if (pressed.alt || pressed.meta) return null
  const name = pressed.ctrl ? `Control+${pressed.key.toLowerCase()}` : pressed.key
  const found = keys.find((each) => each.key === name && (each.inFields || !pressed.inField))
  return found?.action ?? null
}
