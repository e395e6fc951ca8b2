/**
 * Where a key would go: `text` can be typed into later, `secret` is a password field, `segmented` (dates, times) can
 * only be typed into by the browser itself, `none` takes no text.
 */
export type Focus = 'text' | 'secret' | 'segmented' | 'none'

const segmentedTypes = new Set(['date', 'time', 'datetime-local', 'month', 'week'])
const textTypes = new Set(['text', 'search', 'number', 'email', 'tel', 'url', ''])

export function focusOf(target: EventTarget | null): Focus {
  if (target instanceof HTMLTextAreaElement) return target.readOnly || target.disabled ? 'none' : 'text'
  if (target instanceof HTMLInputElement) return focusOfInput(target)
  return target instanceof HTMLElement && target.isContentEditable ? 'text' : 'none'
}

function focusOfInput(input: HTMLInputElement): Focus {
  if (input.readOnly || input.disabled) return 'none'
  if (input.type === 'password') return 'secret'
  if (segmentedTypes.has(input.type)) return 'segmented'
  return textTypes.has(input.type) ? 'text' : 'none'
}

/** A field, and what stood in it before a sign came. */
export interface Filled {
  readonly field: EventTarget
  readonly before: string
}

/** The field that this is, as it is now; null when it is none that a sign can be taken back from. */
export function filled(target: EventTarget | null): Filled | null {
  const before = target === null ? null : valueOf(target)
  return target === null || before === null ? null : { field: target, before }
}

/**
 * Does over again what the key would have done: tells the page, then types the sign where the focus was, or where the
 * page has moved it. Tells the field that got the sign.
 */
export function retype(event: KeyboardEvent, isUp: boolean): Filled | null {
  const target = event.target
  // What a dead key begins only the keyboard itself can end.
  if (!(target instanceof Element) || event.key === 'Dead') return null
  const hadFocus = target.ownerDocument.activeElement === target
  const place = target.isConnected ? target : target.ownerDocument.body
  const isWanted = place.dispatchEvent(new KeyboardEvent('keydown', copyOf(event)))
  const typed = isWanted ? filled(hadFocus ? target.ownerDocument.activeElement : target) : null
  if (isWanted && hadFocus) typeHere(target.ownerDocument, event.key)
  else if (isWanted && focusOf(target) !== 'none') typeThere(target, event.key)
  if (isUp) place.dispatchEvent(new KeyboardEvent('keyup', copyOf(event)))
  return typed
}

function copyOf(event: KeyboardEvent): KeyboardEventInit {
  const { key, code, location, shiftKey, ctrlKey, altKey, metaKey } = event
  const modifierAltGraph = event.getModifierState('AltGraph')
  const whole = { bubbles: true, cancelable: true, composed: true }
  return { key, code, location, shiftKey, ctrlKey, altKey, metaKey, modifierAltGraph, ...whole }
}

/** The browser types: the selection, the field's limits, undo and the page's input events are all minded. */
function typeHere(document: Document, text: string) {
  const focused = document.activeElement
  if (focused instanceof HTMLSelectElement) chooseByLetter(focused, text)
  else document.execCommand('insertText', false, text)
}

/** The focus has moved on since the key was struck; the sign still belongs to the field it was struck in. */
function typeThere(target: Element, text: string) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || !target.isConnected)
    return
  const start = target.selectionStart ?? target.value.length
  const end = target.selectionEnd ?? start
  const value = target.value.slice(0, start) + text + target.value.slice(end)
  if (target.maxLength < 0 || value.length <= target.maxLength) setFieldValue(target, value)
}

function valueOf(target: EventTarget): string | null {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isField && focusOf(target) !== 'none' ? target.value : null
}

/** Sets a field as the browser would: past a framework's own bookkeeping, with the events it listens to. */
export function setFieldValue(target: EventTarget | null | undefined, value: string): void {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
  if (target.value === value && focusOf(target) !== 'segmented') return
  const prototype =
    target instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(target, value)
  target.dispatchEvent(new Event('input', { bubbles: true }))
  target.dispatchEvent(new Event('change', { bubbles: true }))
}

/** A letter on a closed list goes to the next option that begins with it. */
function chooseByLetter(select: HTMLSelectElement, letter: string) {
  const options = [...select.options]
  const from = select.selectedIndex + 1
  const inTurn = [...options.slice(from), ...options.slice(0, from)]
  const wanted = letter.toLocaleLowerCase()
  const next = inTurn.find((option) => option.text.toLocaleLowerCase().startsWith(wanted) && !option.disabled)
  if (next === undefined || next.index === select.selectedIndex) return
  select.selectedIndex = next.index
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}
