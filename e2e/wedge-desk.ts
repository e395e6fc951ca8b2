// A page with everything a scan could spoil. Bundled by wedge.spec.ts and opened without a server.
import { createElement as h, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { attachWedge, type WedgeWindow } from '../app/components/wedge.ts'

export type Desk = {
  readonly scans: string[]
  presses: number
  keysSeen: string
  opensDialogAfter: number
  detach: () => void
  /** Lets so much time go by for the wedge. */
  pass: (ms: number) => void
}

declare global {
  interface Window {
    desk: Desk
  }
}

/** A clock that only keys and the spec move on: how busy this computer is makes no difference to a test. */
function keyClock() {
  let nowMs = 0
  let timers: { readonly id: number; readonly dueMs: number; readonly run: () => void }[] = []
  let lastId = 0
  const passTo = (atMs: number) => {
    for (;;) {
      const next = timers.toSorted((one, other) => one.dueMs - other.dueMs)[0]
      if (next === undefined || next.dueMs > atMs) break
      nowMs = Math.max(nowMs, next.dueMs)
      timers = timers.filter(({ id }) => id !== next.id)
      next.run()
    }
    nowMs = Math.max(nowMs, atMs)
  }
  const onKey = (event: Event) => event.isTrusted && passTo(event.timeStamp)
  window.addEventListener('keydown', onKey, true)
  window.addEventListener('keyup', onKey, true)
  const ofKeys: WedgeWindow = {
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    setTimeout(run, delayMs) {
      lastId += 1
      timers.push({ id: lastId, dueMs: nowMs + delayMs, run })
      return lastId
    },
    clearTimeout(cleared) {
      timers = timers.filter(({ id }) => id !== cleared)
    },
    performance: { now: () => nowMs, timeOrigin: performance.timeOrigin },
  }
  return { ofKeys, pass: (ms: number) => passTo(nowMs + ms) }
}

const clock = keyClock()
const desk: Desk = {
  scans: [],
  presses: 0,
  keysSeen: '',
  opensDialogAfter: 0,
  detach: () => {},
  pass: clock.pass,
}
window.desk = desk

function Controlled(props: { id: string; type: string; maxLength?: number; accepts?: RegExp }): ReactNode {
  const [value, setValue] = useState('')
  const { accepts = /^.*$/, id, ...rest } = props
  return h('input', {
    ...rest,
    id,
    value,
    'data-state': value,
    onChange: (event: { target: { value: string } }) => {
      if (accepts.test(event.target.value)) setValue(event.target.value)
    },
  })
}

function press() {
  window.desk.presses += 1
}

function DeskPage(): ReactNode {
  return h(
    'form',
    { onSubmit: (event: { preventDefault(): void }) => (event.preventDefault(), press()) },
    h(Controlled, { id: 'text', type: 'text' }),
    h(Controlled, { id: 'digits', type: 'text', accepts: /^\d*$/ }),
    h(Controlled, { id: 'short', type: 'text', maxLength: 5 }),
    h(Controlled, { id: 'number', type: 'number' }),
    h(Controlled, { id: 'email', type: 'email' }),
    h(Controlled, { id: 'tel', type: 'tel' }),
    h(Controlled, { id: 'password', type: 'password' }),
    h(Controlled, { id: 'date', type: 'date' }),
    h('input', { id: 'plain', defaultValue: 'kept' }),
    h('input', { id: 'readonly', readOnly: true, defaultValue: 'kept' }),
    h('textarea', { id: 'area' }),
    h('div', { id: 'editable', contentEditable: true, suppressContentEditableWarning: true }),
    h(
      'select',
      { id: 'list' },
      h('option', null, 'Apple'),
      h('option', null, 'Pear'),
      h('option', null, '7'),
    ),
    h('input', { id: 'check', type: 'checkbox', onChange: press }),
    h('button', { id: 'button', type: 'button', onClick: press }, 'Pay'),
    h('button', { id: 'submit', type: 'submit' }, 'Save'),
    h('a', { id: 'link', href: '#x', onClick: press }, 'link'),
    h(
      'dialog',
      { id: 'dialog' },
      h('input', { id: 'inDialog' }),
      h('button', { id: 'ok', type: 'button', onClick: press, autoFocus: true }, 'OK'),
    ),
  )
}

desk.detach = attachWedge(clock.ofKeys, (data) => {
  desk.scans.push(data)
  if (desk.opensDialogAfter > 0 && desk.scans.length >= desk.opensDialogAfter) {
    document.querySelector<HTMLDialogElement>('#dialog')?.showModal()
  }
})
window.addEventListener('keydown', (event) => {
  desk.keysSeen += event.key
})
const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(h(DeskPage))
